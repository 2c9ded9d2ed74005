/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "forecast/choice/rai-reconcile.h"

/* An error of the backtest: sales less their forecast `mean`, `ahead` steps after one of the
 * origins of the backtest. */
typedef struct {
  float mean, error;
  uint32_t series;
  uint16_t ahead;
  uint8_t origin;
  /* Tells of its own series only: that was moved to the seasonal naive, nothing was forecast, or
   * the window was odd. */
  bool apart;
} RaiBacktestError;

/* The errors of one series from one origin, which lie together. */
typedef struct {
  const RaiBacktestError *first;
  size_t n;
  double mean, error; /* sums */
} RaiErrorWindow;

/* The errors that the final forecast, blended and reconciled, made in the backtest, window by
 * window; of large panels a sample. RaiBacktestError. */
GArray *rai_backtest_errors (const RaiCandidates *candidates, const RaiWeighing *weighing,
                             const RaiReconciliation *reconciliation);
/* The window that begins at errors[*at], which is moved behind it. Returns false at the end. */
bool rai_error_window_next (const GArray *errors, size_t *at, RaiErrorWindow *window);
