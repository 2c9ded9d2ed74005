/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "forecast/trees/rai-boost.h"
#include "forecast/trees/rai-features.h"

/* What trees over a panel learn from: steps of its series, each as seen from a random number of
 * steps before it, coded in bins. Rows are sorted so that those which a look back may know of come
 * first: the further back its origin, the fewer of the first rows its trees are given. */
#define RAI_ORIGINS 4 /* 0 is the forecast itself, origin k lies k horizons back */

typedef struct {
  size_t first, end; /* the steps ahead that it is about: first <= ahead < end <= horizon */
  bool recursive; /* the series' own sales are known to the step before (rai_features_row_recursive)
                   */
  size_t max_rows;
  unsigned threads;
} RaiTrainingOptions;

typedef struct {
  size_t n_rows,
      n_seen[RAI_ORIGINS]; /* rows that the model of an origin may learn from: the first ones */
  RaiBins *bins;
  uint8_t *codes;       /* [n_rows][features] */
  float *target, *base; /* [n_rows] */
  bool *idle;           /* [n_rows] it had sold nothing recently: its base is next to nothing */
} RaiTraining;

/* NULL when there are fewer than RAI_TRAINING_LEAST rows, or more steps than can be counted. */
#define RAI_TRAINING_LEAST 50
RaiTraining *rai_training_new (const RaiPanel *panel, const RaiHistory *history,
                               const RaiFeatures *features, const RaiTrainingOptions *options);
void rai_training_free (RaiTraining *training);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RaiTraining, rai_training_free)
