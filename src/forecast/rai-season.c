/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "forecast/rai-season.h"

#include <glib.h>
#include <math.h>

static double
autocovariance (const double *y, size_t n, size_t lag, double mean) {
  double sum = 0;
  for (size_t t = lag; t < n; t++)
    sum += (y[t] - mean) * (y[t - lag] - mean);
  return sum;
}

bool
rai_season_test (const double *y, size_t n, size_t period) {
  if (period < 2 || n < 3 * period)
    return false;
  double mean = 0, squares = 0;
  for (size_t t = 0; t < n; t++)
    mean += y[t] / (double) n;
  double whole = autocovariance (y, n, 0, mean);
  if (!(whole > 0))
    return false;
  for (size_t lag = 1; lag < period; lag++) {
    double r = autocovariance (y, n, lag, mean) / whole;
    squares += r * r;
  }
  double r = autocovariance (y, n, period, mean) / whole;
  return fabs (r) > 1.645 * sqrt ((1 + 2 * squares) / (double) n);
}

static double
centred_average (const double *y, size_t t, size_t period) {
  double sum = 0;
  size_t half = period / 2;
  for (size_t k = t - half; k <= t + half; k++)
    sum += y[k] * (period % 2 == 0 && (k == t - half || k == t + half) ? 0.5 : 1);
  return sum / (double) period;
}

size_t
rai_season_remove (double *y, size_t n, size_t period, double *seasonal) {
  seasonal[0] = 1;
  for (size_t t = 0; t < n; t++)
    if (y[t] <= 0)
      return 1;
  if (period > RAI_SEASON_MAX || !rai_season_test (y, n, period))
    return 1;
  g_autofree double *counts = g_new0 (double, period);
  double mean = 0;
  for (size_t p = 0; p < period; p++)
    seasonal[p] = 0;
  for (size_t t = period / 2; t + period / 2 < n; t++) {
    seasonal[t % period] += y[t] / centred_average (y, t, period);
    counts[t % period]++;
  }
  for (size_t p = 0; p < period; p++) {
    seasonal[p] = counts[p] > 0 ? seasonal[p] / counts[p] : 1;
    mean += seasonal[p] / (double) period;
  }
  for (size_t p = 0; p < period; p++)
    seasonal[p] = MAX (1e-3, seasonal[p] / mean);
  for (size_t t = 0; t < n; t++)
    y[t] /= seasonal[t % period];
  return period;
}
