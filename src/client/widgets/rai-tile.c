/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/widgets/rai-tile.h"

#include "client/model/rai-format.h"
#include "client/widgets/rai-sparkline.h"

#include <math.h>

#define N_DELTAS 2

struct _RaiTile {
  GtkBox parent_instance;
  GtkLabel *title;
  GtkLabel *value;
  GtkLabel *deltas[N_DELTAS];
  GtkLabel *caption;
  RaiSparkline *sparkline;
};

G_DEFINE_FINAL_TYPE (RaiTile, rai_tile, GTK_TYPE_BOX)

enum { PROPERTY_TITLE = 1, PROPERTY_VALUE, PROPERTY_CAPTION, N_PROPERTIES };
static GParamSpec *properties[N_PROPERTIES];

static GtkLabel *
label_of (RaiTile *self, unsigned id) {
  return id == PROPERTY_TITLE ? self->title : id == PROPERTY_VALUE ? self->value : self->caption;
}

static void
show_text (GtkLabel *label, const char *text) {
  gtk_label_set_label (label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (label), text != NULL && *text);
}

static void
rai_tile_get_property (GObject *object, unsigned id, GValue *value, GParamSpec *spec) {
  g_value_set_string (value, gtk_label_get_label (label_of (RAI_TILE (object), id)));
}

static void
rai_tile_set_property (GObject *object, unsigned id, const GValue *value, GParamSpec *spec) {
  show_text (label_of (RAI_TILE (object), id), g_value_get_string (value));
}

static void
rai_tile_class_init (RaiTileClass *class) {
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  static const char *const names[] = {
    [PROPERTY_TITLE] = "title", [PROPERTY_VALUE] = "value", [PROPERTY_CAPTION] = "caption"
  };

  object_class->get_property = rai_tile_get_property;
  object_class->set_property = rai_tile_set_property;
  for (unsigned id = 1; id < N_PROPERTIES; id++)
    properties[id] = g_param_spec_string (names[id], NULL, NULL, NULL,
                                          G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (class), GTK_ACCESSIBLE_ROLE_GROUP);
}

static GtkLabel *
add_label (RaiTile *self, const char *class, const char *other) {
  GtkWidget *label = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);

  /* Four stand side by side in a window of 1,280. */
  gtk_label_set_max_width_chars (GTK_LABEL (label), 18);
  gtk_widget_add_css_class (label, class);
  if (other != NULL)
    gtk_widget_add_css_class (label, other);

  gtk_widget_set_visible (label, FALSE);
  gtk_box_append (GTK_BOX (self), label);
  return GTK_LABEL (label);
}

static void
rai_tile_init (RaiTile *self) {
  GtkWidget *widget = GTK_WIDGET (self), *space = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_widget_add_css_class (widget, "card");
  gtk_widget_add_css_class (widget, "tile");
  self->title = add_label (self, "heading", "dim-label");
  self->value = add_label (self, "title-1", "numeric");
  for (unsigned i = 0; i < N_DELTAS; i++)
    self->deltas[i] = add_label (self, "tile-delta", "numeric");

  /* Lines and captions of tiles in a row stand on one height. */
  gtk_widget_set_vexpand (space, TRUE);
  gtk_box_append (GTK_BOX (self), space);
  self->sparkline = RAI_SPARKLINE (rai_sparkline_new (100, 36));
  gtk_widget_set_hexpand (GTK_WIDGET (self->sparkline), TRUE);
  gtk_widget_set_halign (GTK_WIDGET (self->sparkline), GTK_ALIGN_FILL);
  gtk_widget_set_margin_top (GTK_WIDGET (self->sparkline), 6);
  gtk_widget_set_visible (GTK_WIDGET (self->sparkline), FALSE);
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->sparkline));
  self->caption = add_label (self, "caption", "dim-label");
}

GtkWidget *
rai_tile_new (const char *title) {
  return g_object_new (RAI_TYPE_TILE, "title", title, NULL);
}

void
rai_tile_set_value (RaiTile *self, const char *value) {
  show_text (self->value, value);
}

void
rai_tile_set_caption (RaiTile *self, const char *caption) {
  show_text (self->caption, caption);
}

void
rai_tile_set_delta (RaiTile *self, unsigned index, const char *text, RaiTileMood mood) {
  static const char *const classes[] = {
    [RAI_TILE_NEUTRAL] = "dim-label", [RAI_TILE_GOOD] = "success", [RAI_TILE_BAD] = "error"
  };

  g_return_if_fail (index < N_DELTAS);
  GtkWidget *label = GTK_WIDGET (self->deltas[index]);
  for (size_t i = 0; i < G_N_ELEMENTS (classes); i++)
    gtk_widget_remove_css_class (label, classes[i]);

  gtk_widget_add_css_class (label, classes[mood]);
  show_text (self->deltas[index], text);
}

void
rai_tile_set_values (RaiTile *self, const double *values, size_t n) {
  rai_sparkline_set_values (self->sparkline, values, n);
  gtk_widget_set_visible (GTK_WIDGET (self->sparkline), n > 1);
}

char *
rai_tile_compare (double value, double reference, const char *above, const char *below,
                  const char *equal) {
  if (!(reference > 0) || !isfinite (value))
    return NULL;

  double share = value / reference - 1;
  if (fabs (share) < 0.005)
    return g_strdup (equal);

  g_autofree char *percent = rai_format_percent (fabs (share), 0);
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  return g_strdup_printf (share > 0 ? above : below, percent);
#pragma GCC diagnostic pop
}

RaiTileMood
rai_tile_mood (double value, double reference) {
  if (!(reference > 0) || !isfinite (value) || fabs (value / reference - 1) < 0.005)
    return RAI_TILE_NEUTRAL;
  return value > reference ? RAI_TILE_GOOD : RAI_TILE_BAD;
}
