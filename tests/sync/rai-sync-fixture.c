/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rai-sync-fixture.h"

#include "db/rai-migration.h"
#include "proto/rai-json.h"
#include "proto/rai-rows-json.h"
#include "rai-sync-compare.h"
#include "sync/rai-sync-server.h"
#include "util/rai-clock.h"
#include "util/rai-day.h"
#include "util/rai-uuid.h"

#include <glib/gstdio.h>
#include <json-glib/json-glib.h>
#include <libsoup/soup.h>
#include <sqlite3.h>
#include <string.h>
#include <unistd.h>

struct _RaiSyncFixture {
  char *folder;
  char *db_url;
  char *url;
  RaiDb *db; /* the test's */
  RaiDb *backup;
  GThread *thread;
  GMainContext *context;
  GMainLoop *loop;
  GMutex mutex; /* guards the rest */
  GCond ready;
  GHashTable *accounts; /* login -> RaiIdentity */
  GHashTable *disabled;
  int token_age;
  bool online, refuse_pushes;
  unsigned poll;
  int clock;  /* seconds ahead */
  int n_live; /* ever opened */
  int lose_answers, cut_snapshots, ranges;
  int queries; /* answered; atomic */
  /* the server thread's */
  RaiDb *server_db;
  SoupServer *server;
  GPtrArray *live;
};

/* ---- Accounts ---- */

void
rai_sync_fixture_set_account (RaiSyncFixture *self, const char *login, RaiRole role, int64_t site) {
  g_mutex_lock (&self->mutex);
  RaiIdentity *old = g_hash_table_lookup (self->accounts, login);
  int64_t id = old ? old->account_id : 100 + g_hash_table_size (self->accounts);
  g_hash_table_insert (self->accounts, g_strdup (login),
                       rai_identity_new (id, login, role, site < 0, &site, site < 0 ? 0 : 1));
  g_mutex_unlock (&self->mutex);
}

void
rai_sync_fixture_set_region (RaiSyncFixture *self, const char *login, RaiRole role,
                             const int64_t *sites, size_t n_sites) {
  rai_sync_fixture_set_account (self, login, role, sites[0]);
  g_mutex_lock (&self->mutex);
  RaiIdentity *old = g_hash_table_lookup (self->accounts, login);
  g_hash_table_insert (self->accounts, g_strdup (login),
                       rai_identity_new (old->account_id, login, role, false, sites, n_sites));
  g_mutex_unlock (&self->mutex);
}

void
rai_sync_fixture_disable (RaiSyncFixture *self, const char *login) {
  g_mutex_lock (&self->mutex);
  g_hash_table_add (self->disabled, g_strdup (login));
  self->token_age++;
  g_mutex_unlock (&self->mutex);
}

static RaiIdentity *
find_account (RaiSyncFixture *self, const char *login) {
  g_mutex_lock (&self->mutex);
  RaiIdentity *identity = login ? g_hash_table_lookup (self->accounts, login) : NULL;
  RaiIdentity *copy = identity ? rai_identity_copy (identity) : NULL;
  g_mutex_unlock (&self->mutex);
  return copy;
}

void
rai_sync_fixture_expire_tokens (RaiSyncFixture *self) {
  g_mutex_lock (&self->mutex);
  self->token_age++;
  g_mutex_unlock (&self->mutex);
}

/* ---- The server ---- */

static void
reply (SoupServerMessage *message, unsigned status, const char *type, const void *body,
       size_t size) {
  soup_server_message_set_status (message, status, NULL);
  soup_server_message_set_response (message, type, SOUP_MEMORY_COPY, body, size);
}

static void
reply_json (SoupServerMessage *message, unsigned status, const char *json) {
  reply (message, status, "application/json", json, strlen (json));
}

static void
hang_up (SoupServerMessage *message, const char *head, const void *body, size_t size) {
  g_autoptr (GIOStream) stream = soup_server_message_steal_connection (message);
  GOutputStream *output = g_io_stream_get_output_stream (stream);
  if (head != NULL) {
    g_output_stream_write_all (output, head, strlen (head), NULL, NULL, NULL);
    g_output_stream_write_all (output, body, size, NULL, NULL, NULL);
  }
  g_io_stream_close (stream, NULL, NULL);
}

/* Takes one off a counter of misfortunes. */
static bool
strikes (RaiSyncFixture *self, int *counter) {
  g_mutex_lock (&self->mutex);
  bool strike = *counter > 0;
  if (strike)
    --*counter;
  g_mutex_unlock (&self->mutex);
  return strike;
}

static JsonObject *
read_json (SoupServerMessage *message, JsonParser *parser) {
  SoupMessageBody *body = soup_server_message_get_request_body (message);
  g_autoptr (GBytes) bytes = soup_message_body_flatten (body);
  if (!json_parser_load_from_data (parser, g_bytes_get_data (bytes, NULL),
                                   (ssize_t) g_bytes_get_size (bytes), NULL))
    return NULL;
  JsonNode *root = json_parser_get_root (parser);
  return JSON_NODE_HOLDS_OBJECT (root) ? json_node_get_object (root) : NULL;
}

/* Tokens are "refresh LOGIN" and "access AGE LOGIN". */
static void
reply_tokens (RaiSyncFixture *self, SoupServerMessage *message, const char *login) {
  g_autoptr (RaiIdentity) identity = find_account (self, login);
  g_mutex_lock (&self->mutex);

  bool disabled = identity && g_hash_table_contains (self->disabled, login);
  int age = self->token_age;
  g_mutex_unlock (&self->mutex);

  if (identity == NULL || disabled) {
    reply_json (message, 401,
                disabled ? "{\"code\":\"disabled\",\"detail\":\"disabled\"}"
                         : "{\"code\":\"credentials\"}");
    return;
  }

  g_autoptr (GString) json = g_string_new (NULL);
  g_string_printf (
      json,
      "{\"access_token\":\"access %d %s\",\"refresh_token\":\"refresh %s\",\"identity\":", age,
      login, login);
  rai_sync_append_identity (json, identity);
  g_string_append_c (json, '}');
  reply_json (message, 200, json->str);
}

/* Before the handlers: what time the server believes it is. */
static void
date_cb (SoupServer *server, SoupServerMessage *message, const char *path, GHashTable *query,
         void *data) {
  RaiSyncFixture *self = data;
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autoptr (GDateTime) shown = g_date_time_add_seconds (now, g_atomic_int_get (&self->clock));
  g_autofree char *date = soup_date_time_to_string (shown, SOUP_DATE_HTTP);
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);
  soup_message_headers_replace (headers, "Date", date);

  /* A clock that the environment shifts is the computer's, not the server's. */
  if (g_getenv ("RETAILAI_CLOCK_OFFSET") != NULL) {
    g_autofree char *time = g_strdup_printf ("%" G_GINT64_FORMAT, g_get_real_time () / 1000);
    soup_message_headers_replace (headers, RAI_SYNC_TIME_HEADER, time);
  }
}

static void
handle_auth (SoupServer *server, SoupServerMessage *message, const char *path, GHashTable *query,
             void *data) {
  RaiSyncFixture *self = data;
  g_autoptr (JsonParser) parser = json_parser_new ();

  JsonObject *object = read_json (message, parser);
  if (!self->online) {
    hang_up (message, NULL, NULL, 0);
  } else if (g_str_has_suffix (path, "login")) {
    bool right =
        strcmp (json_object_get_string_member_with_default (object, "password", ""), "right") == 0;
    reply_tokens (self, message, right ? json_object_get_string_member (object, "login") : NULL);
  } else if (g_str_has_suffix (path, "refresh")) {
    const char *token = json_object_get_string_member_with_default (object, "refresh_token", "");
    reply_tokens (self, message, g_str_has_prefix (token, "refresh ") ? token + 8 : NULL);
  } else {
    reply_json (message, 200, "{}");
  }
}

/* NULL when the request is answered already. */
static RaiIdentity *
authenticate (RaiSyncFixture *self, SoupServerMessage *message) {
  const char *header = soup_message_headers_get_one (
      soup_server_message_get_request_headers (message), "Authorization");
  char login[64] = "";
  int age = -1;

  if (!self->online) {
    hang_up (message, NULL, NULL, 0);
    return NULL;
  }

  if (header != NULL)
    sscanf (header, "Bearer access %d %63s", &age, login);

  RaiIdentity *identity = age == self->token_age ? find_account (self, login) : NULL;
  if (identity == NULL)
    reply_json (message, 401, "{\"code\":\"token\"}");

  return identity;
}

static void
tell_all (RaiSyncFixture *self) {
  int64_t revision = 0;
  rai_db_last_revision (self->server_db, &revision, NULL);
  g_autofree char *text = g_strdup_printf ("{\"revision\":%" G_GINT64_FORMAT "}", revision);
  for (unsigned i = 0; i < self->live->len; i++)
    if (soup_websocket_connection_get_state (self->live->pdata[i]) == SOUP_WEBSOCKET_STATE_OPEN)
      soup_websocket_connection_send_text (self->live->pdata[i], text);
}

static void
append_answer (GString *json, const char *id, const RaiAnswer *answer) {
  g_string_append (json, json->len > 1 ? ",{\"id\":" : "{\"id\":");
  rai_json_append_string (json, id);
  g_string_append_printf (
      json, ",\"status\":\"%s\",\"repeated\":%s,\"rev\":%" G_GINT64_FORMAT ",\"code\":",
      rai_answer_status_id (answer->status), answer->repeated ? "true" : "false", answer->rev);
  rai_json_append_string (json, answer->code);
  g_string_append (json, ",\"message\":");
  rai_json_append_string (json, answer->message);
  g_string_append (json, ",\"summary\":");
  rai_json_append_string (json, answer->summary);
  g_string_append_printf (json, ",\"result\":%s}",
                          answer->result && *answer->result ? answer->result : "{}");
}

static void
run_one (RaiSyncFixture *self, const RaiIdentity *caller, JsonObject *object, GString *json) {
  g_autoptr (GError) error = NULL;
  RaiAnswer answer = { 0 };
  g_autofree char *arguments = json_to_string (json_object_get_member (object, "arguments"), FALSE);
  RaiCommandCall call = { .id = (char *) json_object_get_string_member (object, "id"),
                          .name = (char *) json_object_get_string_member (object, "name"),
                          .arguments = arguments,
                          .acted_at = json_object_get_int_member (object, "acted_at"),
                          .device = (char *) json_object_get_string_member (object, "device") };

  rai_command_run_once (self->server_db, caller, &call, &answer, &error);
  g_assert_no_error (error);
  append_answer (json, call.id, &answer);
  rai_answer_clear (&answer);
}

static void
handle_commands (SoupServer *server, SoupServerMessage *message, const char *path,
                 GHashTable *query, void *data) {
  RaiSyncFixture *self = data;
  g_autoptr (RaiIdentity) caller = authenticate (self, message);
  if (caller == NULL)
    return;
  if (self->refuse_pushes) {
    reply_json (message, 500, "{}");
    return;
  }

  g_autoptr (JsonParser) parser = json_parser_new ();
  read_json (message, parser);

  JsonArray *list = json_node_get_array (json_parser_get_root (parser));
  g_autoptr (GString) json = g_string_new ("[");
  for (unsigned i = 0; i < json_array_get_length (list); i++)
    run_one (self, caller, json_array_get_object_element (list, i), json);

  g_string_append_c (json, ']');
  if (strikes (self, &self->lose_answers))
    hang_up (message, NULL, NULL, 0);
  else
    reply_json (message, 200, json->str);

  tell_all (self);
}

static void
handle_snapshot (SoupServer *server, SoupServerMessage *message, const char *path,
                 GHashTable *query, void *data) {
  RaiSyncFixture *self = data;
  g_autoptr (RaiIdentity) caller = authenticate (self, message);
  g_autoptr (GError) error = NULL;
  if (caller == NULL)
    return;

  SoupMessageHeaders *wanted = soup_server_message_get_request_headers (message);
  const char *etag = soup_message_headers_get_one (wanted, "If-Range");
  g_autofree char *directory = g_build_filename (self->folder, "snapshots", NULL);

  g_autoptr (RaiSyncSnapshot) snapshot =
      rai_sync_server_snapshot (self->server_db, caller, directory, etag, &error);
  g_assert_no_error (error);

  g_autofree char *body = NULL;
  size_t size = 0;
  g_file_get_contents (snapshot->path, &body, &size, &error);
  g_assert_no_error (error);

  if (strikes (self, &self->cut_snapshots)) {
    g_autofree char *head = g_strdup_printf ("HTTP/1.1 200 OK\r\nContent-Type: application/zstd\r\n"
                                             "Content-Length: %zu\r\nETag: %s\r\n\r\n",
                                             size, snapshot->etag);
    hang_up (message, head, body, size / 2);
    return;
  }

  if (etag && strcmp (etag, snapshot->etag) != 0)
    soup_message_headers_remove (wanted, "Range");
  else if (soup_message_headers_get_one (wanted, "Range"))
    self->ranges++;

  soup_message_headers_replace (soup_server_message_get_response_headers (message), "ETag",
                                snapshot->etag);
  reply (message, 200, "application/zstd", body, size);
}

static void
handle_changes (SoupServer *server, SoupServerMessage *message, const char *path, GHashTable *query,
                void *data) {
  RaiSyncFixture *self = data;
  g_autoptr (RaiIdentity) caller = authenticate (self, message);
  g_autoptr (GError) error = NULL;
  if (caller == NULL)
    return;

  const char *since = g_hash_table_lookup (query, "since");
  g_autoptr (GBytes) page = rai_sync_server_changes (
      self->server_db, caller, g_ascii_strtoll (since, NULL, 10),
      g_hash_table_lookup (query, "scope"), g_hash_table_lookup (query, "epoch"), &error);
  g_assert_no_error (error);
  reply (message, 200, "application/zstd", g_bytes_get_data (page, NULL), g_bytes_get_size (page));
}

/* Any query of the table, as the server answers it with format=columns. */
static void
handle_query (SoupServer *server, SoupServerMessage *message, const char *path, GHashTable *query,
              void *data) {
  RaiSyncFixture *self = data;
  g_autoptr (RaiIdentity) caller = authenticate (self, message);
  g_autoptr (GError) error = NULL;
  if (caller == NULL)
    return;

  g_assert_true (g_hash_table_remove (query, "format"));
  g_autoptr (RaiRows) rows = rai_query_run (
      self->server_db, rai_query_find (path + strlen ("/v1/")), caller, query, &error);
  g_assert_no_error (error);
  g_autoptr (GString) json = g_string_new ("{\"revision\":1,\"table\":");
  rai_rows_append_json_columns (json, rows);
  g_string_append_c (json, '}');
  g_atomic_int_inc (&self->queries);
  reply_json (message, 200, json->str);
}

static void
live_cb (SoupServer *server, SoupServerMessage *message, const char *path,
         SoupWebsocketConnection *connection, void *data) {
  RaiSyncFixture *self = data;
  g_ptr_array_add (self->live, g_object_ref (connection));
  g_atomic_int_inc (&self->n_live);
  tell_all (self);
}

static void *
serve (void *data) {
  RaiSyncFixture *self = data;
  g_autoptr (GError) error = NULL;
  g_main_context_push_thread_default (self->context);
  self->server_db = rai_db_open (self->db_url, 0, &error);
  g_assert_no_error (error);
  self->live = g_ptr_array_new_with_free_func (g_object_unref);
  self->server = soup_server_new (NULL, NULL);

  static const char *const paths[] = { "/v1/auth", "/v1/commands", "/v1/sync/snapshot",
                                       "/v1/sync/changes", "/v1" };
  for (unsigned i = 0; i < G_N_ELEMENTS (paths); i++)
    soup_server_add_early_handler (self->server, paths[i], date_cb, self, NULL);

  soup_server_add_handler (self->server, "/v1", handle_query, self, NULL);
  soup_server_add_handler (self->server, "/v1/auth", handle_auth, self, NULL);
  soup_server_add_handler (self->server, "/v1/commands", handle_commands, self, NULL);
  soup_server_add_handler (self->server, "/v1/sync/snapshot", handle_snapshot, self, NULL);
  soup_server_add_handler (self->server, "/v1/sync/changes", handle_changes, self, NULL);
  soup_server_add_websocket_handler (self->server, "/v1/live", NULL, NULL, live_cb, self, NULL);
  soup_server_listen_local (self->server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, &error);
  g_assert_no_error (error);

  GSList *uris = soup_server_get_uris (self->server);
  g_mutex_lock (&self->mutex);
  self->url = g_strdup_printf ("http://127.0.0.1:%d", g_uri_get_port (uris->data));
  g_cond_signal (&self->ready);
  g_mutex_unlock (&self->mutex);
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  g_main_loop_run (self->loop);
  soup_server_disconnect (self->server);
  g_ptr_array_unref (self->live);
  g_object_unref (self->server);
  rai_db_close (self->server_db);
  g_main_context_pop_thread_default (self->context);

  return NULL;
}

static int
close_live_cb (void *data) {
  RaiSyncFixture *self = data;
  for (unsigned i = 0; i < self->live->len; i++) {
    GIOStream *stream = soup_websocket_connection_get_io_stream (self->live->pdata[i]);
    g_io_stream_close (stream, NULL, NULL);
  }
  g_ptr_array_set_size (self->live, 0);
  return G_SOURCE_REMOVE;
}

void
rai_sync_fixture_set_online (RaiSyncFixture *self, bool online) {
  self->online = online;
  if (!online)
    g_main_context_invoke (self->context, close_live_cb, self);
}

void
rai_sync_fixture_set_clock (RaiSyncFixture *self, int seconds) {
  g_atomic_int_set (&self->clock, seconds);
}

void
rai_sync_fixture_lose_answers (RaiSyncFixture *self, int n) {
  g_mutex_lock (&self->mutex);
  self->lose_answers = n;
  g_mutex_unlock (&self->mutex);
}

void
rai_sync_fixture_cut_snapshots (RaiSyncFixture *self, int n) {
  g_mutex_lock (&self->mutex);
  self->cut_snapshots = n;
  g_mutex_unlock (&self->mutex);
}

void
rai_sync_fixture_refuse_pushes (RaiSyncFixture *self, bool refuse) {
  self->refuse_pushes = refuse;
}

static void
copy_database (RaiDb *from, RaiDb *to) {
  sqlite3_backup *backup =
      sqlite3_backup_init (rai_db_sqlite (to), "main", rai_db_sqlite (from), "main");
  g_assert_nonnull (backup);
  while (sqlite3_backup_step (backup, -1) != SQLITE_DONE)
    g_usleep (1000);
  sqlite3_backup_finish (backup);
}

void
rai_sync_fixture_backup (RaiSyncFixture *self) {
  self->backup = rai_db_open ("sqlite::memory:", RAI_DB_OPEN_CREATE, NULL);
  copy_database (self->db, self->backup);
}

void
rai_sync_fixture_restore (RaiSyncFixture *self) {
  g_autoptr (GError) error = NULL;
  copy_database (self->backup, self->db);
  g_clear_pointer (&self->backup, rai_db_close);
  rai_sync_server_new_epoch (self->db, &error);
  g_assert_no_error (error);
}

int
rai_sync_fixture_queries_answered (RaiSyncFixture *self) {
  return g_atomic_int_get (&self->queries);
}

int
rai_sync_fixture_ranges_served (RaiSyncFixture *self) {
  return self->ranges;
}

static int
tell_all_cb (void *data) {
  tell_all (data);
  return G_SOURCE_REMOVE;
}

void
rai_sync_fixture_run (RaiSyncFixture *self, const char *login, const char *name,
                      const char *arguments) {
  g_autoptr (GError) error = NULL;
  g_autoptr (RaiIdentity) caller = find_account (self, login);

  char id[RAI_UUID_SIZE];
  RaiAnswer answer = { 0 };
  RaiCommandCall call = { rai_uuid_new (id), (char *) name, (char *) arguments, rai_now_ms (),
                          (char *) "elsewhere" };

  rai_command_run_once (self->db, caller, &call, &answer, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (answer.message, ==, NULL);
  g_assert_cmpint (answer.status, ==, RAI_ANSWER_APPLIED);
  rai_answer_clear (&answer);
  g_main_context_invoke (self->context, tell_all_cb, self);
}

/* ---- Data ---- */

static const char base_data[] =
    "INSERT INTO site (id, code, name, last_day, rev) VALUES (1, 'A', 'Harbour Street', 20000, "
    ":rev), "
    "  (2, 'B', 'Mill Lane', 20000, :rev);"
    "INSERT INTO department (id, name, rev) VALUES (1, 'Dairy', :rev);"
    "INSERT INTO supplier (id, code, name, rev) VALUES (1, 'S1', 'Dairy co-op', :rev);"
    "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 40) "
    "INSERT INTO item (id, sku, name, department_id, supplier_id, price, cost, rev) "
    "  SELECT i, 'SKU' || i, 'Item ' || i, 1, 1, 199, 120, :rev FROM n;"
    "INSERT INTO stock (site_id, item_id, on_hand, tracked, rev) "
    "  SELECT site.id, item.id, 10000, 1, :rev FROM site, item;"
    "INSERT INTO movement (id, site_id, item_id, at, day, kind, quantity, account_id, rev) "
    "  SELECT printf ('00000000-0000-7000-8000-%04d%08d', site.id, item.id), site.id, item.id, "
    "1728000000000, 20000, "
    "  'opening', 10000, 0, :rev FROM site, item;"
    "INSERT INTO site_day (site_id, day, quantity, revenue, cost, receipts, rev) "
    "  SELECT id, 20000, 1000, 100, 60, 1, :rev FROM site;"
    "INSERT INTO forecast (level, site_id, node_id, first_day, horizon, model, means, quantiles, "
    "rev) "
    "  SELECT 'item', site.id, item.id, 20001, 2, 'naive', x'00000000FFFFFFFF', x'00', :rev FROM "
    "site, item;"
    "INSERT INTO alert (id, cause, kind, site_id, item_id, severity, money, state, opened_at, "
    "changed_at, rev) "
    "  SELECT printf ('00000000-0000-7000-9000-%04d%08d', site.id, item.id), "
    "  'stock_out/' || site.id || '/' || item.id, 'stock_out', site.id, item.id, 2, 500, 'open', "
    "1, 1, :rev "
    "  FROM site, item WHERE item.id <= 5;";

static void
fill (RaiSyncFixture *self) {
  g_autoptr (GError) error = NULL;
  int64_t revision = 0;
  rai_migration_run (self->db, &error);
  g_assert_no_error (error);
  rai_sync_server_prepare (self->db, &error);
  g_assert_no_error (error);
  g_assert_true (rai_db_begin_write (self->db, &error));
  g_assert_true (rai_db_revision (self->db, &revision, &error));

  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, revision);
  g_auto (GStrv) parts = g_strsplit (base_data, ":rev", -1);

  g_autofree char *sql = g_strjoinv (number, parts);
  rai_db_exec (self->db, sql, &error);
  g_assert_no_error (error);
  g_assert_true (rai_db_commit (self->db, &error));
}

RaiSyncFixture *
rai_sync_fixture_new (void) {
  g_autoptr (GError) error = NULL;
  /* SoupServer warns of peers that are gone before it looked at them: here they go all the time. */
  g_log_set_always_fatal (G_LOG_FATAL_MASK | G_LOG_LEVEL_CRITICAL);

  RaiSyncFixture *self = g_new0 (RaiSyncFixture, 1);
  /* Memory, where there is some: these tests wait for thousands of fsyncs. */
  bool memory = g_file_test ("/dev/shm", G_FILE_TEST_IS_DIR) && g_access ("/dev/shm", W_OK) == 0;

  self->folder = memory ? g_mkdtemp (g_strdup ("/dev/shm/rai-sync-XXXXXX"))
                        : g_dir_make_tmp ("rai-sync-XXXXXX", NULL);
  self->db_url = g_strdup_printf ("sqlite:%s/server.db", self->folder);
  self->accounts =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) rai_identity_free);
  self->disabled = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->online = true;
  self->poll = 200;
  g_mutex_init (&self->mutex);
  g_cond_init (&self->ready);
  self->db = rai_db_open (self->db_url, RAI_DB_OPEN_CREATE, &error);
  g_assert_no_error (error);
  fill (self);
  rai_sync_fixture_set_account (self, "boss", RAI_ROLE_REGIONAL_MANAGER, -1);
  rai_sync_fixture_set_account (self, "ada", RAI_ROLE_STORE_MANAGER, 1);
  rai_sync_fixture_set_account (self, "bob", RAI_ROLE_STORE_MANAGER, 1);
  self->context = g_main_context_new ();
  self->loop = g_main_loop_new (self->context, FALSE);
  self->thread = g_thread_new ("server", serve, self);
  g_mutex_lock (&self->mutex);
  while (!self->url)
    g_cond_wait (&self->ready, &self->mutex);

  g_mutex_unlock (&self->mutex);
  return self;
}

static void
remove_tree (const char *path) {
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;
  while (dir && (name = g_dir_read_name (dir))) {
    g_autofree char *child = g_build_filename (path, name, NULL);
    remove_tree (child);
  }
  g_remove (path);
}

static int
quit_cb (void *data) {
  g_main_loop_quit (data);
  return G_SOURCE_REMOVE;
}

void
rai_sync_fixture_free (RaiSyncFixture *self) {
  /* From inside the loop: it may not have begun to run yet. */
  g_autoptr (GSource) source = g_idle_source_new ();
  g_source_set_callback (source, quit_cb, self->loop, NULL);
  g_source_attach (source, self->context);
  g_thread_join (self->thread);
  g_main_loop_unref (self->loop);
  g_main_context_unref (self->context);
  rai_db_close (self->db);
  remove_tree (self->folder);
  g_hash_table_unref (self->accounts);
  g_hash_table_unref (self->disabled);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->ready);
  g_free (self->folder);
  g_free (self->db_url);
  g_free (self->url);
  g_free (self);
}

const char *
rai_sync_fixture_url (RaiSyncFixture *self) {
  return self->url;
}

const char *
rai_sync_fixture_folder (RaiSyncFixture *self) {
  return self->folder;
}

RaiDb *
rai_sync_fixture_db (RaiSyncFixture *self) {
  return self->db;
}

void
rai_sync_fixture_set_pace (RaiSyncFixture *self, unsigned poll) {
  self->poll = poll;
}

unsigned
rai_sync_fixture_get_pace (RaiSyncFixture *self) {
  return self->poll;
}

static bool
has_listener (void *data) {
  RaiSyncFixture *self = data;
  return g_atomic_int_get (&self->n_live) > 0;
}

void
rai_sync_fixture_wait_live (RaiSyncFixture *self) {
  rai_sync_fixture_wait (has_listener, self, "the live channel");
}
