/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "forecaster/rai-compare.h"

#include <math.h>
#include <string.h>

#define COVERAGE_WANTED 0.8

typedef enum { MASE, RMSSE, WAPE, BIAS, COVERAGE, SECONDS, N_COLUMNS } Column;

RaiComparison
rai_compare_forecast (const RaiForecast *forecast, size_t n, const char *name, double seconds) {
  RaiComparison model = { g_strdup (name), NAN, NAN, NAN, NAN, NAN, NAN, seconds, 0 };
  double mase = 0, coverage = 0;
  size_t scaled = 0, covered = 0, n_levels;

  for (size_t i = 0; i < n; i++) {
    const RaiBacktest *backtest = &rai_forecast_series (forecast, i)->backtest;
    model.n_series += backtest->n_origins > 0;
    if (isfinite (backtest->mase)) {
      mase += backtest->mase;
      scaled++;
    }
    if (isfinite (backtest->coverage)) {
      coverage += backtest->coverage;
      covered++;
    }
  }

  if (scaled > 0)
    model.mase = mase / (double) scaled;
  if (covered > 0)
    model.coverage = coverage / (double) covered;

  const RaiLevelError *levels = rai_forecast_level_errors (forecast, &n_levels);
  if (n_levels > 0) { /* the first is by series */
    model.wape = levels[0].wape;
    model.naive_wape = levels[0].naive_wape;
    model.bias = levels[0].bias;
    model.rmsse = levels[0].rmsse;
  }

  return model;
}

static double
value_of (const RaiComparison *model, Column column) {
  const double values[N_COLUMNS] = { model->mase, model->rmsse,    model->wape,
                                     model->bias, model->coverage, model->seconds };
  return values[column];
}

/* How far from the best there could be: less is better. */
static double
badness (const RaiComparison *model, Column column) {
  double value = value_of (model, column);
  return isnan (value)        ? INFINITY
         : column == COVERAGE ? fabs (value - COVERAGE_WANTED)
                              : fabs (value);
}

static bool
is_best (const RaiComparison *models, size_t n, size_t k, Column column) {
  for (size_t other = 0; other < n; other++)
    if (badness (&models[other], column) < badness (&models[k], column))
      return false;
  return n > 1 && isfinite (badness (&models[k], column));
}

static void
append_cell (GString *table, double value, Column column, bool best) {
  static const bool percent[N_COLUMNS] = { [WAPE] = true, [BIAS] = true, [COVERAGE] = true };
  static const int digits[N_COLUMNS] = { 3, 3, 1, 1, 0, 1 };
  g_autofree char *number = g_strdup ("-");

  if (isfinite (value)) {
    g_free (number);
    number = g_strdup_printf ("%s%.*f%s", column == BIAS && value >= 0 ? "+" : "", digits[column],
                              percent[column] ? 100 * value : value, percent[column] ? " %" : "");
  }

  g_string_append_printf (table, "%10s%c", number, best ? '*' : ' ');
}

char *
rai_compare_table (const RaiComparison *models, size_t n) {
  static const char *const titles[N_COLUMNS] = { "MASE", "RMSSE",    "WAPE",
                                                 "bias", "coverage", "seconds" };
  GString *table = g_string_new (NULL);
  size_t width = strlen ("model");

  for (size_t k = 0; k < n; k++)
    width = MAX (width, strlen (models[k].name));
  g_string_append_printf (table, "%-*s", (int) width, "model");
  for (Column column = 0; column < N_COLUMNS; column++)
    g_string_append_printf (table, "%10s ", titles[column]);
  for (size_t k = 0; k < n; k++) {
    g_string_append_printf (table, "\n%-*s", (int) width, models[k].name);
    for (Column column = 0; column < N_COLUMNS; column++)
      append_cell (table, value_of (&models[k], column), column, is_best (models, n, k, column));
  }

  if (n > 0 && models[0].n_series > 0)
    g_string_append_printf (
        table,
        "\n* best of the column. A step of a series, looked back on in %zu series; there the "
        "seasonal naive's WAPE is %.1f %%.\nRMSSE is to the seasonal naive too; coverage is of the "
        "80 %% interval.\n",
        models[0].n_series, 100 * models[0].naive_wape);
  else
    g_string_append (
        table,
        "\nNo series is long enough to look back on: two horizons and two seasons are needed.\n");

  return g_string_free (table, FALSE);
}
