/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rai-test-server.h"

#include "rai-test-db.h"
#include "server/rai-password.h"
#include "server/rai-token-family.h"

#include <signal.h>
#include <stdarg.h>
#include <string.h>

static char *
program (void) {
  const char *build = g_getenv ("RAI_BUILD_DIR");

  return g_build_filename (build ? build : "_build", "src", "server", "retailai-server", NULL);
}

static char *
read_first_line (GSubprocess *process) {
  g_autoptr (GDataInputStream) stream =
      g_data_input_stream_new (g_subprocess_get_stdout_pipe (process));
  g_autoptr (GError) error = NULL;

  g_filter_input_stream_set_close_base_stream (G_FILTER_INPUT_STREAM (stream), FALSE);
  char *line = g_data_input_stream_read_line (stream, NULL, NULL, &error);
  g_assert_no_error (error);
  return line;
}

RaiTestServer *
rai_test_server_start (const char *url, ...) {
  static const char said[] = "listening on ";
  RaiTestServer *server = g_new0 (RaiTestServer, 1);
  g_autoptr (GPtrArray) arguments = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;

  va_list options;

  server->url = g_strdup (url);
  server->folder = g_dir_make_tmp ("retailai-server-XXXXXX", NULL);
  g_ptr_array_add (arguments, program ());
  g_ptr_array_add (arguments, g_strdup ("--db"));
  g_ptr_array_add (arguments, g_strdup (url));
  g_ptr_array_add (arguments, g_strdup ("serve"));
  g_ptr_array_add (arguments, g_strdup ("--listen"));
  g_ptr_array_add (arguments, g_strdup ("127.0.0.1:0"));
  g_ptr_array_add (arguments, g_strdup ("--exit-with-stdin"));
  g_ptr_array_add (arguments, g_strdup ("--snapshots"));
  g_ptr_array_add (arguments, g_strdup (server->folder));
  g_ptr_array_add (arguments, g_strdup ("--uploads"));
  g_ptr_array_add (arguments, g_build_filename (server->folder, "uploads", NULL));
  va_start (options, url);

  for (const char *option = va_arg (options, const char *); option;
       option = va_arg (options, const char *))
    g_ptr_array_add (arguments, g_strdup (option));

  va_end (options);
  g_ptr_array_add (arguments, NULL);

  server->process =
      g_subprocess_newv ((const char *const *) arguments->pdata,
                         G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error);
  g_assert_no_error (error);

  g_autofree char *line = read_first_line (server->process);
  g_assert_nonnull (line);
  g_assert_true (g_str_has_prefix (line, said));
  server->base = g_strdup (line + strlen (said));
  server->session = soup_session_new_with_options ("max-conns", 64, "max-conns-per-host", 64,
                                                   "timeout", 60, NULL);

  return server;
}

static void
server_free (RaiTestServer *server) {
  g_autofree char *remove = g_strdup_printf ("rm -rf '%s'", server->folder);

  g_object_unref (server->session);
  g_object_unref (server->process);
  g_spawn_command_line_sync (remove, NULL, NULL, NULL, NULL);
  g_free (server->folder);
  g_free (server->url);
  g_free (server->base);
  g_free (server);
}

void
rai_test_server_stop (RaiTestServer *server) {
  g_autoptr (GError) error = NULL;

  g_subprocess_send_signal (server->process, SIGTERM);
  g_subprocess_wait (server->process, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_if_exited (server->process));
  g_assert_cmpint (g_subprocess_get_exit_status (server->process), ==, 0);
  server_free (server);
}

void
rai_test_server_kill (RaiTestServer *server) {
  g_subprocess_force_exit (server->process);
  g_subprocess_wait (server->process, NULL, NULL);
  server_free (server);
}

void
rai_test_server_set_passwords (const char *url) {
  g_autoptr (GError) error = NULL;
  g_autoptr (RaiDb) db = rai_db_open (url, 0, &error);
  g_assert_no_error (error);

  g_autofree char *stored = rai_password_hash (RAI_TEST_PASSWORD, false, &error);
  g_assert_no_error (error);

  RaiStatement *statement = rai_db_prepare (db, "UPDATE account SET password_hash = ?1", &error);
  g_assert_no_error (error);
  g_assert_true (rai_db_begin_write (db, &error));
  rai_statement_bind_text (statement, 1, stored);
  g_assert_true (rai_statement_run (statement, &error));
  g_assert_true (rai_db_commit (db, &error));
}

typedef struct {
  RaiDbKind kind;
  void (*test) (RaiTestServer *server);
} Case;

static void
run_case (const void *data) {
  const Case *test = data;
  g_autofree char *url = NULL;

  if (test->kind == RAI_DB_POSTGRESQL && !rai_test_db_have_postgresql ()) {
    g_test_skip ("PostgreSQL is not installed");
    return;
  }

  RaiDb *db = rai_test_db_new_at (test->kind, &url);
  rai_test_db_fill (db);
  rai_db_close (db);
  rai_test_server_set_passwords (url);

  RaiTestServer *server = rai_test_server_start (url, "--token-seconds", "3600", NULL);
  test->test (server);
  rai_test_server_stop (server);
}

void
rai_test_server_add (const char *path, void (*test) (RaiTestServer *server)) {
  static const char *const kinds[] = {
    [RAI_DB_SQLITE] = "sqlite", [RAI_DB_POSTGRESQL] = "postgresql"
  };

  for (size_t kind = 0; kind < G_N_ELEMENTS (kinds); kind++) {
    g_autofree char *name = g_strdup_printf ("%s/%s", path, kinds[kind]);
    Case *data = g_new0 (Case, 1);
    *data = (Case){ .kind = (RaiDbKind) kind, .test = test };
    g_test_add_data_func_full (name, data, run_case, g_free);
  }
}

void
rai_test_reply_free (RaiTestReply *reply) {
  g_free (reply->body);
  g_clear_pointer (&reply->json, json_node_unref);
  g_clear_pointer (&reply->headers, soup_message_headers_unref);
  g_free (reply);
}

static JsonNode *
find_member (RaiTestReply *reply, const char *member) {
  if (!reply->json || !JSON_NODE_HOLDS_OBJECT (reply->json))
    return NULL;
  return json_object_get_member (json_node_get_object (reply->json), member);
}

const char *
rai_test_reply_text (RaiTestReply *reply, const char *member) {
  JsonNode *node = find_member (reply, member);

  return node && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING
             ? json_node_get_string (node)
             : "";
}

int64_t
rai_test_reply_int (RaiTestReply *reply, const char *member) {
  JsonNode *node = find_member (reply, member);

  g_assert_nonnull (node);
  return json_node_get_int (node);
}

RaiTestReply *
rai_test_server_send (RaiTestServer *server, const char *method, const char *path,
                      const char *token, const char *body, ...) {
  g_autofree char *uri = g_strconcat (server->base, path, NULL);
  g_autoptr (SoupMessage) message = soup_message_new (method, uri);

  SoupMessageHeaders *headers = soup_message_get_request_headers (message);
  g_autoptr (GError) error = NULL;

  va_list extra;

  g_assert_nonnull (message);
  if (token != NULL) {
    g_autofree char *bearer = g_strconcat ("Bearer ", token, NULL);
    soup_message_headers_append (headers, "Authorization", bearer);
  }

  if (body != NULL) {
    g_autoptr (GBytes) bytes = g_bytes_new (body, strlen (body));
    soup_message_set_request_body_from_bytes (message, "application/json", bytes);
  }

  va_start (extra, body);
  for (const char *name = va_arg (extra, const char *); name; name = va_arg (extra, const char *))
    soup_message_headers_replace (headers, name, va_arg (extra, const char *));
  va_end (extra);

  g_autoptr (GBytes) answer = soup_session_send_and_read (server->session, message, NULL, &error);
  g_assert_no_error (error);

  RaiTestReply *reply = g_new0 (RaiTestReply, 1);
  size_t size;
  const char *data = g_bytes_get_data (answer, &size);

  reply->status = (int) soup_message_get_status (message);
  reply->body = g_strndup (data ? data : "", size);
  reply->headers = soup_message_headers_ref (soup_message_get_response_headers (message));
  reply->json = size > 0 ? json_from_string (reply->body, NULL) : NULL;

  return reply;
}

char *
rai_test_server_login (RaiTestServer *server, const char *login) {
  g_autofree char *body = g_strdup_printf (
      "{\"login\":\"%s\",\"password\":\"%s\",\"device\":\"test\"}", login, RAI_TEST_PASSWORD);
  g_autoptr (RaiTestReply) reply =
      rai_test_server_send (server, "POST", "/v1/auth/login", NULL, body, NULL);

  if (reply->status != 200)
    g_test_message ("%s", reply->body);
  g_assert_cmpint (reply->status, ==, 200);
  return g_strdup (rai_test_reply_text (reply, "access_token"));
}

int
rai_test_server_run (const char *input, char **output, char **errors, ...) {
  g_autoptr (GPtrArray) arguments = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;

  g_autofree char *ignored_output = NULL, *ignored_errors = NULL;
  va_list words;

  g_ptr_array_add (arguments, program ());
  va_start (words, errors);
  for (const char *word = va_arg (words, const char *); word; word = va_arg (words, const char *))
    g_ptr_array_add (arguments, g_strdup (word));

  va_end (words);
  g_ptr_array_add (arguments, NULL);
  g_autoptr (GSubprocess) process =
      g_subprocess_newv ((const char *const *) arguments->pdata,
                         G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE |
                             G_SUBPROCESS_FLAGS_STDERR_PIPE,
                         &error);
  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (process, input ? input : "", NULL,
                                 output ? output : &ignored_output,
                                 errors ? errors : &ignored_errors, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_if_exited (process));

  return g_subprocess_get_exit_status (process);
}
