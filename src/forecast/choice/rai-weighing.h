/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "forecast/choice/rai-candidates.h"

/* Weights of the candidates: for the panel from its backtests, for each series pulled from there
 * towards what its own backtest says. Weights are >= 0 and add up to 1 over the methods that could
 * be used. */
typedef struct {
  double panel[RAI_CANDIDATES_MAX];
  double gram[RAI_CANDIDATES_MAX *
              RAI_CANDIDATES_MAX];    /* mean products of the methods' scaled errors, a step */
  double towards[RAI_CANDIDATES_MAX]; /* what holds the panel's weights near the votes, of a step */
  float *series;                      /* [series][method] */
  bool *guarded; /* [series] moved to the seasonal naive, which had been better in each window */
} RaiWeights;

/* The forecast's weights come from every window of the backtest. Those of a window come from the
 * other ones (Stone, "Cross-validatory choice", Journal of the Royal Statistical Society B 36(2),
 * 1974): weights that had seen what they are judged by would err less there than they will. A panel
 * with one window has no others, and judges by
 * it. */
typedef struct {
  size_t n_methods;
  bool usable[RAI_CANDIDATES_MAX]; /* could be used in the backtest of most series */
  RaiWeights at[RAI_ORIGINS];      /* 0: the forecast's */
} RaiWeighing;

RaiWeighing *rai_weighing_new (const RaiCandidates *candidates, unsigned threads);
void rai_weighing_free (RaiWeighing *weighing);
/* Writes the blended mean[horizon] seen from an origin, before guards. Returns false when no method
 * could be used. */
bool rai_weighing_mean (const RaiWeighing *weighing, const RaiCandidates *candidates, size_t series,
                        size_t origin, double *mean);
/* Minimises w'Gw / 2 - b'w over weights that are >= 0 and add up to 1; starts from and writes to
 * w[n]. */
void rai_weighing_solve (const double *gram, const double *towards, size_t n, double *w);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RaiWeighing, rai_weighing_free)
