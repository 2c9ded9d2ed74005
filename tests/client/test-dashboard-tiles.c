/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/rai-dashboard-tiles.h"

#include "client/widgets/rai-tile.h"
#include "rai-made-rows.h"

#define N_TILES 4
#define DAY 20000

static GtkWidget *tiles[N_TILES];

static void
fill (const RaiDashboardData *data) {
  g_assert_true (rai_dashboard_tiles_fill (data, NULL, tiles));
}

static void
assert_says (size_t i, const char *title, const char *value) {
  g_autofree char *actual_title = NULL, *actual_value = NULL;
  g_object_get (tiles[i], "title", &actual_title, "value", &actual_value, NULL);
  g_assert_cmpstr (actual_title, ==, title);
  g_assert_cmpstr (actual_value, ==, value);
}

static RaiDashboardData *
new_data (RaiDashboardKind kind) {
  RaiDashboardData *data = rai_dashboard_data_new ();
  data->kind = kind;
  data->today = DAY + 1;
  data->last_day = DAY;
  data->currency = g_strdup ("EUR");
  return data;
}

static void
test_unknown (void) {
  g_autoptr (RaiDashboardData) data = new_data (RAI_DASHBOARD_STORE);
  fill (data);
  assert_says (0, "Revenue", "–");
  assert_says (1, "Margin", "–");
  assert_says (2, "Availability", "–");
  assert_says (3, "Forecast accuracy", "–");
}

static void
test_store (void) {
  g_autoptr (RaiDashboardData) data = new_data (RAI_DASHBOARD_STORE);
  g_autoptr (RaiRows) days = rai_made_rows_new ("site-days", 1),
                      briefing = rai_made_rows_new ("briefing", 1),
                      accuracy = rai_made_rows_new ("accuracy", 1);
  data->site = 7;
  rai_made_rows_set (days, 0, "day", DAY);
  rai_made_rows_set (days, 0, "revenue", 200000);
  rai_made_rows_set (days, 0, "cost", 130000);
  rai_made_rows_set (briefing, 0, "carried", 40);
  rai_made_rows_set (briefing, 0, "out", 1);
  rai_made_rows_set_text (accuracy, 0, "level", "site");
  rai_made_rows_set (accuracy, 0, "wape", 0.08);
  rai_made_rows_set (accuracy, 0, "wape_naive", 0.15);
  rai_dashboard_data_set (data, RAI_DASHBOARD_DAYS, days);
  rai_dashboard_data_set (data, RAI_DASHBOARD_BRIEFING, briefing);
  rai_dashboard_data_set (data, RAI_DASHBOARD_ACCURACY, accuracy);

  fill (data);
  assert_says (0, "Revenue", "2,000\u00a0EUR");
  assert_says (1, "Margin", "35.0\u00a0%");
  assert_says (2, "Availability", "97.5\u00a0%");
  assert_says (3, "Forecast accuracy", "92.0\u00a0%");
}

/* Administrators see whether stores are up to date where others see margin. */
static void
test_system (void) {
  g_autoptr (RaiDashboardData) data = new_data (RAI_DASHBOARD_SYSTEM);
  g_autoptr (RaiRows) sites = rai_made_rows_new ("sites", 3);
  rai_made_rows_set (sites, 0, "last_day", DAY);
  rai_made_rows_set (sites, 1, "last_day", DAY - 1);
  rai_dashboard_data_set (data, RAI_DASHBOARD_SITES, sites);
  fill (data);
  assert_says (1, "Stores up to date", "1 of 3");
}

int
main (int argc, char **argv) {
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  for (size_t i = 0; i < N_TILES; i++)
    tiles[i] = g_object_ref_sink (rai_tile_new (""));
  g_test_add_func ("/dashboard-tiles/unknown", test_unknown);
  g_test_add_func ("/dashboard-tiles/store", test_store);
  g_test_add_func ("/dashboard-tiles/system", test_system);

  int failed = g_test_run ();
  for (size_t i = 0; i < N_TILES; i++)
    g_object_unref (tiles[i]);
  return failed;
}
