/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "forecast/panel/rai-history.h"

/* Series that have something in common, and what they sold together. Steps are those of the longest
 * series, all of which end at the origin; element t of a running sum covers what lies before step
 * t. Read-only once made. */
typedef enum {
  RAI_GROUP_ALL,
  RAI_GROUP_SITE,
  RAI_GROUP_ITEM,
  RAI_GROUP_ATTRIBUTE /* and on */
} RaiGroupKind;

typedef struct {
  int kind; /* RaiGroupKind, counting on for further attributes */
  const RaiHistory *history;
  size_t n_groups;
  uint32_t *group; /* [n_series] */
  double *sums;    /* [n_groups][longest + 1]: running sum of the members' demand */
  double *alive;   /* [n_groups][longest + 1]: running count of the members' steps */
  double *phases;  /* [n_groups][longest + period]: the same, over steps one period apart */
} RaiGrouping;

/* Groups the series by a kind. NULL when that tells nothing: each series a group of its own, or all
 * one (kept once, as RAI_GROUP_ALL). */
RaiGrouping *rai_grouping_new (const RaiPanel *panel, const RaiHistory *history, int kind);
void rai_grouping_free (RaiGrouping *grouping);

/* Ratios to the group's recent mean; NAN where unknown. */
typedef struct {
  float weekday, weekday_long, trend, trend_long, rise;
} RaiGroupView;

/* What the group of a series does, seen from a step of the calendar (that of the longest series)
 * for a step ahead; back: steps from there to the same part of the year before. */
RaiGroupView rai_grouping_view (const RaiGrouping *grouping, size_t series, size_t step,
                                size_t ahead, int64_t back);
/* What a member sold a step of late, without the series itself; NAN when it has no other
 * members. */
double rai_grouping_others (const RaiGrouping *grouping, size_t series, size_t now);
/* The newest step before the origin at the same place in the season as origin + ahead. */
int64_t rai_grouping_same_place (size_t period, size_t origin, size_t ahead);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RaiGrouping, rai_grouping_free)
