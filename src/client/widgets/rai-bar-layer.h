/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/widgets/rai-chart-layer.h"

/* A bar a day from zero to the value. A chart that holds one shows zero. */
#define RAI_TYPE_BAR_LAYER (rai_bar_layer_get_type ())
G_DECLARE_FINAL_TYPE (RaiBarLayer, rai_bar_layer, RAI, BAR_LAYER, RaiChartLayer)

RaiChartLayer *rai_bar_layer_new (const char *title, RaiChartRole role);
/* series may be NULL. */
void rai_bar_layer_set_series (RaiBarLayer *layer, RaiChartSeries *series);
