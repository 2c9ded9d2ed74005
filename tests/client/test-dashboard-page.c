/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/rai-dashboard-page.h"

#include "client/pages/rai-dashboard-multiples.h"
#include "client/widgets/rai-band-layer.h"
#include "client/widgets/rai-chart.h"
#include "client/widgets/rai-heat-map.h"
#include "client/widgets/rai-ranking-row.h"
#include "client/widgets/rai-tile.h"
#include "rai-shop-fixture.h"

static void
assert_label (RaiShop *shop, const char *part) {
  if (!rai_shop_find_label (GTK_WIDGET (shop->page), part))
    g_error ("no label says '%s'", part);
}

static void
test_store_manager (void) {
  RaiShop shop;
  rai_shop_open (&shop, RAI_ROLE_STORE_MANAGER, 1, RAI_TYPE_DASHBOARD_PAGE, true);
  assert_label (&shop, "Yesterday 1,000 EUR, 11 % above forecast.");
  assert_label (&shop, "Today expect 1,100 EUR (900–1,300): the day before Harvest day.");
  assert_label (&shop, "3 items run out before their next delivery.");
  assert_label (&shop, "1 order waits for approval, about 410 EUR of margin");
  assert_label (&shop, "92.0 %");
  assert_label (&shop, "Delivery from Dairy co-op is due today");
  assert_label (&shop, "Order from Dairy co-op: 2 items, 120 EUR");
  g_assert_null (rai_shop_find_type (GTK_WIDGET (shop.page), RAI_TYPE_HEAT_MAP));

  RaiChart *chart = RAI_CHART (rai_shop_find_type (GTK_WIDGET (shop.page), RAI_TYPE_CHART));
  RaiDay first, last;
  g_assert_true (rai_chart_scene_extent (rai_chart_get_scene (chart), &first, &last));
  g_assert_cmpint (last, ==, RAI_SHOP_TODAY + RAI_SHOP_HORIZON - 1);
  rai_shop_close (&shop);
}

static bool
says_closed (void *page) {
  return rai_shop_find_label (page, "Closed today") != NULL;
}

/* What a person says of opening days counts before the next planning, and one day beside it. */
static void
test_closed (void) {
  RaiShop shop;
  rai_shop_open (&shop, RAI_ROLE_STORE_MANAGER, 1, RAI_TYPE_DASHBOARD_PAGE, true);
  assert_label (&shop, "Today expect 1,100 EUR");
  g_autoptr (RaiAnswer) weekdays =
      rai_sync_fixture_submit (shop.engine, "site.edit", "{\"site\":1,\"open_weekdays\":31}");
  g_assert_cmpint (weekdays->status, ==, RAI_ANSWER_APPLIED);
  rai_sync_fixture_wait (says_closed, shop.page, "the store to be closed");

  g_autoptr (RaiAnswer) day = rai_sync_fixture_submit (
      shop.engine, "site.set_day", "{\"site\":1,\"day\":\"2024-10-05\",\"opened\":true}");
  g_assert_cmpint (day->status, ==, RAI_ANSWER_APPLIED);
  rai_shop_wait_filled (&shop);
  while (says_closed (shop.page))
    g_main_context_iteration (NULL, TRUE);
  assert_label (&shop, "Today expect 1,100 EUR");
  rai_shop_close (&shop);
}

static bool
has_no_button (void *page) {
  return rai_shop_find_button (page, "Approve") == NULL;
}

/* Approving in place: the command reaches the server, and the row goes. */
static void
test_approve (void) {
  RaiShop shop;
  int64_t approved = 0;
  rai_shop_open (&shop, RAI_ROLE_STORE_MANAGER, 1, RAI_TYPE_DASHBOARD_PAGE, true);
  g_signal_emit_by_name (rai_shop_find_button (GTK_WIDGET (shop.page), "Approve"), "clicked");
  rai_sync_fixture_wait (has_no_button, shop.page, "the order's row to go");
  rai_sync_fixture_settle (shop.fixture, shop.engine);
  rai_db_get_int (rai_sync_fixture_db (shop.fixture),
                  "SELECT count(*) FROM purchase_order WHERE status = 'approved'", NULL, 0, 0,
                  &approved, NULL);
  g_assert_cmpint (approved, ==, 2);
  rai_shop_close (&shop);
}

static bool
shows_one_store (void *page) {
  return rai_shop_find_label (page, "Yesterday 1,000 EUR") != NULL;
}

static void
test_executive (void) {
  RaiShop shop;
  rai_shop_open (&shop, RAI_ROLE_EXECUTIVE, -1, RAI_TYPE_DASHBOARD_PAGE, true);
  assert_label (&shop, "Yesterday 2,000 EUR, 11 % above forecast.");
  assert_label (&shop, "above last year in the same stores.");
  assert_label (&shop, "95.0 %");
  g_assert_null (rai_shop_find_button (GTK_WIDGET (shop.page), "Approve"));
  g_assert_nonnull (rai_shop_find_type (GTK_WIDGET (shop.page), RAI_TYPE_HEAT_MAP));

  GtkWidget *row = rai_shop_find_type (GTK_WIDGET (shop.page), RAI_TYPE_RANKING_ROW);
  int64_t site = rai_ranking_row_get_key (RAI_RANKING_ROW (row));

  /* One level down. */
  g_signal_emit_by_name (gtk_widget_get_parent (row), "row-activated", row);
  rai_sync_fixture_wait (shows_one_store, shop.page, "the store's own dashboard");
  g_assert_cmpint (rai_session_get_site (shop.session), ==, site);
  rai_shop_close (&shop);
}

static void
add_older_forecasts (RaiSyncFixture *fixture, const char *device) {
  g_autoptr (GError) error = NULL;
  rai_db_exec (
      rai_sync_fixture_db (fixture),
      "WITH RECURSIVE n (i) AS (SELECT 41 UNION ALL SELECT i + 1 FROM n WHERE i < 149) "
      "INSERT INTO forecast_past (level, site_id, node_id, day, mean, low, high, naive, rev) "
      "SELECT 'company', 0, 0, 20000 - i, 180000, 150000, 210000, 170000, 1 FROM n",
      &error);
  g_assert_no_error (error);
}

static bool
shows_older_accuracy (void *page) {
  RaiChart *chart =
      RAI_CHART (gtk_widget_get_template_child (page, RAI_TYPE_DASHBOARD_PAGE, "accuracy"));
  RaiDay first, last;
  return rai_chart_scene_extent (rai_chart_get_scene (chart), &first, &last) &&
         first == RAI_SHOP_LAST_DAY - 149;
}

/* A replica of all stores holds the last weeks of what was expected; the days before come from the
 * server, with the first answer or after it, and reach the sections that show them. */
static void
test_older_days (void) {
  RaiShop shop;
  rai_shop_open_on (&shop, RAI_ROLE_EXECUTIVE, -1, RAI_TYPE_DASHBOARD_PAGE, true,
                    add_older_forecasts);
  rai_sync_fixture_wait (shows_older_accuracy, shop.page, "accuracy of the older days");
  assert_label (&shop, "Yesterday 2,000 EUR, 11 % above forecast.");
  rai_shop_close (&shop);
}

/* The main chart's band that holds a level; NULL: none. */
static RaiBandLayer *
region_band (RaiPage *page) {
  RaiChart *chart = RAI_CHART (rai_shop_find_type (GTK_WIDGET (page), RAI_TYPE_CHART));
  GPtrArray *layers = rai_chart_get_scene (chart)->layers;
  for (unsigned i = 0; i < layers->len; i++)
    if (RAI_IS_BAND_LAYER (layers->pdata[i]) && rai_band_layer_main_level (layers->pdata[i]) > 0)
      return layers->pdata[i];
  return NULL;
}

/* Several stores, but not all: their forecasts added up, with a band that says it is a wide one; a
 * small chart of
 * each. */
static void
test_region (void) {
  RaiShop shop;
  rai_shop_open (&shop, RAI_ROLE_REGIONAL_MANAGER, -1, RAI_TYPE_DASHBOARD_PAGE, true);
  g_assert_nonnull (rai_shop_find_button (GTK_WIDGET (shop.page), "Approve"));

  GtkWidget *multiples = rai_shop_find_type (GTK_WIDGET (shop.page), RAI_TYPE_DASHBOARD_MULTIPLES);
  g_assert_nonnull (multiples);
  g_assert_nonnull (rai_shop_find_button (multiples, "Mill Lane"));

  RaiBandLayer *band = region_band (shop.page);
  g_assert_nonnull (band);
  g_assert_true (rai_band_layer_get_or_more (band));
  g_assert_cmpint (rai_band_layer_main_level (band), ==, 80);
  rai_shop_close (&shop);
}

static void
test_associate (void) {
  RaiShop shop;
  rai_shop_open (&shop, RAI_ROLE_ASSOCIATE, 1, RAI_TYPE_DASHBOARD_PAGE, true);
  g_assert_null (rai_shop_find_type (GTK_WIDGET (shop.page), RAI_TYPE_TILE));

  GtkWidget *entry = rai_shop_find_type (GTK_WIDGET (shop.page), GTK_TYPE_SEARCH_ENTRY);
  g_assert_nonnull (entry);
  gtk_editable_set_text (GTK_EDITABLE (entry), "Item 17");
  g_signal_emit_by_name (entry, "search-changed");
  rai_shop_wait_filled (&shop);
  assert_label (&shop, "SKU17");
  rai_shop_close (&shop);
}

static void
test_empty (void) {
  RaiShop shop;
  rai_shop_open (&shop, RAI_ROLE_STORE_MANAGER, 1, RAI_TYPE_DASHBOARD_PAGE, false);
  assert_label (&shop, "No sales yet");
  rai_shop_close (&shop);
}

int
main (int argc, char **argv) {
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/dashboard-page/store-manager", test_store_manager);
  g_test_add_func ("/dashboard-page/closed", test_closed);
  g_test_add_func ("/dashboard-page/approve", test_approve);
  g_test_add_func ("/dashboard-page/executive", test_executive);
  g_test_add_func ("/dashboard-page/older-days", test_older_days);
  g_test_add_func ("/dashboard-page/region", test_region);
  g_test_add_func ("/dashboard-page/associate", test_associate);
  g_test_add_func ("/dashboard-page/empty", test_empty);

  return g_test_run ();
}
