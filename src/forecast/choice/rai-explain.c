/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "forecast/choice/rai-explain.h"

#include <math.h>
#include <string.h>

/* Parts this many times the whole cancel out and tell nothing: the level then takes it all. */
#define TELLING 1000

/* Level, trend and season read off the means: their average over the first season, what later
 * seasons differ from it, and the rest. */
static void
explain_shape (const double *mean, size_t horizon, size_t period, double *parts) {
  double level = 0;
  for (size_t first = 0; first < horizon; first += period) {
    size_t n = MIN (period, horizon - first);
    double average = 0;
    /* A last season cut short is compared with the same steps before it. */
    size_t from = n < period && first >= period ? first + n - period : first,
           count = MIN (period, horizon - from);
    for (size_t h = from; h < from + count; h++)
      average += mean[h] / (double) count;
    level = first == 0 ? average : level;
    for (size_t h = first; h < first + n; h++) {
      double *row = parts + h * RAI_N_PARTS;
      row[RAI_PART_LEVEL] += level;
      row[RAI_PART_TREND] += average - level;
      row[RAI_PART_SEASON] += mean[h] - average;
    }
  }
}

static void
explain_method (const RaiCandidates *candidates, size_t series, size_t m, RaiFeatureCursor *cursor,
                double *parts) {
  const RaiForecaster *method = candidates->methods[m];
  const float *mean = rai_candidates_mean (candidates, series, 0, m);
  size_t horizon = candidates->horizon, n = rai_panel_length (candidates->panel, series);
  g_autofree double *usual = g_new (double, horizon);

  for (size_t h = 0; h < horizon; h++)
    usual[h] = (double) mean[h] / rai_candidates_date_effect (candidates, series, n, h);
  memset (parts, 0, horizon * RAI_N_PARTS * sizeof *parts);

  if (method->fit == NULL && candidates->global != NULL)
    rai_global_explain (candidates->global, (RaiGlobalKind) method->global, cursor, n, parts);
  else if (method->explain == NULL || !rai_candidates_explain (candidates, series, m, parts))
    explain_shape (usual, horizon, MAX (candidates->history->period, 1), parts);

  for (size_t h = 0; h < horizon; h++) {
    double *row = parts + h * RAI_N_PARTS, sum = 0;
    RaiWeekEffect effect;
    row[RAI_PART_EVENT] += (double) mean[h] - usual[h];
    for (size_t p = 0; p < RAI_N_PARTS; p++)
      sum += row[p];
    if (rai_week_effects_seen (candidates->history->week_effects, series, n + h, n, &effect))
      row[RAI_PART_EVENT] += (double) mean[h] - sum;
  }
}

/* Moves out of the level what stock-outs hid lately: the share by which demand was taken to be
 * above sales. */
static void
tell_stockouts (const RaiCandidates *candidates, size_t series, double *row) {
  const RaiHistory *history = candidates->history;
  size_t n = rai_panel_length (candidates->panel, series),
         first = n > 2 * history->recent ? n - 2 * history->recent : 0;
  const double *observed = rai_panel_observations (candidates->panel, series);
  const float *stockout = rai_panel_stockout (candidates->panel, series);
  double demand = 0, hidden = 0;

  for (size_t t = first; t < n; t++) {
    double value = (double) history->values[history->start[series] + t];
    demand += value;
    if (stockout[t] > 0 && isfinite (observed[t]))
      hidden += MAX (0, value - MAX (0, observed[t]));
  }

  if (demand > 0) {
    double moved = row[RAI_PART_LEVEL] * hidden / demand;
    row[RAI_PART_STOCKOUT] += moved;
    row[RAI_PART_LEVEL] -= moved;
  }
}

void
rai_explain (const RaiCandidates *candidates, const RaiWeighing *weighing, size_t series,
             const double *mean, double *parts) {
  size_t horizon = candidates->horizon, cells = horizon * RAI_N_PARTS;
  g_autofree double *own = g_new (double, cells);
  g_autoptr (RaiFeatureCursor) cursor =
      candidates->features != NULL ? rai_features_open (candidates->features, series) : NULL;

  double all = 0;
  memset (parts, 0, cells * sizeof *parts);
  for (size_t m = 0; m < candidates->n_methods; m++) {
    double weight = (double) weighing->at[0].series[series * weighing->n_methods + m];
    if (weight < 0.01 || isnan (rai_candidates_mean (candidates, series, 0, m)[0]))
      continue;
    explain_method (candidates, series, m, cursor, own);
    all += weight;
    for (size_t k = 0; k < cells; k++)
      parts[k] += weight * own[k];
  }

  for (size_t h = 0; h < horizon; h++) {
    double *row = parts + h * RAI_N_PARTS, sum = 0;
    bool tells = mean[h] > 0 && all > 0;
    for (size_t p = 0; p < RAI_N_PARTS; p++)
      tells =
          tells && fabs (row[p]) <= TELLING * all * mean[h]; /* also false for what is not finite */
    for (size_t p = 0; p < RAI_N_PARTS; p++) {
      row[p] = tells ? row[p] / all : 0;
      sum += row[p];
    }
    row[RAI_PART_LEVEL] += mean[h] - sum;
    if (candidates->history->stockouts)
      tell_stockouts (candidates, series, row);
  }
}
