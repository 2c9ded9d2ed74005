/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "forecast/panel/rai-hierarchy.h"

/* Minimum-trace reconciliation with a shrunk covariance (Wickramasuriya, Athanasopoulos & Hyndman,
 * JASA 114(526), 2019; shrinkage of Schaefer & Strimmer, SAGMB 4(1), 2005). Of all forecasts of the
 * series it finds the ones whose sums agree with themselves and whose errors, by the covariance of
 * past ones, are least. The covariance is a diagonal and a sum of as few products as there are past
 * errors, so that work and memory grow with series x errors, and with the cube only of the number
 * of nodes. Where a node is further from the sum of its series than three times what it used to be,
 * it counts as three times. */
typedef struct _RaiMint RaiMint;

/* series_errors [n_series][n_errors] and node_errors [n_nodes][n_errors]: forecast minus what came,
 * at the same steps for all; n_errors >= 2. Both must outlive the result, like the hierarchy. NULL
 * when the system cannot be solved. */
RaiMint *rai_mint_new (const RaiHierarchy *hierarchy, const float *series_errors,
                       const float *node_errors, size_t n_errors);
void rai_mint_free (RaiMint *mint);
/* 0: covariances as they were; 1: variances alone. */
double rai_mint_shrinkage (const RaiMint *mint);
/* One step: series [n_series] in and out, nodes [n_nodes] in, nothing NAN. Series come out >= 0
 * (negative ones are set to zero, Di Fonzo & Girolimetto, 2023): their sums are the nodes' coherent
 * forecasts. */
void rai_mint_apply (const RaiMint *mint, double *series, const double *nodes);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RaiMint, rai_mint_free)
