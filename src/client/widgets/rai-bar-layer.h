/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/widgets/rai-series-layer.h"

/* A bar a day from zero to the value. A chart that holds one shows zero. No page has one yet: it is
 * for items that sell on few days, of which a line tells little. */
#define RAI_TYPE_BAR_LAYER (rai_bar_layer_get_type ())
G_DECLARE_FINAL_TYPE (RaiBarLayer, rai_bar_layer, RAI, BAR_LAYER, RaiSeriesLayer)

RaiChartLayer *rai_bar_layer_new (const char *title, RaiChartRole role);
