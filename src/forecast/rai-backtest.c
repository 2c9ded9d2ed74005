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
