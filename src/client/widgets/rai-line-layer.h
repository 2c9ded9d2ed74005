/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/widgets/rai-series-layer.h"

/* A line through one value a day; gaps stay gaps, and a value alone is a dot. Properties: series,
 * dotted. */
#define RAI_TYPE_LINE_LAYER (rai_line_layer_get_type ())
G_DECLARE_FINAL_TYPE (RaiLineLayer, rai_line_layer, RAI, LINE_LAYER, RaiSeriesLayer)

RaiChartLayer *rai_line_layer_new (const char *title, RaiChartRole role, bool dotted);
bool rai_line_layer_get_dotted (RaiLineLayer *layer);
