/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/rai-method.h"
#include "forecast/panel/rai-panel.h"

/* A forecasting method as a constant row of THE table, choice/rai-forecasters.c; core/rai-method.h
 * says how to add one. Local methods see one series at a time and must be safe from many threads at
 * once. */

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
} RaiMethodInput;

/* Numbers that a method learned; the meaning is its own. */
typedef struct {
  double *values;
  size_t n;
} RaiFit;

/* What `auto` tries a method for. */
typedef enum {
  RAI_AUTO_SMOOTH = 1 << 0,      /* panels that sell at nearly every step */
  RAI_AUTO_COUNTS = 1 << 1,      /* panels with many steps without a sale */
  RAI_AUTO_SLOW = 1 << 2,        /* any panel that is small enough for a slow method */
  RAI_AUTO_TOTALS = 1 << 3,      /* the sums that series are reconciled with */
  RAI_AUTO_SLOW_TOTALS = 1 << 4, /* the same, when they are few enough for a slow method */
} RaiAutoUse;

typedef struct {
  RaiMethod method;  /* its name and its words for a shop: core/rai-method.h */
  const char *title; /* for those who know methods: in --list-models */
  const char *paper; /* what it follows */
  size_t min_obs;
  unsigned uses; /* RaiAutoUse; 0: only when asked for by name */
  /* `auto` tries methods by turn. The order is part of the result: weights are sums of floating
   * point numbers, and the first method is the one that the others are guarded by. */
  int turn;
  int global; /* RaiGlobalKind of a method over the whole panel, which has no functions of its own
               */
  /* Why it cannot be used here, or NULL. May be NULL. */
  const char *(*check) (const RaiMethodInput *input);
  /* Learns from the input. Returns false when nothing finite came out. */
  bool (*fit) (const RaiMethodInput *input, RaiFit *fit);
  /* Writes mean[horizon]. */
  void (*predict) (const RaiMethodInput *input, const RaiFit *fit, double *mean);
  /* Writes parts[horizon][RAI_N_PARTS] that add up to what predict wrote. NULL: level, weekday
   * season and trend are read off the mean itself. */
  void (*explain) (const RaiMethodInput *input, const RaiFit *fit, const double *mean,
                   double *parts);
} RaiForecaster;
