/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "forecast/panel/rai-history.h"

#include <math.h>

/* Ten a day; a half day without stock sells six, a whole one nothing; a closed day and a gap are no
 * demand of zero. */
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
  g_assert_cmpint (states[95], ==, RAI_DEMAND_CENSORED);
  g_assert_cmpfloat_with_epsilon (values[95], 10, 1);
  g_assert_cmpint (states[98], ==, RAI_DEMAND_FILLED);
  g_assert_cmpfloat_with_epsilon (values[98], 10, 1);
  g_assert_cmpint (states[93], ==, RAI_DEMAND_FILLED);
  g_assert_cmpfloat_with_epsilon (values[93], 10, 1);
  g_assert_cmpint (states[94], ==, RAI_DEMAND_FILLED);
  g_assert_cmpint (states[96], ==, RAI_DEMAND_VALID);
  g_assert_cmpfloat (values[96], ==, 10);
}

/* Twenty a day or so; once a thousand, which nothing explains, and once on a day of a promotion.
 * Later values do not depend on whether the freak came, save itself. */
static void
test_outlier (void) {
  g_autoptr (RaiPanel) panel = rai_panel_new (RAI_STEP_DAY, 20000, 7);
  rai_panel_add_covariate (panel, "promotion", RAI_COVARIATE_PROMOTION, false);
  rai_panel_add_series (panel, "s", "a", 200);
  for (size_t t = 0; t < 207; t++)
    rai_panel_covariate (panel, 0, 0)[t] = t == 170;
  for (size_t t = 0; t < 200; t++)
    rai_panel_observations (panel, 0)[t] = t == 150 || t == 170 ? 1000 : (double) (15 + t * 7 % 10);

  g_autoptr (RaiHistory) history = rai_history_new (panel, 1);
  g_assert_cmpfloat (history->values[150], <, 100);
  g_assert_cmpfloat (history->values[150], >=, 48);
  g_assert_cmpfloat (history->values[170], ==, 1000);
  g_assert_cmpint (history->states[150], ==, RAI_DEMAND_VALID);
  g_autoptr (GArray) changes = g_array_new (FALSE, FALSE, sizeof (RaiChange));

  size_t counts[RAI_N_CHANGES] = { 0 };
  rai_history_changes (history, panel, changes, counts);
  g_assert_cmpuint (changes->len, ==, 1);
  g_assert_cmpuint (counts[RAI_CHANGE_OUTLIER], ==, 1);

  const RaiChange *change = &g_array_index (changes, RaiChange, 0);
  g_assert_cmpuint (change->step, ==, 150);
  g_assert_cmpfloat (change->observed, ==, 1000);
  g_assert_cmpfloat (change->used, ==, (double) history->values[150]);
}

/* Sold every third day until it stopped; a pause that was there before is none. */
static void
test_ended (void) {
  g_autoptr (RaiPanel) panel = rai_panel_new (RAI_STEP_DAY, 20000, 7);
  for (size_t i = 0; i < 3; i++) {
    rai_panel_add_series (panel, "s", "abc" + i, 300);
    for (size_t t = 0; t < 300; t++) {
      bool pause = i == 1 && t > 60 && t < 110;
      rai_panel_observations (panel, i)[t] =
          t % 3 == 0 && t < (i == 2 ? 280 : 200) && !pause ? 4 : 0;
    }
  }

  g_autoptr (RaiHistory) history = rai_history_new (panel, 1);
  g_assert_cmpuint (rai_history_ended (history, 0, 300), ==, 101);
  g_assert_cmpuint (rai_history_ended (history, 0, 230), ==, 0);
  g_assert_cmpuint (rai_history_ended (history, 1, 300), ==, 0);
  g_assert_cmpuint (rai_history_ended (history, 2, 300), ==, 0);
}

static void
test_description (void) {
  g_autoptr (RaiPanel) panel = rai_panel_new (RAI_STEP_WEEK, 20000, 7);
  rai_panel_add_series (panel, "s", "a", 4);
  for (size_t t = 0; t < 4; t++)
    rai_panel_observations (panel, 0)[t] = t == 0 ? 0 : 2.5;

  g_autoptr (RaiHistory) history = rai_history_new (panel, 1);
  g_assert_false (history->whole[0]);
  g_assert_cmpfloat_with_epsilon (history->zero_share, 0.25, 1e-9);
  g_assert_cmpuint (history->year, ==, 52);
  g_assert_cmpuint (history->period, ==, 1);
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/history/censoring", test_censoring);
  g_test_add_func ("/history/outlier", test_outlier);
  g_test_add_func ("/history/ended", test_ended);
  g_test_add_func ("/history/description", test_description);
  return g_test_run ();
}
