/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "forecast/rai-history.h"

#include <math.h>

/* Ten a day; a half day without stock sells six, a whole one nothing; a closed day and a gap are no demand of zero. */
static void
test_censoring (void) {
  g_autoptr (RaiPanel) panel = rai_panel_new (RAI_STEP_DAY, 20000, 7);
  for (size_t i = 0; i < 40; i++) {
    rai_panel_add_series (panel, "s", "a", 100);
    for (size_t t = 0; t < 100; t++) {
      rai_panel_observations (panel, i)[t] = t % 10 == 5 ? 6 : t % 10 == 8 ? 0 : 10;
      rai_panel_stockout (panel, i)[t] = t % 10 == 5 ? 0.5f : t % 10 == 8 ? 1 : 0;
    }
    rai_panel_closed (panel, i)[93] = 1;
    rai_panel_observations (panel, i)[93] = 0;
    rai_panel_observations (panel, i)[94] = NAN;
  }
  g_autoptr (RaiHistory) history = rai_history_new (panel, 2);
  const float *values = history->values + history->start[7];
  const uint8_t *states = history->states + history->start[7];
  g_assert_true (history->stockouts);
  g_assert_cmpint (states[95], ==, RAI_HISTORY_CENSORED);
  g_assert_cmpfloat_with_epsilon (values[95], 10, 1);
  g_assert_cmpint (states[98], ==, RAI_HISTORY_FILLED);
  g_assert_cmpfloat_with_epsilon (values[98], 10, 1);
  g_assert_cmpint (states[93], ==, RAI_HISTORY_FILLED);
  g_assert_cmpfloat_with_epsilon (values[93], 10, 1);
  g_assert_cmpint (states[94], ==, RAI_HISTORY_FILLED);
  g_assert_cmpint (states[96], ==, RAI_HISTORY_VALID);
  g_assert_cmpfloat (values[96], ==, 10);
}

static void
test_description (void) {
  g_autoptr (RaiPanel) panel = rai_panel_new (RAI_STEP_WEEK, 20000, 7);
  rai_panel_add_series (panel, "s", "a", 4);
  for (size_t t = 0; t < 4; t++)
    rai_panel_observations (panel, 0)[t] = t == 0 ? 0 : 2.5;
  g_autoptr (RaiHistory) history = rai_history_new (panel, 1);
  g_assert_false (history->integers);
  g_assert_cmpfloat_with_epsilon (history->zero_share, 0.25, 1e-9);
  g_assert_cmpuint (history->year, ==, 52);
  g_assert_cmpuint (history->period, ==, 1);
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/history/censoring", test_censoring);
  g_test_add_func ("/history/description", test_description);
  return g_test_run ();
}
