/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "forecast/rai-arima.h"

#include "competition.h"

#include <math.h>

/* A noiseless decay is an AR(1): the forecast goes on decaying to the mean. */
static void
test_autoregression (void) {
  double y[120], mean[4];
  uint32_t random = 1;
  y[0] = 50;
  for (size_t t = 1; t < G_N_ELEMENTS (y); t++) {
    random = random * 1664525u + 1013904223u;
    y[t] = 50 + 0.7 * (y[t - 1] - 50) + ((double) (random >> 8) / (1 << 24) - 0.5) * 4;
  }
  y[119] = 60;
  competition_run (&rai_arima, y, 120, 1, mean, 4);
  g_assert_cmpfloat_with_epsilon (mean[0], 57, 1.5);
  g_assert_cmpfloat (mean[3], <, mean[0]);
  g_assert_cmpfloat (mean[3], >, 49);
}

/* Whatever comes in, what comes out is finite (competition_run checks it). */
static void
test_wild (void) {
  double y[60], mean[28];
  for (size_t t = 0; t < 60; t++)
    y[t] = t % 2 == 0 ? 1e12 : 0;
  competition_run (&rai_arima, y, 60, 7, mean, 28);
  for (size_t t = 0; t < 60; t++)
    y[t] = exp ((double) t / 2);
  competition_run (&rai_arima, y, 60, 7, mean, 28);
  for (size_t t = 0; t < 60; t++)
    y[t] = 0;
  competition_run (&rai_arima, y, 60, 7, mean, 28);
  g_assert_cmpfloat (mean[27], ==, 0);
}

/* R's auto.arima reaches 0.866. */
static void
test_m3 (void) {
  competition_check_m3 ("m3_monthly_150.txt", &rai_arima, 0.89);
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/arima/autoregression", test_autoregression);
  g_test_add_func ("/arima/wild", test_wild);
  g_test_add_func ("/arima/m3", test_m3);
  return g_test_run ();
}
