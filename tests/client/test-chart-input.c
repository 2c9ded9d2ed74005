/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/widgets/rai-chart-input.h"

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

int
main (int argc, char **argv) {
  g_setenv ("GTK_A11Y", "test", TRUE);
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  today = rai_day_from_ymd (2026, 11, 23);
  g_test_add_func ("/chart-input/keyboard-speaks", test_keyboard_speaks);
  g_test_add_func ("/chart-input/keyboard-mirrored", test_keyboard_mirrored);
  g_test_add_func ("/chart-input/keyboard-zooms", test_keyboard_zooms);
  g_test_add_func ("/chart-input/empty", test_empty);
  return g_test_run ();
}
