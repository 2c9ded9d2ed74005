/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "forecast/panel/rai-panel.h"

#include <math.h>

static void
test_columns (void) {
  g_autoptr (RaiPanel) panel = rai_panel_new (RAI_STEP_DAY, rai_day_from_ymd (2024, 1, 11), 3);
  size_t price = rai_panel_add_covariate (panel, "price", RAI_COVARIATE_PRICE, false);
  size_t event = rai_panel_add_covariate (panel, "event", RAI_COVARIATE_EVENT, true);

  for (size_t i = 0; i < 50; i++) {
    g_assert_cmpuint (rai_panel_add_series (panel, "a", "b", i), ==, i);
    for (size_t t = 0; t < i; t++)
      rai_panel_observations (panel, i)[t] = (double) (100 * i + t);
    for (size_t t = 0; t < i + 3; t++)
      rai_panel_covariate (panel, i, price)[t] = (float) (1000 * i + t);
  }

  for (size_t i = 0; i < 50; i++) {
    g_assert_cmpuint (rai_panel_length (panel, i), ==, i);
    for (size_t t = 0; t < i; t++)
      g_assert_cmpfloat (rai_panel_observations (panel, i)[t], ==, (double) (100 * i + t));
    for (size_t t = 0; t < i + 3; t++) {
      g_assert_cmpfloat (rai_panel_covariate (panel, i, price)[t], ==, (float) (1000 * i + t));
      g_assert_true (isnan (rai_panel_covariate (panel, i, event)[t]));
      g_assert_cmpuint (rai_panel_closed (panel, i)[t], ==, 0);
    }
  }

  g_assert_cmpint (rai_panel_day (panel, 10, 0), ==, rai_day_from_ymd (2024, 1, 1));
  g_assert_cmpint (rai_panel_day (panel, 10, 10), ==, rai_day_from_ymd (2024, 1, 11));
}

static void
test_steps (void) {
  g_autoptr (RaiPanel) months = rai_panel_new (RAI_STEP_MONTH, 54 * 12, 2);
  rai_panel_add_series (months, "a", "b", 5);
  g_assert_cmpint (rai_panel_day (months, 0, 5), ==, rai_day_from_ymd (2024, 1, 1));
  g_assert_cmpint (rai_panel_day (months, 0, 4), ==, rai_day_from_ymd (2023, 12, 1));
  rai_panel_set_dating (months, 0, 31);
  g_assert_cmpint (rai_panel_day (months, 0, 6), ==, rai_day_from_ymd (2024, 2, 29));
  g_autoptr (RaiPanel) quarters = rai_panel_new (RAI_STEP_QUARTER, 54 * 4, 2);
  rai_panel_add_series (quarters, "a", "b", 5);
  g_assert_cmpint (rai_panel_day (quarters, 0, 5), ==, rai_day_from_ymd (2024, 1, 1));
  rai_panel_set_dating (quarters, 2, 31);
  g_assert_cmpint (rai_panel_day (quarters, 0, 4), ==, rai_day_from_ymd (2023, 12, 31));
  g_autoptr (RaiPanel) weeks = rai_panel_new (RAI_STEP_WEEK, 700, 2);
  rai_panel_add_series (weeks, "a", "b", 1);
  g_assert_cmpint (rai_panel_day (weeks, 0, 0), ==, 693);
  g_autoptr (RaiPanel) hours = rai_panel_new (RAI_STEP_HOUR, 48, 2);
  rai_panel_add_series (hours, "a", "b", 1);
  g_assert_cmpint (rai_panel_day (hours, 0, 0), ==, 1);
  g_assert_cmpint (rai_panel_day (hours, 0, 1), ==, 2);
}

static void
test_texts (void) {
  g_autoptr (RaiPanel) panel = rai_panel_new (RAI_STEP_DAY, 0, 1);
  size_t event = rai_panel_add_covariate (panel, "event", RAI_COVARIATE_EVENT, true);
  g_assert_cmpfloat (rai_panel_category (panel, event, ""), ==, 0);
  g_assert_cmpfloat (rai_panel_category (panel, event, "Easter"), ==, 1);
  g_assert_cmpfloat (rai_panel_category (panel, event, "Eid"), ==, 2);
  g_assert_cmpfloat (rai_panel_category (panel, event, "Easter"), ==, 1);
  g_assert_cmpuint (rai_panel_covariate_categories (panel, event), ==, 3);
  rai_panel_add_series (panel, "a", "x", 1);
  rai_panel_add_series (panel, "a", "y", 1);
  rai_panel_set_attribute (panel, 1, "department", "fruit");
  g_assert_cmpuint (rai_panel_n_attributes (panel), ==, 1);
  g_assert_cmpstr (rai_panel_attribute (panel, 0, 0), ==, "");
  g_assert_cmpstr (rai_panel_attribute (panel, 1, 0), ==, "fruit");
  g_assert_cmpint (rai_covariate_role ("temperature"), ==, RAI_COVARIATE_WEATHER);
  g_assert_cmpint (rai_covariate_role ("sell_price"), ==, RAI_COVARIATE_PRICE);
  g_assert_cmpint (rai_covariate_role ("markdown3"), ==, RAI_COVARIATE_PROMOTION);
  g_assert_cmpint (rai_covariate_role ("state_holiday"), ==, RAI_COVARIATE_EVENT);
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/panel/columns", test_columns);
  g_test_add_func ("/panel/steps", test_steps);
  g_test_add_func ("/panel/texts", test_texts);
  return g_test_run ();
}
