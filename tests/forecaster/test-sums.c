/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "forecaster/rai-sums.h"

#include "fixture.h"

#include <string.h>

/* The fields of the row of a site and an item's first `steps` steps. */
static char **
find_row (const char *csv, const char *site, const char *item, size_t steps) {
  g_autofree char *front = g_strdup_printf ("\n%s,%s,%zu,", site, item, steps);
  const char *at = strstr (csv, front);
  g_assert_nonnull (at);
  g_autofree char *line = g_strndup (at + 1, strcspn (at + 1, "\n"));
  return g_strsplit (line, ",", -1);
}

/* A week's spread lies between what independent days and what one common error would make of it;
 * its mean is the sum of means; one step's is the step's own. */
static void
test_week (void) {
  g_autoptr (RaiPanel) panel = fixture_panel (4, 200);
  RaiForecastOptions options = { .skip_parts = true };
  g_autoptr (RaiForecast) forecast = rai_forecast_run (panel, &options, NULL);

  g_autofree char *csv = rai_sums_csv (panel, forecast, 2);
  const size_t i = 2;
  const RaiSeriesForecast *series = rai_forecast_series (forecast, i);
  double mean = 0, high = 0;

  for (size_t h = 0; h < 7; h++) {
    mean += series->mean[h];
    high += series->quantiles[h * 9 + 6];
  }

  g_auto (GStrv) week = find_row (csv, rai_panel_site (panel, i), rai_panel_item (panel, i), 7);
  g_auto (GStrv) day = find_row (csv, rai_panel_site (panel, i), rai_panel_item (panel, i), 1);
  g_assert_cmpstr (week[3], ==, "2024-06-09");
  g_assert_cmpfloat_with_epsilon (g_ascii_strtod (week[4], NULL), mean, 1e-3 * mean);

  double q90 = g_ascii_strtod (week[11], NULL), q10 = g_ascii_strtod (week[7], NULL);
  g_assert_cmpfloat (q90, >, mean);
  g_assert_cmpfloat (q90, <, high);
  g_assert_cmpfloat (q10, <, mean);
  g_assert_cmpfloat (g_ascii_strtod (day[11], NULL), <=, series->quantiles[7]);
  g_assert_cmpfloat (g_ascii_strtod (day[11], NULL), >=, series->quantiles[5]);
}

/* The same bytes from any number of threads. */
static void
test_threads (void) {
  g_autoptr (RaiPanel) panel = fixture_panel (6, 150);
  RaiForecastOptions options = { .skip_parts = true };
  g_autoptr (RaiForecast) forecast = rai_forecast_run (panel, &options, NULL);
  g_autofree char *one = rai_sums_csv (panel, forecast, 1);
  g_autofree char *eight = rai_sums_csv (panel, forecast, 8);
  g_assert_true (strcmp (one, eight) == 0);
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sums/week", test_week);
  g_test_add_func ("/sums/threads", test_threads);
  return g_test_run ();
}
