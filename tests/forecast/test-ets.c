/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "forecast/methods/rai-ets.h"

#include "competition.h"
#include "reference.h"

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

typedef struct {
  const RaiForecaster *method;
  const double *y;
  size_t n, period, horizon;
  double tolerance; /* as a share of the value: R also searches the starts that we take from a pass
                       backwards */
  double means[12];
} Reference;

/* R 4.2, forecast 8.20, y <- window (AirPassengers, end = c (1954, 12)): ses (Nile, h = 3), holt
 * (y, h = 6), holt (y, h = 6, damped = TRUE), hw (y, h = 12, seasonal = "multiplicative"), the same
 * with "additive", forecast (ets (y), h = 12), each $mean. */
static void
test_reference (void) {
  static const Reference references[] = {
    { &rai_ses, reference_nile, 100, 1, 3, 0.001, { 805.33633, 805.33633, 805.33633 } },
    { &rai_holt,
      reference_air,
      72,
      1,
      6,
      0.02,
      { 230.52849, 232.05943, 233.59036, 235.12130, 236.65224, 238.18318 } },
    { &rai_damped,
      reference_air,
      72,
      1,
      6,
      0.015,
      { 229.39511, 229.79954, 230.19589, 230.58430, 230.96495, 231.33798 } },
    { &rai_holt_winters,
      reference_air,
      72,
      12,
      12,
      0.055,
      { 232.41745, 230.62061, 273.68549, 261.99679, 260.84619, 290.06737, 320.39961, 320.89395,
        285.33862, 251.30105, 221.70299, 249.97034 } },
    { &rai_holt_winters_additive,
      reference_air,
      72,
      12,
      12,
      0.065,
      { 228.99215, 231.39632, 258.06512, 250.57178, 250.73987, 270.24876, 289.23744, 291.65362,
        270.51846, 250.12890, 230.51940, 251.04797 } },
    { &rai_ets,
      reference_air,
      72,
      12,
      12,
      0.035,
      { 230.33802, 234.25096, 268.76077, 256.00321, 252.64321, 280.15629, 307.76347, 307.91668,
        276.16952, 241.15517, 211.14750, 239.46990 } },
  };

  for (size_t k = 0; k < G_N_ELEMENTS (references); k++) {
    const Reference *r = &references[k];
    double mean[12];
    competition_run (r->method, r->y, r->n, r->period, mean, r->horizon);
    for (size_t h = 0; h < r->horizon; h++)
      g_assert_cmpfloat_with_epsilon (mean[h], r->means[h], r->tolerance * r->means[h]);
  }
}

/* A season longer than the family carries is taken off and put back. */
static void
test_long_season (void) {
  double y[160], mean[52];
  for (size_t t = 0; t < G_N_ELEMENTS (y); t++)
    y[t] = 100 + 0.1 * (double) t + (t % 52 < 4 ? 80 : 0);
  competition_run (&rai_ets, y, 160, 52, mean, 52);
  g_assert_cmpfloat_with_epsilon (mean[0], 116, 8);
  g_assert_cmpfloat_with_epsilon (mean[49], 200, 16); /* step 209 is the second of its year */
}

/* Published: automatic ETS 0.804 on M3; R's ets 0.931 on M4. */
static void
test_m3 (void) {
  competition_check ("m3_monthly_600.txt", &rai_ets, 0.8);
}

static void
test_m4 (void) {
  competition_check ("m4-weekly", &rai_ets, 0.9);
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ets/line", test_line);
  g_test_add_func ("/ets/week", test_week);
  g_test_add_func ("/ets/flat", test_flat);
  g_test_add_func ("/ets/reference", test_reference);
  g_test_add_func ("/ets/long-season", test_long_season);
  g_test_add_func ("/ets/m3", test_m3);
  g_test_add_func ("/ets/m4", test_m4);

  return g_test_run ();
}
