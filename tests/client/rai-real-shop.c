/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rai-real-shop.h"

#include "db/rai-db.h"

#include <signal.h>
#include <string.h>

#define LOGIN "mia"
#define PASSWORD "seven crates of early pears"
#define PATIENCE_US (30 * G_USEC_PER_SEC)

/* ---- Secrets, in memory ---- */

static GHashTable *secrets;

static char *
load (const char *kind, const char *server, const char *login, void *data) {
  return g_strdup (g_hash_table_lookup (secrets, kind));
}

static void
save (const char *kind, const char *server, const char *login, const char *secret, void *data) {
  g_hash_table_insert (secrets, g_strdup (kind), g_strdup (secret));
}

static const RaiTokenStore store = { .load = load, .save = save };

/* ---- The server ---- */

static void
run (RaiRealShop *shop, const char *input, const char *words) {
  g_autofree char *program =
      g_build_filename (g_getenv ("RAI_BUILD_DIR"), "src", "server", "retailai-server", NULL);
  g_auto (GStrv) split = g_strsplit (words, " ", -1);
  g_autoptr (GPtrArray) arguments = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;

  g_ptr_array_add (arguments, program);
  g_ptr_array_add (arguments, (gpointer) "--db");
  g_ptr_array_add (arguments, shop->db_url);
  for (int i = 0; split[i] != NULL; i++)
    g_ptr_array_add (arguments, split[i]);
  g_ptr_array_add (arguments, NULL);

  g_autoptr (GSubprocess) process =
      g_subprocess_newv ((const char *const *) arguments->pdata,
                         G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_SILENCE, &error);
  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (process, input, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_successful (process));
}

void
rai_real_shop_start_server (RaiRealShop *shop) {
  g_autofree char *program =
      g_build_filename (g_getenv ("RAI_BUILD_DIR"), "src", "server", "retailai-server", NULL);
  g_autofree char *snapshots = g_build_filename (shop->folder, "snapshots", NULL);
  g_autofree char *uploads = g_build_filename (shop->folder, "uploads", NULL);
  const char *listen =
      shop->server_url != NULL ? shop->server_url + strlen ("http://") : "127.0.0.1:0";
  g_autoptr (GError) error = NULL;

  shop->server =
      g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error,
                        program, "--db", shop->db_url, "serve", "--listen", listen, "--rate", "0",
                        "--snapshots", snapshots, "--uploads", uploads, "--exit-with-stdin", NULL);
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

void
rai_real_shop_stop_server (RaiRealShop *shop) {
  g_subprocess_send_signal (shop->server, SIGTERM);
  g_subprocess_wait (shop->server, NULL, NULL);
  g_clear_object (&shop->server);
}

int64_t
rai_real_shop_count (RaiRealShop *shop, const char *sql) {
  g_autoptr (GError) error = NULL;
  g_autoptr (RaiDb) db = rai_db_open (shop->db_url, RAI_DB_OPEN_READ_ONLY, &error);
  int64_t n = -1;

  g_assert_no_error (error);
  rai_db_get_int (db, sql, NULL, 0, 0, &n, NULL);
  return n;
}

char *
rai_real_shop_write (RaiRealShop *shop, const char *name, const char *text) {
  g_autofree char *path = g_build_filename (shop->folder, name, NULL);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  return g_steal_pointer (&path);
}

void
rai_real_shop_wait (bool (*test) (void *data), void *data, const char *what) {
  int64_t end = g_get_monotonic_time () + PATIENCE_US;

  while (!test (data)) {
    if (g_get_monotonic_time () > end)
      g_error ("waited for %s, which did not come", what);
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (1000);
  }
}

/* ---- The whole ---- */

static void
add_store (RaiRealShop *shop) {
  g_autoptr (GError) error = NULL;
  g_autoptr (RaiDb) db = rai_db_open (shop->db_url, 0, &error);

  g_assert_no_error (error);
  rai_db_exec (db,
               "INSERT INTO site (id, code, name, currency, zone, rev) VALUES (1, 'S1', "
               "'Harbour Street', 'EUR', 'Europe/Berlin', 1); UPDATE feed SET revision = 1;",
               &error);
  g_assert_no_error (error);
}

static void
signed_in_cb (GObject *engine, GAsyncResult *result, void *done) {
  g_autoptr (GError) error = NULL;

  rai_sync_engine_sign_in_finish (RAI_SYNC_ENGINE (engine), result, &error);
  g_assert_no_error (error);
  *(bool *) done = true;
}

static bool
is_true (void *flag) {
  return *(bool *) flag;
}

static bool
is_ready (void *session) {
  return rai_session_is_ready (session) &&
         rai_session_get_status (session)->state == RAI_SYNC_ONLINE;
}

RaiRealShop *
rai_real_shop_open (const char *role) {
  RaiRealShop *shop = g_new0 (RaiRealShop, 1);
  bool done = false;

  secrets = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  shop->folder = g_dir_make_tmp ("rai-real-shop-XXXXXX", NULL);
  shop->db_url = g_strdup_printf ("sqlite:%s/shop.db", shop->folder);
  run (shop, NULL, "init");
  g_autofree char *words =
      g_strdup_printf ("-q user add " LOGIN " --role %s --sites all --password-stdin", role);
  add_store (shop);
  run (shop, PASSWORD "\n", words);
  rai_real_shop_start_server (shop);

  shop->engine = rai_sync_engine_new (shop->folder, shop->server_url, LOGIN, &store);
  rai_sync_engine_set_pace (shop->engine, 200, 500);
  rai_sync_engine_sign_in_async (shop->engine, PASSWORD, NULL, NULL, signed_in_cb, &done);
  rai_real_shop_wait (is_true, &done, "the sign-in");
  shop->session = rai_session_new (shop->folder);
  rai_session_open (shop->session, shop->engine, shop->server_url, LOGIN);
  rai_real_shop_wait (is_ready, shop->session, "the first sync");

  return shop;
}

void
rai_real_shop_close (RaiRealShop *shop) {
  g_autofree char *remove = g_strdup_printf ("rm -rf '%s'", shop->folder);

  rai_session_open (shop->session, NULL, NULL, NULL);
  g_clear_object (&shop->session);
  rai_sync_engine_stop (shop->engine);
  g_clear_object (&shop->engine);
  if (shop->server != NULL)
    rai_real_shop_stop_server (shop);
  g_spawn_command_line_sync (remove, NULL, NULL, NULL, NULL);
  g_clear_pointer (&secrets, g_hash_table_unref);
  g_free (shop->folder);
  g_free (shop->db_url);
  g_free (shop->server_url);
  g_free (shop);
}
