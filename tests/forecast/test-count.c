/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "forecast/choice/rai-count.h"

#include <glib.h>
#include <gsl/gsl_cdf.h>

/* Means and dispersions of slow and of quick items; the largest must not underflow. */
static const double cases[][2] = { { 0.05, 0.4 }, { 0.8, 0.02 }, { 3, 2 },
                                   { 40, 0.5 },   { 300, 25 },   { 2000, 0.01 } };

/* The rank of each count is GSL's cumulative probability. */
static void
test_ranks (void) {
  for (size_t k = 0; k < G_N_ELEMENTS (cases); k++) {
    double mean = cases[k][0], d = cases[k][1];
    for (unsigned count = 0; count < 2 * (unsigned) mean + 5; count += 1 + count / 7) {
      double whole = gsl_cdf_negative_binomial_P (count, 1 / (1 + d), mean / d);
      double less = count > 0 ? gsl_cdf_negative_binomial_P (count - 1, 1 / (1 + d), mean / d) : 0;
      g_assert_cmpfloat_with_epsilon (rai_count_rank (mean, d, count, 1), whole, 1e-8);
      g_assert_cmpfloat_with_epsilon (rai_count_rank (mean, d, count, 0), less, 1e-8);
    }
  }
}

/* A quantile is the first count whose probability reaches the level. */
static void
test_quantiles (void) {
  static const double levels[] = { 0.001, 0.1, 0.5, 0.9, 0.999 };
  for (size_t k = 0; k < G_N_ELEMENTS (cases); k++) {
    double mean = cases[k][0], d = cases[k][1], quantiles[G_N_ELEMENTS (levels)];
    rai_count_quantiles (mean, d, levels, G_N_ELEMENTS (levels), quantiles);
    for (size_t q = 0; q < G_N_ELEMENTS (levels); q++) {
      unsigned count = (unsigned) quantiles[q];
      g_assert_cmpfloat (gsl_cdf_negative_binomial_P (count, 1 / (1 + d), mean / d), >=,
                         levels[q] - 1e-9);
      if (count > 0)
        g_assert_cmpfloat (gsl_cdf_negative_binomial_P (count - 1, 1 / (1 + d), mean / d), <,
                           levels[q] + 1e-9);
    }
  }
}

static void
test_edges (void) {
  double levels[] = { 0.5, 1 - 1e-17 }, quantiles[2];
  rai_count_quantiles (0, 1, levels, 2, quantiles);
  g_assert_cmpfloat (quantiles[1], ==, 0);
  rai_count_quantiles (5, 1, levels, 2, quantiles); /* ends although no count reaches the level */
  g_assert_cmpfloat (quantiles[1], >, quantiles[0]);
  rai_count_quantiles (5, 0, levels, 1, quantiles); /* a Poisson's median */
  g_assert_cmpfloat (quantiles[0], ==, 5);
  g_assert_cmpfloat (rai_count_rank (5, 1, 1e12, 0.5), ==, 1);
  g_assert_cmpfloat (rai_count_rank (0, 1, 0, 0.25), ==, 0.25);
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/count/ranks", test_ranks);
  g_test_add_func ("/count/quantiles", test_quantiles);
  g_test_add_func ("/count/edges", test_edges);
  return g_test_run ();
}
