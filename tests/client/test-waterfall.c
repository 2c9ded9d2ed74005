/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/widgets/rai-heat-map.h"
#include "client/widgets/rai-tile.h"
#include "client/widgets/rai-waterfall.h"

#include <adwaita.h>
#include <math.h>

static void
assert_says (GtkWidget *widget, const char *expected) {
  g_autofree char *error =
      gtk_test_accessible_check_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, expected);
  g_assert_cmpstr (error, ==, NULL);
}

/* What is shown can be added up in the head, also where each part alone would be rounded otherwise. */
static void
test_adds_up (void) {
  GtkWidget *waterfall = g_object_ref_sink (rai_waterfall_new ());
  const RaiWaterfallPart parts[] = { { "Level", 100.4 }, { "Weekday", 20.4 }, { "Price", -10.4 }, { "Weather", 0.4 } };
  rai_waterfall_set (RAI_WATERFALL (waterfall), parts, 4, "Forecast", RAI_CHART_UNIT_QUANTITY, "pieces");
  g_assert_cmpfloat_with_epsilon (rai_waterfall_get_total (RAI_WATERFALL (waterfall)), 110.8, 1e-9);
  assert_says (waterfall, "Level: 100 pieces. Weekday: 21 pieces. Price: −11 pieces. Weather: 1 pieces. Forecast: 111 "
                          "pieces");
  rai_waterfall_set (RAI_WATERFALL (waterfall), parts, 0, "Forecast", RAI_CHART_UNIT_MONEY, "EUR");
  assert_says (waterfall, "");
  const RaiWaterfallPart money[] = { { "Level", 481235 }, { "Trend", -1250 } };
  rai_waterfall_set (RAI_WATERFALL (waterfall), money, 2, "Forecast", RAI_CHART_UNIT_MONEY, "EUR");
  assert_says (waterfall, "Level: 4,812 EUR. Trend: −12 EUR. Forecast: 4,800 EUR");
  g_object_unref (waterfall);
}

static void
test_tile (void) {
  g_autofree char *above = rai_tile_compare (106, 100, "%s above", "%s below", "same");
  g_autofree char *below = rai_tile_compare (94, 100, "%s above", "%s below", "same");
  g_autofree char *same = rai_tile_compare (100.2, 100, "%s above", "%s below", "same");
  g_assert_cmpstr (above, ==, "6\xc2\xa0% above");
  g_assert_cmpstr (below, ==, "6\xc2\xa0% below");
  g_assert_cmpstr (same, ==, "same");
  g_assert_null (rai_tile_compare (1, 0, "%s", "%s", ""));
  g_assert_null (rai_tile_compare (1, NAN, "%s", "%s", ""));
  g_assert_cmpint (rai_tile_mood (1, NAN), ==, RAI_TILE_NEUTRAL);
  g_assert_cmpint (rai_tile_mood (2, 1), ==, RAI_TILE_GOOD);
  g_assert_cmpint (rai_tile_mood (1, 2), ==, RAI_TILE_BAD);
}

static void
test_heat_map (void) {
  GtkWidget *map = g_object_ref_sink (rai_heat_map_new ());
  static const char *const rows[] = { "A", "B" }, *const columns[] = { "Mon", "Tue" };
  const double values[] = { 1, NAN, 3, 4 };
  g_assert_cmpint (rai_heat_map_row_at (RAI_HEAT_MAP (map), 40), ==, -1);
  rai_heat_map_set (RAI_HEAT_MAP (map), rows, 2, columns, 2, values, RAI_CHART_UNIT_NUMBER, NULL);
  int height;
  gtk_widget_measure (map, GTK_ORIENTATION_VERTICAL, 300, &height, NULL, NULL, NULL);
  g_assert_cmpint (rai_heat_map_row_at (RAI_HEAT_MAP (map), 2), ==, -1);
  g_assert_cmpint (rai_heat_map_row_at (RAI_HEAT_MAP (map), height / 2.0), ==, 0);
  g_assert_cmpint (rai_heat_map_row_at (RAI_HEAT_MAP (map), height - 2), ==, 1);
  g_object_unref (map);
}

int
main (int argc, char **argv) {
  g_setenv ("GTK_A11Y", "test", TRUE);
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/waterfall/adds-up", test_adds_up);
  g_test_add_func ("/waterfall/tile", test_tile);
  g_test_add_func ("/waterfall/heat-map", test_heat_map);
  return g_test_run ();
}
