/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/widgets/rai-facts.h"

#include <stdbool.h>

struct _RaiFacts {
  AdwBin parent_instance;
  GtkGrid *grid;
  int rows;
};

G_DEFINE_FINAL_TYPE (RaiFacts, rai_facts, ADW_TYPE_BIN)

static void
rai_facts_init (RaiFacts *self) {
  self->grid = GTK_GRID (gtk_grid_new ());
  gtk_grid_set_column_spacing (self->grid, 18);
  gtk_grid_set_row_spacing (self->grid, 6);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->grid));
}

static void
rai_facts_class_init (RaiFactsClass *klass) {
}

void
rai_facts_clear (RaiFacts *self) {
  GtkWidget *child;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->grid))))
    gtk_grid_remove (self->grid, child);
  self->rows = 0;
}

static GtkWidget *
new_label (const char *text, bool value) {
  GtkWidget *label = gtk_label_new (text);
  gtk_label_set_xalign (GTK_LABEL (label), value ? 1 : 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_widget_set_valign (label, GTK_ALIGN_BASELINE);
  gtk_widget_set_hexpand (label, !value);
  gtk_widget_add_css_class (label, value ? "numeric" : "dim-label");
  return label;
}

static void
add (RaiFacts *self, const char *name, const char *value, bool sum) {
  if (value == NULL || !*value)
    return;

  GtkWidget *left = new_label (name, false), *right = new_label (value, true);
  if (sum) {
    gtk_grid_attach (self->grid, gtk_separator_new (GTK_ORIENTATION_HORIZONTAL), 0, self->rows++, 2,
                     1);
    gtk_widget_add_css_class (right, "heading");
    gtk_widget_remove_css_class (left, "dim-label");
    gtk_widget_add_css_class (left, "heading");
  }

  gtk_grid_attach (self->grid, left, 0, self->rows, 1, 1);
  gtk_grid_attach (self->grid, right, 1, self->rows++, 1, 1);
}

void
rai_facts_add (RaiFacts *self, const char *name, const char *value) {
  add (self, name, value, false);
}

void
rai_facts_add_step (RaiFacts *self, const char *name, const char *value, const char *after) {
  gtk_grid_attach (self->grid, new_label (name, false), 0, self->rows, 1, 1);
  gtk_grid_attach (self->grid, new_label (value, true), 1, self->rows, 1, 1);
  gtk_grid_attach (self->grid, new_label (after, true), 2, self->rows++, 1, 1);
}

void
rai_facts_add_head (RaiFacts *self, const char *value, const char *after) {
  const char *const words[] = { value, after };
  for (int i = 0; i < (int) G_N_ELEMENTS (words); i++) {
    GtkWidget *label = new_label (words[i], true);
    gtk_widget_add_css_class (label, "caption");
    gtk_widget_add_css_class (label, "dim-label");
    gtk_grid_attach (self->grid, label, 1 + i, self->rows, 1, 1);
  }
  self->rows++;
}

void
rai_facts_add_sum (RaiFacts *self, const char *name, const char *value) {
  add (self, name, value, true);
}
