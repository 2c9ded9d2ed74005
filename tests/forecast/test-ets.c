/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "forecast/rai-ets.h"

#include "competition.h"

#include <math.h>

/* A noiseless line is continued by Holt, and by the automatic choice. */
static void
test_line (void) {
  double y[40], mean[5];
  for (size_t t = 0; t < G_N_ELEMENTS (y); t++)
    y[t] = 10 + 2 * (double) t;
  competition_run (&rai_holt, y, 40, 1, mean, 5);
  for (size_t h = 0; h < 5; h++)
    g_assert_cmpfloat_with_epsilon (mean[h], 10 + 2 * (40 + (double) h), 0.5);
  competition_run (&rai_ets, y, 40, 1, mean, 5);
  g_assert_cmpfloat_with_epsilon (mean[0], 90, 1);
}

/* A repeating week is continued by Holt-Winters. */
static void
test_week (void) {
  static const double week[] = { 5, 6, 7, 8, 12, 20, 3 };
  double y[70], mean[14];
  for (size_t t = 0; t < G_N_ELEMENTS (y); t++)
    y[t] = week[t % 7];
  competition_run (&rai_holt_winters, y, 70, 7, mean, 14);
  for (size_t h = 0; h < 14; h++)
    g_assert_cmpfloat_with_epsilon (mean[h], week[h % 7], 0.3);
}

/* SES of a constant is the constant; of zeros, zero; of one peak, finite. */
static void
test_flat (void) {
  double y[30] = { 0 }, mean[3];
  competition_run (&rai_ets, y, 30, 7, mean, 3);
  g_assert_cmpfloat_with_epsilon (mean[2], 0, 1e-9);
  for (size_t t = 0; t < 30; t++)
    y[t] = 4;
  competition_run (&rai_ses, y, 30, 7, mean, 3);
  g_assert_cmpfloat_with_epsilon (mean[2], 4, 1e-6);
  y[29] = 1e12;
  competition_run (&rai_ets, y, 30, 7, mean, 3);
}

/* Published: automatic ETS 0.804. */
static void
test_m3 (void) {
  competition_check_m3 ("m3_monthly_600.txt", &rai_ets, 0.83);
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ets/line", test_line);
  g_test_add_func ("/ets/week", test_week);
  g_test_add_func ("/ets/flat", test_flat);
  g_test_add_func ("/ets/m3", test_m3);
  return g_test_run ();
}
