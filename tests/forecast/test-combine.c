/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "forecast/methods/rai-combine.h"

#include "competition.h"
#include "forecast/choice/rai-forecasters.h"
#include "reference.h"

/* It is the mean of its three. */
static void
test_mean (void) {
  double mean[12], sum[12] = { 0 };
  static const char *const names[] = { "ets", "dotm", "arima" };
  for (size_t m = 0; m < 3; m++) {
    competition_run (rai_forecaster_find (names[m]), reference_air, 72, 12, mean, 12);
    for (size_t h = 0; h < 12; h++)
      sum[h] += mean[h] / 3;
  }

  competition_run (&rai_combine, reference_air, 72, 12, mean, 12);
  for (size_t h = 0; h < 12; h++)
    g_assert_cmpfloat_with_epsilon (mean[h], sum[h], 1e-9);
  competition_run (&rai_combine, reference_air, 5, 12, mean, 12); /* too short for ARIMA */
}

/* Published: the mean of automatic ETS and DOTM 0.783 on M3; the best of the competition 0.739 on
 * M4. */
static void
test_m3 (void) {
  competition_check ("m3_monthly_600.txt", &rai_combine, 0.77);
}

static void
test_m4 (void) {
  competition_check ("m4-weekly", &rai_combine, 0.8);
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/combine/mean", test_mean);
  g_test_add_func ("/combine/m3", test_m3);
  g_test_add_func ("/combine/m4", test_m4);
  return g_test_run ();
}
