/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/widgets/rai-time-axis.h"

#include <math.h>

static GArray *
ticks_of (RaiDay first, int days, double width) {
  RaiTimeAxis axis = { first, first + (double) days };
  return rai_time_axis_ticks (&axis, width, 45);
}

static const RaiTimeTick *
tick (GArray *ticks, size_t i) {
  return &g_array_index (ticks, RaiTimeTick, i);
}

static void
test_normalize (void) {
  RaiTimeAxis axis = { 100, 110 };
  g_assert_cmpfloat (rai_time_axis_normalize (&axis, 105), ==, 0.5);
  g_assert_cmpfloat (rai_time_axis_denormalize (&axis, 1), ==, 110);
}

/* Whatever the span, labels keep their distance and there are some. */
static void
test_spacing (void) {
  for (int days = 1; days < 20000; days = days * 3 / 2 + 1) {
    g_autoptr (GArray) ticks = ticks_of (20000, days, 800);
    g_assert_cmpuint (ticks->len, <=, 800 / 45);
    if (days > 31 && days < 7000)
      g_assert_cmpuint (ticks->len, >=, 2);
    for (size_t i = 1; i < ticks->len; i++) {
      double apart = (tick (ticks, i)->at - tick (ticks, i - 1)->at) * 800 / days;
      g_assert_cmpfloat (apart, >, 45);
    }
  }
}

static void
test_words (void) {
  RaiDay monday = rai_day_from_ymd (2026, 11, 23);
  g_autoptr (GArray) days = ticks_of (monday, 7, 800);
  g_assert_cmpstr (tick (days, 0)->label, ==, "Mon 23");
  g_assert_cmpstr (tick (days, 0)->context, ==, "November 2026");
  g_assert_null (tick (days, 1)->context);
  g_autoptr (GArray) weeks = ticks_of (monday - 3, 60, 800);
  g_assert_cmpstr (tick (weeks, 0)->label, ==, "23 Nov");
  g_assert_cmpfloat (tick (weeks, 0)->at, ==, monday + 0.5);
  g_autoptr (GArray) months = ticks_of (rai_day_from_ymd (2025, 11, 15), 365, 800);
  g_assert_cmpstr (tick (months, 0)->label, ==, "Dec");
  g_assert_cmpstr (tick (months, 1)->label, ==, "Jan");
  g_assert_cmpstr (tick (months, 1)->context, ==, "2026");
  g_autoptr (GArray) years = ticks_of (rai_day_from_ymd (2000, 1, 1), 9000, 800);
  g_assert_cmpstr (tick (years, 0)->label, ==, "2000");
}

/* Long before 1970 weeks still begin on Mondays. */
static void
test_old_days (void) {
  g_autoptr (GArray) ticks = ticks_of (rai_day_from_ymd (1912, 2, 1), 40, 400);
  g_assert_cmpuint (ticks->len, >, 0);
  g_assert_cmpint (rai_day_weekday ((RaiDay) floor (tick (ticks, 0)->at)), ==, 1);
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/time-axis/normalize", test_normalize);
  g_test_add_func ("/time-axis/spacing", test_spacing);
  g_test_add_func ("/time-axis/words", test_words);
  g_test_add_func ("/time-axis/old-days", test_old_days);
  return g_test_run ();
}
