/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/rai-token-family.h"

#include "rai-test-db.h"
#include "rai-test-server.h"

#include <string.h>

/* Signing in, staying signed in and being thrown out, over HTTP. */

static RaiTestReply *
login (RaiTestServer *server, const char *name, const char *password, const char *more) {
  g_autofree char *body =
      g_strdup_printf ("{\"login\":\"%s\",\"password\":\"%s\",\"device\":\"till-1\"%s}", name,
                       password, more ? more : "");

  return rai_test_server_send (server, "POST", "/v1/auth/login", NULL, body, NULL);
}

static RaiTestReply *
refresh (RaiTestServer *server, const char *token, const char *device) {
  g_autofree char *body =
      device ? g_strdup_printf ("{\"refresh_token\":\"%s\",\"device\":\"%s\"}", token, device)
             : g_strdup_printf ("{\"refresh_token\":\"%s\"}", token);

  return rai_test_server_send (server, "POST", "/v1/auth/refresh", NULL, body, NULL);
}

static int
status_with (RaiTestServer *server, const char *token) {
  g_autoptr (RaiTestReply) reply =
      rai_test_server_send (server, "GET", "/v1/account", token, NULL, NULL);

  return reply->status;
}

static void
check_problem (RaiTestReply *reply, int status, const char *code) {
  g_test_message ("%d %s", reply->status, reply->body);
  g_assert_cmpint (reply->status, ==, status);
  g_assert_cmpstr (soup_message_headers_get_content_type (reply->headers, NULL), ==,
                   "application/problem+json");
  g_assert_cmpstr (rai_test_reply_text (reply, "code"), ==, code);
  g_assert_cmpint (rai_test_reply_int (reply, "status"), ==, status);
}

static void
exec (RaiTestServer *server, const char *sql) {
  g_autoptr (GError) error = NULL;
  g_autoptr (RaiDb) db = rai_db_open (server->url, 0, &error);

  int64_t revision;

  g_assert_no_error (error);
  g_assert_true (rai_db_begin_write (db, &error));
  g_assert_true (rai_db_revision (db, &revision, &error));
  rai_db_exec (db, sql, &error);
  g_assert_no_error (error);
  g_assert_true (rai_db_commit (db, &error));

  /* The server looks for commits of others twice a second. */
  g_usleep (700 * 1000);
}

static void
test_login (RaiTestServer *server) {
  g_autoptr (RaiTestReply) reply = login (server, "mia", RAI_TEST_PASSWORD, NULL);

  g_assert_cmpint (reply->status, ==, 200);
  JsonObject *account =
      json_object_get_object_member (json_node_get_object (reply->json), "account");

  g_assert_cmpstr (json_object_get_string_member (account, "login"), ==, "mia");
  g_assert_cmpstr (json_object_get_string_member (account, "name"), ==, "Mia");
  g_assert_cmpstr (json_object_get_string_member (account, "role"), ==, "store_manager");
  g_assert_false (json_object_get_boolean_member (account, "all_sites"));
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (account, "sites")), ==, 1);
  g_assert_cmpint (rai_test_reply_int (reply, "expires_in"), ==, 3600);
  g_assert_cmpint (status_with (server, rai_test_reply_text (reply, "access_token")), ==, 200);
}

static void
test_wrong (RaiTestServer *server) {
  g_autoptr (RaiTestReply) wrong = login (server, "mia", "nine green pears", NULL);
  g_autoptr (RaiTestReply) nobody = login (server, "nobody", RAI_TEST_PASSWORD, NULL);
  g_autoptr (RaiTestReply) injected = login (server, "mia' OR '1'='1", RAI_TEST_PASSWORD, NULL);

  check_problem (wrong, 401, "credentials");
  check_problem (nobody, 401, "credentials");
  check_problem (injected, 401, "credentials");
  /* Nothing tells an unknown login from a wrong password. */
  g_assert_cmpstr (wrong->body, ==, nobody->body);
}

/* Ten in a row, then a pause for that login; others are not held up. */
static void
test_guessing (RaiTestServer *server) {
  for (int i = 0; i < 10; i++) {
    g_autoptr (RaiTestReply) reply = login (server, "mia", "nine green pears", NULL);
    g_assert_cmpint (reply->status, ==, 401);
  }
  g_autoptr (RaiTestReply) stopped = login (server, "mia", RAI_TEST_PASSWORD, NULL);
  check_problem (stopped, 429, "locked_out");
  g_assert_nonnull (soup_message_headers_get_one (stopped->headers, "Retry-After"));
  g_autofree char *other = rai_test_server_login (server, "reg");
}

static void
test_malformed (RaiTestServer *server) {
  static const char *const bodies[] = {
    "",         "{",   "[]", "7", "{}", "{\"login\":7,\"password\":\"x\"}", "{\"login\":\"mia\"}",
    "\xff\xfe", "null"
  };

  for (size_t i = 0; i < G_N_ELEMENTS (bodies); i++) {
    g_autoptr (RaiTestReply) reply =
        rai_test_server_send (server, "POST", "/v1/auth/login", NULL, bodies[i], NULL);
    check_problem (reply, 400, "malformed");
  }
}

static void
test_tokens (RaiTestServer *server) {
  g_autofree char *token = rai_test_server_login (server, "mia");
  g_autofree char *forged = g_strdup (token);

  forged[strlen (forged) - 5] = forged[strlen (forged) - 5] == 'A' ? 'B' : 'A';
  g_assert_cmpint (status_with (server, token), ==, 200);
  g_assert_cmpint (status_with (server, forged), ==, 401);
  g_assert_cmpint (status_with (server, NULL), ==, 401);
  g_assert_cmpint (status_with (server, "eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0.eyJzdWIiOiIxIn0."), ==,
                   401);
  g_autoptr (RaiTestReply) reply =
      rai_test_server_send (server, "GET", "/v1/account", NULL, NULL, NULL);
  g_assert_nonnull (soup_message_headers_get_one (reply->headers, "WWW-Authenticate"));
}

static void
test_rotation (RaiTestServer *server) {
  g_autoptr (RaiTestReply) first = login (server, "mia", RAI_TEST_PASSWORD, NULL);
  g_autoptr (RaiTestReply) second =
      refresh (server, rai_test_reply_text (first, "refresh_token"), NULL);

  g_assert_cmpint (second->status, ==, 200);
  g_assert_cmpstr (rai_test_reply_text (first, "refresh_token"), !=,
                   rai_test_reply_text (second, "refresh_token"));
  g_autoptr (RaiTestReply) third =
      refresh (server, rai_test_reply_text (second, "refresh_token"), NULL);
  g_assert_cmpint (third->status, ==, 200);

  const char *access = rai_test_reply_text (third, "access_token");
  g_assert_cmpint (status_with (server, access), ==, 200);

  /* Somebody has an old one: all of the family end, access tokens too, at once. */
  g_autoptr (RaiTestReply) stolen =
      refresh (server, rai_test_reply_text (first, "refresh_token"), NULL);
  check_problem (stolen, 401, "unauthenticated");
  g_autoptr (RaiTestReply) mine =
      refresh (server, rai_test_reply_text (third, "refresh_token"), NULL);
  check_problem (mine, 401, "unauthenticated");
  g_assert_cmpint (status_with (server, access), ==, 401);

  g_autofree char *anew = rai_test_server_login (server, "mia");
  g_assert_cmpint (status_with (server, anew), ==, 200);
}

/* The answer to a refresh got lost: the same device asks again, and gets the same one until it has
 * used it. */
static void
test_lost_answer (RaiTestServer *server) {
  g_autoptr (RaiTestReply) first = login (server, "mia", RAI_TEST_PASSWORD, NULL);
  const char *token = rai_test_reply_text (first, "refresh_token");
  g_autoptr (RaiTestReply) lost = refresh (server, token, "till-1");
  g_autoptr (RaiTestReply) again = refresh (server, token, "till-1");

  g_assert_cmpint (again->status, ==, 200);
  g_assert_cmpstr (rai_test_reply_text (lost, "refresh_token"), ==,
                   rai_test_reply_text (again, "refresh_token"));
  g_autoptr (RaiTestReply) used =
      refresh (server, rai_test_reply_text (again, "refresh_token"), "till-1");
  g_assert_cmpint (used->status, ==, 200);
  g_autoptr (RaiTestReply) late = refresh (server, token, "till-1");
  check_problem (late, 401, "unauthenticated");
}

static void
test_refresh_rubbish (RaiTestServer *server) {
  g_autoptr (RaiTestReply) reply = refresh (server, "no-such-token", NULL);

  check_problem (reply, 401, "unauthenticated");
}

static void
test_logout (RaiTestServer *server) {
  g_autoptr (RaiTestReply) first = login (server, "mia", RAI_TEST_PASSWORD, NULL);
  g_autofree char *other = rai_test_server_login (server, "mia");
  const char *access = rai_test_reply_text (first, "access_token");

  g_assert_cmpint (status_with (server, access), ==, 200);
  g_autoptr (RaiTestReply) out =
      rai_test_server_send (server, "POST", "/v1/auth/logout", access, NULL, NULL);
  g_assert_cmpint (out->status, ==, 204);
  g_assert_cmpint (status_with (server, access), ==, 401);
  g_autoptr (RaiTestReply) back =
      refresh (server, rai_test_reply_text (first, "refresh_token"), NULL);
  g_assert_cmpint (back->status, ==, 401);
  g_assert_cmpint (status_with (server, other), ==, 200);
}

/* Written by another process (the command line): the next requests know. */
static void
test_disabled (RaiTestServer *server) {
  g_autoptr (RaiTestReply) first = login (server, "mia", RAI_TEST_PASSWORD, NULL);
  const char *access = rai_test_reply_text (first, "access_token");

  g_assert_cmpint (status_with (server, access), ==, 200);
  exec (server, "UPDATE account SET disabled = 1, rev = 2 WHERE login = 'mia'");
  g_autoptr (RaiTestReply) reply =
      rai_test_server_send (server, "GET", "/v1/account", access, NULL, NULL);
  check_problem (reply, 401, "disabled");
  g_autoptr (RaiTestReply) again =
      refresh (server, rai_test_reply_text (first, "refresh_token"), NULL);
  check_problem (again, 401, "disabled");
  g_autoptr (RaiTestReply) anew = login (server, "mia", RAI_TEST_PASSWORD, NULL);
  check_problem (anew, 401, "disabled");
  g_autoptr (RaiTestReply) wrong = login (server, "mia", "nine green pears", NULL);
  check_problem (wrong, 401, "credentials");
}

static void
test_changed_role (RaiTestServer *server) {
  g_autofree char *token = rai_test_server_login (server, "mia");

  exec (server, "UPDATE account SET role = 'associate', rev = 2 WHERE login = 'mia'");
  g_autoptr (RaiTestReply) reply =
      rai_test_server_send (server, "GET", "/v1/account", token, NULL, NULL);
  g_assert_cmpint (reply->status, ==, 200);
  g_assert_cmpstr (rai_test_reply_text (reply, "role"), ==, "associate");
  g_autoptr (RaiTestReply) results =
      rai_test_server_send (server, "GET", "/v1/briefing?day=2026-02-16", token, NULL, NULL);
  check_problem (results, 403, "forbidden");
}

/* An administrator hands out a secret that works once and must be replaced. */
static void
test_secret (RaiTestServer *server) {
  g_autofree char *root = rai_test_server_login (server, "root");
  g_autofree char *sam = rai_test_server_login (server, "sam");

  g_autoptr (RaiTestReply) forbidden =
      rai_test_server_send (server, "POST", "/v1/accounts/3/secret", sam, NULL, NULL);
  check_problem (forbidden, 403, "forbidden");
  g_autoptr (RaiTestReply) unknown =
      rai_test_server_send (server, "POST", "/v1/accounts/4711/secret", root, NULL, NULL);
  check_problem (unknown, 404, "not_found");
  g_autoptr (RaiTestReply) made =
      rai_test_server_send (server, "POST", "/v1/accounts/3/secret", root, NULL, NULL);
  g_assert_cmpint (made->status, ==, 200);

  const char *secret = rai_test_reply_text (made, "secret");
  g_assert_cmpint (status_with (server, sam), ==, 401);
  g_autoptr (RaiTestReply) old = login (server, "sam", RAI_TEST_PASSWORD, NULL);
  check_problem (old, 401, "credentials");
  g_autoptr (RaiTestReply) bare = login (server, "sam", secret, NULL);
  check_problem (bare, 403, "new_password");
  g_autoptr (RaiTestReply) weak = login (server, "sam", secret, ",\"new_password\":\"secret\"");
  check_problem (weak, 422, "weak_password");
  g_autoptr (RaiTestReply) good =
      login (server, "sam", secret, ",\"new_password\":\"seven yellow lemons\"");
  g_assert_cmpint (good->status, ==, 200);
  g_autoptr (RaiTestReply) reused =
      login (server, "sam", secret, ",\"new_password\":\"eight yellow lemons\"");
  check_problem (reused, 401, "credentials");
  g_autoptr (RaiTestReply) later = login (server, "sam", "seven yellow lemons", NULL);
  g_assert_cmpint (later->status, ==, 200);
}

/* A token that lives a second. */
static void
test_expiry (void) {
  g_autofree char *url = NULL;
  RaiDb *db = rai_test_db_new_at (RAI_DB_SQLITE, &url);

  rai_test_db_fill (db);
  rai_db_close (db);
  rai_test_server_set_passwords (url);

  RaiTestServer *server = rai_test_server_start (url, "--token-seconds", "1", NULL);
  g_autoptr (RaiTestReply) first = login (server, "mia", RAI_TEST_PASSWORD, NULL);

  const char *access = rai_test_reply_text (first, "access_token");
  g_usleep (2100 * 1000);
  g_assert_cmpint (status_with (server, access), ==, 401);
  g_autoptr (RaiTestReply) next =
      refresh (server, rai_test_reply_text (first, "refresh_token"), NULL);
  g_assert_cmpint (next->status, ==, 200);
  rai_test_server_stop (server);
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  rai_test_server_add ("/token-family/login", test_login);
  rai_test_server_add ("/token-family/wrong", test_wrong);
  rai_test_server_add ("/token-family/guessing", test_guessing);
  rai_test_server_add ("/token-family/malformed", test_malformed);
  rai_test_server_add ("/token-family/tokens", test_tokens);
  rai_test_server_add ("/token-family/rotation", test_rotation);
  rai_test_server_add ("/token-family/lost-answer", test_lost_answer);
  rai_test_server_add ("/token-family/refresh-rubbish", test_refresh_rubbish);
  rai_test_server_add ("/token-family/logout", test_logout);
  rai_test_server_add ("/token-family/disabled", test_disabled);
  rai_test_server_add ("/token-family/changed-role", test_changed_role);
  rai_test_server_add ("/token-family/secret", test_secret);
  g_test_add_func ("/token-family/expiry", test_expiry);

  return rai_test_db_end (g_test_run ());
}
