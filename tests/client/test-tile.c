/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/widgets/rai-tile.h"

#include <adwaita.h>
#include <math.h>

static void
test_compare (void) {
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
test_new_destroy (void) {
  GtkWidget *tile = g_object_ref_sink (rai_tile_new ("Revenue"));
  const double values[] = { 1, 2, 3 };
  rai_tile_set_value (RAI_TILE (tile), "4,812 EUR");
  rai_tile_set_delta (RAI_TILE (tile), 0, "6 % above forecast", RAI_TILE_GOOD);
  rai_tile_set_delta (RAI_TILE (tile), 0, NULL, RAI_TILE_NEUTRAL);
  rai_tile_set_values (RAI_TILE (tile), values, 3);
  rai_tile_set_values (RAI_TILE (tile), NULL, 0);
  g_object_add_weak_pointer (G_OBJECT (tile), (void **) &tile);
  g_object_unref (tile);
  g_assert_null (tile);
}

int
main (int argc, char **argv) {
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/tile/compare", test_compare);
  g_test_add_func ("/tile/new-destroy", test_new_destroy);
  return g_test_run ();
}
