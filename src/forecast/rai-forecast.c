/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "forecast/rai-forecast.h"

#include "forecast/rai-forecaster.h"

#include <math.h>
#include <string.h>

/* Error correlation of neighbouring steps, for sums: between independent (0) and one common error (1). */
#define SUM_CORRELATION 0.3

static const double default_levels[] = { 0.025, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.975 };

struct _RaiForecast {
  size_t n_series, horizon, n_levels;
  double *levels;
  double *mean;      /* [series][h] */
  double *quantiles; /* [series][h][q] */
  double *parts;     /* [series][h][RAI_N_PARTS] */
  RaiSeriesForecast *series;
  GStringChunk *texts;
};

G_DEFINE_QUARK (rai - forecast - error - quark, rai_forecast_error)

const char *
rai_part_name (RaiPart part) {
  static const char *const names[RAI_N_PARTS] = {
    "level",   "trend", "season",   "calendar",       "price",    "promotion",
    "weather", "event", "stockout", "reconciliation", "override",
  };
  g_return_val_if_fail (part < RAI_N_PARTS, "");
  return names[part];
}

static RaiForecast *
forecast_new (const RaiPanel *panel, const RaiForecastOptions *options) {
  RaiForecast *forecast = g_new0 (RaiForecast, 1);
  forecast->n_series = rai_panel_n_series (panel);
  forecast->horizon = rai_panel_horizon (panel);
  bool given = options != NULL && options->levels != NULL;
  forecast->n_levels = given ? options->n_levels : G_N_ELEMENTS (default_levels);
  forecast->levels = g_memdup2 (given ? options->levels : default_levels, forecast->n_levels * sizeof (double));
  size_t steps = forecast->n_series * forecast->horizon;
  forecast->mean = g_new0 (double, steps);
  forecast->quantiles = g_new0 (double, steps * forecast->n_levels);
  forecast->parts = g_new0 (double, steps *RAI_N_PARTS);
  forecast->series = g_new0 (RaiSeriesForecast, forecast->n_series);
  forecast->texts = g_string_chunk_new (1024);
  for (size_t i = 0; i < forecast->n_series; i++) {
    RaiSeriesForecast *series = &forecast->series[i];
    series->mean = forecast->mean + i * forecast->horizon;
    series->quantiles = forecast->quantiles + i * forecast->horizon * forecast->n_levels;
    series->parts = forecast->parts + i * forecast->horizon * RAI_N_PARTS;
    series->model = "none";
    series->reason = "no history";
    series->backtest = (RaiBacktest){ 0, NAN, NAN, NAN, NAN, NAN };
  }
  return forecast;
}

void
rai_forecast_free (RaiForecast *forecast) {
  if (forecast == NULL)
    return;
  g_free (forecast->levels);
  g_free (forecast->mean);
  g_free (forecast->quantiles);
  g_free (forecast->parts);
  g_free (forecast->series);
  g_string_chunk_free (forecast->texts);
  g_free (forecast);
}

static int
compare_doubles (const void *a, const void *b) {
  double x = *(const double *) a, y = *(const double *) b;
  return (x > y) - (x < y);
}

/* Empirical quantiles of the one-season-back differences around the mean. */
static void
spread (const RaiForecast *forecast, const double *y, size_t n, size_t period, const double *mean, double *quantiles) {
  g_autofree double *errors = g_new0 (double, MAX (n, 1));
  size_t count = 0;
  for (size_t t = period; t < n; t++)
    errors[count++] = y[t] - y[t - period];
  qsort (errors, count, sizeof (double), compare_doubles);
  for (size_t h = 0; h < forecast->horizon; h++)
    for (size_t q = 0; q < forecast->n_levels; q++) {
      double error = count == 0 ? 0 : errors[(size_t) (forecast->levels[q] * (double) (count - 1) + 0.5)];
      quantiles[h * forecast->n_levels + q] = MAX (0, mean[h] + error);
    }
}

static size_t
main_period (RaiPanelStep step) {
  static const size_t periods[] = {
    [RAI_STEP_HOUR] = 24, [RAI_STEP_DAY] = 7, [RAI_STEP_WEEK] = 52, [RAI_STEP_MONTH] = 12
  };
  return periods[step];
}

static void
forecast_one (RaiForecast *forecast, const RaiPanel *panel, size_t i, const RaiForecaster *method) {
  size_t n = rai_panel_length (panel, i);
  const double *observed = rai_panel_observations (panel, i);
  const uint8_t *closed = rai_panel_closed (panel, i);
  g_autofree double *y = g_new0 (double, n + 1);
  for (size_t t = 0; t < n; t++)
    y[t] = isfinite (observed[t]) ? observed[t] : 0;
  RaiProblem problem = { y, n, forecast->horizon, main_period (rai_panel_step (panel)), panel, i, 0 };
  RaiFit fit = { NULL, 0 };
  if (n < method->min_obs || !method->fit (&problem, &fit))
    return;
  double *mean = forecast->mean + i * forecast->horizon;
  method->predict (&problem, &fit, mean);
  g_free (fit.values);
  for (size_t h = 0; h < forecast->horizon; h++) {
    mean[h] = closed[n + h] || !isfinite (mean[h]) || mean[h] < 0 ? 0 : mean[h];
    forecast->parts[(i * forecast->horizon + h) * RAI_N_PARTS + RAI_PART_LEVEL] = mean[h];
  }
  spread (forecast, y, n, problem.period, mean, forecast->quantiles + i * forecast->horizon * forecast->n_levels);
  forecast->series[i].model = method->name;
  forecast->series[i].reason = "asked for";
}

static bool
levels_are_valid (const RaiForecastOptions *options) {
  if (options == NULL || options->levels == NULL)
    return true;
  for (size_t q = 0; q < options->n_levels; q++)
    if (!(options->levels[q] > 0 && options->levels[q] < 1) || (q > 0 && options->levels[q] <= options->levels[q - 1]))
      return false;
  return true;
}

RaiForecast *
rai_forecast_run (const RaiPanel *panel, const RaiForecastOptions *options, GError **error) {
  g_return_val_if_fail (panel != NULL, NULL);
  const char *name = options != NULL && options->model != NULL ? options->model : "auto";
  const RaiForecaster *method = rai_forecaster_find (g_str_equal (name, "auto") ? "weekday" : name);
  if (method == NULL) {
    g_set_error (error, RAI_FORECAST_ERROR, RAI_FORECAST_ERROR_MODEL, "there is no model \"%s\"; see --list-models",
                 name);
    return NULL;
  }
  if (!levels_are_valid (options)) {
    g_set_error_literal (error, RAI_FORECAST_ERROR, RAI_FORECAST_ERROR_LEVEL,
                         "quantile levels must ascend and lie between 0 and 1");
    return NULL;
  }
  RaiForecast *forecast = forecast_new (panel, options);
  for (size_t i = 0; i < forecast->n_series; i++) {
    if (options != NULL && g_cancellable_set_error_if_cancelled (options->cancellable, error)) {
      rai_forecast_free (forecast);
      return NULL;
    }
    forecast_one (forecast, panel, i, method);
    if (options != NULL && options->progress != NULL && i % 256 == 0)
      options->progress ((double) i / (double) forecast->n_series, "Forecasting", options->data);
  }
  return forecast;
}

const RaiSeriesForecast *
rai_forecast_series (const RaiForecast *forecast, size_t series) {
  g_return_val_if_fail (series < forecast->n_series, NULL);
  return &forecast->series[series];
}

const double *
rai_forecast_levels (const RaiForecast *forecast, size_t *n_levels) {
  *n_levels = forecast->n_levels;
  return forecast->levels;
}

/* The step whose forecast stands for step t: past the horizon its last seven steps repeat. */
static size_t
step_for (const RaiForecast *forecast, size_t t) {
  size_t h = forecast->horizon, week = MIN (h, 7);
  return t < h ? t : h - week + (t - h) % week;
}

/* The quantile of one step, linear between the levels kept and flat outside them. */
static double
step_quantile (const RaiForecast *forecast, size_t series, size_t step, double level) {
  const double *quantiles = forecast->series[series].quantiles + step * forecast->n_levels;
  size_t q = 0;
  while (q + 1 < forecast->n_levels && forecast->levels[q + 1] < level)
    q++;
  if (q + 1 == forecast->n_levels || level <= forecast->levels[0])
    return quantiles[level <= forecast->levels[0] ? 0 : q];
  double share = (level - forecast->levels[q]) / (forecast->levels[q + 1] - forecast->levels[q]);
  return quantiles[q] + CLAMP (share, 0, 1) * (quantiles[q + 1] - quantiles[q]);
}

double
rai_forecast_sum_mean (const RaiForecast *forecast, size_t series, size_t first, size_t n) {
  double sum = 0;
  for (size_t t = first; t < first + n; t++)
    sum += forecast->series[series].mean[step_for (forecast, t)];
  return sum;
}

double
rai_forecast_sum_quantile (const RaiForecast *forecast, size_t series, size_t first, size_t n, double level) {
  double mean = 0, own = 0, common = 0;
  for (size_t t = first; t < first + n; t++) {
    size_t step = step_for (forecast, t);
    double at = forecast->series[series].mean[step];
    double away = step_quantile (forecast, series, step, level) - at;
    mean += at;
    own += away * away;
    common += away;
  }
  double away = sqrt ((1 - SUM_CORRELATION) * own + SUM_CORRELATION * common * common);
  return MAX (0, common >= 0 ? mean + away : mean - away);
}
