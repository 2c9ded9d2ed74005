/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "forecast/methods/rai-least-squares.h"

#include <glib.h>
#include <math.h>

/* Rosenbrock's valley as two residuals. */
static void
valley (const double *x, double *residuals, void *data) {
  residuals[0] = 10 * (x[1] - x[0] * x[0]);
  residuals[1] = 1 - x[0];
}

static void
never (const double *x, double *residuals, void *data) {
  residuals[0] = residuals[1] = NAN;
}

static void
test_minimum (void) {
  double x[] = { -1.2, 1 }, work[8];
  g_assert_cmpfloat (rai_least_squares (valley, NULL, 2, 2, x, 100, work), <, 1e-9);
  g_assert_cmpfloat_with_epsilon (x[0], 1, 1e-4);
  g_assert_cmpfloat_with_epsilon (x[1], 1, 1e-4);
  g_assert_true (isinf (rai_least_squares (never, NULL, 2, 2, x, 100, work)));
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/least-squares/minimum", test_minimum);
  return g_test_run ();
}
