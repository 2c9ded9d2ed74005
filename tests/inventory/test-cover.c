/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "inventory/rai-cover.h"

#include <glib.h>

static const float two_a_day[7] = { 2, 2, 2, 2, 2, 2, 2 };
static const float spread[7 * RAI_N_QUANTILES];
static const RaiDailyDemand daily = { two_a_day, spread, 7, true };

static void
test_days (void) {
  g_assert_cmpint (rai_cover_days (&daily, 10), ==, 5);
  g_assert_cmpint (rai_cover_days (&daily, 11), ==, 5);
  g_assert_cmpint (rai_cover_days (&daily, 40), ==, 20);
  g_assert_cmpint (rai_cover_days (&daily, 0), ==, 0);
  g_assert_cmpint (rai_cover_days (&daily, 1e6), ==, RAI_COVER_LIMIT);
}

static void
test_stockout_day (void) {
  const RaiArrival arrivals[] = { { 98, 4 }, { 103, 4 } };
  g_assert_cmpint (rai_cover_stockout_day (&daily, 100, 4, NULL, 0), ==, 102);
  /* What is overdue comes today, and the second delivery is in time. */
  g_assert_cmpint (rai_cover_stockout_day (&daily, 100, 4, arrivals, 2), ==, 106);
  g_assert_cmpint (rai_cover_stockout_day (&daily, 100, 1e7, NULL, 0), ==, RAI_DAY_NONE);
}

static void
test_missing (void) {
  const RaiArrival arrivals[] = { { 104, 4 } };
  g_assert_cmpfloat_with_epsilon (rai_cover_missing (&daily, 100, 4, NULL, 0, 100, 105), 6, 1e-9);
  g_assert_cmpfloat_with_epsilon (rai_cover_missing (&daily, 100, 4, NULL, 0, 104, 105), 2, 1e-9);
  /* What was not met before an arrival is lost, not owed. */
  g_assert_cmpfloat_with_epsilon (rai_cover_missing (&daily, 100, 4, arrivals, 1, 100, 107), 6,
                                  1e-9);
  g_assert_cmpfloat_with_epsilon (rai_cover_missing (&daily, 100, 4, arrivals, 1, 104, 106), 0,
                                  1e-9);
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cover/days", test_days);
  g_test_add_func ("/cover/stockout-day", test_stockout_day);
  g_test_add_func ("/cover/missing", test_missing);
  return g_test_run ();
}
