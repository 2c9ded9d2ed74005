/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "util/rai-gsl.h"

#include <glib.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_sf_gamma.h>

/* The logarithm of the gamma function has no value here, and by itself GSL ends the program. */
static void
test_failure (void) {
  rai_gsl_begin ();
  rai_gsl_begin ();
  gsl_sf_result result;
  g_assert_cmpint (gsl_sf_lngamma_e (-1, &result), ==, GSL_EDOM);
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/gsl/failure-returns", test_failure);
  return g_test_run ();
}
