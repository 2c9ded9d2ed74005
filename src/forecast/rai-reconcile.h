/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "forecast/rai-blend.h"

/* Totals tell more than the sum of what little each item tells: the totals of each site (or of all series, where a site
 * has only one) are forecast directly, weighed against the sum of the series' forecasts by the errors of both in the
 * backtest, and the series scaled to the result. Sums of series then are the forecasts of their totals. */
typedef struct _RaiReconciliation RaiReconciliation;

typedef struct {
  unsigned threads;
  GCancellable *cancellable;
} RaiReconciliationOptions;

/* NULL when there is nothing to gain (few series, no backtest) or when cancelled. */
RaiReconciliation *rai_reconciliation_new (const RaiCandidates *candidates, const RaiBlend *blend,
                                           const RaiReconciliationOptions *options);
void rai_reconciliation_free (RaiReconciliation *reconciliation);
/* What to multiply a series' mean of a step ahead with; 1 without a reconciliation (NULL). */
double rai_reconciliation_ratio (const RaiReconciliation *reconciliation, size_t series, size_t ahead);
/* Weight of the direct forecasts of totals, 0..1. */
double rai_reconciliation_weight (const RaiReconciliation *reconciliation);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RaiReconciliation, rai_reconciliation_free)
