/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/widgets/rai-marker-layer.h"

#include <glib/gi18n.h>
#include <math.h>

typedef struct {
  RaiMarkerKind kind;
  RaiDay first, last;
  char *text;
} Mark;

struct _RaiMarkerLayer {
  RaiChartLayer parent_instance;
  GArray *marks;
};

G_DEFINE_TYPE (RaiMarkerLayer, rai_marker_layer, RAI_TYPE_CHART_LAYER)

static const struct {
  const char *title;
  RaiChartRole role;
} kinds[RAI_N_MARKERS] = {
  [RAI_MARKER_PROMOTION] = { N_ ("Promotion"), RAI_CHART_ROLE_SERIES_4 },
  [RAI_MARKER_HOLIDAY] = { N_ ("Holiday"), RAI_CHART_ROLE_ATTENTION },
  [RAI_MARKER_EVENT] = { N_ ("Event"), RAI_CHART_ROLE_GAIN },
  [RAI_MARKER_CLOSED] = { N_ ("Closed"), RAI_CHART_ROLE_COMPARISON },
  [RAI_MARKER_OVERRIDE] = { N_ ("Changed by hand"), RAI_CHART_ROLE_FORECAST },
};

static void
clear_mark (void *data) {
  g_free (((Mark *) data)->text);
}

static void
rai_marker_layer_finalize (GObject *object) {
  g_array_unref (RAI_MARKER_LAYER (object)->marks);
  G_OBJECT_CLASS (rai_marker_layer_parent_class)->finalize (object);
}

const char *
rai_marker_kind_title (RaiMarkerKind kind) {
  return _ (kinds[kind].title);
}

/* A mark around the point x, y (its middle), spanning width for kinds that are bars. */
static void
draw_mark (RaiMarkerKind kind, cairo_t *cr, double x, double y, double width) {
  double half = MAX (width, 3) / 2;
  switch (kind) {
    case RAI_MARKER_PROMOTION:
      cairo_rectangle (cr, x - half, y - 2, 2 * half, 4);
      cairo_fill (cr);
      break;
    case RAI_MARKER_OVERRIDE:
      cairo_rectangle (cr, x - half, y + 2, 2 * half, 2);
      cairo_rectangle (cr, x - half, y - 3, 2, 5);
      cairo_rectangle (cr, x + half - 2, y - 3, 2, 5);
      cairo_fill (cr);
      break;
    case RAI_MARKER_HOLIDAY:
      cairo_move_to (cr, x, y - 5);
      cairo_line_to (cr, x + 4.5, y);
      cairo_line_to (cr, x, y + 5);
      cairo_line_to (cr, x - 4.5, y);
      cairo_close_path (cr);
      cairo_fill (cr);
      break;
    case RAI_MARKER_EVENT:
      cairo_rectangle (cr, x - 3, y - 5, 1.5, 10);
      cairo_move_to (cr, x - 1.5, y - 5);
      cairo_line_to (cr, x + 5, y - 2);
      cairo_line_to (cr, x - 1.5, y + 1);
      cairo_close_path (cr);
      cairo_fill (cr);
      break;
    case RAI_MARKER_CLOSED:
      cairo_set_line_width (cr, 1.5);
      cairo_move_to (cr, x - 3, y - 3);
      cairo_line_to (cr, x + 3, y + 3);
      cairo_move_to (cr, x + 3, y - 3);
      cairo_line_to (cr, x - 3, y + 3);
      cairo_stroke (cr);
      break;
    default:
      break;
  }
}

static void
rai_marker_layer_draw (RaiChartLayer *layer, cairo_t *cr, const RaiChartPlot *plot) {
  RaiMarkerLayer *self = RAI_MARKER_LAYER (layer);
  double middle = plot->strip_y + plot->strip_height / 2, x, width;

  /* Bars first, so that points stand on them. */
  for (int bars = 1; bars >= 0; bars--) {
    for (size_t i = 0; i < self->marks->len; i++) {
      const Mark *mark = &g_array_index (self->marks, Mark, i);
      bool is_bar = mark->kind == RAI_MARKER_PROMOTION || mark->kind == RAI_MARKER_OVERRIDE;
      if (is_bar != bars || !rai_chart_plot_span (plot, mark->first, mark->last, &x, &width))
        continue;
      gdk_cairo_set_source_rgba (cr, &plot->palette->roles[kinds[mark->kind].role]);
      draw_mark (mark->kind, cr, x + width / 2, middle, MAX (width - 2, 2));
    }
  }
}

void
rai_marker_kind_draw_key (RaiMarkerKind kind, cairo_t *cr, const RaiChartPlot *plot, double x,
                          double y) {
  gdk_cairo_set_source_rgba (cr, &plot->palette->roles[kinds[kind].role]);
  draw_mark (kind, cr, x + 9, y + 5, 16);
}

static bool
rai_marker_layer_extent (RaiChartLayer *layer, RaiDay *first, RaiDay *last) {
  return false;
}

static void
rai_marker_layer_describe (RaiChartLayer *layer, RaiDay day, const RaiValueAxis *axis,
                           GArray *facts) {
  RaiMarkerLayer *self = RAI_MARKER_LAYER (layer);
  for (size_t i = 0; i < self->marks->len; i++) {
    const Mark *mark = &g_array_index (self->marks, Mark, i);
    const char *title = rai_marker_kind_title (mark->kind);
    if (mark->first <= day && day <= mark->last)
      rai_chart_facts_add (facts, layer, title,
                           g_strdup (g_strcmp0 (mark->text, title) == 0 ? "" : mark->text));
  }
}

static void
rai_marker_layer_class_init (RaiMarkerLayerClass *class) {
  RaiChartLayerClass *layer_class = RAI_CHART_LAYER_CLASS (class);
  G_OBJECT_CLASS (class)->finalize = rai_marker_layer_finalize;
  layer_class->draw = rai_marker_layer_draw;
  layer_class->extent = rai_marker_layer_extent;
  layer_class->describe = rai_marker_layer_describe;
}

static void
rai_marker_layer_init (RaiMarkerLayer *self) {
  self->marks = g_array_new (FALSE, FALSE, sizeof (Mark));
  g_array_set_clear_func (self->marks, clear_mark);
}

RaiChartLayer *
rai_marker_layer_new (void) {
  return g_object_new (RAI_TYPE_MARKER_LAYER, NULL);
}

void
rai_marker_layer_clear (RaiMarkerLayer *layer) {
  g_array_set_size (layer->marks, 0);
  rai_chart_layer_changed (RAI_CHART_LAYER (layer));
}

void
rai_marker_layer_add (RaiMarkerLayer *layer, RaiMarkerKind kind, RaiDay first, RaiDay last,
                      const char *text) {
  Mark mark = { kind, first, last, g_strdup (text != NULL ? text : "") };
  g_array_append_val (layer->marks, mark);
  rai_chart_layer_changed (RAI_CHART_LAYER (layer));
}

bool
rai_marker_layer_shows (RaiMarkerLayer *layer, RaiMarkerKind kind, RaiDay first, RaiDay last) {
  for (size_t i = 0; i < layer->marks->len; i++) {
    const Mark *mark = &g_array_index (layer->marks, Mark, i);
    if (mark->kind == kind && mark->first <= last && mark->last >= first)
      return true;
  }
  return false;
}
