/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/widgets/rai-waterfall.h"

#include "client/model/rai-format.h"
#include "client/widgets/rai-chart-text.h"

#include <adwaita.h>
#include <math.h>

#define ROW_GAP 10
#define BAR_HEIGHT 10
#define MIN_BAR 60

typedef struct {
  char *name;
  char *text;
  double from, to;
} Row;

struct _RaiWaterfall {
  GtkWidget parent_instance;
  GArray *rows; /* the last is the sum */
  double total;
};

G_DEFINE_FINAL_TYPE (RaiWaterfall, rai_waterfall, GTK_TYPE_WIDGET)

static void
clear_row (void *data) {
  Row *row = data;
  g_free (row->name);
  g_free (row->text);
}

static void
rai_waterfall_finalize (GObject *object) {
  g_array_unref (RAI_WATERFALL (object)->rows);
  G_OBJECT_CLASS (rai_waterfall_parent_class)->finalize (object);
}

/* A name and its number above, the bar below: that reads at any width and in any language. */
static double
row_height (PangoContext *pango) {
  return rai_chart_text_height (pango) + 4 + BAR_HEIGHT + ROW_GAP;
}

static void
get_range (RaiWaterfall *self, double *low, double *high) {
  *low = *high = 0;
  for (size_t i = 0; i < self->rows->len; i++) {
    const Row *row = &g_array_index (self->rows, Row, i);
    *low = MIN (*low, MIN (row->from, row->to));
    *high = MAX (*high, MAX (row->from, row->to));
  }
  if (*high <= *low)
    *high = *low + 1;
}

static void
draw_row (const Row *row, bool is_sum, cairo_t *cr, PangoContext *pango,
          const RaiChartPalette *palette, double y, double width, double low, double high,
          bool rtl) {
  double bar_y = y + rai_chart_text_height (pango) + 4;
  double a = (row->from - low) / (high - low) * width, b = (row->to - low) / (high - low) * width;
  double left = MIN (a, b), length = MAX (fabs (b - a), 1);
  const GdkRGBA *color = &palette->roles[is_sum                 ? RAI_CHART_ROLE_FORECAST
                                         : row->to >= row->from ? RAI_CHART_ROLE_COMPARISON
                                                                : RAI_CHART_ROLE_ATTENTION];
  double room = width - rai_chart_text_width (pango, row->text) - 12;

  rai_chart_text_draw_within (cr, pango, row->name, is_sum ? &palette->ink : &palette->dim,
                              rtl ? width : 0, y, rtl ? 1 : 0, room);
  rai_chart_text_draw (cr, pango, row->text, &palette->ink, rtl ? 0 : width, y, rtl ? 0 : 1);
  gdk_cairo_set_source_rgba (cr, &palette->grid);
  cairo_rectangle (cr, 0, bar_y + BAR_HEIGHT / 2.0 - 0.5, width, 1);
  cairo_fill (cr);
  gdk_cairo_set_source_rgba (cr, color);
  cairo_rectangle (cr, rtl ? width - left - length : left, bar_y, length, BAR_HEIGHT);
  cairo_fill (cr);
}

static void
rai_waterfall_snapshot (GtkWidget *widget, GtkSnapshot *snapshot) {
  RaiWaterfall *self = RAI_WATERFALL (widget);
  AdwStyleManager *style = adw_style_manager_get_default ();
  const RaiChartPalette *palette = rai_chart_palette_get (
      adw_style_manager_get_dark (style), adw_style_manager_get_high_contrast (style));
  PangoContext *pango = gtk_widget_get_pango_context (widget);
  double width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget), low, high;
  bool rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;

  if (self->rows->len == 0)
    return;
  get_range (self, &low, &high);

  cairo_t *cr = gtk_snapshot_append_cairo (
      snapshot, &GRAPHENE_RECT_INIT (0, 0, (float) width, (float) height));
  for (size_t i = 0; i < self->rows->len; i++)
    draw_row (&g_array_index (self->rows, Row, i), i + 1 == self->rows->len, cr, pango, palette,
              (double) i * row_height (pango), width, low, high, rtl);

  cairo_destroy (cr);
}

static void
rai_waterfall_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                       int *natural, int *minimum_baseline, int *natural_baseline) {
  RaiWaterfall *self = RAI_WATERFALL (widget);
  PangoContext *pango = gtk_widget_get_pango_context (widget);
  double widest = MIN_BAR;

  if (orientation == GTK_ORIENTATION_VERTICAL) {
    *minimum = *natural = (int) ceil (row_height (pango) * (double) self->rows->len);
    return;
  }

  for (size_t i = 0; i < self->rows->len; i++) {
    const Row *row = &g_array_index (self->rows, Row, i);
    widest = MAX (widest, rai_chart_text_width (pango, row->text) * 2);
  }

  *minimum = *natural = (int) ceil (widest);
}

static void
rai_waterfall_class_init (RaiWaterfallClass *class) {
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);
  G_OBJECT_CLASS (class)->finalize = rai_waterfall_finalize;
  widget_class->snapshot = rai_waterfall_snapshot;
  widget_class->measure = rai_waterfall_measure;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
rai_waterfall_init (RaiWaterfall *self) {
  AdwStyleManager *style = adw_style_manager_get_default ();
  self->rows = g_array_new (FALSE, FALSE, sizeof (Row));
  g_array_set_clear_func (self->rows, clear_row);
  g_signal_connect_object (style, "notify::dark", G_CALLBACK (gtk_widget_queue_draw), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (style, "notify::high-contrast", G_CALLBACK (gtk_widget_queue_draw), self,
                           G_CONNECT_SWAPPED);
}

GtkWidget *
rai_waterfall_new (void) {
  return g_object_new (RAI_TYPE_WATERFALL, NULL);
}

/* What the sum is rounded to is what parts are rounded to, so that they can be added up in the
 * head. */
static double
shown_unit (double total, RaiChartUnit unit, const RaiValueAxis *axis) {
  if (unit == RAI_CHART_UNIT_MONEY)
    return fabs (total) < 100 * pow (10, axis->decimals) ? 1 : pow (10, axis->decimals);
  return fabs (total) < 100 ? 0.1 : 1;
}

static char *
value_text (double value, double unit, const RaiValueAxis *axis) {
  double scale = axis->unit == RAI_CHART_UNIT_MONEY ? pow (10, axis->decimals) : 1;
  int decimals = unit / scale >= 1 ? 0 : axis->unit == RAI_CHART_UNIT_MONEY ? axis->decimals : 1;
  g_autofree char *number = rai_format_number (value / scale, decimals);
  return axis->symbol[0] ? g_strdup_printf ("%s %s", number, axis->symbol)
                         : g_steal_pointer (&number);
}

static void
add_row (RaiWaterfall *self, const char *name, char *text, double from, double to) {
  Row row = { g_strdup (name), text, from, to };
  g_array_append_val (self->rows, row);
}

static void
say (RaiWaterfall *self) {
  GString *sentence = g_string_new (NULL);
  for (size_t i = 0; i < self->rows->len; i++) {
    const Row *row = &g_array_index (self->rows, Row, i);
    g_string_append_printf (sentence, "%s%s: %s", i ? ". " : "", row->name, row->text);
  }
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  sentence->str, -1);
  g_string_free (sentence, TRUE);
}

void
rai_waterfall_set (RaiWaterfall *self, const RaiWaterfallPart *parts, size_t n,
                   const char *total_name, RaiChartUnit unit, const char *symbol) {
  RaiValueAxis axis;
  double at = 0, shown = 0;
  g_array_set_size (self->rows, 0);
  self->total = 0;
  for (size_t i = 0; i < n; i++)
    self->total += parts[i].value;

  rai_value_axis_init (&axis, unit, symbol);
  double round_to = shown_unit (self->total, unit, &axis);
  for (size_t i = 0; i < n; i++) {
    /* Rounding the running sum lets the shown parts add up to the shown sum. */
    double next = round ((at + parts[i].value) / round_to) * round_to;
    add_row (self, parts[i].name, value_text (next - shown, round_to, &axis), at,
             at + parts[i].value);
    at += parts[i].value;
    shown = next;
  }

  if (n > 0)
    add_row (self, total_name, value_text (shown, round_to, &axis), 0, at);
  say (self);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

double
rai_waterfall_get_total (RaiWaterfall *self) {
  return self->total;
}
