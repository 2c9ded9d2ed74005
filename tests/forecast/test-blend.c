/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "forecast/rai-blend.h"

#include <math.h>

/* Minimum on the simplex, worked by hand. */
static void
test_solve (void) {
  double gram[] = { 1, 0, 0, 3 }, towards[] = { 0, 0 }, w[] = { 0.5, 0.5 };
  rai_blend_solve (gram, towards, 2, w);
  g_assert_cmpfloat_with_epsilon (w[0], 0.75, 1e-3);
  g_assert_cmpfloat_with_epsilon (w[0] + w[1], 1, 1e-9);
  double common[] = { 1, 1, 1, 2 }, even[] = { 0.5, 0.5 }; /* the second errs as the first and more */
  rai_blend_solve (common, towards, 2, even);
  g_assert_cmpfloat (even[0], >, 0.99);
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/blend/solve", test_solve);
  return g_test_run ();
}
