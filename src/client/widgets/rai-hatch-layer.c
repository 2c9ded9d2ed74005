/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/widgets/rai-hatch-layer.h"

#include <glib/gi18n.h>
#include <math.h>

struct _RaiHatchLayer {
  RaiChartLayer parent_instance;
  RaiChartSeries *series;
};

enum { PROPERTY_SERIES = 1, N_PROPERTIES };
static GParamSpec *properties[N_PROPERTIES];

G_DEFINE_TYPE (RaiHatchLayer, rai_hatch_layer, RAI_TYPE_CHART_LAYER)

static void
dispose (GObject *object) {
  g_clear_pointer (&RAI_HATCH_LAYER (object)->series, rai_chart_series_unref);
  G_OBJECT_CLASS (rai_hatch_layer_parent_class)->dispose (object);
}

static void
get_property (GObject *object, unsigned id, GValue *value, GParamSpec *spec) {
  g_value_set_boxed (value, RAI_HATCH_LAYER (object)->series);
}

static void
set_property (GObject *object, unsigned id, const GValue *value, GParamSpec *spec) {
  RaiHatchLayer *self = RAI_HATCH_LAYER (object);
  g_clear_pointer (&self->series, rai_chart_series_unref);
  self->series = g_value_dup_boxed (value);
  rai_chart_layer_changed (RAI_CHART_LAYER (self));
}

static bool
has_day (RaiHatchLayer *self, RaiDay day) {
  return rai_chart_series_get (self->series, day) > 0;
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
draw (RaiChartLayer *layer, cairo_t *cr, const RaiChartPlot *plot) {
  RaiHatchLayer *self = RAI_HATCH_LAYER (layer);
  RaiDay first = RAI_DAY_NONE, end = (RaiDay) ceil (plot->time->to);
  double x, width;

  if (self->series == NULL)
    return;
  for (RaiDay day = (RaiDay) floor (plot->time->from); day <= end; day++) {
    bool has = day < end && has_day (self, day);
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
draw_key (RaiChartLayer *layer, cairo_t *cr, const RaiChartPlot *plot, double x, double y) {
  hatch (cr, rai_chart_layer_color (layer, plot->palette), x + 1, y - 1, 16, 12);
}

static bool
extent (RaiChartLayer *layer, RaiDay *first, RaiDay *last) {
  return false;
}

static void
describe (RaiChartLayer *layer, RaiDay day, const RaiValueAxis *axis, GArray *facts) {
  RaiHatchLayer *self = RAI_HATCH_LAYER (layer);
  if (self->series == NULL || !has_day (self, day))
    return;
  double share = rai_chart_series_get (self->series, day);
  /* Translators: how much of the day an item was out of stock. */
  rai_chart_facts_add (facts, layer, rai_chart_layer_get_title (layer),
                       share >= 1 ? g_strdup (_ ("all day"))
                                  : g_strdup_printf (_ ("%.0f %% of the day"), share * 100));
}

static size_t
n_columns (RaiChartLayer *layer) {
  return RAI_HATCH_LAYER (layer)->series != NULL ? 1 : 0;
}

static RaiChartSeries *
column (RaiChartLayer *layer, size_t i, char **name) {
  *name = g_strdup (rai_chart_layer_get_title (layer));
  return RAI_HATCH_LAYER (layer)->series;
}

static void
rai_hatch_layer_class_init (RaiHatchLayerClass *class) {
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  RaiChartLayerClass *layer_class = RAI_CHART_LAYER_CLASS (class);
  object_class->dispose = dispose;
  object_class->get_property = get_property;
  object_class->set_property = set_property;
  layer_class->draw = draw;
  layer_class->draw_key = draw_key;
  layer_class->extent = extent;
  layer_class->describe = describe;
  layer_class->n_columns = n_columns;
  layer_class->column = column;
  properties[PROPERTY_SERIES] = g_param_spec_boxed ("series", NULL, NULL, RAI_TYPE_CHART_SERIES,
                                                    G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
rai_hatch_layer_init (RaiHatchLayer *self) {
}

RaiChartLayer *
rai_hatch_layer_new (const char *title, RaiChartRole role) {
  return g_object_new (RAI_TYPE_HATCH_LAYER, "title", title, "role", role, NULL);
}

void
rai_hatch_layer_set_series (RaiHatchLayer *layer, RaiChartSeries *series) {
  g_object_set (layer, "series", series, NULL);
}

bool
rai_hatch_layer_shows (RaiHatchLayer *layer, RaiDay first, RaiDay last) {
  double low, high;
  return layer->series != NULL &&
         rai_chart_series_range (layer->series, first, last, &low, &high) && high > 0;
}
