/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whose name reaches whom: somebody of another store is nobody here, neither in a replica nor in a
 * query, until they work here; who counted here stays named here. */
#include "rai-test-db.h"
#include "rai-test-server.h"
#include "sync/rai-sync-apply.h"
#include "sync/rai-sync-snapshot.h"
#include "util/rai-uuid.h"

#include <string.h>

#define NAME "Noa Farrow"
#define NOA "5" /* the next account after those of rai_test_db_fill */

static RaiTestServer *server;

static void
run_sql (const char *sql) {
  g_autoptr (GError) error = NULL;
  g_autoptr (RaiDb) db = rai_db_open (server->url, 0, &error);
  g_assert_no_error (error);
  g_assert_true (rai_db_begin_write (db, &error));
  rai_db_exec (db, sql, &error);
  g_assert_no_error (error);
  g_assert_true (rai_db_commit (db, &error));
}

static void
command (const char *token, const char *name, const char *arguments) {
  char id[RAI_UUID_SIZE];
  g_autofree char *body = g_strdup_printf ("{\"id\":\"%s\",\"name\":\"%s\",\"arguments\":%s}",
                                           rai_uuid_new (id), name, arguments);
  g_autoptr (RaiTestReply) reply =
      rai_test_server_send (server, "POST", "/v1/commands", token, body, NULL);
  g_assert_cmpint (reply->status, ==, 200);
  if (strcmp (rai_test_reply_text (reply, "status"), "applied") != 0)
    g_error ("%s: %s", body, reply->body);
}

static void
move (const char *root, int site) {
  g_autofree char *arguments = g_strdup_printf (
      "{\"account\":" NOA ",\"role\":\"associate\",\"sites\":[{\"site\":%d}]}", site);
  command (root, "user.set_role", arguments);
}

static GBytes *
fetch (const char *path, const char *token) {
  g_autoptr (GError) error = NULL;
  g_autofree char *uri = g_strconcat (server->base, path, NULL);
  g_autofree char *bearer = g_strconcat ("Bearer ", token, NULL);
  g_autoptr (SoupMessage) message = soup_message_new ("GET", uri);

  soup_message_headers_append (soup_message_get_request_headers (message), "Authorization", bearer);
  GBytes *body = soup_session_send_and_read (server->session, message, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (soup_message_get_status (message), ==, 200);
  return body;
}

/* Whether a page of changes since then tells the name; *revision is where it ends. */
static bool
changes_name (const char *token, int64_t since, int64_t *revision) {
  g_autoptr (GError) error = NULL;
  g_auto (RaiSyncHead) asked = { 0 }, head = { 0 };
  g_autoptr (GBytes) first = fetch ("/v1/sync/changes?since=0", token);
  g_autoptr (GBytes) unpacked = rai_sync_unpack (first, &error);
  g_assert_no_error (error);
  g_assert_true (rai_sync_read_head (unpacked, &asked, &error));

  g_autofree char *path =
      g_strdup_printf ("/v1/sync/changes?since=%" G_GINT64_FORMAT "&scope=%s&epoch=%s", since,
                       asked.scope, asked.epoch);
  g_autoptr (GBytes) packed = fetch (path, token);
  g_autoptr (GBytes) page = rai_sync_unpack (packed, &error);
  g_assert_no_error (error);
  g_assert_true (rai_sync_read_head (page, &head, &error));
  g_assert_null (head.snapshot);
  *revision = head.revision;

  size_t size;
  const char *text = g_bytes_get_data (page, &size);
  return g_strstr_len (text, (ssize_t) size, NAME) != NULL;
}

static int64_t
count_in_snapshot (const char *token) {
  g_autoptr (GError) error = NULL;
  g_autofree char *packed = g_build_filename (server->folder, "p.zst", NULL);
  g_autofree char *file = g_build_filename (server->folder, "p.db", NULL);
  g_autofree char *url = g_strconcat ("sqlite:", file, NULL);
  g_autoptr (GBytes) body = fetch ("/v1/sync/snapshot", token);

  size_t size;
  const char *data = g_bytes_get_data (body, &size);
  g_file_set_contents (packed, data, (ssize_t) size, &error);
  g_assert_no_error (error);
  rai_sync_decompress_file (packed, file, &error);
  g_assert_no_error (error);

  g_autoptr (RaiDb) db = rai_db_open (url, 0, &error);
  g_assert_no_error (error);
  int64_t n = -1;
  rai_db_get_int (db, "SELECT count(*) FROM person WHERE id = " NOA " OR name = '" NAME "'", NULL,
                  0, -1, &n, &error);
  g_assert_no_error (error);
  return n;
}

/* Of all queries that need no more than a store. */
static unsigned
count_in_queries (const char *token, const char *what) {
  static const char *const paths[] = {
    "/v1/movements?site=1&limit=1000",
    "/v1/orders",
    "/v1/alerts",
    "/v1/accounts",
    "/v1/audit?limit=1000",
    "/v1/overrides?site=1&item=1",
  };
  unsigned n = 0;

  for (size_t i = 0; i < G_N_ELEMENTS (paths); i++) {
    g_autoptr (RaiTestReply) reply =
        rai_test_server_send (server, "GET", paths[i], token, NULL, NULL);
    g_assert_true (reply->status == 200 || reply->status == 403);
    for (const char *at = reply->body; (at = strstr (at, what)) != NULL; at++)
      n++;
  }

  return n;
}

static void
test_stranger (RaiTestServer *started) {
  server = started;
  g_autofree char *root = rai_test_server_login (server, "root");
  g_autofree char *mia = rai_test_server_login (server, "mia");
  command (root, "user.add",
           "{\"login\":\"noa\",\"name\":\"" NAME "\",\"role\":\"associate\","
           "\"sites\":[{\"site\":2}]}");
  command (root, "user.add",
           "{\"login\":\"kim\",\"name\":\"Kim\",\"role\":\"admin\",\"sites\":[{\"site\":1}]}");
  run_sql ("UPDATE account SET password_hash = (SELECT a.password_hash FROM account a "
           "WHERE a.id = 1) WHERE password_hash = ''");
  g_autofree char *noa = rai_test_server_login (server, "noa");
  g_autofree char *kim = rai_test_server_login (server, "kim");
  command (noa, "stock.count", "{\"site\":2,\"item\":1,\"quantity\":1000}");

  /* Of store 2 only: nobody to who has store 1. */
  int64_t before, after;
  g_assert_cmpint (count_in_snapshot (mia), ==, 0);
  g_assert_false (changes_name (mia, 0, &before));
  g_assert_cmpuint (count_in_queries (mia, NAME), ==, 0);
  g_assert_cmpuint (count_in_queries (kim, NAME) + count_in_queries (kim, "\"noa\""), ==, 0);
  g_assert_cmpint (count_in_snapshot (root), ==, 1);
  g_assert_true (changes_name (root, 0, &after));

  /* At store 1 from here on. */
  move (root, 1);
  g_assert_true (changes_name (mia, before, &after));
  g_assert_false (changes_name (mia, after, &after));
  command (noa, "stock.count", "{\"site\":1,\"item\":1,\"quantity\":1000}");
  g_assert_cmpuint (count_in_queries (mia, NAME), ==, 1);
  g_assert_cmpuint (count_in_queries (kim, "\"noa\""), >, 0);

  /* Gone, and still named where they counted, once, with what they did there and nothing else. */
  move (root, 2);
  g_assert_true (changes_name (mia, 0, &after));
  g_assert_cmpuint (count_in_queries (mia, NAME), ==, 1);
  g_assert_cmpuint (count_in_queries (kim, NAME), ==, 1);
  g_assert_cmpuint (count_in_queries (kim, "\"noa\""), ==, 1);
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  rai_test_server_add ("/server/persons/stranger", test_stranger);
  return rai_test_db_end (g_test_run ());
}
