/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/rai-entrance.h"

#include "rai-test-db.h"
#include "rai-test-server.h"

#include <string.h>

/* What is refused, or not looked at, before a body is read. */

static void
test_most (void) {
  g_assert_cmpuint (rai_entrance_most ("/v1/sales"), >, rai_entrance_most ("/v1/auth/login"));
  g_assert_cmpuint (rai_entrance_most ("/no/such/path"), ==, rai_entrance_most ("/v1/auth/login"));
}

/* One range of the snapshot, and none of anything else. */
static void
test_ranges (RaiTestServer *server) {
  g_autofree char *token = rai_test_server_login (server, "mia");
  g_autoptr (RaiTestReply) plain =
      rai_test_server_send (server, "GET", "/v1/openapi.json", NULL, NULL, NULL);
  g_autoptr (RaiTestReply) twice = rai_test_server_send (server, "GET", "/v1/openapi.json", NULL,
                                                         NULL, "Range", "bytes=0-,0-,0-", NULL);
  g_autoptr (RaiTestReply) part = rai_test_server_send (server, "GET", "/v1/sync/snapshot", token,
                                                        NULL, "Range", "bytes=0-9", NULL);
  /* Counted from the end, and more than there is. */
  g_autoptr (RaiTestReply) last = rai_test_server_send (server, "GET", "/v1/sync/snapshot", token,
                                                        NULL, "Range", "bytes=-99999999", NULL);
  g_autoptr (RaiTestReply) parts = rai_test_server_send (server, "GET", "/v1/sync/snapshot", token,
                                                         NULL, "Range", "bytes=0-9,0-9", NULL);

  g_assert_cmpint (twice->status, ==, 200);
  g_assert_cmpuint (strlen (twice->body), ==, strlen (plain->body));
  g_assert_cmpint (part->status, ==, 206);
  g_assert_cmpint (soup_message_headers_get_content_length (part->headers), ==, 10);
  g_assert_cmpint (parts->status, ==, 200);
  g_assert_cmpint (last->status, ==, 200);
}

/* Much is taken from those only who may send it. */
static void
test_uploads (RaiTestServer *server) {
  g_autofree char *token = rai_test_server_login (server, "mia");
  g_autofree char *spaces = g_strnfill (200 * 1024, ' ');
  g_autofree char *large = g_strconcat (spaces, "[]", NULL);

  g_autoptr (RaiTestReply) stranger =
      rai_test_server_send (server, "POST", "/v1/sales", NULL, large, NULL);
  g_autoptr (RaiTestReply) known =
      rai_test_server_send (server, "POST", "/v1/sales", token, large, NULL);
  g_autoptr (RaiTestReply) small =
      rai_test_server_send (server, "POST", "/v1/auth/login", NULL, large, NULL);

  g_assert_cmpint (stranger->status, ==, 401);
  g_assert_cmpstr (soup_message_headers_get_one (stranger->headers, "Connection"), ==, "close");
  g_assert_cmpint (known->status, ==, 200);
  g_assert_cmpint (small->status, ==, 413);
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/entrance/most", test_most);
  rai_test_server_add ("/entrance/ranges", test_ranges);
  rai_test_server_add ("/entrance/uploads", test_uploads);
  return rai_test_db_end (g_test_run ());
}
