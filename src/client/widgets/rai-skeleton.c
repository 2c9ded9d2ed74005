/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/widgets/rai-skeleton.h"

#include <glib/gi18n.h>
#include <stdbool.h>

#define MARGIN 24
#define ROW_HEIGHT 56
#define MAX_WIDTH 1400

struct _RaiSkeleton {
  GtkWidget parent_instance;
};

G_DEFINE_FINAL_TYPE (RaiSkeleton, rai_skeleton, GTK_TYPE_WIDGET)

static void
append_bar (GtkSnapshot *snapshot, float x, float y, float width, float height,
            const GdkRGBA *color) {
  GskRoundedRect bounds;
  gsk_rounded_rect_init_from_rect (&bounds, &GRAPHENE_RECT_INIT (x, y, width, height),
                                   MIN (8, height / 2));
  gtk_snapshot_push_rounded_clip (snapshot, &bounds);
  gtk_snapshot_append_color (snapshot, color, &bounds.bounds);
  gtk_snapshot_pop (snapshot);
}

static void
rai_skeleton_snapshot (GtkWidget *widget, GtkSnapshot *snapshot) {
  /* Shares of the width, so that the rows look like text and not like a wall. */
  static const float lengths[] = { 0.62F, 0.48F, 0.71F, 0.55F, 0.4F, 0.66F };
  GdkRGBA color;
  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &color);
  color.alpha *= 0.08F;

  float total = (float) gtk_widget_get_width (widget);
  float width = MIN (total - 2 * MARGIN, MAX_WIDTH);
  float left = (total - width) / 2;
  bool rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int rows = (gtk_widget_get_height (widget) - MARGIN) / ROW_HEIGHT;

  for (int i = 0; i < rows; i++) {
    float y = (float) (MARGIN + i * ROW_HEIGHT);
    float length = width * lengths[i % (int) G_N_ELEMENTS (lengths)];
    append_bar (snapshot, rtl ? left + width - length : left, y, length, 16, &color);
    append_bar (snapshot, rtl ? left + width - length * 0.6F : left, y + 24, length * 0.6F, 10,
                &color);
  }
}

static void
rai_skeleton_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                      int *natural, int *minimum_baseline, int *natural_baseline) {
  *minimum = *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? 200 : MARGIN + ROW_HEIGHT;
}

static void
rai_skeleton_init (RaiSkeleton *self) {
  gtk_widget_set_hexpand (GTK_WIDGET (self), true);
  gtk_widget_set_vexpand (GTK_WIDGET (self), true);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Loading"), -1);
}

static void
rai_skeleton_class_init (RaiSkeletonClass *klass) {
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  widget_class->snapshot = rai_skeleton_snapshot;
  widget_class->measure = rai_skeleton_measure;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_STATUS);
}

GtkWidget *
rai_skeleton_new (void) {
  return g_object_new (RAI_TYPE_SKELETON, NULL);
}
