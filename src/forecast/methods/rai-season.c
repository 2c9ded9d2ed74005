/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "forecast/methods/rai-season.h"

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

/* What a series' values differ from (or are as a multiple of) a centred average over one season, by
 * place. */
typedef struct {
  double sum[RAI_SEASON_MAX], squares[RAI_SEASON_MAX], count[RAI_SEASON_MAX];
} Places;

static void
collect (const double *y, size_t n, size_t period, bool ratio, Places *places) {
  for (size_t p = 0; p < period; p++)
    places->sum[p] = places->squares[p] = places->count[p] = 0;
  for (size_t t = period / 2; t + period / 2 < n; t++) {
    double around = centred_average (y, t, period), value = ratio ? y[t] / around : y[t] - around;
    places->sum[t % period] += value;
    places->squares[t % period] += value * value;
    places->count[t % period]++;
  }
}

/* Squares left within places. */
static double
within (const Places *places, size_t period) {
  double sum = 0;
  for (size_t p = 0; p < period; p++)
    sum += places->squares[p] - places->sum[p] * places->sum[p] / places->count[p];
  return sum;
}

/* How far a place's mean is pulled towards the mean of all, 0..1. */
static double
shrinkage (const Places *places, size_t period, double spread) {
  double all = 0, places_more = (double) period;
  for (size_t p = 0; p < period; p++)
    all += places->count[p];
  double noise = within (places, period) / MAX (all - places_more, 1) / (all / places_more);
  double kept = MAX (0, spread - noise);
  return kept + noise > 0 ? MAX (0, (places_more - 3) / (places_more - 1)) * noise / (kept + noise)
                          : 0;
}

static bool
can_decompose (size_t n, size_t period) {
  return period > 1 && period <= RAI_SEASON_MAX && n >= 3 * period;
}

void
rai_season_estimate (const double *y, size_t n, size_t period, RaiSeason *season) {
  season->period = 1;
  season->ratio = true;
  season->value[0] = 1;
  for (size_t t = 0; t < n; t++)
    season->ratio = season->ratio && y[t] > 0;
  if (!can_decompose (n, period))
    return;

  Places places;
  collect (y, n, period, season->ratio, &places);

  double mean = 0, spread = 0;
  for (size_t p = 0; p < period; p++)
    mean += places.sum[p] / places.count[p] / (double) period;
  for (size_t p = 0; p < period; p++) {
    double own = places.sum[p] / places.count[p];
    season->value[p] = season->ratio ? own / mean - 1 : own - mean;
    spread += season->value[p] * season->value[p] / (double) (period - 1);
  }

  double kept =
      (1 - shrinkage (&places, period, spread)) * (rai_season_test (y, n, period) ? 1 : 0.5);
  for (size_t p = 0; p < period; p++)
    season->value[p] =
        season->ratio ? MAX (1e-3, 1 + kept * season->value[p]) : kept * season->value[p];

  season->period = period;
}

void
rai_season_strip (const RaiSeason *season, double *y, size_t n, size_t first) {
  for (size_t t = 0; t < n && season->period > 1; t++) {
    double value = season->value[(first + t) % season->period];
    y[t] = season->ratio ? y[t] / value : y[t] - value;
  }
}

void
rai_season_restore (const RaiSeason *season, double *y, size_t n, size_t first) {
  for (size_t t = 0; t < n && season->period > 1; t++) {
    double value = season->value[(first + t) % season->period];
    y[t] = season->ratio ? y[t] * value : y[t] + value;
  }
}

double
rai_season_strength (const double *y, size_t n, size_t period) {
  if (!can_decompose (n, period))
    return 0;
  Places places;
  collect (y, n, period, false, &places);

  double squares = 0, sum = 0, all = 0;
  for (size_t p = 0; p < period; p++) {
    squares += places.squares[p];
    sum += places.sum[p];
    all += places.count[p];
  }

  double whole = squares - sum * sum / all;
  return whole > 0 ? CLAMP (1 - within (&places, period) / whole, 0, 1) : 0;
}
