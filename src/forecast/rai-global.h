/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "forecast/rai-boost.h"
#include "forecast/rai-features.h"

/* Trees over the whole panel: one model answers for every series and every step ahead. Learned once for each
 * origin, without the steps behind it: on all history for the forecast, and as each look back would have known it. */
#define RAI_ORIGINS 4 /* 0 is the forecast itself, origin k lies k horizons back */

typedef enum {
  RAI_GLOBAL_COUNTS, /* boosting, Tweedie loss: counts and intermittent sales */
  RAI_GLOBAL_LOGS,   /* boosting, squared error of logs: smooth, revenue-like sales */
  RAI_GLOBAL_FOREST, /* random forest on ratios */
  RAI_N_GLOBALS
} RaiGlobalKind;

typedef struct {
  size_t max_rows; /* to learn from */
  unsigned rounds; /* 0: by the size of the panel */
  unsigned threads;
  bool wanted[RAI_N_GLOBALS];
  GCancellable *cancellable;
  /* Called on the calling thread with the share done; may be NULL. */
  void (*progress) (double share, void *data);
  void *data;
} RaiGlobalOptions;

typedef struct _RaiGlobal RaiGlobal;

/* All must outlive the result. Returns NULL when there is nothing to learn from or when cancelled. */
RaiGlobal *rai_global_train (const RaiPanel *panel, const RaiHistory *history, const RaiFeatures *features,
                             const RaiGlobalOptions *options);
void rai_global_free (RaiGlobal *global);
/* Writes mean[horizon] of a series as seen at a step of it by the model of an origin. The cursor is one of the series.
 */
void rai_global_predict (const RaiGlobal *global, RaiGlobalKind kind, RaiFeatureCursor *cursor, size_t origin,
                         size_t step, double *mean);
/* Adds to parts[horizon][RAI_N_PARTS] what the forecast is made of. */
void
rai_global_explain (const RaiGlobal *global, RaiGlobalKind kind, RaiFeatureCursor *cursor, size_t step, double *parts);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RaiGlobal, rai_global_free)
