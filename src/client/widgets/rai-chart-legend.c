/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/widgets/rai-chart-legend.h"

#include "client/widgets/rai-band-layer.h"
#include "client/widgets/rai-chart-text.h"
#include "client/widgets/rai-hatch-layer.h"
#include "client/widgets/rai-line-layer.h"
#include "client/widgets/rai-marker-layer.h"

#include <glib/gi18n.h>
#include <math.h>

#define MAX_NAMED_LINES 3
#define KEY_WIDTH 18
#define KEY_HEIGHT 10
#define KEY_GAP 6
#define ENTRY_GAP 16

typedef struct {
  RaiChartLayer *layer;
  int marker; /* a RaiMarkerKind, or -1 */
  char *text;
} Entry;

static void
clear_entry (void *data) {
  g_free (((Entry *) data)->text);
}

static RaiDay
first_day (const RaiChartScene *scene) {
  return (RaiDay) floor (scene->time.from);
}

static RaiDay
last_day (const RaiChartScene *scene) {
  return (RaiDay) ceil (scene->time.to) - 1;
}

static bool
shows_values (const RaiChartScene *scene, RaiChartLayer *layer) {
  double low, high;
  RaiChartLayerClass *class = RAI_CHART_LAYER_GET_CLASS (layer);
  return class->range != NULL &&
         class->range (layer, first_day (scene), last_day (scene), &low, &high);
}

static bool
is_named (RaiChartLayer *layer) {
  const char *title = rai_chart_layer_get_title (layer);
  return title != NULL && *title && rai_chart_layer_get_visible (layer);
}

/* Whether lines carry their names. */
static bool
names_lines (const RaiChartScene *scene, const RaiChartCanvas *canvas) {
  unsigned n = 0;
  for (size_t i = 0; i < scene->layers->len; i++) {
    RaiChartLayer *layer = scene->layers->pdata[i];
    n += RAI_IS_LINE_LAYER (layer) && is_named (layer);
  }
  return !scene->unnamed && n <= MAX_NAMED_LINES &&
         canvas->width > rai_chart_text_height (canvas->pango) * 32;
}

/* The series of a line that carries its name; else NULL. Dotted lines run beside solid ones: the
 * legend names them. */
static RaiChartSeries *
direct_series (const RaiChartScene *scene, RaiChartLayer *layer) {
  if (!RAI_IS_LINE_LAYER (layer) || !is_named (layer) ||
      rai_line_layer_get_dotted (RAI_LINE_LAYER (layer)))
    return NULL;
  return shows_values (scene, layer) ? rai_series_layer_get_series (RAI_SERIES_LAYER (layer))
                                     : NULL;
}

static void
add_entry (GArray *entries, RaiChartLayer *layer, int marker, char *text) {
  Entry entry = { layer, marker, text };
  g_array_append_val (entries, entry);
}

static void
add_layer_entries (const RaiChartScene *scene, RaiChartLayer *layer, bool direct, GArray *entries) {
  RaiDay first = first_day (scene), last = last_day (scene);
  if (RAI_IS_MARKER_LAYER (layer)) {
    for (int kind = 0; kind < RAI_N_MARKERS; kind++)
      if (rai_marker_layer_shows (RAI_MARKER_LAYER (layer), (RaiMarkerKind) kind, first, last))
        add_entry (entries, layer, kind, g_strdup (rai_marker_kind_title ((RaiMarkerKind) kind)));
  } else if (RAI_IS_BAND_LAYER (layer)) {
    int percent = rai_band_layer_main_level (RAI_BAND_LAYER (layer));
    if (percent > 0 && shows_values (scene, layer))
      add_entry (entries, layer, -1,
                 g_strdup_printf (rai_band_layer_get_or_more (RAI_BAND_LAYER (layer))
                                      ? _ ("%d of 100 days or more fall inside")
                                      : _ ("%d of 100 days fall inside"),
                                  percent));
  } else if (RAI_IS_HATCH_LAYER (layer)) {
    if (is_named (layer) && rai_hatch_layer_shows (RAI_HATCH_LAYER (layer), first, last))
      add_entry (entries, layer, -1, g_strdup (rai_chart_layer_get_title (layer)));
  } else if (is_named (layer) && shows_values (scene, layer) &&
             !(direct && direct_series (scene, layer) != NULL)) {
    add_entry (entries, layer, -1, g_strdup (rai_chart_layer_get_title (layer)));
  }
}

static GArray *
collect (const RaiChartScene *scene, const RaiChartCanvas *canvas) {
  GArray *entries = g_array_new (FALSE, FALSE, sizeof (Entry));
  bool direct = names_lines (scene, canvas);
  g_array_set_clear_func (entries, clear_entry);

  for (size_t i = 0; i < scene->layers->len && !scene->unnamed; i++) {
    RaiChartLayer *layer = scene->layers->pdata[i];
    if (rai_chart_layer_get_visible (layer))
      add_layer_entries (scene, layer, direct, entries);
  }

  return entries;
}

static double
row_height (const RaiChartCanvas *canvas) {
  return rai_chart_text_height (canvas->pango) + 4;
}

/* Walks the entries in rows; draws them when cr is given. Returns the height. */
static double
walk (const RaiChartScene *scene, const RaiChartCanvas *canvas, const RaiChartPlot *plot,
      cairo_t *cr) {
  g_autoptr (GArray) entries = collect (scene, canvas);
  double x = 0, y = 0, height = row_height (canvas);
  for (size_t i = 0; i < entries->len; i++) {
    const Entry *entry = &g_array_index (entries, Entry, i);
    double text_width = rai_chart_text_width (canvas->pango, entry->text),
           width = KEY_WIDTH + KEY_GAP + text_width;
    if (x > 0 && x + width > canvas->width) {
      x = 0;
      y += height;
    }
    double left = canvas->rtl ? canvas->width - x - width : x;
    double key = canvas->rtl ? left + text_width + KEY_GAP : left,
           key_y = y + (height - 4 - KEY_HEIGHT) / 2;
    if (cr != NULL && entry->marker >= 0)
      rai_marker_kind_draw_key ((RaiMarkerKind) entry->marker, cr, plot, key, key_y);
    else if (cr != NULL)
      RAI_CHART_LAYER_GET_CLASS (entry->layer)->draw_key (entry->layer, cr, plot, key, key_y);
    if (cr != NULL)
      rai_chart_text_draw (cr, canvas->pango, entry->text, &canvas->palette->dim,
                           canvas->rtl ? left : left + KEY_WIDTH + KEY_GAP, y, 0);
    x += width + ENTRY_GAP;
  }

  return entries->len > 0 ? y + height + 4 : 0;
}

double
rai_chart_legend_height (const RaiChartScene *scene, const RaiChartCanvas *canvas) {
  return walk (scene, canvas, NULL, NULL);
}

void
rai_chart_legend_draw (const RaiChartScene *scene, const RaiChartCanvas *canvas,
                       const RaiChartPlot *plot, cairo_t *cr) {
  walk (scene, canvas, plot, cr);
}

/* A line that runs to the end of time is named behind its end, others above theirs. */
static bool
runs_to_end (const RaiChartScene *scene, RaiChartSeries *series, RaiDay *end) {
  *end = rai_chart_series_last (series, first_day (scene), last_day (scene));
  return *end != RAI_DAY_NONE &&
         (double) *end + 2 + (scene->time.to - scene->time.from) * 0.02 >= scene->time.to;
}

double
rai_chart_legend_margin (const RaiChartScene *scene, const RaiChartCanvas *canvas) {
  double margin = 0;
  RaiDay end;
  if (!names_lines (scene, canvas))
    return 0;
  for (size_t i = 0; i < scene->layers->len; i++) {
    RaiChartLayer *layer = scene->layers->pdata[i];
    RaiChartSeries *series = direct_series (scene, layer);
    if (series != NULL && runs_to_end (scene, series, &end))
      margin =
          MAX (margin,
               rai_chart_text_width (canvas->pango, rai_chart_layer_get_title (layer)) + KEY_GAP);
  }

  return MIN (margin, canvas->width * 0.3);
}

/* Above the highest point under the name, so that the line does not run through it. */
static double
name_y (const RaiChartPlot *plot, RaiChartSeries *series, RaiDay end, double width, double height) {
  RaiDay span = (RaiDay) ceil (width / rai_chart_plot_day_width (plot));
  double low, high;
  rai_chart_series_range (series, end - span, end, &low, &high);
  return MAX (plot->y, rai_chart_plot_y (plot, high) - height - 3);
}

void
rai_chart_legend_draw_names (const RaiChartScene *scene, const RaiChartCanvas *canvas,
                             const RaiChartPlot *plot, cairo_t *cr) {
  double height = rai_chart_text_height (canvas->pango), taken[MAX_NAMED_LINES + 1];
  size_t n_taken = 0;
  if (!names_lines (scene, canvas))
    return;
  for (size_t i = 0; i < scene->layers->len; i++) {
    RaiChartLayer *layer = scene->layers->pdata[i];
    RaiChartSeries *series = direct_series (scene, layer);
    const GdkRGBA *color = rai_chart_layer_color (layer, canvas->palette);
    RaiDay end;
    if (series == NULL)
      continue;
    const char *title = rai_chart_layer_get_title (layer);
    bool behind = runs_to_end (scene, series, &end);
    if (!behind) {
      double x = rai_chart_plot_x (plot, end + 0.5);
      double y = name_y (plot, series, end, rai_chart_text_width (canvas->pango, title), height);
      rai_chart_text_draw_on (cr, canvas->pango, title, color, &canvas->palette->surface, x, y,
                              canvas->rtl ? 0 : 1);
      continue;
    }
    double y = rai_chart_plot_y (plot, rai_chart_series_get (series, end)) - height / 2;
    for (size_t j = 0; j < n_taken; j++)
      if (fabs (taken[j] - y) < height)
        y = taken[j] + height;
    if (n_taken < G_N_ELEMENTS (taken))
      taken[n_taken++] = y;
    double x = canvas->rtl ? plot->x - KEY_GAP : plot->x + plot->width + KEY_GAP;
    rai_chart_text_draw (cr, canvas->pango, title, color, x, y, canvas->rtl ? 1 : 0);
  }
}
