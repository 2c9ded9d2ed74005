/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "forecast/methods/rai-theta.h"

#include "competition.h"
#include "reference.h"

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

/* R 4.2, forecast 8.20: thetaf (Nile, h = 3)$mean; thetaf (window (AirPassengers, end = c (1954,
 * 12)), h = 12)$mean. */
static void
test_reference (void) {
  static const double nile[] = { 799.81200, 798.45484, 797.09769 },
                      air[] = { 230.16638, 232.64160, 268.31602, 254.35011, 252.68297, 281.06927,
                                304.86043, 308.47895, 276.55188, 241.89222, 210.87851, 240.17892 };
  double mean[12];

  competition_run (&rai_theta, reference_nile, 100, 1, mean, 3);
  for (size_t h = 0; h < 3; h++)
    g_assert_cmpfloat_with_epsilon (mean[h], nile[h], 0.05);
  competition_run (&rai_theta, reference_air, 72, 12, mean, 12);
  for (size_t h = 0; h < 12; h++)
    g_assert_cmpfloat_with_epsilon (mean[h], air[h], 0.01);
}

/* Published: Theta 0.808, dynamic optimised theta 0.795. */
static void
test_m3_theta (void) {
  competition_check ("m3_monthly_600.txt", &rai_theta, 0.815);
}

static void
test_m3_dynamic (void) {
  competition_check ("m3_monthly_600.txt", &rai_dynamic_theta, 0.796);
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/theta/line", test_line);
  g_test_add_func ("/theta/reference", test_reference);
  g_test_add_func ("/theta/m3", test_m3_theta);
  g_test_add_func ("/theta/m3-dynamic", test_m3_dynamic);
  return g_test_run ();
}
