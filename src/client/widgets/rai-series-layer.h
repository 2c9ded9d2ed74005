/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/widgets/rai-chart-layer.h"

/* The base of layers that show one series of values by day: it holds the series, spans its days and
 * values, says the value of a day and is a column of the table. A layer on it draws. Property:
 * series. */
#define RAI_TYPE_SERIES_LAYER (rai_series_layer_get_type ())
G_DECLARE_DERIVABLE_TYPE (RaiSeriesLayer, rai_series_layer, RAI, SERIES_LAYER, RaiChartLayer)

struct _RaiSeriesLayerClass {
  RaiChartLayerClass parent_class;
};

/* series may be NULL; a reference is taken. */
void rai_series_layer_set_series (RaiSeriesLayer *layer, RaiChartSeries *series);
/* Owned by the layer; NULL: none. */
RaiChartSeries *rai_series_layer_get_series (RaiSeriesLayer *layer);
