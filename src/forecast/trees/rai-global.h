/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "forecast/trees/rai-training.h"

/* Trees over the whole panel: what is learned answers for every series and every step ahead.
 * Learned once for each origin, without the steps behind it: on all history for the forecast, and
 * as each look back would have known it. Direct: one model that is told the steps ahead; in bands:
 * a model for each of three stretches of the horizon; recursive: a model for one step ahead, which
 * then counts its answer among the sales that the next step looks at. After Ben Taieb et al.,
 * Expert Systems with Applications 39(8), 2012. */
typedef enum {
  RAI_GLOBAL_COUNTS, /* boosting, Tweedie loss: counts and intermittent sales */
  RAI_GLOBAL_LOGS,   /* boosting, squared error of logs: smooth, revenue-like sales */
  RAI_GLOBAL_FOREST, /* random forest on ratios */
  RAI_GLOBAL_COUNTS_BANDS,
  RAI_GLOBAL_LOGS_BANDS,
  RAI_GLOBAL_COUNTS_RECURSIVE,
  RAI_GLOBAL_LOGS_RECURSIVE,
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

/* All must outlive the result. Returns NULL when there is nothing to learn from or when
 * cancelled. */
RaiGlobal *rai_global_train (const RaiPanel *panel, const RaiHistory *history,
                             const RaiFeatures *features, const RaiGlobalOptions *options);
void rai_global_free (RaiGlobal *global);
/* Writes mean[horizon] of a series as seen at a step of it by the model of an origin. The cursor is
 * one of the series; afterwards it may be asked about that step and earlier ones. */
void rai_global_predict (const RaiGlobal *global, RaiGlobalKind kind, RaiFeatureCursor *cursor,
                         size_t origin, size_t step, double *mean);
/* Adds to parts[horizon][RAI_N_PARTS] what the forecast is made of. */
void rai_global_explain (const RaiGlobal *global, RaiGlobalKind kind, RaiFeatureCursor *cursor,
                         size_t step, double *parts);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RaiGlobal, rai_global_free)
