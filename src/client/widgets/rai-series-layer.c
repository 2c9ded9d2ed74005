/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/widgets/rai-series-layer.h"

#include <math.h>

typedef struct {
  RaiChartSeries *series;
} RaiSeriesLayerPrivate;

enum { PROPERTY_SERIES = 1, N_PROPERTIES };
static GParamSpec *properties[N_PROPERTIES];

G_DEFINE_ABSTRACT_TYPE_WITH_CODE (RaiSeriesLayer, rai_series_layer, RAI_TYPE_CHART_LAYER,
                                  G_ADD_PRIVATE (RaiSeriesLayer))
#define PRIVATE(layer) ((RaiSeriesLayerPrivate *) rai_series_layer_get_instance_private (layer))

static RaiChartSeries *
series_of (RaiChartLayer *layer) {
  return PRIVATE (RAI_SERIES_LAYER (layer))->series;
}

static void
rai_series_layer_dispose (GObject *object) {
  g_clear_pointer (&PRIVATE (RAI_SERIES_LAYER (object))->series, rai_chart_series_unref);
  G_OBJECT_CLASS (rai_series_layer_parent_class)->dispose (object);
}

static void
rai_series_layer_get_property (GObject *object, unsigned id, GValue *value, GParamSpec *spec) {
  g_value_set_boxed (value, series_of (RAI_CHART_LAYER (object)));
}

static void
rai_series_layer_set_property (GObject *object, unsigned id, const GValue *value,
                               GParamSpec *spec) {
  RaiSeriesLayerPrivate *self = PRIVATE (RAI_SERIES_LAYER (object));
  g_clear_pointer (&self->series, rai_chart_series_unref);
  self->series = g_value_dup_boxed (value);
  rai_chart_layer_changed (RAI_CHART_LAYER (object));
}

static bool
rai_series_layer_extent (RaiChartLayer *layer, RaiDay *first, RaiDay *last) {
  RaiChartSeries *series = series_of (layer);
  if (series == NULL || rai_chart_series_length (series) == 0)
    return false;
  *first = rai_chart_series_first_day (series);
  *last = *first + (RaiDay) rai_chart_series_length (series) - 1;
  return true;
}

static bool
rai_series_layer_range (RaiChartLayer *layer, RaiDay first, RaiDay last, double *low,
                        double *high) {
  RaiChartSeries *series = series_of (layer);
  return series != NULL && rai_chart_series_range (series, first, last, low, high);
}

static void
rai_series_layer_describe (RaiChartLayer *layer, RaiDay day, const RaiValueAxis *axis,
                           GArray *facts) {
  RaiChartSeries *series = series_of (layer);
  double value = series != NULL ? rai_chart_series_get (series, day) : NAN;
  if (!isnan (value))
    rai_chart_facts_add (facts, layer, rai_chart_layer_get_title (layer),
                         rai_value_axis_value_text (axis, value));
}

static size_t
rai_series_layer_n_columns (RaiChartLayer *layer) {
  return series_of (layer) != NULL ? 1 : 0;
}

static RaiChartSeries *
rai_series_layer_column (RaiChartLayer *layer, size_t i, char **name) {
  *name = g_strdup (rai_chart_layer_get_title (layer));
  return series_of (layer);
}

static void
rai_series_layer_class_init (RaiSeriesLayerClass *class) {
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  RaiChartLayerClass *layer_class = RAI_CHART_LAYER_CLASS (class);
  object_class->dispose = rai_series_layer_dispose;
  object_class->get_property = rai_series_layer_get_property;
  object_class->set_property = rai_series_layer_set_property;
  layer_class->extent = rai_series_layer_extent;
  layer_class->range = rai_series_layer_range;
  layer_class->describe = rai_series_layer_describe;
  layer_class->n_columns = rai_series_layer_n_columns;
  layer_class->column = rai_series_layer_column;
  properties[PROPERTY_SERIES] = g_param_spec_boxed ("series", NULL, NULL, RAI_TYPE_CHART_SERIES,
                                                    G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
rai_series_layer_init (RaiSeriesLayer *self) {
}

void
rai_series_layer_set_series (RaiSeriesLayer *layer, RaiChartSeries *series) {
  g_object_set (layer, "series", series, NULL);
}

RaiChartSeries *
rai_series_layer_get_series (RaiSeriesLayer *layer) {
  return PRIVATE (layer)->series;
}
