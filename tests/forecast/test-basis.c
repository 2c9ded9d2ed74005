/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "forecast/panel/rai-basis.h"

#include "forecast/rai-forecast.h"

static void
add (RaiPanel *panel, const char *site, const char *item, const char *category, double sold) {
  size_t series = rai_panel_add_series (panel, site, item, sold < 0 ? 0 : 2);
  if (*category != '\0')
    rai_panel_set_attribute (panel, series, "category", category);
  for (size_t t = 0; t < 2 && sold >= 0; t++)
    rai_panel_observations (panel, series)[t] = t * sold;
}

/* The surest that is known of each: its own sales, the item elsewhere, its kind, or nothing. */
static void
test_find (void) {
  g_autoptr (RaiPanel) panel = rai_panel_new (RAI_STEP_DAY, 20000, 1);
  add (panel, "north", "bread", "baker", 5);
  add (panel, "south", "bread", "baker", -1);
  add (panel, "south", "rolls", "baker", 0);
  add (panel, "south", "torch", "tools", -1);
  add (panel, "south", "other", "", 0);
  static const RaiBasis wanted[] = { RAI_BASIS_OWN, RAI_BASIS_ITEM, RAI_BASIS_TRAIT,
                                     RAI_BASIS_NOTHING, RAI_BASIS_NOTHING };

  g_autofree RaiBasis *basis = rai_basis_find (panel);
  g_autoptr (RaiForecast) forecast = rai_forecast_run (panel, NULL, NULL);
  for (size_t i = 0; i < G_N_ELEMENTS (wanted); i++) {
    g_assert_cmpint (basis[i], ==, wanted[i]);
    g_assert_cmpint (rai_forecast_series (forecast, i)->basis, ==, wanted[i]);
  }
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/basis/find", test_find);
  return g_test_run ();
}
