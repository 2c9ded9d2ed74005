/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A morning in a shop with the network unplugged, on the real programs: sign in, see the dashboard,
 * the backend stops, approve an order, close the program, open it again, the backend returns, and
 * the order is approved there. Run it under build-aux/headless: it needs a display, a session bus
 * and a keyring. */
#include "rai-driver.h"
#include "rai-test-db.h"

#include <gio/gio.h>
#include <signal.h>
#include <string.h>

#define LOGIN "morning"
#define PASSWORD "seven crates of early pears"

typedef struct {
  char *folder;
  char *db_url;
  char *server_url;
  GSubprocess *server;
} Shop;

static char *
program (const char *path) {
  return g_build_filename (g_getenv ("RAI_BUILD_DIR"), path, NULL);
}

/* listen: "127.0.0.1:0", or the address that the client knows. */
static void
start_server (Shop *shop, const char *listen) {
  GError *error = NULL;
  g_autofree char *server = program ("src/server/retailai-server");
  g_autofree char *snapshots = g_build_filename (shop->folder, "snapshots", NULL);

  shop->server =
      g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error,
                        server, "--db", shop->db_url, "serve", "--listen", listen, "--rate", "0",
                        "--snapshots", snapshots, "--exit-with-stdin", NULL);
  g_assert_no_error (error);
  g_autoptr (GDataInputStream) output =
      g_data_input_stream_new (g_subprocess_get_stdout_pipe (shop->server));

  g_autofree char *line = g_data_input_stream_read_line (output, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (line);
  g_assert_true (g_str_has_prefix (line, "listening on "));
  g_free (shop->server_url);
  shop->server_url = g_strdup (line + strlen ("listening on "));
}

static void
stop_server (Shop *shop) {
  g_subprocess_send_signal (shop->server, SIGTERM);
  g_subprocess_wait (shop->server, NULL, NULL);
  g_clear_object (&shop->server);
}

static void
add_account (Shop *shop) {
  GError *error = NULL;
  g_autofree char *server = program ("src/server/retailai-server");
  g_autoptr (GSubprocess) adding =
      g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_SILENCE, &error,
                        server, "--db", shop->db_url, "-q", "user", "add", LOGIN, "--role",
                        "store_manager", "--sites", "all", "--password-stdin", NULL);
  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (adding, PASSWORD "\n", NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_successful (adding));
}

static RaiDriver *
open_client (Shop *shop) {
  g_autofree char *client = program ("src/client/retailai");
  const char *argv[] = { client,           "--data-dir", shop->folder, "--server",
                         shop->server_url, "--login",    LOGIN,        NULL };
  return rai_driver_start (argv);
}

static void
sign_in (RaiDriver *client) {
  rai_driver_type (client, "Password", PASSWORD);
  rai_driver_press (client, "*Sign in");
}

static int64_t
approved_orders (Shop *shop) {
  GError *error = NULL;
  int64_t n = -1;
  g_autoptr (RaiDb) db = rai_db_open (shop->db_url, RAI_DB_OPEN_READ_ONLY, &error);
  g_assert_no_error (error);
  rai_db_get_int (db, "SELECT count(*) FROM purchase_order WHERE status = 'approved'", NULL, 0, 0,
                  &n, &error);
  g_assert_no_error (error);
  return n;
}

static void
wait_for_approved (Shop *shop) {
  gint64 until = g_get_monotonic_time () + RAI_DRIVER_PATIENCE * G_USEC_PER_SEC;
  while (approved_orders (shop) == 0 && g_get_monotonic_time () < until)
    g_usleep (200000);
  g_assert_cmpint (approved_orders (shop), ==, 1);
}

static void
test_unplugged_morning (void) {
  Shop shop = { .folder = g_dir_make_tmp ("retailai-end-to-end-XXXXXX", NULL) };
  RaiDb *db = rai_test_db_new_at (RAI_DB_SQLITE, &shop.db_url);
  rai_test_db_fill (db);
  rai_db_close (db);
  add_account (&shop);
  start_server (&shop, "127.0.0.1:0");

  RaiDriver *client = open_client (&shop);
  sign_in (client);
  g_object_unref (rai_driver_wait (client, ATSPI_ROLE_LABEL, "Dashboard"));
  g_object_unref (rai_driver_wait (client, ATSPI_ROLE_PUSH_BUTTON, "Synced *"));

  stop_server (&shop);
  rai_driver_select (client, "Pages", "Orders*");
  rai_driver_press (client, "*Approve this");
  g_object_unref (rai_driver_wait (client, ATSPI_ROLE_PUSH_BUTTON, "Offline, 1 waiting"));
  g_assert_cmpint (approved_orders (&shop), ==, 0);

  rai_driver_stop (client);
  client = open_client (&shop);
  g_object_unref (rai_driver_wait (client, ATSPI_ROLE_PUSH_BUTTON, "Offline, 1 waiting"));

  g_autofree char *address = g_strdup (strstr (shop.server_url, "://") + strlen ("://"));
  start_server (&shop, address);
  wait_for_approved (&shop);
  g_object_unref (rai_driver_wait (client, ATSPI_ROLE_PUSH_BUTTON, "Synced *"));
  rai_driver_stop (client);
  stop_server (&shop);
  g_autoptr (GSubprocess) removal =
      g_subprocess_new (G_SUBPROCESS_FLAGS_NONE, NULL, "rm", "-r", shop.folder, NULL);
  g_assert_true (g_subprocess_wait_check (removal, NULL, NULL));
  g_free (shop.folder);
  g_free (shop.db_url);
  g_free (shop.server_url);
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  /* libatspi warns when a program comes or goes while it asks. */
  g_log_set_always_fatal (G_LOG_LEVEL_CRITICAL | G_LOG_FATAL_MASK);

  /* GTK 4.8 itself warns when a focused entry is hidden. */
  g_setenv ("G_DEBUG", "fatal-criticals", TRUE);
  g_unsetenv ("RETAILAI_PASSWORD");
  atspi_init ();
  g_test_add_func ("/client/end-to-end/unplugged-morning", test_unplugged_morning);

  return rai_test_db_end (g_test_run ());
}
