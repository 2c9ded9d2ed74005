/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/rai-request.h"

#include "server/rai-http-error.h"
#include "server/rai-log.h"
#include "server/rai-problem.h"
#include "sync/rai-sync-wire.h"
#include "util/rai-clock.h"
#include "util/rai-day.h"

#include <string.h>

RaiRequest *
rai_request_new (RaiServerThread *thread, SoupServerMessage *message, unsigned index) {
  RaiRequest *request = g_new0 (RaiRequest, 1);

  thread->server->n_active++;
  request->server = thread->server;
  request->thread = thread;
  request->message = g_object_ref (message);
  request->started = g_get_monotonic_time ();
  request->index = index;
  return request;
}

/* What one of an account's requests a second may take, in microseconds: at the usual 100 a second
 * an account keeps half a core busy. */
#define USUAL_US 5000

void
rai_request_free (RaiRequest *request) {
  g_signal_handlers_disconnect_by_data (request->message, request);
  g_object_unref (request->message);
  g_clear_pointer (&request->sign_in, rai_sign_in_unref);
  g_clear_pointer (&request->arguments, g_hash_table_unref);
  g_free (request->path_argument);
  if (request->place != NULL)
    rai_crowd_leave (request->server->crowd, request->place);
  g_free (request->place);
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

const char *
rai_request_token (SoupServerMessage *message) {
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  const char *authorization = soup_message_headers_get_one (headers, "Authorization");

  if (authorization == NULL || g_ascii_strncasecmp (authorization, "Bearer ", 7) != 0)
    return NULL;
  authorization += 7;
  while (*authorization == ' ')
    authorization++;
  return *authorization ? authorization : NULL;
}

RaiSignIn *
rai_request_authenticate (RaiServerThread *thread, SoupServerMessage *message, GError **error) {
  const char *token = rai_request_token (message);

  if (token == NULL) {
    g_set_error_literal (error, RAI_HTTP_ERROR, RAI_HTTP_ERROR_UNAUTHENTICATED,
                         "an access token is needed: “Authorization: Bearer …”");
    return NULL;
  }

  RaiDb *db = rai_server_thread_db (thread, error);
  if (db == NULL)
    return NULL;

  return rai_auth_check (thread->auth, db, token, thread->server->revision, thread->server->epoch,
                         error);
}

bool
rai_request_too_many (RaiRequest *request, int wait, GError **error) {
  g_autofree char *seconds = g_strdup_printf ("%d", wait);

  soup_message_headers_replace (soup_server_message_get_response_headers (request->message),
                                "Retry-After", seconds);
  g_set_error (error, RAI_HTTP_ERROR, RAI_HTTP_ERROR_TOO_MANY, "too many requests: wait %d s",
               wait);
  return false;
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
  if (forwarded == NULL || !request->server->options.behind_proxy)
    return rai_crowd_address (address);

  /* Only the last one was written by our proxy. */
  const char *comma = strrchr (forwarded, ',');
  g_autofree char *last = g_strstrip (g_strdup (comma != NULL ? comma + 1 : forwarded));
  g_autoptr (GInetAddress) client = g_inet_address_new_from_string (last);

  return rai_crowd_address (client != NULL ? client : address);
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
rai_request_bucket (const RaiRequest *request, char bucket[RAI_REQUEST_BUCKET_SIZE]) {
  g_snprintf (bucket, RAI_REQUEST_BUCKET_SIZE, "account/%" G_GINT64_FORMAT,
              request->sign_in->identity->account_id);
}

/* So that a few dear requests count as many cheap ones. */
static void
charge (RaiRequest *request, int64_t microseconds) {
  char bucket[RAI_REQUEST_BUCKET_SIZE];

  if (request->sign_in == NULL || request->server->options.rate == 0 ||
      !(request->route->flags & RAI_ROUTE_DEAR) || microseconds < USUAL_US)
    return;
  rai_request_bucket (request, bucket);
  rai_limits_charge (request->server->limits, bucket, (double) microseconds / USUAL_US - 1,
                     request->started + microseconds);
}

/* A client whose clock is off learns by how much. */
static void
tell_time (SoupMessageHeaders *headers) {
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, rai_now_ms ());
  soup_message_headers_replace (headers, RAI_SYNC_TIME_HEADER, text);
}

/* libsoup 3.2 knows those of RFC 9110 only, and says "Unknown Error" for the rest. */
static const char *
reason_of (int status) {
  return status == 429 ? "Too Many Requests" : NULL;
}

void
rai_request_reply (RaiRequest *request, int status, const char *type, GBytes *body) {
  int64_t microseconds = g_get_monotonic_time () - request->started;

  rai_metrics_count (request->server->metrics, request->index, status, microseconds);
  log_reply (request, status, microseconds);
  charge (request, microseconds);
  if (!request->gone) {
    SoupMessageHeaders *headers = soup_server_message_get_response_headers (request->message);
    if (type != NULL)
      soup_message_headers_replace (headers, "Content-Type", type);
    if (soup_message_headers_get_one (headers, "Cache-Control") == NULL)
      soup_message_headers_append (headers, "Cache-Control", "no-store");
    soup_message_headers_replace (headers, "X-Content-Type-Options", "nosniff");
    tell_time (headers);
    soup_server_message_set_status (request->message, (guint) status, reason_of (status));
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
