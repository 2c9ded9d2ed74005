/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/widgets/rai-chart-table-dialog.h"

#include <glib/gi18n.h>
#include <math.h>

typedef struct {
  RaiChartSeries *series;
  RaiValueAxis axis;
} Column;

struct _RaiChartTableDialog {
  AdwWindow parent_instance;
  GListModel *days; /* GtkStringObject of a day's number */
  GtkColumnView *view;
};

G_DEFINE_FINAL_TYPE (RaiChartTableDialog, rai_chart_table_dialog, ADW_TYPE_WINDOW)

static void
rai_chart_table_dialog_dispose (GObject *object) {
  g_clear_object (&RAI_CHART_TABLE_DIALOG (object)->days);
  G_OBJECT_CLASS (rai_chart_table_dialog_parent_class)->dispose (object);
}

static void
rai_chart_table_dialog_class_init (RaiChartTableDialogClass *class) {
  G_OBJECT_CLASS (class)->dispose = rai_chart_table_dialog_dispose;
  gtk_widget_class_add_binding_action (GTK_WIDGET_CLASS (class), GDK_KEY_Escape, 0, "window.close",
                                       NULL);
}

static void
rai_chart_table_dialog_init (RaiChartTableDialog *self) {
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0),
            *scrolled = gtk_scrolled_window_new ();
  GtkWidget *header = adw_header_bar_new ();

  self->view = GTK_COLUMN_VIEW (gtk_column_view_new (NULL));
  gtk_widget_add_css_class (GTK_WIDGET (self->view), "data-table");
  gtk_column_view_set_show_row_separators (self->view, TRUE);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), GTK_WIDGET (self->view));
  gtk_widget_set_vexpand (scrolled, TRUE);
  gtk_box_append (GTK_BOX (box), header);
  gtk_box_append (GTK_BOX (box), scrolled);
  gtk_window_set_default_size (GTK_WINDOW (self), 560, 600);
  gtk_window_set_modal (GTK_WINDOW (self), TRUE);
  adw_window_set_content (ADW_WINDOW (self), box);
}

static RaiDay
item_day (GtkListItem *item) {
  return (RaiDay) g_ascii_strtoll (gtk_string_object_get_string (gtk_list_item_get_item (item)),
                                   NULL, 10);
}

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item, Column *column) {
  GtkWidget *label = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (label), column->series != NULL ? 1 : 0);
  gtk_widget_add_css_class (label, "numeric");
  gtk_list_item_set_child (item, label);
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, Column *column) {
  RaiDay day = item_day (item);
  double value = column->series != NULL ? rai_chart_series_get (column->series, day) : NAN;
  g_autofree char *text = column->series == NULL ? rai_time_axis_day_text (day, _ ("%a %-d %b %Y"))
                          : isnan (value)        ? g_strdup ("–")
                                                 : rai_value_axis_plain_text (&column->axis, value);
  gtk_label_set_label (GTK_LABEL (gtk_list_item_get_child (item)), text);
}

static void
column_free (void *data, GClosure *closure) {
  Column *column = data;
  g_clear_pointer (&column->series, rai_chart_series_unref);
  g_free (column);
}

/* series NULL: the day. */
static void
add_column (RaiChartTableDialog *self, const char *title, RaiChartSeries *series,
            const RaiValueAxis *axis) {
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  Column *column = g_new0 (Column, 1);
  column->series = series != NULL ? rai_chart_series_ref (series) : NULL;
  column->axis = *axis;
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), column);
  g_signal_connect_data (factory, "bind", G_CALLBACK (bind_cb), column, column_free, 0);

  GtkColumnViewColumn *view_column = gtk_column_view_column_new (title, factory);
  gtk_column_view_column_set_expand (view_column, TRUE);
  gtk_column_view_column_set_resizable (view_column, TRUE);
  gtk_column_view_append_column (self->view, view_column);
  g_object_unref (view_column);
}

static bool
has_values (const RaiChartScene *scene, RaiDay day) {
  RaiChartDays days = { day, day };
  g_autoptr (GArray) facts = rai_chart_scene_describe (scene, days);
  return facts->len > 0;
}

static void
fill_days (RaiChartTableDialog *self, const RaiChartScene *scene) {
  GtkStringList *list = gtk_string_list_new (NULL);
  RaiDay first, last;
  if (rai_chart_scene_extent (scene, &first, &last))
    for (RaiDay day = last; day >= first; day--)
      if (has_values (scene, day))
        gtk_string_list_take (list, g_strdup_printf ("%d", day));
  self->days = G_LIST_MODEL (list);
}

/* The columns of a layer, if it has several when `several`, else one. */
static void
add_layer (RaiChartTableDialog *self, RaiChartLayer *layer, bool several,
           const RaiValueAxis *values, const RaiValueAxis *shares) {
  RaiChartLayerClass *class = RAI_CHART_LAYER_GET_CLASS (layer);
  size_t n = class->n_columns != NULL ? class->n_columns (layer) : 0;
  for (size_t i = 0; i < n && (n > 1) == several; i++) {
    g_autofree char *name = NULL;
    RaiChartSeries *series = class->column (layer, i, &name);
    g_autofree char *title = class->range != NULL && values->symbol[0]
                                 ? g_strdup_printf ("%s (%s)", name, values->symbol)
                                 : g_strdup (name);
    add_column (self, title, series, class->range != NULL ? values : shares);
  }
}

GtkWidget *
rai_chart_table_dialog_new (const RaiChartScene *scene, const char *title) {
  RaiChartTableDialog *self = g_object_new (RAI_TYPE_CHART_TABLE_DIALOG, NULL);
  RaiValueAxis values, shares;

  rai_value_axis_init (&values, scene->unit, scene->symbol);
  rai_value_axis_init (&shares, RAI_CHART_UNIT_PERCENT, NULL);
  gtk_window_set_title (GTK_WINDOW (self),
                        title != NULL && *title ? title : _ ("Numbers of the chart"));
  add_column (self, _ ("Day"), NULL, &values);

  /* What has one value a day comes before intervals. */
  for (size_t pass = 1; pass <= 2; pass++)
    for (size_t i = 0; i < scene->layers->len; i++)
      add_layer (self, scene->layers->pdata[i], pass == 2, &values, &shares);

  fill_days (self, scene);
  GtkNoSelection *selection = gtk_no_selection_new (g_object_ref (self->days));
  gtk_column_view_set_model (self->view, GTK_SELECTION_MODEL (selection));
  g_object_unref (selection);

  return GTK_WIDGET (self);
}

void
rai_chart_table_dialog_show (GtkWidget *above, const RaiChartScene *scene, const char *title) {
  GtkRoot *root = gtk_widget_get_root (above);
  GtkWidget *dialog = rai_chart_table_dialog_new (scene, title);
  if (GTK_IS_WINDOW (root))
    gtk_window_set_transient_for (GTK_WINDOW (dialog), GTK_WINDOW (root));
  gtk_window_present (GTK_WINDOW (dialog));
}

unsigned
rai_chart_table_dialog_n_rows (RaiChartTableDialog *dialog) {
  return g_list_model_get_n_items (dialog->days);
}
