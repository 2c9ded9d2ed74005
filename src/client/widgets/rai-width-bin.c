/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/widgets/rai-width-bin.h"

struct _RaiWidthBin {
  GtkWidget parent_instance;
  GtkWidget *child;
  int natural_width;
};

enum { PROP_CHILD = 1, PROP_NATURAL_WIDTH, N_PROPERTIES };
static GParamSpec *properties[N_PROPERTIES];

G_DEFINE_FINAL_TYPE (RaiWidthBin, rai_width_bin, GTK_TYPE_WIDGET)

static void
rai_width_bin_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                       int *natural, int *minimum_baseline, int *natural_baseline) {
  RaiWidthBin *self = RAI_WIDTH_BIN (widget);
  if (self->child != NULL)
    gtk_widget_measure (self->child, orientation, for_size, minimum, natural, NULL, NULL);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *natural = MAX (*minimum, self->natural_width);
}

static void
rai_width_bin_size_allocate (GtkWidget *widget, int width, int height, int baseline) {
  RaiWidthBin *self = RAI_WIDTH_BIN (widget);
  if (self->child != NULL)
    gtk_widget_allocate (self->child, width, height, baseline, NULL);
}

static void
set_child (RaiWidthBin *self, GtkWidget *child) {
  g_clear_pointer (&self->child, gtk_widget_unparent);
  self->child = child;
  if (child != NULL)
    gtk_widget_set_parent (child, GTK_WIDGET (self));
}

static void
rai_width_bin_set_property (GObject *object, unsigned id, const GValue *value, GParamSpec *pspec) {
  RaiWidthBin *self = RAI_WIDTH_BIN (object);
  if (id == PROP_CHILD)
    set_child (self, g_value_get_object (value));
  else if (id == PROP_NATURAL_WIDTH)
    self->natural_width = g_value_get_int (value);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
rai_width_bin_get_property (GObject *object, unsigned id, GValue *value, GParamSpec *pspec) {
  RaiWidthBin *self = RAI_WIDTH_BIN (object);
  if (id == PROP_CHILD)
    g_value_set_object (value, self->child);
  else if (id == PROP_NATURAL_WIDTH)
    g_value_set_int (value, self->natural_width);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
rai_width_bin_dispose (GObject *object) {
  set_child (RAI_WIDTH_BIN (object), NULL);
  G_OBJECT_CLASS (rai_width_bin_parent_class)->dispose (object);
}

static void
rai_width_bin_init (RaiWidthBin *self) {
}

static void
rai_width_bin_class_init (RaiWidthBinClass *klass) {
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  object_class->set_property = rai_width_bin_set_property;
  object_class->get_property = rai_width_bin_get_property;
  object_class->dispose = rai_width_bin_dispose;
  GTK_WIDGET_CLASS (klass)->measure = rai_width_bin_measure;
  GTK_WIDGET_CLASS (klass)->size_allocate = rai_width_bin_size_allocate;
  properties[PROP_CHILD] = g_param_spec_object ("child", NULL, NULL, GTK_TYPE_WIDGET,
                                                G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  properties[PROP_NATURAL_WIDTH] = g_param_spec_int ("natural-width", NULL, NULL, 0, 10000, 0,
                                                     G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}
