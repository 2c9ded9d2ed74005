/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/widgets/rai-heat-map.h"

#include "client/widgets/rai-chart-palette.h"
#include "client/widgets/rai-chart-text.h"

#include <adwaita.h>
#include <math.h>

#define GAP 2
#define LABEL_GAP 10
#define MAX_LABEL 150

struct _RaiHeatMap {
  GtkWidget parent_instance;
  char **rows, **columns;
  size_t n_rows, n_columns;
  double *values;
  RaiValueAxis axis;
  int chosen; /* row under the pointer or the keyboard's; -1: none */
};

G_DEFINE_FINAL_TYPE (RaiHeatMap, rai_heat_map, GTK_TYPE_WIDGET)
static unsigned activated_signal;

static void
clear (RaiHeatMap *self) {
  g_clear_pointer (&self->rows, g_strfreev);
  g_clear_pointer (&self->columns, g_strfreev);
  g_clear_pointer (&self->values, g_free);
  self->n_rows = self->n_columns = 0;
  self->chosen = -1;
}

static void
rai_heat_map_finalize (GObject *object) {
  clear (RAI_HEAT_MAP (object));
  G_OBJECT_CLASS (rai_heat_map_parent_class)->finalize (object);
}

static double
field_height (PangoContext *pango) {
  return rai_chart_text_height (pango) + 12;
}

static double
labels_width (RaiHeatMap *self, PangoContext *pango, double width) {
  double widest = 0;
  for (size_t i = 0; i < self->n_rows; i++)
    widest = MAX (widest, rai_chart_text_width (pango, self->rows[i]));
  return MIN (widest, MIN (MAX_LABEL, width * 0.35)) + LABEL_GAP;
}

int
rai_heat_map_row_at (RaiHeatMap *self, double y) {
  double height = field_height (gtk_widget_get_pango_context (GTK_WIDGET (self)));
  int row = (int) floor (y / height) - 1;
  return row >= 0 && (size_t) row < self->n_rows ? row : -1;
}

/* Black or white, whichever reads better on a tint over the ground (WCAG's relative luminance). */
static GdkRGBA
text_on (const GdkRGBA *tint, const GdkRGBA *ground) {
  static const double weights[] = { 0.2126, 0.7152, 0.0722 };
  const double over[] = { tint->red, tint->green, tint->blue };
  const double below[] = { ground->red, ground->green, ground->blue };
  double luminance = 0;
  for (int i = 0; i < 3; i++)
    luminance += weights[i] * pow (over[i] * tint->alpha + below[i] * (1 - tint->alpha), 2.2);
  return luminance > 0.18 ? (GdkRGBA){ 0, 0, 0, 0.87f } : (GdkRGBA){ 1, 1, 1, 0.95f };
}

/* A field's tint: strong where the number is great. */
static void
draw_field (RaiHeatMap *self, cairo_t *cr, PangoContext *pango, const RaiChartPalette *palette,
            double value, double x, double y, double width, double height) {
  double share = (value - self->axis.low) / (self->axis.high - self->axis.low);
  GdkRGBA tint = rai_chart_palette_fade (&palette->roles[RAI_CHART_ROLE_FORECAST],
                                         0.06 + 0.84 * CLAMP (share, 0, 1));
  gdk_cairo_set_source_rgba (cr, &tint);
  cairo_rectangle (cr, x, y, width, height);
  cairo_fill (cr);

  g_autofree char *text = rai_value_axis_tick_text (&self->axis, value);
  double text_height = rai_chart_text_height (pango);
  GdkRGBA color = text_on (&tint, &palette->surface);
  if (rai_chart_text_width (pango, text) + 4 <= width)
    rai_chart_text_draw (cr, pango, text, &color, x + width / 2, y + (height - text_height) / 2,
                         0.5);
}

static void
draw_row (RaiHeatMap *self, cairo_t *cr, PangoContext *pango, const RaiChartPalette *palette,
          size_t row, double label, double width, bool rtl) {
  double height = field_height (pango), y = (double) (row + 1) * height,
         text = rai_chart_text_height (pango);
  double field = (width - label) / (double) self->n_columns;

  if (self->chosen == (int) row) {
    gdk_cairo_set_source_rgba (cr, &palette->grid);
    cairo_rectangle (cr, 0, y, width, height);
    cairo_fill (cr);
  }

  rai_chart_text_draw_within (cr, pango, self->rows[row], &palette->ink, rtl ? width : 0,
                              y + (height - text) / 2, rtl ? 1 : 0, label - LABEL_GAP);
  for (size_t column = 0; column < self->n_columns; column++) {
    double value = self->values[row * self->n_columns + column], at = (double) column * field;
    if (!isnan (value))
      draw_field (self, cr, pango, palette, value, rtl ? width - label - at - field : label + at,
                  y + GAP / 2.0, field - GAP, height - GAP);
  }
}

static void
rai_heat_map_snapshot (GtkWidget *widget, GtkSnapshot *snapshot) {
  RaiHeatMap *self = RAI_HEAT_MAP (widget);
  AdwStyleManager *style = adw_style_manager_get_default ();
  const RaiChartPalette *palette = rai_chart_palette_get (
      adw_style_manager_get_dark (style), adw_style_manager_get_high_contrast (style));
  PangoContext *pango = gtk_widget_get_pango_context (widget);
  double width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  bool rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;

  if (self->n_rows == 0 || self->n_columns == 0)
    return;

  cairo_t *cr = gtk_snapshot_append_cairo (
      snapshot, &GRAPHENE_RECT_INIT (0, 0, (float) width, (float) height));
  double label = labels_width (self, pango, width),
         field = (width - label) / (double) self->n_columns;

  for (size_t column = 0; column < self->n_columns; column++) {
    double at = label + ((double) column + 0.5) * field;
    rai_chart_text_draw (cr, pango, self->columns[column], &palette->dim, rtl ? width - at : at, 4,
                         0.5);
  }

  for (size_t row = 0; row < self->n_rows; row++)
    draw_row (self, cr, pango, palette, row, label, width, rtl);
  cairo_destroy (cr);
}

static void
rai_heat_map_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                      int *natural, int *minimum_baseline, int *natural_baseline) {
  RaiHeatMap *self = RAI_HEAT_MAP (widget);
  if (orientation == GTK_ORIENTATION_HORIZONTAL) {
    *minimum = 200;
    *natural = 480;
    return;
  }
  *minimum = *natural = (int) ceil (field_height (gtk_widget_get_pango_context (widget)) *
                                    (double) (self->n_rows + 1));
}

static void
say (RaiHeatMap *self) {
  GString *sentence = g_string_new (NULL);
  if (self->chosen >= 0)
    g_string_append (sentence, self->rows[self->chosen]);
  for (size_t column = 0; self->chosen >= 0 && column < self->n_columns; column++) {
    double value = self->values[(size_t) self->chosen * self->n_columns + column];
    g_autofree char *text =
        isnan (value) ? g_strdup ("–") : rai_value_axis_value_text (&self->axis, value);
    g_string_append_printf (sentence, ". %s: %s", self->columns[column], text);
  }

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  sentence->str, -1);
  g_string_free (sentence, TRUE);
}

static void
choose (RaiHeatMap *self, int row) {
  if (row == self->chosen)
    return;
  self->chosen = row;
  say (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
motion_cb (GtkEventControllerMotion *controller, double x, double y, RaiHeatMap *self) {
  choose (self, rai_heat_map_row_at (self, y));
}

static void
leave_cb (GtkEventControllerMotion *controller, RaiHeatMap *self) {
  choose (self, -1);
}

static void
released_cb (GtkGestureClick *gesture, int n_press, double x, double y, RaiHeatMap *self) {
  int row = rai_heat_map_row_at (self, y);
  if (row >= 0)
    g_signal_emit (self, activated_signal, 0, (unsigned) row);
}

static gboolean
key_cb (GtkEventControllerKey *controller, unsigned key, unsigned code, GdkModifierType state,
        RaiHeatMap *self) {
  int last = (int) self->n_rows - 1;
  if (last < 0)
    return GDK_EVENT_PROPAGATE;
  if (key == GDK_KEY_Down && self->chosen < last)
    choose (self, self->chosen + 1);
  else if (key == GDK_KEY_Up && self->chosen > 0)
    choose (self, self->chosen - 1);
  else if ((key == GDK_KEY_Return || key == GDK_KEY_KP_Enter) && self->chosen >= 0)
    g_signal_emit (self, activated_signal, 0, (unsigned) self->chosen);
  else
    return GDK_EVENT_PROPAGATE;

  return GDK_EVENT_STOP;
}

static void
rai_heat_map_class_init (RaiHeatMapClass *class) {
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);
  G_OBJECT_CLASS (class)->finalize = rai_heat_map_finalize;
  widget_class->snapshot = rai_heat_map_snapshot;
  widget_class->measure = rai_heat_map_measure;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
  activated_signal = g_signal_new ("row-activated", RAI_TYPE_HEAT_MAP, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
}

static void
rai_heat_map_init (RaiHeatMap *self) {
  GtkEventController *motion = gtk_event_controller_motion_new (),
                     *key = gtk_event_controller_key_new ();
  GtkGesture *click = gtk_gesture_click_new ();
  AdwStyleManager *style = adw_style_manager_get_default ();

  self->chosen = -1;
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), "pointer");
  g_signal_connect (motion, "motion", G_CALLBACK (motion_cb), self);
  g_signal_connect (motion, "leave", G_CALLBACK (leave_cb), self);
  g_signal_connect (key, "key-pressed", G_CALLBACK (key_cb), self);
  g_signal_connect (click, "released", G_CALLBACK (released_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
  gtk_widget_add_controller (GTK_WIDGET (self), key);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  g_signal_connect_object (style, "notify::dark", G_CALLBACK (gtk_widget_queue_draw), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (style, "notify::high-contrast", G_CALLBACK (gtk_widget_queue_draw), self,
                           G_CONNECT_SWAPPED);
}

GtkWidget *
rai_heat_map_new (void) {
  return g_object_new (RAI_TYPE_HEAT_MAP, NULL);
}

static char **
copy_names (const char *const *names, size_t n) {
  char **copy = g_new0 (char *, n + 1);
  for (size_t i = 0; i < n; i++)
    copy[i] = g_strdup (names[i]);
  return copy;
}

void
rai_heat_map_set (RaiHeatMap *self, const char *const *rows, size_t n_rows,
                  const char *const *columns, size_t n_columns, const double *values,
                  RaiChartUnit unit, const char *symbol) {
  double low = INFINITY, high = -INFINITY;
  clear (self);
  self->rows = copy_names (rows, n_rows);
  self->columns = copy_names (columns, n_columns);
  self->n_rows = n_rows;
  self->n_columns = n_columns;
  self->values = g_memdup2 (values, n_rows * n_columns * sizeof *values);

  for (size_t i = 0; i < n_rows * n_columns; i++) {
    low = values[i] < low ? values[i] : low;
    high = values[i] > high ? values[i] : high;
  }

  rai_value_axis_init (&self->axis, unit, symbol);
  rai_value_axis_fit (&self->axis, low, high, true, 4);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}
