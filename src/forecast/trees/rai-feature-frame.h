/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "forecast/panel/rai-grouping.h"
#include "forecast/panel/rai-history.h"

/* What the features of all series share: the kinds of covariates, the calendar, the groups. The
 * calendar's steps are those of the longest series. Read-only once made. */

/* Flags whose own effect is averaged for each series; attributes that series are grouped by; spans
 * that sales are averaged over; years that are looked back on. */
#define RAI_FEATURE_MATCHED_MAX 4
#define RAI_FEATURE_ATTRIBUTES_MAX 2
#define RAI_FEATURE_GROUPINGS_MAX (RAI_GROUP_ATTRIBUTE + RAI_FEATURE_ATTRIBUTES_MAX)
#define RAI_FEATURE_WINDOWS 7
#define RAI_FEATURE_YEARS 2

/* By the values that a covariate has in the whole panel. */
typedef enum {
  RAI_KIND_CONSTANT, /* all one: it tells nothing */
  RAI_KIND_FLAG,     /* 0 or 1 */
  RAI_KIND_CATEGORY,
  RAI_KIND_NUMBER,
} RaiCovariateKind;

typedef struct {
  const RaiPanel *panel;
  const RaiHistory *history;
  size_t horizon, longest, period, year;
  size_t windows[RAI_FEATURE_WINDOWS]; /* steps */
  RaiGrouping *groupings[RAI_FEATURE_GROUPINGS_MAX];
  size_t n_groupings;
  size_t n_covariates;
  RaiCovariateKind *kinds; /* [n_covariates] */
  size_t *matched; /* [n_covariates] place among the matched flags; RAI_FEATURE_MATCHED_MAX: none */
  bool closings;   /* some steps are closed */
  /* [longest + horizon]; a date's distance is NAN when it is out of mind. */
  float *weekday, *month_day, *month_left, *year_day, *easter, *thanksgiving;
  int16_t *back[RAI_FEATURE_YEARS]; /* [longest + horizon] steps to the same part of one and two
                                       years before */
  double prior;                     /* same-weekday values that the shared profile counts for */
} RaiFeatureFrame;

/* Both must outlive the result. */
RaiFeatureFrame *rai_feature_frame_new (const RaiPanel *panel, const RaiHistory *history);
void rai_feature_frame_free (RaiFeatureFrame *frame);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RaiFeatureFrame, rai_feature_frame_free)
