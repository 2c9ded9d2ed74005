/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/widgets/rai-chart-input.h"
#include "client/widgets/rai-chart-table-dialog.h"
#include "client/widgets/rai-hatch-layer.h"
#include "client/widgets/rai-line-layer.h"

#include <adwaita.h>
#include <gdk/gdkkeysyms.h>

static RaiDay today;

static RaiChartLayer *
new_line (void) {
  RaiChartLayer *layer = rai_line_layer_new ("Sold", RAI_CHART_ROLE_HISTORY, false);
  double values[60];
  for (int i = 0; i < 60; i++)
    values[i] = i;
  g_autoptr (RaiChartSeries) series = rai_chart_series_new (today - 50, values, 60);
  rai_series_layer_set_series (RAI_SERIES_LAYER (layer), series);
  return layer;
}

static RaiChart *
new_chart (void) {
  RaiChart *chart = RAI_CHART (g_object_ref_sink (rai_chart_new ()));
  rai_chart_set_title (chart, "Oat milk");
  rai_chart_set_unit (chart, RAI_CHART_UNIT_QUANTITY, "pieces");
  rai_chart_set_today (chart, today);
  rai_chart_add_layer (chart, new_line ());
  return chart;
}

static void
assert_says (RaiChart *chart, const char *expected) {
  g_autofree char *error = gtk_test_accessible_check_property (
      GTK_ACCESSIBLE (chart), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, expected);
  g_assert_cmpstr (error, ==, NULL);
}

static void
test_new_destroy (void) {
  RaiChart *chart = new_chart ();
  g_object_add_weak_pointer (G_OBJECT (chart), (void **) &chart);
  g_object_unref (chart);
  g_assert_null (chart);
}

static void
test_keyboard_speaks (void) {
  RaiChart *chart = new_chart ();
  g_assert_true (rai_chart_input_key (chart, GDK_KEY_Right, 0));
  assert_says (chart, "Monday 23 November 2026. Sold: 50 pieces");
  rai_chart_input_key (chart, GDK_KEY_Left, 0);
  assert_says (chart, "Sunday 22 November 2026. Sold: 49 pieces");
  rai_chart_input_key (chart, GDK_KEY_Left, GDK_CONTROL_MASK);
  assert_says (chart, "Sunday 15 November 2026. Sold: 42 pieces");
  rai_chart_input_key (chart, GDK_KEY_Right, GDK_SHIFT_MASK);
  assert_says (chart, "15 Nov – 16 Nov 2026, 2 days. Sold: 85 pieces");
  rai_chart_input_key (chart, GDK_KEY_End, 0);
  assert_says (chart, "Wednesday 2 December 2026. Sold: 59 pieces");
  rai_chart_input_key (chart, GDK_KEY_Right, 0);
  assert_says (chart, "Wednesday 2 December 2026. Sold: 59 pieces");
  g_assert_true (rai_chart_input_key (chart, GDK_KEY_Escape, 0));
  g_assert_cmpint (rai_chart_get_days (chart).from, ==, RAI_DAY_NONE);
  g_assert_false (rai_chart_input_key (chart, GDK_KEY_Escape, 0));
  g_assert_false (rai_chart_input_key (chart, GDK_KEY_a, 0));
  g_object_unref (chart);
}

/* In a mirrored window the left arrow leads to later days, as the picture does. */
static void
test_keyboard_mirrored (void) {
  RaiChart *chart = new_chart ();
  gtk_widget_set_direction (GTK_WIDGET (chart), GTK_TEXT_DIR_RTL);
  rai_chart_input_key (chart, GDK_KEY_Left, 0);
  rai_chart_input_key (chart, GDK_KEY_Left, 0);
  g_assert_cmpint (rai_chart_get_days (chart).from, ==, today + 1);
  g_object_unref (chart);
}

static void
test_keyboard_zooms (void) {
  RaiChart *chart = new_chart ();
  const RaiChartView *view = rai_chart_get_view (chart);
  rai_chart_set_home (chart, today - 20, today + 9);
  g_assert_cmpfloat (view->now.to - view->now.from, ==, 30);
  rai_chart_input_key (chart, GDK_KEY_plus, 0);
  g_assert_cmpfloat (view->now.to - view->now.from, <, 30);
  rai_chart_input_key (chart, GDK_KEY_Home, 0);
  g_assert_cmpfloat (view->now.from, ==, today - 50);
  rai_chart_input_key (chart, GDK_KEY_0, 0);
  g_assert_cmpfloat (view->now.from, ==, today - 20);
  g_object_unref (chart);
}

static void
test_empty (void) {
  RaiChart *chart = RAI_CHART (g_object_ref_sink (rai_chart_new ()));
  g_assert_cmpint (rai_chart_day_at (chart, 10), ==, RAI_DAY_NONE);
  rai_chart_input_key (chart, GDK_KEY_Right, 0);
  rai_chart_input_key (chart, GDK_KEY_plus, 0);
  g_object_unref (chart);
}

static void
test_builder (void) {
  static const char ui[] =
      "<interface><object class='RaiChart' id='chart'><property name='unit'>money</property>"
      "<child><object class='RaiHatchLayer'><property name='title'>Out</property></object></child>"
      "<child><object class='RaiLineLayer'><property name='role'>forecast</property>"
      "<property name='dotted'>1</property></object></child></object></interface>";

  g_type_ensure (RAI_TYPE_CHART);
  g_type_ensure (RAI_TYPE_HATCH_LAYER);
  g_type_ensure (RAI_TYPE_LINE_LAYER);
  g_autoptr (GtkBuilder) builder = gtk_builder_new_from_string (ui, -1);

  RaiChartScene *scene =
      rai_chart_get_scene (RAI_CHART (gtk_builder_get_object (builder, "chart")));
  g_assert_cmpuint (scene->layers->len, ==, 2);
  g_assert_true (RAI_IS_LINE_LAYER (scene->layers->pdata[1]));
  g_assert_cmpint (scene->unit, ==, RAI_CHART_UNIT_MONEY);
}

static void
test_table (void) {
  RaiChart *chart = new_chart ();
  GtkWidget *dialog = rai_chart_table_dialog_new (rai_chart_get_scene (chart), "Oat milk");
  g_assert_cmpuint (rai_chart_table_dialog_n_rows (RAI_CHART_TABLE_DIALOG (dialog)), ==, 60);
  gtk_window_destroy (GTK_WINDOW (dialog));
  g_object_unref (chart);
}

/* On screen: the plot is laid out, and places turn into days. */
static void
test_on_screen (void) {
  GtkWidget *window = gtk_window_new (), *chart = GTK_WIDGET (new_chart ());
  gtk_window_set_default_size (GTK_WINDOW (window), 700, 400);
  gtk_window_set_child (GTK_WINDOW (window), chart);
  gtk_window_present (GTK_WINDOW (window));
  while (rai_chart_get_plot (RAI_CHART (chart))->width <= 0)
    g_main_context_iteration (NULL, TRUE);

  const RaiChartPlot *plot = rai_chart_get_plot (RAI_CHART (chart));
  for (RaiDay day = today - 50; day < today + 10; day++)
    g_assert_cmpint (rai_chart_day_at (RAI_CHART (chart), rai_chart_plot_x (plot, day + 0.5)), ==,
                     day);

  g_assert_cmpint (rai_chart_day_at (RAI_CHART (chart), -5), ==, today - 50);
  g_assert_cmpint (rai_chart_day_at (RAI_CHART (chart), 5000), ==, today + 9);
  gtk_window_destroy (GTK_WINDOW (window));
  g_object_unref (chart);
}

int
main (int argc, char **argv) {
  g_setenv ("GTK_A11Y", "test", TRUE);
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  today = rai_day_from_ymd (2026, 11, 23);
  g_test_add_func ("/chart/new-destroy", test_new_destroy);
  g_test_add_func ("/chart/keyboard-speaks", test_keyboard_speaks);
  g_test_add_func ("/chart/keyboard-mirrored", test_keyboard_mirrored);
  g_test_add_func ("/chart/keyboard-zooms", test_keyboard_zooms);
  g_test_add_func ("/chart/empty", test_empty);
  g_test_add_func ("/chart/builder", test_builder);
  g_test_add_func ("/chart/table", test_table);
  g_test_add_func ("/chart/on-screen", test_on_screen);

  return g_test_run ();
}
