/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "forecast/choice/rai-dispersion.h"

#include <glib.h>
#include <math.h>

/* Steps of a series' own errors that the panel's dispersion counts for. */
#define PRIOR 40
/* Squared errors count as no more than so many times their variance. */
#define FREAK 3
/* Each turn limits squared errors by the dispersion of the one before; more change little. */
#define TURNS 4
/* No series is taken to vary by less than this more than a Poisson's. */
#define LEAST 0.02
/* "The last weeks", as a multiple of the history's window: twelve weeks of days. */
#define RECENT 3

typedef struct {
  double excess, mean; /* sums of squared error - mean, and of means */
  size_t n;
} Sums;

/* The dispersion that a turn's limit on squared errors leads to; the next limit follows from it. */
static void
turn (const RaiHistory *history, const RaiBacktestError *errors, size_t n, Sums *sums,
      float *dispersion) {
  size_t n_series = history->n_series;
  for (size_t i = 0; i < n_series; i++)
    sums[i] = (Sums){ 0, 0, 0 };

  double excess = 0, means = 0;
  for (size_t k = 0; k < n; k++) {
    Sums *own = &sums[errors[k].series];
    double mean = (double) errors[k].mean,
           square = (double) errors[k].error * (double) errors[k].error;
    double limit = FREAK * mean * (1 + (double) dispersion[errors[k].series]) + 1;
    own->excess += MIN (square, limit) - mean;
    own->mean += mean;
    own->n++;
  }

  for (size_t i = 0; i < n_series; i++) {
    excess += sums[i].excess;
    means += sums[i].mean;
  }

  double panel = means > 0 ? MAX (LEAST, excess / means) : 1;
  for (size_t i = 0; i < n_series; i++) {
    double a_step = sums[i].n > 0 ? sums[i].mean / (double) sums[i].n + 1e-9 : 1;
    dispersion[i] = (float) MAX (LEAST, (sums[i].excess + PRIOR * panel * a_step) /
                                            (sums[i].mean + PRIOR * a_step));
  }
}

/* Of the series' last weeks by themselves; the given one where it has not sold in them. */
static double
recent_dispersion (const RaiHistory *history, size_t i, double otherwise) {
  size_t end = history->start[i + 1],
         first = end - MIN (end - history->start[i], RECENT * history->recent), n = 0;
  double sum = 0, squares = 0;

  for (size_t at = first; at < end; at++) {
    if (history->states[at] == RAI_DEMAND_FILLED)
      continue;
    sum += (double) history->values[at];
    squares += (double) history->values[at] * (double) history->values[at];
    n++;
  }

  if (!(sum > 0) || n < history->recent)
    return otherwise;

  double mean = sum / (double) n;
  return MAX (LEAST, (squares / (double) n - mean * mean) / mean - 1);
}

void
rai_dispersion_learn (const RaiHistory *history, const RaiBacktestError *errors, size_t n,
                      float *dispersion) {
  g_autofree Sums *sums = g_new (Sums, history->n_series + 1);
  double excess = 0, means = 0;
  for (size_t k = 0; k < n; k++) {
    excess += (double) errors[k].error * (double) errors[k].error - (double) errors[k].mean;
    means += (double) errors[k].mean;
  }

  for (size_t i = 0; i < history->n_series; i++)
    dispersion[i] = means > 0 ? (float) MAX (LEAST, excess / means) : 1;
  for (int k = 0; k < TURNS; k++)
    turn (history, errors, n, sums, dispersion);
  for (size_t i = 0; i < history->n_series; i++) {
    double own = (double) dispersion[i];
    dispersion[i] = (float) (sqrt ((1 + own) * (1 + recent_dispersion (history, i, own))) - 1);
  }
}
