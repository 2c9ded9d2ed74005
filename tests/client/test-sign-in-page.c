/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/rai-sign-in-page.h"

#include "client/rai-application.h"
#include "rai-sync-fixture.h"

#include <string.h>

typedef struct {
  RaiSyncFixture *server;
  RaiSession *session;
  RaiLocalServer *local;
  GtkWidget *window;
  RaiSignInPage *page;
} Fixture;

static void
set_up (Fixture *fixture, const void *unused) {
  rai_application_register_resources ();
  fixture->server = rai_sync_fixture_new ();
  rai_sync_fixture_set_account (fixture->server, "mia", RAI_ROLE_STORE_MANAGER, 1);
  fixture->session = rai_session_new (rai_sync_fixture_folder (fixture->server));
  fixture->local = rai_local_server_new (rai_sync_fixture_folder (fixture->server));
  fixture->page = g_object_new (RAI_TYPE_SIGN_IN_PAGE, NULL);
  rai_sign_in_page_set_session (fixture->page, fixture->session, fixture->local);
  fixture->window = gtk_window_new ();
  gtk_window_set_child (GTK_WINDOW (fixture->window), GTK_WIDGET (fixture->page));
  gtk_window_present (GTK_WINDOW (fixture->window));
}

static void
tear_down (Fixture *fixture, const void *unused) {
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  RaiSyncEngine *engine = rai_session_get_engine (fixture->session);
  if (engine != NULL)
    rai_sync_engine_stop (engine);
  rai_session_open (fixture->session, NULL, NULL, NULL);
  g_object_unref (fixture->session);
  g_object_unref (fixture->local);
  rai_sync_fixture_free (fixture->server);
}

static GtkWidget *
part_of (Fixture *fixture, const char *name) {
  return GTK_WIDGET (
      gtk_widget_get_template_child (GTK_WIDGET (fixture->page), RAI_TYPE_SIGN_IN_PAGE, name));
}

static void
enter (Fixture *fixture, const char *server, const char *password) {
  rai_sign_in_page_suggest (fixture->page, server, "mia");
  gtk_editable_set_text (GTK_EDITABLE (part_of (fixture, "password")), password);
  g_signal_emit_by_name (part_of (fixture, "sign_in"), "clicked");
}

static bool
has_focus (Fixture *fixture, const char *name) {
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (fixture->window));
  return focus != NULL && gtk_widget_is_ancestor (focus, part_of (fixture, name));
}

static bool
has_problem (void *data) {
  return *gtk_label_get_label (GTK_LABEL (part_of (data, "problem"))) != '\0';
}

static bool
says (Fixture *fixture, const char *words) {
  return strstr (gtk_label_get_label (GTK_LABEL (part_of (fixture, "problem"))), words) != NULL;
}

static bool
is_signed_in (void *session) {
  return rai_session_get_identity (session) != NULL;
}

/* What is no address is said at once, and nothing is sent. */
static void
test_address (Fixture *fixture, const void *unused) {
  const char *rest = strstr (rai_sync_fixture_url (fixture->server), "://");
  g_autofree char *typo = g_strconcat ("htps", rest, NULL);
  enter (fixture, typo, "right");
  g_assert_true (has_problem (fixture) && says (fixture, "“htps://”"));
  g_assert_true (has_focus (fixture, "server"));
  g_assert_false (gtk_widget_get_visible (part_of (fixture, "waiting")));

  /* Without a scheme this computer is asked over http. */
  enter (fixture, rest + strlen ("://"), "wrong");
  rai_sync_fixture_wait (has_problem, fixture, "the refusal");
  g_assert_true (says (fixture, "Name or password is wrong"));
  g_assert_true (has_focus (fixture, "password"));
  enter (fixture, rest + strlen ("://"), "right");
  rai_sync_fixture_wait (is_signed_in, fixture->session, "the sign-in");
}

/* Where the password could be read on its way, that is asked first. */
static void
test_open (Fixture *fixture, const void *unused) {
  enter (fixture, "http://shop.example.org", "right");
  GListModel *windows = gtk_window_get_toplevels ();
  GtkWindow *question = NULL;
  for (unsigned i = 0; i < g_list_model_get_n_items (windows); i++) {
    g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);
    if (ADW_IS_MESSAGE_DIALOG (window))
      question = window;
  }

  g_assert_nonnull (question);
  g_assert_false (gtk_widget_get_visible (part_of (fixture, "waiting")));
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (question), "cancel");
  gtk_window_destroy (question);
  g_assert_false (gtk_widget_get_visible (part_of (fixture, "waiting")));
  g_assert_true (has_focus (fixture, "server"));
}

/* Of a server that never answers nobody has to wait for the end. */
static void
test_cancel (Fixture *fixture, const void *unused) {
  g_autoptr (GSocketListener) silent = g_socket_listener_new ();
  unsigned port = g_socket_listener_add_any_inet_port (silent, NULL, NULL);
  g_autofree char *address = g_strdup_printf ("127.0.0.1:%u", port);
  enter (fixture, address, "right");
  g_assert_true (gtk_widget_get_visible (part_of (fixture, "waiting")));
  g_assert_false (gtk_widget_get_sensitive (part_of (fixture, "password")));

  gtk_widget_activate_action (GTK_WIDGET (fixture->page), "sign-in.cancel", NULL);
  g_assert_false (gtk_widget_get_visible (part_of (fixture, "waiting")));
  g_assert_true (gtk_widget_get_sensitive (part_of (fixture, "sign_in")));
  g_assert_true (has_focus (fixture, "server"));
  g_assert_false (has_problem (fixture));
}

static const char *
view_of (Fixture *fixture) {
  return gtk_stack_get_visible_child_name (GTK_STACK (part_of (fixture, "views")));
}

/* It asks what it is; with a server that was signed in to before, the first empty field is where it
 * begins. Whoever was signed in hears why that is over. */
static void
test_begin (Fixture *fixture, const void *unused) {
  rai_sign_in_page_begin (fixture->page, NULL);
  g_assert_cmpstr (view_of (fixture), ==, "choice");
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (fixture->window)) ==
                 part_of (fixture, "my_shop"));
  rai_sign_in_page_suggest (fixture->page, "shop.example.org", "mia");
  rai_sign_in_page_begin (fixture->page, "disabled");
  g_assert_cmpstr (view_of (fixture), ==, "server");
  g_assert_true (has_focus (fixture, "password"));
  g_assert_true (has_problem (fixture) && says (fixture, "disabled"));
}

/* There and back, and the focus stands where it was. */
static void
test_choice (Fixture *fixture, const void *unused) {
  g_assert_false (gtk_widget_get_visible (part_of (fixture, "back")));
  adw_action_row_activate (ADW_ACTION_ROW (part_of (fixture, "our_server")));
  g_assert_cmpstr (view_of (fixture), ==, "server");
  g_assert_true (has_focus (fixture, "server"));
  g_assert_true (gtk_widget_get_visible (part_of (fixture, "back")));
  gtk_widget_activate_action (GTK_WIDGET (fixture->page), "sign-in.back", NULL);
  g_assert_cmpstr (view_of (fixture), ==, "choice");
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (fixture->window)) ==
                 part_of (fixture, "our_server"));

  adw_action_row_activate (ADW_ACTION_ROW (part_of (fixture, "my_shop")));
  g_assert_cmpstr (view_of (fixture), ==, "shop");
  g_assert_false (gtk_widget_get_sensitive (part_of (fixture, "open_shop")));
  gtk_widget_activate_action (GTK_WIDGET (fixture->page), "sign-in.back", NULL);
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (fixture->window)) ==
                 part_of (fixture, "my_shop"));
}

/* What is wrong moves nothing: its room is there before. */
static void
test_room (Fixture *fixture, const void *unused) {
  graphene_rect_t before, after;
  GtkWidget *button = part_of (fixture, "sign_in");
  rai_sign_in_page_suggest (fixture->page, "shop.example.org", "mia");
  gtk_test_widget_wait_for_draw (fixture->window);
  g_assert_true (gtk_widget_compute_bounds (button, fixture->window, &before));
  rai_sign_in_page_begin (fixture->page,
                          "The account was disabled. Ask an administrator. What you did and was "
                          "not sent is kept on this computer.");
  gtk_test_widget_wait_for_draw (fixture->window);
  g_assert_true (gtk_widget_compute_bounds (button, fixture->window, &after));
  g_assert_cmpfloat (after.origin.y, ==, before.origin.y);
}

int
main (int argc, char **argv) {
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add ("/client/sign-in-page/address", Fixture, NULL, set_up, test_address, tear_down);
  g_test_add ("/client/sign-in-page/open", Fixture, NULL, set_up, test_open, tear_down);
  g_test_add ("/client/sign-in-page/cancel", Fixture, NULL, set_up, test_cancel, tear_down);
  g_test_add ("/client/sign-in-page/choice", Fixture, NULL, set_up, test_choice, tear_down);
  g_test_add ("/client/sign-in-page/room", Fixture, NULL, set_up, test_room, tear_down);
  g_test_add ("/client/sign-in-page/begin", Fixture, NULL, set_up, test_begin, tear_down);
  return g_test_run ();
}
