/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "inventory/rai-cover.h"

#include <glib.h>

static const float two_a_day[7] = { 2, 2, 2, 2, 2, 2, 2 };
static const float spread[7 * RAI_N_QUANTILES];
static const RaiDailyDemand daily = { two_a_day, spread, 7, true };

static void
test_days (void) {
  const RaiCover cover = rai_cover_make (&daily);
  g_assert_cmpint (rai_cover_days (&cover, 10000), ==, 5);
  g_assert_cmpint (rai_cover_days (&cover, 11000), ==, 5);
  g_assert_cmpint (rai_cover_days (&cover, 40000), ==, 20);
  g_assert_cmpint (rai_cover_days (&cover, 0), ==, 0);
  g_assert_cmpint (rai_cover_days (&cover, -3000), ==, 0);
  g_assert_cmpint (rai_cover_days (&cover, INT64_C (1000000000)), ==, RAI_COVER_LIMIT);
  /* Past the days that are looked at, what the last week sells goes on. */
  g_assert_cmpint (rai_cover_days (&cover, 56000), ==, 28);
  g_assert_cmpint (rai_cover_days (&cover, 57999), ==, 28);
  g_assert_cmpint (rai_cover_days (&cover, 58000), ==, 29);
  g_assert_cmpint (rai_cover_days (&cover, 240000), ==, 120);
}

/* A float's rounding is no missing piece, and a tenth a day is. */
static void
test_rounding (void) {
  static const float tenth[7] = { 0.1f, 0.1f, 0.1f, 0.1f, 0.1f, 0.1f, 0.1f };
  const RaiDailyDemand rare = { tenth, spread, 7, true };
  const RaiCover cover = rai_cover_make (&rare);
  g_assert_cmpint (rai_cover_days (&cover, 1000), ==, 10);
  g_assert_cmpint (rai_cover_days (&cover, 999), ==, 9);
}

/* The least that lasts longer, by trying: on both sides of the days that are looked at. */
static void
test_needed (void) {
  static const float uneven[7] = { 1.3f, 0, 0, 2.7f, 0.4f, 5, 0.1f };
  static const float nothing[7];
  const RaiDailyDemand week = { uneven, spread, 7, false }, none = { nothing, spread, 7, false };
  const RaiCover cover = rai_cover_make (&week), still = rai_cover_make (&none);
  for (int days = 0; days < 200; days++) {
    const int64_t needed = rai_cover_needed (&cover, days);
    g_assert_cmpint (rai_cover_days (&cover, needed), >, days);
    g_assert_cmpint (rai_cover_days (&cover, needed - 1), <=, days);
  }
  g_assert_cmpint (rai_cover_needed (&cover, RAI_COVER_LIMIT), ==, INT64_MAX);
  g_assert_cmpint (rai_cover_needed (&still, 60), ==, 0);
}

static void
test_stockout_day (void) {
  const RaiCover cover = rai_cover_make (&daily);
  const RaiArrival arrivals[] = { { 98, 4 }, { 103, 4 } };
  g_assert_cmpint (rai_cover_stockout_day (&cover, 100, 4000, NULL, 0), ==, 102);
  /* What is overdue comes today, and the second delivery is in time. */
  g_assert_cmpint (rai_cover_stockout_day (&cover, 100, 4000, arrivals, 2), ==, 106);
  g_assert_cmpint (rai_cover_stockout_day (&cover, 100, 60000, arrivals, 2), ==, 134);
  g_assert_cmpint (rai_cover_stockout_day (&cover, 100, INT64_C (10000000000), NULL, 0), ==,
                   RAI_DAY_NONE);
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
  g_test_add_func ("/cover/rounding", test_rounding);
  g_test_add_func ("/cover/needed", test_needed);
  g_test_add_func ("/cover/stockout-day", test_stockout_day);
  g_test_add_func ("/cover/missing", test_missing);
  return g_test_run ();
}
