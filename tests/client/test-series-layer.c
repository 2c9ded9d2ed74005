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

static void
check_spans (RaiChartLayer *layer, double expected_low) {
  RaiChartLayerClass *class = RAI_CHART_LAYER_GET_CLASS (layer);
  RaiDay first, last;
  double low, high;
  g_assert_false (class->extent (layer, &first, &last));
  g_assert_false (class->range (layer, FIRST, FIRST + 2, &low, &high));

  with_series (layer);
  g_assert_true (class->extent (layer, &first, &last));
  g_assert_cmpint (first, ==, FIRST);
  g_assert_cmpint (last, ==, FIRST + 2);
  g_assert_true (class->range (layer, FIRST, FIRST + 2, &low, &high));
  g_assert_cmpfloat (low, ==, expected_low);
  g_assert_cmpfloat (high, ==, 0.5);
  g_object_unref (layer);
}

/* Lines reach as far as their values, bars down to zero; what is hatched is no value at all. */
static void
test_spans (void) {
  check_spans (rai_line_layer_new ("Line", RAI_CHART_ROLE_HISTORY, false), 0.25);
  check_spans (rai_bar_layer_new ("Bars", RAI_CHART_ROLE_HISTORY), 0);

  g_autoptr (RaiChartLayer) hatch =
      with_series (rai_hatch_layer_new ("Out", RAI_CHART_ROLE_ATTENTION));
  RaiDay first, last;
  g_assert_null (RAI_CHART_LAYER_GET_CLASS (hatch)->range);
  g_assert_false (RAI_CHART_LAYER_GET_CLASS (hatch)->extent (hatch, &first, &last));
  g_assert_true (rai_hatch_layer_shows (RAI_HATCH_LAYER (hatch), FIRST, FIRST));
  g_assert_false (rai_hatch_layer_shows (RAI_HATCH_LAYER (hatch), FIRST + 1, FIRST + 1));
}

static void
assert_says (RaiChartLayer *layer, RaiDay day, const char *expected) {
  g_autoptr (GArray) facts = rai_chart_facts_new ();
  RaiValueAxis axis;
  rai_value_axis_init (&axis, RAI_CHART_UNIT_PERCENT, NULL);
  RAI_CHART_LAYER_GET_CLASS (layer)->describe (layer, day, &axis, facts);
  g_assert_cmpuint (facts->len, ==, expected != NULL ? 1 : 0);
  if (expected != NULL)
    g_assert_cmpstr (g_array_index (facts, RaiChartFact, 0).text, ==, expected);
}

static void
test_describe (void) {
  g_autoptr (RaiChartLayer) line =
      with_series (rai_line_layer_new ("Line", RAI_CHART_ROLE_HISTORY, true));
  g_autoptr (RaiChartLayer) hatch =
      with_series (rai_hatch_layer_new ("Out", RAI_CHART_ROLE_ATTENTION));
  assert_says (line, FIRST, "50 %");
  assert_says (line, FIRST + 1, NULL);
  assert_says (line, FIRST + 9, NULL);
  assert_says (hatch, FIRST + 2, "25 % of the day");
  assert_says (hatch, FIRST + 1, NULL);
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/series-layer/series", test_series);
  g_test_add_func ("/series-layer/spans", test_spans);
  g_test_add_func ("/series-layer/describe", test_describe);
  return g_test_run ();
}
