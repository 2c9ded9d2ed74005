/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "forecast/methods/rai-place.h"

/* 2024-03-01 was a Friday. */
static void
test_days (void) {
  g_autoptr (RaiPanel) panel = rai_panel_new (RAI_STEP_DAY, rai_day_from_ymd (2024, 3, 2), 3);
  rai_panel_add_series (panel, "s", "a", 10);

  RaiMethodInput input = { .n = 8, .horizon = 3, .period = 7, .panel = panel, .first = 2 };
  size_t places;
  g_assert_cmpuint (rai_place_in_week (&input, 7, &places), ==, 4);
  g_assert_cmpuint (places, ==, 7);
  g_assert_cmpuint (rai_place_in_week (&input, 8, &places), ==, 5);
  g_assert_cmpuint (rai_place_in_year (&input, 7), ==, 2);
  g_assert_cmpuint (rai_place_in_year (&input, 6), ==, 1);
  g_assert_cmpuint (rai_place_year_steps (&input), ==, 364);
}

static void
test_hours (void) {
  int64_t monday = (int64_t) rai_day_from_ymd (2024, 3, 4) * 24;
  g_autoptr (RaiPanel) panel = rai_panel_new (RAI_STEP_HOUR, monday + 5, 3);
  rai_panel_add_series (panel, "s", "a", 30);
  RaiMethodInput input = { .n = 30, .horizon = 3, .period = 24, .panel = panel };
  size_t places;
  g_assert_cmpuint (rai_place_in_week (&input, 30, &places), ==, 5);
  g_assert_cmpuint (places, ==, 168);
  g_assert_cmpuint (rai_place_in_week (&input, 24, &places), ==, 167); /* Sunday's last */
}

static void
test_bare (void) {
  RaiMethodInput input = { .n = 9, .horizon = 3, .period = 4, .first = 1 };
  size_t places;
  g_assert_cmpuint (rai_place_in_week (&input, 4, &places), ==, 1);
  g_assert_cmpuint (places, ==, 4);
  g_assert_cmpuint (rai_place_year_steps (&input), ==, 0);
}

/* Where sales are three times the shape, the level is three; after a jump it is nearly the new
 * one. */
static void
test_level (void) {
  double y[100], shape[100];
  for (size_t t = 0; t < 100; t++) {
    shape[t] = 1 + (double) (t % 3);
    y[t] = 3 * shape[t];
  }

  g_assert_cmpfloat_with_epsilon (rai_place_level (y, shape, 100), 3, 1e-9);
  for (size_t t = 60; t < 100; t++)
    y[t] *= 2;
  g_assert_cmpfloat_with_epsilon (rai_place_level (y, shape, 100), 6, 0.1);
  g_assert_cmpfloat (rai_place_level (y, shape, 0), ==, 0);
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/place/days", test_days);
  g_test_add_func ("/place/hours", test_hours);
  g_test_add_func ("/place/bare", test_bare);
  g_test_add_func ("/place/level", test_level);
  return g_test_run ();
}
