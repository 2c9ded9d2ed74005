/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "forecast/rai-forecast.h"

/* Models beside each other by their backtests. */
typedef struct {
  char *name;
  double mase;  /* mean over series: absolute error to that of the seasonal naive in the history */
  double rmsse; /* root of the squared error to that of the seasonal naive, on the same windows */
  double wape;  /* absolute error to sales, a step */
  double bias;  /* forecast less sales, to sales */
  double coverage; /* share of observations inside the 80 % interval */
  double naive_wape;
  double seconds;
  size_t n_series; /* that were long enough to look back on */
} RaiComparison;

/* What a forecast of n series says of its model. NAN where no series could be looked back on. The
 * caller frees name. */
RaiComparison
rai_compare_forecast (const RaiForecast *forecast, size_t n, const char *name, double seconds);
/* A table for people; the best of each column has a star. Caller frees. */
char *rai_compare_table (const RaiComparison *models, size_t n);
