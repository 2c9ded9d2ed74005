/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "forecast/panel/rai-panel.h"

/* How far apart the dates of a file stand: hours, days, weeks, months or quarters. Dates that are
 * none of these apart are no history that can be counted, and are said so, not taken for days with
 * holes. */
typedef struct {
  RaiPanelStep step;
  int32_t first; /* a date: weeks are counted from it */
  int month;     /* of quarters: 0-2 after their first month */
  int mday;      /* of months and quarters; 31: their last day */
} RaiSpacing;

/* What is wrong with a date, for people. */
typedef struct {
  size_t row;
  const char *text; /* "is not the same weekday as the others" */
  int32_t before;   /* the date that it follows; RAI_DAY_NONE when another thing is wrong */
} RaiSpacingFault;

/* Rows of many series in any order: keys[n] tell the series, ticks[n] are days, or hours. Returns
 * false when the dates have no unit in common. */
bool rai_spacing_find (const uint32_t *keys, const int32_t *ticks, size_t n, bool hourly,
                       RaiSpacing *spacing, RaiSpacingFault *fault);
/* The hour of the day that all hours have in common; -1 when there are several. One alone may be
 * an hour as well as a day, unless it is midnight. */
int rai_spacing_common_hour (const int32_t *ticks, size_t n);

/* The step of a panel (rai-panel.h) that a tick is on. */
int64_t rai_spacing_step (const RaiSpacing *spacing, int32_t tick);
/* The first step after the tick; a tick may lie between steps. */
int64_t rai_spacing_next (const RaiSpacing *spacing, int32_t tick);
