/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/handlers/rai-handlers-import.h"

#include "rai-test-db.h"
#include "rai-test-upload.h"
#include "util/rai-uuid.h"

#include <string.h>

/* The routes of files that come in pieces, and of bringing them in. */

static void
test_resume (RaiTestServer *server) {
  g_autofree char *token = rai_test_server_login (server, "root");
  g_autoptr (RaiTestReply) begun = rai_test_upload_begin (server, token, "till.csv", 10);
  const char *id = rai_test_reply_text (begun, "id");
  g_autofree char *path = g_strconcat ("/v1/uploads/", id, NULL);

  g_autoptr (RaiTestReply) first = rai_test_upload_piece (server, token, id, "0", "abcd");
  g_autoptr (RaiTestReply) again = rai_test_upload_piece (server, token, id, "0", "abcd");
  g_assert_cmpint (first->status, ==, 200);
  g_assert_cmpint (again->status, ==, 409);
  g_assert_cmpstr (soup_message_headers_get_one (again->headers, "Upload-Offset"), ==, "4");

  g_autoptr (RaiTestReply) there = rai_test_server_send (server, "GET", path, token, NULL, NULL);
  g_assert_cmpint (rai_test_reply_int (there, "offset"), ==, 4);
  g_autoptr (RaiTestReply) rest = rai_test_upload_piece (server, token, id, "4", "efghij");
  g_assert_cmpint (rest->status, ==, 200);

  g_autoptr (RaiTestReply) gone = rai_test_server_send (server, "DELETE", path, token, NULL, NULL);
  g_autoptr (RaiTestReply) after = rai_test_server_send (server, "GET", path, token, NULL, NULL);
  g_assert_cmpint (gone->status, ==, 204);
  g_assert_cmpint (after->status, ==, 404);
}

static void
test_dry_run (RaiTestServer *server) {
  g_autofree char *token = rai_test_server_login (server, "root");
  int64_t lines = rai_test_count_rows (server, "SELECT count (*) FROM receipt_line");
  int64_t commands = rai_test_count_rows (server, "SELECT count (*) FROM command_log");
  g_autoptr (RaiTestReply) tried =
      rai_test_import (server, token, RAI_TEST_WRONG, ",\"dry_run\":true");
  g_autofree char *path =
      g_strdup_printf ("/v1/imports/%s/rejects", rai_test_reply_text (tried, "id"));
  g_autoptr (RaiTestReply) rejects = rai_test_server_send (server, "GET", path, token, NULL, NULL);

  g_assert_cmpstr (rai_test_reply_text (tried, "state"), ==, "done");
  g_assert_cmpint (rai_test_import_count (tried, "added"), ==, 2);
  g_assert_cmpint (rai_test_import_count (tried, "rejected"), ==, 1);
  g_assert_cmpint (rejects->status, ==, 200);
  g_assert_nonnull (strstr (rejects->body, "4,the quantity is not a number,S1,R3,"));
  g_assert_cmpint (rai_test_count_rows (server, "SELECT count (*) FROM receipt_line"), ==, lines);
  g_assert_cmpint (rai_test_count_rows (server, "SELECT count (*) FROM command_log"), ==, commands);
}

static void
test_refused (RaiTestServer *server) {
  g_autofree char *root = rai_test_server_login (server, "root");
  g_autofree char *mia = rai_test_server_login (server, "mia");
  g_autoptr (RaiTestReply) small = rai_test_upload_begin (server, mia, "till.csv", 10);
  g_autoptr (RaiTestReply) part = rai_test_upload_begin (server, root, "till.csv", 10);
  char id[RAI_UUID_SIZE];

  /* Files hold rows of any store: who has but some may not. */
  g_assert_cmpint (small->status, ==, 403);
  g_autoptr (RaiTestReply) not_whole =
      rai_test_import_start (server, root, rai_uuid_new (id), rai_test_reply_text (part, "id"), "");
  g_assert_cmpint (not_whole->status, ==, 409);
  g_autoptr (RaiTestReply) unknown =
      rai_test_import_start (server, root, id, "../../etc/passwd", "");
  g_assert_cmpint (unknown->status, ==, 404);
  g_autoptr (RaiTestReply) nothing = rai_test_import_look (server, root, id);
  g_assert_cmpint (nothing->status, ==, 404);

  g_autoptr (RaiTestReply) header = rai_test_import (server, root, "a,b\n1,2\n", "");
  JsonObject *error = json_object_get_object_member (json_node_get_object (header->json), "error");
  g_assert_cmpstr (rai_test_reply_text (header, "state"), ==, "failed");
  g_assert_cmpstr (json_object_get_string_member (error, "code"), ==, "header");

  /* An administrator counts no stock: the command's own check, made by the child. */
  g_autofree char *upload_id = rai_test_upload (server, root, "site,item,quantity\nS1,A1,5\n");
  g_autofree char *body = g_strdup_printf ("{\"id\":\"%s\",\"upload\":\"%s\",\"kind\":\"stock\"}",
                                           rai_uuid_new (id), upload_id);
  g_autoptr (RaiTestReply) stock =
      rai_test_server_send (server, "POST", "/v1/imports", root, body, NULL);
  g_assert_cmpint (stock->status, ==, 202);
  g_autoptr (RaiTestReply) counted = rai_test_import_wait (server, root, id);
  g_assert_cmpstr (rai_test_reply_text (counted, "state"), ==, "failed");
  g_assert_nonnull (strstr (counted->body, "\"code\":\"refused\""));
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  rai_test_server_add ("/handlers-import/resume", test_resume);
  rai_test_server_add ("/handlers-import/dry-run", test_dry_run);
  rai_test_server_add ("/handlers-import/refused", test_refused);
  return rai_test_db_end (g_test_run ());
}
