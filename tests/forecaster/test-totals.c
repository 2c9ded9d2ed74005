/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "forecaster/rai-totals.h"

#include "fixture.h"

#include <string.h>

/* The sum of a column's numbers over the rows that begin with a text, and how many there are. */
static double
sum_rows (const char *csv, const char *begin, size_t *n) {
  g_auto (GStrv) lines = g_strsplit (csv, "\n", -1);
  double sum = 0;
  *n = 0;

  for (char **line = lines; *line; line++)
    if (g_str_has_prefix (*line, begin)) {
      sum += g_ascii_strtod (strrchr (*line, ',') + 1, NULL);
      ++*n;
    }

  return sum;
}

/* Every level adds up to the series. */
static void
test_levels (void) {
  g_autoptr (RaiPanel) panel = fixture_panel (4, 120);
  for (size_t i = 0; i < rai_panel_n_series (panel); i++)
    rai_panel_set_attribute (panel, i, "department", i % 2 ? "Wine, beer" : "Dairy");

  RaiForecastOptions options = { .skip_parts = true };
  g_autoptr (RaiForecast) forecast = rai_forecast_run (panel, &options, NULL);

  g_autofree char *csv = rai_totals_csv (panel, forecast);
  double all = 0, north = 0;
  for (size_t i = 0; i < rai_panel_n_series (panel); i++)
    for (size_t h = 0; h < FIXTURE_HORIZON; h++) {
      double mean = rai_forecast_series (forecast, i)->mean[h];
      all += mean;
      north += strcmp (rai_panel_site (panel, i), "north") == 0 ? mean : 0;
    }

  static const struct {
    const char *begin;
    size_t nodes;
  } levels[] = { { "all,,,,", 1 },
                 { "site,", 2 },
                 { "attribute,,", 2 },
                 { "site x attribute,", 4 },
                 { "item,,,", 4 } };
  size_t n;

  g_assert_true (g_str_has_prefix (csv, "level,site,group,item,date,mean\nall,,,,2024-06-03,"));
  for (size_t k = 0; k < G_N_ELEMENTS (levels); k++) {
    g_assert_cmpfloat_with_epsilon (sum_rows (csv, levels[k].begin, &n), all, 1e-4 * all);
    g_assert_cmpuint (n, ==, levels[k].nodes * FIXTURE_HORIZON);
  }

  g_assert_cmpfloat_with_epsilon (sum_rows (csv, "site,north,,,", &n), north, 1e-4 * north);
  g_assert_nonnull (strstr (csv, "\nsite x attribute,south,\"Wine, beer\",,2024-06-16,"));
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/totals/levels", test_levels);
  return g_test_run ();
}
