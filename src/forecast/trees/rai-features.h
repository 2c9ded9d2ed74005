/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/rai-part.h"
#include "forecast/panel/rai-history.h"

/* Turns (series, origin, steps ahead) into a row of numbers that trees learn from. Everything in a
 * row was known at the origin: sales before it, covariates of the `horizon` steps from it. Sales
 * enter as ratios to a base, so that all series speak one language. Read-only once made, for any
 * number of threads; a cursor belongs to one thread. */
/* The feature that is the logarithm of the level without season. */
#define RAI_FEATURE_LEVEL 1

typedef struct _RaiFeatures RaiFeatures;
typedef struct _RaiFeatureCursor RaiFeatureCursor;

/* Both must outlive the result. */
RaiFeatures *rai_features_new (const RaiPanel *panel, const RaiHistory *history);
void rai_features_free (RaiFeatures *features);

size_t rai_features_count (const RaiFeatures *features);
/* What a feature's contribution is told as. */
RaiPart rai_features_part (const RaiFeatures *features, size_t feature);
const char *rai_features_name (const RaiFeatures *features, size_t feature);
/* 1 where demand cannot be believed to fall as the feature rises (a promotion), -1 where it cannot
 * rise (a price beside what it was), else 0. [rai_features_count] */
const int8_t *rai_features_monotone (const RaiFeatures *features);

/* Prepares running sums over one series. */
RaiFeatureCursor *rai_features_open (const RaiFeatures *features, size_t series);
void rai_feature_cursor_free (RaiFeatureCursor *cursor);
/* Writes the row of step origin + ahead as seen at origin (0 <= origin <= length, ahead < horizon)
 * and returns its base: the level that is usual for this place in the season, > 0. */
float rai_features_row (RaiFeatureCursor *cursor, size_t origin, size_t ahead, float *row);
/* The same, but the series' own sales are known to the step before, all else to the origin. */
float
rai_features_row_recursive (RaiFeatureCursor *cursor, size_t origin, size_t ahead, float *row);
/* Takes it that the series sells so much at a step, nothing where it is closed; step < length +
 * horizon, in turn. What the cursor knew of later steps is no longer right. */
void rai_features_feed (RaiFeatureCursor *cursor, size_t step, float value);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RaiFeatures, rai_features_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RaiFeatureCursor, rai_feature_cursor_free)
