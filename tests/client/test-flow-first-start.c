/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The first hour's first minute, in the real window with the real server: a shop of one's own from
 * nothing to an empty dashboard, the demo beside it, given up once, made, and removed, with nothing
 * of one in the other. Needs a display, a session bus and a keyring. */
#include "client/pages/rai-dashboard-page.h"
#include "client/pages/rai-sign-in-page.h"
#include "client/rai-application.h"
#include "client/rai-window.h"
#include "db/rai-db-run.h"

#include <glib/gstdio.h>
#include <string.h>

/* The demo's forecasts take a minute of a busy machine. */
#define PATIENCE_US (400 * G_USEC_PER_SEC)

#define SHOP "shop@this-computer"
#define DEMO "demo@this-computer"

typedef struct {
  char *folder;
  RaiSession *session;
  RaiLocalServer *local;
  RaiWindow *window;
} Scene;

static gboolean
tick_cb (void *data) {
  return G_SOURCE_CONTINUE;
}

static void
wait_for (Scene *scene, bool (*holds) (Scene *scene), const char *what) {
  const int64_t until = g_get_monotonic_time () + PATIENCE_US;
  const unsigned tick = g_timeout_add (20, tick_cb, NULL);
  while (!holds (scene)) {
    if (g_get_monotonic_time () > until)
      g_error ("%s did not come", what);
    g_main_context_iteration (NULL, TRUE);
  }
  g_source_remove (tick);
}

static void *
part_of (Scene *scene, const char *name) {
  return gtk_widget_get_template_child (GTK_WIDGET (scene->window), RAI_TYPE_WINDOW, name);
}

static GtkWidget *
sign_in_of (Scene *scene) {
  return gtk_stack_get_child_by_name (part_of (scene, "root"), "sign-in");
}

static void *
part_of_sign_in (Scene *scene, const char *name) {
  return gtk_widget_get_template_child (sign_in_of (scene), RAI_TYPE_SIGN_IN_PAGE, name);
}

static bool
shows_view (Scene *scene, const char *view) {
  return sign_in_of (scene) != NULL &&
         g_strcmp0 (gtk_stack_get_visible_child_name (part_of_sign_in (scene, "views")), view) == 0;
}

static bool
is_choosing (Scene *scene) {
  return shows_view (scene, "choice");
}

static bool
is_on_dashboard (Scene *scene) {
  RaiPage *page = rai_window_get_page (scene->window);
  return page != NULL && RAI_IS_DASHBOARD_PAGE (page) && rai_page_is_filled (page) &&
         rai_session_is_ready (scene->session);
}

static bool
is_getting_on (Scene *scene) {
  return gtk_progress_bar_get_fraction (part_of_sign_in (scene, "bar")) > 0.01;
}

static bool
exists (Scene *scene, const char *name) {
  g_autofree char *path = g_build_filename (scene->folder, name, NULL);
  return g_file_test (path, G_FILE_TEST_EXISTS);
}

static bool
is_demo_gone (Scene *scene) {
  return !exists (scene, DEMO);
}

static int64_t
ask (Scene *scene, const char *place, const char *sql) {
  g_autofree char *url = g_strdup_printf ("sqlite:%s/%s/retailai.sqlite", scene->folder, place);
  g_autoptr (GError) error = NULL;
  g_autoptr (RaiDb) db = rai_db_open (url, RAI_DB_OPEN_READ_ONLY, &error);
  int64_t value = -1;
  g_assert_no_error (error);
  g_assert_true (rai_db_get_int (db, sql, NULL, 0, -1, &value, &error));
  return value;
}

static void
choose (Scene *scene, const char *row) {
  adw_action_row_activate (ADW_ACTION_ROW (part_of_sign_in (scene, row)));
}

/* From nothing: a form, a button, and the empty dashboard of an owner. */
static void
open_shop (Scene *scene) {
  wait_for (scene, is_choosing, "the first question");
  choose (scene, "my_shop");
  g_assert_true (shows_view (scene, "shop"));
  GtkWidget *form = part_of_sign_in (scene, "form");
  const struct {
    const char *field, *text;
  } said[] = { { "owner", "Ada Lovelace" }, { "name", "Harbour Street" } };
  for (size_t i = 0; i < G_N_ELEMENTS (said); i++)
    gtk_editable_set_text (
        GTK_EDITABLE (gtk_widget_get_template_child (form, G_OBJECT_TYPE (form), said[i].field)),
        said[i].text);
  g_assert_true (gtk_widget_get_sensitive (part_of_sign_in (scene, "open_shop")));
  g_signal_emit_by_name (part_of_sign_in (scene, "open_shop"), "clicked");
  g_assert_true (shows_view (scene, "busy"));

  wait_for (scene, is_on_dashboard, "the dashboard of the shop");
  g_assert_cmpint (rai_session_get_identity (scene->session)->role, ==, RAI_ROLE_OWNER);
  g_assert_cmpstr (rai_session_get_site_name (scene->session), ==, "Harbour Street");
  g_assert_false (gtk_widget_get_visible (part_of (scene, "demo")));
  g_assert_true (rai_window_go (scene->window, "settings", NULL));
}

static void
leave (Scene *scene) {
  gtk_widget_activate_action (GTK_WIDGET (scene->window), "win.other-account", NULL);
  wait_for (scene, is_choosing, "the first question again");
}

static void
give_up_demo (Scene *scene) {
  choose (scene, "try_demo");
  wait_for (scene, is_getting_on, "progress");
  gtk_widget_activate_action (sign_in_of (scene), "sign-in.cancel", NULL);
  g_assert_true (is_choosing (scene));
  wait_for (scene, is_demo_gone, "the end of what was begun");
}

static void
make_demo (Scene *scene) {
  choose (scene, "try_demo");
  wait_for (scene, is_on_dashboard, "the dashboard of the demo");
  g_assert_true (gtk_widget_get_visible (part_of (scene, "demo")));
  g_assert_cmpint (ask (scene, DEMO, "SELECT count(*) FROM site"), ==, 2);
  g_assert_cmpint (ask (scene, DEMO,
                        "SELECT count(*) FROM site WHERE name = 'Harbour Street' "
                        "AND code = 'HARBOUR-STREET'"),
                   ==, 0);
  g_assert_cmpint (ask (scene, DEMO, "SELECT count(*) FROM purchase_order"), >, 0);
  g_assert_cmpint (ask (scene, SHOP,
                        "SELECT (SELECT count(*) FROM item) + (SELECT count(*) FROM "
                        "receipt) + (SELECT count(*) FROM site)"),
                   ==, 1);
}

/* It asks once. */
static void
remove_demo (Scene *scene) {
  GtkWindow *question = NULL;
  gtk_widget_activate_action (GTK_WIDGET (scene->window), "win.remove-demo", NULL);
  GListModel *windows = gtk_window_get_toplevels ();
  for (unsigned i = 0; i < g_list_model_get_n_items (windows); i++) {
    g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);
    if (ADW_IS_MESSAGE_DIALOG (window))
      question = window;
  }
  g_assert_nonnull (question);
  g_autofree char *account = g_strdup (rai_session_get_server (scene->session));
  g_strdelimit (account, ":", '_');
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (question), "remove");
  wait_for (scene, is_choosing, "the first question after the demo");
  wait_for (scene, is_demo_gone, "the demo's end");
  g_assert_false (exists (scene, strrchr (account, '/') + 1));
  g_assert_null (rai_local_server_get_password (scene->local, RAI_LOCAL_DEMO));
}

/* A shop that there is already opens without questions. */
static void
open_shop_again (Scene *scene) {
  choose (scene, "my_shop");
  wait_for (scene, is_on_dashboard, "the shop again");
  g_assert_cmpstr (rai_session_get_site_name (scene->session), ==, "Harbour Street");
  g_assert_false (gtk_widget_get_visible (part_of (scene, "demo")));
}

static void
remove_all (const char *folder) {
  const char *argv[] = { "rm", "-rf", folder, NULL };
  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, NULL,
                NULL);
}

static void
set_up (Scene *scene, const void *unused) {
  rai_application_register_resources ();
  scene->folder = g_dir_make_tmp ("retailai-first-XXXXXX", NULL);
  scene->session = rai_session_new (scene->folder);
  scene->local = rai_local_server_new (scene->folder);
  scene->window = rai_window_new (NULL, scene->session, scene->local);
  gtk_window_present (GTK_WINDOW (scene->window));
}

static void
tear_down (Scene *scene, const void *unused) {
  gtk_window_destroy (GTK_WINDOW (scene->window));
  g_object_unref (scene->session);
  g_object_unref (scene->local);
  remove_all (scene->folder);
  g_free (scene->folder);
}

static void
test_shop (Scene *scene, const void *unused) {
  open_shop (scene);
  leave (scene);
  give_up_demo (scene);
  open_shop_again (scene);
  leave (scene);
}

static void
test_demo (Scene *scene, const void *unused) {
  open_shop (scene);
  leave (scene);
  make_demo (scene);
  remove_demo (scene);
  open_shop_again (scene);
  leave (scene);
}

int
main (int argc, char **argv) {
  g_setenv ("TZ", "Europe/Berlin", TRUE);
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_autofree char *programs = g_build_filename (g_getenv ("RAI_BUILD_DIR"), "src", "server", NULL);
  g_autofree char *path = g_strconcat (programs, ":", g_getenv ("PATH"), NULL);
  g_setenv ("PATH", path, TRUE);
  g_test_add ("/client/first-start/shop", Scene, NULL, set_up, test_shop, tear_down);
  g_test_add ("/client/first-start/demo", Scene, NULL, set_up, test_demo, tear_down);
  return g_test_run ();
}
