/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "forecast/methods/rai-arima.h"

#include "forecast/methods/rai-arma.h"
#include "forecast/methods/rai-season.h"

#include <math.h>
#include <string.h>

#define PAST_MAX 312
#define MODELS_MAX 40
/* KPSS statistic above which a difference is taken: 5 %. */
#define KPSS_MAX 0.463
/* Strength above which a seasonal difference is taken (as R's nsdiffs has it). */
#define STRENGTH_MIN 0.64
/* Akaike's weights have 2; forecasts gain from trusting the differences between models less. */
#define WEIGHT_SCALE 4
#define WEIGHT_MIN 0.02

typedef struct {
  RaiArma *arma;
  bool may_drift;
  RaiArmaFit fits[MODELS_MAX];
  size_t n, best;
} Search;

/* A series after up to one seasonal and one simple difference. One simple difference at most: a
 * second would carry the slope of the last few steps on for ever. */
typedef struct {
  double *stage[3]; /* the series, and after each difference */
  size_t n[3], lag[2], count;
  size_t period;
} Differences;

/* KPSS statistic around a level (Kwiatkowski et al. 1992). */
static double
kpss (const double *w, size_t n) {
  double mean = 0, sum = 0, squares = 0, variance = 0;
  for (size_t t = 0; t < n; t++)
    mean += w[t] / (double) n;
  for (size_t t = 0; t < n; t++) {
    sum += w[t] - mean;
    squares += sum * sum;
    variance += (w[t] - mean) * (w[t] - mean);
  }

  size_t lags = (size_t) (3 * sqrt ((double) n) / 13);
  for (size_t lag = 1; lag <= lags; lag++) {
    double cross = 0;
    for (size_t t = lag; t < n; t++)
      cross += (w[t] - mean) * (w[t - lag] - mean);
    variance += 2 * (1 - (double) lag / (double) (lags + 1)) * cross;
  }

  return variance > 0 ? squares / ((double) n * variance) : 0;
}

static void
take_difference (Differences *d, size_t lag) {
  size_t k = d->count++;
  d->lag[k] = lag;
  d->n[k + 1] = d->n[k] - lag;
  for (size_t t = 0; t < d->n[k + 1]; t++)
    d->stage[k + 1][t] = d->stage[k][t + lag] - d->stage[k][t];
}

/* memory[3 n]. */
static void
set_differences (Differences *d, const double *y, size_t n, size_t period, double *memory) {
  *d = (Differences){
    { memory, memory + n, memory + 2 * n }, { n }, { 0 }, 0, n >= 3 * period ? period : 1
  };
  memcpy (memory, y, n * sizeof *y);
  if (d->period > 1 && rai_season_strength (y, n, d->period) > STRENGTH_MIN)
    take_difference (d, d->period);
  if (d->n[d->count] > 10 && kpss (d->stage[d->count], d->n[d->count]) > KPSS_MAX)
    take_difference (d, 1);
}

/* Undoes the differences of a forecast: each adds what was its lag before. */
static void
integrate (const Differences *d, size_t horizon, double *mean) {
  for (size_t k = d->count; k-- > 0;) {
    size_t lag = d->lag[k];
    for (size_t h = 0; h < horizon; h++)
      mean[h] += h < lag ? d->stage[k][d->n[k] + h - lag] : mean[h - lag];
  }
}

/* Whether these orders were fitted now and are the best so far. */
static bool
try_orders (Search *search, RaiArmaOrders o) {
  if (search->n == MODELS_MAX || !rai_arma_allowed (search->arma, &o))
    return false;
  for (size_t k = 0; k < search->n; k++) {
    const RaiArmaOrders *tried = &search->fits[k].orders;
    if (tried->p == o.p && tried->q == o.q && tried->sp == o.sp && tried->sq == o.sq &&
        tried->constant == o.constant)
      return false;
  }

  RaiArmaFit *fit = &search->fits[search->n];
  fit->orders = o;
  rai_arma_fit (search->arma, fit);

  bool better = search->n == 0 || fit->aicc < search->fits[search->best].aicc;
  if (better)
    search->best = search->n;
  search->n++;

  return better;
}

/* Hyndman & Khandakar's walk: from four starts, one step in one order at a time, as long as AICc
 * falls. */
static void
walk (Search *search, bool seasonal) {
  static const int moves[][4] = { { 1, 0, 0, 0 }, { -1, 0, 0, 0 }, { 0, 1, 0, 0 }, { 0, -1, 0, 0 },
                                  { 0, 0, 1, 0 }, { 0, 0, -1, 0 }, { 0, 0, 0, 1 }, { 0, 0, 0, -1 },
                                  { 1, 1, 0, 0 }, { -1, -1, 0, 0 } };
  bool c = search->may_drift;
  int s = seasonal;
  const RaiArmaOrders starts[] = {
    { 0, 0, 0, 0, c }, { 2, 2, s, s, c }, { 1, 0, s, 0, c }, { 0, 1, 0, s, c }
  };

  for (size_t k = 0; k < G_N_ELEMENTS (starts); k++)
    try_orders (search, starts[k]);
  for (bool moved = search->n > 0; moved;) {
    moved = false;
    for (size_t k = 0; k <= G_N_ELEMENTS (moves) && !moved; k++) {
      RaiArmaOrders next = search->fits[search->best].orders;
      if (k == G_N_ELEMENTS (moves))
        next.constant = c && !next.constant;
      else
        next = (RaiArmaOrders){ next.p + moves[k][0], next.q + moves[k][1], next.sp + moves[k][2],
                                next.sq + moves[k][3], next.constant };
      moved = try_orders (search, next);
    }
  }
}

/* Mean of the models tried, weighted by AICc. Returns false when nothing could be fitted. */
static bool
average (Search *search, size_t horizon, double *mean) {
  g_autofree double *own = g_new (double, horizon);
  double all = 0;
  memset (mean, 0, horizon * sizeof *mean);

  for (size_t k = 0; k < search->n; k++) {
    double weight = exp ((search->fits[search->best].aicc - search->fits[k].aicc) / WEIGHT_SCALE);
    if (!(weight > WEIGHT_MIN))
      continue;
    rai_arma_forecast (search->arma, &search->fits[k], horizon, own);
    all += weight;
    for (size_t h = 0; h < horizon; h++)
      mean[h] += weight * own[h];
  }

  for (size_t h = 0; h < horizon && all > 0; h++)
    mean[h] /= all;
  return all > 0;
}

static bool
forecast (const double *y, size_t n, size_t period, size_t horizon, double *mean) {
  g_autofree double *memory = g_new (double, 3 * n);
  g_autofree Search *search = g_new0 (Search, 1);
  Differences d;
  set_differences (&d, y, n, period, memory);
  search->arma = rai_arma_new (d.stage[d.count], d.n[d.count], d.period);
  search->may_drift = d.count <= 1;
  walk (search, d.period > 1);

  bool done = average (search, horizon, mean);
  rai_arma_free (search->arma);
  integrate (&d, horizon, mean);
  for (size_t h = 0; h < horizon; h++)
    done = done && isfinite (mean[h]);

  return done;
}

typedef enum { PLAIN, ADJUSTED, ADJUSTED_LOGS, N_WAYS } Way;

/* One way to look at the series: seasonal terms in the model, or a shrunk season taken off before,
 * or logarithms after that. */
static bool
forecast_way (Way way, const double *y, size_t n, size_t period, size_t horizon, double *mean) {
  if (way == PLAIN)
    return forecast (y, n, period <= RAI_ARMA_PERIOD_MAX ? period : 1, horizon, mean);

  RaiSeason season;
  g_autofree double *x = g_memdup2 (y, n * sizeof *y);
  rai_season_estimate (y, n, period, &season);
  if (way == ADJUSTED_LOGS && !season.ratio)
    return false;

  rai_season_strip (&season, x, n, 0);
  for (size_t t = 0; t < n && way == ADJUSTED_LOGS; t++)
    x[t] = log (x[t]);
  if (!forecast (x, n, 1, horizon, mean))
    return false;

  bool finite = true;
  for (size_t h = 0; h < horizon; h++) {
    mean[h] = way == ADJUSTED_LOGS ? exp (mean[h]) : mean[h];
    finite = finite && isfinite (mean[h]);
  }

  rai_season_restore (&season, mean, horizon, n);
  return finite;
}

static bool
fit_arima (const RaiMethodInput *input, RaiFit *fit) {
  size_t n = MIN (input->n, PAST_MAX), horizon = input->horizon, count = 0;
  const double *y = input->y + input->n - n;
  g_autofree double *mean = g_new (double, horizon);

  fit->n = horizon;
  fit->values = g_new0 (double, horizon);
  for (Way way = PLAIN; way < N_WAYS; way++) {
    if (!forecast_way (way, y, n, input->period, horizon, mean))
      continue;
    count++;
    for (size_t h = 0; h < horizon; h++)
      fit->values[h] += mean[h];
  }

  for (size_t h = 0; h < horizon && count > 0; h++)
    fit->values[h] /= (double) count;
  return count > 0;
}

static void
predict (const RaiMethodInput *input, const RaiFit *fit, double *mean) {
  memcpy (mean, fit->values, input->horizon * sizeof (double));
}

const RaiForecaster rai_arima = {
  .method = RAI_METHOD_ARIMA,
  .title = "Automatic seasonal ARIMA, averaged by AICc",
  .paper = "Hyndman & Khandakar, Journal of Statistical Software 27(3), 2008",
  .min_obs = 8,
  .fit = fit_arima,
  .predict = predict,
};
