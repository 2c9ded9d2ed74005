/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/widgets/rai-cover-bar.h"

#include <adwaita.h>

#define SCALE_DAYS 28
#define WIDTH 72
#define HEIGHT 14
#define BAR_HEIGHT 6

struct _RaiCoverBar {
  GtkWidget parent_instance;
  int64_t cover_days;
  int64_t lead_days;
};

G_DEFINE_FINAL_TYPE (RaiCoverBar, rai_cover_bar, GTK_TYPE_WIDGET)

static void
append_part (GtkSnapshot *snapshot, GtkWidget *widget, float from, float to, float height,
             const GdkRGBA *color) {
  float width = (float) gtk_widget_get_width (widget),
        top = ((float) gtk_widget_get_height (widget) - height) / 2;
  bool rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  float x = rtl ? width - to : from;

  GskRoundedRect bounds;
  gsk_rounded_rect_init_from_rect (&bounds, &GRAPHENE_RECT_INIT (x, top, to - from, height),
                                   height / 2);
  gtk_snapshot_push_rounded_clip (snapshot, &bounds);
  gtk_snapshot_append_color (snapshot, color, &bounds.bounds);
  gtk_snapshot_pop (snapshot);
}

/* Red when it runs out before an order could arrive, orange when that is close. */
static void
bar_color (RaiCoverBar *self, const GdkRGBA *foreground, GdkRGBA *color) {
  *color = *foreground;
  color->alpha *= 0.55F;
  const char *name = self->cover_days < self->lead_days        ? "error_color"
                     : self->cover_days <= self->lead_days + 1 ? "warning_color"
                                                               : NULL;
  if (name != NULL)
    gtk_style_context_lookup_color (gtk_widget_get_style_context (GTK_WIDGET (self)), name, color);
}

static void
rai_cover_bar_snapshot (GtkWidget *widget, GtkSnapshot *snapshot) {
  RaiCoverBar *self = RAI_COVER_BAR (widget);
  float width = (float) gtk_widget_get_width (widget);
  if (self->cover_days < 0 || width < 8)
    return;

  GdkRGBA foreground, color;
  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &foreground);
  color = foreground;
  color.alpha *= 0.12F;
  append_part (snapshot, widget, 0, width, BAR_HEIGHT, &color);
  bar_color (self, &foreground, &color);

  float to = width * (float) MIN (self->cover_days, SCALE_DAYS) / SCALE_DAYS;
  if (to > 0)
    append_part (snapshot, widget, 0, MAX (to, BAR_HEIGHT), BAR_HEIGHT, &color);

  float mark = width * (float) CLAMP (self->lead_days, 0, SCALE_DAYS) / SCALE_DAYS;
  append_part (snapshot, widget, MIN (mark, width - 2), MIN (mark, width - 2) + 2, HEIGHT,
               &foreground);
}

static void
rai_cover_bar_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                       int *natural, int *minimum_baseline, int *natural_baseline) {
  *natural = *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? WIDTH : HEIGHT;
}

static void
rai_cover_bar_init (RaiCoverBar *self) {
  self->cover_days = -1;
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
}

static void
rai_cover_bar_class_init (RaiCoverBarClass *klass) {
  GTK_WIDGET_CLASS (klass)->snapshot = rai_cover_bar_snapshot;
  GTK_WIDGET_CLASS (klass)->measure = rai_cover_bar_measure;
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

GtkWidget *
rai_cover_bar_new (void) {
  return g_object_new (RAI_TYPE_COVER_BAR, NULL);
}

void
rai_cover_bar_set (RaiCoverBar *self, int64_t cover_days, int64_t lead_days) {
  self->cover_days = cover_days;
  self->lead_days = lead_days;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
