/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "forecast/methods/rai-season.h"

#include "fixture.h"

#include <glib.h>

static void
test_remove (void) {
  double y[48], seasonal[RAI_SEASON_MAX];
  for (size_t t = 0; t < 48; t++)
    y[t] = 100 * (t % 4 == 0 ? 1.6 : 0.8);
  g_assert_true (rai_season_test (y, 48, 4));
  g_assert_cmpuint (rai_season_remove (y, 48, 4, seasonal), ==, 4);
  g_assert_cmpfloat_with_epsilon (seasonal[0], 1.6, 0.02);
  for (size_t t = 0; t < 48; t++)
    g_assert_cmpfloat_with_epsilon (y[t], 100, 2);

  y[5] = 0;
  g_assert_cmpuint (rai_season_remove (y, 48, 4, seasonal), ==, 1);
  g_assert_cmpfloat (seasonal[0], ==, 1);
  g_assert_false (rai_season_test (y, 10, 4));
}

/* A clear season stays nearly whole, noise is taken for none, and what was taken off is put
 * back. */
static void
test_shrunk (void) {
  double y[48], kept[48];
  RaiSeason season;
  uint32_t random = 3;

  for (size_t t = 0; t < 48; t++)
    kept[t] = y[t] = 100 * (t % 12 == 0 ? 1.6 : 0.9) + fixture_random (&random);
  rai_season_estimate (y, 48, 12, &season);
  g_assert_cmpuint (season.period, ==, 12);
  g_assert_true (season.ratio);
  g_assert_cmpfloat_with_epsilon (season.value[0] / season.value[1], 1.6 / 0.9, 0.1);
  rai_season_strip (&season, y, 48, 0);
  g_assert_cmpfloat_with_epsilon (y[0], y[1], 8);
  rai_season_restore (&season, y + 5, 43, 5);
  g_assert_cmpfloat_with_epsilon (y[47], kept[47], 1e-9);
  for (size_t t = 0; t < 48; t++)
    y[t] = 50 + 10 * fixture_random (&random);

  rai_season_estimate (y, 48, 12, &season);
  for (size_t p = 0; p < 12; p++)
    g_assert_cmpfloat_with_epsilon (season.value[p], 1, 0.03);
  y[7] = 0; /* differences, where ratios would not do */
  rai_season_estimate (y, 48, 12, &season);
  g_assert_false (season.ratio);
  rai_season_estimate (y, 30, 12, &season);
  g_assert_cmpuint (season.period, ==, 1);
}

static void
test_strength (void) {
  double y[48];
  uint32_t random = 3;
  for (size_t t = 0; t < 48; t++)
    y[t] = (double) t + 10 * (double) (t % 4) + fixture_random (&random);

  g_assert_cmpfloat (rai_season_strength (y, 48, 4), >, 0.95);
  for (size_t t = 0; t < 48; t++)
    y[t] = fixture_random (&random);
  g_assert_cmpfloat (rai_season_strength (y, 48, 4), <, 0.5);
  g_assert_cmpfloat (rai_season_strength (y, 11, 4), ==, 0);
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/season/remove", test_remove);
  g_test_add_func ("/season/shrunk", test_shrunk);
  g_test_add_func ("/season/strength", test_strength);
  return g_test_run ();
}
