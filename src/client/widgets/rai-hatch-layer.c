/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/widgets/rai-hatch-layer.h"

#include <glib/gi18n.h>
#include <math.h>

struct _RaiHatchLayer {
  RaiSeriesLayer parent_instance;
};

G_DEFINE_FINAL_TYPE (RaiHatchLayer, rai_hatch_layer, RAI_TYPE_SERIES_LAYER)

static bool
has_day (RaiChartSeries *series, RaiDay day) {
  return rai_chart_series_get (series, day) > 0;
}

static void
hatch (cairo_t *cr, const GdkRGBA *color, double x, double y, double width, double height) {
  GdkRGBA tint = rai_chart_palette_fade (color, 0.10), lines = rai_chart_palette_fade (color, 0.55);
  cairo_save (cr);
  cairo_rectangle (cr, x, y, width, height);
  gdk_cairo_set_source_rgba (cr, &tint);
  cairo_fill_preserve (cr);
  cairo_clip (cr);
  gdk_cairo_set_source_rgba (cr, &lines);
  cairo_set_line_width (cr, 1);

  /* Lines on one lattice, so that neighbouring days join. */
  for (double at = floor ((x - height) / 6) * 6; at < x + width; at += 6) {
    cairo_move_to (cr, at, y + height);
    cairo_line_to (cr, at + height, y);
  }

  cairo_stroke (cr);
  cairo_restore (cr);
}

static void
rai_hatch_layer_draw (RaiChartLayer *layer, cairo_t *cr, const RaiChartPlot *plot) {
  RaiChartSeries *series = rai_series_layer_get_series (RAI_SERIES_LAYER (layer));
  RaiDay first = RAI_DAY_NONE, end = (RaiDay) ceil (plot->time->to);
  double x, width;

  if (series == NULL)
    return;
  for (RaiDay day = (RaiDay) floor (plot->time->from); day <= end; day++) {
    bool has = day < end && has_day (series, day);
    if (has && first == RAI_DAY_NONE)
      first = day;
    if (has || first == RAI_DAY_NONE)
      continue;
    if (rai_chart_plot_span (plot, first, day - 1, &x, &width))
      hatch (cr, rai_chart_layer_color (layer, plot->palette), x, plot->y, width, plot->height);
    first = RAI_DAY_NONE;
  }
}

static void
rai_hatch_layer_draw_key (RaiChartLayer *layer, cairo_t *cr, const RaiChartPlot *plot, double x,
                          double y) {
  hatch (cr, rai_chart_layer_color (layer, plot->palette), x + 1, y - 1, 16, 12);
}

/* Days are hatched where a chart shows them anyway. */
static bool
rai_hatch_layer_extent (RaiChartLayer *layer, RaiDay *first, RaiDay *last) {
  return false;
}

static void
rai_hatch_layer_describe (RaiChartLayer *layer, RaiDay day, const RaiValueAxis *axis,
                          GArray *facts) {
  RaiChartSeries *series = rai_series_layer_get_series (RAI_SERIES_LAYER (layer));
  if (series == NULL || !has_day (series, day))
    return;
  double share = rai_chart_series_get (series, day);
  /* Translators: how much of the day an item was out of stock. */
  rai_chart_facts_add (facts, layer, rai_chart_layer_get_title (layer),
                       share >= 1 ? g_strdup (_ ("all day"))
                                  : g_strdup_printf (_ ("%.0f %% of the day"), share * 100));
}

static void
rai_hatch_layer_class_init (RaiHatchLayerClass *class) {
  RaiChartLayerClass *layer_class = RAI_CHART_LAYER_CLASS (class);
  layer_class->draw = rai_hatch_layer_draw;
  layer_class->draw_key = rai_hatch_layer_draw_key;
  layer_class->extent = rai_hatch_layer_extent;
  layer_class->range = NULL; /* shares of a day, not values of the axis */
  layer_class->describe = rai_hatch_layer_describe;
}

static void
rai_hatch_layer_init (RaiHatchLayer *self) {
}

RaiChartLayer *
rai_hatch_layer_new (const char *title, RaiChartRole role) {
  return g_object_new (RAI_TYPE_HATCH_LAYER, "title", title, "role", role, NULL);
}

bool
rai_hatch_layer_shows (RaiHatchLayer *layer, RaiDay first, RaiDay last) {
  RaiChartSeries *series = rai_series_layer_get_series (RAI_SERIES_LAYER (layer));
  double low, high;
  return series != NULL && rai_chart_series_range (series, first, last, &low, &high) && high > 0;
}
