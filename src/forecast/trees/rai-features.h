/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/rai-part.h"
#include "forecast/trees/rai-feature-cursor.h"

/* A step of a series, seen from an origin before it, as the row of numbers that trees learn from.
 * THE table of features is in rai-features.c. A row tells only what is known at the origin: sales
 * before it, and covariates up to `horizon` steps from it. Sales are told as multiples of the
 * series' own level, so that small and large series teach each other. Read-only once made, for any
 * number of threads. */
typedef struct _RaiFeatures RaiFeatures;

/* The feature that is the logarithm of the level without season. */
#define RAI_FEATURE_LEVEL 1

/* Both must outlive the result. */
RaiFeatures *rai_features_new (const RaiPanel *panel, const RaiHistory *history);
void rai_features_free (RaiFeatures *features);

size_t rai_features_count (const RaiFeatures *features);
/* The part that a feature's contribution counts as. */
RaiPart rai_features_part (const RaiFeatures *features, size_t feature);
const char *rai_features_name (const RaiFeatures *features, size_t feature);
/* [rai_features_count] 1: demand cannot be believed to fall as the feature rises (a promotion); -1:
 * it cannot be believed to rise (a price beside what it was); 0: either. */
const int8_t *rai_features_monotone (const RaiFeatures *features);

/* A cursor over one series, for the rows below. The features must outlive it. */
RaiFeatureCursor *rai_features_open (const RaiFeatures *features, size_t series);
/* Writes the row of step origin + ahead as seen at origin (0 <= origin <= length, ahead < horizon)
 * and returns its base: the level that is usual for this place in the season, > 0. */
float rai_features_row (const RaiFeatures *features, const RaiFeatureCursor *cursor, size_t origin,
                        size_t ahead, float *row);
/* The same, but the series' own sales are known to the step before, all else to the origin. */
float rai_features_row_recursive (const RaiFeatures *features, const RaiFeatureCursor *cursor,
                                  size_t origin, size_t ahead, float *row);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RaiFeatures, rai_features_free)
