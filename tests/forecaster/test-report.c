/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "forecaster/rai-report.h"

#include "fixture.h"

#include <string.h>

/* The card names its levels beside the seasonal naive, and has no NAN, which JSON does not know. */
static void
test_card (void) {
  g_autoptr (RaiPanel) panel = fixture_panel (4, 120);
  rai_panel_add_series (panel, "a \"quoted\"\\ name", "new", 0);

  RaiForecastOptions options = { .skip_parts = true };
  g_autoptr (RaiForecast) forecast = rai_forecast_run (panel, &options, NULL);

  g_autofree char *json = rai_report_json (panel, forecast);
  g_assert_nonnull (strstr (json, "{\"level\": \"series\", \"groups\": 9, \"wape\": 0."));
  g_assert_nonnull (strstr (json, "{\"level\": \"site\", \"groups\": 3"));
  g_assert_nonnull (strstr (json, "\"seasonal_naive_wape\": 0."));
  g_assert_nonnull (strstr (json, "{\"name\": \"ridge\""));
  g_assert_null (strstr (json, "nan"));
  g_assert_null (strstr (json, "inf"));

  size_t n;
  const RaiLevelError *errors = rai_forecast_level_errors (forecast, &n);
  g_assert_cmpuint (n, ==, 4);
  g_assert_cmpfloat (errors[3].wape, <, errors[0].wape); /* sums are easier than items */
  g_assert_nonnull (strstr (json, "{\"stage\": \"reconciliation\", \"wape\": 0."));

  for (size_t k = 0; k < n; k++) {
    g_assert_cmpfloat (errors[k].stages[RAI_STAGE_NAIVE], ==, errors[k].naive_wape);
    g_assert_cmpfloat (errors[k].stages[RAI_STAGE_RECONCILED], ==, errors[k].wape);
    g_assert_cmpfloat (errors[k].stages[RAI_STAGE_WEIGHED], <, errors[k].stages[RAI_STAGE_NAIVE]);
  }
}

/* A shop that sells twice as much since the last window is not what the windows before it
 * promised. */
static void
test_drift (void) {
  for (int factor = 1; factor <= 2; factor++) {
    g_autoptr (RaiPanel) panel = fixture_panel (4, 120);
    for (size_t i = 0; i < rai_panel_n_series (panel); i++)
      for (size_t t = 120 - FIXTURE_HORIZON; t < 120; t++)
        rai_panel_observations (panel, i)[t] *= factor;
    RaiForecastOptions options = { .skip_parts = true };
    g_autoptr (RaiForecast) forecast = rai_forecast_run (panel, &options, NULL);
    size_t n;
    const RaiLevelError *errors = rai_forecast_level_errors (forecast, &n);
    g_assert_cmpstr (errors[n - 1].level, ==, "all");
    g_assert_cmpfloat (errors[n - 1].earlier, >, 0);
    if (factor == 1)
      g_assert_cmpfloat (errors[n - 1].latest, <, 2 * errors[n - 1].earlier);
    else
      g_assert_cmpfloat (errors[n - 1].latest, >, 3 * errors[n - 1].earlier);
  }
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/report/card", test_card);
  g_test_add_func ("/report/drift", test_drift);
  return g_test_run ();
}
