/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "forecast/choice/rai-paths.h"

#include <glib.h>
#include <math.h>
#include <stdbool.h>

#define HORIZON 10

/* Correlation of the first and the last step's ranks over the paths of a series. */
static double
correlation (const RaiPaths *paths, double mean) {
  double x = 0, y = 0, xx = 0, yy = 0, xy = 0, n = RAI_PATHS;
  for (size_t k = 0; k < RAI_PATHS; k++) {
    const float *ranks = rai_paths_ranks (paths, mean, k);
    double a = (double) ranks[0], b = (double) ranks[HORIZON - 1];
    x += a;
    y += b;
    xx += a * a;
    yy += b * b;
    xy += a * b;
  }

  return (n * xy - x * y) / sqrt ((n * xx - x * x) * (n * yy - y * y));
}

/* Small series whose steps go together and large ones whose steps do not: each gets the paths of
 * its like. */
static void
test_likes (void) {
  g_autoptr (GRand) random = g_rand_new_with_seed (1);
  RaiPaths *paths = rai_paths_new (HORIZON);
  for (size_t w = 0; w < 2000; w++) {
    double common = g_rand_double (random), ranks[HORIZON];
    bool large = w % 2;
    for (size_t h = 0; h < HORIZON; h++)
      ranks[h] = large ? g_rand_double (random) : common;
    rai_paths_add (paths, large ? 100 + (double) w : 1 + (double) w / 1e4, ranks);
  }

  rai_paths_end (paths);
  g_assert_cmpfloat (correlation (paths, 1), >, 0.999);
  g_assert_cmpfloat (fabs (correlation (paths, 1e6)), <, 0.15);
  rai_paths_free (paths);
}

/* Nothing known: ranks in (0, 1), loosely together. */
static void
test_nothing (void) {
  RaiPaths *paths = rai_paths_new (HORIZON);
  double unknown[HORIZON];
  for (size_t h = 0; h < HORIZON; h++)
    unknown[h] = NAN;

  rai_paths_add (paths, 3, unknown);
  rai_paths_end (paths);
  for (size_t k = 0; k < RAI_PATHS; k++)
    for (size_t h = 0; h < HORIZON; h++) {
      double rank = (double) rai_paths_ranks (paths, 5, k)[h];
      g_assert_true (rank > 0 && rank < 1);
    }

  g_assert_cmpfloat (correlation (paths, 5), >, 0.05);
  g_assert_cmpfloat (correlation (paths, 5), <, 0.4);
  rai_paths_free (paths);
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/paths/likes", test_likes);
  g_test_add_func ("/paths/nothing", test_nothing);
  return g_test_run ();
}
