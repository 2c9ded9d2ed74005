/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "forecast/methods/rai-simplex.h"

#include <glib.h>
#include <math.h>

static double
rosenbrock (const double *x, void *data) {
  return 100 * pow (x[1] - x[0] * x[0], 2) + pow (1 - x[0], 2);
}

static double
never (const double *x, void *data) {
  return NAN;
}

static void
test_minimum (void) {
  double x[] = { -1.2, 1 }, step[] = { 0.5, 0.5 }, low[] = { -5, -5 }, high[] = { 5, 5 };
  g_assert_cmpfloat (rai_simplex_minimise (rosenbrock, NULL, 2, x, step, low, high, 500), <, 1e-5);
  g_assert_cmpfloat_with_epsilon (x[0], 1, 1e-2);
  double bound[] = { -1.2, 1 }, top[] = { 0.5, 5 };
  rai_simplex_minimise (rosenbrock, NULL, 2, bound, step, low, top, 500);
  g_assert_cmpfloat_with_epsilon (bound[0], 0.5, 1e-2);
  rai_simplex_minimise (never, NULL, 2, x, step, low, high, 50);
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/simplex/minimum", test_minimum);
  return g_test_run ();
}
