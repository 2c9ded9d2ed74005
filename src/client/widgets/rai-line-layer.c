/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/widgets/rai-line-layer.h"

#include "client/widgets/rai-chart-stroke.h"

#include <math.h>

struct _RaiLineLayer {
  RaiSeriesLayer parent_instance;
  bool dotted;
};

enum { PROPERTY_DOTTED = 1, N_PROPERTIES };
static GParamSpec *properties[N_PROPERTIES];

G_DEFINE_FINAL_TYPE (RaiLineLayer, rai_line_layer, RAI_TYPE_SERIES_LAYER)

static void
rai_line_layer_get_property (GObject *object, unsigned id, GValue *value, GParamSpec *spec) {
  g_value_set_boolean (value, RAI_LINE_LAYER (object)->dotted);
}

static void
rai_line_layer_set_property (GObject *object, unsigned id, const GValue *value, GParamSpec *spec) {
  RAI_LINE_LAYER (object)->dotted = g_value_get_boolean (value);
  rai_chart_layer_changed (RAI_CHART_LAYER (object));
}

static RaiChartSeries *
series_of (RaiLineLayer *self) {
  return rai_series_layer_get_series (RAI_SERIES_LAYER (self));
}

/* Moves the pen over every run of days that have a value; a day alone becomes a dot. */
static void
trace (RaiChartSeries *series, cairo_t *cr, const RaiChartPlot *plot, RaiChartStroke *stroke,
       double width) {
  RaiDay first = (RaiDay) floor (plot->time->from) - 1, last = (RaiDay) ceil (plot->time->to) + 1;
  bool pen_down = false;
  for (RaiDay day = first; day <= last; day++) {
    double value = rai_chart_series_get (series, day);
    if (isnan (value)) {
      pen_down = false;
      continue;
    }
    double x = rai_chart_plot_x (plot, day + 0.5), y = rai_chart_plot_y (plot, value);
    if (!pen_down && isnan (rai_chart_series_get (series, day + 1))) {
      cairo_stroke (cr);
      cairo_arc (cr, x, y, width * 1.5, 0, 2 * G_PI);
      cairo_fill (cr);
    } else if (stroke != NULL) {
      (pen_down ? rai_chart_stroke_line_to : rai_chart_stroke_move_to) (stroke, x, y);
    } else {
      (pen_down ? cairo_line_to : cairo_move_to) (cr, x, y);
    }
    pen_down = true;
  }
}

/* As paths: for dots and for files that keep lines as lines. */
static void
draw_path (RaiLineLayer *self, cairo_t *cr, const RaiChartPlot *plot, double width) {
  static const double dots[] = { 0.1, 4 };
  cairo_set_line_width (cr, width);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  if (self->dotted)
    cairo_set_dash (cr, dots, G_N_ELEMENTS (dots), 0);

  trace (series_of (self), cr, plot, NULL, width);
  cairo_stroke (cr);
  cairo_set_dash (cr, NULL, 0, 0);
}

static void
rai_line_layer_draw (RaiChartLayer *layer, cairo_t *cr, const RaiChartPlot *plot) {
  RaiLineLayer *self = RAI_LINE_LAYER (layer);
  double width = self->dotted ? plot->palette->line_width * 0.8 : plot->palette->line_width;

  /* Where days are narrower than dots, dots are noise: the line is faint instead. */
  bool dotted = self->dotted && rai_chart_plot_day_width (plot) > 3;
  if (series_of (self) == NULL)
    return;

  GdkRGBA color = rai_chart_palette_fade (rai_chart_layer_color (layer, plot->palette),
                                          dotted == self->dotted ? 1 : 0.45);
  gdk_cairo_set_source_rgba (cr, &color);

  if (dotted || !rai_chart_stroke_suits (cr)) {
    draw_path (self, cr, plot, width);
    return;
  }

  /* Dense lines are thin ones. */
  if (rai_chart_plot_day_width (plot) < 2)
    width *= 0.6;

  RaiChartStroke *stroke = rai_chart_stroke_new (plot->x, plot->y - 2, plot->width,
                                                 plot->height + 4, width, plot->device_scale);
  trace (series_of (self), cr, plot, stroke, width);
  rai_chart_stroke_paint (stroke, cr);
}

static void
rai_line_layer_draw_key (RaiChartLayer *layer, cairo_t *cr, const RaiChartPlot *plot, double x,
                         double y) {
  RaiLineLayer *self = RAI_LINE_LAYER (layer);
  static const double dots[] = { 0.1, 4 };
  gdk_cairo_set_source_rgba (cr, rai_chart_layer_color (layer, plot->palette));
  cairo_set_line_width (cr, plot->palette->line_width);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  if (self->dotted)
    cairo_set_dash (cr, dots, G_N_ELEMENTS (dots), 0);

  cairo_move_to (cr, x + 1, y + 5);
  cairo_line_to (cr, x + 17, y + 5);
  cairo_stroke (cr);
  cairo_set_dash (cr, NULL, 0, 0);
}

static void
rai_line_layer_class_init (RaiLineLayerClass *class) {
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  RaiChartLayerClass *layer_class = RAI_CHART_LAYER_CLASS (class);
  object_class->get_property = rai_line_layer_get_property;
  object_class->set_property = rai_line_layer_set_property;
  layer_class->draw = rai_line_layer_draw;
  layer_class->draw_key = rai_line_layer_draw_key;
  properties[PROPERTY_DOTTED] = g_param_spec_boolean ("dotted", NULL, NULL, FALSE,
                                                      G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
rai_line_layer_init (RaiLineLayer *self) {
}

RaiChartLayer *
rai_line_layer_new (const char *title, RaiChartRole role, bool dotted) {
  return g_object_new (RAI_TYPE_LINE_LAYER, "title", title, "role", role, "dotted", dotted, NULL);
}

bool
rai_line_layer_get_dotted (RaiLineLayer *layer) {
  return layer->dotted;
}
