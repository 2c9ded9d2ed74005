/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/rai-pipeline.h"

#include "db/rai-query.h"
#include "rai-test-db.h"
#include "rai-test-server.h"
#include "server/rai-routes.h"
#include "util/rai-uuid.h"

#include <string.h>

/* What a request meets on its way, over HTTP: routes, limits, scope, caching, broken clients. */

static void
check_problem (RaiTestReply *reply, int status, const char *code) {
  g_test_message ("%d %.300s", reply->status, reply->body);
  g_assert_cmpint (reply->status, ==, status);
  g_assert_cmpstr (soup_message_headers_get_content_type (reply->headers, NULL), ==,
                   "application/problem+json");
  g_assert_cmpstr (rai_test_reply_text (reply, "code"), ==, code);
  g_assert_cmpint (rai_test_reply_int (reply, "status"), ==, status);
}

static RaiTestReply *
get (RaiTestServer *server, const char *token, const char *path) {
  return rai_test_server_send (server, "GET", path, token, NULL, NULL);
}

static void
test_matches (void) {
  static const RaiRoute route = { "POST", "/v1/accounts/{id}/secret" },
                        plain = { "GET", "/healthz" };
  g_autofree char *argument = NULL;

  g_assert_true (rai_route_matches (&plain, "/healthz", NULL));
  g_assert_false (rai_route_matches (&plain, "/healthz/", NULL));
  g_assert_true (rai_route_matches (&route, "/v1/accounts/17/secret", &argument));
  g_assert_cmpstr (argument, ==, "17");
  g_assert_false (rai_route_matches (&route, "/v1/accounts//secret", NULL));
  g_assert_false (rai_route_matches (&route, "/v1/accounts/17", NULL));
  g_assert_false (rai_route_matches (&route, "/v1/accounts/17/secret/more", NULL));
  g_assert_false (rai_route_matches (&route, "/v1/accounts/1/7/secret", NULL));
}

static void
test_routes (RaiTestServer *server) {
  g_autofree char *token = rai_test_server_login (server, "mia");
  g_autoptr (RaiTestReply) nothing = get (server, token, "/v1/no-such-thing");
  g_autoptr (RaiTestReply) root = get (server, NULL, "/");
  g_autoptr (RaiTestReply) method =
      rai_test_server_send (server, "DELETE", "/v1/commands", token, NULL, NULL);
  g_autoptr (RaiTestReply) query =
      rai_test_server_send (server, "POST", "/v1/sites", token, "{}", NULL);
  g_autoptr (RaiTestReply) health = get (server, NULL, "/healthz");
  g_autoptr (RaiTestReply) ready = get (server, NULL, "/readyz");
  g_autoptr (RaiTestReply) head =
      rai_test_server_send (server, "HEAD", "/v1/sites", token, NULL, NULL);

  check_problem (nothing, 404, "not_found");
  check_problem (root, 404, "not_found");
  check_problem (method, 405, "method");
  g_assert_cmpstr (soup_message_headers_get_one (method->headers, "Allow"), ==, "POST");
  check_problem (query, 405, "method");
  g_assert_cmpstr (soup_message_headers_get_one (query->headers, "Allow"), ==, "GET");
  g_assert_cmpint (health->status, ==, 200);
  g_assert_cmpint (ready->status, ==, 200);
  g_assert_cmpint (head->status, ==, 200);
  g_assert_cmpstr (head->body, ==, "");
  g_assert_nonnull (soup_message_headers_get_one (head->headers, "ETag"));
}

static void
test_arguments (RaiTestServer *server) {
  static const char *const bad[] = {
    "/v1/items", /* site is missing */
    "/v1/items?site=x",
    "/v1/items?site=1&colour=red",
    "/v1/items?site=1&limit=-1",
    "/v1/items?site=1&limit=1000000",
    "/v1/items?site=1&sort=password_hash",
    "/v1/items?site=1&sort=name;DROP",
    "/v1/site-days?from=yesterday&to=2026-01-01",
    "/v1/site-days?from=2026-02-30&to=2026-03-01",
  };
  g_autofree char *token = rai_test_server_login (server, "mia");

  for (size_t i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_autoptr (RaiTestReply) reply = get (server, token, bad[i]);
    check_problem (reply, 400, "argument");
  }
}

static void
test_caching (RaiTestServer *server) {
  g_autofree char *token = rai_test_server_login (server, "mia");
  g_autofree char *other = rai_test_server_login (server, "sam");
  g_autoptr (RaiTestReply) first = get (server, token, "/v1/items?site=1");

  const char *etag = soup_message_headers_get_one (first->headers, "ETag");
  char id[RAI_UUID_SIZE];

  g_assert_nonnull (etag);
  g_autoptr (RaiTestReply) same = rai_test_server_send (server, "GET", "/v1/items?site=1", token,
                                                        NULL, "If-None-Match", etag, NULL);
  g_assert_cmpint (same->status, ==, 304);
  g_assert_cmpstr (same->body, ==, "");
  g_assert_cmpstr (soup_message_headers_get_one (same->headers, "ETag"), ==, etag);

  g_autofree char *body = g_strdup_printf ("{\"id\":\"%s\",\"name\":\"stock.count\",\"arguments\":{"
                                           "\"site\":1,\"item\":1,\"quantity\":3000}}",
                                           rai_uuid_new (id));

  g_autoptr (RaiTestReply) count =
      rai_test_server_send (server, "POST", "/v1/commands", other, body, NULL);
  g_assert_cmpstr (rai_test_reply_text (count, "status"), ==, "applied");
  g_autoptr (RaiTestReply) changed = rai_test_server_send (server, "GET", "/v1/items?site=1", token,
                                                           NULL, "If-None-Match", etag, NULL);
  g_assert_cmpint (changed->status, ==, 200);
  g_assert_cmpstr (soup_message_headers_get_one (changed->headers, "ETag"), !=, etag);
  g_assert_cmpint (rai_test_reply_int (changed, "revision"), >,
                   rai_test_reply_int (first, "revision"));
}

static void
test_paging (RaiTestServer *server) {
  g_autofree char *token = rai_test_server_login (server, "mia");
  g_autoptr (RaiTestReply) reply =
      get (server, token, "/v1/items?site=1&sort=-name&limit=2&offset=1&count=true");
  g_autoptr (RaiTestReply) columns = get (server, token, "/v1/sites?format=columns");

  g_assert_cmpint (reply->status, ==, 200);
  g_assert_cmpint (rai_test_reply_int (reply, "total"), ==, 5);

  JsonArray *rows = json_object_get_array_member (json_node_get_object (reply->json), "rows");
  g_assert_cmpuint (json_array_get_length (rows), ==, 2);
  g_assert_true (json_object_has_member (json_node_get_object (columns->json), "table"));
}

/* A value for a required parameter, about the store that mia has no business with. */
static const char *
value_for (const RaiQueryParameter *parameter) {
  switch (parameter->type) {
    case RAI_VALUE_DAY:
      return strcmp (parameter->name, "from") == 0 ? "2025-01-01" : "2026-03-01";
    case RAI_VALUE_SITE:
      return "2";
    case RAI_VALUE_UUID:
      return RAI_TEST_ORDER;
    case RAI_VALUE_TEXT:
      return strcmp (parameter->name, "level") == 0 ? "site" : RAI_TEST_ORDER;
    default:
      return "1";
  }
}

static char *
path_about_store_2 (const RaiQuery *query) {
  GString *path = g_string_new (NULL);

  g_string_append_printf (path, "/v1/%s?", query->name);
  for (const RaiQueryParameter *parameter = query->parameters; parameter && parameter->name;
       parameter++)
    if (parameter->required || parameter->type == RAI_VALUE_SITE)
      g_string_append_printf (path, "%s=%s&", parameter->name, value_for (parameter));
  g_string_truncate (path, path->len - 1);
  return g_string_free (path, FALSE);
}

/* No row of store 2 (and no name of it) in an answer. */
static void
check_nothing_of_2 (const char *path, RaiTestReply *reply) {
  g_test_message ("%s: %d %.200s", path, reply->status, reply->body);
  g_assert_true (reply->status == 200 || reply->status == 403);
  g_assert_null (strstr (reply->body, "Mill Lane"));
  g_assert_null (strstr (reply->body, "\"site_id\":2"));
  g_assert_null (strstr (reply->body, "\"id\":2,\"code\""));
}

static void
test_scope (RaiTestServer *server) {
  static const char *const logins[] = { "mia", "sam" };

  for (size_t i = 0; i < G_N_ELEMENTS (logins); i++) {
    g_autofree char *token = rai_test_server_login (server, logins[i]);
    for (const RaiQuery *query = rai_queries; query->name; query++) {
      g_autofree char *path = path_about_store_2 (query);
      g_autoptr (RaiTestReply) reply = get (server, token, path);
      check_nothing_of_2 (path, reply);
      bool about_site = false;
      for (const RaiQueryParameter *parameter = query->parameters; parameter && parameter->name;
           parameter++)
        about_site = about_site || parameter->type == RAI_VALUE_SITE;
      if (about_site)
        g_assert_cmpint (reply->status, ==, 403);
    }
  }

  g_autofree char *all = rai_test_server_login (server, "reg");
  g_autoptr (RaiTestReply) sites = get (server, all, "/v1/sites");
  g_assert_nonnull (strstr (sites->body, "Mill Lane"));
}

/* What the role may not see at all. */
static void
test_permissions (RaiTestServer *server) {
  g_autofree char *sam = rai_test_server_login (server, "sam");
  g_autofree char *mia = rai_test_server_login (server, "mia");
  g_autofree char *root = rai_test_server_login (server, "root");

  g_autoptr (RaiTestReply) results = get (server, sam, "/v1/briefing?day=2026-02-16");
  g_autoptr (RaiTestReply) accounts = get (server, mia, "/v1/accounts");
  g_autoptr (RaiTestReply) good = get (server, root, "/v1/accounts");

  check_problem (results, 403, "forbidden");
  check_problem (accounts, 403, "forbidden");
  g_assert_cmpint (good->status, ==, 200);
  g_assert_null (strstr (good->body, "argon2"));
}

static void
test_malformed (RaiTestServer *server) {
  static const char *const bodies[] = { "{\"id\":", "[1,2",     "nonsense", "\"text\"",
                                        "17",       "\xff\xfe", "" };
  g_autofree char *token = rai_test_server_login (server, "mia");

  for (size_t i = 0; i < G_N_ELEMENTS (bodies); i++) {
    g_autoptr (RaiTestReply) reply =
        rai_test_server_send (server, "POST", "/v1/commands", token, bodies[i], NULL);
    check_problem (reply, 400, "malformed");
  }

  /* Deep enough for a recursive parser to run out of stack. */
  g_autofree char *deep = g_strnfill (8 * 1024 * 1024, '[');
  g_autoptr (RaiTestReply) nested =
      rai_test_server_send (server, "POST", "/v1/commands", token, deep, NULL);
  check_problem (nested, 400, "malformed");
  g_autoptr (RaiTestReply) line = rai_test_server_send (
      server, "POST", "/v1/sales", token, deep, "Content-Type", "application/x-ndjson", NULL);
  g_assert_cmpint (rai_test_reply_int (line, "rejected"), ==, 1);
}

/* Announced as too large: refused before it is sent. */
static void
test_huge (RaiTestServer *server) {
  g_autofree char *huge = g_strnfill (20 * 1024 * 1024, ' ');
  g_autofree char *medium = g_strnfill (100 * 1024, ' ');
  g_autofree char *token = rai_test_server_login (server, "mia");

  g_autoptr (RaiTestReply) login =
      rai_test_server_send (server, "POST", "/v1/auth/login", NULL, medium, NULL);

  check_problem (login, 413, "too_large");
  g_autofree char *uri = g_strconcat (server->base, "/v1/commands", NULL);
  g_autoptr (SoupMessage) message = soup_message_new ("POST", uri);
  g_autoptr (GBytes) bytes = g_bytes_new_take (g_steal_pointer (&huge), 20 * 1024 * 1024);
  soup_message_set_request_body_from_bytes (message, "application/json", bytes);
  g_autoptr (GBytes) answer = soup_session_send_and_read (server->session, message, NULL, NULL);

  /* The connection may be closed under the sender; when the answer arrives it is this one. */
  if (answer != NULL)
    g_assert_cmpint (soup_message_get_status (message), ==, 413);
  g_autoptr (RaiTestReply) alive = get (server, token, "/v1/account");
  g_assert_cmpint (alive->status, ==, 200);
}

static GSocketConnection *
connect_to (RaiTestServer *server) {
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GError) error = NULL;
  GSocketConnection *connection =
      g_socket_client_connect_to_host (client, server->base + strlen ("http://"), 80, NULL, &error);

  g_assert_no_error (error);
  g_socket_set_timeout (g_socket_connection_get_socket (connection), 10);
  return connection;
}

static void
send_text (GSocketConnection *connection, const char *text) {
  GOutputStream *stream = g_io_stream_get_output_stream (G_IO_STREAM (connection));

  g_output_stream_write_all (stream, text, strlen (text), NULL, NULL, NULL);
}

/* Everything until the other end closes; a time-out ends the test. */
static char *
read_to_end (GSocketConnection *connection) {
  GInputStream *stream = g_io_stream_get_input_stream (G_IO_STREAM (connection));
  GString *text = g_string_new (NULL);
  g_autoptr (GError) error = NULL;

  char buffer[4096];
  ssize_t n;

  while ((n = g_input_stream_read (stream, buffer, sizeof buffer, NULL, &error)) > 0)
    g_string_append_len (text, buffer, n);
  g_assert_false (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT));

  return g_string_free (text, FALSE);
}

/* Many requests over one connection. */
static void
test_keep_alive (RaiTestServer *server) {
  g_autoptr (GSocketConnection) connection = connect_to (server);
  g_autoptr (GDataInputStream) stream =
      g_data_input_stream_new (g_io_stream_get_input_stream (G_IO_STREAM (connection)));

  g_data_input_stream_set_newline_type (stream, G_DATA_STREAM_NEWLINE_TYPE_CR_LF);
  for (int i = 0; i < 100; i++) {
    char body[16] = "";
    char *line;
    send_text (connection, "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n");
    while ((line = g_data_input_stream_read_line (stream, NULL, NULL, NULL)) && *line)
      g_free (line);
    g_assert_nonnull (line);
    g_free (line);
    g_assert_true (g_input_stream_read_all (G_INPUT_STREAM (stream), body, 15, NULL, NULL, NULL));
    g_assert_cmpstr (body, ==, "{\"status\":\"ok\"}");
  }
}

static unsigned
count_files (RaiTestServer *server) {
  g_autofree char *path =
      g_strdup_printf ("/proc/%s/fd", g_subprocess_get_identifier (server->process));
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  unsigned n = 0;

  g_assert_nonnull (folder);
  while (g_dir_read_name (folder) != NULL)
    n++;
  return n;
}

/* Connections that clients end between two requests are let go of at once, not when they have been
 * silent for long. */
static void
test_hang_up (RaiTestServer *server) {
  enum { CLIENTS = 40, PATIENCE_MS = 5000 };
  const unsigned before = count_files (server);

  for (int i = 0; i < CLIENTS; i++) {
    char answer[16];
    g_autoptr (GSocketConnection) connection = connect_to (server);
    send_text (connection, "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n");
    g_assert_true (g_input_stream_read_all (g_io_stream_get_input_stream (G_IO_STREAM (connection)),
                                            answer, sizeof answer, NULL, NULL, NULL));
  }

  const int64_t end = g_get_monotonic_time () + PATIENCE_MS * 1000;
  while (count_files (server) > before + CLIENTS / 4 && g_get_monotonic_time () < end)
    g_usleep (10000);
  g_assert_cmpuint (count_files (server), <=, before + CLIENTS / 4);
}

/* Without a length in front: taken up to the limit, never more. */
static void
test_chunked (RaiTestServer *server) {
  g_autoptr (GSocketConnection) connection = connect_to (server);
  g_autofree char *piece = g_strnfill (0x8000, ' ');

  send_text (connection,
             "POST /v1/auth/login HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
  for (int i = 0; i < 4; i++) {
    send_text (connection, "8000\r\n");
    send_text (connection, piece);
    send_text (connection, "\r\n");
  }

  send_text (connection, "0\r\n\r\n");
  g_socket_shutdown (g_socket_connection_get_socket (connection), FALSE, TRUE, NULL);

  g_autofree char *answer = read_to_end (connection);
  g_test_message ("%s", answer);
  g_assert_nonnull (strstr (answer, "413"));
}

/* Not HTTP at all, and HTTP that is cut off: the next one is served. */
static void
test_rubbish (RaiTestServer *server) {
  static const char *const texts[] = { "\r\n\r\n",
                                       "GET\r\n\r\n",
                                       "\x16\x03\x01\x02",
                                       "GET / HTTP/9.9\r\n\r\n",
                                       "POST /v1/commands HTTP/1.1\r\n",
                                       "GET /v1/items?site=%zz HTTP/1.1\r\nHost: x\r\n\r\n",
                                       "GET /%00 HTTP/1.1\r\nHost: x\r\n\r\n" };

  for (size_t i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autoptr (GSocketConnection) connection = connect_to (server);
    send_text (connection, texts[i]);
    g_socket_shutdown (g_socket_connection_get_socket (connection), FALSE, TRUE, NULL);
    g_autofree char *answer = read_to_end (connection);
    g_test_message ("%.60s", answer);
  }

  g_autoptr (RaiTestReply) alive = get (server, NULL, "/healthz");
  g_assert_cmpint (alive->status, ==, 200);
}

/* Clients that dawdle are dropped, others are served meanwhile. */
static void
test_slow (void) {
  g_autofree char *url = NULL;
  RaiDb *db = rai_test_db_new_at (RAI_DB_SQLITE, &url);

  rai_test_db_fill (db);
  rai_db_close (db);

  RaiTestServer *server = rai_test_server_start (url, "--timeout", "1", NULL);
  g_autoptr (GSocketConnection) headers = connect_to (server), body = connect_to (server),
                                idle = connect_to (server);
  send_text (headers, "GET /healthz HTTP/1.1\r\nHost: x\r\nX-");
  send_text (body, "POST /v1/auth/login HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n{");
  g_autoptr (RaiTestReply) alive = get (server, NULL, "/healthz");
  g_assert_cmpint (alive->status, ==, 200);

  g_autofree char *one = read_to_end (headers), *two = read_to_end (body),
                  *three = read_to_end (idle);
  g_assert_cmpstr (one, ==, "");
  g_assert_null (strstr (two, "200"));
  g_assert_cmpstr (three, ==, "");
  rai_test_server_stop (server);
}

static void
test_rate (void) {
  g_autofree char *url = NULL;
  RaiDb *db = rai_test_db_new_at (RAI_DB_SQLITE, &url);

  rai_test_db_fill (db);
  rai_db_close (db);
  rai_test_server_set_passwords (url);

  RaiTestServer *server = rai_test_server_start (url, "--rate", "1", NULL);
  g_autofree char *token = rai_test_server_login (server, "mia");
  for (int i = 0; i < 5; i++) {
    g_autoptr (RaiTestReply) reply = get (server, token, "/v1/account");
    g_assert_cmpint (reply->status, ==, 200);
  }

  g_autoptr (RaiTestReply) stopped = get (server, token, "/v1/account");
  check_problem (stopped, 429, "too_many");
  g_assert_cmpstr (soup_message_headers_get_one (stopped->headers, "Retry-After"), ==, "1");
  rai_test_server_stop (server);
}

static void
test_metrics (RaiTestServer *server) {
  g_autoptr (RaiTestReply) health = get (server, NULL, "/healthz");
  g_autoptr (RaiTestReply) reply = get (server, NULL, "/metrics");
  g_autoptr (RaiTestReply) far = rai_test_server_send (server, "GET", "/metrics", NULL, NULL,
                                                       "X-Forwarded-For", "192.0.2.1", NULL);

  g_assert_cmpint (reply->status, ==, 200);
  g_assert_nonnull (
      strstr (reply->body, "retailai_requests_total{route=\"/healthz\",status=\"2xx\"} 1\n"));
  check_problem (far, 403, "forbidden");
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pipeline/matches", test_matches);
  rai_test_server_add ("/pipeline/routes", test_routes);
  rai_test_server_add ("/pipeline/arguments", test_arguments);
  rai_test_server_add ("/pipeline/caching", test_caching);
  rai_test_server_add ("/pipeline/paging", test_paging);
  rai_test_server_add ("/pipeline/scope", test_scope);
  rai_test_server_add ("/pipeline/permissions", test_permissions);
  rai_test_server_add ("/pipeline/malformed", test_malformed);
  rai_test_server_add ("/pipeline/huge", test_huge);
  rai_test_server_add ("/pipeline/keep-alive", test_keep_alive);
  rai_test_server_add ("/pipeline/hang-up", test_hang_up);
  rai_test_server_add ("/pipeline/chunked", test_chunked);
  rai_test_server_add ("/pipeline/rubbish", test_rubbish);
  rai_test_server_add ("/pipeline/metrics", test_metrics);
  g_test_add_func ("/pipeline/slow", test_slow);
  g_test_add_func ("/pipeline/rate", test_rate);

  return rai_test_db_end (g_test_run ());
}
