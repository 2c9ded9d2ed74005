/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/widgets/rai-line-layer.h"

static void
count (unsigned *n) {
  (*n)++;
}

/* Dots are a property of the line, for .ui files too; the series stays what it is. */
static void
test_dotted (void) {
  g_autoptr (RaiChartLayer) layer = rai_line_layer_new ("Then", RAI_CHART_ROLE_FORECAST, true);
  const double value = 1;
  g_autoptr (RaiChartSeries) series = rai_chart_series_new (20000, &value, 1);
  unsigned n_changes = 0;
  gboolean dotted;

  g_assert_true (rai_line_layer_get_dotted (RAI_LINE_LAYER (layer)));
  rai_series_layer_set_series (RAI_SERIES_LAYER (layer), series);
  g_signal_connect_swapped (layer, "changed", G_CALLBACK (count), &n_changes);
  g_object_set (layer, "dotted", FALSE, NULL);
  g_object_get (layer, "dotted", &dotted, NULL);
  g_assert_false (dotted);
  g_assert_false (rai_line_layer_get_dotted (RAI_LINE_LAYER (layer)));
  g_assert_cmpuint (n_changes, ==, 1);
  g_assert_true (rai_series_layer_get_series (RAI_SERIES_LAYER (layer)) == series);
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/line-layer/dotted", test_dotted);
  return g_test_run ();
}
