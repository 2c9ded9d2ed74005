/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "forecast/choice/rai-candidates.h"

/* What each candidate weighs in the blended forecast, as one look back would have it. Weights are
 * >= 0 and add up to 1 over the methods that could be used. */
typedef struct {
  double panel[RAI_CANDIDATES_MAX]; /* from the errors of all series together */
  /* What the panel's weights minimise: w'Gw / 2 - b'w, with G the mean products of the methods'
   * scaled errors and b what pulls towards the votes; both a step. */
  double gram[RAI_CANDIDATES_MAX * RAI_CANDIDATES_MAX];
  double towards[RAI_CANDIDATES_MAX];
  float *series; /* [series][method]: from the panel's weights towards its own errors' */
  bool *guarded; /* [series] the seasonal naive was better in each window: moved towards it */
} RaiWeights;

/* The forecast's weights are learned from all windows of the backtest. The weights that a window is
 * judged by are learned from the other windows only (Stone, "Cross-validatory choice", Journal of
 * the Royal Statistical Society B 36(2), 1974): those that had seen it would look better on it than
 * they will on days to come. With a single window there are no others, and it is judged by weights
 * that have seen it. */
typedef struct {
  size_t n_methods;
  bool usable[RAI_CANDIDATES_MAX]; /* could be used in the backtest of most series */
  RaiWeights at[RAI_ORIGINS];      /* [0]: the forecast's; [k]: those that window k is judged by */
} RaiWeighing;

RaiWeighing *rai_weighing_new (const RaiCandidates *candidates, unsigned threads);
void rai_weighing_free (RaiWeighing *weighing);
/* Writes the blended mean[horizon] seen from an origin; what `guarded` moved is in the weights.
 * Returns false when no method could be used. */
bool rai_weighing_mean (const RaiWeighing *weighing, const RaiCandidates *candidates, size_t series,
                        size_t origin, double *mean);
/* Minimises w'Gw / 2 - b'w over weights that are >= 0 and add up to 1; starts from and writes to
 * w[n]. */
void rai_weighing_solve (const double *gram, const double *towards, size_t n, double *w);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RaiWeighing, rai_weighing_free)
