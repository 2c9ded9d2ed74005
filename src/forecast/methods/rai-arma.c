/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "forecast/methods/rai-arma.h"

#include "forecast/methods/rai-least-squares.h"

#include <glib.h>
#include <math.h>
#include <string.h>

/* Steps before the first value that are forecast backwards, beyond the longest lag. */
#define BEFORE 10
#define LAGS_MAX (RAI_ARMA_ORDER_MAX + RAI_ARMA_SEASONAL_MAX * RAI_ARMA_PERIOD_MAX)
/* Room for the backward forecasts and the lags of the first of them. */
#define PAD (2 * LAGS_MAX + BEFORE)
#define TERMS_MAX ((RAI_ARMA_ORDER_MAX + 1) * (RAI_ARMA_SEASONAL_MAX + 1))
#define PARTIAL_MAX 0.98
#define TURNS 6
/* Of all orders but the constant. */
#define ORDERS_MAX 6

/* A polynomial in the lag operator without its leading 1: few lags of a long one. */
typedef struct {
  size_t lag[TERMS_MAX];
  double value[TERMS_MAX];
  size_t n, longest;
} Polynomial;

struct _RaiArma {
  const double *w;
  size_t n, period;
  double mean, scale;
  RaiArmaOrders orders;
  Polynomial ar, ma; /* z_t = sum ar z + e_t + sum ma e, z = w - constant */
  double *z, *e;     /* [PAD + n + PAD], zero beyond what a pass fills */
  double *work;
};

RaiArma *
rai_arma_new (const double *w, size_t n, size_t period) {
  RaiArma *arma = g_new0 (RaiArma, 1);
  *arma = (RaiArma){ .w = w, .n = n, .period = period, .scale = 1e-9 };
  for (size_t t = 0; t < n; t++)
    arma->mean += w[t] / (double) n;
  for (size_t t = 0; t < n; t++)
    arma->scale = MAX (arma->scale, fabs (w[t] - arma->mean));

  arma->z = g_new0 (double, n + 2 * PAD);
  arma->e = g_new0 (double, n + 2 * PAD);
  arma->work = g_new (double, (RAI_ARMA_PARAMETERS_MAX + 2) * (n + LAGS_MAX + BEFORE));

  return arma;
}

void
rai_arma_free (RaiArma *arma) {
  g_free (arma->z);
  g_free (arma->e);
  g_free (arma->work);
  g_free (arma);
}

/* Partial autocorrelations, as any numbers, to coefficients of a stationary polynomial
 * (Durbin-Levinson). */
static void
unfold (const double *x, int n, double *coefficients) {
  double before[RAI_ARMA_ORDER_MAX];
  for (int k = 0; k < n; k++) {
    memcpy (before, coefficients, sizeof before);
    coefficients[k] = PARTIAL_MAX * tanh (x[k]);
    for (int j = 0; j < k; j++)
      coefficients[j] = before[j] - coefficients[k] * before[k - 1 - j];
  }
}

static void
add_term (Polynomial *product, size_t lag, double value) {
  product->lag[product->n] = lag;
  product->value[product->n++] = value;
  product->longest = MAX (product->longest, lag);
}

/* 1 - (1 - short)(1 - seasonal), times sign. */
static void
multiply (const double *x, int n, const double *seasonal_x, int n_seasonal, size_t period,
          double sign, Polynomial *product) {
  double one[RAI_ARMA_ORDER_MAX] = { 0 }, two[RAI_ARMA_ORDER_MAX] = { 0 };
  unfold (x, n, one);
  unfold (seasonal_x, n_seasonal, two);
  product->n = product->longest = 0;
  for (int i = 0; i < n; i++)
    add_term (product, (size_t) i + 1, sign * one[i]);
  for (int j = 0; j < n_seasonal; j++) {
    size_t at = (size_t) (j + 1) * period;
    add_term (product, at, sign * two[j]);
    for (int i = 0; i < n; i++)
      add_term (product, at + (size_t) i + 1, -sign * one[i] * two[j]);
  }
}

static size_t
count (const RaiArmaOrders *o) {
  return (size_t) (o->p + o->q + o->sp + o->sq + o->constant);
}

static double
set_parameters (RaiArma *arma, const double *x) {
  const RaiArmaOrders o = arma->orders;
  multiply (x, o.p, x + o.p, o.sp, arma->period, 1, &arma->ar);
  multiply (x + o.p + o.sp, o.q, x + o.p + o.sp + o.q, o.sq, arma->period, -1, &arma->ma);
  return o.constant ? arma->mean + x[o.p + o.sp + o.q + o.sq] * arma->scale : 0;
}

/* Sum of a polynomial's terms over values at a distance of their lags; direction 1 looks ahead, -1
 * back. */
static inline double
apply (const Polynomial *polynomial, const double *at, int direction) {
  double sum = 0;
  if (direction > 0)
    for (size_t k = 0; k < polynomial->n; k++)
      sum += polynomial->value[k] * at[polynomial->lag[k]];
  else
    for (size_t k = 0; k < polynomial->n; k++)
      sum += polynomial->value[k] * *(at - polynomial->lag[k]);
  return sum;
}

/* Fills z and e: backwards over the series and beyond its start, then forwards. Returns the steps
 * before the start. */
static size_t
pass (RaiArma *arma, const double *x) {
  double constant = set_parameters (arma, x), *z = arma->z + PAD, *e = arma->e + PAD;
  size_t n = arma->n, before = MAX (arma->ar.longest, arma->ma.longest) + BEFORE;
  for (size_t t = 0; t < n; t++)
    z[t] = arma->w[t] - constant;

  memset (z + n, 0, PAD * sizeof *z);
  memset (e + n, 0, PAD * sizeof *e);
  for (size_t t = n; t-- > 0;)
    e[t] = z[t] - apply (&arma->ar, z + t, 1) - apply (&arma->ma, e + t, 1);

  memset (arma->e, 0, PAD * sizeof *e);
  memset (arma->z, 0, PAD * sizeof *z);
  for (size_t k = 1; k <= before; k++)
    z[-(ptrdiff_t) k] = apply (&arma->ar, z - k, 1) + apply (&arma->ma, e - k, 1);

  const double *end = z + n;
  double *error = e - before;
  for (const double *at = z - before; at < end; at++, error++)
    *error = *at - apply (&arma->ar, at, -1) - apply (&arma->ma, error, -1);

  return before;
}

static void
residuals_of (const double *x, double *residuals, void *data) {
  RaiArma *arma = data;
  size_t before = pass (arma, x);
  memcpy (residuals, arma->e + PAD - before, (arma->n + before) * sizeof *residuals);
}

bool
rai_arma_allowed (const RaiArma *arma, const RaiArmaOrders *o) {
  int seasonal = arma->period > 1 ? RAI_ARMA_SEASONAL_MAX : 0, all = o->p + o->q + o->sp + o->sq;
  return o->p >= 0 && o->q >= 0 && o->sp >= 0 && o->sq >= 0 && o->p <= RAI_ARMA_ORDER_MAX &&
         o->q <= RAI_ARMA_ORDER_MAX && o->sp <= seasonal && o->sq <= seasonal &&
         all <= ORDERS_MAX && count (o) + 4 < arma->n;
}

void
rai_arma_fit (RaiArma *arma, RaiArmaFit *fit) {
  size_t k = count (&fit->orders);
  arma->orders = fit->orders;
  for (size_t i = 0; i < k; i++)
    fit->x[i] = i + 1 == k && fit->orders.constant ? 0 : 0.1;

  double none[RAI_ARMA_PARAMETERS_MAX] = { 0 };
  set_parameters (arma, none);

  size_t m = arma->n + MAX (arma->ar.longest, arma->ma.longest) + BEFORE;
  double squares = rai_least_squares (residuals_of, arma, k, m, fit->x, TURNS, arma->work);
  double n = (double) arma->n, parameters = (double) k + 1;
  bool enough = n > parameters + 2 && isfinite (squares);

  fit->aicc = enough ? n * log (squares / n + 1e-300) + 2 * parameters * n / (n - parameters - 1)
                     : HUGE_VAL;
}

void
rai_arma_forecast (RaiArma *arma, const RaiArmaFit *fit, size_t horizon, double *mean) {
  arma->orders = fit->orders;
  pass (arma, fit->x);

  double constant = set_parameters (arma, fit->x);
  size_t tail = MIN (PAD, arma->n + PAD);
  g_autofree double *z = g_new0 (double, tail + horizon);
  g_autofree double *e = g_new0 (double, tail + horizon);

  memcpy (z, arma->z + PAD + arma->n - tail, tail * sizeof *z);
  memcpy (e, arma->e + PAD + arma->n - tail, tail * sizeof *e);
  for (size_t h = 0; h < horizon; h++) {
    z[tail + h] = apply (&arma->ar, z + tail + h, -1) + apply (&arma->ma, e + tail + h, -1);
    mean[h] = z[tail + h] + constant;
  }
}
