/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rai-test-upload.h"

#include "rai-test-db.h"
#include "util/rai-uuid.h"

#include <string.h>

RaiTestReply *
rai_test_upload_begin (RaiTestServer *server, const char *token, const char *name, int64_t size) {
  g_autofree char *body =
      g_strdup_printf ("{\"name\":\"%s\",\"size\":%" G_GINT64_FORMAT "}", name, size);

  return rai_test_server_send (server, "POST", "/v1/uploads", token, body, NULL);
}

RaiTestReply *
rai_test_upload_piece (RaiTestServer *server, const char *token, const char *id, const char *offset,
                       const char *text) {
  g_autofree char *path = g_strconcat ("/v1/uploads/", id, NULL);

  return rai_test_server_send (server, "PATCH", path, token, text, "Content-Type",
                               "application/octet-stream", "Upload-Offset", offset, NULL);
}

char *
rai_test_upload (RaiTestServer *server, const char *token, const char *text) {
  g_autoptr (RaiTestReply) begun =
      rai_test_upload_begin (server, token, "till.csv", (int64_t) strlen (text));
  g_assert_cmpint (begun->status, ==, 201);

  const char *id = rai_test_reply_text (begun, "id");
  g_autoptr (RaiTestReply) sent = rai_test_upload_piece (server, token, id, "0", text);
  g_assert_cmpint (sent->status, ==, 200);
  g_assert_cmpint (rai_test_reply_int (sent, "offset"), ==, (int64_t) strlen (text));

  return g_strdup (id);
}

RaiTestReply *
rai_test_import_start (RaiTestServer *server, const char *token, const char *id,
                       const char *upload_id, const char *more) {
  g_autofree char *body = g_strdup_printf (
      "{\"id\":\"%s\",\"upload\":\"%s\",\"kind\":\"receipts\"%s}", id, upload_id, more);

  return rai_test_server_send (server, "POST", "/v1/imports", token, body, NULL);
}

RaiTestReply *
rai_test_import_look (RaiTestServer *server, const char *token, const char *id) {
  g_autofree char *path = g_strconcat ("/v1/imports/", id, NULL);

  return rai_test_server_send (server, "GET", path, token, NULL, NULL);
}

static bool
is_over (RaiTestReply *reply) {
  const char *state = rai_test_reply_text (reply, "state");

  return strcmp (state, "waiting") != 0 && strcmp (state, "running") != 0;
}

RaiTestReply *
rai_test_import_wait (RaiTestServer *server, const char *token, const char *id) {
  for (int i = 0; i < 600; i++) {
    g_autoptr (RaiTestReply) reply = rai_test_import_look (server, token, id);
    g_assert_cmpint (reply->status, ==, 200);
    if (is_over (reply))
      return g_steal_pointer (&reply);
    g_usleep (G_USEC_PER_SEC / 20);
  }
  g_assert_not_reached ();
}

RaiTestReply *
rai_test_import (RaiTestServer *server, const char *token, const char *text, const char *more) {
  char id[RAI_UUID_SIZE];
  g_autofree char *upload_id = rai_test_upload (server, token, text);
  g_autoptr (RaiTestReply) started =
      rai_test_import_start (server, token, rai_uuid_new (id), upload_id, more);

  g_test_message ("%s", started->body);
  g_assert_cmpint (started->status, ==, 202);
  return rai_test_import_wait (server, token, id);
}

int64_t
rai_test_import_count (RaiTestReply *reply, const char *name) {
  JsonObject *result = json_object_get_object_member (json_node_get_object (reply->json), "result");

  g_assert_nonnull (result);
  return json_object_get_int_member (result, name);
}

int64_t
rai_test_count_rows (RaiTestServer *server, const char *sql) {
  g_autoptr (GError) error = NULL;
  g_autoptr (RaiDb) db = rai_db_open (server->url, RAI_DB_OPEN_READ_ONLY, &error);
  g_assert_no_error (error);

  RaiStatement *statement = rai_db_prepare (db, sql, &error);
  g_assert_no_error (error);
  g_assert_cmpint (rai_statement_step (statement, &error), ==, RAI_STEP_ROW);

  return rai_statement_int (statement, 0);
}
