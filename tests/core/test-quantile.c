/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/rai-quantile.h"

#include <glib.h>

/* Names say what they are: stored rows depend on the places. */
static void
levels (void) {
  g_assert_cmpint (RAI_N_QUANTILES, ==, 9);
  g_assert_cmpfloat (rai_quantile_levels[RAI_Q025], ==, 0.025);
  g_assert_cmpfloat (rai_quantile_levels[RAI_Q10], ==, 0.1);
  g_assert_cmpfloat (rai_quantile_levels[RAI_Q50], ==, 0.5);
  g_assert_cmpfloat (rai_quantile_levels[RAI_Q90], ==, 0.9);
  g_assert_cmpfloat (rai_quantile_levels[RAI_Q975], ==, 0.975);

  for (int q = 1; q < RAI_N_QUANTILES; q++)
    g_assert_cmpfloat (rai_quantile_levels[q - 1], <, rai_quantile_levels[q]);
  for (int q = 0; q < RAI_N_QUANTILES; q++)
    g_assert_cmpfloat_with_epsilon (
        rai_quantile_levels[q] + rai_quantile_levels[RAI_N_QUANTILES - 1 - q], 1, 1e-12);
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/quantile/levels", levels);
  return g_test_run ();
}
