/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a person typed in a dialog is saved, or the dialog stays and says why not: also when the
 * page that opened it, or the right to do it, went meanwhile. */
#include "client/widgets/rai-dialog-save.h"

#include "client/pages/rai-inventory-page.h"
#include "client/widgets/rai-stock-dialog.h"
#include "rai-shop-fixture.h"

#define SITE 1
#define COUNTS "SELECT count(*) FROM movement WHERE kind = 'count' AND site_id = 1"

static RaiStockDialog *
open_count (RaiShop *shop) {
  g_autoptr (RaiRows) rows =
      rai_shop_fixture_query (rai_sync_fixture_db (shop->fixture), "item",
                              rai_query_arguments ("site", "1", "item", "1", NULL));
  g_autoptr (RaiRow) row = rai_row_new (rows, 0, 0);
  RaiStockDialog *dialog = rai_stock_dialog_new (GTK_WINDOW (shop->window), shop->session,
                                                 RAI_STOCK_DIALOG_COUNT, SITE, row);
  gtk_window_present (GTK_WINDOW (dialog));
  GtkWidget *quantity = GTK_WIDGET (
      gtk_widget_get_template_child (GTK_WIDGET (dialog), RAI_TYPE_STOCK_DIALOG, "quantity"));
  gtk_editable_set_text (GTK_EDITABLE (quantity), "31");
  return dialog;
}

static GtkWidget *
part_of (RaiStockDialog *dialog, const char *name) {
  return GTK_WIDGET (
      gtk_widget_get_template_child (GTK_WIDGET (dialog), RAI_TYPE_STOCK_DIALOG, name));
}

static void
press_save (RaiStockDialog *dialog) {
  g_signal_emit_by_name (part_of (dialog, "save"), "clicked");
}

static bool
is_gone (void *place) {
  return *(void **) place == NULL;
}

static bool
says_why (void *dialog) {
  return gtk_widget_get_visible (part_of (dialog, "problem"));
}

static void
watch (RaiStockDialog **dialog) {
  g_object_add_weak_pointer (G_OBJECT (*dialog), (void **) dialog);
}

static bool
has_role (void *session) {
  return rai_session_get_identity (session)->role == RAI_ROLE_STORE_MANAGER;
}

/* The page goes, and the account gets another role: the count is saved. */
static void
test_page_gone (void) {
  RaiShop shop;
  rai_shop_open (&shop, RAI_ROLE_ASSOCIATE, SITE, RAI_TYPE_INVENTORY_PAGE, true);
  int64_t before = rai_sync_fixture_look (shop.engine, COUNTS);
  RaiStockDialog *dialog = open_count (&shop);
  watch (&dialog);

  GtkWidget *overlay = gtk_window_get_child (GTK_WINDOW (shop.window));
  RaiPage *other = g_object_new (RAI_TYPE_INVENTORY_PAGE, NULL);
  adw_toast_overlay_set_child (ADW_TOAST_OVERLAY (overlay), GTK_WIDGET (other));
  rai_page_set_session (other, shop.session);
  shop.page = other;
  rai_sync_fixture_set_account (shop.fixture, "mia", RAI_ROLE_STORE_MANAGER, SITE);
  rai_sync_engine_wake (shop.engine);
  rai_sync_fixture_wait (has_role, shop.session, "the new role");

  press_save (dialog);
  rai_sync_fixture_wait (is_gone, &dialog, "the dialog to close");
  g_assert_cmpint (rai_sync_fixture_look (shop.engine, COUNTS), ==, before + 1);
  g_assert_nonnull (rai_shop_find_label (shop.window, "Count saved"));
  rai_shop_close (&shop);
}

static bool
lost_site (void *session) {
  return !rai_identity_sees_site (rai_session_get_identity (session), SITE);
}

/* The store is no longer the account's: the dialog stays, with the reason and what was typed. */
static void
test_refused (void) {
  RaiShop shop;
  rai_shop_open (&shop, RAI_ROLE_ASSOCIATE, SITE, RAI_TYPE_INVENTORY_PAGE, true);
  RaiStockDialog *dialog = open_count (&shop);
  rai_sync_fixture_set_account (shop.fixture, "mia", RAI_ROLE_ASSOCIATE, 2);
  rai_sync_engine_wake (shop.engine);
  rai_sync_fixture_wait (lost_site, shop.session, "the other store");

  press_save (dialog);
  rai_sync_fixture_wait (says_why, dialog, "the reason");
  g_assert_true (g_str_has_prefix (gtk_label_get_label (GTK_LABEL (part_of (dialog, "problem"))),
                                   "Not saved. "));
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (part_of (dialog, "quantity"))), ==, "31");
  g_assert_true (gtk_widget_get_sensitive (part_of (dialog, "save")));
  gtk_window_destroy (GTK_WINDOW (dialog));
  rai_shop_close (&shop);
}

/* Nobody is signed in any more: it says so. Closed before the answer, a toast does. */
static void
test_signed_out (void) {
  RaiShop shop;
  rai_shop_open (&shop, RAI_ROLE_ASSOCIATE, SITE, RAI_TYPE_INVENTORY_PAGE, true);
  RaiStockDialog *dialog = open_count (&shop);
  rai_session_open (shop.session, NULL, NULL, NULL);
  press_save (dialog);
  rai_sync_fixture_wait (says_why, dialog, "the reason");
  g_assert_cmpstr (gtk_label_get_label (GTK_LABEL (part_of (dialog, "problem"))), ==,
                   "Not saved. Sign in first.");

  watch (&dialog);
  press_save (dialog);
  gtk_window_destroy (GTK_WINDOW (dialog));
  rai_sync_fixture_wait (is_gone, &dialog, "the dialog to go");
  g_assert_nonnull (rai_shop_find_label (shop.window, "Not saved. Sign in first."));
  rai_shop_close (&shop);
}

int
main (int argc, char **argv) {
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/client/dialog-save/page-gone", test_page_gone);
  g_test_add_func ("/client/dialog-save/refused", test_refused);
  g_test_add_func ("/client/dialog-save/signed-out", test_signed_out);
  return g_test_run ();
}
