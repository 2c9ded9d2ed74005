/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/widgets/rai-bar-layer.h"

/* Bars stand on zero, wherever their values are. */
static void
check_range (double value, double expected_low, double expected_high) {
  g_autoptr (RaiChartLayer) layer = rai_bar_layer_new ("Sold", RAI_CHART_ROLE_HISTORY);
  g_autoptr (RaiChartSeries) series = rai_chart_series_new (20000, &value, 1);
  double low, high;
  rai_series_layer_set_series (RAI_SERIES_LAYER (layer), series);
  g_assert_true (RAI_CHART_LAYER_GET_CLASS (layer)->range (layer, 20000, 20000, &low, &high));
  g_assert_cmpfloat (low, ==, expected_low);
  g_assert_cmpfloat (high, ==, expected_high);
}

static void
test_range (void) {
  g_autoptr (RaiChartLayer) layer = rai_bar_layer_new ("Sold", RAI_CHART_ROLE_HISTORY);
  double low, high;
  check_range (95, 0, 95);
  check_range (-3, -3, 0);
  g_assert_false (RAI_CHART_LAYER_GET_CLASS (layer)->range (layer, 20000, 20000, &low, &high));
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/bar-layer/range", test_range);
  return g_test_run ();
}
