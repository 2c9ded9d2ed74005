/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/widgets/rai-chart-scene.h"

#include "client/widgets/rai-bar-layer.h"
#include "client/widgets/rai-chart-legend.h"
#include "client/widgets/rai-chart-text.h"
#include "client/widgets/rai-marker-layer.h"

#include <glib/gi18n.h>
#include <math.h>

#define STRIP_HEIGHT 16
#define LABEL_GAP 8

RaiChartScene *
rai_chart_scene_new (void) {
  RaiChartScene *scene = g_new0 (RaiChartScene, 1);
  scene->layers = g_ptr_array_new_with_free_func (g_object_unref);
  scene->time = (RaiTimeAxis){ 0, 1 };
  scene->today = RAI_DAY_NONE;
  scene->held = NAN;
  return scene;
}

void
rai_chart_scene_free (RaiChartScene *scene) {
  g_ptr_array_unref (scene->layers);
  g_free (scene->symbol);
  g_free (scene->empty);
  g_free (scene);
}

static RaiChartLayer *
layer_at (const RaiChartScene *scene, size_t i) {
  return scene->layers->pdata[i];
}

bool
rai_chart_scene_extent (const RaiChartScene *scene, RaiDay *first, RaiDay *last) {
  bool any = false;
  for (size_t i = 0; i < scene->layers->len; i++) {
    RaiDay from, to;
    RaiChartLayer *layer = layer_at (scene, i);
    if (!rai_chart_layer_get_visible (layer) ||
        !RAI_CHART_LAYER_GET_CLASS (layer)->extent (layer, &from, &to))
      continue;
    *first = any ? MIN (*first, from) : from;
    *last = any ? MAX (*last, to) : to;
    any = true;
  }

  return any;
}

static RaiDay
first_day (const RaiChartScene *scene) {
  return (RaiDay) floor (scene->time.from);
}

static RaiDay
last_day (const RaiChartScene *scene) {
  return (RaiDay) ceil (scene->time.to) - 1;
}

static void
fit_values (const RaiChartScene *scene, RaiValueAxis *axis, int max_steps) {
  double low = INFINITY, high = -INFINITY;
  bool zero = scene->zero;
  for (size_t i = 0; i < scene->layers->len; i++) {
    RaiChartLayer *layer = layer_at (scene, i);
    RaiChartLayerClass *class = RAI_CHART_LAYER_GET_CLASS (layer);
    double a, b;
    if (!rai_chart_layer_get_visible (layer) || class->range == NULL ||
        !class->range (layer, first_day (scene), last_day (scene), &a, &b))
      continue;
    low = MIN (low, a);
    high = MAX (high, b);
    zero |= RAI_IS_BAR_LAYER (layer);
  }

  if (!isnan (scene->held)) {
    low = MIN (low, scene->held);
    high = MAX (high, scene->held);
  }

  rai_value_axis_init (axis, scene->unit, scene->symbol);
  rai_value_axis_fit (axis, low, high, zero, max_steps);
}

static bool
shows_marks (const RaiChartScene *scene) {
  for (size_t i = 0; i < scene->layers->len; i++)
    for (int kind = 0; RAI_IS_MARKER_LAYER (layer_at (scene, i)) && kind < RAI_N_MARKERS; kind++)
      if (rai_marker_layer_shows (RAI_MARKER_LAYER (layer_at (scene, i)), (RaiMarkerKind) kind,
                                  first_day (scene), last_day (scene)))
        return true;
  return false;
}

static double
widest_value_label (const RaiValueAxis *axis, PangoContext *pango) {
  double widest = 0;
  for (double value = axis->low; value <= axis->high + axis->step / 2; value += axis->step) {
    g_autofree char *text = rai_value_axis_tick_text (axis, value);
    widest = MAX (widest, rai_chart_text_width (pango, text));
  }
  return widest;
}

void
rai_chart_scene_layout (const RaiChartScene *scene, const RaiChartCanvas *canvas,
                        RaiChartLayout *layout) {
  double text = rai_chart_text_height (canvas->pango);
  double strip = shows_marks (scene) ? STRIP_HEIGHT : 0,
         top = rai_chart_legend_height (scene, canvas) + 1.5 * text + 4;
  double height = MAX (8, canvas->height - top - strip - 2 * text - 8);
  RaiChartPlot *plot = &layout->plot;

  fit_values (scene, &layout->value, (int) CLAMP (height / (text * 2.6), 1, 6));
  double before = MAX (widest_value_label (&layout->value, canvas->pango),
                       rai_chart_text_width (canvas->pango, layout->value.symbol)) +
                  LABEL_GAP;
  double after = MAX (rai_chart_legend_margin (scene, canvas), 4);

  *plot = (RaiChartPlot){
    .time = &scene->time,
    .value = &layout->value,
    .palette = canvas->palette,
    .pango = canvas->pango,
    .x = canvas->rtl ? after : before,
    .y = top,
    .width = MAX (8, canvas->width - before - after),
    .height = height,
    .strip_y = top + height + 2,
    .strip_height = strip,
    .device_scale = canvas->device_scale > 0 ? canvas->device_scale : 1,
    .rtl = canvas->rtl,
  };
}

/* A line of one device pixel, on the pixel. */
static void
draw_rule (cairo_t *cr, const RaiChartPlot *plot, const GdkRGBA *color, double value) {
  double pixel = 1 / plot->device_scale;
  double y = floor (rai_chart_plot_y (plot, value) * plot->device_scale) / plot->device_scale;
  gdk_cairo_set_source_rgba (cr, color);
  cairo_rectangle (cr, plot->x, y, plot->width, pixel);
  cairo_fill (cr);
}

static void
draw_values (const RaiChartPlot *plot, cairo_t *cr) {
  const RaiValueAxis *axis = plot->value;
  double text = rai_chart_text_height (plot->pango);
  double x = plot->rtl ? plot->x + plot->width + LABEL_GAP : plot->x - LABEL_GAP;

  for (int i = 0; axis->low + i * axis->step <= axis->high + axis->step / 2; i++) {
    double value = axis->low + i * axis->step;
    bool is_zero = fabs (value) < axis->step / 2;
    g_autofree char *label = rai_value_axis_tick_text (axis, is_zero ? 0 : value);
    GdkRGBA base = rai_chart_palette_fade (&plot->palette->dim, 0.5);
    draw_rule (cr, plot, is_zero ? &base : &plot->palette->grid, value);
    rai_chart_text_draw (cr, plot->pango, label, &plot->palette->dim, x,
                         rai_chart_plot_y (plot, value) - text / 2, plot->rtl ? 0 : 1);
  }

  if (axis->symbol[0])
    rai_chart_text_draw (cr, plot->pango, axis->symbol, &plot->palette->dim, x,
                         plot->y - text * 1.5 - 2, plot->rtl ? 0 : 1);
}

/* How far text around x would reach out of the plot. */
static double
overhang (const RaiChartPlot *plot, const char *label, double x) {
  double half = rai_chart_text_width (plot->pango, label) / 2;
  return MAX (plot->x - (x - half), (x + half) - (plot->x + plot->width));
}

/* Text around x, moved to stand within the plot. */
static void
draw_time_label (const RaiChartPlot *plot, cairo_t *cr, const char *label, double x, double y) {
  double half = rai_chart_text_width (plot->pango, label) / 2;
  x = CLAMP (x, plot->x + half, MAX (plot->x + half, plot->x + plot->width - half));
  rai_chart_text_draw (cr, plot->pango, label, &plot->palette->dim, x, y, 0.5);
}

/* Room up to the next label of the second line after i. */
static double
context_room (const RaiChartPlot *plot, GArray *ticks, size_t i) {
  double x = rai_chart_plot_x (plot, g_array_index (ticks, RaiTimeTick, i).at);
  for (size_t j = i + 1; j < ticks->len; j++) {
    const RaiTimeTick *next = &g_array_index (ticks, RaiTimeTick, j);
    if (next->context != NULL)
      return fabs (rai_chart_plot_x (plot, next->at) - x);
  }
  return INFINITY;
}

static void
draw_times (const RaiChartPlot *plot, cairo_t *cr) {
  double text = rai_chart_text_height (plot->pango), y = plot->strip_y + plot->strip_height + 3;
  g_autofree char *sample = rai_time_axis_day_text (20720, "%a %d");
  double label_width = rai_chart_text_width (plot->pango, sample);

  g_autoptr (GArray) ticks = rai_time_axis_ticks (plot->time, plot->width, label_width);
  const char *carried = NULL; /* the second line of a label that had no room at the edge */
  for (size_t i = 0; i < ticks->len; i++) {
    const RaiTimeTick *tick = &g_array_index (ticks, RaiTimeTick, i);
    double x = rai_chart_plot_x (plot, tick->at);
    const char *context = tick->context != NULL ? tick->context : carried;
    if (overhang (plot, tick->label, x) > LABEL_GAP && ticks->len > 1) {
      carried = context;
      continue;
    }
    draw_time_label (plot, cr, tick->label, x, y);
    carried = NULL;
    /* Where the year changes soon after the beginning there is no room for both. */
    if (context != NULL &&
        context_room (plot, ticks, i) > rai_chart_text_width (plot->pango, context) + LABEL_GAP)
      draw_time_label (plot, cr, context, x, y + text);
  }
}

static void
draw_today (const RaiChartScene *scene, const RaiChartPlot *plot, cairo_t *cr) {
  double text = rai_chart_text_height (plot->pango);
  static const double dashes[] = { 2, 3 };
  if (scene->today == RAI_DAY_NONE || scene->today <= scene->time.from ||
      scene->today >= scene->time.to)
    return;

  double x = round (rai_chart_plot_x (plot, scene->today)) + 0.5;
  const char *label = _ ("Today");
  double width = rai_chart_text_width (plot->pango, label);

  gdk_cairo_set_source_rgba (cr, &plot->palette->dim);
  cairo_set_line_width (cr, 1);
  cairo_set_dash (cr, dashes, G_N_ELEMENTS (dashes), 0);
  cairo_move_to (cr, x, plot->y - 3);
  cairo_line_to (cr, x, plot->y + plot->height);
  cairo_stroke (cr);
  cairo_set_dash (cr, NULL, 0, 0);

  double label_x =
      CLAMP (x, plot->x + width / 2, MAX (plot->x + width / 2, plot->x + plot->width - width / 2));
  rai_chart_text_draw (cr, plot->pango, label, &plot->palette->dim, label_x, plot->y - text - 4,
                       0.5);
}

void
rai_chart_scene_draw (const RaiChartScene *scene, const RaiChartCanvas *canvas,
                      const RaiChartLayout *layout, cairo_t *cr) {
  const RaiChartPlot *plot = &layout->plot;
  RaiDay first, last;
  if (!rai_chart_scene_extent (scene, &first, &last)) {
    rai_chart_text_draw (cr, canvas->pango,
                         scene->empty != NULL ? scene->empty : _ ("No figures yet"),
                         &canvas->palette->dim, canvas->width / 2,
                         canvas->height / 2 - rai_chart_text_height (canvas->pango), 0.5);
    return;
  }

  rai_chart_legend_draw (scene, canvas, plot, cr);
  draw_values (plot, cr);
  draw_times (plot, cr);

  for (size_t i = 0; i < scene->layers->len; i++) {
    RaiChartLayer *layer = layer_at (scene, i);
    bool is_below = RAI_IS_MARKER_LAYER (layer);
    if (!rai_chart_layer_get_visible (layer))
      continue;
    cairo_save (cr);
    if (!is_below) {
      cairo_rectangle (cr, plot->x, plot->y - 2, plot->width, plot->height + 4);
      cairo_clip (cr);
    }
    RAI_CHART_LAYER_GET_CLASS (layer)->draw (layer, cr, plot);
    cairo_restore (cr);
  }

  draw_today (scene, plot, cr);
  rai_chart_legend_draw_names (scene, canvas, plot, cr);
}

/* Sums of lines and bars; bands do not add up, and marks say nothing about several days. */
static void
describe_range (RaiChartLayer *layer, RaiChartDays days, const RaiValueAxis *axis, GArray *facts) {
  RaiChartLayerClass *class = RAI_CHART_LAYER_GET_CLASS (layer);
  size_t n_days;
  if (class->range == NULL || class->n_columns == NULL || class->n_columns (layer) != 1)
    return;

  g_autofree char *name = NULL;
  RaiChartSeries *series = class->column (layer, 0, &name);
  double sum = rai_chart_series_sum (series, days.from, days.to, &n_days);

  if (n_days > 0)
    rai_chart_facts_add (facts, layer, name,
                         rai_value_axis_value_text (axis, axis->unit == RAI_CHART_UNIT_PERCENT
                                                              ? sum / (double) n_days
                                                              : sum));
}

GArray *
rai_chart_scene_describe (const RaiChartScene *scene, RaiChartDays days) {
  GArray *facts = rai_chart_facts_new ();
  RaiValueAxis axis;
  fit_values (scene, &axis, 6);

  for (size_t i = 0; i < scene->layers->len; i++) {
    RaiChartLayer *layer = layer_at (scene, i);
    if (!rai_chart_layer_get_visible (layer))
      continue;
    if (days.from == days.to)
      RAI_CHART_LAYER_GET_CLASS (layer)->describe (layer, days.from, &axis, facts);
    else
      describe_range (layer, days, &axis, facts);
  }

  return facts;
}

char *
rai_chart_scene_days_text (RaiChartDays days) {
  if (days.from == days.to)
    /* Translators: strftime pattern of a day, like "Monday 23 November 2026". */
    return rai_time_axis_day_text (days.from, _ ("%A %-d %B %Y"));

  g_autofree char *from = rai_time_axis_day_text (days.from, _ ("%-d %b"));
  /* Translators: strftime pattern of a day, like "23 Nov 2026". */
  g_autofree char *to = rai_time_axis_day_text (days.to, _ ("%-d %b %Y"));
  int n = days.to - days.from + 1;

  return g_strdup_printf (ngettext ("%s – %s, %d day", "%s – %s, %d days", (unsigned long) n), from,
                          to, n);
}

char *
rai_chart_scene_speak (const RaiChartScene *scene, RaiChartDays days) {
  g_autoptr (GArray) facts = rai_chart_scene_describe (scene, days);
  g_autofree char *name = rai_chart_scene_days_text (days);
  GString *sentence = g_string_new (name);

  for (size_t i = 0; i < facts->len; i++) {
    const RaiChartFact *fact = &g_array_index (facts, RaiChartFact, i);
    g_string_append_printf (sentence, fact->text[0] ? ". %s: %s" : ". %s%s",
                            fact->name != NULL ? fact->name : "", fact->text);
  }

  if (facts->len == 0)
    g_string_append_printf (sentence, ". %s", _ ("No figures"));
  return g_string_free (sentence, FALSE);
}
