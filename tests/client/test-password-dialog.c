/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The server wants the password again: only that is asked, and what waits is sent after it. */
#include "client/pages/rai-password-dialog.h"

#include "client/pages/rai-changes-page.h"
#include "rai-shop-fixture.h"

#define SITE 1
#define RECEIVE "{\"site\":1,\"lines\":[{\"item\":1,\"quantity\":5000}]}"

static GtkWidget *
part_of (RaiPasswordDialog *dialog, const char *name) {
  return GTK_WIDGET (
      gtk_widget_get_template_child (GTK_WIDGET (dialog), RAI_TYPE_PASSWORD_DIALOG, name));
}

static void
enter (RaiPasswordDialog *dialog, const char *password) {
  gtk_editable_set_text (GTK_EDITABLE (part_of (dialog, "password")), password);
  g_assert_true (gtk_widget_get_sensitive (part_of (dialog, "sign_in")));
  g_signal_emit_by_name (part_of (dialog, "sign_in"), "clicked");
}

static bool
is_signed_out (void *session) {
  return rai_session_get_status (session)->state == RAI_SYNC_SIGNED_OUT;
}

static bool
has_problem (void *dialog) {
  return gtk_widget_get_visible (part_of (dialog, "problem"));
}

static bool
is_gone (void *place) {
  return *(void **) place == NULL;
}

static bool
is_sent (void *session) {
  const RaiSyncStatus *status = rai_session_get_status (session);
  return status->state == RAI_SYNC_ONLINE && status->waiting == 0;
}

/* As after a restore: no token of before is known any more. Work waits meanwhile. */
static void
lose_tokens (RaiShop *shop) {
  const RaiTokenStore *tokens = rai_sync_fixture_tokens ();
  tokens->save (RAI_SECRET_REFRESH_TOKEN, rai_sync_fixture_url (shop->fixture), "mia", NULL,
                tokens->data);
  rai_sync_fixture_expire_tokens (shop->fixture);
  g_autoptr (RaiAnswer) answer = rai_sync_fixture_submit (shop->engine, "stock.receive", RECEIVE);
  g_assert_cmpint (answer->status, ==, RAI_ANSWER_APPLIED);
  rai_sync_fixture_wait (is_signed_out, shop->session, "the server to want the password");
}

static void
test_again (void) {
  RaiShop shop;
  rai_shop_open (&shop, RAI_ROLE_STORE_MANAGER, SITE, RAI_TYPE_CHANGES_PAGE, true);
  GtkWidget *button = GTK_WIDGET (
      gtk_widget_get_template_child (GTK_WIDGET (shop.page), RAI_TYPE_CHANGES_PAGE, "sign_in"));
  g_assert_false (gtk_widget_get_visible (button));
  lose_tokens (&shop);
  g_assert_true (gtk_widget_get_visible (button));
  g_assert_cmpuint (rai_session_get_status (shop.session)->waiting, ==, 1);

  RaiPasswordDialog *dialog = rai_password_dialog_new (GTK_WINDOW (shop.window), shop.session);
  g_object_add_weak_pointer (G_OBJECT (dialog), (void **) &dialog);
  gtk_window_present (GTK_WINDOW (dialog));
  g_assert_false (gtk_widget_get_sensitive (part_of (dialog, "sign_in")));
  enter (dialog, "wrong");
  rai_sync_fixture_wait (has_problem, dialog, "the problem");
  g_assert_cmpstr (gtk_label_get_label (GTK_LABEL (part_of (dialog, "problem"))), ==,
                   "Name or password is wrong");

  enter (dialog, "right");
  rai_sync_fixture_wait (is_gone, &dialog, "the dialog to close");
  rai_sync_fixture_wait (is_sent, shop.session, "the work to be sent");
  g_assert_false (gtk_widget_get_visible (button));
  g_assert_true (rai_session_get_engine (shop.session) == shop.engine);
  rai_shop_close (&shop);
}

int
main (int argc, char **argv) {
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/client/password-dialog/again", test_again);
  return g_test_run ();
}
