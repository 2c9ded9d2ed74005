/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/rai-jobs.h"

#include "rai-test-db.h"
#include "rai-test-server.h"

#include <string.h>

/* Long work, asked for over HTTP and done by a child of the server. */

static RaiTestReply *
ask (RaiTestServer *server, const char *token, const char *kind) {
  g_autofree char *body = g_strdup_printf ("{\"kind\":\"%s\"}", kind);

  return rai_test_server_send (server, "POST", "/v1/jobs", token, body, NULL);
}

static void
test_replan (RaiTestServer *server) {
  g_autofree char *token = rai_test_server_login (server, "root");
  g_autoptr (RaiTestReply) started = ask (server, token, "replan");
  g_autoptr (RaiTestReply) again = ask (server, token, "plan");

  bool planned = false;

  g_assert_cmpint (started->status, ==, 202);
  g_assert_cmpint (again->status, ==, 409);
  for (int i = 0; i < 300 && !planned; i++) {
    g_usleep (G_USEC_PER_SEC / 10);
    g_autoptr (RaiTestReply) jobs =
        rai_test_server_send (server, "GET", "/v1/jobs", token, NULL, NULL);
    g_assert_cmpint (jobs->status, ==, 200);
    g_assert_null (strstr (jobs->body, "\"failed\""));
    planned = strstr (jobs->body, "\"kind\":\"plan\",\"state\":\"done\"") != NULL;
  }

  g_assert_true (planned);
}

static void
test_refused (RaiTestServer *server) {
  g_autofree char *root = rai_test_server_login (server, "root");
  g_autofree char *mia = rai_test_server_login (server, "mia");
  g_autoptr (RaiTestReply) unknown = ask (server, root, "make-coffee");
  g_autoptr (RaiTestReply) forbidden = ask (server, mia, "replan");

  g_assert_cmpint (unknown->status, ==, 404);
  g_assert_cmpint (forbidden->status, ==, 403);
}

/* The server ends while a job is running: so does the job. */
static void
test_ends (RaiTestServer *server) {
  g_autofree char *token = rai_test_server_login (server, "root");
  g_autoptr (RaiTestReply) started = ask (server, token, "replan");

  g_assert_cmpint (started->status, ==, 202);
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  rai_test_server_add ("/jobs/replan", test_replan);
  rai_test_server_add ("/jobs/refused", test_refused);
  rai_test_server_add ("/jobs/ends", test_ends);
  return rai_test_db_end (g_test_run ());
}
