/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/rai-forecast-level.h"

#include <glib.h>

static void
ids_round_trip (void) {
  RaiForecastLevel level;
  for (int i = 0; i < RAI_N_LEVELS; i++) {
    g_assert_true (rai_forecast_level_parse (rai_forecast_level_id ((RaiForecastLevel) i), &level));
    g_assert_cmpint (level, ==, i);
    g_assert_nonnull (rai_forecast_level_title (level));
    g_assert_nonnull (rai_forecast_level_measure (level));
  }

  g_assert_false (rai_forecast_level_parse ("region", &level));
  g_assert_false (rai_forecast_level_parse (NULL, &level));
}

/* Databases hold these. */
static void
stored (void) {
  g_assert_cmpstr (rai_forecast_level_id (RAI_LEVEL_ITEM), ==, "item");
  g_assert_cmpstr (rai_forecast_level_id (RAI_LEVEL_DEPARTMENT), ==, "department");
  g_assert_cmpstr (rai_forecast_level_id (RAI_LEVEL_SITE), ==, "site");
  g_assert_cmpstr (rai_forecast_level_id (RAI_LEVEL_COMPANY), ==, "company");
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/forecast-level/ids", ids_round_trip);
  g_test_add_func ("/core/forecast-level/stored", stored);
  return g_test_run ();
}
