/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "demo/rai-demo-calendar.h"

#include <string.h>

static RaiDemoCalendar *
two_years (uint64_t seed) {
  return rai_demo_calendar_new (seed, rai_day_from_ymd (2025, 1, 1), 730,
                                rai_day_from_ymd (2026, 11, 1));
}

static void
test_holidays (void) {
  g_autoptr (RaiDemoCalendar) calendar = two_years (1);
  for (int year = 2025; year <= 2026; year++) {
    const RaiDemoDay *monday = rai_demo_calendar_day (calendar, 0, rai_day_easter (year) + 1);
    const RaiDemoDay *christmas =
        rai_demo_calendar_day (calendar, 3, rai_day_from_ymd (year, 12, 25));
    const RaiDemoDay *before = rai_demo_calendar_day (calendar, 3, rai_day_from_ymd (year, 12, 23));
    g_assert_cmpstr (monday->holiday, ==, "Easter Monday");
    g_assert_true (monday->closed && christmas->closed);
    g_assert_cmpfloat (before->festive, >, 0.5);
  }

  /* Regions have holidays of their own: site 2 lies in the hills, site 0 at the coast. */
  RaiDay corpus_christi = rai_day_easter (2025) + 60;
  g_assert_cmpstr (rai_demo_calendar_day (calendar, 2, corpus_christi)->holiday, ==,
                   "Corpus Christi");
  g_assert_cmpstr (rai_demo_calendar_day (calendar, 0, corpus_christi)->holiday, ==, "");
}

static void
test_sundays (void) {
  g_autoptr (RaiDemoCalendar) calendar = two_years (1);
  RaiDay sunday = rai_day_from_ymd (2026, 6, 14);
  g_assert_cmpint (rai_day_weekday (sunday), ==, 7);
  for (int site = 0; site < rai_demo_n_sites; site++)
    g_assert_cmpint (rai_demo_calendar_day (calendar, site, sunday)->closed, ==,
                     (rai_demo_sites[site].open_weekdays & 64) == 0);
}

static void
test_weather (void) {
  g_autoptr (RaiDemoCalendar) calendar = two_years (3), same = two_years (3), other = two_years (4);
  double winter = 0, summer = 0, differences = 0;
  for (int i = 0; i < 730; i++) {
    RaiDay day = rai_day_from_ymd (2025, 1, 1) + i;
    const RaiDemoDay *what = rai_demo_calendar_day (calendar, 0, day);
    int year, month, mday;
    rai_day_to_ymd (day, &year, &month, &mday);
    winter += month == 1 ? what->temperature / 62 : 0;
    summer += month == 7 ? what->temperature / 62 : 0;
    g_assert_cmpfloat (what->rain, >=, 0);
    g_assert_cmpfloat (what->temperature, ==, rai_demo_calendar_day (same, 0, day)->temperature);
    /* Station Square and Mill Road lie in one region. */
    g_assert_cmpfloat (rai_demo_calendar_day (calendar, 1, day)->rain, ==,
                       rai_demo_calendar_day (calendar, 3, day)->rain);
    differences += what->temperature != rai_demo_calendar_day (other, 0, day)->temperature;
  }

  g_assert_cmpfloat (summer - winter, >, 10);
  g_assert_cmpfloat (differences, >, 500);
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/demo-calendar/holidays", test_holidays);
  g_test_add_func ("/demo-calendar/sundays", test_sundays);
  g_test_add_func ("/demo-calendar/weather", test_weather);
  return g_test_run ();
}
