/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/rai-dashboard-find.h"

#include "client/pages/rai-dashboard-page.h"
#include "rai-shop-fixture.h"

static bool
found_item (void *page) {
  return rai_shop_find_label (page, "SKU17") != NULL;
}

static bool
found_nothing (void *page) {
  return rai_shop_find_label (page, "SKU17") == NULL;
}

/* Ctrl+F leads to the field; what is typed is found in the store, and what is deleted is gone. */
static void
test_find (void) {
  RaiShop shop;
  rai_shop_open (&shop, RAI_ROLE_ASSOCIATE, 1, RAI_TYPE_DASHBOARD_PAGE, true);
  GtkWidget *find = rai_shop_find_type (GTK_WIDGET (shop.page), RAI_TYPE_DASHBOARD_FIND);
  g_assert_nonnull (find);
  g_assert_true (rai_page_start_search (shop.page));

  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (find));
  g_assert_true (gtk_widget_is_ancestor (focus, find));

  GtkWidget *entry = rai_shop_find_type (find, GTK_TYPE_SEARCH_ENTRY);
  gtk_editable_set_text (GTK_EDITABLE (entry), "Item 17");
  rai_sync_fixture_wait (found_item, shop.page, "the item to be found");
  gtk_editable_set_text (GTK_EDITABLE (entry), "");
  rai_sync_fixture_wait (found_nothing, shop.page, "the item to go");
  rai_shop_close (&shop);
}

/* Others than the shop floor have no such field to begin with. */
static void
test_store_manager (void) {
  RaiShop shop;
  rai_shop_open (&shop, RAI_ROLE_STORE_MANAGER, 1, RAI_TYPE_DASHBOARD_PAGE, true);
  g_assert_null (rai_shop_find_type (GTK_WIDGET (shop.page), RAI_TYPE_DASHBOARD_FIND));
  g_assert_false (rai_page_start_search (shop.page));
  rai_shop_close (&shop);
}

int
main (int argc, char **argv) {
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/dashboard-find/find", test_find);
  g_test_add_func ("/dashboard-find/store-manager", test_store_manager);
  return g_test_run ();
}
