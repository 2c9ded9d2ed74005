/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "forecaster/rai-compare.h"

#include "fixture.h"

#include <math.h>
#include <string.h>

static void
test_table (void) {
  RaiComparison models[] = {
    { "one", 0.9, 0.8, 0.25, -0.05, 0.7, 0.3, 3, 12 },
    { "another", 0.85, 0.81, 0.2, 0.02, 0.82, 1.5, 0.3, 12 },
    { "none", NAN, NAN, NAN, NAN, NAN, 0.3, 2, 0 },
  };

  models[0].naive_wape = 0.3;
  models[0].seconds = 3;

  g_autofree char *table = rai_compare_table (models, 3);
  g_assert_nonnull (
      strstr (table, "one         0.900      0.800*    25.0 %     -5.0 %       70 %"));
  g_assert_nonnull (
      strstr (table, "another     0.850*     0.810     20.0 %*    +2.0 %*      82 %*       0.3*"));
  g_assert_nonnull (strstr (table, "none            -          -"));
  g_assert_nonnull (strstr (table, "in 12 series"));
  g_assert_nonnull (strstr (table, "WAPE is 30.0 %"));
  g_assert_null (strstr (table, "nan"));
}

/* The figures are those of the forecast's own backtest; a single model has no star. */
static void
test_forecast (void) {
  g_autoptr (RaiPanel) panel = fixture_panel (3, 120);
  RaiForecastOptions options = { .model = "ets", .skip_parts = true };
  g_autoptr (RaiForecast) forecast = rai_forecast_run (panel, &options, NULL);

  RaiComparison model = rai_compare_forecast (forecast, 6, "ets", 2.5);
  size_t n;
  const RaiLevelError *errors = rai_forecast_level_errors (forecast, &n);
  double mase = 0;

  for (size_t i = 0; i < 6; i++)
    mase += rai_forecast_series (forecast, i)->backtest.mase / 6;
  g_assert_cmpfloat_with_epsilon (model.mase, mase, 1e-12);
  g_assert_cmpfloat (model.wape, ==, errors[0].wape);
  g_assert_cmpfloat (model.bias, ==, errors[0].bias);
  g_assert_cmpuint (model.n_series, ==, 6);

  g_autofree char *table = rai_compare_table (&model, 1);
  g_assert_null (strchr (table, '*') < strchr (table, '\n') ? strchr (table, '*') : NULL);
  g_free (model.name);
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/compare/table", test_table);
  g_test_add_func ("/compare/forecast", test_forecast);
  return g_test_run ();
}
