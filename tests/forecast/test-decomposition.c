/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "forecast/methods/rai-decomposition.h"

#include "forecast/rai-forecast.h"

#include <math.h>

#define DAYS 1100
#define AHEAD 60

static double
made_of (RaiDay day, size_t t) {
  static const double week[] = { 0.8, 0.9, 1, 1, 1.1, 1.5, 0.7 },
                      year[] = { 0.8, 0.8, 0.9, 1, 1, 1.1, 1.2, 1.1, 1, 0.9, 1, 1.2 };
  int y, month, mday;
  rai_day_to_ymd (day, &y, &month, &mday);
  return 40 * week[rai_day_weekday (day) - 1] * year[month - 1] * exp (0.1 / 364 * (double) t);
}

/* What is made as a product without noise is found to the percent, and opened into its factors
 * without a rest. */
static void
test_product (void) {
  g_autoptr (RaiPanel) panel = rai_panel_new (RAI_STEP_DAY, rai_day_from_ymd (2024, 10, 1), AHEAD);
  rai_panel_add_series (panel, "s", "a", DAYS);

  double y[DAYS], mean[AHEAD], parts[AHEAD * RAI_N_PARTS];
  for (size_t t = 0; t < DAYS; t++)
    y[t] = made_of (rai_panel_day (panel, 0, t), t);

  RaiMethodInput input = { y, DAYS, AHEAD, 7, panel, 0, 0 };
  RaiFit fit = { NULL, 0 };
  g_assert_true (rai_decomposition.fit (&input, &fit));
  rai_decomposition.predict (&input, &fit, mean);
  rai_decomposition.explain (&input, &fit, mean, parts);

  for (size_t h = 0; h < AHEAD; h++) {
    double wanted = made_of (rai_panel_day (panel, 0, DAYS + h), DAYS + h), sum = 0;
    g_assert_cmpfloat_with_epsilon (mean[h], wanted, 0.02 * wanted);
    for (size_t p = 0; p < RAI_N_PARTS; p++)
      sum += parts[h * RAI_N_PARTS + p];
    g_assert_cmpfloat_with_epsilon (sum, mean[h], 1e-9 * mean[h]);
  }

  g_assert_cmpfloat (parts[RAI_PART_TREND], >, 0);
  g_free (fit.values);
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/decomposition/product", test_product);
  return g_test_run ();
}
