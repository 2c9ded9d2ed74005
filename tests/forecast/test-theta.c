/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "forecast/rai-theta.h"

#include "competition.h"

/* Theta moves half as fast as the line it sees. */
static void
test_line (void) {
  double y[40], mean[2];
  for (size_t t = 0; t < G_N_ELEMENTS (y); t++)
    y[t] = 10 + 2 * (double) t;
  competition_run (&rai_theta, y, 40, 1, mean, 2);
  g_assert_cmpfloat_with_epsilon (mean[1] - mean[0], 1, 1e-6);
  competition_run (&rai_dynamic_theta, y, 40, 1, mean, 2);
  g_assert_cmpfloat (mean[1], >, mean[0]);
}

/* Published: Theta 0.808, dynamic optimised theta 0.795. */
static void
test_m3_theta (void) {
  competition_check_m3 ("m3_monthly_600.txt", &rai_theta, 0.815);
}

static void
test_m3_dynamic (void) {
  competition_check_m3 ("m3_monthly_600.txt", &rai_dynamic_theta, 0.80);
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/theta/line", test_line);
  g_test_add_func ("/theta/m3", test_m3_theta);
  g_test_add_func ("/theta/m3-dynamic", test_m3_dynamic);
  return g_test_run ();
}
