/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stdbool.h>
#include <stddef.h>

/* Autoregression and moving average, short and seasonal, of a series that needs no more
 * differences. Coefficients are searched as partial autocorrelations inside the unit circle, so
 * that no forecast explodes; what came before the first value is forecast backwards (Box & Jenkins,
 * Time Series Analysis, 1970, section 7.1). */
#define RAI_ARMA_ORDER_MAX 5
#define RAI_ARMA_SEASONAL_MAX 2
#define RAI_ARMA_PERIOD_MAX 24
#define RAI_ARMA_PARAMETERS_MAX 8

typedef struct {
  int p, q, sp, sq;
  bool constant;
} RaiArmaOrders;

typedef struct {
  RaiArmaOrders orders;
  double x[RAI_ARMA_PARAMETERS_MAX];
  double aicc; /* up to a constant of the series; HUGE_VAL when nothing could be fitted */
} RaiArmaFit;

/* A series with the memory that its fits share. w must outlive it. period <= RAI_ARMA_PERIOD_MAX;
 * 1: none. */
typedef struct _RaiArma RaiArma;
RaiArma *rai_arma_new (const double *w, size_t n, size_t period);
void rai_arma_free (RaiArma *arma);

/* Whether there are values enough for these orders. */
bool rai_arma_allowed (const RaiArma *arma, const RaiArmaOrders *orders);
/* fit->orders must be set and allowed. */
void rai_arma_fit (RaiArma *arma, RaiArmaFit *fit);
void rai_arma_forecast (RaiArma *arma, const RaiArmaFit *fit, size_t horizon, double *mean);
