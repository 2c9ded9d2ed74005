/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/rai-dashboard-data.h"

#include "rai-made-rows.h"

#include <math.h>

static void
set (RaiDashboardData *data, RaiDashboardSlot slot, RaiRows *rows) {
  rai_dashboard_data_set (data, slot, rows);
  rai_rows_unref (rows);
}

static void
test_empty (void) {
  g_autoptr (RaiDashboardData) data = rai_dashboard_data_new ();
  double revenue, last_year;
  g_assert_cmpint (data->last_day, ==, RAI_DAY_NONE);
  g_assert_cmpuint (rai_dashboard_data_count (data, RAI_DASHBOARD_DAYS), ==, 0);
  g_assert_true (isnan (rai_dashboard_data_day_value (data, RAI_DASHBOARD_DAYS, 20000, "revenue")));
  g_assert_false (rai_dashboard_data_like_for_like (data, &revenue, &last_year));
  g_assert_cmpint (rai_dashboard_data_accuracy_row (data, RAI_LEVEL_SITE), ==, -1);
}

static void
test_values (void) {
  g_autoptr (RaiDashboardData) data = rai_dashboard_data_new ();
  RaiRows *days = rai_made_rows_new ("site-days", 2), *accuracy = rai_made_rows_new ("accuracy", 2);

  for (size_t i = 0; i < 2; i++) {
    rai_made_rows_set (days, i, "day", 20000 + (double) i);
    rai_made_rows_set (days, i, "revenue", 100 + (double) i);
  }
  rai_made_rows_set_text (accuracy, 0, "level", "company");
  rai_made_rows_set_text (accuracy, 1, "level", "site");
  set (data, RAI_DASHBOARD_DAYS, days);
  set (data, RAI_DASHBOARD_ACCURACY, accuracy);

  g_assert_cmpuint (rai_dashboard_data_count (data, RAI_DASHBOARD_DAYS), ==, 2);
  g_assert_cmpfloat (rai_dashboard_data_day_value (data, RAI_DASHBOARD_DAYS, 20001, "revenue"), ==,
                     101);
  g_assert_true (isnan (rai_dashboard_data_day_value (data, RAI_DASHBOARD_DAYS, 20002, "revenue")));
  g_assert_cmpint (rai_dashboard_data_accuracy_row (data, RAI_LEVEL_SITE), ==, 1);
  g_assert_cmpint (rai_dashboard_data_accuracy_row (data, RAI_LEVEL_ITEM), ==, -1);
}

/* Stores that were not open in both years are left out of both. */
static void
test_like_for_like (void) {
  g_autoptr (RaiDashboardData) data = rai_dashboard_data_new ();
  RaiRows *ranking = rai_made_rows_new ("ranking", 3);
  double revenue, last_year;

  rai_made_rows_set (ranking, 0, "revenue", 1100);
  rai_made_rows_set (ranking, 0, "revenue_last_year", 1000);
  rai_made_rows_set (ranking, 1, "revenue", 5000);           /* new */
  rai_made_rows_set (ranking, 2, "revenue_last_year", 7000); /* closed */
  set (data, RAI_DASHBOARD_RANKING, ranking);
  g_assert_true (rai_dashboard_data_like_for_like (data, &revenue, &last_year));
  g_assert_cmpfloat (revenue, ==, 1100);
  g_assert_cmpfloat (last_year, ==, 1000);
}

static void
test_site_arguments (void) {
  g_autoptr (RaiDashboardData) data = rai_dashboard_data_new ();
  g_autoptr (GHashTable) all = rai_dashboard_data_site_arguments (data);
  g_assert_cmpuint (g_hash_table_size (all), ==, 0);
  data->site = 7;
  g_autoptr (GHashTable) one = rai_dashboard_data_site_arguments (data);
  g_assert_cmpstr (g_hash_table_lookup (one, "site"), ==, "7");
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/dashboard-data/empty", test_empty);
  g_test_add_func ("/dashboard-data/values", test_values);
  g_test_add_func ("/dashboard-data/like-for-like", test_like_for_like);
  g_test_add_func ("/dashboard-data/site-arguments", test_site_arguments);
  return g_test_run ();
}
