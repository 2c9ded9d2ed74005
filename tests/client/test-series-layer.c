/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/widgets/rai-series-layer.h"

#include "client/widgets/rai-bar-layer.h"
#include "client/widgets/rai-hatch-layer.h"
#include "client/widgets/rai-line-layer.h"

#include <math.h>

#define FIRST 20000

static RaiChartLayer *
with_series (RaiChartLayer *layer) {
  const double values[] = { 0.5, NAN, 0.25 };
  g_autoptr (RaiChartSeries) series = rai_chart_series_new (FIRST, values, 3);
  rai_series_layer_set_series (RAI_SERIES_LAYER (layer), series);
  return layer;
}

static void
count (unsigned *n) {
  (*n)++;
}

/* All of them say when the picture is out of date, keep the series, and are a column with it. */
static void
test_series (void) {
  RaiChartLayer *layers[] = {
    rai_line_layer_new ("Line", RAI_CHART_ROLE_HISTORY, false),
    rai_bar_layer_new ("Bars", RAI_CHART_ROLE_HISTORY),
    rai_hatch_layer_new ("Out", RAI_CHART_ROLE_ATTENTION),
  };

  for (size_t i = 0; i < G_N_ELEMENTS (layers); i++) {
    g_autoptr (RaiChartLayer) layer = layers[i];
    RaiChartLayerClass *class = RAI_CHART_LAYER_GET_CLASS (layer);
    unsigned n_changes = 0;
    g_signal_connect_swapped (layer, "changed", G_CALLBACK (count), &n_changes);
    g_assert_null (rai_series_layer_get_series (RAI_SERIES_LAYER (layer)));
    g_assert_cmpuint (class->n_columns (layer), ==, 0);

    with_series (layer);
    g_assert_cmpuint (n_changes, ==, 1);
    g_assert_cmpuint (class->n_columns (layer), ==, 1);
    g_autofree char *name = NULL;
    g_assert_true (class->column (layer, 0, &name) ==
                   rai_series_layer_get_series (RAI_SERIES_LAYER (layer)));
    g_assert_cmpstr (name, ==, rai_chart_layer_get_title (layer));

    rai_series_layer_set_series (RAI_SERIES_LAYER (layer), NULL);
    g_assert_cmpuint (class->n_columns (layer), ==, 0);
  }
}

/* What a layer shows unless it knows better: its days, its values, and the value of a day. */
static void
test_shows (void) {
  g_autoptr (RaiChartLayer) line = rai_line_layer_new ("Line", RAI_CHART_ROLE_HISTORY, false);
  RaiChartLayerClass *class = RAI_CHART_LAYER_GET_CLASS (line);
  g_autoptr (GArray) facts = rai_chart_facts_new ();
  RaiValueAxis axis;
  RaiDay first, last;
  double low, high;

  rai_value_axis_init (&axis, RAI_CHART_UNIT_PERCENT, NULL);
  g_assert_false (class->extent (line, &first, &last));
  g_assert_false (class->range (line, FIRST, FIRST + 2, &low, &high));
  class->describe (line, FIRST, &axis, facts);
  g_assert_cmpuint (facts->len, ==, 0);

  with_series (line);
  g_assert_true (class->extent (line, &first, &last));
  g_assert_cmpint (first, ==, FIRST);
  g_assert_cmpint (last, ==, FIRST + 2);
  g_assert_true (class->range (line, FIRST, FIRST + 2, &low, &high));
  g_assert_cmpfloat (low, ==, 0.25);
  g_assert_cmpfloat (high, ==, 0.5);

  for (RaiDay day = FIRST - 1; day <= FIRST + 3; day++)
    class->describe (line, day, &axis, facts);
  g_assert_cmpuint (facts->len, ==, 2);
  g_assert_cmpstr (g_array_index (facts, RaiChartFact, 0).text, ==, "50 %");
  g_assert_cmpstr (g_array_index (facts, RaiChartFact, 1).name, ==, "Line");
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/series-layer/series", test_series);
  g_test_add_func ("/series-layer/shows", test_shows);
  return g_test_run ();
}
