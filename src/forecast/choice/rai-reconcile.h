/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "forecast/choice/rai-reconcile-method.h"
#include "forecast/choice/rai-weighing.h"
#include "forecast/panel/rai-hierarchy.h"

/* The sales of a whole site are easier to forecast than those of each item in it. Totals (sites,
 * departments, items over all sites) are therefore forecast directly too, and the series are moved
 * so that their sums agree with what is known of both. Then the forecast of any total is the sum of
 * its series. The way to move them, and how far, are learned from the backtest; each window is
 * moved by what the others taught. */
typedef struct _RaiReconciliation RaiReconciliation;

typedef struct {
  RaiReconcileMethod method;
  unsigned threads;
  GCancellable *cancellable;
} RaiReconciliationOptions;

/* NULL when there is nothing to gain (few series, no backtest, bottom-up) or when cancelled. A
 * method that is asked for is gone all the way. */
RaiReconciliation *
rai_reconciliation_new (const RaiCandidates *candidates, const RaiWeighing *weighing,
                        const RaiReconciliationOptions *options);
void rai_reconciliation_free (RaiReconciliation *reconciliation);
/* The mean of a series a step ahead (origin 0), or of a window of the backtest as the others would
 * have moved it, from what it was before; that itself without a reconciliation (NULL). */
double rai_reconciliation_mean (const RaiReconciliation *reconciliation, size_t series,
                                size_t origin, size_t ahead, double before);
/* Writes the blended and reconciled mean[horizon] seen from an origin. Returns false when no method
 * could be used. */
bool
rai_reconciled_mean (const RaiReconciliation *reconciliation, const RaiWeighing *weighing,
                     const RaiCandidates *candidates, size_t series, size_t origin, double *mean);
RaiReconcileMethod rai_reconciliation_method (const RaiReconciliation *reconciliation);
/* How far the series were moved, 0..1. */
double rai_reconciliation_weight (const RaiReconciliation *reconciliation);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RaiReconciliation, rai_reconciliation_free)
