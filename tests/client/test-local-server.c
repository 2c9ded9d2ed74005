/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/model/rai-local-server.h"

#include "db/rai-db-run.h"

#include <glib/gstdio.h>
#include <string.h>

/* Backends of this computer's own, with the real server. The demo is made whole, and removed, in
 * test-flow-first-start. */

static char *folder;

static const RaiLocalShop shop = {
  .owner = "Ada Lovelace",
  .name = "Käthe's -- Laden",
  .zone = "Europe/Berlin",
  .currency = "EUR",
  .open_weekdays = 31,
};

typedef struct {
  RaiLocalServer *local;
  GCancellable *cancellable;
  unsigned steps;
  double share;
  bool cancel; /* at the first step */
  bool done;
  char *url;
  GError *error;
} Start;

static void
start_clear (Start *start) {
  g_clear_object (&start->local);
  g_clear_object (&start->cancellable);
  g_clear_pointer (&start->url, g_free);
  g_clear_error (&start->error);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Start, start_clear)

static void
step_cb (const char *text, double share, void *data) {
  Start *start = data;
  g_test_message ("%s %.2f", text, share);
  g_assert_cmpfloat (share, >=, start->share);
  g_assert_cmpfloat (share, <=, 1);
  start->share = share;
  start->steps++;
  if (start->cancel)
    g_cancellable_cancel (start->cancellable);
}

static void
started_cb (GObject *source, GAsyncResult *result, void *data) {
  Start *start = data;
  start->url = rai_local_server_start_finish (RAI_LOCAL_SERVER (source), result, &start->error);
  start->done = true;
}

static void
run_start (Start *start, RaiLocalKind kind, const RaiLocalShop *what) {
  if (start->local == NULL)
    start->local = rai_local_server_new (folder);
  start->cancellable = g_cancellable_new ();
  rai_local_server_start_async (start->local, kind, what, step_cb, start, start->cancellable,
                                started_cb, start);
  while (!start->done)
    g_main_context_iteration (NULL, TRUE);
}

static void
removed_cb (GObject *source, GAsyncResult *result, void *data) {
  g_autoptr (GError) error = NULL;
  g_assert_true (rai_local_server_remove_finish (RAI_LOCAL_SERVER (source), result, &error));
  g_assert_no_error (error);
  *(bool *) data = true;
}

static void
remove_kind (RaiLocalServer *local, RaiLocalKind kind) {
  bool done = false;
  rai_local_server_remove_async (local, kind, removed_cb, &done);
  while (!done)
    g_main_context_iteration (NULL, TRUE);
}

static int64_t
ask (const char *place, const char *sql) {
  g_autofree char *url = g_strdup_printf ("sqlite:%s/%s/retailai.sqlite", folder, place);
  g_autoptr (GError) error = NULL;
  g_autoptr (RaiDb) db = rai_db_open (url, RAI_DB_OPEN_READ_ONLY, &error);
  int64_t value = -1;
  g_assert_no_error (error);
  g_assert_true (rai_db_get_int (db, sql, NULL, 0, -1, &value, &error));
  g_assert_no_error (error);
  return value;
}

static bool
exists (const char *name) {
  g_autofree char *path = g_build_filename (folder, name, NULL);
  return g_file_test (path, G_FILE_TEST_EXISTS);
}

/* An empty database of one's own: the shop as it was said, its owner, and nothing else. Started
 * again it is the same, at the same address. */
static void
test_shop (void) {
  g_autofree char *url = NULL;
  {
    g_auto (Start) first = { 0 };
    RaiLocalKind kind = RAI_LOCAL_DEMO;
    run_start (&first, RAI_LOCAL_SHOP, &shop);
    g_assert_no_error (first.error);
    g_assert_cmpuint (first.steps, >=, 3);
    g_assert_true (rai_local_server_is_set_up (first.local, RAI_LOCAL_SHOP));
    g_assert_false (rai_local_server_is_set_up (first.local, RAI_LOCAL_DEMO));
    g_assert_true (rai_local_server_find (folder, first.url, &kind));
    g_assert_cmpint (kind, ==, RAI_LOCAL_SHOP);
    g_assert_false (rai_local_server_find (folder, "http://127.0.0.1:1", &kind));
    g_assert_false (rai_local_server_find (folder, NULL, &kind));
    url = g_steal_pointer (&first.url);

    g_autofree char *password = rai_local_server_get_password (first.local, RAI_LOCAL_SHOP);
    g_assert_cmpuint (strlen (password), >, 20);
    g_assert_null (rai_local_server_get_password (first.local, RAI_LOCAL_DEMO));

    /* While it runs there is no second one. */
    g_auto (Start) second = { .local = g_object_ref (first.local) };
    run_start (&second, RAI_LOCAL_SHOP, NULL);
    g_assert_cmpstr (second.url, ==, url);
  }

  g_assert_cmpint (ask ("shop@this-computer",
                        "SELECT count(*) FROM site WHERE name = 'Käthe''s -- Laden'"
                        " AND zone = 'Europe/Berlin' AND currency = 'EUR' AND open_weekdays = 31"
                        " AND open_since IS NOT NULL"),
                   ==, 1);
  g_assert_cmpint (ask ("shop@this-computer",
                        "SELECT count(*) FROM account WHERE name = 'Ada Lovelace'"
                        " AND login = 'owner' AND role = 'owner' AND all_sites = 1"),
                   ==, 1);
  g_assert_cmpint (ask ("shop@this-computer",
                        "SELECT (SELECT count(*) FROM site) + (SELECT count(*) FROM account)"
                        " + (SELECT count(*) FROM item) + (SELECT count(*) FROM receipt)"),
                   ==, 2);

  g_auto (Start) again = { 0 };
  run_start (&again, RAI_LOCAL_SHOP, NULL);
  g_assert_no_error (again.error);
  g_assert_cmpuint (again.steps, ==, 1);
  g_assert_cmpstr (again.url, ==, url);
}

/* Nothing is left of a demo that was given up, and the shop beside it is not touched. */
static void
test_cancelled (void) {
  g_auto (Start) start = { .cancel = true };
  run_start (&start, RAI_LOCAL_DEMO, NULL);
  g_assert_error (start.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_false (exists ("demo@this-computer"));
  g_assert_false (rai_local_server_is_set_up (start.local, RAI_LOCAL_DEMO));
  g_assert_null (rai_local_server_get_password (start.local, RAI_LOCAL_DEMO));
  g_assert_true (exists ("shop@this-computer"));
}

/* What the server refuses leaves nothing, and says why. */
static void
test_refused (void) {
  g_auto (Start) start = { 0 };
  start.local = rai_local_server_new (folder);
  remove_kind (start.local, RAI_LOCAL_SHOP);
  g_assert_false (exists ("shop@this-computer"));
  g_assert_null (rai_local_server_get_password (start.local, RAI_LOCAL_SHOP));

  RaiLocalShop wrong = shop;
  wrong.zone = "Mars/Base";
  run_start (&start, RAI_LOCAL_SHOP, &wrong);
  g_assert_nonnull (start.error);
  g_assert_nonnull (strstr (start.error->message, "time zone"));
  g_assert_false (exists ("shop@this-computer"));
}

/* The demo of a program before this one goes on as the demo, where it is. */
static void
test_old (void) {
  g_autofree char *old = g_build_filename (folder, "this-computer", NULL);
  g_autofree char *address = g_build_filename (old, "address", NULL);
  g_autofree char *command =
      g_strdup_printf ("retailai-server --quiet --db 'sqlite:%s/retailai.sqlite' init", old);
  g_autofree char *output = NULL;
  RaiLocalKind kind = RAI_LOCAL_SHOP;
  g_assert_true (g_spawn_command_line_sync (command, &output, NULL, NULL, NULL));
  g_assert_true (g_file_set_contents (address, "http://127.0.0.1:9\n", -1, NULL));
  g_assert_true (rai_local_server_find (folder, "http://127.0.0.1:9", &kind));
  g_assert_cmpint (kind, ==, RAI_LOCAL_DEMO);

  g_auto (Start) start = { 0 };
  run_start (&start, RAI_LOCAL_DEMO, NULL);
  g_assert_no_error (start.error);
  g_assert_cmpint (ask ("this-computer", "SELECT count(*) FROM site"), ==, 0);
  g_assert_false (exists ("demo@this-computer"));
  remove_kind (start.local, RAI_LOCAL_DEMO);
  g_assert_false (exists ("this-computer"));
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  g_autofree char *programs = g_build_filename (g_getenv ("RAI_BUILD_DIR"), "src", "server", NULL);
  g_autofree char *path = g_strconcat (programs, ":", g_getenv ("PATH"), NULL);
  g_setenv ("PATH", path, TRUE);
  folder = g_dir_make_tmp ("retailai-local-XXXXXX", NULL);
  g_test_add_func ("/client/local-server/shop", test_shop);
  g_test_add_func ("/client/local-server/cancelled", test_cancelled);
  g_test_add_func ("/client/local-server/refused", test_refused);
  g_test_add_func ("/client/local-server/old", test_old);

  const int status = g_test_run ();
  g_rmdir (folder);
  g_free (folder);
  return status;
}
