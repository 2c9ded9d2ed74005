/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "forecast/methods/rai-arma.h"

#include "fixture.h"
#include "reference.h"

#include <math.h>

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RaiArma, rai_arma_free)

/* R 4.2: forecast (Arima (lh, order = c (2, 0, 0)), h = 3)$mean, and of Arima (Nile, order = c (1,
 * 0, 1)): exact likelihood there, squares with the start forecast backwards here. */
static void
test_reference (void) {
  static const double lh[] = { 2.6228979, 2.4511775, 2.3905409 },
                      nile[] = { 800.31261, 817.01713, 831.40103 };
  g_autoptr (RaiArma) hormone = rai_arma_new (reference_lh, 48, 1);
  g_autoptr (RaiArma) river = rai_arma_new (reference_nile, 100, 1);

  RaiArmaFit second = { .orders = { 2, 0, 0, 0, true } },
             mixed = { .orders = { 1, 1, 0, 0, true } };
  double mean[3];

  rai_arma_fit (hormone, &second);
  rai_arma_forecast (hormone, &second, 3, mean);
  for (size_t h = 0; h < 3; h++)
    g_assert_cmpfloat_with_epsilon (mean[h], lh[h], 0.005);

  rai_arma_fit (river, &mixed);
  rai_arma_forecast (river, &mixed, 3, mean);
  for (size_t h = 0; h < 3; h++)
    g_assert_cmpfloat_with_epsilon (mean[h], nile[h], 2);
}

/* A seasonal autoregression is found by the seasonal order and preferred to a short one. */
static void
test_season (void) {
  double w[150];
  uint32_t random = 5;
  for (size_t t = 0; t < 150; t++)
    w[t] = (t >= 12 ? 0.7 * w[t - 12] : 0) + fixture_random (&random) - 0.5;

  g_autoptr (RaiArma) arma = rai_arma_new (w, 150, 12);
  RaiArmaFit seasonal = { .orders = { 0, 0, 1, 0, false } },
             short_one = { .orders = { 1, 0, 0, 0, false } };

  rai_arma_fit (arma, &seasonal);
  rai_arma_fit (arma, &short_one);
  g_assert_cmpfloat (seasonal.aicc, <, short_one.aicc - 20);

  double mean[12];
  rai_arma_forecast (arma, &seasonal, 12, mean);
  g_assert_cmpfloat_with_epsilon (mean[3] / w[150 - 12 + 3], 0.7, 0.12);
}

static void
test_allowed (void) {
  static const double w[9] = { 1, 2, 1, 2, 1, 3, 1, 2, 1 };
  g_autoptr (RaiArma) arma = rai_arma_new (w, 9, 1);
  g_assert_true (rai_arma_allowed (arma, &(RaiArmaOrders){ 1, 1, 0, 0, true }));
  g_assert_false (
      rai_arma_allowed (arma, &(RaiArmaOrders){ 2, 2, 0, 0, true })); /* too few values */
  g_assert_false (rai_arma_allowed (arma, &(RaiArmaOrders){ 0, 0, 1, 0, false })); /* no season */
  g_assert_false (rai_arma_allowed (arma, &(RaiArmaOrders){ -1, 0, 0, 0, false }));
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/arma/reference", test_reference);
  g_test_add_func ("/arma/season", test_season);
  g_test_add_func ("/arma/allowed", test_allowed);
  return g_test_run ();
}
