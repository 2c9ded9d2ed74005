/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/widgets/rai-sparkline.h"

#include <stdbool.h>
#include <string.h>

struct _RaiSparkline {
  GtkWidget parent_instance;
  int width, height;
  double *values;
  size_t n_values;
};

G_DEFINE_FINAL_TYPE (RaiSparkline, rai_sparkline, GTK_TYPE_WIDGET)

static void
draw_line (RaiSparkline *self, cairo_t *cairo, double width, double height) {
  double top = 0, bottom = 0;
  for (size_t i = 0; i < self->n_values; i++) {
    top = MAX (top, self->values[i]);
    bottom = MIN (bottom, self->values[i]);
  }

  double scale = top > bottom ? (height - 4) / (top - bottom) : 0;
  double step = self->n_values > 1 ? (width - 4) / (double) (self->n_values - 1) : 0;
  bool rtl = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;

  for (size_t i = 0; i < self->n_values; i++) {
    double x = 2 + step * (double) i;
    cairo_line_to (cairo, rtl ? width - x : x, height - 2 - (self->values[i] - bottom) * scale);
  }

  cairo_stroke (cairo);
}

static void
rai_sparkline_snapshot (GtkWidget *widget, GtkSnapshot *snapshot) {
  RaiSparkline *self = RAI_SPARKLINE (widget);
  int width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  if (self->n_values < 2 || width < 8 || height < 6)
    return;

  GdkRGBA color;
  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &color);
  color.alpha *= 0.7F;

  cairo_t *cairo = gtk_snapshot_append_cairo (
      snapshot, &GRAPHENE_RECT_INIT (0, 0, (float) width, (float) height));
  gdk_cairo_set_source_rgba (cairo, &color);
  cairo_set_line_width (cairo, 1.5);
  cairo_set_line_join (cairo, CAIRO_LINE_JOIN_ROUND);
  cairo_set_line_cap (cairo, CAIRO_LINE_CAP_ROUND);
  draw_line (self, cairo, width, height);
  cairo_destroy (cairo);
}

static void
rai_sparkline_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                       int *natural, int *minimum_baseline, int *natural_baseline) {
  RaiSparkline *self = RAI_SPARKLINE (widget);
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? self->width : self->height;
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? MIN (24, *natural) : *natural;
}

static void
rai_sparkline_finalize (GObject *object) {
  g_free (RAI_SPARKLINE (object)->values);
  G_OBJECT_CLASS (rai_sparkline_parent_class)->finalize (object);
}

static void
rai_sparkline_init (RaiSparkline *self) {
}

static void
rai_sparkline_class_init (RaiSparklineClass *klass) {
  G_OBJECT_CLASS (klass)->finalize = rai_sparkline_finalize;
  GTK_WIDGET_CLASS (klass)->snapshot = rai_sparkline_snapshot;
  GTK_WIDGET_CLASS (klass)->measure = rai_sparkline_measure;
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

GtkWidget *
rai_sparkline_new (int width, int height) {
  RaiSparkline *self = g_object_new (RAI_TYPE_SPARKLINE, NULL);
  self->width = width;
  self->height = height;
  return GTK_WIDGET (self);
}

void
rai_sparkline_set_values (RaiSparkline *self, const double *values, size_t n_values) {
  g_return_if_fail (RAI_IS_SPARKLINE (self));
  if (n_values == self->n_values &&
      (n_values == 0 || memcmp (values, self->values, n_values * sizeof *values) == 0))
    return;
  g_free (self->values);
  self->values = g_memdup2 (values, n_values * sizeof *values);
  self->n_values = n_values;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
