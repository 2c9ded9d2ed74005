/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "forecast/rai-forecast.h"

#include "core/rai-quantile.h"
#include "forecast/choice/rai-backtest.h"
#include "forecast/choice/rai-explain.h"
#include "forecast/choice/rai-forecasters.h"
#include "forecast/choice/rai-interval.h"
#include "forecast/choice/rai-paths.h"
#include "forecast/choice/rai-reconcile.h"
#include "forecast/methods/rai-naive.h"
#include "forecast/panel/rai-parallel.h"

#include <math.h>
#include <string.h>

struct _RaiForecast {
  size_t n_series, horizon, n_levels;
  double *levels;
  double *mean;       /* [series][h] */
  double *quantiles;  /* [series][h][q] */
  double *parts;      /* [series][h][RAI_N_PARTS] */
  double *past;       /* [series][h][3] */
  double *dispersion; /* [series][h] */
  RaiSeriesForecast *series;
  RaiIntervals *intervals;
  GStringChunk *texts;
  RaiLevelError levels_of_error[RAI_BACKTEST_LEVELS];
  RaiMethodError methods[RAI_CANDIDATES_MAX];
  size_t n_level_errors, n_methods;
  GArray *changes; /* RaiChange */
  size_t n_changes[RAI_N_CHANGES];
};

/* Steps of history, over all series, up to which the slow local methods are tried; more where there
 * is little else to learn from: no covariates and no short season. */
#define SLOW_STEPS 60000
#define SLOW_STEPS_BARE 400000
/* Of a series no more are counted: a local method is given no more. */
#define SLOW_STEPS_SERIES 1200
/* Panels with a smaller share of steps without a sale are smooth. */
#define SMOOTH_ZEROS 0.1
/* Of the whole time, for progress. */
#define SHARE_OF_LEARNING 0.75

GQuark
rai_forecast_error_quark (void) {
  return g_quark_from_static_string ("rai-forecast-error");
}

static RaiForecast *
forecast_new (const RaiPanel *panel, const RaiForecastOptions *options) {
  RaiForecast *forecast = g_new0 (RaiForecast, 1);
  forecast->n_series = rai_panel_n_series (panel);
  forecast->horizon = rai_panel_horizon (panel);

  bool given = options != NULL && options->quantile_levels != NULL;
  forecast->n_levels = given ? options->n_quantile_levels : RAI_N_QUANTILES;
  forecast->levels = g_memdup2 (given ? options->quantile_levels : rai_quantile_levels,
                                forecast->n_levels * sizeof (double));

  size_t steps = forecast->n_series * forecast->horizon;
  forecast->mean = g_new0 (double, steps);
  forecast->quantiles = g_new0 (double, steps * forecast->n_levels);
  forecast->parts = g_new0 (double, steps *RAI_N_PARTS);
  forecast->past = g_new0 (double, steps * 3);
  forecast->dispersion = g_new0 (double, options != NULL && options->dispersion ? steps : 1);
  forecast->series = g_new0 (RaiSeriesForecast, forecast->n_series);
  forecast->texts = g_string_chunk_new (1024);
  forecast->changes = g_array_sized_new (FALSE, FALSE, sizeof (RaiChange), 16);

  for (size_t i = 0; i < forecast->n_series; i++) {
    RaiSeriesForecast *series = &forecast->series[i];
    series->mean = forecast->mean + i * forecast->horizon;
    series->quantiles = forecast->quantiles + i * forecast->horizon * forecast->n_levels;
    series->parts = forecast->parts + i * forecast->horizon * RAI_N_PARTS;
    series->model = rai_method_id (RAI_METHOD_NONE);
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
  g_free (forecast->past);
  g_free (forecast->dispersion);
  g_free (forecast->series);
  rai_intervals_free (forecast->intervals);
  g_string_chunk_free (forecast->texts);
  g_array_unref (forecast->changes);
  g_free (forecast);
}

/* ---- the run ---- */

typedef struct {
  const RaiPanel *panel;
  const RaiForecastOptions *options;
  RaiForecast *forecast;
  RaiCandidates candidates;
  RaiWeighing *weighing;
  RaiIntervals *intervals;           /* the forecast's */
  RaiReconciliation *reconciliation; /* or NULL */
  const char *name;                  /* of the methods that carry weight */
  double begin, share;               /* of the whole, for progress */
  const char *stage;
} Run;

static void
show (double share, void *data) {
  const Run *run = data;
  if (run->options->progress != NULL) /* the reader of the bar only sees it rise */
    run->options->progress (run->begin + run->share * share, run->stage, run->options->data);
}

static void
choose_methods (Run *run, const RaiForecaster *only) {
  RaiCandidates *candidates = &run->candidates;
  if (only != NULL) {
    candidates->methods[candidates->n_methods++] = only;
    return;
  }

  /* The slow ones where they are needed: few series, or short ones. */
  unsigned uses =
      candidates->history->zero_share < SMOOTH_ZEROS ? RAI_AUTO_SMOOTH : RAI_AUTO_COUNTS;
  size_t steps = 0;
  for (size_t i = 0; i < candidates->history->n_series; i++)
    steps += MIN (rai_panel_length (run->panel, i), SLOW_STEPS_SERIES);
  if (steps < (rai_candidates_bare (candidates) ? SLOW_STEPS_BARE : SLOW_STEPS))
    uses |= RAI_AUTO_SLOW;

  candidates->n_methods = rai_forecasters_for (uses, candidates->methods, RAI_CANDIDATES_MAX);
}

static RaiGlobal *
train (Run *run) {
  RaiGlobalOptions options = { .max_rows = 400000,
                               .threads = run->options->threads,
                               .cancellable = run->options->cancellable,
                               .progress = show,
                               .data = run };
  bool any = false;

  for (size_t m = 0; m < run->candidates.n_methods; m++)
    if (run->candidates.methods[m]->fit == NULL)
      any = options.wanted[run->candidates.methods[m]->global] = true;

  return any ? rai_global_train (run->panel, run->candidates.history, run->candidates.features,
                                 &options)
             : NULL;
}

/* "boost + ridge": the methods with at least a tenth of the weight. */
static const char *
name_methods (const Run *run) {
  g_autoptr (GString) name = g_string_new (NULL);
  for (size_t m = 0; m < run->candidates.n_methods; m++)
    if (run->weighing->at[0].panel[m] >= 0.1)
      g_string_append_printf (name, "%s%s", name->len > 0 ? " + " : "",
                              rai_method_id (run->candidates.methods[m]->method));
  return g_string_chunk_insert (run->forecast->texts, name->str);
}

/* The last observed steps as the backtest saw them from one horizon back. */
static void
look_back (const Run *run, size_t i) {
  size_t horizon = run->forecast->horizon, step;
  double *past = run->forecast->past + i * horizon * 3;
  g_autofree double *mean = g_new (double, horizon);

  if (!rai_candidates_first_step (&run->candidates, i, 1, &step) ||
      !rai_reconciled_mean (run->reconciliation, run->weighing, &run->candidates, i, 1, mean))
    return;

  const uint8_t *closed = rai_panel_closed (run->panel, i);
  for (size_t h = 0; h < horizon; h++)
    if (!closed[step + h]) {
      past[h * 3] = mean[h];
      rai_intervals_range (run->intervals, i, h, mean[h], &past[h * 3 + 1], &past[h * 3 + 2]);
    }

  run->forecast->series[i].past = past;
}

/* The parts of the blended forecast, and what scaling it to the totals added. */
static void
explain_series (const Run *run, size_t i, const double *before) {
  size_t horizon = run->forecast->horizon;
  const double *mean = run->forecast->mean + i * horizon;
  double *parts = run->forecast->parts + i * horizon * RAI_N_PARTS;
  rai_explain (&run->candidates, run->weighing, i, before, parts);
  for (size_t h = 0; h < horizon; h++)
    parts[h * RAI_N_PARTS + RAI_PART_RECONCILIATION] += mean[h] - before[h];
}

static void
finish_series (size_t i, void *data) {
  const Run *run = data;
  RaiForecast *forecast = run->forecast;
  size_t horizon = forecast->horizon, n = rai_panel_length (run->panel, i);
  double *mean = forecast->mean + i * horizon;

  if (!rai_weighing_mean (run->weighing, &run->candidates, i, 0, mean))
    return;

  const uint8_t *closed = rai_panel_closed (run->panel, i);
  g_autofree double *before = g_new (double, horizon);
  double *quantiles = forecast->quantiles + i * horizon * forecast->n_levels,
         *parts = forecast->parts + i * horizon * RAI_N_PARTS;
  bool ended = rai_history_ended (run->candidates.history, i, n) > 0;

  for (size_t h = 0; h < horizon; h++) {
    before[h] = closed[n + h] || ended ? 0 : mean[h];
    mean[h] = rai_reconciliation_mean (run->reconciliation, i, 0, h, before[h]);
    parts[h * RAI_N_PARTS + RAI_PART_LEVEL] = mean[h];
    rai_intervals_quantiles (run->intervals, i, h, mean[h], quantiles + h * forecast->n_levels);
  }

  RaiSeriesForecast *series = &forecast->series[i];
  series->dispersion = run->options->dispersion ? forecast->dispersion + i * horizon : NULL;
  rai_backtest (&run->candidates, run->weighing, run->reconciliation, run->intervals, i,
                &series->backtest);
  look_back (run, i);

  if (run->options->dispersion)
    rai_intervals_dispersion (run->intervals, i, mean, RAI_PATHS,
                              forecast->dispersion + i * horizon);

  if (!run->options->skip_parts)
    explain_series (run, i, before);
}

static const char *const new_reasons[] = {
  [RAI_BASIS_OWN] = "",
  [RAI_BASIS_ITEM] = "A new item without sales: taken from the same item at other sites.",
  [RAI_BASIS_TRAIT] = "A new item without sales: taken from the other series.",
  [RAI_BASIS_NOTHING] = "A new item without sales, and nothing like it was sold: a guess.",
};

/* Names and reasons, after the threads are done: the texts are shared. */
static void
tell_series (Run *run, size_t i) {
  RaiSeriesForecast *series = &run->forecast->series[i];
  const RaiBacktest *backtest = &series->backtest;
  series->model = run->name;
  g_autoptr (GString) reason = g_string_new (NULL);

  if (rai_panel_length (run->panel, i) == 0) {
    series->reason = new_reasons[series->basis];
    return;
  }

  if (run->candidates.stand_in[i]) {
    const RaiForecaster *asked = run->candidates.methods[0];
    series->model = rai_method_id (rai_moving_average.method);
    g_string_append_printf (
        reason,
        "Too little history for %s (%zu observations at least), or of the wrong kind: the "
        "moving average stands in.",
        rai_method_id (asked->method), asked->min_obs);
  } else if (run->candidates.n_methods == 1)
    g_string_append (reason, "Asked for.");
  else
    g_string_append_printf (reason, "Blended by %zu look%s back over %zu series.",
                            backtest->n_origins, backtest->n_origins == 1 ? "" : "s",
                            run->forecast->n_series);

  if (!isnan (backtest->wape))
    g_string_append_printf (reason, " Error %.0f %% of sales a step, seasonal naive %.0f %%.",
                            100 * backtest->wape, 100 * backtest->naive_wape);
  else
    g_string_append (reason, " Too little history to look back on.");

  series->reason = g_string_chunk_insert_const (run->forecast->texts, reason->str);
}

static bool
levels_are_valid (const RaiForecastOptions *options) {
  if (options == NULL || options->quantile_levels == NULL)
    return true;
  for (size_t q = 0; q < options->n_quantile_levels; q++)
    if (!(options->quantile_levels[q] > 0 && options->quantile_levels[q] < 1) ||
        (q > 0 && options->quantile_levels[q] <= options->quantile_levels[q - 1]))
      return false;
  return true;
}

static bool
run_all (Run *run, const RaiForecaster *only) {
  g_autoptr (RaiHistory) history = rai_history_new (run->panel, run->options->threads);
  rai_history_changes (history, run->panel, run->forecast->changes, run->forecast->n_changes);
  run->candidates.panel = run->panel;
  run->candidates.memory = run->options->memory;
  run->candidates.history = history;
  choose_methods (run, only);
  g_autoptr (RaiFeatures) features = rai_features_new (run->panel, history);
  run->candidates.features = features;
  run->stage = "Learning";
  run->share = SHARE_OF_LEARNING;
  g_autoptr (RaiGlobal) global = train (run);
  run->stage = "Forecasting";
  run->begin = global != NULL ? SHARE_OF_LEARNING : 0;
  run->share = 0.97 - run->begin;
  run->candidates.global = global;

  RaiCandidatesOptions options = { run->options->threads, run->options->cancellable, show, run };
  bool done = !g_cancellable_is_cancelled (run->options->cancellable) &&
              rai_candidates_run (&run->candidates, &options);

  if (done) {
    run->weighing = rai_weighing_new (&run->candidates, run->options->threads);
    for (size_t m = 0; m < run->weighing->n_methods; m++)
      g_debug ("weight of %s: %.3f", rai_method_id (run->candidates.methods[m]->method),
               run->weighing->at[0].panel[m]);
    RaiReconciliationOptions reconciling = { run->options->reconcile, run->options->threads,
                                             run->options->cancellable };
    if (only == NULL || run->options->reconcile != RAI_RECONCILE_AUTO)
      run->reconciliation = rai_reconciliation_new (&run->candidates, run->weighing, &reconciling);
    g_debug ("weight of %s reconciliation: %.3f",
             rai_reconcile_method_name (rai_reconciliation_method (run->reconciliation)),
             rai_reconciliation_weight (run->reconciliation));
    run->intervals = rai_intervals_new (&run->candidates, run->weighing, run->reconciliation,
                                        run->forecast->levels, run->forecast->n_levels);
    run->forecast->intervals = run->intervals;
    run->name = name_methods (run);
    run->forecast->n_level_errors = rai_backtest_levels (
        &run->candidates, run->weighing, run->reconciliation, run->forecast->levels_of_error);
    run->forecast->n_methods = run->candidates.n_methods;
    rai_backtest_methods (&run->candidates, run->weighing, run->forecast->methods);
    done = rai_parallel (run->forecast->n_series, run->options->threads, finish_series, run,
                         run->options->cancellable, NULL);
    g_autofree RaiBasis *basis = rai_basis_find (run->panel);
    for (size_t i = 0; done && i < run->forecast->n_series; i++) {
      run->forecast->series[i].basis = basis[i];
      tell_series (run, i);
    }
  }

  g_clear_pointer (&run->reconciliation, rai_reconciliation_free);
  g_clear_pointer (&run->weighing, rai_weighing_free);
  rai_candidates_clear (&run->candidates);

  return done;
}

RaiForecast *
rai_forecast_run (const RaiPanel *panel, const RaiForecastOptions *options, GError **error) {
  g_return_val_if_fail (panel != NULL, NULL);
  static const RaiForecastOptions defaults = { 0 };
  if (options == NULL)
    options = &defaults;

  bool automatic = options->model == NULL || g_str_equal (options->model, RAI_METHOD_AUTO_ID);
  const RaiForecaster *only = automatic ? NULL : rai_forecaster_find (options->model);
  if (!automatic && only == NULL) {
    g_set_error (error, RAI_FORECAST_ERROR, RAI_FORECAST_ERROR_MODEL,
                 "there is no model \"%s\"; see --list-models", options->model);
    return NULL;
  }

  if (!levels_are_valid (options)) {
    g_set_error_literal (error, RAI_FORECAST_ERROR, RAI_FORECAST_ERROR_LEVEL,
                         "quantile levels must ascend and lie between 0 and 1");
    return NULL;
  }

  Run run = { .panel = panel,
              .options = options,
              .forecast = forecast_new (panel, options),
              .share = 1,
              .stage = "Forecasting" };

  if (run_all (&run, only))
    return run.forecast;
  rai_forecast_free (run.forecast);
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "the forecast was cancelled");

  return NULL;
}

const RaiSeriesForecast *
rai_forecast_series (const RaiForecast *forecast, size_t series) {
  g_return_val_if_fail (series < forecast->n_series, NULL);
  return &forecast->series[series];
}

const double *
rai_forecast_quantile_levels (const RaiForecast *forecast, size_t *n) {
  *n = forecast->n_levels;
  return forecast->levels;
}

const RaiLevelError *
rai_forecast_level_errors (const RaiForecast *forecast, size_t *n) {
  *n = forecast->n_level_errors;
  return forecast->levels_of_error;
}

const RaiMethodError *
rai_forecast_method_errors (const RaiForecast *forecast, size_t *n) {
  *n = forecast->n_methods;
  return forecast->methods;
}

const RaiChange *
rai_forecast_changes (const RaiForecast *forecast, size_t *n, size_t *counts) {
  *n = forecast->changes->len;
  memcpy (counts, forecast->n_changes, sizeof forecast->n_changes);
  return (const RaiChange *) (void *) forecast->changes->data;
}

void
rai_forecast_path (const RaiForecast *forecast, size_t series, size_t path, double *values) {
  g_return_if_fail (series < forecast->n_series && path < RAI_PATHS);
  rai_intervals_path (forecast->intervals, series, forecast->series[series].mean, path, values);
}
