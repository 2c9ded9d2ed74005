/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/widgets/rai-chart-bar.h"

#include <adwaita.h>

#define HEIGHT 8

struct _RaiChartBar {
  GtkWidget parent_instance;
  RaiChartRole role;
  double share, mark;
};

G_DEFINE_FINAL_TYPE (RaiChartBar, rai_chart_bar, GTK_TYPE_WIDGET)

static void
append (GtkSnapshot *snapshot, const GdkRGBA *color, double x, double y, double width,
        double height) {
  gtk_snapshot_append_color (
      snapshot, color, &GRAPHENE_RECT_INIT ((float) x, (float) y, (float) width, (float) height));
}

static void
rai_chart_bar_snapshot (GtkWidget *widget, GtkSnapshot *snapshot) {
  RaiChartBar *self = RAI_CHART_BAR (widget);
  AdwStyleManager *style = adw_style_manager_get_default ();
  const RaiChartPalette *palette = rai_chart_palette_get (
      adw_style_manager_get_dark (style), adw_style_manager_get_high_contrast (style));
  double width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  bool rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  double length = width * CLAMP (self->share, 0, 1), mark = width * CLAMP (self->mark, 0, 1);

  append (snapshot, &palette->grid, 0, 0, width, height);
  append (snapshot, &palette->roles[self->role], rtl ? width - length : 0, 0, length, height);
  if (self->mark < 0)
    return;

  double x = CLAMP ((rtl ? width - mark : mark) - 1, 0, width - 2);
  append (snapshot, &palette->surface, x - 1, 0, 4, height);
  append (snapshot, &palette->ink, x, 0, 2, height);
}

static void
rai_chart_bar_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                       int *natural, int *minimum_baseline, int *natural_baseline) {
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? 24 : HEIGHT;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? 160 : HEIGHT;
}

static void
rai_chart_bar_class_init (RaiChartBarClass *class) {
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);
  widget_class->snapshot = rai_chart_bar_snapshot;
  widget_class->measure = rai_chart_bar_measure;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
rai_chart_bar_init (RaiChartBar *self) {
  AdwStyleManager *style = adw_style_manager_get_default ();
  self->mark = -1;
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
  g_signal_connect_object (style, "notify::dark", G_CALLBACK (gtk_widget_queue_draw), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (style, "notify::high-contrast", G_CALLBACK (gtk_widget_queue_draw), self,
                           G_CONNECT_SWAPPED);
}

GtkWidget *
rai_chart_bar_new (RaiChartRole role) {
  RaiChartBar *self = g_object_new (RAI_TYPE_CHART_BAR, NULL);
  self->role = role;
  return GTK_WIDGET (self);
}

void
rai_chart_bar_set (RaiChartBar *self, double share, double mark) {
  self->share = share;
  self->mark = mark;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
