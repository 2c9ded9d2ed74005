/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "forecast/choice/rai-backtest-errors.h"

/* Errors that are kept of large panels. */
#define SAMPLES_MAX 400000
/* A forecast below this share of what its series usually sells is one of nothing: how far off it
 * was cannot be told as a multiple of it. */
#define NOTHING 0.01

/* What a series sells in a step that is known. */
static double
level_of_series (const RaiHistory *history, size_t i) {
  double sum = 0, n = 0;
  for (size_t at = history->start[i]; at < history->start[i + 1]; at++)
    if (history->states[at] != RAI_DEMAND_FILLED) {
      sum += (double) history->values[at];
      n++;
    }
  return n > 0 ? sum / n : 0;
}

/* Appends the errors of one series, which usually sells `level`, from one origin. */
static void
add_window (GArray *errors, double level, const RaiCandidates *candidates,
            const RaiWeighing *weighing, const RaiReconciliation *reconciliation, size_t i,
            size_t origin, size_t step, double *mean) {
  const RaiHistory *history = candidates->history;
  if (!rai_reconciled_mean (reconciliation, weighing, candidates, i, origin, mean))
    return;
  for (size_t h = 0; h < candidates->horizon; h++) {
    size_t at = history->start[i] + step + h;
    if (history->states[at] == RAI_DEMAND_FILLED)
      continue;
    RaiBacktestError error = { (float) mean[h],  (float) ((double) history->values[at] - mean[h]),
                               (uint32_t) i,     (uint16_t) h,
                               (uint8_t) origin, weighing->at[origin].guarded[i] };
    error.apart = error.apart || mean[h] < NOTHING * level;
    g_array_append_val (errors, error);
  }
}

GArray *
rai_backtest_errors (const RaiCandidates *candidates, const RaiWeighing *weighing,
                     const RaiReconciliation *reconciliation) {
  /* Room from the start: sorting may not be given NULL, even for nothing. */
  GArray *errors = g_array_sized_new (FALSE, FALSE, sizeof (RaiBacktestError), 256);
  g_autofree double *mean = g_new (double, candidates->horizon);
  size_t n = candidates->history->n_series;
  size_t every = MAX (1, n * 2 * candidates->horizon / SAMPLES_MAX);

  for (size_t i = 0; i < n; i++)
    for (size_t origin = 1; origin < RAI_ORIGINS; origin++) {
      size_t step;
      if ((i + origin) % every == 0 && rai_candidates_first_step (candidates, i, origin, &step))
        add_window (errors, level_of_series (candidates->history, i), candidates, weighing,
                    reconciliation, i, origin, step, mean);
    }

  return errors;
}

bool
rai_error_window_next (const GArray *errors, size_t *at, RaiErrorWindow *window) {
  if (*at >= errors->len)
    return false;
  *window = (RaiErrorWindow){ .first = &g_array_index (errors, RaiBacktestError, *at) };

  for (; *at < errors->len; (*at)++, window->n++) {
    const RaiBacktestError *error = &g_array_index (errors, RaiBacktestError, *at);
    if (error->series != window->first->series || error->origin != window->first->origin)
      break;
    window->mean += (double) error->mean;
    window->error += (double) error->error;
  }

  return true;
}
