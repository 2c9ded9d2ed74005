/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/rai-import-table.h"

#include <glib/gi18n.h>
#include <string.h>

/* Rows at each turn of an idle main loop: together with their labels a few milliseconds. */
#define ROWS_A_STEP 4
#define CELL_CHARS 24
/* Grid rows above the file's own. */
enum { FIELD_ROW, HEADING_ROW, FIRST_ROW };

struct _RaiImportTable {
  GtkWidget parent_instance;
  GtkWidget *scrolled;
  GtkGrid *grid;
  RaiImportDraft *draft;
  GStrv shape;      /* headings of what is shown; NULL: nothing is */
  const char *kind; /* whose fields the drop-downs offer */
  GArray *fields;   /* int: of each entry of the drop-downs */
  GtkStringList *titles;
  unsigned n_columns;
  unsigned n_rows; /* those that have labels */
  unsigned filling;
  bool showing;
  bool locked;
};

G_DEFINE_FINAL_TYPE (RaiImportTable, rai_import_table, GTK_TYPE_WIDGET)

static const RaiImportLook *
look_of (RaiImportTable *self) {
  return self->draft != NULL ? rai_import_draft_get_look (self->draft) : NULL;
}

/* ---- What a column holds ---- */

static void
selected_cb (GtkDropDown *menu, GParamSpec *property, RaiImportTable *self) {
  unsigned selected = gtk_drop_down_get_selected (menu);
  unsigned column = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (menu), "rai-column"));

  if (!self->showing && selected < self->fields->len)
    rai_import_draft_set_column (self->draft, column, g_array_index (self->fields, int, selected));
}

static void
make_titles (RaiImportTable *self, const RaiImportLook *look) {
  int none = RAI_FIELD_NONE;

  g_clear_object (&self->titles);
  self->titles = gtk_string_list_new (NULL);
  g_array_set_size (self->fields, 0);
  gtk_string_list_append (self->titles, _ ("Not used"));
  g_array_append_val (self->fields, none);

  for (const RaiImportColumn *column = look->layout->columns; column->names != NULL; column++) {
    int field = (int) column->field;
    gtk_string_list_append (self->titles, _ (rai_import_field_title (column->field)));
    g_array_append_val (self->fields, field);
  }
}

static unsigned
entry_of (RaiImportTable *self, int field) {
  for (unsigned i = 0; i < self->fields->len; i++)
    if (g_array_index (self->fields, int, i) == field)
      return i;
  return 0;
}

static GtkWidget *
new_menu (RaiImportTable *self, unsigned column, const char *heading) {
  GtkWidget *menu = gtk_drop_down_new (g_object_ref (G_LIST_MODEL (self->titles)), NULL);
  /* Translators: a column's heading in a file */
  g_autofree char *name = g_strdup_printf (_ ("What the column “%s” holds"), heading);

  g_object_set_data (G_OBJECT (menu), "rai-column", GUINT_TO_POINTER (column));
  gtk_accessible_update_property (GTK_ACCESSIBLE (menu), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_signal_connect_object (menu, "notify::selected", G_CALLBACK (selected_cb), self, 0);
  return menu;
}

/* ---- Cells ---- */

static GtkWidget *
new_label (const char *text, const char *style) {
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (label), CELL_CHARS);
  if (style != NULL)
    gtk_widget_add_css_class (label, style);
  return label;
}

/* Wrong ones carry a sign, not only a colour; what is passed over is pale. */
static void
show_cell (GtkWidget *label, const char *text, const char *problem, bool skipped) {
  g_autofree char *marked = problem != NULL ? g_strconcat ("⚠ ", text, NULL) : NULL;
  g_autofree char *line = g_strdelimit (g_strdup (marked != NULL ? marked : text), "\r\n", ' ');

  gtk_label_set_text (GTK_LABEL (label), line);
  gtk_widget_set_tooltip_text (label, problem != NULL ? _ (problem) : NULL);
  if (problem != NULL)
    gtk_widget_add_css_class (label, "problem-cell");
  else
    gtk_widget_remove_css_class (label, "problem-cell");
  if (skipped)
    gtk_widget_add_css_class (label, "dim-label");
  else
    gtk_widget_remove_css_class (label, "dim-label");
}

static void
show_row (RaiImportTable *self, const RaiImportLook *look, unsigned row) {
  const RaiImportLookRow *shown = look->rows->pdata[row];
  int at = (int) row + FIRST_ROW;
  g_autofree char *line = g_strdup_printf ("%" G_GUINT64_FORMAT, shown->line);
  GtkWidget *number = gtk_grid_get_child_at (self->grid, 0, at);

  if (number == NULL) {
    number = new_label (NULL, "numeric");
    gtk_grid_attach (self->grid, number, 0, at, 1, 1);
  }
  show_cell (number, line, shown->problem, true);

  for (unsigned c = 0; c < self->n_columns; c++) {
    GtkWidget *label = gtk_grid_get_child_at (self->grid, (int) c + 1, at);
    if (label == NULL) {
      label = new_label (NULL, NULL);
      gtk_grid_attach (self->grid, label, (int) c + 1, at, 1, 1);
    }
    show_cell (label, shown->texts[c] != NULL ? shown->texts[c] : "", shown->problems[c],
               shown->skipped);
  }
}

static gboolean
fill_cb (void *data) {
  RaiImportTable *self = data;
  const RaiImportLook *look = look_of (self);
  unsigned n = look != NULL ? look->rows->len : 0;

  for (unsigned i = 0; i < ROWS_A_STEP && self->n_rows < n; i++)
    show_row (self, look, self->n_rows++);
  if (self->n_rows < n)
    return G_SOURCE_CONTINUE;
  self->filling = 0;
  return G_SOURCE_REMOVE;
}

/* ---- The whole ---- */

static void
clear (RaiImportTable *self) {
  GtkWidget *child;

  g_clear_handle_id (&self->filling, g_source_remove);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->grid))) != NULL)
    gtk_grid_remove (self->grid, child);
  g_clear_pointer (&self->shape, g_strfreev);
  self->n_columns = self->n_rows = 0;
}

static GStrv
headings_of (const RaiImportLook *look) {
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (unsigned i = 0; i < MIN (look->columns->len, RAI_IMPORT_TABLE_COLUMNS); i++)
    g_strv_builder_add (builder, ((RaiImportLookColumn *) look->columns->pdata[i])->heading);
  return g_strv_builder_end (builder);
}

static void
build (RaiImportTable *self, const RaiImportLook *look, GStrv headings) {
  clear (self);
  make_titles (self, look);
  self->kind = look->layout->kind;
  self->shape = headings;
  self->n_columns = g_strv_length (headings);
  GtkWidget *corner = new_label (_ ("Line"), "dim-label");
  gtk_label_set_ellipsize (GTK_LABEL (corner), PANGO_ELLIPSIZE_NONE);
  gtk_grid_attach (self->grid, corner, 0, HEADING_ROW, 1, 1);

  for (unsigned c = 0; c < self->n_columns; c++) {
    gtk_grid_attach (self->grid, new_menu (self, c, headings[c]), (int) c + 1, FIELD_ROW, 1, 1);
    gtk_grid_attach (self->grid, new_label (headings[c], "heading"), (int) c + 1, HEADING_ROW, 1,
                     1);
  }
}

static void
show_menus (RaiImportTable *self, const RaiImportLook *look) {
  self->showing = true;
  for (unsigned c = 0; c < self->n_columns; c++) {
    GtkWidget *menu = gtk_grid_get_child_at (self->grid, (int) c + 1, FIELD_ROW);
    const RaiImportLookColumn *column = look->columns->pdata[c];
    gtk_drop_down_set_selected (GTK_DROP_DOWN (menu), entry_of (self, column->field));
    gtk_widget_set_sensitive (menu, !self->locked);
  }
  self->showing = false;
}

/* Where the columns are the same nothing is built anew, and nothing moves. */
static void
show (RaiImportTable *self) {
  const RaiImportLook *look = look_of (self);

  if (look == NULL) {
    clear (self);
    return;
  }

  /* What was chosen stays on screen until it is known what comes of it. */
  if (self->shape != NULL && rai_import_draft_is_reading (self->draft))
    return;

  g_auto (GStrv) headings = headings_of (look);
  bool same = self->shape != NULL && g_strcmp0 (self->kind, look->layout->kind) == 0 &&
              g_strv_equal ((const char *const *) self->shape, (const char *const *) headings) &&
              self->fields->len > 0 && self->n_rows <= look->rows->len;
  if (!same)
    build (self, look, g_steal_pointer (&headings));
  show_menus (self, look);

  self->n_rows = 0;
  if (self->filling == 0)
    self->filling = g_idle_add (fill_cb, self);
}

void
rai_import_table_set_draft (RaiImportTable *self, RaiImportDraft *draft) {
  if (self->draft != NULL)
    g_signal_handlers_disconnect_by_data (self->draft, self);
  if (self->draft != draft)
    clear (self);
  g_set_object (&self->draft, draft);
  if (draft != NULL)
    g_signal_connect_object (draft, "changed", G_CALLBACK (show), self, G_CONNECT_SWAPPED);
  show (self);
}

void
rai_import_table_set_locked (RaiImportTable *self, bool locked) {
  const RaiImportLook *look = look_of (self);

  self->locked = locked;
  if (look != NULL && self->shape != NULL)
    show_menus (self, look);
}

static void
rai_import_table_init (RaiImportTable *self) {
  self->fields = g_array_new (FALSE, FALSE, sizeof (int));
  self->grid = g_object_new (GTK_TYPE_GRID, "column-spacing", 12, "row-spacing", 3, "margin-top", 9,
                             "margin-bottom", 9, "margin-start", 12, "margin-end", 12, NULL);
  self->scrolled = g_object_new (GTK_TYPE_SCROLLED_WINDOW, "vscrollbar-policy", GTK_POLICY_NEVER,
                                 "child", self->grid, NULL);
  gtk_widget_set_parent (self->scrolled, GTK_WIDGET (self));
}

static void
rai_import_table_dispose (GObject *object) {
  RaiImportTable *self = RAI_IMPORT_TABLE (object);

  g_clear_handle_id (&self->filling, g_source_remove);
  g_clear_object (&self->draft);
  g_clear_object (&self->titles);
  g_clear_pointer (&self->shape, g_strfreev);
  g_clear_pointer (&self->scrolled, gtk_widget_unparent);
  G_OBJECT_CLASS (rai_import_table_parent_class)->dispose (object);
}

static void
rai_import_table_finalize (GObject *object) {
  g_array_unref (RAI_IMPORT_TABLE (object)->fields);
  G_OBJECT_CLASS (rai_import_table_parent_class)->finalize (object);
}

static void
rai_import_table_class_init (RaiImportTableClass *klass) {
  G_OBJECT_CLASS (klass)->dispose = rai_import_table_dispose;
  G_OBJECT_CLASS (klass)->finalize = rai_import_table_finalize;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}
