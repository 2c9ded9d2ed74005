/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/widgets/rai-heat-map.h"

#include <adwaita.h>
#include <math.h>

static void
test_rows (void) {
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
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/heat-map/rows", test_rows);
  return g_test_run ();
}
