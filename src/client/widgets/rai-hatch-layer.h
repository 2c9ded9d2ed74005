/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/widgets/rai-series-layer.h"

/* Hatches whole days: those on which the item was out of stock. The series holds the share of the
 * day (0..1); days of 0 and gaps stay blank. */
#define RAI_TYPE_HATCH_LAYER (rai_hatch_layer_get_type ())
G_DECLARE_FINAL_TYPE (RaiHatchLayer, rai_hatch_layer, RAI, HATCH_LAYER, RaiSeriesLayer)

RaiChartLayer *rai_hatch_layer_new (const char *title, RaiChartRole role);
/* Whether a day of first..last is hatched: else the legend need not name it. */
bool rai_hatch_layer_shows (RaiHatchLayer *layer, RaiDay first, RaiDay last);
