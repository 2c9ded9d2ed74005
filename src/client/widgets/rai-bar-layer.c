/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/widgets/rai-bar-layer.h"

#include <math.h>

struct _RaiBarLayer {
  RaiSeriesLayer parent_instance;
};

G_DEFINE_FINAL_TYPE (RaiBarLayer, rai_bar_layer, RAI_TYPE_SERIES_LAYER)

static void
add_bar (cairo_t *cr, const RaiChartPlot *plot, double left, double width, double from, double to) {
  double top = rai_chart_plot_y (plot, MAX (to, 0)),
         bottom = rai_chart_plot_y (plot, MIN (from, 0));
  cairo_rectangle (cr, left, top, width, bottom - top);
}

static void
rai_bar_layer_draw (RaiChartLayer *layer, cairo_t *cr, const RaiChartPlot *plot) {
  RaiChartSeries *series = rai_series_layer_get_series (RAI_SERIES_LAYER (layer));
  double day_width = rai_chart_plot_day_width (plot);
  bool by_day = day_width * plot->device_scale >= 1;
  size_t n = by_day ? 0 : (size_t) MAX (1, floor (plot->width * plot->device_scale));
  g_autofree RaiChartColumn *columns = g_new (RaiChartColumn, n + 1);

  if (series == NULL)
    return;
  gdk_cairo_set_source_rgba (cr, rai_chart_layer_color (layer, plot->palette));

  for (RaiDay day = (RaiDay) floor (plot->time->from); by_day && day < plot->time->to; day++) {
    double value = rai_chart_series_get (series, day), gap = day_width > 4 ? day_width * 0.2 : 0;
    double left = MIN (rai_chart_plot_x (plot, day), rai_chart_plot_x (plot, day + 1.0));
    if (!isnan (value))
      add_bar (cr, plot, left + gap / 2, day_width - gap, value, value);
  }

  if (!by_day)
    rai_chart_series_columns (series, plot->time->from, plot->time->to, columns, n);
  for (size_t i = 0; i < n; i++) {
    double step = plot->width / (double) n, at = (double) (plot->rtl ? n - 1 - i : i);
    if (!isnan (columns[i].low))
      add_bar (cr, plot, plot->x + at * step, step, columns[i].low, columns[i].high);
  }

  cairo_fill (cr);
}

static void
rai_bar_layer_draw_key (RaiChartLayer *layer, cairo_t *cr, const RaiChartPlot *plot, double x,
                        double y) {
  gdk_cairo_set_source_rgba (cr, rai_chart_layer_color (layer, plot->palette));
  cairo_rectangle (cr, x + 4, y, 10, 10);
  cairo_fill (cr);
}

/* Bars stand on zero. */
static bool
rai_bar_layer_range (RaiChartLayer *layer, RaiDay first, RaiDay last, double *low, double *high) {
  if (!RAI_CHART_LAYER_CLASS (rai_bar_layer_parent_class)->range (layer, first, last, low, high))
    return false;
  *low = MIN (*low, 0);
  *high = MAX (*high, 0);
  return true;
}

static void
rai_bar_layer_class_init (RaiBarLayerClass *class) {
  RaiChartLayerClass *layer_class = RAI_CHART_LAYER_CLASS (class);
  layer_class->draw = rai_bar_layer_draw;
  layer_class->draw_key = rai_bar_layer_draw_key;
  layer_class->range = rai_bar_layer_range;
}

static void
rai_bar_layer_init (RaiBarLayer *self) {
}

RaiChartLayer *
rai_bar_layer_new (const char *title, RaiChartRole role) {
  return g_object_new (RAI_TYPE_BAR_LAYER, "title", title, "role", role, NULL);
}
