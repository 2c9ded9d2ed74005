/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "forecast/choice/rai-candidates.h"

#include "forecast/methods/rai-naive.h"
#include "forecast/panel/rai-parallel.h"

#include <math.h>
#include <string.h>

/* Steps of history that a local method gets: more would cost time and tell little. */
#define PAST_MAX 1200
/* Forecasts beyond this multiple of all that was ever sold are not believed. */
#define EXPLOSION 5

typedef struct {
  RaiCandidates *candidates;
  const RaiCandidatesOptions *options;
} Run;

bool
rai_candidates_first_step (const RaiCandidates *candidates, size_t series, size_t origin,
                           size_t *step) {
  size_t n = rai_panel_length (candidates->panel, series), back = origin * candidates->horizon;
  if (origin == 0) {
    *step = n;
    return true;
  }

  if (n < back + 2 * MAX (candidates->history->period, 2))
    return false;
  *step = n - back;

  return true;
}

bool
rai_candidates_bare (const RaiCandidates *candidates) {
  return rai_panel_n_covariates (candidates->panel) == 0 && candidates->history->period == 1;
}

static float *
mean_at (const RaiCandidates *candidates, size_t series, size_t origin, size_t method) {
  size_t at = (series * RAI_ORIGINS + origin) * candidates->n_methods + method;
  return candidates->means + at * candidates->horizon;
}

const float *
rai_candidates_mean (const RaiCandidates *candidates, size_t series, size_t origin, size_t method) {
  return mean_at (candidates, series, origin, method);
}

static RaiMethodInput
input_of (const RaiCandidates *candidates, size_t series, const double *y, size_t step) {
  size_t first = step > PAST_MAX ? step - PAST_MAX : 0;
  size_t period =
      candidates->history->period > 1 ? candidates->history->period : candidates->history->year;
  return (RaiMethodInput){ y + first, step - first, candidates->horizon, period, candidates->panel,
                           series,    first };
}

/* Fits a method and, when parts is NULL, writes its mean, else explains it. */
static bool
run_local (const RaiForecaster *method, const RaiMethodInput *input, double *mean, double *parts) {
  RaiFit fit = { NULL, 0 };
  bool usable = input->n >= method->min_obs &&
                (method->check == NULL || method->check (input) == NULL) &&
                method->fit (input, &fit);

  if (usable)
    method->predict (input, &fit, mean);
  if (usable && parts != NULL)
    method->explain (input, &fit, mean, parts);

  g_free (fit.values);
  return usable;
}

bool
rai_candidates_explain (const RaiCandidates *candidates, size_t series, size_t method,
                        double *parts) {
  size_t n = rai_panel_length (candidates->panel, series);
  g_autofree double *y = g_new (double, n + 1);
  g_autofree double *mean = g_new (double, candidates->horizon);
  for (size_t t = 0; t < n; t++)
    y[t] = rai_history_usual (candidates->history, series, t);
  RaiMethodInput input = input_of (candidates, series, y, n);
  return candidates->methods[method]->explain != NULL &&
         run_local (candidates->methods[method], &input, mean, parts);
}

/* Nothing infinite, nothing below zero, nothing far beyond what was ever sold. */
static void
keep (const double *mean, size_t horizon, double most, float *out) {
  for (size_t h = 0; h < horizon; h++)
    if (!isfinite (mean[h]))
      return;
  for (size_t h = 0; h < horizon; h++)
    out[h] = (float) CLAMP (mean[h], 0, most);
}

double
rai_candidates_date_effect (const RaiCandidates *candidates, size_t series, size_t step,
                            size_t ahead) {
  size_t now = step + candidates->history->longest - rai_panel_length (candidates->panel, series);
  return rai_date_effects_seen (candidates->history->date_effects, now + ahead, now);
}

/* What a forecast of usual days becomes on those that it is for. */
static void
give_date_effects (const RaiCandidates *candidates, size_t series, size_t step, double *mean) {
  for (size_t h = 0; h < candidates->horizon; h++)
    mean[h] *= rai_candidates_date_effect (candidates, series, step, h);
}

/* In the weeks around Christmas a forecast is what is usual before them, as far as it came already
 * or is foretold, times what they sell beside it; by halves, in logs, where that is half sure. */
static void
give_week_effects (const RaiCandidates *candidates, size_t series, const double *y, size_t step,
                   double *mean) {
  const RaiWeekEffects *effects = candidates->history->week_effects;
  g_autofree double *values = NULL;
  RaiWeekEffect effect;

  for (size_t h = 0; effects != NULL && h < candidates->horizon; h++) {
    if (!rai_week_effects_seen (effects, series, step + h, step, &effect) || !(mean[h] > 0) ||
        effect.since > step + h)
      continue;
    if (values == NULL) {
      values = g_new (double, step + candidates->horizon);
      memcpy (values, y, step * sizeof *y);
      memcpy (values + step, mean, candidates->horizon * sizeof *mean);
    }
    double usual = rai_week_effects_usual (values, step + h - effect.since);
    if (usual > 0)
      mean[h] *= pow (usual * effect.factor / mean[h], effect.kept);
  }
}

/* A method asked for by name that cannot be used on a series leaves it to the moving average. */
static void
stand_in (RaiCandidates *candidates, const RaiMethodInput *input, const double *y, size_t origin,
          double most, double *mean) {
  float *out = mean_at (candidates, input->series, origin, 0);
  if (candidates->n_methods != 1 || input->n == 0 || !isnan (out[0]))
    return;
  run_local (&rai_moving_average, input, mean, NULL);
  give_date_effects (candidates, input->series, input->first + input->n, mean);
  give_week_effects (candidates, input->series, y, input->first + input->n, mean);
  keep (mean, candidates->horizon, most, out);
  if (origin == 0)
    candidates->stand_in[input->series] = 1;
}

static void
run_series (size_t i, void *data) {
  const Run *run = data;
  RaiCandidates *candidates = run->candidates;
  size_t n = rai_panel_length (candidates->panel, i), horizon = candidates->horizon;
  g_autofree double *y = g_new (double, n + 1);
  g_autofree double *mean = g_new (double, horizon);
  double most = 0;

  for (size_t t = 0; t < n; t++) {
    y[t] = rai_history_usual (candidates->history, i, t);
    most = MAX (most, y[t]);
  }

  most = n > 0 ? most * EXPLOSION : 1e15;
  g_autoptr (RaiFeatureCursor) cursor =
      candidates->features != NULL ? rai_features_open (candidates->features, i) : NULL;

  for (size_t origin = 0; origin < RAI_ORIGINS; origin++) {
    size_t step;
    bool seen = rai_candidates_first_step (candidates, i, origin, &step);
    for (size_t m = 0; m < candidates->n_methods; m++) {
      float *out = mean_at (candidates, i, origin, m);
      const RaiForecaster *method = candidates->methods[m];
      for (size_t h = 0; h < horizon; h++)
        out[h] = mean[h] = NAN;
      if (!seen)
        continue;
      RaiMethodInput input = input_of (candidates, i, y, step);
      if (method->fit != NULL)
        run_local (method, &input, mean, NULL);
      else if (candidates->global != NULL)
        rai_global_predict (candidates->global, (RaiGlobalKind) method->global, cursor, origin,
                            step, mean);
      give_date_effects (candidates, i, step, mean);
      give_week_effects (candidates, i, y, step, mean);
      keep (mean, horizon, most, out);
      stand_in (candidates, &input, y, origin, most, mean);
    }
  }
}

static void
progress_cb (double share, void *data) {
  const Run *run = data;
  if (run->options->progress != NULL)
    run->options->progress (share, run->options->data);
}

bool
rai_candidates_run (RaiCandidates *candidates, const RaiCandidatesOptions *options) {
  size_t n = rai_panel_n_series (candidates->panel);
  candidates->horizon = rai_panel_horizon (candidates->panel);
  candidates->means =
      g_new (float, n *RAI_ORIGINS * candidates->n_methods * candidates->horizon + 1);
  candidates->stand_in = g_new0 (uint8_t, n + 1);
  Run run = { candidates, options };
  return rai_parallel (n, options->threads, run_series, &run, options->cancellable, progress_cb);
}

void
rai_candidates_clear (RaiCandidates *candidates) {
  g_clear_pointer (&candidates->means, g_free);
  g_clear_pointer (&candidates->stand_in, g_free);
}
