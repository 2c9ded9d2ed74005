/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "forecast/choice/rai-memory.h"
#include "forecast/methods/rai-forecaster.h"
#include "forecast/trees/rai-global.h"

/* The forecasts of each method for each series: from the panel's origin (origin 0), and for the
 * backtest as they would have been made 1, 2, ... horizons earlier (origin 1, 2, ...). */
#define RAI_CANDIDATES_MAX 16

typedef struct {
  const RaiPanel *panel;
  const RaiHistory *history;
  const RaiFeatures *features; /* NULL without global methods */
  const RaiGlobal *global;     /* the same */
  const RaiForecaster *methods[RAI_CANDIDATES_MAX];
  size_t n_methods;
  const RaiMemory *memory; /* or NULL */
  size_t horizon;
  float *means;      /* [series][origin][method][horizon]; NAN when the method could not be used */
  uint8_t *stand_in; /* [series] 1: the only method could not be used, and the moving average speaks
                        for it */
} RaiCandidates;

typedef struct {
  unsigned threads;
  GCancellable *cancellable;
  void (*progress) (double share, void *data);
  void *data;
} RaiCandidatesOptions;

/* panel, history, methods and what these need must be set; fills horizon, means and stand_in.
 * Returns false when cancelled. */
bool rai_candidates_run (RaiCandidates *candidates, const RaiCandidatesOptions *options);
void rai_candidates_clear (RaiCandidates *candidates);

/* Whether the panel is bare: steps without a short season (weeks, months) and no covariates, where
 * methods that learn over all series have no lead. panel and history must be set. */
bool rai_candidates_bare (const RaiCandidates *candidates);
/* The factor on a usual day's sales, `ahead` steps after `step`, that is known at `step`
 * (rai-date-effects.h). */
double rai_candidates_date_effect (const RaiCandidates *candidates, size_t series, size_t step,
                                   size_t ahead);
/* [horizon] of a method at an origin. */
const float *
rai_candidates_mean (const RaiCandidates *candidates, size_t series, size_t origin, size_t method);
/* The first step that is forecast from an origin; false when the series is too short for that
 * origin. */
bool rai_candidates_first_step (const RaiCandidates *candidates, size_t series, size_t origin,
                                size_t *step);
/* Fits a local method again and writes the parts of its forecast[horizon][RAI_N_PARTS]; false when
 * it has none. */
bool rai_candidates_explain (const RaiCandidates *candidates, size_t series, size_t method,
                             double *parts);
