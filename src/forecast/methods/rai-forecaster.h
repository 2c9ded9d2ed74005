/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "forecast/panel/rai-panel.h"

/* A forecasting method as a constant table row. To add one: write rai-x.c that exports a const
 * RaiForecaster, name it once in rai-forecaster.c. Local methods see one series at a time and must
 * be safe from many threads at once. */

/* One series up to an origin. y has no gaps: missing, closed and stocked-out steps were filled by
 * the caller. */
typedef struct {
  const double *y; /* [n] */
  size_t n;
  size_t horizon;
  size_t period; /* steps of the main season: 7 for days, 52 for weeks, 12 for months, 24 for hours;
                    1: none */
  const RaiPanel *panel; /* for covariates; NULL when there are none */
  size_t series;
  size_t first; /* y[0] is at this step of the series */
} RaiProblem;

/* Numbers that a method learned; the meaning is its own. */
typedef struct {
  double *values;
  size_t n;
} RaiFit;

typedef struct {
  const char *name;  /* as given to --model */
  const char *title; /* for people */
  const char *paper; /* what it follows */
  size_t min_obs;
  int global; /* RaiGlobalKind of a method over the whole panel, which has no functions of its own
               */
  /* Why it cannot be used here, or NULL. May be NULL. */
  const char *(*check) (const RaiProblem *problem);
  /* Learns from the problem. Returns false when nothing finite came out. */
  bool (*fit) (const RaiProblem *problem, RaiFit *fit);
  /* Writes mean[horizon]. */
  void (*predict) (const RaiProblem *problem, const RaiFit *fit, double *mean);
  /* Writes parts[horizon][RAI_N_PARTS] that add up to what predict wrote. NULL: level, weekday
   * season and trend are read off the mean itself. */
  void (*explain) (const RaiProblem *problem, const RaiFit *fit, const double *mean, double *parts);
} RaiForecaster;

/* All methods, in the order of --list-models. */
const RaiForecaster *const *rai_forecasters (size_t *n);
/* NULL when there is no such method. */
const RaiForecaster *rai_forecaster_find (const char *name);
