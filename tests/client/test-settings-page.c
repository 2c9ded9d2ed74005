/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Signing out: nothing that was not sent is dropped without a word. */
#include "client/pages/rai-settings-page.h"

#include "client/pages/rai-changes-file.h"
#include "rai-shop-fixture.h"

#include <string.h>

#define SITE 1
#define RECEIVE "{\"site\":1,\"lines\":[{\"item\":1,\"quantity\":5000}]}"
#define DELIVERIES "SELECT count(*) FROM movement WHERE kind = 'receive'"

static AdwMessageDialog *
find_dialog (void) {
  GListModel *windows = gtk_window_get_toplevels ();
  for (unsigned i = 0; i < g_list_model_get_n_items (windows); i++) {
    g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);
    if (ADW_IS_MESSAGE_DIALOG (window))
      return ADW_MESSAGE_DIALOG (window);
  }
  return NULL;
}

/* As its buttons do. */
static void
respond (const char *response) {
  GtkWindow *dialog = GTK_WINDOW (find_dialog ());
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), response);
  gtk_window_destroy (dialog);
}

static void
press_sign_out (RaiShop *shop) {
  GtkWidget *button = rai_shop_find_button (GTK_WIDGET (shop->page), "Sign _out");
  g_assert_nonnull (button);
  g_signal_emit_by_name (button, "clicked");
}

static bool
is_signed_out (void *engine) {
  g_autoptr (RaiSyncStatus) status = rai_sync_engine_get_status (engine);
  return status->state == RAI_SYNC_SIGNED_OUT;
}

static int64_t
count_deliveries (RaiShop *shop) {
  int64_t n = -1;
  rai_db_get_int (rai_sync_fixture_db (shop->fixture), DELIVERIES, NULL, 0, 0, &n, NULL);
  return n;
}

static void
work_offline (RaiShop *shop) {
  rai_sync_fixture_set_online (shop->fixture, false);
  g_autoptr (RaiAnswer) answer = rai_sync_fixture_submit (shop->engine, "stock.receive", RECEIVE);
  g_assert_cmpint (answer->status, ==, RAI_ANSWER_APPLIED);
  while (rai_session_get_status (shop->session)->waiting == 0)
    g_main_context_iteration (NULL, TRUE);
}

/* With all sent there is nothing to ask. */
static void
test_nothing_waits (void) {
  RaiShop shop;
  rai_shop_open (&shop, RAI_ROLE_STORE_MANAGER, SITE, RAI_TYPE_SETTINGS_PAGE, true);
  press_sign_out (&shop);
  g_assert_null (find_dialog ());
  g_assert_null (rai_session_get_engine (shop.session));
  rai_sync_fixture_wait (is_signed_out, shop.engine, "the end of the session");
  rai_shop_close (&shop);
}

/* Taking the question back changes nothing; signing out keeps the work for the next time, and says
 * how much. */
static void
test_work_waits (void) {
  RaiShop shop;
  rai_shop_open (&shop, RAI_ROLE_STORE_MANAGER, SITE, RAI_TYPE_SETTINGS_PAGE, true);
  work_offline (&shop);
  press_sign_out (&shop);
  g_assert_cmpstr (adw_message_dialog_get_heading (find_dialog ()), ==,
                   "1 change was not sent yet");
  respond ("cancel");
  g_assert_true (rai_session_get_engine (shop.session) == shop.engine);
  press_sign_out (&shop);
  respond ("sign-out");
  g_assert_null (rai_session_get_engine (shop.session));
  rai_sync_fixture_wait (is_signed_out, shop.engine, "the end of the session");
  g_autoptr (RaiSyncStatus) status = rai_sync_engine_get_status (shop.engine);
  g_assert_cmpuint (status->waiting, ==, 1);
  g_assert_nonnull (strstr (status->message, "1 change"));
  g_assert_cmpint (count_deliveries (&shop), ==, 0);
  rai_sync_fixture_set_online (shop.fixture, true);
  rai_sync_engine_stop (shop.engine);
  g_object_unref (shop.engine);
  shop.engine = rai_sync_fixture_engine (shop.fixture, "till", "mia");
  rai_sync_fixture_settle (shop.fixture, shop.engine);
  g_assert_cmpint (count_deliveries (&shop), ==, 1);
  rai_shop_close (&shop);
}

static void
saved_cb (RaiPage *page) {
  g_object_set_data (G_OBJECT (page), "saved", GINT_TO_POINTER (1));
}

/* Another computer of the same person sends what was saved here. */
static void
test_file (void) {
  RaiShop shop;
  rai_shop_open (&shop, RAI_ROLE_STORE_MANAGER, SITE, RAI_TYPE_SETTINGS_PAGE, true);

  g_autofree char *path =
      g_build_filename (rai_sync_fixture_folder (shop.fixture), "work.json", NULL);
  work_offline (&shop);
  rai_changes_file_save (shop.page, path, saved_cb);
  while (!g_object_get_data (G_OBJECT (shop.page), "saved"))
    g_main_context_iteration (NULL, TRUE);

  g_assert_nonnull (rai_shop_find_label (shop.window, "1 change saved"));
  rai_sync_fixture_set_online (shop.fixture, true);
  rai_sync_fixture_settle (shop.fixture, shop.engine);
  rai_changes_file_take_in (shop.page, path);
  while (!rai_shop_find_label (shop.window, "known here already"))
    g_main_context_iteration (NULL, TRUE);

  rai_changes_file_take_in (shop.page, "/nowhere/work.json");
  while (!find_dialog ())
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpstr (adw_message_dialog_get_heading (find_dialog ()), ==,
                   "The file was not taken in");
  gtk_window_destroy (GTK_WINDOW (find_dialog ()));
  g_assert_cmpint (count_deliveries (&shop), ==, 1);
  rai_shop_close (&shop);
}

int
main (int argc, char **argv) {
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/client/settings-page/nothing-waits", test_nothing_waits);
  g_test_add_func ("/client/settings-page/work-waits", test_work_waits);
  g_test_add_func ("/client/settings-page/file", test_file);
  return g_test_run ();
}
