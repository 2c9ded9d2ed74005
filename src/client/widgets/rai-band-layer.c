/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/widgets/rai-band-layer.h"

#include <glib/gi18n.h>
#include <math.h>

typedef struct {
  int percent;
  RaiChartSeries *low, *high;
} Level;

struct _RaiBandLayer {
  RaiChartLayer parent_instance;
  GArray *levels;
  bool or_more;
};

G_DEFINE_TYPE (RaiBandLayer, rai_band_layer, RAI_TYPE_CHART_LAYER)

static void
clear_level (void *data) {
  Level *level = data;
  rai_chart_series_unref (level->low);
  rai_chart_series_unref (level->high);
}

static void
rai_band_layer_finalize (GObject *object) {
  g_array_unref (RAI_BAND_LAYER (object)->levels);
  G_OBJECT_CLASS (rai_band_layer_parent_class)->finalize (object);
}

static const Level *
get_level (RaiBandLayer *self, size_t i) {
  return &g_array_index (self->levels, Level, i);
}

/* Every level adds this much, so that they build up towards the middle. */
static double
level_alpha (const RaiChartPlot *plot) {
  return plot->palette->high_contrast ? 0.3 : plot->palette->dark ? 0.17 : 0.14;
}

/* One unbroken run of days, first..last. A lone day becomes a block as wide as the day. */
static void
add_run (const Level *level, cairo_t *cr, const RaiChartPlot *plot, RaiDay first, RaiDay last) {
  double half = first == last ? 0.5 : 0;
  for (RaiDay day = first; day <= last; day++) {
    double y = rai_chart_plot_y (plot, rai_chart_series_get (level->high, day));
    cairo_line_to (cr, rai_chart_plot_x (plot, day + 0.5 - half), y);
    if (half > 0)
      cairo_line_to (cr, rai_chart_plot_x (plot, day + 0.5 + half), y);
  }

  for (RaiDay day = last; day >= first; day--) {
    double y = rai_chart_plot_y (plot, rai_chart_series_get (level->low, day));
    cairo_line_to (cr, rai_chart_plot_x (plot, day + 0.5 + half), y);
    if (half > 0)
      cairo_line_to (cr, rai_chart_plot_x (plot, day + 0.5 - half), y);
  }

  cairo_close_path (cr);
}

static bool
has_day (const Level *level, RaiDay day) {
  return !isnan (rai_chart_series_get (level->low, day)) &&
         !isnan (rai_chart_series_get (level->high, day));
}

static void
draw_days (const Level *level, cairo_t *cr, const RaiChartPlot *plot) {
  RaiDay first = RAI_DAY_NONE, end = (RaiDay) ceil (plot->time->to) + 1;
  for (RaiDay day = (RaiDay) floor (plot->time->from) - 1; day <= end; day++) {
    bool has = day < end && has_day (level, day);
    if (has && first == RAI_DAY_NONE)
      first = day;
    if (has || first == RAI_DAY_NONE)
      continue;
    add_run (level, cr, plot, first, day - 1);
    first = RAI_DAY_NONE;
  }

  cairo_fill (cr);
}

static void
draw_columns (const Level *level, cairo_t *cr, const RaiChartPlot *plot) {
  size_t n = (size_t) MAX (1, floor (plot->width * plot->device_scale));
  g_autofree RaiChartColumn *lows = g_new (RaiChartColumn, n), *highs = g_new (RaiChartColumn, n);
  double step = plot->width / (double) n;

  rai_chart_series_columns (level->low, plot->time->from, plot->time->to, lows, n);
  rai_chart_series_columns (level->high, plot->time->from, plot->time->to, highs, n);
  for (size_t i = 0; i < n; i++) {
    if (isnan (lows[i].low) || isnan (highs[i].high))
      continue;
    double top = rai_chart_plot_y (plot, highs[i].high), at = (double) (plot->rtl ? n - 1 - i : i);
    cairo_rectangle (cr, plot->x + at * step, top, step,
                     rai_chart_plot_y (plot, lows[i].low) - top);
  }

  cairo_fill (cr);
}

static void
rai_band_layer_draw (RaiChartLayer *layer, cairo_t *cr, const RaiChartPlot *plot) {
  RaiBandLayer *self = RAI_BAND_LAYER (layer);
  GdkRGBA color =
      rai_chart_palette_fade (rai_chart_layer_color (layer, plot->palette), level_alpha (plot));

  for (size_t i = 0; i < self->levels->len; i++) {
    gdk_cairo_set_source_rgba (cr, &color);
    if (rai_chart_plot_day_width (plot) * plot->device_scale >= 1)
      draw_days (get_level (self, i), cr, plot);
    else
      draw_columns (get_level (self, i), cr, plot);
  }
}

static void
rai_band_layer_draw_key (RaiChartLayer *layer, cairo_t *cr, const RaiChartPlot *plot, double x,
                         double y) {
  RaiBandLayer *self = RAI_BAND_LAYER (layer);
  GdkRGBA color =
      rai_chart_palette_fade (rai_chart_layer_color (layer, plot->palette), level_alpha (plot));

  double n = (double) self->levels->len;
  gdk_cairo_set_source_rgba (cr, &color);
  for (size_t i = 0; i < self->levels->len; i++) {
    double inset = 4 * (double) i / MAX (n, 1);
    cairo_rectangle (cr, x, y + inset, 18, 10 - 2 * inset);
    cairo_fill (cr);
  }
}

static bool
rai_band_layer_extent (RaiChartLayer *layer, RaiDay *first, RaiDay *last) {
  RaiBandLayer *self = RAI_BAND_LAYER (layer);
  if (self->levels->len == 0 || rai_chart_series_length (get_level (self, 0)->low) == 0)
    return false;
  *first = rai_chart_series_first_day (get_level (self, 0)->low);
  *last = *first + (RaiDay) rai_chart_series_length (get_level (self, 0)->low) - 1;
  return true;
}

static bool
rai_band_layer_range (RaiChartLayer *layer, RaiDay first, RaiDay last, double *low, double *high) {
  RaiBandLayer *self = RAI_BAND_LAYER (layer);
  double ignored;
  if (self->levels->len == 0)
    return false;
  const Level *level = get_level (self, 0);
  return rai_chart_series_range (level->low, first, last, low, &ignored) &&
         rai_chart_series_range (level->high, first, last, &ignored, high);
}

static void
rai_band_layer_describe (RaiChartLayer *layer, RaiDay day, const RaiValueAxis *axis,
                         GArray *facts) {
  RaiBandLayer *self = RAI_BAND_LAYER (layer);
  for (size_t i = self->levels->len; i > 0; i--) {
    const Level *level = get_level (self, i - 1);
    if (!has_day (level, day))
      continue;
    g_autofree char *low = rai_value_axis_plain_text (axis, rai_chart_series_get (level->low, day));
    g_autofree char *high =
        rai_value_axis_value_text (axis, rai_chart_series_get (level->high, day));
    g_autofree char *name = g_strdup_printf (_ ("%d of 100 days"), level->percent);
    /* Translators: from the lowest to the highest value. */
    rai_chart_facts_add (facts, layer, name, g_strdup_printf (_ ("%s–%s"), low, high));
  }
}

static size_t
rai_band_layer_n_columns (RaiChartLayer *layer) {
  return 2 * RAI_BAND_LAYER (layer)->levels->len;
}

static RaiChartSeries *
rai_band_layer_column (RaiChartLayer *layer, size_t i, char **name) {
  const Level *level = get_level (RAI_BAND_LAYER (layer), i / 2);
  *name = g_strdup_printf (i % 2 ? _ ("%d of 100, high") : _ ("%d of 100, low"), level->percent);
  return i % 2 ? level->high : level->low;
}

static void
rai_band_layer_class_init (RaiBandLayerClass *class) {
  RaiChartLayerClass *layer_class = RAI_CHART_LAYER_CLASS (class);
  G_OBJECT_CLASS (class)->finalize = rai_band_layer_finalize;
  layer_class->draw = rai_band_layer_draw;
  layer_class->draw_key = rai_band_layer_draw_key;
  layer_class->extent = rai_band_layer_extent;
  layer_class->range = rai_band_layer_range;
  layer_class->describe = rai_band_layer_describe;
  layer_class->n_columns = rai_band_layer_n_columns;
  layer_class->column = rai_band_layer_column;
}

static void
rai_band_layer_init (RaiBandLayer *self) {
  self->levels = g_array_new (FALSE, FALSE, sizeof (Level));
  g_array_set_clear_func (self->levels, clear_level);
}

RaiChartLayer *
rai_band_layer_new (RaiChartRole role) {
  return g_object_new (RAI_TYPE_BAND_LAYER, "role", role, NULL);
}

void
rai_band_layer_clear (RaiBandLayer *layer) {
  g_array_set_size (layer->levels, 0);
  rai_chart_layer_changed (RAI_CHART_LAYER (layer));
}

void
rai_band_layer_add (RaiBandLayer *layer, int percent, RaiChartSeries *low, RaiChartSeries *high) {
  Level level = { percent, rai_chart_series_ref (low), rai_chart_series_ref (high) };
  g_array_append_val (layer->levels, level);
  rai_chart_layer_changed (RAI_CHART_LAYER (layer));
}

void
rai_band_layer_set_or_more (RaiBandLayer *layer, bool or_more) {
  layer->or_more = or_more;
  rai_chart_layer_changed (RAI_CHART_LAYER (layer));
}

bool
rai_band_layer_get_or_more (RaiBandLayer *layer) {
  return layer->or_more;
}

int
rai_band_layer_main_level (RaiBandLayer *layer) {
  int percent = 0;
  for (size_t i = 0; i < layer->levels->len; i++) {
    percent = get_level (layer, i)->percent;
    if (percent == 80)
      break;
  }
  return percent;
}
