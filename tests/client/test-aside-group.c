/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/rai-aside-group.h"

#include "client/pages/rai-aside-dialog.h"
#include "client/pages/rai-changes-page.h"
#include "client/pages/rai-dashboard-page.h"
#include "rai-shop-fixture.h"

#define SITE 1
/* 1 March 2099, and 1 January 1980: a clock that lost its battery. */
#define FUTURE \
  "{\"site\":1,\"receipt\":\"4711\",\"sold_at\":4076128800000,\"lines\":[" \
  "{\"item\":1,\"quantity\":2000,\"amount\":300},{\"item\":2,\"quantity\":1000,\"amount\":750}]}"
#define PAST \
  "{\"site\":1,\"receipt\":\"4712\",\"till\":\"Bar\",\"sold_at\":315532800000,\"lines\":[" \
  "{\"item\":1,\"quantity\":1000,\"amount\":150}]}"

static void
open_shop (RaiShop *shop, RaiRole role, GType page) {
  rai_shop_open (shop, role, SITE, page, true);
  rai_sync_fixture_run (shop->fixture, "mia", "sales.record", FUTURE);
  rai_sync_fixture_run (shop->fixture, "mia", "sales.record", PAST);
  rai_page_queue_refresh (shop->page);
}

/* Each says what it sold, for how much, and why it waits. */
static void
test_listed (void) {
  RaiShop shop;
  rai_shop_open (&shop, RAI_ROLE_STORE_MANAGER, SITE, RAI_TYPE_CHANGES_PAGE, true);
  g_assert_null (rai_shop_find_label (GTK_WIDGET (shop.page), "set aside"));
  rai_sync_fixture_run (shop.fixture, "mia", "sales.record", FUTURE);
  rai_page_queue_refresh (shop.page);
  rai_shop_wait_for_label (&shop, "1 receipt set aside");
  rai_sync_fixture_run (shop.fixture, "mia", "sales.record", PAST);
  rai_page_queue_refresh (shop.page);
  rai_shop_wait_for_label (&shop, "2 receipts set aside");
  rai_shop_wait_for_label (&shop, "Receipt 4711, ");
  rai_shop_wait_for_label (&shop, "Receipt 4712 of till Bar, ");
  rai_shop_wait_for_label (&shop, "10.50");
  rai_shop_wait_for_label (&shop, "2 lines");
  rai_shop_wait_for_label (&shop, "March 2099");
  rai_shop_wait_for_label (&shop, "1980");
  rai_shop_close (&shop);
}

static bool
has_dialog (void *data) {
  GtkWidget **dialog = data;
  GListModel *windows = gtk_window_get_toplevels ();
  for (unsigned i = 0; i < g_list_model_get_n_items (windows); i++) {
    g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);
    if (RAI_IS_ASIDE_DIALOG (window))
      *dialog = window;
  }
  return *dialog != NULL;
}

/* Its time is said, by a manager or an administrator: it counts, under the day that was said, and
 * leaves the list. */
static void
test_correct (const void *role) {
  RaiShop shop;
  GtkWidget *dialog = NULL;
  open_shop (&shop, (RaiRole) GPOINTER_TO_INT (role), RAI_TYPE_CHANGES_PAGE);
  rai_shop_wait_for_label (&shop, "2 receipts set aside");
  rai_shop_press (GTK_WIDGET (shop.page), "Say _when…");
  rai_sync_fixture_wait (has_dialog, &dialog, "the dialog");
  rai_shop_press (dialog, "_Record");
  rai_shop_wait_for_label (&shop, "1 receipt set aside");
  g_assert_cmpint (rai_shop_count_on_server (&shop, "SELECT count(*) FROM receipt"), ==, 1);
  g_assert_cmpint (rai_shop_count_on_server (&shop, "SELECT count(*) FROM sale_aside"), ==, 1);
  rai_shop_close (&shop);
}

/* Taking back waits for its toast: until then it can be thought better of. */
static void
test_void (void) {
  RaiShop shop;
  open_shop (&shop, RAI_ROLE_STORE_MANAGER, RAI_TYPE_CHANGES_PAGE);
  rai_shop_wait_for_label (&shop, "2 receipts set aside");
  rai_shop_press (GTK_WIDGET (shop.page), "_Take back");
  rai_shop_wait_for_label (&shop, "1 receipt set aside");
  rai_shop_press (shop.window, "_Undo");
  rai_shop_wait_for_label (&shop, "2 receipts set aside");
  g_assert_cmpint (rai_shop_count_on_server (&shop, "SELECT count(*) FROM sale_aside"), ==, 2);

  rai_shop_press (GTK_WIDGET (shop.page), "_Take back");
  rai_shop_wait_for_label (&shop, "1 receipt set aside");
  while (rai_shop_count_on_server (&shop, "SELECT count(*) FROM sale_aside") == 2)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (rai_shop_count_on_server (&shop, "SELECT count(*) FROM receipt"), ==, 0);
  g_assert_cmpint (rai_shop_count_on_server (
                       &shop, "SELECT count(*) FROM command_log WHERE name = 'sales.void'"),
                   ==, 1);
  rai_shop_close (&shop);
}

static bool
was_asked (void *data) {
  const RaiShop *shop = data;
  return rai_page_is_filled (shop->page);
}

/* Whoever may not say when it was is not told either. */
static void
test_associate (void) {
  RaiShop shop;
  open_shop (&shop, RAI_ROLE_ASSOCIATE, RAI_TYPE_CHANGES_PAGE);
  rai_sync_fixture_wait (was_asked, &shop, "the page");
  rai_sync_fixture_settle (shop.fixture, shop.engine);
  g_assert_null (rai_shop_find_label (GTK_WIDGET (shop.page), "set aside"));
  rai_shop_close (&shop);
}

/* Without the server there is nothing to see, and the page works. */
static void
test_offline (void) {
  RaiShop shop;
  open_shop (&shop, RAI_ROLE_STORE_MANAGER, RAI_TYPE_CHANGES_PAGE);
  rai_shop_wait_for_label (&shop, "2 receipts set aside");
  rai_sync_fixture_set_online (shop.fixture, false);
  rai_page_queue_refresh (shop.page);
  rai_shop_wait_for_no_label (&shop, "set aside");
  rai_shop_close (&shop);
}

/* The dashboard says that there are some. */
static void
test_dashboard (void) {
  RaiShop shop;
  open_shop (&shop, RAI_ROLE_STORE_MANAGER, RAI_TYPE_DASHBOARD_PAGE);
  rai_shop_wait_for_label (&shop, "2 receipts set aside");
  g_assert_null (rai_shop_find_label (GTK_WIDGET (shop.page), "Receipt 4711"));
  rai_shop_close (&shop);
}

int
main (int argc, char **argv) {
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/client/aside-group/listed", test_listed);
  g_test_add_data_func ("/client/aside-group/correct/manager",
                        GINT_TO_POINTER (RAI_ROLE_STORE_MANAGER), test_correct);
  g_test_add_data_func ("/client/aside-group/correct/administrator",
                        GINT_TO_POINTER (RAI_ROLE_ADMIN), test_correct);
  g_test_add_func ("/client/aside-group/void", test_void);
  g_test_add_func ("/client/aside-group/associate", test_associate);
  g_test_add_func ("/client/aside-group/offline", test_offline);
  g_test_add_func ("/client/aside-group/dashboard", test_dashboard);
  return g_test_run ();
}
