/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "forecast/methods/rai-arima.h"

#include "competition.h"
#include "reference.h"

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

/* R 4.2, forecast 8.20: forecast (auto.arima (window (AirPassengers, end = c (1954, 12))), h =
 * 12)$mean, of ARIMA(1,0,0)(1,1,0) with drift, where ours is a mean of models. */
static void
test_reference (void) {
  static const double air[] = { 232.14458, 222.98536, 267.39516, 262.38968, 264.23566, 287.83150,
                                318.99870, 316.91052, 282.52679, 254.15963, 226.14530, 250.12786 };
  double mean[12];
  competition_run (&rai_arima, reference_air, 72, 12, mean, 12);
  for (size_t h = 0; h < 12; h++)
    g_assert_cmpfloat_with_epsilon (mean[h], air[h], 0.05 * air[h]);
}

/* R's auto.arima reaches 0.866. */
static void
test_m3 (void) {
  competition_check ("m3_monthly_150.txt", &rai_arima, 0.82);
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/arima/autoregression", test_autoregression);
  g_test_add_func ("/arima/wild", test_wild);
  g_test_add_func ("/arima/reference", test_reference);
  g_test_add_func ("/arima/m3", test_m3);
  return g_test_run ();
}
