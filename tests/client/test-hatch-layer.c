/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/widgets/rai-hatch-layer.h"

#include <math.h>

#define FIRST 20000

static RaiChartLayer *
new_hatch (void) {
  RaiChartLayer *layer = rai_hatch_layer_new ("Out of stock", RAI_CHART_ROLE_ATTENTION);
  const double shares[] = { 1, NAN, 0.25, 0 };
  g_autoptr (RaiChartSeries) series = rai_chart_series_new (FIRST, shares, 4);
  rai_series_layer_set_series (RAI_SERIES_LAYER (layer), series);
  return layer;
}

/* What is hatched is no value of the axis, and no reason to show more days. */
static void
test_no_values (void) {
  g_autoptr (RaiChartLayer) layer = new_hatch ();
  RaiChartLayerClass *class = RAI_CHART_LAYER_GET_CLASS (layer);
  RaiDay first, last;
  g_assert_null (class->range);
  g_assert_false (class->extent (layer, &first, &last));
  g_assert_cmpuint (class->n_columns (layer), ==, 1);
}

static void
test_shows (void) {
  g_autoptr (RaiChartLayer) layer = new_hatch (),
                            none = rai_hatch_layer_new ("", RAI_CHART_ROLE_ATTENTION);
  RaiHatchLayer *hatch = RAI_HATCH_LAYER (layer);
  g_assert_true (rai_hatch_layer_shows (hatch, FIRST, FIRST));
  g_assert_true (rai_hatch_layer_shows (hatch, FIRST + 1, FIRST + 3));
  g_assert_false (rai_hatch_layer_shows (hatch, FIRST + 1, FIRST + 1));
  g_assert_false (rai_hatch_layer_shows (hatch, FIRST + 3, FIRST + 9));
  g_assert_false (rai_hatch_layer_shows (RAI_HATCH_LAYER (none), FIRST, FIRST));
}

static void
assert_says (RaiChartLayer *layer, RaiDay day, const char *expected) {
  g_autoptr (GArray) facts = rai_chart_facts_new ();
  RAI_CHART_LAYER_GET_CLASS (layer)->describe (layer, day, NULL, facts);
  g_assert_cmpuint (facts->len, ==, expected != NULL ? 1 : 0);
  if (expected != NULL)
    g_assert_cmpstr (g_array_index (facts, RaiChartFact, 0).text, ==, expected);
}

static void
test_describe (void) {
  g_autoptr (RaiChartLayer) layer = new_hatch ();
  assert_says (layer, FIRST, "all day");
  assert_says (layer, FIRST + 1, NULL);
  assert_says (layer, FIRST + 2, "25 % of the day");
  assert_says (layer, FIRST + 3, NULL);
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/hatch-layer/no-values", test_no_values);
  g_test_add_func ("/hatch-layer/shows", test_shows);
  g_test_add_func ("/hatch-layer/describe", test_describe);
  return g_test_run ();
}
