/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "forecaster/rai-spacing.h"

#include <string.h>

#define DATES_MAX 16

/* Rows of one series, or of two where dates begin with "b ". Returns how many. */
static size_t
parse (const char *text, uint32_t *keys, int32_t *ticks) {
  g_auto (GStrv) dates = g_strsplit (text, ",", -1);
  size_t n = 0;
  for (; dates[n] != NULL; n++) {
    const char *date = dates[n];
    keys[n] = date[0] == 'b';
    ticks[n] = rai_day_parse (date + (keys[n] > 0 ? 2 : 0), 10);
    g_assert_cmpint (ticks[n], !=, RAI_DAY_NONE);
  }
  return n;
}

static void
test_units (void) {
  static const struct {
    const char *dates;
    RaiPanelStep step;
    int month, mday;
    const char *next; /* date of the first step after the last date */
  } cases[] = {
    { "2023-11-30,2023-12-31,2024-01-31,2024-02-29", RAI_STEP_MONTH, 0, 31, "2024-03-31" },
    { "2023-11-30,2023-12-30,2024-01-30,2024-02-29", RAI_STEP_MONTH, 0, 30, "2024-03-30" },
    { "2023-11-15,2023-12-15,2024-01-15", RAI_STEP_MONTH, 0, 15, "2024-02-15" },
    { "2023-11-01,2023-12-01,2024-02-01", RAI_STEP_MONTH, 0, 1, "2024-03-01" },
    { "2023-06-30,2023-09-30,2023-12-31,2024-03-31", RAI_STEP_QUARTER, 2, 31, "2024-06-30" },
    { "2023-02-01,2023-05-01,2023-08-01", RAI_STEP_QUARTER, 1, 1, "2023-11-01" },
    { "2024-01-05,2024-01-12,2024-02-02", RAI_STEP_WEEK, 0, 0, "2024-02-09" },
    { "2024-01-31,2024-02-01,2024-02-29", RAI_STEP_DAY, 0, 0, "2024-03-01" },
    { "2024-01-19,2024-01-05,2024-01-12", RAI_STEP_WEEK, 0, 0, NULL },
    { "2024-01-05,b 2024-01-05,2024-01-12,b 2024-01-12,2024-01-19", RAI_STEP_WEEK, 0, 0, NULL },
    { "2024-01-05", RAI_STEP_DAY, 0, 0, "2024-01-06" },
    { "2024-01-05,2024-01-25", RAI_STEP_DAY, 0, 0, "2024-01-26" }, /* two dates tell nothing */
  };

  for (size_t k = 0; k < G_N_ELEMENTS (cases); k++) {
    uint32_t keys[DATES_MAX];
    int32_t ticks[DATES_MAX];
    size_t n = parse (cases[k].dates, keys, ticks);
    RaiSpacing spacing;
    RaiSpacingFault fault;
    g_assert_true (rai_spacing_find (keys, ticks, n, false, &spacing, &fault));
    g_assert_cmpint (spacing.step, ==, cases[k].step);
    if (cases[k].next == NULL)
      continue;
    g_autoptr (RaiPanel) panel =
        rai_panel_new (spacing.step, rai_spacing_next (&spacing, ticks[n - 1]), 1);
    rai_panel_set_dating (panel, spacing.month, spacing.mday);
    rai_panel_add_series (panel, "s", "x", 0);
    g_assert_cmpint (rai_panel_day (panel, 0, 0), ==, rai_day_parse (cases[k].next, 10));
    if (spacing.step >= RAI_STEP_MONTH) {
      g_assert_cmpint (spacing.mday, ==, cases[k].mday);
      g_assert_cmpint (spacing.month, ==, cases[k].month);
    }
  }
}

/* Dates that are no unit apart are never days: the row that is to blame is named. */
static void
test_faults (void) {
  static const struct {
    const char *dates, *text;
    size_t row;
  } cases[] = {
    { "2024-01-01,2024-01-31,2024-03-01,2024-03-31", "no hour, day, week, month or quarter", 1 },
    { "2024-01-31,2024-02-29,2024-03-30,2024-04-30,2024-05-31,2024-06-30",
      "not the same day of the month", 2 },
    { "2024-01-01,2024-01-08,2024-01-15,2024-01-23,2024-01-29", "not the same weekday", 3 },
    { "2024-01-01,2024-01-15,2024-01-29,2024-02-12", "no hour", 1 },
    { "2023-01-31,2023-03-31,2023-05-31,2023-07-31", "no hour", 1 },
    { "2020-12-31,2021-12-31,2022-12-31", "no hour", 1 },
    { "2024-01-01,2024-01-03,2024-01-05,2024-01-07", "no hour", 1 },
    { "2024-01-01,2024-01-08,2024-01-15,b 2024-01-02,b 2024-01-09,b 2024-01-16", "no hour", 1 },
  };

  for (size_t k = 0; k < G_N_ELEMENTS (cases); k++) {
    uint32_t keys[DATES_MAX];
    int32_t ticks[DATES_MAX];
    size_t n = parse (cases[k].dates, keys, ticks);
    RaiSpacing spacing;
    RaiSpacingFault fault;
    g_assert_false (rai_spacing_find (keys, ticks, n, false, &spacing, &fault));
    g_assert_cmpuint (fault.row, ==, cases[k].row);
    g_assert_nonnull (strstr (fault.text, cases[k].text));
  }
}

/* A day that is not on the grid: the total dated after it is still to come. */
static void
test_between (void) {
  RaiSpacing ends = { .step = RAI_STEP_MONTH, .mday = 31 };
  RaiSpacing starts = { .step = RAI_STEP_MONTH, .mday = 1 };
  RaiSpacing weeks = { .step = RAI_STEP_WEEK, .first = 1000 };
  int64_t june = (2024 - 1970) * 12 + 5;
  g_assert_cmpint (rai_spacing_next (&ends, rai_day_from_ymd (2024, 6, 29)), ==, june);
  g_assert_cmpint (rai_spacing_next (&ends, rai_day_from_ymd (2024, 6, 30)), ==, june + 1);
  g_assert_cmpint (rai_spacing_next (&starts, rai_day_from_ymd (2024, 6, 15)), ==, june + 1);
  g_assert_cmpint (rai_spacing_next (&weeks, 993), ==, 1000);
  g_assert_cmpint (rai_spacing_next (&weeks, 999), ==, 1000);
  g_assert_cmpint (rai_spacing_next (&weeks, 1000), ==, 1007);
}

static void
test_common_hour (void) {
  int32_t midnights[] = { 48, 24, 72 }, noons[] = { 36, 60 }, hours[] = { 24, 25 };
  g_assert_cmpint (rai_spacing_common_hour (midnights, 3), ==, 0);
  g_assert_cmpint (rai_spacing_common_hour (noons, 2), ==, 12);
  g_assert_cmpint (rai_spacing_common_hour (noons, 1), ==, -1);
  g_assert_cmpint (rai_spacing_common_hour (midnights, 1), ==, 0);
  g_assert_cmpint (rai_spacing_common_hour (hours, 2), ==, -1);
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/spacing/units", test_units);
  g_test_add_func ("/spacing/faults", test_faults);
  g_test_add_func ("/spacing/between", test_between);
  g_test_add_func ("/spacing/common-hour", test_common_hour);
  return g_test_run ();
}
