/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "forecast/rai-arima.h"

#include "forecast/rai-season.h"
#include "forecast/rai-simplex.h"

#include <math.h>
#include <string.h>

#define PERIOD_MAX 24
#define PAST_MAX 600
#define ORDER_MAX 5    /* of the short polynomials */
#define SEASONAL_MAX 2 /* of the seasonal ones */
#define LAGS_MAX (ORDER_MAX + SEASONAL_MAX * PERIOD_MAX + 1)
#define MODELS_MAX 40
#define PARTIAL_MAX 0.97

typedef struct {
  int p, q, sp, sq;
  bool constant;
} Orders;

typedef struct {
  const double *w; /* the series after differences */
  size_t n, period;
  Orders orders;
  double scale;
  double *errors;                    /* [n] */
  double ar[LAGS_MAX], ma[LAGS_MAX]; /* w_t = c + sum ar w + e + sum ma e, lags from 1 */
  size_t n_ar, n_ma;
  double constant;
} Model;

/* Partial autocorrelations to coefficients of a stationary polynomial (Durbin-Levinson). */
static void
unfold (const double *partial, int n, double *coefficients) {
  double before[ORDER_MAX];
  for (int k = 0; k < n; k++) {
    memcpy (before, coefficients, sizeof before);
    coefficients[k] = partial[k];
    for (int j = 0; j < k; j++)
      coefficients[j] = before[j] - partial[k] * before[k - 1 - j];
  }
}

/* (1 - short)(1 - seasonal) as lags; returns the longest lag. */
static size_t
multiply (const double *partial, int n, const double *seasonal_partial, int n_seasonal, size_t period, double *lags) {
  double one[ORDER_MAX + 1] = { 0 }, two[ORDER_MAX + 1] = { 0 };
  unfold (partial, n, one);
  unfold (seasonal_partial, n_seasonal, two);
  size_t longest = (size_t) n + (size_t) n_seasonal * period;
  memset (lags, 0, (longest + 1) * sizeof *lags);
  for (int i = 0; i < n; i++)
    lags[i] += one[i];
  for (int j = 0; j < n_seasonal; j++) {
    size_t at = (size_t) (j + 1) * period;
    lags[at - 1] += two[j];
    for (int i = 0; i < n; i++)
      lags[at + (size_t) i] -= one[i] * two[j];
  }
  return longest;
}

static void
set_parameters (Model *model, const double *x) {
  const Orders o = model->orders;
  model->n_ar = multiply (x, o.p, x + o.p, o.sp, model->period, model->ar);
  model->n_ma = multiply (x + o.p + o.sp, o.q, x + o.p + o.sp + o.q, o.sq, model->period, model->ma);
  for (size_t k = 0; k < model->n_ma; k++)
    model->ma[k] = -model->ma[k];
  model->constant = o.constant ? x[o.p + o.sp + o.q + o.sq] * model->scale : 0;
}

static double
expect (const Model *model, const double *w, const double *errors, size_t t) {
  double sum = model->constant;
  size_t n_ar = MIN (model->n_ar, t), n_ma = MIN (model->n_ma, t);
  for (size_t k = 0; k < n_ar; k++)
    sum += model->ar[k] * (w[t - 1 - k] - model->constant);
  for (size_t k = 0; k < n_ma; k++)
    sum += model->ma[k] * errors[t - 1 - k];
  return sum;
}

static double
sum_squares (const double *x, void *data) {
  Model *model = data;
  set_parameters (model, x);
  double sum = 0;
  for (size_t t = 0; t < model->n; t++) {
    model->errors[t] = model->w[t] - expect (model, model->w, model->errors, t);
    sum += model->errors[t] * model->errors[t];
  }
  return sum;
}

static size_t
count (const Orders *o) {
  return (size_t) (o->p + o->q + o->sp + o->sq + o->constant);
}

/* Fits one set of orders; returns its AICc. */
static double
fit_orders (Model *model, const Orders *orders, double *x) {
  double low[RAI_SIMPLEX_MAX], high[RAI_SIMPLEX_MAX], step[RAI_SIMPLEX_MAX];
  size_t k = count (orders);
  model->orders = *orders;
  for (size_t i = 0; i < k; i++) {
    x[i] = 0;
    low[i] = -PARTIAL_MAX;
    high[i] = PARTIAL_MAX;
    step[i] = 0.2;
  }
  if (orders->constant) {
    double mean = 0;
    for (size_t t = 0; t < model->n; t++)
      mean += model->w[t] / (double) model->n;
    x[k - 1] = mean / model->scale;
    low[k - 1] = -10, high[k - 1] = 10;
  }
  double squares = k > 0 ? rai_simplex_minimise (sum_squares, model, k, x, step, low, high, 40 + 45 * (int) k)
                         : sum_squares (x, model);
  double n = (double) model->n, parameters = (double) k + 1;
  return n > parameters + 2 ? n * log (squares / n + 1e-300) + 2 * parameters * n / (n - parameters - 1) : HUGE_VAL;
}

/* KPSS statistic around a level (Kwiatkowski et al. 1992); above 0.463 at 5 % a difference is taken. */
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

/* In place: each value is read before it is written over. */
static size_t
difference (double *w, size_t n, size_t lag) {
  for (size_t t = 0; t + lag < n; t++)
    w[t] = w[t + lag] - w[t];
  return n - lag;
}

static bool
was_tried (const Orders *tried, size_t n, const Orders *orders) {
  for (size_t k = 0; k < n; k++)
    if (tried[k].p == orders->p && tried[k].q == orders->q && tried[k].sp == orders->sp && tried[k].sq == orders->sq &&
        tried[k].constant == orders->constant)
      return true;
  return false;
}

static bool
is_allowed (const Model *model, const Orders *o) {
  int seasonal = model->period > 1 ? SEASONAL_MAX : 0;
  return o->p >= 0 && o->q >= 0 && o->sp >= 0 && o->sq >= 0 && o->p <= ORDER_MAX && o->q <= ORDER_MAX &&
         o->sp <= seasonal && o->sq <= seasonal && o->p + o->q + o->sp + o->sq <= 6 && count (o) + 3 < model->n;
}

/* Hyndman & Khandakar's walk: from four starts, one step in one order at a time, as long as AICc falls. */
static void
search (Model *model, bool may_drift, Orders *best, double *best_x) {
  static const int moves[][4] = {
    { 1, 0, 0, 0 },  { -1, 0, 0, 0 }, { 0, 1, 0, 0 },  { 0, -1, 0, 0 }, { 0, 0, 1, 0 },
    { 0, 0, -1, 0 }, { 0, 0, 0, 1 },  { 0, 0, 0, -1 }, { 1, 1, 0, 0 },  { -1, -1, 0, 0 }
  };
  Orders starts[] = {
    { 2, 2, 1, 1, may_drift }, { 0, 0, 0, 0, may_drift }, { 1, 0, 1, 0, may_drift }, { 0, 1, 0, 1, may_drift }
  };
  Orders tried[MODELS_MAX];
  size_t n_tried = 0;
  double least = HUGE_VAL, x[RAI_SIMPLEX_MAX] = { 0 };
  *best = (Orders){ 0, 0, 0, 0, false };
  for (size_t k = 0; k < G_N_ELEMENTS (starts); k++) {
    if (model->period == 1)
      starts[k].sp = starts[k].sq = 0;
    if (!is_allowed (model, &starts[k]) || was_tried (tried, n_tried, &starts[k]))
      continue;
    tried[n_tried++] = starts[k];
    double value = fit_orders (model, &starts[k], x);
    if (value < least) {
      least = value;
      *best = starts[k];
      memcpy (best_x, x, sizeof x);
    }
  }
  for (bool moved = true; moved;) {
    moved = false;
    for (size_t k = 0; k <= G_N_ELEMENTS (moves) && !moved && n_tried < MODELS_MAX; k++) {
      Orders next = *best;
      if (k == G_N_ELEMENTS (moves))
        next.constant = may_drift && !next.constant;
      else
        next = (Orders){ best->p + moves[k][0], best->q + moves[k][1], best->sp + moves[k][2], best->sq + moves[k][3],
                         best->constant };
      if (!is_allowed (model, &next) || was_tried (tried, n_tried, &next))
        continue;
      tried[n_tried++] = next;
      double value = fit_orders (model, &next, x);
      if (value >= least)
        continue;
      least = value;
      *best = next;
      memcpy (best_x, x, sizeof x);
      moved = true;
    }
  }
}

/* Undoes one difference of a forecast: adds what was `lag` steps before. y ends where the forecast begins. */
static void
integrate (double *forecast, size_t horizon, const double *y, size_t n, size_t lag) {
  for (size_t h = 0; h < horizon; h++)
    forecast[h] += h < lag ? y[n + h - lag] : forecast[h - lag];
}

static void
forecast_differenced (Model *model, const double *x, size_t horizon, double *out) {
  sum_squares (x, model);
  g_autofree double *w = g_new (double, model->n + horizon);
  g_autofree double *errors = g_new0 (double, model->n + horizon);
  memcpy (w, model->w, model->n * sizeof *w);
  memcpy (errors, model->errors, model->n * sizeof *errors);
  for (size_t h = 0; h < horizon; h++)
    out[h] = w[model->n + h] = expect (model, w, errors, model->n + h);
}

static bool
fit_arima (const RaiProblem *problem, RaiFit *fit) {
  size_t n = MIN (problem->n, PAST_MAX), period = problem->period <= PERIOD_MAX ? problem->period : 1;
  const double *y = problem->y + problem->n - n;
  g_autofree double *stages = g_new (double, 4 * n); /* the series after 0, 1, 2, 3 differences */
  size_t lags[3], n_lags = 0, left = n;
  memcpy (stages, y, n * sizeof *y);
  if (period > 1 && rai_season_test (y, n, period) && n > 3 * period)
    lags[n_lags++] = period;
  else if (n < 3 * period)
    period = 1;
  for (size_t k = 0; k < n_lags; k++) {
    memcpy (stages + (k + 1) * n, stages + k * n, left * sizeof *y);
    left = difference (stages + (k + 1) * n, left, lags[k]);
  }
  for (int d = 0; d < 2 && left > 10 && kpss (stages + n_lags * n, left) > 0.463; d++) {
    memcpy (stages + (n_lags + 1) * n, stages + n_lags * n, left * sizeof *y);
    lags[n_lags] = 1;
    n_lags++;
    left = difference (stages + n_lags * n, left, 1);
  }
  size_t simple = 0;
  for (size_t k = 0; k < n_lags; k++)
    simple += lags[k] == 1;
  g_autofree double *errors = g_new0 (double, n + 1);
  Model model = { .w = stages + n_lags * n, .n = left, .period = period, .errors = errors, .scale = 1e-9 };
  for (size_t t = 0; t < left; t++)
    model.scale = MAX (model.scale, fabs (model.w[t]));
  double x[RAI_SIMPLEX_MAX] = { 0 };
  Orders best;
  search (&model, simple + (n_lags > simple) <= 1, &best, x);
  model.orders = best;
  fit->n = problem->horizon;
  fit->values = g_new0 (double, fit->n);
  forecast_differenced (&model, x, problem->horizon, fit->values);
  for (size_t k = n_lags, m = left; k-- > 0;) {
    m += lags[k];
    integrate (fit->values, problem->horizon, stages + k * n, m, lags[k]);
  }
  for (size_t h = 0; h < problem->horizon; h++)
    if (!isfinite (fit->values[h]))
      return false;
  return true;
}

static void
predict (const RaiProblem *problem, const RaiFit *fit, double *mean) {
  memcpy (mean, fit->values, problem->horizon * sizeof (double));
}

const RaiForecaster rai_arima = {
  .name = "arima",
  .title = "Automatic seasonal ARIMA",
  .paper = "Hyndman & Khandakar, Journal of Statistical Software 27(3), 2008",
  .min_obs = 8,
  .fit = fit_arima,
  .predict = predict,
};
