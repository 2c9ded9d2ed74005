/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/rai-imports.h"

#include "rai-test-db.h"
#include "rai-test-upload.h"

#include <string.h>

/* Files brought in by a child of the server, one at a time. */

/* In the caller's name, once, and then the planner is started. */
static void
test_bring_in (RaiTestServer *server) {
  g_autofree char *token = rai_test_server_login (server, "root");
  g_autofree char *upload_id = rai_test_upload (server, token, RAI_TEST_GOOD);
  char id[RAI_UUID_SIZE];
  g_autoptr (RaiTestReply) started =
      rai_test_import_start (server, token, rai_uuid_new (id), upload_id, "");
  g_assert_cmpint (started->status, ==, 202);

  g_autoptr (RaiTestReply) done = rai_test_import_wait (server, token, id);
  g_assert_cmpstr (rai_test_reply_text (done, "state"), ==, "done");
  g_assert_cmpstr (rai_test_reply_text (done, "file"), ==, "till.csv");
  g_assert_cmpint (rai_test_import_count (done, "added"), ==, 2);

  g_autoptr (RaiTestReply) again = rai_test_import_start (server, token, id, upload_id, "");
  g_assert_cmpint (again->status, ==, 202);
  g_assert_cmpstr (rai_test_reply_text (again, "state"), ==, "done");
  g_assert_cmpint (rai_test_count_rows (server,
                                        "SELECT count (*) FROM command_log l JOIN account a "
                                        "ON a.id = l.account_id WHERE l.name = 'import.file' AND "
                                        "a.login = 'root' AND l.arguments LIKE '%till.csv%'"),
                   ==, 1);

  int64_t planned = 0;
  for (int i = 0; i < 600 && planned == 0; i++) {
    g_usleep (G_USEC_PER_SEC / 10);
    planned = rai_test_count_rows (server, "SELECT count (*) FROM job WHERE kind = 'plan'");
  }
  g_assert_cmpint (planned, >, 0);
}

static char *
many_lines (unsigned n) {
  GString *text = g_string_new (RAI_TEST_HEADINGS);

  for (unsigned i = 0; i < n; i++)
    g_string_append_printf (text, "S1,R%u,2026-03-02 10:00,A1,2,3.00\n", i);
  return g_string_free (text, FALSE);
}

/* One that runs, and one that waits behind it. */
static void
test_cancel (RaiTestServer *server) {
  g_autofree char *token = rai_test_server_login (server, "root");
  g_autofree char *text = many_lines (150000);
  g_autofree char *first_upload = rai_test_upload (server, token, text);
  g_autofree char *second_upload = rai_test_upload (server, token, RAI_TEST_GOOD);
  int64_t lines = rai_test_count_rows (server, "SELECT count (*) FROM receipt_line");
  char first[RAI_UUID_SIZE], second[RAI_UUID_SIZE];

  g_autoptr (RaiTestReply) one =
      rai_test_import_start (server, token, rai_uuid_new (first), first_upload, "");
  g_autoptr (RaiTestReply) two =
      rai_test_import_start (server, token, rai_uuid_new (second), second_upload, "");
  g_autofree char *of_second = g_strdup_printf ("/v1/imports/%s/cancel", second);
  g_autofree char *of_first = g_strdup_printf ("/v1/imports/%s/cancel", first);
  g_autofree char *path = g_strconcat ("/v1/uploads/", first_upload, NULL);

  g_autoptr (RaiTestReply) used = rai_test_server_send (server, "DELETE", path, token, NULL, NULL);
  g_assert_cmpint (used->status, ==, 409);
  g_autoptr (RaiTestReply) stopped =
      rai_test_server_send (server, "POST", of_second, token, NULL, NULL);
  g_assert_cmpstr (rai_test_reply_text (stopped, "state"), ==, "cancelled");

  bool runs = false;
  for (int i = 0; i < 200 && !runs; i++) {
    g_autoptr (RaiTestReply) reply = rai_test_import_look (server, token, first);
    runs = strstr (reply->body, "\"bytes\":") != NULL;
    g_usleep (G_USEC_PER_SEC / 50);
  }

  g_assert_true (runs);
  g_autoptr (RaiTestReply) asked =
      rai_test_server_send (server, "POST", of_first, token, NULL, NULL);
  g_assert_cmpint (asked->status, ==, 202);
  g_autoptr (RaiTestReply) ended = rai_test_import_wait (server, token, first);
  g_assert_cmpstr (rai_test_reply_text (ended, "state"), ==, "cancelled");
  g_assert_cmpint (rai_test_count_rows (server, "SELECT count (*) FROM receipt_line"), ==, lines);
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  rai_test_server_add ("/imports/bring-in", test_bring_in);
  rai_test_server_add ("/imports/cancel", test_cancel);
  return rai_test_db_end (g_test_run ());
}
