/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "forecast/choice/rai-backtest.h"

#include <math.h>

/* What the seasonal naive said of a step as seen at an origin. */
static double
naive (const RaiHistory *history, size_t series, size_t origin, size_t ahead) {
  const float *values = history->values + history->start[series];
  size_t period = history->period > 1 ? history->period : history->year;
  size_t back = period * (ahead / period + 1);
  if (origin + ahead < back)
    return origin > 0 ? (double) values[origin - 1] : 0;
  return (double) values[origin + ahead - back];
}

/* Mean absolute seasonal difference of a series before a step; NAN without two seasons. */
static double
seasonal_change (const RaiHistory *history, size_t series, size_t before) {
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
add_window (const RaiCandidates *candidates, const RaiIntervals *intervals, size_t series,
            size_t step, const double *mean, Sums *sums) {
  const RaiHistory *history = candidates->history;
  double scale = seasonal_change (history, series, step);
  for (size_t h = 0; h < candidates->horizon; h++) {
    size_t at = history->start[series] + step + h;
    if (history->states[at] != RAI_DEMAND_VALID)
      continue;
    double value = (double) history->values[at], low, high;
    rai_intervals_range (intervals, series, h, mean[h], &low, &high);
    sums->n++;
    sums->sold += value;
    sums->error += fabs (mean[h] - value);
    sums->bias += mean[h] - value;
    sums->naive += fabs (naive (history, series, step, h) - value);
    sums->inside += value >= low && value <= high;
    if (scale > 0) {
      sums->scaled += fabs (mean[h] - value) / scale;
      sums->n_scaled++;
    }
  }
}

void
rai_backtest (const RaiCandidates *candidates, const RaiWeighing *weighing,
              const RaiReconciliation *reconciliation, const RaiIntervals *intervals, size_t series,
              RaiBacktest *backtest) {
  g_autofree double *mean = g_new (double, candidates->horizon);
  Sums sums = { 0 };
  *backtest = (RaiBacktest){ 0, NAN, NAN, NAN, NAN, NAN };

  for (size_t origin = 1; origin < RAI_ORIGINS; origin++) {
    size_t step;
    if (!rai_candidates_first_step (candidates, series, origin, &step) ||
        !rai_reconciled_mean (reconciliation, weighing, candidates, series, origin, mean))
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

/* Sums of sales and of each stage's forecast of a group at each step of the backtest's windows:
 * [group][origin - 1][horizon]. */
typedef struct {
  double *sold, *stages[RAI_N_STAGES];
} Totals;

/* What the stages are made by. */
typedef struct {
  const RaiCandidates *candidates;
  const RaiWeighing *weighing;
  const RaiReconciliation *reconciliation; /* or NULL */
  size_t best;                             /* method */
} Stages;

static void
add_totals (const Stages *stages, size_t i, size_t group, double *mean, Totals *totals) {
  const RaiCandidates *candidates = stages->candidates;
  const RaiHistory *history = candidates->history;
  for (size_t origin = 1; origin < RAI_ORIGINS; origin++) {
    size_t step, horizon = candidates->horizon;
    if (!rai_candidates_first_step (candidates, i, origin, &step) ||
        !rai_weighing_mean (stages->weighing, candidates, i, origin, mean))
      continue;
    const float *best = rai_candidates_mean (candidates, i, origin, stages->best);
    for (size_t h = 0; h < horizon; h++) {
      size_t at = history->start[i] + step + h,
             to = (group * (RAI_ORIGINS - 1) + origin - 1) * horizon + h;
      if (history->states[at] != RAI_DEMAND_VALID)
        continue;
      totals->sold[to] += (double) history->values[at];
      totals->stages[RAI_STAGE_NAIVE][to] += naive (history, i, step, h);
      totals->stages[RAI_STAGE_METHOD][to] += isnan (best[h]) ? mean[h] : (double) best[h];
      totals->stages[RAI_STAGE_WEIGHED][to] += mean[h];
      totals->stages[RAI_STAGE_RECONCILED][to] +=
          rai_reconciliation_mean (stages->reconciliation, i, origin, h, mean[h]);
    }
  }
}

/* The newest window is the first of each group. */
static void
sum_drift (const Totals *totals, size_t n, size_t horizon, RaiLevelError *error) {
  double sold[2] = { 0 }, wrong[2] = { 0 };
  for (size_t k = 0; k < n; k++) {
    bool old = k / horizon % (RAI_ORIGINS - 1) > 0;
    sold[old] += totals->sold[k];
    wrong[old] += fabs (totals->stages[RAI_N_STAGES - 1][k] - totals->sold[k]);
  }
  error->latest = sold[0] > 0 ? wrong[0] / sold[0] : NAN;
  error->earlier = sold[1] > 0 ? wrong[1] / sold[1] : NAN;
}

static void
sum_errors (const Totals *totals, size_t n, RaiLevelError *error) {
  double sold = 0, wrong[RAI_N_STAGES] = { 0 }, squares[RAI_N_STAGES] = { 0 }, bias = 0;
  for (size_t k = 0; k < n; k++) {
    sold += totals->sold[k];
    for (int stage = 0; stage < RAI_N_STAGES; stage++) {
      double e = totals->stages[stage][k] - totals->sold[k];
      wrong[stage] += fabs (e);
      squares[stage] += e * e;
      bias += stage == RAI_N_STAGES - 1 ? e : 0;
    }
  }

  for (int stage = 0; stage < RAI_N_STAGES; stage++)
    error->stages[stage] = sold > 0 ? wrong[stage] / sold : NAN;
  error->wape = error->stages[RAI_N_STAGES - 1];
  error->naive_wape = error->stages[RAI_STAGE_NAIVE];
  error->bias = sold > 0 ? bias / sold : NAN;
  error->rmsse = squares[RAI_STAGE_NAIVE] > 0
                     ? sqrt (squares[RAI_N_STAGES - 1] / squares[RAI_STAGE_NAIVE])
                     : NAN;
}

/* The errors of one level; level NULL: of the series themselves. */
static RaiLevelError
sum_level (const Stages *stages, const RaiHierarchyLevel *level) {
  size_t n = stages->candidates->history->n_series,
         windows = (RAI_ORIGINS - 1) * stages->candidates->horizon;
  RaiLevelError error = { .level = level != NULL ? level->name : "series",
                          .n_groups = level != NULL ? level->n_nodes : n };
  g_autofree double *mean = g_new (double, stages->candidates->horizon);
  g_autofree double *memory = g_new0 (double, (RAI_N_STAGES + 1) * (error.n_groups * windows + 1));

  Totals totals = { .sold = memory };
  for (int stage = 0; stage < RAI_N_STAGES; stage++)
    totals.stages[stage] = memory + (size_t) (stage + 1) * (error.n_groups * windows + 1);
  for (size_t i = 0; i < n; i++)
    add_totals (stages, i, level != NULL ? level->node[i] - level->first : i, mean, &totals);

  sum_errors (&totals, error.n_groups * windows, &error);
  sum_drift (&totals, error.n_groups * windows, stages->candidates->horizon, &error);
  return error;
}

size_t
rai_backtest_levels (const RaiCandidates *candidates, const RaiWeighing *weighing,
                     const RaiReconciliation *reconciliation, RaiLevelError *errors) {
  g_autoptr (RaiHierarchy) hierarchy = rai_hierarchy_new (candidates->panel, G_MAXUINT32);
  g_autofree RaiMethodError *methods = g_new (RaiMethodError, candidates->n_methods);
  Stages stages = { candidates, weighing, reconciliation, 0 };
  rai_backtest_methods (candidates, weighing, methods);

  for (size_t m = 1; m < candidates->n_methods; m++)
    if (methods[m].wape < methods[stages.best].wape)
      stages.best = m;

  size_t kept = 0;
  errors[kept++] = sum_level (&stages, NULL);
  for (size_t k = hierarchy->n_levels; k-- > 0;)
    if (hierarchy->levels[k].n_nodes < hierarchy->n_series || k > 0)
      errors[kept++] = sum_level (&stages, &hierarchy->levels[k]);

  return kept;
}

void
rai_backtest_methods (const RaiCandidates *candidates, const RaiWeighing *weighing,
                      RaiMethodError *errors) {
  const RaiHistory *history = candidates->history;
  for (size_t m = 0; m < candidates->n_methods; m++) {
    double sold = 0, wrong = 0;
    for (size_t i = 0; i < history->n_series; i++)
      for (size_t origin = 1; origin < RAI_ORIGINS; origin++) {
        size_t step;
        if (!rai_candidates_first_step (candidates, i, origin, &step))
          continue;
        const float *mean = rai_candidates_mean (candidates, i, origin, m);
        for (size_t h = 0; h < candidates->horizon; h++) {
          size_t at = history->start[i] + step + h;
          if (history->states[at] != RAI_DEMAND_VALID || isnan (mean[h]))
            continue;
          sold += (double) history->values[at];
          wrong += fabs ((double) mean[h] - (double) history->values[at]);
        }
      }
    errors[m] = (RaiMethodError){ rai_method_id (candidates->methods[m]->method),
                                  sold > 0 ? wrong / sold : NAN, weighing->at[0].panel[m] };
  }
}
