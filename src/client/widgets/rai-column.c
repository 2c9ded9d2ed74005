/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/widgets/rai-column.h"

typedef struct {
  RaiCellMake make;
  RaiCellShow show;
  RaiCellText text;
  void *data;
  bool numeric;
} Column;

#define ROW_KEY "rai-row"
#define HANDLER_KEY "rai-handler"

static Column *
column_of (GtkSignalListItemFactory *factory) {
  return g_object_get_data (G_OBJECT (factory), "rai-column");
}

RaiRow *
rai_cell_get_row (GtkWidget *cell) {
  return g_object_get_data (G_OBJECT (cell), ROW_KEY);
}

static GtkWidget *
make_label (Column *column) {
  GtkWidget *label = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (label), column->numeric ? 1 : 0);
  if (column->numeric)
    gtk_widget_add_css_class (label, "numeric");
  else
    gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  return label;
}

static void
show_row (Column *column, GtkWidget *cell, RaiRow *row) {
  if (column->show != NULL) {
    column->show (cell, row, column->data);
    return;
  }
  g_autofree char *text = rai_row_is_loaded (row) ? column->text (row, column->data) : NULL;
  gtk_label_set_label (GTK_LABEL (cell), text != NULL ? text : "");
}

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item) {
  Column *column = column_of (factory);
  gtk_list_item_set_child (item, column->make != NULL ? column->make (column->data)
                                                      : make_label (column));
}

typedef struct {
  Column *column;
  GtkWidget *cell;
} Binding;

static void
row_changed_cb (RaiRow *row, void *data) {
  Binding *binding = data;
  show_row (binding->column, binding->cell, row);
}

static void
binding_free (void *data, GClosure *closure) {
  g_free (data);
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item) {
  GtkWidget *cell = gtk_list_item_get_child (item);
  RaiRow *row = gtk_list_item_get_item (item);
  Binding *binding = g_new0 (Binding, 1);
  binding->column = column_of (factory);
  binding->cell = cell;

  unsigned long handler =
      g_signal_connect_data (row, "changed", G_CALLBACK (row_changed_cb), binding, binding_free, 0);
  g_object_set_data_full (G_OBJECT (cell), ROW_KEY, g_object_ref (row), g_object_unref);
  g_object_set_data (G_OBJECT (cell), HANDLER_KEY, GSIZE_TO_POINTER (handler));
  show_row (binding->column, cell, row);
}

static void
unbind_cb (GtkSignalListItemFactory *factory, GtkListItem *item) {
  GtkWidget *cell = gtk_list_item_get_child (item);
  RaiRow *row = rai_cell_get_row (cell);
  if (row != NULL)
    g_signal_handler_disconnect (
        row, GPOINTER_TO_SIZE (g_object_get_data (G_OBJECT (cell), HANDLER_KEY)));
  g_object_set_data (G_OBJECT (cell), ROW_KEY, NULL);
}

/* GTK 4.8 does not say which column sorts, but its sorter asks the columns in their order: the
 * first that is asked notes its name here and ends the question. */
static const char *asked_sort;

static int
probe (const void *a, const void *b, void *data) {
  if (asked_sort == NULL)
    asked_sort = data;
  return -1;
}

char *
rai_column_view_get_sort (GtkColumnView *view) {
  GtkSorter *sorter = gtk_column_view_get_sorter (view);
  g_autoptr (RaiRow) a = rai_row_new (NULL, 0, 0);
  g_autoptr (RaiRow) b = rai_row_new (NULL, 0, 1);
  asked_sort = NULL;
  GtkOrdering order = gtk_sorter_compare (sorter, a, b);
  if (asked_sort == NULL)
    return NULL;
  return g_strconcat (order == GTK_ORDERING_LARGER ? "-" : "", asked_sort, NULL);
}

static GtkListItemFactory *
new_factory (Column *description) {
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  g_object_set_data_full (G_OBJECT (factory), "rai-column", description, g_free);
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), NULL);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_cb), NULL);
  return factory;
}

GtkListItemFactory *
rai_cell_factory_new (RaiCellMake make, RaiCellShow show, void *data) {
  Column *column = g_new0 (Column, 1);
  column->make = make;
  column->show = show;
  column->data = data;
  return new_factory (column);
}

static GtkColumnViewColumn *
append (GtkColumnView *view, const char *title, const char *sort, Column *description) {
  g_autoptr (GtkColumnViewColumn) column =
      gtk_column_view_column_new (title, new_factory (description));
  gtk_column_view_column_set_resizable (column, TRUE);

  if (sort != NULL) {
    g_autoptr (GtkSorter) sorter =
        GTK_SORTER (gtk_custom_sorter_new (probe, g_strdup (sort), g_free));
    gtk_column_view_column_set_sorter (column, sorter);
  }

  gtk_column_view_append_column (view, column);
  return column; /* the view keeps it alive */
}

GtkColumnViewColumn *
rai_column_append (GtkColumnView *view, const char *title, const char *sort, RaiCellMake make,
                   RaiCellShow show, void *data) {
  Column *column = g_new0 (Column, 1);
  column->make = make;
  column->show = show;
  column->data = data;
  return append (view, title, sort, column);
}

GtkColumnViewColumn *
rai_column_append_text (GtkColumnView *view, const char *title, const char *sort, bool numeric,
                        RaiCellText text, void *data) {
  Column *column = g_new0 (Column, 1);
  column->text = text;
  column->numeric = numeric;
  column->data = data;
  return append (view, title, sort, column);
}
