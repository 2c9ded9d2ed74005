/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "forecast/trees/rai-feature-frame.h"

#include <math.h>

/* One series made ready for quick questions: sums over any stretch of its steps in two look-ups.
 * Element t of a running sum covers what lies before step t. Sums stand over demand without the
 * effects of dates, of the steps that were not filled in. A cursor belongs to one thread. */

/* Steps from a flag or an event beyond which it is out of mind. */
#define RAI_FEATURE_EVENT_REACH 14

typedef struct {
  double *sum, *count;             /* [n + horizon + 1] */
  double *phase_sum, *phase_count; /* [n + horizon + period], shifted by a period: element t +
                                      period covers the steps t, t - period, ... */
} RaiRunningSums;

typedef struct {
  const RaiFeatureFrame *frame;
  size_t series, n, shift; /* shift: from the series' steps to those of the calendar */
  float *values;           /* [n + horizon] demand */
  const uint8_t *states;
  const uint8_t *closed;                           /* the panel's, like the covariates */
  const float **covariates;                        /* [n_covariates] */
  RaiRunningSums all;                              /* all steps that count */
  double *square, *zeros;                          /* [n + 1] of the same */
  RaiRunningSums matched[RAI_FEATURE_MATCHED_MAX]; /* those on which a flag was set */
  double **known_sum, **known_count;               /* of each number among the covariates */
  int16_t **since, **until; /* of each other covariate: steps from the last and to the next one */
  int32_t *last_sale;       /* [n + 1]: steps since the last sale before t */
} RaiFeatureCursor;

/* The frame must outlive the cursor. */
RaiFeatureCursor *rai_feature_cursor_new (const RaiFeatureFrame *frame, size_t series);
void rai_feature_cursor_free (RaiFeatureCursor *cursor);
/* Takes it that the series sells so much at a step, nothing where it is closed; step < length +
 * horizon, in turn. What the cursor knew of later steps is no longer right. */
void rai_feature_cursor_feed (RaiFeatureCursor *cursor, size_t step, float value);

/* Mean of running sums over [first, last), NAN when fewer than `least` steps count. Bounds below 0
 * are cut. */
static inline float
rai_running_mean (const double *sum, const double *count, int64_t first, int64_t last,
                  double least) {
  first = MAX (first, 0);
  if (last <= first)
    return NAN;
  double n = count[last] - count[first];
  return n >= least ? (float) ((sum[last] - sum[first]) / n) : NAN;
}

/* Where the sums over `seasons` steps a period apart that end at `step` >= 0 begin: the element to
 * take off that of step + period. */
static inline int64_t
rai_running_phase_first (int64_t step, int64_t period, int64_t seasons) {
  int64_t before = step - period * seasons;
  return (before < 0 ? step % period - period : before) + period;
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RaiFeatureCursor, rai_feature_cursor_free)
