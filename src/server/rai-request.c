/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/rai-request.h"

#include "server/rai-http-error.h"
#include "server/rai-log.h"
#include "server/rai-problem.h"

#include <string.h>

/* More levels than any body of ours has; the parser calls itself for each. */
#define DEEPEST 32

void
rai_request_free (RaiRequest *request) {
  g_signal_handlers_disconnect_by_data (request->message, request);
  g_object_unref (request->message);
  g_clear_pointer (&request->sign_in, rai_sign_in_unref);
  g_clear_pointer (&request->arguments, g_hash_table_unref);
  g_free (request->path_argument);
  request->server->n_active--;
  g_free (request);
}

const char *
rai_request_argument (const RaiRequest *request, const char *name) {
  return request->arguments != NULL ? g_hash_table_lookup (request->arguments, name) : NULL;
}

GBytes *
rai_request_body (RaiRequest *request) {
  return soup_message_body_flatten (soup_server_message_get_request_body (request->message));
}

bool
rai_request_is_shallow (const char *text, size_t size) {
  unsigned depth = 0;
  bool quoted = false;

  for (size_t i = 0; i < size; i++) {
    if (quoted) {
      if (text[i] == '\\')
        i++;
      else if (text[i] == '"')
        quoted = false;
      continue;
    }
    if (text[i] == '"')
      quoted = true;
    else if ((text[i] == '[' || text[i] == '{') && ++depth > DEEPEST)
      return false;
    else if ((text[i] == ']' || text[i] == '}') && depth > 0)
      depth--;
  }

  return true;
}

JsonNode *
rai_request_json (RaiRequest *request, GError **error) {
  g_autoptr (GBytes) body = rai_request_body (request);
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  g_autoptr (GError) reason = NULL;

  size_t size;
  const char *text = g_bytes_get_data (body, &size);

  if (size == 0 || !g_utf8_validate (text, (ssize_t) size, NULL)) {
    g_set_error_literal (error, RAI_HTTP_ERROR, RAI_HTTP_ERROR_MALFORMED,
                         size == 0 ? "the body is empty: JSON is needed"
                                   : "the body is not UTF-8 text");
    return NULL;
  }

  if (!rai_request_is_shallow (text, size)) {
    g_set_error (error, RAI_HTTP_ERROR, RAI_HTTP_ERROR_MALFORMED,
                 "the body is nested more than %d levels deep", DEEPEST);
    return NULL;
  }

  if (!json_parser_load_from_data (parser, text, (ssize_t) size, &reason)) {
    g_set_error (error, RAI_HTTP_ERROR, RAI_HTTP_ERROR_MALFORMED, "the body is not JSON: %s",
                 reason->message);
    return NULL;
  }

  JsonNode *root = json_parser_steal_root (parser);
  if (root == NULL)
    g_set_error_literal (error, RAI_HTTP_ERROR, RAI_HTTP_ERROR_MALFORMED,
                         "the body holds no JSON value");

  return root;
}

const char *
rai_request_member (JsonObject *object, const char *name, bool required, GError **error) {
  JsonNode *node = json_object_get_member (object, name);

  if (node == NULL || JSON_NODE_HOLDS_NULL (node)) {
    if (required)
      g_set_error (error, RAI_HTTP_ERROR, RAI_HTTP_ERROR_MALFORMED, "“%s” is missing", name);
    return NULL;
  }

  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING) {
    g_set_error (error, RAI_HTTP_ERROR, RAI_HTTP_ERROR_MALFORMED, "“%s” must be a string", name);
    return NULL;
  }

  return json_node_get_string (node);
}

static GInetAddress *
peer (RaiRequest *request) {
  GSocketAddress *address = soup_server_message_get_remote_address (request->message);

  return G_IS_INET_SOCKET_ADDRESS (address)
             ? g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (address))
             : NULL;
}

bool
rai_request_is_local (RaiRequest *request) {
  GInetAddress *address = peer (request);
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (request->message);

  return address != NULL && g_inet_address_get_is_loopback (address) &&
         soup_message_headers_get_one (headers, "X-Forwarded-For") == NULL;
}

char *
rai_request_address (RaiRequest *request) {
  GInetAddress *address = peer (request);
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (request->message);
  const char *forwarded = soup_message_headers_get_list (headers, "X-Forwarded-For");

  if (address == NULL)
    return g_strdup ("?");
  if (forwarded == NULL || !g_inet_address_get_is_loopback (address))
    return g_inet_address_to_string (address);

  /* Only the last one was written by our proxy. */
  const char *comma = strrchr (forwarded, ',');
  return g_strstrip (g_strdup (comma ? comma + 1 : forwarded));
}

static void
log_reply (RaiRequest *request, int status, int64_t microseconds) {
  RaiLogLevel level = status >= 500 ? RAI_LOG_WARNING : RAI_LOG_INFO;

  if (!rai_log_enabled (level))
    return;

  g_autofree char *address = rai_request_address (request);
  char code[8], taken[24];
  g_snprintf (code, sizeof code, "%d", status);
  g_snprintf (taken, sizeof taken, "%" G_GINT64_FORMAT, microseconds);
  rai_log (level, "request", "method", soup_server_message_get_method (request->message), "path",
           g_uri_get_path (soup_server_message_get_uri (request->message)), "status", code,
           "microseconds", taken, "address", address, "account",
           request->sign_in != NULL ? request->sign_in->identity->login : "", NULL);
}

void
rai_request_reply (RaiRequest *request, int status, const char *type, GBytes *body) {
  int64_t microseconds = g_get_monotonic_time () - request->started;

  rai_metrics_count (request->server->metrics, request->index, status, microseconds);
  log_reply (request, status, microseconds);
  if (!request->gone) {
    SoupMessageHeaders *headers = soup_server_message_get_response_headers (request->message);
    if (type != NULL)
      soup_message_headers_replace (headers, "Content-Type", type);
    if (soup_message_headers_get_one (headers, "Cache-Control") == NULL)
      soup_message_headers_append (headers, "Cache-Control", "no-store");
    soup_server_message_set_status (request->message, (guint) status, NULL);
    if (body != NULL && g_bytes_get_size (body) > 0)
      soup_message_body_append_bytes (soup_server_message_get_response_body (request->message),
                                      body);
  }

  g_clear_pointer (&body, g_bytes_unref);
}

void
rai_request_reply_json (RaiRequest *request, int status, GString *json) {
  rai_request_reply (request, status, "application/json", g_string_free_to_bytes (json));
}

void
rai_request_fail (RaiRequest *request, GError *error) {
  const RaiProblem *problem = rai_problem_find (error);
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (request->message);
  GString *json = g_string_new (NULL);

  /* The next request opens a new connection. */
  if (g_error_matches (error, RAI_DB_ERROR, RAI_DB_ERROR_LOST))
    g_clear_pointer (&request->thread->db, rai_db_close);
  if (!problem->told)
    rai_log (RAI_LOG_ERROR, "failure", "path",
             g_uri_get_path (soup_server_message_get_uri (request->message)), "message",
             error->message, NULL);

  if (!request->gone) {
    if (problem->status == 401)
      soup_message_headers_replace (headers, "WWW-Authenticate", "Bearer realm=\"retailai\"");
    if (problem->retry_after > 0 && soup_message_headers_get_one (headers, "Retry-After") == NULL) {
      g_autofree char *seconds = g_strdup_printf ("%d", problem->retry_after);
      soup_message_headers_replace (headers, "Retry-After", seconds);
    }
  }

  rai_problem_append_json (json, problem, problem->told ? error->message : NULL);
  g_error_free (error);
  rai_request_reply (request, problem->status, "application/problem+json",
                     g_string_free_to_bytes (json));
}

static void
message_finished_cb (SoupServerMessage *message, RaiRequest *request) {
  request->gone = true;
}

void
rai_request_defer (RaiRequest *request) {
  request->deferred = true;
  g_signal_connect (request->message, "finished", G_CALLBACK (message_finished_cb), request);
  soup_server_message_pause (request->message);
}

typedef struct {
  RaiRequest *request;
  RaiRequestFunc func;
  void *data;
} Resume;

static gboolean
resume_cb (void *data) {
  g_autofree Resume *resume = data;
  RaiRequest *request = resume->request;

  resume->func (request, resume->data);
  if (!request->gone)
    soup_server_message_unpause (request->message);
  rai_request_free (request);
  return G_SOURCE_REMOVE;
}

void
rai_request_resume (RaiRequest *request, RaiRequestFunc func, void *data) {
  Resume *resume = g_new0 (Resume, 1);
  GSource *source = g_idle_source_new ();

  *resume = (Resume){ .request = request, .func = func, .data = data };
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, resume_cb, resume, NULL);
  g_source_attach (source, request->thread->context);
  g_source_unref (source);
}
