/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "forecast/rai-backtest.h"

#include <math.h>

double
rai_backtest_naive (const RaiHistory *history, size_t series, size_t origin, size_t ahead) {
  const float *values = history->values + history->start[series];
  size_t period = history->period > 1 ? history->period : history->year;
  size_t back = period * (ahead / period + 1);
  if (origin + ahead < back)
    return origin > 0 ? (double) values[origin - 1] : 0;
  return (double) values[origin + ahead - back];
}

double
rai_backtest_scale (const RaiHistory *history, size_t series, size_t before) {
  const float *values = history->values + history->start[series];
  size_t period = history->period > 1 && before > history->period ? history->period : 1;
  double sum = 0;
  for (size_t t = period; t < before; t++)
    sum += fabs ((double) values[t] - (double) values[t - period]);
  return before > period ? sum / (double) (before - period) : NAN;
}

typedef struct {
  double sold, error, naive, bias, inside, scaled;
  size_t n, n_scaled;
} Sums;

static void
add_window (const RaiCandidates *candidates, const RaiIntervals *intervals, size_t series, size_t step,
            const double *mean, Sums *sums) {
  const RaiHistory *history = candidates->history;
  double scale = rai_backtest_scale (history, series, step);
  for (size_t h = 0; h < candidates->horizon; h++) {
    size_t at = history->start[series] + step + h;
    if (history->states[at] != RAI_HISTORY_VALID)
      continue;
    double value = (double) history->values[at], low, high;
    rai_intervals_range (intervals, series, h, mean[h], &low, &high);
    sums->n++;
    sums->sold += value;
    sums->error += fabs (mean[h] - value);
    sums->bias += mean[h] - value;
    sums->naive += fabs (rai_backtest_naive (history, series, step, h) - value);
    sums->inside += value >= low && value <= high;
    if (scale > 0) {
      sums->scaled += fabs (mean[h] - value) / scale;
      sums->n_scaled++;
    }
  }
}

void
rai_backtest (const RaiCandidates *candidates, const RaiBlend *blend, const RaiIntervals *intervals, size_t series,
              RaiBacktest *backtest) {
  g_autofree double *mean = g_new (double, candidates->horizon);
  Sums sums = { 0 };
  *backtest = (RaiBacktest){ 0, NAN, NAN, NAN, NAN, NAN };
  for (size_t origin = 1; origin < RAI_ORIGINS; origin++) {
    size_t step;
    if (!rai_candidates_origin (candidates, series, origin, &step) ||
        !rai_blend_mean (blend, candidates, series, origin, mean))
      continue;
    add_window (candidates, intervals, series, step, mean, &sums);
    backtest->n_origins++;
  }
  if (sums.sold > 0) {
    backtest->wape = sums.error / sums.sold;
    backtest->naive_wape = sums.naive / sums.sold;
    backtest->bias = sums.bias / sums.sold;
  }
  if (sums.n > 0)
    backtest->coverage = sums.inside / (double) sums.n;
  if (sums.n_scaled > 0)
    backtest->mase = sums.scaled / (double) sums.n_scaled;
}

/* Sums of sales, blend and naive of a group at each step of the backtest's windows: [group][origin - 1][horizon]. */
typedef struct {
  double *sold, *mean, *naive;
} Totals;

static size_t
number_groups (const RaiPanel *panel, int level, uint32_t *group) {
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  size_t n = rai_panel_n_series (panel);
  for (size_t i = 0; i < n; i++) {
    const char *name = level == 1 ? rai_panel_item (panel, i) : level == 2 ? rai_panel_site (panel, i) : "";
    void *found;
    if (level > 0 && !g_hash_table_lookup_extended (seen, name, NULL, &found)) {
      found = GUINT_TO_POINTER (g_hash_table_size (seen));
      g_hash_table_insert (seen, (char *) name, found);
    }
    group[i] = level == 0 ? (uint32_t) i : GPOINTER_TO_UINT (found);
  }
  return level == 0 ? n : g_hash_table_size (seen);
}

static void
add_totals (const RaiCandidates *candidates, const RaiBlend *blend, size_t i, size_t group, double *mean,
            Totals *totals) {
  const RaiHistory *history = candidates->history;
  for (size_t origin = 1; origin < RAI_ORIGINS; origin++) {
    size_t step, horizon = candidates->horizon;
    if (!rai_candidates_origin (candidates, i, origin, &step) || !rai_blend_mean (blend, candidates, i, origin, mean))
      continue;
    for (size_t h = 0; h < horizon; h++) {
      size_t at = history->start[i] + step + h, to = (group * (RAI_ORIGINS - 1) + origin - 1) * horizon + h;
      if (history->states[at] != RAI_HISTORY_VALID)
        continue;
      totals->sold[to] += (double) history->values[at];
      totals->mean[to] += mean[h];
      totals->naive[to] += rai_backtest_naive (history, i, step, h);
    }
  }
}

static void
sum_errors (const Totals *totals, size_t n, RaiLevelError *error) {
  double sold = 0, wrong = 0, naive = 0, bias = 0, squares = 0, naive_squares = 0;
  for (size_t k = 0; k < n; k++) {
    double e = totals->mean[k] - totals->sold[k], base = totals->naive[k] - totals->sold[k];
    sold += totals->sold[k];
    wrong += fabs (e);
    naive += fabs (base);
    bias += e;
    squares += e * e;
    naive_squares += base * base;
  }
  error->wape = sold > 0 ? wrong / sold : NAN;
  error->naive_wape = sold > 0 ? naive / sold : NAN;
  error->bias = sold > 0 ? bias / sold : NAN;
  error->rmsse = naive_squares > 0 ? sqrt (squares / naive_squares) : NAN;
}

size_t
rai_backtest_levels (const RaiCandidates *candidates, const RaiBlend *blend, RaiLevelError *errors) {
  static const char *const names[RAI_BACKTEST_LEVELS] = { "series", "item", "site", "all" };
  size_t n = candidates->history->n_series, windows = (RAI_ORIGINS - 1) * candidates->horizon, kept = 0;
  g_autofree uint32_t *group = g_new (uint32_t, n + 1);
  g_autofree double *mean = g_new (double, candidates->horizon);
  for (int level = 0; level < RAI_BACKTEST_LEVELS; level++) {
    size_t n_groups = number_groups (candidates->panel, level, group);
    if (level > 0 && (n_groups == n || (level < RAI_BACKTEST_LEVELS - 1 && n_groups <= 1)))
      continue;
    Totals totals = { g_new0 (double, n_groups *windows + 1), g_new0 (double, n_groups *windows + 1),
                      g_new0 (double, n_groups *windows + 1) };
    for (size_t i = 0; i < n; i++)
      add_totals (candidates, blend, i, group[i], mean, &totals);
    errors[kept] = (RaiLevelError){ .level = names[level], .n_groups = n_groups };
    sum_errors (&totals, n_groups * windows, &errors[kept++]);
    g_free (totals.sold);
    g_free (totals.mean);
    g_free (totals.naive);
  }
  return kept;
}

void
rai_backtest_methods (const RaiCandidates *candidates, const RaiBlend *blend, RaiMethodError *errors) {
  const RaiHistory *history = candidates->history;
  for (size_t m = 0; m < candidates->n_methods; m++) {
    double sold = 0, wrong = 0;
    for (size_t i = 0; i < history->n_series; i++)
      for (size_t origin = 1; origin < RAI_ORIGINS; origin++) {
        size_t step;
        if (!rai_candidates_origin (candidates, i, origin, &step))
          continue;
        const float *mean = rai_candidates_mean (candidates, i, origin, m);
        for (size_t h = 0; h < candidates->horizon; h++) {
          size_t at = history->start[i] + step + h;
          if (history->states[at] != RAI_HISTORY_VALID || isnan (mean[h]))
            continue;
          sold += (double) history->values[at];
          wrong += fabs ((double) mean[h] - (double) history->values[at]);
        }
      }
    errors[m] = (RaiMethodError){ candidates->methods[m]->name, sold > 0 ? wrong / sold : NAN, blend->panel[m] };
  }
}
