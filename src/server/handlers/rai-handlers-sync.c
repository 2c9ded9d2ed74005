/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/handlers/rai-handlers-sync.h"

#include "server/rai-http-error.h"
#include "sync/rai-sync-server.h"

#include <string.h>

/* The routes of sync: they move the bytes that sync/rai-sync-server.h makes. Both may take longer
 * than a thread that serves can wait, and run on the readers' pool. */

typedef struct {
  RaiRequest *request;
  RaiServer *server;
  RaiIdentity *caller;
  char *place; /* in the server's crowd, while it is made */
  char *directory;
  char *etag; /* If-Range */
  char *scope;
  char *epoch;
  int64_t since;
  RaiSyncSnapshot *snapshot;
  GBytes *bytes;
  GError *error;
} Pull;

static void
pull_free (Pull *pull) {
  if (pull->place != NULL)
    rai_crowd_leave (pull->server->crowd, pull->place);
  g_free (pull->place);
  rai_identity_free (pull->caller);
  g_free (pull->directory);
  g_free (pull->etag);
  g_free (pull->scope);
  g_free (pull->epoch);
  g_clear_pointer (&pull->snapshot, rai_sync_snapshot_free);
  g_clear_pointer (&pull->bytes, g_bytes_unref);
  g_clear_error (&pull->error);
  g_free (pull);
}

static Pull *
pull_new (RaiRequest *request) {
  Pull *pull = g_new0 (Pull, 1);

  pull->request = request;
  pull->server = request->server;
  pull->caller = rai_identity_copy (request->sign_in->identity);
  return pull;
}

static bool
check_db (RaiDb *db, Pull *pull) {
  if (db == NULL)
    g_set_error_literal (&pull->error, RAI_DB_ERROR, RAI_DB_ERROR_LOST, "no connection");
  return db != NULL;
}

/* The answer comes back to this thread, so it cannot overtake the defer. */
static void
start (Pull *pull, RaiPoolFunc func) {
  RaiRequest *request = pull->request;

  if (rai_pool_push (request->server->readers, func, pull)) {
    rai_request_defer (request);
    return;
  }

  pull_free (pull);
  rai_request_fail (request,
                    g_error_new_literal (RAI_HTTP_ERROR, RAI_HTTP_ERROR_TOO_MANY,
                                         "too many clients fetch at this moment: wait a little"));
}

static GBytes *
map_file (const char *path, GError **error) {
  g_autoptr (GMappedFile) file = g_mapped_file_new (path, FALSE, error);

  return file != NULL ? g_mapped_file_get_bytes (file) : NULL;
}

static void
reply_snapshot (RaiRequest *request, void *data) {
  Pull *pull = data;
  SoupMessageHeaders *wanted = soup_server_message_get_request_headers (request->message);
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (request->message);

  if (pull->error != NULL) {
    rai_request_fail (request, g_steal_pointer (&pull->error));
  } else {
    g_autofree char *revision = g_strdup_printf ("%" G_GINT64_FORMAT, pull->snapshot->revision);
    soup_message_headers_replace (headers, "ETag", pull->snapshot->etag);
    soup_message_headers_replace (headers, "Accept-Ranges", "bytes");
    soup_message_headers_replace (headers, "X-Revision", revision);
    /* Parts of another file are of no use to the caller: it gets this one whole. libsoup cuts out
     * the range. */
    if (pull->etag != NULL && strcmp (pull->etag, pull->snapshot->etag) != 0)
      soup_message_headers_remove (wanted, "Range");
    rai_request_reply (request, 200, "application/zstd", g_steal_pointer (&pull->bytes));
  }

  pull_free (pull);
}

static void
make_snapshot (RaiDb *db, void *data) {
  Pull *pull = data;

  if (check_db (db, pull))
    pull->snapshot =
        rai_sync_server_snapshot (db, pull->caller, pull->directory, pull->etag, &pull->error);
  if (pull->snapshot != NULL)
    pull->bytes = map_file (pull->snapshot->path, &pull->error);
  rai_request_resume (pull->request, reply_snapshot, pull);
}

void
rai_handle_snapshot (RaiRequest *request) {
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (request->message);
  g_autofree char *scope = rai_sync_scope (request->sign_in->identity);
  g_autofree char *place = g_strconcat ("snapshots/", scope, NULL);
  GError *error = NULL;

  /* One of a scope is made at a time: who comes meanwhile finds it finished a moment later. */
  if (!rai_crowd_enter (request->server->crowd, place, 1)) {
    rai_request_too_many (request, 1, &error);
    rai_request_fail (request, error);
    return;
  }

  Pull *pull = pull_new (request);
  pull->place = g_steal_pointer (&place);
  pull->directory = g_strdup (request->server->options.snapshots);
  pull->etag = g_strdup (soup_message_headers_get_one (headers, "If-Range"));
  start (pull, make_snapshot);
}

static void
reply_changes (RaiRequest *request, void *data) {
  Pull *pull = data;

  if (pull->error != NULL)
    rai_request_fail (request, g_steal_pointer (&pull->error));
  else
    rai_request_reply (request, 200, "application/zstd", g_steal_pointer (&pull->bytes));
  pull_free (pull);
}

static void
make_changes (RaiDb *db, void *data) {
  Pull *pull = data;

  if (check_db (db, pull))
    pull->bytes = rai_sync_server_changes (db, pull->caller, pull->since, pull->scope, pull->epoch,
                                           &pull->error);
  rai_request_resume (pull->request, reply_changes, pull);
}

void
rai_handle_changes (RaiRequest *request) {
  const char *since = rai_request_argument (request, "since");
  int64_t revision = 0;

  if (since != NULL && !g_ascii_string_to_signed (since, 10, 0, G_MAXINT64, &revision, NULL)) {
    rai_request_fail (request, g_error_new (RAI_HTTP_ERROR, RAI_HTTP_ERROR_MALFORMED,
                                            "“since” must be a revision, not “%s”", since));
    return;
  }

  Pull *pull = pull_new (request);
  pull->since = revision;
  pull->scope = g_strdup (rai_request_argument (request, "scope"));
  pull->epoch = g_strdup (rai_request_argument (request, "epoch"));
  start (pull, make_changes);
}

/* WebSockets that are open at once, of an account, of an address and in all: the others poll. They
 * cost a connection each for as long as they last. */
#define SOCKETS_OF_ACCOUNT 32
#define SOCKETS_OF_ADDRESS 128
#define SOCKETS 4096
/* Seconds after which it is worth to try again. */
#define SOCKET_RETRY 60

static bool
take_places (RaiRequest *request, GError **error) {
  RaiCrowd *crowd = request->server->crowd;
  GObject *message = G_OBJECT (request->message);
  g_autofree char *address = rai_request_address (request);
  g_autofree char *of_address = g_strconcat ("sockets/", address, NULL);
  g_autofree char *of_account =
      g_strdup_printf ("sockets/account/%" G_GINT64_FORMAT, request->sign_in->identity->account_id);

  if (request->server->options.rate == 0 ||
      (rai_crowd_enter_for (crowd, message, of_account, SOCKETS_OF_ACCOUNT) &&
       rai_crowd_enter_for (crowd, message, of_address, SOCKETS_OF_ADDRESS) &&
       rai_crowd_enter_for (crowd, message, "sockets", SOCKETS)))
    return true;

  return rai_request_too_many (request, SOCKET_RETRY, error);
}

/* The pipeline has let the caller in: libsoup goes on with the handshake when no status is set. */
void
rai_handle_live (RaiRequest *request) {
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (request->message);

  GError *error = NULL;

  if (!soup_message_headers_header_contains (headers, "Upgrade", "websocket"))
    g_set_error_literal (&error, RAI_HTTP_ERROR, RAI_HTTP_ERROR_MALFORMED,
                         "this is a WebSocket: ask for “Upgrade: websocket”");
  else
    take_places (request, &error);

  if (error != NULL)
    rai_request_fail (request, error);
}
