/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "forecast/methods/rai-yearly.h"

#include "competition.h"

/* Months that repeat each year, half as high again every year. */
static void
test_growth (void) {
  double y[36], mean[12];
  for (size_t t = 0; t < 36; t++)
    y[t] = (double) (10 + t % 12) * (t < 12 ? 1 : t < 24 ? 1.5 : 2.25);
  competition_run (&rai_yearly, y, 36, 12, mean, 12);
  for (size_t h = 0; h < 12; h++)
    g_assert_cmpfloat_with_epsilon (mean[h], (double) (10 + h) * 3.375, 1e-6);
  RaiMethodInput input = { y, 13, 12, 12, NULL, 0, 0 };
  g_assert_nonnull (rai_yearly.check (&input));
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/yearly/growth", test_growth);
  return g_test_run ();
}
