/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/widgets/rai-waterfall.h"

#include <adwaita.h>

static void
assert_says (GtkWidget *widget, const char *expected) {
  g_autofree char *error = gtk_test_accessible_check_property (
      GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, expected);
  g_assert_cmpstr (error, ==, NULL);
}

/* What is shown can be added up in the head, also where each part alone would be rounded
 * otherwise. */
static void
test_adds_up (void) {
  GtkWidget *waterfall = g_object_ref_sink (rai_waterfall_new ());
  const RaiWaterfallPart parts[] = {
    { "Level", 100.4 }, { "Weekday", 20.4 }, { "Price", -10.4 }, { "Weather", 0.4 }
  };

  rai_waterfall_set (RAI_WATERFALL (waterfall), parts, 4, "Forecast", RAI_CHART_UNIT_QUANTITY,
                     "pieces");
  g_assert_cmpfloat_with_epsilon (rai_waterfall_get_total (RAI_WATERFALL (waterfall)), 110.8, 1e-9);
  assert_says (
      waterfall,
      "Level: 100 pieces. Weekday: 21 pieces. Price: −11 pieces. Weather: 1 pieces. Forecast: 111 "
      "pieces");
  rai_waterfall_set (RAI_WATERFALL (waterfall), parts, 0, "Forecast", RAI_CHART_UNIT_MONEY, "EUR");
  assert_says (waterfall, "");

  const RaiWaterfallPart money[] = { { "Level", 481235 }, { "Trend", -1250 } };
  rai_waterfall_set (RAI_WATERFALL (waterfall), money, 2, "Forecast", RAI_CHART_UNIT_MONEY, "EUR");
  assert_says (waterfall, "Level: 4,812 EUR. Trend: −12 EUR. Forecast: 4,800 EUR");
  g_object_unref (waterfall);
}

int
main (int argc, char **argv) {
  g_setenv ("GTK_A11Y", "test", TRUE);
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/waterfall/adds-up", test_adds_up);
  return g_test_run ();
}
