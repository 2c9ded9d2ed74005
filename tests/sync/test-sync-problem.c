/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/rai-sync-problem.h"

#include <string.h>

/* What a server answers to everything. */
typedef struct {
  unsigned status;
  const char *header, *value;
  const char *json;
} Answer;

typedef struct {
  const Answer *answer;
  GMainLoop *loop;
  SoupMessage *message;
  GBytes *body;
} Exchange;

static void
answer_cb (SoupServer *server, SoupServerMessage *message, const char *path, GHashTable *query,
           void *data) {
  const Answer *answer = ((Exchange *) data)->answer;
  soup_server_message_set_status (message, answer->status, NULL);
  if (answer->header != NULL)
    soup_message_headers_append (soup_server_message_get_response_headers (message), answer->header,
                                 answer->value);
  soup_server_message_set_response (message, "application/json", SOUP_MEMORY_STATIC, answer->json,
                                    strlen (answer->json));
}

static void
read_cb (GObject *session, GAsyncResult *result, void *data) {
  Exchange *exchange = data;
  exchange->body = soup_session_send_and_read_finish (SOUP_SESSION (session), result, NULL);
  g_main_loop_quit (exchange->loop);
}

typedef enum { OF_PUSH, OF_SIGN_IN, OF_REQUEST } Kind;

static GError *
problem_as (const Answer *answer, Kind kind) {
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (SoupServer) server = soup_server_new (NULL, NULL);
  g_autoptr (SoupSession) session = soup_session_new ();
  Exchange exchange = { answer, loop, NULL, NULL };
  g_assert_true (soup_server_listen_local (server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, NULL));
  soup_server_add_handler (server, NULL, answer_cb, &exchange, NULL);

  GSList *uris = soup_server_get_uris (server);
  exchange.message = soup_message_new_from_uri ("POST", uris->data);
  soup_message_add_flags (exchange.message, SOUP_MESSAGE_NO_REDIRECT);
  soup_session_send_and_read_async (session, exchange.message, 0, NULL, read_cb, &exchange);
  g_main_loop_run (loop);

  GError *error = kind == OF_REQUEST ? rai_sync_problem_request (exchange.message, exchange.body)
                                     : rai_sync_problem_answer (exchange.message, exchange.body,
                                                                kind == OF_SIGN_IN);
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  g_bytes_unref (exchange.body);
  g_object_unref (exchange.message);
  return error;
}

static GError *
problem_of (const Answer *answer, bool bare) {
  return problem_as (answer, bare ? OF_SIGN_IN : OF_PUSH);
}

static void
test_answers (void) {
  static const struct {
    Answer answer;
    bool bare;
    int code;
    const char *words;
  } cases[] = {
    { { 401, NULL, NULL, "{\"code\":\"credentials\",\"detail\":\"login or password is wrong\"}" },
      true,
      RAI_SYNC_ERROR_REFUSED,
      "Name or password is wrong" },
    { { 429, "Retry-After", "5", "{\"code\":\"locked_out\",\"detail\":\"wait 5 s\"}" },
      true,
      RAI_SYNC_ERROR_TOO_MANY,
      "Too many wrong passwords. Try again in 5 seconds" },
    { { 429, "Retry-After", "2", "{\"code\":\"too_many\"}" },
      false,
      RAI_SYNC_ERROR_OFFLINE,
      "The server has too much to do. Try again in 2 seconds" },
    { { 401, NULL, NULL, "{\"code\":\"disabled\"}" },
      false,
      RAI_SYNC_ERROR_DISABLED,
      "This account is disabled. Ask an administrator" },
    { { 401, NULL, NULL, "" }, false, RAI_SYNC_ERROR_SIGNED_OUT, "Sign in again to sync" },
    { { 301, "Location", "https://shop.example.org/", "" },
      true,
      RAI_SYNC_ERROR_ADDRESS,
      "This address leads on to https://shop.example.org/. Sign in with the address of the server "
      "itself" },
    { { 404, NULL, NULL, "<html>" },
      true,
      RAI_SYNC_ERROR_ADDRESS,
      "This address answers, but not as a RetailAI server; check it (404)" },
    /* A hotel's page costs nobody a command. */
    { { 403, NULL, NULL, "<html>" },
      false,
      RAI_SYNC_ERROR_OFFLINE,
      "The server cannot answer now. Try again in a while (403)" },
    { { 422, NULL, NULL, "{\"code\":\"weak_password\",\"detail\":\"too short\"}" },
      true,
      RAI_SYNC_ERROR_REFUSED,
      "too short (422)" },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = problem_of (&cases[i].answer, cases[i].bare);
    g_assert_error (error, RAI_SYNC_ERROR, (int) cases[i].code);
    g_assert_cmpstr (error->message, ==, cases[i].words);
  }
}

/* No words of the system's: what to do, and with which server. */
static void
test_connections (void) {
  static const struct {
    unsigned code;
    const char *words;
  } cases[] = {
    { G_IO_ERROR_CONNECTION_REFUSED, "Nothing answers at till.example" },
    { G_IO_ERROR_TIMED_OUT, "till.example does not answer" },
    { G_IO_ERROR_HOST_UNREACHABLE, "There is no way to till.example" },
    { G_IO_ERROR_PARTIAL_INPUT, "The connection to till.example broke off" },
  };
  g_autoptr (SoupMessage) message = soup_message_new ("GET", "https://till.example/v1/live");

  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) cause =
        g_error_new_literal (G_IO_ERROR, (int) cases[i].code, "Socket I/O timed out");
    g_autoptr (GError) error = rai_sync_problem_connection (message, cause);
    g_assert_error (error, RAI_SYNC_ERROR, RAI_SYNC_ERROR_OFFLINE);
    g_assert_true (g_str_has_prefix (error->message, cases[i].words));
    g_assert_null (strstr (error->message, "Socket"));
  }

  g_autoptr (GError) name =
      g_error_new_literal (G_RESOLVER_ERROR, G_RESOLVER_ERROR_NOT_FOUND, "Error resolving");
  g_autoptr (GError) unknown = rai_sync_problem_connection (message, name);
  g_assert_true (g_str_has_prefix (unknown->message, "till.example was not found."));

  g_autoptr (GError) tls = g_error_new_literal (G_TLS_ERROR, G_TLS_ERROR_NOT_TLS, "handshake");
  g_autoptr (GError) unsafe = rai_sync_problem_connection (message, tls);
  g_assert_true (g_str_has_prefix (unsafe->message, "till.example gives no safe connection."));
}

static void
test_address (void) {
  g_autoptr (GError) error = rai_sync_problem_address ("htps://till");
  g_assert_error (error, RAI_SYNC_ERROR, RAI_SYNC_ERROR_ADDRESS);
  g_assert_nonnull (strstr (error->message, "htps://till"));
}

/* Of what somebody waits for: the server's own words, but no other page's. */
static void
test_requests (void) {
  static const struct {
    Answer answer;
    int code;
    const char *words;
  } cases[] = {
    { { 409, NULL, NULL, "{\"code\":\"conflict\",\"detail\":\"it goes on at byte 4\"}" },
      RAI_SYNC_ERROR_REFUSED,
      "it goes on at byte 4" },
    { { 404, NULL, NULL, "{\"code\":\"not_found\",\"detail\":\"begin it again\"}" },
      RAI_SYNC_ERROR_REFUSED,
      "begin it again" },
    { { 404, NULL, NULL, "<html>" }, RAI_SYNC_ERROR_OFFLINE, "404" },
    { { 429, NULL, NULL, "{\"code\":\"too_many\",\"detail\":\"wait\"}" },
      RAI_SYNC_ERROR_OFFLINE,
      "too much to do" },
    { { 503, NULL, NULL, "{\"code\":\"unavailable\",\"detail\":\"stops\"}" },
      RAI_SYNC_ERROR_OFFLINE,
      "stops" },
    { { 401, NULL, NULL, "{\"code\":\"unauthenticated\",\"detail\":\"sign in\"}" },
      RAI_SYNC_ERROR_SIGNED_OUT,
      "sign in" },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = problem_as (&cases[i].answer, OF_REQUEST);
    g_assert_error (error, RAI_SYNC_ERROR, cases[i].code);
    g_assert_nonnull (strstr (error->message, cases[i].words));
  }
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sync/problem/answers", test_answers);
  g_test_add_func ("/sync/problem/connections", test_connections);
  g_test_add_func ("/sync/problem/address", test_address);
  g_test_add_func ("/sync/problem/requests", test_requests);

  return g_test_run ();
}
