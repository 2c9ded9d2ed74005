/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "forecast/choice/rai-errors.h"
#include "forecast/choice/rai-interval.h"
#include "forecast/choice/rai-reconcile.h"

/* How the blended and reconciled forecast did on the windows that neither its methods nor its
 * weights had seen. reconciliation may be NULL. */
void rai_backtest (const RaiCandidates *candidates, const RaiWeighing *weighing,
                   const RaiReconciliation *reconciliation, const RaiIntervals *intervals,
                   size_t series, RaiBacktest *backtest);

/* Errors of each stage summed to levels, and of each method. Fill at most RAI_BACKTEST_LEVELS and
 * n_methods; return how many. Levels that are another one again (one site, one item) are left out.
 * reconciliation may be NULL. */
#define RAI_BACKTEST_LEVELS (1 + RAI_HIERARCHY_LEVELS)
size_t rai_backtest_levels (const RaiCandidates *candidates, const RaiWeighing *weighing,
                            const RaiReconciliation *reconciliation, RaiLevelError *errors);
void rai_backtest_methods (const RaiCandidates *candidates, const RaiWeighing *weighing,
                           RaiMethodError *errors);
