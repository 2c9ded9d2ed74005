/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "util/rai-random.h"

#include <glib.h>

/* The first numbers of the reference implementation, seed 42, stream 54. */
static void
test_reference (void) {
  static const uint32_t expected[] = { 0xa15c02b7, 0x7b47f409, 0xba1d3330,
                                       0x83d2f293, 0xbfa4784b, 0xcbed606e };
  RaiRandom random = rai_random_new (42, 54);
  for (size_t i = 0; i < G_N_ELEMENTS (expected); i++)
    g_assert_cmphex (rai_random_next (&random), ==, expected[i]);
}

static void
test_ranges (void) {
  RaiRandom random = rai_random_new (1, 1);
  int counts[7] = { 0 };
  for (int i = 0; i < 70000; i++) {
    counts[rai_random_below (&random, 7)]++;
    double x = rai_random_between (&random, 2, 3);
    g_assert_true (x >= 2 && x < 3);
  }

  for (int i = 0; i < 7; i++)
    g_assert_cmpint (ABS (counts[i] - 10000), <, 400);
  g_assert_false (rai_random_chance (&random, 0));
  g_assert_true (rai_random_chance (&random, 1));
}

static void
check_moments (const double *values, int n, double mean, double variance) {
  double sum = 0, squares = 0;
  for (int i = 0; i < n; i++)
    sum += values[i];
  for (int i = 0; i < n; i++)
    squares += (values[i] - sum / n) * (values[i] - sum / n);
  g_assert_cmpfloat_with_epsilon (sum / n, mean, 0.03 * (mean + 1));
  g_assert_cmpfloat_with_epsilon (squares / n, variance, 0.06 * variance);
}

static void
test_distributions (void) {
  enum { N = 100000 };
  g_autofree double *values = g_new (double, N);
  RaiRandom random = rai_random_new (7, 3);

  for (int i = 0; i < N; i++)
    values[i] = rai_random_normal (&random);
  check_moments (values, N, 0, 1);

  static const double means[] = { 0.05, 1, 20 };
  for (int m = 0; m < 3; m++) {
    for (int i = 0; i < N; i++)
      values[i] = rai_random_negative_binomial (&random, means[m], 2.5);
    check_moments (values, N, means[m], means[m] + means[m] * means[m] / 2.5);
  }

  g_assert_cmpint (rai_random_negative_binomial (&random, 0, 2.5), ==, 0);
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/random/reference", test_reference);
  g_test_add_func ("/random/ranges", test_ranges);
  g_test_add_func ("/random/distributions", test_distributions);
  return g_test_run ();
}
