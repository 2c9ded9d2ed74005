/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/widgets/rai-bar-layer.h"

#include <math.h>

struct _RaiBarLayer {
  RaiChartLayer parent_instance;
  RaiChartSeries *series;
};

enum { PROPERTY_SERIES = 1, N_PROPERTIES };
static GParamSpec *properties[N_PROPERTIES];

G_DEFINE_TYPE (RaiBarLayer, rai_bar_layer, RAI_TYPE_CHART_LAYER)

static void
dispose (GObject *object) {
  g_clear_pointer (&RAI_BAR_LAYER (object)->series, rai_chart_series_unref);
  G_OBJECT_CLASS (rai_bar_layer_parent_class)->dispose (object);
}

static void
get_property (GObject *object, unsigned id, GValue *value, GParamSpec *spec) {
  g_value_set_boxed (value, RAI_BAR_LAYER (object)->series);
}

static void
set_property (GObject *object, unsigned id, const GValue *value, GParamSpec *spec) {
  RaiBarLayer *self = RAI_BAR_LAYER (object);
  g_clear_pointer (&self->series, rai_chart_series_unref);
  self->series = g_value_dup_boxed (value);
  rai_chart_layer_changed (RAI_CHART_LAYER (self));
}

static void
add_bar (cairo_t *cr, const RaiChartPlot *plot, double left, double width, double from, double to) {
  double top = rai_chart_plot_y (plot, MAX (to, 0)),
         bottom = rai_chart_plot_y (plot, MIN (from, 0));
  cairo_rectangle (cr, left, top, width, bottom - top);
}

static void
draw (RaiChartLayer *layer, cairo_t *cr, const RaiChartPlot *plot) {
  RaiBarLayer *self = RAI_BAR_LAYER (layer);
  double day_width = rai_chart_plot_day_width (plot);
  bool by_day = day_width * plot->device_scale >= 1;
  size_t n = by_day ? 0 : (size_t) MAX (1, floor (plot->width * plot->device_scale));
  g_autofree RaiChartColumn *columns = g_new (RaiChartColumn, n + 1);

  if (self->series == NULL)
    return;
  gdk_cairo_set_source_rgba (cr, rai_chart_layer_color (layer, plot->palette));

  for (RaiDay day = (RaiDay) floor (plot->time->from); by_day && day < plot->time->to; day++) {
    double value = rai_chart_series_get (self->series, day),
           gap = day_width > 4 ? day_width * 0.2 : 0;
    double left = MIN (rai_chart_plot_x (plot, day), rai_chart_plot_x (plot, day + 1.0));
    if (!isnan (value))
      add_bar (cr, plot, left + gap / 2, day_width - gap, value, value);
  }

  if (!by_day)
    rai_chart_series_columns (self->series, plot->time->from, plot->time->to, columns, n);
  for (size_t i = 0; i < n; i++) {
    double step = plot->width / (double) n, at = (double) (plot->rtl ? n - 1 - i : i);
    if (!isnan (columns[i].low))
      add_bar (cr, plot, plot->x + at * step, step, columns[i].low, columns[i].high);
  }

  cairo_fill (cr);
}

static void
draw_key (RaiChartLayer *layer, cairo_t *cr, const RaiChartPlot *plot, double x, double y) {
  gdk_cairo_set_source_rgba (cr, rai_chart_layer_color (layer, plot->palette));
  cairo_rectangle (cr, x + 4, y, 10, 10);
  cairo_fill (cr);
}

static bool
extent (RaiChartLayer *layer, RaiDay *first, RaiDay *last) {
  RaiChartSeries *series = RAI_BAR_LAYER (layer)->series;
  if (series == NULL || rai_chart_series_length (series) == 0)
    return false;
  *first = rai_chart_series_first_day (series);
  *last = *first + (RaiDay) rai_chart_series_length (series) - 1;
  return true;
}

static bool
range (RaiChartLayer *layer, RaiDay first, RaiDay last, double *low, double *high) {
  RaiChartSeries *series = RAI_BAR_LAYER (layer)->series;
  if (series == NULL || !rai_chart_series_range (series, first, last, low, high))
    return false;
  *low = MIN (*low, 0);
  *high = MAX (*high, 0);
  return true;
}

static void
describe (RaiChartLayer *layer, RaiDay day, const RaiValueAxis *axis, GArray *facts) {
  RaiChartSeries *series = RAI_BAR_LAYER (layer)->series;
  double value = series != NULL ? rai_chart_series_get (series, day) : NAN;
  if (!isnan (value))
    rai_chart_facts_add (facts, layer, rai_chart_layer_get_title (layer),
                         rai_value_axis_value_text (axis, value));
}

static size_t
n_columns (RaiChartLayer *layer) {
  return RAI_BAR_LAYER (layer)->series != NULL ? 1 : 0;
}

static RaiChartSeries *
column (RaiChartLayer *layer, size_t i, char **name) {
  *name = g_strdup (rai_chart_layer_get_title (layer));
  return RAI_BAR_LAYER (layer)->series;
}

static void
rai_bar_layer_class_init (RaiBarLayerClass *class) {
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  RaiChartLayerClass *layer_class = RAI_CHART_LAYER_CLASS (class);
  object_class->dispose = dispose;
  object_class->get_property = get_property;
  object_class->set_property = set_property;
  layer_class->draw = draw;
  layer_class->draw_key = draw_key;
  layer_class->extent = extent;
  layer_class->range = range;
  layer_class->describe = describe;
  layer_class->n_columns = n_columns;
  layer_class->column = column;
  properties[PROPERTY_SERIES] = g_param_spec_boxed ("series", NULL, NULL, RAI_TYPE_CHART_SERIES,
                                                    G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
rai_bar_layer_init (RaiBarLayer *self) {
}

RaiChartLayer *
rai_bar_layer_new (const char *title, RaiChartRole role) {
  return g_object_new (RAI_TYPE_BAR_LAYER, "title", title, "role", role, NULL);
}

void
rai_bar_layer_set_series (RaiBarLayer *layer, RaiChartSeries *series) {
  g_object_set (layer, "series", series, NULL);
}
