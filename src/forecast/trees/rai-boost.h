/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "forecast/trees/rai-shap.h"

#include <gio/gio.h>
#include <stdbool.h>
#include <stdint.h>

/* Histogram decision trees: gradient boosting and random forests over features coded in at most 63
 * bins. Gradients are rounded to integers before they are summed, so that sums do not depend on
 * their order. One call trains on the calling thread alone; run several side by side for more
 * cores. Trained models are read-only and thread-safe. After Chen & Guestrin, "XGBoost", KDD 2016;
 * Ke et al., "LightGBM", NIPS 2017 (best leaf first, histogram subtraction); Shi et al., "Quantized
 * training of gradient boosting decision trees", NeurIPS 2022. */
#define RAI_BINS_MAX 64 /* codes 0 (unknown) and 1..63 */

typedef struct {
  size_t n_features;
  uint8_t *n_cuts; /* [n_features] */
  float *cuts;     /* [n_features][RAI_BINS_MAX]; code of x = 1 + number of cuts below x */
} RaiBins;

/* Cut points at the quantiles of a sample [n][n_features]; NAN is unknown. */
RaiBins *rai_bins_new (const float *sample, size_t n, size_t n_features);
void rai_bins_free (RaiBins *bins);
/* Writes n_features codes. */
void rai_bins_code (const RaiBins *bins, const float *row, uint8_t *codes);

typedef enum {
  RAI_LOSS_SQUARED,  /* margin = prediction */
  RAI_LOSS_TWEEDIE,  /* margin = log of the prediction; targets >= 0 */
  RAI_LOSS_ABSOLUTE, /* smoothed: margin = prediction, near the median */
} RaiLoss;

typedef struct {
  RaiLoss loss;
  float power;         /* Tweedie variance power, 1 < p < 2 */
  unsigned rounds;     /* trees */
  unsigned leaves;     /* of a tree, at most 255 */
  float rate;          /* shrinkage of each tree */
  float feature_share; /* of the features that a tree looks at */
  float row_share;     /* of the rows that a tree learns from */
  float lambda;        /* rows of resistance in each leaf */
  unsigned min_rows;   /* in a leaf */
  uint32_t seed;
  /* [n_features] 1: the answer never falls as the feature rises, -1: it never rises, 0: as it
   * comes; NULL: all 0. Nothing is promised of unknown values. After XGBoost's monotone
   * constraints. */
  const int8_t *monotone;
  bool forest; /* average independent trees instead of boosting */
  GCancellable *cancellable;
  /* Called after each tree, on the thread that trains; may be NULL. */
  void (*progress) (double share, void *data);
  void *data;
} RaiBoostOptions;

typedef struct _RaiBoost RaiBoost;

/* codes [n][n_features], target, weight and offset (start of the margin) [n]; weight and offset may
 * be NULL. Rows whose target or offset is not finite, or whose weight is not above 0, are not
 * learned from. Returns NULL only when cancelled. */
RaiBoost *
rai_boost_train (const uint8_t *codes, size_t n, size_t n_features, const float *target,
                 const float *weight, const float *offset, const RaiBoostOptions *options);
void rai_boost_free (RaiBoost *boost);
/* Adds the trees' sum to the offset and returns the margin. */
float rai_boost_margin (const RaiBoost *boost, const uint8_t *codes, float offset);
/* Adds to values[n_rows][RAI_SHAP_GROUPS] the Shapley values (rai-shap.h) of the trees' sums for
 * codes[n_rows][n_features], where groups[feature] is a feature's group: with the expected sum they
 * add up to margin - offset. */
void rai_boost_explain (const RaiBoost *boost, const uint8_t *codes, size_t n_rows,
                        const uint8_t *groups, double *values);
/* The trees' sum when nothing is known of a row. */
double rai_boost_expected (const RaiBoost *boost);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RaiBins, rai_bins_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RaiBoost, rai_boost_free)
