/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/widgets/rai-chart-table-dialog.h"

#include "client/widgets/rai-line-layer.h"

#include <math.h>

/* A row for each day with a value; the title is the chart's, or says what the window holds. */
static void
test_table (void) {
  g_autoptr (RaiChartScene) scene = rai_chart_scene_new ();
  RaiChartLayer *layer = rai_line_layer_new ("Sold", RAI_CHART_ROLE_HISTORY, false);
  const double values[] = { 1, NAN, 3 };
  g_autoptr (RaiChartSeries) series = rai_chart_series_new (20000, values, 3);
  rai_series_layer_set_series (RAI_SERIES_LAYER (layer), series);
  g_ptr_array_add (scene->layers, layer);

  GtkWidget *named = rai_chart_table_dialog_new (scene, "Oat milk"),
            *plain = rai_chart_table_dialog_new (scene, NULL);
  g_assert_cmpuint (rai_chart_table_dialog_n_rows (RAI_CHART_TABLE_DIALOG (named)), ==, 2);
  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (named)), ==, "Oat milk");
  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (plain)), ==, "Numbers of the chart");
  gtk_window_destroy (GTK_WINDOW (named));
  gtk_window_destroy (GTK_WINDOW (plain));
}

/* The dialog stands above the window of what it was asked from. */
static void
test_show (void) {
  g_autoptr (RaiChartScene) scene = rai_chart_scene_new ();
  GtkWidget *window = gtk_window_new (), *label = gtk_label_new (NULL);
  gtk_window_set_child (GTK_WINDOW (window), label);
  rai_chart_table_dialog_show (label, scene, NULL);

  g_autoptr (GList) windows = gtk_window_list_toplevels ();
  GtkWidget *dialog = NULL;
  for (GList *at = windows; at != NULL; at = at->next)
    if (RAI_IS_CHART_TABLE_DIALOG (at->data))
      dialog = at->data;
  g_assert_nonnull (dialog);
  g_assert_true (gtk_window_get_transient_for (GTK_WINDOW (dialog)) == GTK_WINDOW (window));
  g_assert_cmpuint (rai_chart_table_dialog_n_rows (RAI_CHART_TABLE_DIALOG (dialog)), ==, 0);
  gtk_window_destroy (GTK_WINDOW (dialog));
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int argc, char **argv) {
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/chart-table-dialog/table", test_table);
  g_test_add_func ("/chart-table-dialog/show", test_show);
  return g_test_run ();
}
