/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/widgets/rai-chart.h"

#include "client/widgets/rai-hatch-layer.h"
#include "client/widgets/rai-line-layer.h"

#include <adwaita.h>

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
test_new_destroy (void) {
  RaiChart *chart = new_chart ();
  g_object_add_weak_pointer (G_OBJECT (chart), (void **) &chart);
  g_object_unref (chart);
  g_assert_null (chart);
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
  g_test_add_func ("/chart/builder", test_builder);
  g_test_add_func ("/chart/on-screen", test_on_screen);

  return g_test_run ();
}
