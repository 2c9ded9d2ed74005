/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "forecaster/rai-spacing.h"

#include <stdlib.h>
#include <string.h>

#define HOURS 24
#define WEEK 7
#define QUARTER 3
/* Fewer dates of a series than this may have holes between them. */
#define LEAST_DATES 3
/* When at least this share of the rows is on one weekday, or day of the month, the others are the
 * odd ones. */
#define MOST 0.75

static int64_t
floor_div (int64_t a, int64_t b) {
  return a / b - (a % b < 0);
}

static int64_t
month_of (RaiDay day, int *mday) {
  int year, month;
  rai_day_to_ymd (day, &year, &month, mday);
  return (int64_t) (year - 1970) * 12 + month - 1;
}

/* The day of the month, 31 for the last one. */
static int
mday_or_end (RaiDay day) {
  int mday, next;
  month_of (day, &mday);
  month_of (day + 1, &next);
  return next == 1 ? 31 : mday;
}

int
rai_spacing_common_hour (const int32_t *ticks, size_t n) {
  int hour = n > 0 ? (int) (ticks[0] - HOURS * floor_div (ticks[0], HOURS)) : 0;
  bool moved = false;
  for (size_t r = 1; r < n; r++) {
    if ((ticks[r] - ticks[0]) % HOURS != 0)
      return -1;
    moved = moved || ticks[r] != ticks[0];
  }
  return moved || hour == 0 ? hour : -1;
}

int64_t
rai_spacing_step (const RaiSpacing *spacing, int32_t tick) {
  int mday;
  switch (spacing->step) {
    case RAI_STEP_WEEK:
      return spacing->first + WEEK * floor_div ((int64_t) tick - spacing->first, WEEK);
    case RAI_STEP_MONTH:
      return month_of (tick, &mday);
    case RAI_STEP_QUARTER:
      return floor_div (month_of (tick, &mday), QUARTER);
    case RAI_STEP_HOUR:
    case RAI_STEP_DAY:
      break;
  }
  return tick;
}

int64_t
rai_spacing_next (const RaiSpacing *spacing, int32_t tick) {
  int mday = mday_or_end (tick);
  int64_t step = rai_spacing_step (spacing, tick);
  switch (spacing->step) {
    case RAI_STEP_WEEK:
      return step + WEEK;
    case RAI_STEP_MONTH:
      return step + (mday >= spacing->mday);
    case RAI_STEP_QUARTER: {
      int64_t past = month_of (tick, &mday) - QUARTER * step - spacing->month;
      return step + (past > 0 || (past == 0 && mday_or_end (tick) >= spacing->mday));
    }
    case RAI_STEP_HOUR:
    case RAI_STEP_DAY:
      break;
  }
  return step + 1;
}

/* Whether all dates are the same day of their month, or its last where it is shorter. */
static bool
find_mday (const int32_t *days, size_t n, int *mday) {
  int ends = 0;
  *mday = 0;
  for (size_t r = 0; r < n; r++) {
    int own, next;
    month_of (days[r], &own);
    month_of (days[r] + 1, &next);
    if (next == 1)
      ends = MAX (ends, own);
    else if (*mday == 0)
      *mday = own;
    else if (*mday != own)
      return false;
  }
  if (*mday == 0)
    *mday = 31;
  return ends <= *mday;
}

static bool
are_weeks (const int32_t *days, size_t n) {
  for (size_t r = 1; r < n; r++)
    if ((days[r] - days[0]) % WEEK != 0)
      return false;
  return true;
}

/* The unit that dates suggest, holes or not. */
static void
guess (const int32_t *ticks, size_t n, RaiSpacing *spacing) {
  bool moved = false;
  for (size_t r = 1; r < n && !moved; r++)
    moved = ticks[r] != ticks[0];
  spacing->step = !moved                                 ? RAI_STEP_DAY
                  : find_mday (ticks, n, &spacing->mday) ? RAI_STEP_MONTH
                  : are_weeks (ticks, n)                 ? RAI_STEP_WEEK
                                                         : RAI_STEP_DAY;
}

/* ---- gaps ---- */

typedef struct {
  uint32_t key;
  int32_t tick;
  size_t row;
} Date;

static int
compare_dates (const void *a, const void *b) {
  const Date *x = a, *y = b;
  if (x->key != y->key)
    return x->key < y->key ? -1 : 1;
  if (x->tick != y->tick)
    return x->tick < y->tick ? -1 : 1;
  return (x->row > y->row) - (x->row < y->row);
}

static int64_t
unit_of (const RaiSpacing *spacing, int32_t tick) {
  return rai_spacing_step (spacing, tick) / (spacing->step == RAI_STEP_WEEK ? WEEK : 1);
}

/* Rows of a series mostly stand one behind the other: then the first two tell. */
static bool
has_neighbours (const RaiSpacing *spacing, const uint32_t *keys, const int32_t *ticks, size_t n) {
  for (size_t r = 1; r < n; r++)
    if (keys[r] == keys[r - 1] &&
        llabs (unit_of (spacing, ticks[r]) - unit_of (spacing, ticks[r - 1])) == 1)
      return true;
  return false;
}

typedef struct {
  int64_t least; /* of all gaps between dates of a series with LEAST_DATES; INT64_MAX: there is no
                    such series */
  bool quarters; /* all gaps are */
  size_t row;    /* the first one after a least gap */
  int32_t before;
} Gaps;

static void
add_series (const RaiSpacing *spacing, const Date *dates, size_t n, Gaps *gaps) {
  size_t distinct = 1;
  for (size_t k = 1; k < n; k++)
    distinct += dates[k].tick != dates[k - 1].tick;
  for (size_t k = 1; distinct >= LEAST_DATES && k < n; k++) {
    int64_t gap = unit_of (spacing, dates[k].tick) - unit_of (spacing, dates[k - 1].tick);
    if (gap == 0)
      continue;
    gaps->quarters = gaps->quarters && gap % QUARTER == 0;
    if (gap > gaps->least || (gap == gaps->least && dates[k].row > gaps->row))
      continue;
    gaps->least = gap;
    gaps->row = dates[k].row;
    gaps->before = dates[k - 1].tick;
  }
}

static Gaps
find_gaps (const RaiSpacing *spacing, const uint32_t *keys, const int32_t *ticks, size_t n) {
  Gaps gaps = { .least = INT64_MAX, .quarters = true };
  g_autofree Date *dates = g_new (Date, n + 1);
  for (size_t r = 0; r < n; r++)
    dates[r] = (Date){ keys[r], ticks[r], r };
  qsort (dates, n, sizeof *dates, compare_dates);

  for (size_t first = 0, end; first < n; first = end) {
    for (end = first; end < n && dates[end].key == dates[first].key; end++)
      ;
    add_series (spacing, dates + first, end - first, &gaps);
  }

  return gaps;
}

/* All dates are the same months of their quarters. */
static bool
are_quarters (const int32_t *days, size_t n, int *month) {
  int mday;
  *month = 0;
  for (size_t r = 0; r < n; r++) {
    int64_t own = month_of (days[r], &mday);
    int place = (int) (own - QUARTER * floor_div (own, QUARTER));
    if (r == 0)
      *month = place;
    else if (place != *month)
      return false;
  }
  return true;
}

/* ---- faults ---- */

/* The first row whose place differs from that of most; n when most do not agree. */
static size_t
find_odd (int (*place_of) (RaiDay day), const int32_t *days, size_t n) {
  size_t counts[32] = { 0 }, most = 0, odd = 0;
  for (size_t r = 0; r < n; r++)
    counts[place_of (days[r])]++;
  for (size_t k = 1; k < G_N_ELEMENTS (counts); k++)
    most = counts[k] > counts[most] ? k : most;
  if ((double) counts[most] < MOST * (double) n)
    return n;
  while (odd < n && place_of (days[odd]) == (int) most)
    odd++;
  return odd;
}

static void
find_fault (const RaiSpacing *spacing, const int32_t *ticks, size_t n, const Gaps *gaps,
            RaiSpacingFault *fault) {
  static const struct {
    int (*place_of) (RaiDay day);
    const char *text;
  } places[] = {
    { mday_or_end, "is not the same day of the month as the others" },
    { rai_day_weekday, "is not the same weekday as the others" },
  };

  *fault =
      (RaiSpacingFault){ gaps->row, "is no hour, day, week, month or quarter after", gaps->before };
  for (size_t k = 0; spacing->step == RAI_STEP_DAY && k < G_N_ELEMENTS (places); k++) {
    size_t odd = find_odd (places[k].place_of, ticks, n);
    if (odd >= n)
      continue;
    *fault = (RaiSpacingFault){ odd, places[k].text, RAI_DAY_NONE };
    return;
  }
}

bool
rai_spacing_find (const uint32_t *keys, const int32_t *ticks, size_t n, bool hourly,
                  RaiSpacing *spacing, RaiSpacingFault *fault) {
  *spacing = (RaiSpacing){ .step = RAI_STEP_HOUR, .first = n > 0 ? ticks[0] : 0, .mday = 1 };
  if (!hourly)
    guess (ticks, n, spacing);
  if (has_neighbours (spacing, keys, ticks, n))
    return true;

  Gaps gaps = find_gaps (spacing, keys, ticks, n);
  if (gaps.least == 1 || gaps.least == INT64_MAX)
    return true;
  if (spacing->step == RAI_STEP_MONTH && gaps.least == QUARTER && gaps.quarters &&
      are_quarters (ticks, n, &spacing->month)) {
    spacing->step = RAI_STEP_QUARTER;
    return true;
  }

  find_fault (spacing, ticks, n, &gaps, fault);
  return false;
}
