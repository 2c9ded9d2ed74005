/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "forecast/choice/rai-weighing.h"
#include "forecast/choice/rai-reconcile-method.h"
#include "forecast/panel/rai-hierarchy.h"

/* Totals tell more than the sum of what little each item tells: sites, departments and items over
 * all sites are forecast directly too, and the series are moved so that their sums agree with what
 * is known of both. Sums of series then are the forecasts of every level. The way, and how far to
 * go it, are learned from the backtest, each window by the errors of the others. */
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
