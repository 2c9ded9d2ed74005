/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "util/rai-day.h"

static void
test_known_days (void) {
  g_assert_cmpint (rai_day_from_ymd (1970, 1, 1), ==, 0);
  g_assert_cmpint (rai_day_from_ymd (1969, 12, 31), ==, -1);
  g_assert_cmpint (rai_day_from_ymd (2000, 2, 29), ==, 11016);
  g_assert_cmpint (rai_day_from_ymd (2024, 3, 1), ==, 19783);
  g_assert_cmpint (rai_day_from_ymd (2023, 2, 29), ==, RAI_DAY_NONE);
  g_assert_cmpint (rai_day_from_ymd (1900, 2, 29), ==, RAI_DAY_NONE);
  g_assert_cmpint (rai_day_from_ymd (2024, 13, 1), ==, RAI_DAY_NONE);
  g_assert_cmpint (rai_day_from_ymd (2024, 4, 31), ==, RAI_DAY_NONE);
  g_assert_cmpint (rai_day_from_ymd (0, 1, 1), ==, RAI_DAY_NONE);
}

/* Day after day over four centuries against a calendar that only counts. */
static void
test_every_day (void) {
  static const int lengths[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
  int year = 1800, month = 1, mday = 1;
  RaiDay first = rai_day_from_ymd (1800, 1, 1);
  int weekday = 3; /* 1800-01-01 was a Wednesday */

  for (RaiDay day = first; day < first + 146097; day++) {
    int y, m, d;
    rai_day_to_ymd (day, &y, &m, &d);
    g_assert_true (y == year && m == month && d == mday);
    g_assert_cmpint (rai_day_from_ymd (y, m, d), ==, day);
    g_assert_cmpint (rai_day_weekday (day), ==, weekday);
    weekday = weekday % 7 + 1;
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    if (++mday > lengths[month - 1] + (month == 2 && leap)) {
      mday = 1;
      if (++month > 12) {
        month = 1;
        year++;
      }
    }
  }
}

static void
test_weeks (void) {
  g_assert_cmpint (rai_day_weekday (rai_day_from_ymd (2026, 11, 23)), ==, 1);
  g_assert_cmpint (rai_day_iso_week (rai_day_from_ymd (2021, 1, 3)), ==, 53);
  g_assert_cmpint (rai_day_iso_week (rai_day_from_ymd (2021, 1, 4)), ==, 1);
  g_assert_cmpint (rai_day_iso_week (rai_day_from_ymd (2024, 12, 30)), ==, 1);
  g_assert_cmpint (rai_day_of_year (rai_day_from_ymd (2024, 12, 31)), ==, 366);
  g_assert_cmpint (rai_day_of_year (rai_day_from_ymd (2023, 1, 1)), ==, 1);
}

static void
test_easter (void) {
  g_assert_cmpint (rai_day_easter (2000), ==, rai_day_from_ymd (2000, 4, 23));
  g_assert_cmpint (rai_day_easter (2024), ==, rai_day_from_ymd (2024, 3, 31));
  g_assert_cmpint (rai_day_easter (2038), ==, rai_day_from_ymd (2038, 4, 25));
}

static void
test_text (void) {
  char buffer[11];
  g_assert_cmpint (rai_day_parse ("2024-02-29", -1), ==, rai_day_from_ymd (2024, 2, 29));
  g_assert_cmpint (rai_day_parse ("2024-02-29 08:00", 10), ==, rai_day_from_ymd (2024, 2, 29));

  static const char *const wrong[] = { "",           "2024-2-29",   "2023-02-29", "2024/02/29",
                                       "24-02-2029", "2024-02-29x", "20a4-02-29" };
  for (size_t i = 0; i < G_N_ELEMENTS (wrong); i++)
    g_assert_cmpint (rai_day_parse (wrong[i], -1), ==, RAI_DAY_NONE);

  g_assert_cmpstr (rai_day_format (rai_day_from_ymd (7, 6, 5), buffer), ==, "0007-06-05");
  g_assert_cmpstr (rai_day_format (rai_day_from_ymd (9999, 12, 31), buffer), ==, "9999-12-31");
}

static void
test_zones (void) {
  g_autoptr (GTimeZone) berlin = g_time_zone_new_identifier ("Europe/Berlin");
  if (berlin == NULL) {
    g_test_skip ("no time zone data");
    return;
  }

  /* 2024-03-30 23:30 UTC is the 31st in Berlin; -1 ms is the day before the epoch. */
  g_assert_cmpint (rai_day_from_ms (INT64_C (1711841400000), berlin), ==,
                   rai_day_from_ymd (2024, 3, 31));
  g_assert_cmpint (rai_day_from_ms (INT64_C (1711841400000), NULL), ==,
                   rai_day_from_ymd (2024, 3, 30));
  g_assert_cmpint (rai_day_to_ms (rai_day_from_ymd (2024, 3, 31), 5400, berlin), ==,
                   INT64_C (1711845000000));
  g_assert_cmpint (rai_day_to_ms (rai_day_from_ymd (2024, 7, 1), 0, berlin), ==,
                   INT64_C (1719784800000));
  g_assert_cmpint (rai_day_to_ms (1, 1, NULL), ==, 86401000);
  g_assert_cmpint (rai_day_from_ms (-1, NULL), ==, -1);
  g_assert_cmpint (rai_day_from_ms (0, NULL), ==, 0);
}

/* Every minute but those that are there twice, or not at all, comes back as it was told. */
static void
check_clock_change (GTimeZone *zone, RaiDay day, int first, int end, int hours) {
  g_assert_cmpint (rai_day_to_ms (day + 1, 0, zone) - rai_day_to_ms (day, 0, zone), ==,
                   hours * INT64_C (3600000));
  for (int second = 0; second < 86400; second += 60) {
    const int64_t ms = rai_day_to_ms (day, second, zone);
    g_assert_cmpint (rai_day_from_ms (ms, zone), ==, day);
    if (second < first || second >= end)
      g_assert_cmpint (rai_day_second_from_ms (ms, zone), ==, second);
  }
}

static void
test_clock_changes (void) {
  g_autoptr (GTimeZone) berlin = g_time_zone_new_identifier ("Europe/Berlin");
  g_autoptr (GTimeZone) new_york = g_time_zone_new_identifier ("America/New_York");
  if (berlin == NULL || new_york == NULL) {
    g_test_skip ("no time zone data");
    return;
  }

  check_clock_change (berlin, rai_day_from_ymd (2026, 3, 29), 2 * 3600, 3 * 3600, 23);
  check_clock_change (berlin, rai_day_from_ymd (2026, 10, 25), 0, 0, 25);
  check_clock_change (new_york, rai_day_from_ymd (2026, 3, 8), 2 * 3600, 3 * 3600, 23);
  check_clock_change (new_york, rai_day_from_ymd (2026, 11, 1), 0, 0, 25);

  /* 2026-10-25 00:30 and 01:30 UTC are both 02:30 in Berlin; noon is 11:00 UTC. */
  g_assert_cmpint (rai_day_second_from_ms (INT64_C (1792888200000), berlin), ==, 9000);
  g_assert_cmpint (rai_day_second_from_ms (INT64_C (1792891800000), berlin), ==, 9000);
  g_assert_cmpint (rai_day_second_from_ms (INT64_C (1792926000000), berlin), ==, 12 * 3600);
  g_assert_cmpint (rai_day_second_from_ms (-1, NULL), ==, 86399);
  g_assert_cmpint (rai_day_second_from_ms (86400000 + 1999, NULL), ==, 1);
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/day/known-days", test_known_days);
  g_test_add_func ("/day/every-day", test_every_day);
  g_test_add_func ("/day/weeks", test_weeks);
  g_test_add_func ("/day/easter", test_easter);
  g_test_add_func ("/day/text", test_text);
  g_test_add_func ("/day/zones", test_zones);
  g_test_add_func ("/day/clock-changes", test_clock_changes);

  return g_test_run ();
}
