/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/widgets/rai-chart-layer.h"

/* A fan: one band a level between two series, wide ones faint and narrow ones strong. Each says
 * what it is: "80 of 100 days fall inside". */
#define RAI_TYPE_BAND_LAYER (rai_band_layer_get_type ())
G_DECLARE_FINAL_TYPE (RaiBandLayer, rai_band_layer, RAI, BAND_LAYER, RaiChartLayer)

RaiChartLayer *rai_band_layer_new (RaiChartRole role);
void rai_band_layer_clear (RaiBandLayer *layer);
/* percent: how many of 100 days are expected inside. Add the widest first. */
void
rai_band_layer_add (RaiBandLayer *layer, int percent, RaiChartSeries *low, RaiChartSeries *high);
/* The bands are wider than they would have to be: "80 of 100 days or more fall inside". */
void rai_band_layer_set_or_more (RaiBandLayer *layer, bool or_more);
bool rai_band_layer_get_or_more (RaiBandLayer *layer);
/* The level that the legend names: the 80 when there is one, else the last; 0 when there is
 * none. */
int rai_band_layer_main_level (RaiBandLayer *layer);
