/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stddef.h>

/* How far the forecasts of the backtest missed: of a series, a level of sums, a method. */

/* Errors over the rolling origins of the backtest. NAN where the series is too short or sold
 * nothing. */
typedef struct {
  size_t n_origins;  /* 0: not enough history to look back */
  double wape;       /* sum |error| / sum of sales */
  double naive_wape; /* of the seasonal naive on the same windows */
  double mase;       /* mean |error| / mean |seasonal difference| of the history */
  double bias;       /* sum of (forecast - sales) / sum of sales */
  double coverage;   /* share of observations inside the 80 % interval */
} RaiBacktest;

/* What a forecast goes through; each stage should err less than the one before. What people change
 * comes after all. */
typedef enum {
  RAI_STAGE_NAIVE,      /* seasonal naive */
  RAI_STAGE_METHOD,     /* the method that errs least over the panel */
  RAI_STAGE_WEIGHED,    /* methods weighed for each series */
  RAI_STAGE_RECONCILED, /* and made to agree with the totals */
  RAI_N_STAGES
} RaiStage;

/* Backtest errors of the sums of series at one level ("series", "item", "site", "all", ...), step by
 * step. */
typedef struct {
  const char *level;
  size_t n_groups;
  double wape, naive_wape, bias, rmsse; /* of the last stage, and the first */
  double stages[RAI_N_STAGES]; /* WAPE of each: the forecast value added is the fall from one to the
                                  next */
  double latest, earlier; /* WAPE on the newest window, and on those before: drift when they part */
} RaiLevelError;

/* A method's own backtest error over all series, a step, and its weight for the whole panel. */
typedef struct {
  const char *name;
  double wape, weight;
} RaiMethodError;
