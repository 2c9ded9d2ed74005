/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "inventory/rai-demand.h"

#include <glib.h>
#include <math.h>

static void
test_poisson (void) {
  const RaiDemand demand = { 2, 2, true };
  /* P (X <= 3) = e^-2 (1 + 2 + 2 + 4/3) */
  g_assert_cmpfloat_with_epsilon (rai_demand_cdf (&demand, 3), exp (-2) * (5 + 4.0 / 3), 1e-12);
  g_assert_cmpfloat (rai_demand_quantile (&demand, 0.85), ==, 3);
  g_assert_cmpfloat (rai_demand_quantile (&demand, 0.86), ==, 4);

  /* E [max (0, X - 1)] = 2 - P (X > 0) = 1 + e^-2 */
  g_assert_cmpfloat_with_epsilon (rai_demand_loss (&demand, 1), 1 + exp (-2), 1e-12);
  g_assert_cmpfloat_with_epsilon (rai_demand_loss (&demand, 0), 2, 1e-12);
  g_assert_cmpfloat_with_epsilon (rai_demand_loss (&demand, -1), 3, 1e-12);
}

static void
test_negative_binomial (void) {
  /* Size 2, p = 1/2: mean 2, variance 4, P (0) = 1/4, P (1) = 1/4, P (2) = 3/16. */
  const RaiDemand demand = { 2, 4, true };
  g_assert_cmpfloat_with_epsilon (rai_demand_cdf (&demand, 2), 11.0 / 16, 1e-12);
  g_assert_cmpfloat (rai_demand_quantile (&demand, 0.5), ==, 1);
  g_assert_cmpfloat_with_epsilon (rai_demand_loss (&demand, 2), 2 - 0.75 - 0.5, 1e-12);
}

static void
test_gamma (void) {
  /* Exponential with mean 5: loss (q) = 5 e^(-q/5). */
  const RaiDemand demand = { 5, 25, false };
  g_assert_cmpfloat_with_epsilon (rai_demand_loss (&demand, 5), 5 * exp (-1), 1e-9);
  g_assert_cmpfloat_with_epsilon (rai_demand_quantile (&demand, 0.95), -5 * log (0.05), 1e-4);
}

static void
test_degenerate (void) {
  const RaiDemand none = { 0, 0, true }, certain = { 40, 0, true };
  g_assert_cmpfloat (rai_demand_quantile (&none, 0.99), ==, 0);
  g_assert_cmpfloat (rai_demand_loss (&none, 3), ==, 0);
  g_assert_cmpfloat (rai_demand_quantile (&certain, 0.99), ==, 40);
  g_assert_cmpfloat (rai_demand_loss (&certain, 30), ==, 10);
}

static void
test_sum (void) {
  /* Quantiles of a normal with mean 10 and deviation 2 give a variance of 4. */
  static const double z[] = { -1.959964, -1.644854, -1.281552, -0.674490, 0,
                              0.674490,  1.281552,  1.644854,  1.959964 };
  float means[7], quantiles[7 * RAI_N_QUANTILES];

  for (int day = 0; day < 7; day++) {
    means[day] = (float) (day + 1);
    for (int q = 0; q < RAI_N_QUANTILES; q++)
      quantiles[day * RAI_N_QUANTILES + q] = (float) (10 + 2 * z[q]);
  }

  const RaiDailyDemand daily = { means, quantiles, 7, false };
  g_assert_cmpfloat_with_epsilon (rai_daily_demand_variance (&daily, 3), 4, 0.01);

  /* The last week goes on past the horizon. */
  g_assert_cmpfloat (rai_daily_demand_mean (&daily, 8), ==, 2);

  RaiDemand sum = rai_demand_sum (&daily, 5, 4, 0);
  g_assert_cmpfloat (sum.mean, ==, 6 + 7 + 1 + 2);
  g_assert_cmpfloat_with_epsilon (sum.variance, 16 * (1 + 4 / 28.0) + 4 * 4, 0.1);

  RaiDemand late = rai_demand_sum (&daily, 5, 4, 1);
  g_assert_cmpfloat_with_epsilon (late.variance - sum.variance, 16, 1e-6);
}

/* A forecast that tells what sums vary by is believed, and goes on past its horizon as over its
 * second half. */
static void
test_dispersion (void) {
  static const float means[4] = { 1, 2, 3, 4 }, quantiles[4 * RAI_N_QUANTILES],
                     dispersion[4] = { 2, 3, 4, 5 };
  const RaiDailyDemand daily = { means, quantiles, 4, true, dispersion, 4 };
  RaiDemand sum = rai_demand_sum (&daily, 0, 3, 0);

  g_assert_cmpfloat (sum.mean, ==, 6);
  g_assert_cmpfloat (sum.variance, ==, 6 * 4);

  RaiDemand later = rai_demand_sum (&daily, 0, 6, 0.5);
  g_assert_cmpfloat (later.mean, ==, 1 + 2 + 3 + 4 + 1 + 2);
  g_assert_cmpfloat_with_epsilon (later.variance, 13 * 7 + 0.25 * 13 * 13 / 36, 1e-9);

  /* Nothing was to sell, and then somebody said it would: the days' own spread holds. */
  static const float zeros[4] = { 0 };
  float spread[4 * RAI_N_QUANTILES];

  for (int k = 0; k < 4 * RAI_N_QUANTILES; k++)
    spread[k] = (float) (k % RAI_N_QUANTILES);

  const RaiDailyDemand overridden = { means, spread, 4, true, zeros, 4 };
  g_assert_cmpfloat (rai_demand_sum (&overridden, 0, 1, 0).variance, >, 1);

  RaiDemand none = rai_demand_sum (&daily, 0, 0, 1);
  g_assert_cmpfloat (none.mean + none.variance, ==, 0);
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/demand/poisson", test_poisson);
  g_test_add_func ("/demand/negative-binomial", test_negative_binomial);
  g_test_add_func ("/demand/gamma", test_gamma);
  g_test_add_func ("/demand/degenerate", test_degenerate);
  g_test_add_func ("/demand/sum", test_sum);
  g_test_add_func ("/demand/dispersion", test_dispersion);
  return g_test_run ();
}
