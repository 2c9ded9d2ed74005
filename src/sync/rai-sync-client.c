/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/rai-sync-client.h"

#include "proto/rai-json-read.h"
#include "proto/rai-json.h"
#include "sync/rai-sync-problem.h"
#include "sync/rai-sync-wire.h"
#include "util/rai-clock.h"
#include "util/rai-day.h"

#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>
#include <libsoup/soup.h>
#include <string.h>

/* Seconds without a byte after which a connection counts as broken. */
#define TIMEOUT 15
#define CHUNK 65536

struct _RaiSyncClient {
  char *server;
  char *login;
  char *device;
  RaiTokenStore store;
  GMainContext *context;
  SoupSession *session;
  GCancellable *cancellable;
  char *access; /* in memory only */
  bool refreshing;
  GPtrArray *parked; /* requests that wait for the new token */
  unsigned running;  /* asynchronous calls whose callback is to come */
  int64_t skew;
  bool clock_known;
  SoupWebsocketConnection *live;
  bool connecting;
  RaiSyncClientLive on_live;
  void *live_data;
};

typedef struct {
  RaiSyncClient *client;
  char *method;
  char *path;
  char *json;
  GBytes *piece; /* of an upload; NULL: none */
  int64_t offset;
  bool plain;   /* nothing is sent again by itself */
  bool bare;    /* without token: sign-in and refresh */
  bool retried; /* after a new token */
  SoupMessage *message;
  RaiSyncClientDone done;
  void *data;
  /* A download */
  char *file;
  char *etag;
  RaiSyncDownload calls;
  GOutputStream *output;
  GInputStream *input;
  int64_t bytes, total;
} Request;

static void send_request (Request *request);

static void
request_free (Request *self) {
  g_free (self->method);
  g_free (self->path);
  g_free (self->json);
  g_clear_pointer (&self->piece, g_bytes_unref);
  g_free (self->file);
  g_free (self->etag);
  g_clear_object (&self->message);
  g_clear_object (&self->output);
  g_clear_object (&self->input);
  g_free (self);
}

static void
finish (Request *self, GBytes *body, GError *error) {
  if (!g_cancellable_is_cancelled (self->client->cancellable))
    self->done (self->data, body, error);
  g_clear_error (&error);
  request_free (self);
}

/* ---- Answers ---- */

static JsonObject *
parse_object (JsonParser *parser, GBytes *body) {
  size_t size;
  const char *text = body != NULL ? g_bytes_get_data (body, &size) : NULL;
  if (text == NULL || !json_parser_load_from_data (parser, text, (ssize_t) size, NULL))
    return NULL;
  JsonNode *root = json_parser_get_root (parser);
  return root != NULL && JSON_NODE_HOLDS_OBJECT (root) ? json_node_get_object (root) : NULL;
}

/* The server says its time in ms. A proxy before it may answer itself, and an older server does not
 * say: then the machines' clocks are compared, for a day that the demo pretends is nobody's fault,
 * and that header counts whole seconds. */
static bool
read_clock (SoupMessageHeaders *headers, int64_t *skew) {
  const char *told = soup_message_headers_get_one (headers, RAI_SYNC_TIME_HEADER);
  const char *text = soup_message_headers_get_one (headers, "Date");
  int64_t time;

  if (told != NULL && g_ascii_string_to_signed (told, 10, 0, G_MAXINT64 / 2, &time, NULL)) {
    *skew = time - rai_now_ms ();
    return true;
  }

  g_autoptr (GDateTime) date = text != NULL ? soup_date_time_new_from_http_string (text) : NULL;
  if (date != NULL)
    *skew = g_date_time_to_unix (date) * 1000 + 500 - g_get_real_time () / 1000;
  return date != NULL;
}

/* An answer has been on its way: smaller differences mean nothing. */
static void
learn_skew (RaiSyncClient *self, SoupMessage *message) {
  int64_t skew;
  if (!read_clock (soup_message_get_response_headers (message), &skew))
    return;

  self->skew = ABS (skew) < 2000 ? 0 : skew;
  self->clock_known = true;
}

/* ---- Tokens ---- */

static char *
load_secret (RaiSyncClient *self, const char *kind) {
  return self->store.load (kind, self->server, self->login, self->store.data);
}

static void
save_secret (RaiSyncClient *self, const char *kind, const char *secret) {
  self->store.save (kind, self->server, self->login, secret, self->store.data);
}

static bool
take_tokens (RaiSyncClient *self, GBytes *body, char **identity) {
  g_autoptr (JsonParser) parser = json_parser_new ();
  JsonObject *answer = parse_object (parser, body);
  const char *access = rai_json_get_text (answer, "access_token");
  const char *refresh = rai_json_get_text (answer, "refresh_token");

  if (access == NULL || refresh == NULL)
    return false;
  g_free (self->access);
  self->access = g_strdup (access);
  save_secret (self, RAI_SECRET_REFRESH_TOKEN, refresh);

  const char *proof = rai_json_get_text (answer, "device_proof");
  if (proof != NULL)
    save_secret (self, RAI_SECRET_DEVICE_PROOF, proof);

  JsonNode *node = json_object_get_member (answer, "identity");
  if (identity != NULL)
    *identity = node != NULL ? json_to_string (node, FALSE) : NULL;

  return true;
}

/* Of a refresh: anything else may be another thing the next time. */
static bool
wants_password (const GError *error) {
  return error->code == RAI_SYNC_ERROR_SIGNED_OUT || error->code == RAI_SYNC_ERROR_REFUSED ||
         error->code == RAI_SYNC_ERROR_NEW_PASSWORD;
}

static void
refreshed_cb (void *data, GBytes *body, const GError *error) {
  RaiSyncClient *self = data;
  g_autoptr (GPtrArray) parked = g_steal_pointer (&self->parked);
  self->parked = g_ptr_array_new ();
  self->refreshing = false;

  bool ok = body != NULL && take_tokens (self, body, NULL);
  for (unsigned i = 0; i < parked->len; i++) {
    Request *request = parked->pdata[i];
    if (ok)
      send_request (request);
    else if (error != NULL && !wants_password (error))
      finish (request, NULL, g_error_copy (error));
    else
      finish (request, NULL,
              g_error_new (RAI_SYNC_ERROR, RAI_SYNC_ERROR_SIGNED_OUT,
                           _ ("Sign in again to sync; nothing is lost")));
  }
}

static Request *
new_request (RaiSyncClient *self, const char *method, const char *path, const char *json,
             RaiSyncClientDone done, void *data) {
  Request *request = g_new0 (Request, 1);
  request->client = self;
  request->method = g_strdup (method);
  request->path = g_strdup (path);
  request->json = g_strdup (json);
  request->done = done;
  request->data = data;
  return request;
}

static void
refresh (RaiSyncClient *self) {
  if (self->refreshing)
    return;
  self->refreshing = true;
  g_clear_pointer (&self->access, g_free);

  g_autofree char *token = load_secret (self, RAI_SECRET_REFRESH_TOKEN);
  if (token == NULL) {
    refreshed_cb (self, NULL, NULL);
    return;
  }

  g_autoptr (GString) json = g_string_new ("{\"refresh_token\":");
  rai_json_append_string (json, token);

  /* Named as at the sign-in, so that a lost answer can be asked for again. */
  g_string_append (json, ",\"device\":");
  rai_json_append_string (json, self->device);
  g_string_append_c (json, '}');
  Request *request = new_request (self, "POST", "/v1/auth/refresh", json->str, refreshed_cb, self);
  request->bare = true;
  send_request (request);
}

static void
park (Request *request) {
  RaiSyncClient *self = request->client;
  g_ptr_array_add (self->parked, request);
  refresh (self);
}

/* ---- Requests ---- */

/* libsoup takes any scheme that it does not know for http: "htps://" would send the password in the
 * open. For the same reason nobody is led on to another address. */
static bool
is_http (const char *url) {
  g_autofree char *scheme = g_uri_parse_scheme (url);
  return scheme != NULL &&
         (g_ascii_strcasecmp (scheme, "http") == 0 || g_ascii_strcasecmp (scheme, "https") == 0);
}

/* Each on a connection of its own: on one kept from before that is cut at the wrong moment,
 * libsoup 3.2 sends a message again by itself, and now and then ends the process where the first
 * answer had just begun. Requests are few. Crashes of that kind were mended after 3.4 (the session
 * keeps the item that it sends); that nothing is sent twice is not known of any version, so all are
 * treated alike. tests/chaos cuts connections. */
static SoupMessage *
new_message (RaiSyncClient *self, const char *method, const char *path) {
  g_autofree char *url = g_strconcat (self->server, path, NULL);
  SoupMessage *message = is_http (url) ? soup_message_new (method, url) : NULL;
  if (message != NULL)
    soup_message_add_flags (message, SOUP_MESSAGE_NEW_CONNECTION | SOUP_MESSAGE_NO_REDIRECT);
  if (message != NULL && self->access != NULL) {
    g_autofree char *bearer = g_strconcat ("Bearer ", self->access, NULL);
    soup_message_headers_replace (soup_message_get_request_headers (message), "Authorization",
                                  bearer);
  }

  return message;
}

/* True when the answer is a reason to get a new token and ask again; the request is then taken care
 * of. */
static bool
try_again (Request *request) {
  if (request->bare || request->retried ||
      soup_message_get_status (request->message) != SOUP_STATUS_UNAUTHORIZED)
    return false;
  request->retried = true;
  g_clear_object (&request->input);
  park (request);
  return true;
}

static void
answered_cb (GObject *session, GAsyncResult *result, void *data) {
  Request *request = data;
  RaiSyncClient *self = request->client;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) body =
      soup_session_send_and_read_finish (SOUP_SESSION (session), result, &error);
  self->running--;

  if (body == NULL) {
    finish (request, NULL, rai_sync_problem_connection (request->message, error));
    return;
  }

  learn_skew (self, request->message);
  unsigned status = soup_message_get_status (request->message);
  if (status >= 200 && status < 300)
    finish (request, body, NULL);
  else if (!try_again (request))
    finish (request, NULL,
            request->plain ? rai_sync_problem_request (request->message, body)
                           : rai_sync_problem_answer (request->message, body, request->bare));
}

static void download_answered_cb (GObject *session, GAsyncResult *result, void *data);

static void
set_body (Request *request) {
  if (request->json != NULL) {
    g_autoptr (GBytes) bytes = g_bytes_new (request->json, strlen (request->json));
    soup_message_set_request_body_from_bytes (request->message, "application/json", bytes);
  } else if (request->piece != NULL) {
    g_autofree char *offset = g_strdup_printf ("%" G_GINT64_FORMAT, request->offset);
    soup_message_headers_replace (soup_message_get_request_headers (request->message),
                                  "Upload-Offset", offset);
    soup_message_set_request_body_from_bytes (request->message, "application/octet-stream",
                                              request->piece);
  }
}

static void
send_request (Request *request) {
  RaiSyncClient *self = request->client;
  if (!request->bare && self->access == NULL) {
    park (request);
    return;
  }

  g_clear_object (&request->message);
  request->message = new_message (self, request->method, request->path);
  if (request->message == NULL) {
    finish (request, NULL, rai_sync_problem_address (self->server));
    return;
  }

  soup_message_headers_replace (soup_message_get_request_headers (request->message), "Connection",
                                "close");
  set_body (request);

  self->running++;
  if (request->file == NULL) {
    soup_session_send_and_read_async (self->session, request->message, G_PRIORITY_DEFAULT,
                                      self->cancellable, answered_cb, request);
    return;
  }

  if (request->bytes > 0 && request->etag != NULL) {
    SoupMessageHeaders *headers = soup_message_get_request_headers (request->message);
    soup_message_headers_set_range (headers, request->bytes, -1);
    soup_message_headers_replace (headers, "If-Range", request->etag);
  }

  soup_session_send_async (self->session, request->message, G_PRIORITY_DEFAULT, self->cancellable,
                           download_answered_cb, request);
}

void
rai_sync_client_get (RaiSyncClient *self, const char *path, RaiSyncClientDone done, void *data) {
  send_request (new_request (self, "GET", path, NULL, done, data));
}

void
rai_sync_client_post (RaiSyncClient *self, const char *path, const char *json,
                      RaiSyncClientDone done, void *data) {
  send_request (new_request (self, "POST", path, json, done, data));
}

void
rai_sync_client_send (RaiSyncClient *self, const RaiSyncRequest *asked, RaiSyncClientDone done,
                      void *data) {
  Request *request = new_request (self, asked->method, asked->path, asked->json, done, data);

  request->plain = true;
  request->offset = asked->offset;
  if (asked->bytes != NULL)
    request->piece = g_bytes_ref (asked->bytes);
  send_request (request);
}

/* ---- Downloads ---- */

static void read_more (Request *request);

static GError *
error_storage (Request *request, const GError *cause) {
  bool no_space = g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_NO_SPACE);
  return rai_sync_write_error (request->file, no_space, cause->message);
}

static void
finish_download (Request *request, GError *error) {
  g_autoptr (GError) local = NULL;
  if (request->output != NULL && !g_output_stream_close (request->output, NULL, &local) &&
      error == NULL)
    error = error_storage (request, local);
  if (error == NULL && request->total > 0 && request->bytes != request->total)
    error = rai_sync_problem_connection (request->message, NULL);
  g_autoptr (GBytes) etag =
      error != NULL
          ? NULL
          : g_bytes_new (request->etag, request->etag != NULL ? strlen (request->etag) : 0);
  finish (request, etag, error);
}

static void
chunk_cb (GObject *stream, GAsyncResult *result, void *data) {
  Request *request = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) chunk =
      g_input_stream_read_bytes_finish (G_INPUT_STREAM (stream), result, &error);

  size_t size = 0;
  request->client->running--;
  if (chunk == NULL) {
    finish_download (request, rai_sync_problem_connection (request->message, error));
    return;
  }

  const void *bytes = g_bytes_get_data (chunk, &size);
  if (size == 0) {
    finish_download (request, NULL);
  } else if (!g_output_stream_write_all (request->output, bytes, size, NULL, NULL, &error)) {
    finish_download (request, error_storage (request, error));
  } else {
    request->bytes += (int64_t) size;
    if (!g_cancellable_is_cancelled (request->client->cancellable))
      request->calls.progress (request->data, request->bytes, request->total);
    read_more (request);
  }
}

static void
read_more (Request *request) {
  request->client->running++;
  g_input_stream_read_bytes_async (request->input, CHUNK, G_PRIORITY_DEFAULT,
                                   request->client->cancellable, chunk_cb, request);
}

/* 206: the file goes on; 200: it begins anew. */
static bool
open_output (Request *request, bool go_on, GError **error) {
  g_autoptr (GFile) file = g_file_new_for_path (request->file);
  GFileOutputStream *stream =
      go_on
          ? g_file_append_to (file, G_FILE_CREATE_PRIVATE, NULL, error)
          : g_file_replace (file, NULL, FALSE,
                            G_FILE_CREATE_PRIVATE | G_FILE_CREATE_REPLACE_DESTINATION, NULL, error);

  if (stream == NULL)
    return false;
  request->output = G_OUTPUT_STREAM (stream);

  return true;
}

static void
begin_download (Request *request, unsigned status) {
  g_autoptr (GError) error = NULL;
  SoupMessageHeaders *headers = soup_message_get_response_headers (request->message);
  goffset start = 0, end = 0, total = 0;

  bool go_on = status == SOUP_STATUS_PARTIAL_CONTENT &&
               soup_message_headers_get_content_range (headers, &start, &end, &total) &&
               start == request->bytes;

  if (!go_on) {
    request->bytes = 0;
    total = soup_message_headers_get_content_length (headers);
  }

  request->total = total;
  g_free (request->etag);
  request->etag = g_strdup (soup_message_headers_get_one (headers, "ETag"));

  if (status == SOUP_STATUS_PARTIAL_CONTENT && !go_on) {
    finish (request, NULL, rai_sync_problem_connection (request->message, NULL));
  } else if (!open_output (request, go_on, &error)) {
    finish (request, NULL, error_storage (request, error));
  } else {
    if (!g_cancellable_is_cancelled (request->client->cancellable))
      request->calls.started (request->data, request->etag);
    read_more (request);
  }
}

static void
download_answered_cb (GObject *session, GAsyncResult *result, void *data) {
  Request *request = data;
  RaiSyncClient *self = request->client;
  g_autoptr (GError) error = NULL;
  request->input = soup_session_send_finish (SOUP_SESSION (session), result, &error);
  self->running--;

  if (request->input == NULL) {
    finish (request, NULL, rai_sync_problem_connection (request->message, error));
    return;
  }

  learn_skew (self, request->message);
  unsigned status = soup_message_get_status (request->message);
  if (status == SOUP_STATUS_OK || status == SOUP_STATUS_PARTIAL_CONTENT) {
    begin_download (request, status);
  } else if (status == SOUP_STATUS_REQUESTED_RANGE_NOT_SATISFIABLE && request->bytes > 0) {
    request->bytes = 0;
    g_clear_object (&request->input);
    send_request (request);
  } else if (!try_again (request)) {
    finish (request, NULL, rai_sync_problem_answer (request->message, NULL, false));
  }
}

void
rai_sync_client_download (RaiSyncClient *self, const char *path, const char *file, const char *etag,
                          const RaiSyncDownload *calls, void *data) {
  g_autoptr (GFile) handle = g_file_new_for_path (file);
  g_autoptr (GFileInfo) info = g_file_query_info (handle, G_FILE_ATTRIBUTE_STANDARD_SIZE,
                                                  G_FILE_QUERY_INFO_NONE, NULL, NULL);
  Request *request = new_request (self, "GET", path, NULL, calls->done, data);
  request->file = g_strdup (file);
  request->etag = g_strdup (etag);
  request->calls = *calls;
  request->bytes = info != NULL && etag != NULL ? g_file_info_get_size (info) : 0;
  send_request (request);
}

/* ---- Signing in and out ---- */

typedef struct {
  RaiSyncClient *client;
  bool known; /* this computer signed in with the name before, and can prove it */
  RaiSyncClientDone done;
  void *data;
} SignIn;

/* Without a proof a computer waits in line with all others that try passwords of the name. */
static GError *
with_others (const GError *error) {
  return g_error_new (
      RAI_SYNC_ERROR, RAI_SYNC_ERROR_TOO_MANY,
      "%s. It can take longer while others try passwords of this name: this computer "
      "has not signed in with it before",
      error->message);
}

static void
signed_in_cb (void *data, GBytes *body, const GError *error) {
  g_autofree SignIn *sign_in = data;
  g_autofree char *identity = NULL;
  if (body != NULL && take_tokens (sign_in->client, body, &identity) && identity != NULL) {
    g_autoptr (GBytes) bytes = g_bytes_new (identity, strlen (identity));
    sign_in->done (sign_in->data, bytes, NULL);
    return;
  }

  if (g_error_matches (error, RAI_SYNC_ERROR, RAI_SYNC_ERROR_TOO_MANY) && !sign_in->known) {
    g_autoptr (GError) longer = with_others (error);
    sign_in->done (sign_in->data, NULL, longer);
    return;
  }

  g_autoptr (GError) refused = g_error_new (
      RAI_SYNC_ERROR, error != NULL ? RAI_SYNC_ERROR_REFUSED : RAI_SYNC_ERROR_ADDRESS, "%s",
      error != NULL ? error->message : _ ("This address answers, but not as a RetailAI server"));

  bool keep = error != NULL && error->code != RAI_SYNC_ERROR_SIGNED_OUT;
  sign_in->done (sign_in->data, NULL, keep ? error : refused);
}

void
rai_sync_client_sign_in (RaiSyncClient *self, const char *password, const char *new_password,
                         RaiSyncClientDone done, void *data) {
  SignIn *sign_in = g_new0 (SignIn, 1);
  g_autofree char *proof = load_secret (self, RAI_SECRET_DEVICE_PROOF);
  *sign_in = (SignIn){ self, proof != NULL, done, data };
  g_autoptr (GString) json = g_string_new ("{\"login\":");
  rai_json_append_string (json, self->login);
  g_string_append (json, ",\"password\":");
  rai_json_append_string (json, password);
  g_string_append (json, ",\"device\":");
  rai_json_append_string (json, self->device);

  if (new_password != NULL) {
    g_string_append (json, ",\"new_password\":");
    rai_json_append_string (json, new_password);
  }

  if (proof != NULL) {
    g_string_append (json, ",\"device_proof\":");
    rai_json_append_string (json, proof);
  }

  g_string_append_c (json, '}');
  Request *request = new_request (self, "POST", "/v1/auth/login", json->str, signed_in_cb, sign_in);
  request->bare = true;
  send_request (request);
}

static void
ignore_cb (void *data, GBytes *body, const GError *error) {
}

void
rai_sync_client_sign_out (RaiSyncClient *self) {
  g_autofree char *token = load_secret (self, RAI_SECRET_REFRESH_TOKEN);
  if (token != NULL && self->access != NULL) {
    g_autoptr (GString) json = g_string_new ("{\"refresh_token\":");
    rai_json_append_string (json, token);
    g_string_append_c (json, '}');
    Request *request = new_request (self, "POST", "/v1/auth/logout", json->str, ignore_cb, NULL);
    request->retried = true;
    send_request (request);
  }

  save_secret (self, RAI_SECRET_REFRESH_TOKEN, NULL);
  g_clear_pointer (&self->access, g_free);
}

/* ---- Live ---- */

static void
live_message_cb (SoupWebsocketConnection *connection, int type, GBytes *message, void *data) {
  RaiSyncClient *self = data;
  size_t size;
  const char *text = g_bytes_get_data (message, &size);
  size_t i = 0;

  while (i < size && !g_ascii_isdigit (text[i]))
    i++;

  g_autofree char *digits = g_strndup (text + i, size - i);
  if (type == SOUP_WEBSOCKET_DATA_TEXT && *digits)
    self->on_live (self->live_data, g_ascii_strtoll (digits, NULL, 10));
}

static void
live_closed_cb (SoupWebsocketConnection *connection, void *data) {
  RaiSyncClient *self = data;
  if (connection == self->live) {
    g_signal_handlers_disconnect_by_data (connection, self);
    g_clear_object (&self->live);
    /* Asks what was missed, and finds out whether the server is there at all. */
    self->on_live (self->live_data, INT64_MAX);
  }
}

static void
live_connected_cb (GObject *session, GAsyncResult *result, void *data) {
  RaiSyncClient *self = data;
  self->running--;
  self->connecting = false;
  self->live = soup_session_websocket_connect_finish (SOUP_SESSION (session), result, NULL);
  if (self->live == NULL)
    return;

  soup_websocket_connection_set_keepalive_interval (self->live, 20);
  g_signal_connect (self->live, "message", G_CALLBACK (live_message_cb), self);
  g_signal_connect (self->live, "closed", G_CALLBACK (live_closed_cb), self);
}

void
rai_sync_client_watch (RaiSyncClient *self, RaiSyncClientLive live, void *data) {
  if (self->live != NULL || self->connecting || self->access == NULL)
    return;

  SoupMessage *message = new_message (self, "GET", "/v1/live");
  if (message == NULL)
    return;
  self->on_live = live;
  self->live_data = data;
  self->connecting = true;
  self->running++;
  soup_session_websocket_connect_async (self->session, message, NULL, NULL, G_PRIORITY_DEFAULT,
                                        self->cancellable, live_connected_cb, self);
  g_object_unref (message);
}

bool
rai_sync_client_is_live (RaiSyncClient *self) {
  return self->live != NULL;
}

int64_t
rai_sync_client_skew (RaiSyncClient *self) {
  return self->skew;
}

bool
rai_sync_client_knows_clock (RaiSyncClient *self) {
  return self->clock_known;
}

/* ---- Life ---- */

RaiSyncClient *
rai_sync_client_new (const char *server, const char *login, const char *device,
                     const RaiTokenStore *store) {
  RaiSyncClient *self = g_new0 (RaiSyncClient, 1);
  size_t length = strlen (server);
  while (length > 0 && server[length - 1] == '/')
    length--;

  self->server = g_strndup (server, length);
  self->login = g_strdup (login);
  self->device = g_strdup (device);
  self->store = *store;
  self->context = g_main_context_ref_thread_default ();
  self->session = soup_session_new_with_options ("timeout", TIMEOUT, "idle-timeout", 60,
                                                 "user-agent", "RetailAI/" RAI_VERSION, NULL);
  self->cancellable = g_cancellable_new ();
  self->parked = g_ptr_array_new ();

  return self;
}

void
rai_sync_client_free (RaiSyncClient *self) {
  if (self == NULL)
    return;
  if (self->live != NULL)
    g_signal_handlers_disconnect_by_data (self->live, self);

  g_clear_object (&self->live);
  g_cancellable_cancel (self->cancellable);
  soup_session_abort (self->session);
  while (self->running > 0)
    g_main_context_iteration (self->context, TRUE);
  for (unsigned i = 0; i < self->parked->len; i++)
    request_free (self->parked->pdata[i]);

  g_ptr_array_unref (self->parked);
  g_clear_object (&self->live);
  g_object_unref (self->session);
  g_object_unref (self->cancellable);
  g_main_context_unref (self->context);
  g_free (self->access);
  g_free (self->server);
  g_free (self->login);
  g_free (self->device);
  g_free (self);
}
