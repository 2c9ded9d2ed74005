/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/rai-forecast-page.h"

#include "client/pages/rai-forecast-change-dialog.h"
#include "client/widgets/rai-chart.h"
#include "client/widgets/rai-waterfall.h"
#include "rai-shop-fixture.h"

#include <string.h>

static void
assert_label (RaiShop *shop, const char *part) {
  if (!rai_shop_find_label (GTK_WIDGET (shop->page), part))
    g_error ("no label says '%s'", part);
}

static RaiWaterfall *
waterfall_of (RaiShop *shop) {
  return RAI_WATERFALL (rai_shop_find_type (GTK_WIDGET (shop->page), RAI_TYPE_WATERFALL));
}

static RaiChart *
chart_of (RaiShop *shop) {
  return RAI_CHART (rai_shop_find_type (GTK_WIDGET (shop->page), RAI_TYPE_CHART));
}

static void
open_item (RaiShop *shop) {
  rai_shop_open (shop, RAI_ROLE_STORE_MANAGER, 1, RAI_TYPE_FORECAST_PAGE, true);
  rai_page_navigate (shop->page, "item=1");
  rai_shop_wait_filled (shop);
}

static void
test_store (void) {
  RaiShop shop;
  rai_shop_open (&shop, RAI_ROLE_STORE_MANAGER, 1, RAI_TYPE_FORECAST_PAGE, true);
  assert_label (&shop, "Harbour Street");
  assert_label (&shop, "Next 28 days");
  g_assert_cmpfloat_with_epsilon (rai_waterfall_get_total (waterfall_of (&shop)), 28 * 10 * 10000,
                                  1);
  g_assert_null (rai_shop_find_button (GTK_WIDGET (shop.page), "Change this forecast"));
  rai_shop_close (&shop);
}

static bool
shows_sum (void *page) {
  return rai_shop_find_label (page, "The forecasts of your stores added up") != NULL;
}

/* Who has some of the stores sees what these will sell, as on the dashboard; the company forecast,
 * which may differ, is for who has all. A store without a forecast leaves no sum. */
static void
test_region (void) {
  static const int64_t sites[] = { 1, 2 };
  RaiShop shop;
  rai_shop_open (&shop, RAI_ROLE_REGIONAL_MANAGER, -1, RAI_TYPE_FORECAST_PAGE, true);
  assert_label (&shop, "All stores");
  g_assert_cmpfloat_with_epsilon (rai_waterfall_get_total (waterfall_of (&shop)), 28 * 10 * 20000,
                                  1);

  rai_db_exec (rai_sync_fixture_db (shop.fixture),
               "UPDATE forecast SET means = zeroblob (112) WHERE level = 'company'", NULL);
  rai_sync_fixture_set_region (shop.fixture, "mia", RAI_ROLE_REGIONAL_MANAGER, sites, 2);
  rai_sync_engine_wake (shop.engine);
  rai_sync_fixture_wait (shows_sum, shop.page, "the region");
  rai_shop_wait_filled (&shop);
  assert_label (&shop, "Your stores");
  g_assert_cmpfloat_with_epsilon (rai_waterfall_get_total (waterfall_of (&shop)),
                                  2 * 28 * 10 * 10000, 1);
  rai_shop_close (&shop);
}

static void
test_item (void) {
  RaiShop shop;
  open_item (&shop);
  assert_label (&shop, "Item 1");
  assert_label (&shop, "Regression on calendar, price and weather and exponential smoothing");
  assert_label (&shop, "it missed by 18 % (pieces of an item and day)");
  assert_label (&shop, "missed by 27 %");
  assert_label (&shop, "Of 100 such days, 83 fell inside the band that should hold 80.");
  g_assert_cmpfloat_with_epsilon (rai_waterfall_get_total (waterfall_of (&shop)), 280, 1e-3);
  g_assert_nonnull (rai_shop_find_button (GTK_WIDGET (shop.page), "Change this forecast"));

  /* The parts follow the day that is pointed at. */
  rai_chart_set_days (chart_of (&shop), (RaiChartDays){ RAI_SHOP_TODAY + 1, RAI_SHOP_TODAY + 1 },
                      false);
  g_assert_cmpfloat_with_epsilon (rai_waterfall_get_total (waterfall_of (&shop)), 9, 1e-3);
  assert_label (&shop, "80 of 100 such days: 7–11 pieces");

  /* A day of the past has no parts: they stay those of the whole forecast. */
  rai_chart_set_days (chart_of (&shop), (RaiChartDays){ RAI_SHOP_TODAY - 9, RAI_SHOP_TODAY - 9 },
                      false);
  assert_label (&shop, "Next 28 days");

  g_autofree char *day = rai_chart_scene_speak (rai_chart_get_scene (chart_of (&shop)),
                                                (RaiChartDays){ 19990, 19990 });
  g_assert_nonnull (strstr (day, "Out of stock: all day"));
  rai_shop_close (&shop);
}

static RaiDay
first_day_of (RaiShop *shop) {
  RaiDay first = RAI_DAY_NONE, last;
  g_assert_true (rai_chart_scene_extent (rai_chart_get_scene (chart_of (shop)), &first, &last));
  return first;
}

static bool
shows_all_days (void *shop) {
  return first_day_of (shop) == RAI_SHOP_LAST_DAY - 120;
}

static bool
says_older (void *page) {
  return rai_shop_find_label (page, "Older days are shown when the server can be reached.") != NULL;
}

static bool
is_offline (void *session) {
  return rai_session_get_status (session)->state == RAI_SYNC_OFFLINE;
}

/* Who sees all stores holds the last weeks of items: the days before come from the server, and
 * stay. Without it the page shows what there is, and says so. */
static void
test_older_days (void) {
  RaiShop shop;
  rai_shop_open (&shop, RAI_ROLE_EXECUTIVE, -1, RAI_TYPE_FORECAST_PAGE, true);
  rai_session_set_site (shop.session, 1);
  rai_page_navigate (shop.page, "item=1");
  rai_sync_fixture_wait (shows_all_days, &shop, "the older days");
  rai_shop_wait_filled (&shop); /* the words stay until it is known that no answer lacks days */
  g_assert_false (says_older (shop.page));
  rai_sync_fixture_set_online (shop.fixture, false);
  rai_sync_engine_wake (shop.engine);
  rai_sync_fixture_wait (is_offline, shop.session, "the server to be missed");
  rai_page_queue_refresh (shop.page);
  rai_shop_wait_filled (&shop);
  g_assert_cmpint (first_day_of (&shop), ==, RAI_SHOP_LAST_DAY - 120);
  g_assert_false (says_older (shop.page));
  rai_page_navigate (shop.page, "item=2");
  rai_sync_fixture_wait (says_older, shop.page, "the words about older days");
  rai_shop_close (&shop);
}

static bool
has_override (void *fixture) {
  int64_t n = 0;
  rai_db_get_int (rai_sync_fixture_db (fixture),
                  "SELECT count(*) FROM forecast_override WHERE percent = 110", NULL, 0, 0, &n,
                  NULL);
  return n == 1;
}

static bool
shows_override (void *page) {
  return rai_shop_find_label (page, "+10 %") != NULL;
}

static void
test_change (void) {
  RaiShop shop;
  open_item (&shop);
  g_signal_emit_by_name (rai_shop_find_button (GTK_WIDGET (shop.page), "Change this forecast"),
                         "clicked");

  GListModel *windows = gtk_window_get_toplevels ();
  GtkWidget *dialog = NULL;
  for (unsigned i = 0; i < g_list_model_get_n_items (windows); i++) {
    g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);
    if (RAI_IS_FORECAST_CHANGE_DIALOG (window))
      dialog = window;
  }

  g_assert_nonnull (dialog);
  g_autofree char *arguments =
      rai_forecast_change_dialog_arguments (RAI_FORECAST_CHANGE_DIALOG (dialog));

  g_assert_cmpstr (arguments, ==,
                   "{\"site\":1,\"item\":1,\"first_day\":\"2024-10-05\",\"last_day\":\"2024-10-"
                   "11\",\"percent\":110,"
                   "\"reason\":\"\"}");
  g_signal_emit_by_name (rai_shop_find_button (dialog, "Change"), "clicked");
  rai_sync_fixture_wait (has_override, shop.fixture, "the server to have the override");
  rai_sync_fixture_wait (shows_override, shop.page, "the page to show the override");
  rai_shop_close (&shop);
}

/* A forecast that is not whole is not shown: better nothing than something wrong. */
static void
test_broken_forecast (void) {
  RaiShop shop;
  rai_shop_open (&shop, RAI_ROLE_STORE_MANAGER, 1, RAI_TYPE_FORECAST_PAGE, true);
  rai_page_navigate (shop.page, "item=2");
  rai_shop_wait_filled (&shop);
  assert_label (&shop, "Item 2");
  g_assert_null (rai_shop_find_label (GTK_WIDGET (shop.page), "Why this number"));
  rai_page_navigate (shop.page, "nonsense");
  rai_page_navigate (shop.page, "item=");
  rai_shop_wait_filled (&shop);
  rai_shop_close (&shop);
}

static void
test_empty (void) {
  RaiShop shop;
  rai_shop_open (&shop, RAI_ROLE_STORE_MANAGER, 1, RAI_TYPE_FORECAST_PAGE, false);
  assert_label (&shop, "No forecasts yet");
  rai_shop_close (&shop);
}

int
main (int argc, char **argv) {
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/forecast-page/store", test_store);
  g_test_add_func ("/forecast-page/item", test_item);
  g_test_add_func ("/forecast-page/region", test_region);
  g_test_add_func ("/forecast-page/older-days", test_older_days);
  g_test_add_func ("/forecast-page/change", test_change);
  g_test_add_func ("/forecast-page/broken-forecast", test_broken_forecast);
  g_test_add_func ("/forecast-page/empty", test_empty);

  return g_test_run ();
}
