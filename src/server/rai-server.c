/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/rai-server.h"

#include "server/rai-entrance.h"
#include "server/rai-http-error.h"
#include "server/rai-log.h"
#include "server/rai-password.h"
#include "server/rai-pipeline.h"
#include "server/rai-request.h"
#include "server/rai-secrets.h"
#include "server/rai-token-family.h"
#include "sync/rai-sync-server.h"
#include "util/rai-clock.h"

#include <gio/gunixsocketaddress.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

/* Who owns what, and where it runs:
 *
 *   main thread      rai_server_new/free
 *   serving threads  RaiServerThread: SoupServer, messages, requests, reading connection
 *   writer           RaiWriter: the writing connection; server_notify_cb
 *   pools            RaiPool: password hashing; snapshots, changes
 *
 * A request is answered on the thread that received it, wherever the work was done. */

#define CACHE_BYTES (64 * 1024 * 1024)
#define LONGEST_HASHING 64
#define LONGEST_READING 256
#define DRAIN_SECONDS 5
#define IDLE_SECONDS 75

/* Slow clients, silent ones. */
static gboolean
drop_late_cb (void *data) {
  RaiServerThread *thread = data;

  rai_arrivals_check (thread->arrivals);
  return G_SOURCE_CONTINUE;
}

static void
handle_cb (SoupServer *soup, SoupServerMessage *message, const char *path, GHashTable *arguments,
           void *data) {
  RaiServerThread *thread = data;

  rai_arrivals_got_body (thread->arrivals, message);
  rai_pipeline_handle (thread, message, path, arguments);
}

static void
early_cb (SoupServer *soup, SoupServerMessage *message, const char *path, GHashTable *arguments,
          void *data) {
  RaiServerThread *thread = data;

  rai_arrivals_got_headers (thread->arrivals, message, rai_entrance_most (path));
  rai_entrance_check (thread, message, path);
}

static void
live_cb (SoupServer *soup, SoupServerMessage *message, const char *path,
         SoupWebsocketConnection *connection, void *data) {
  RaiServerThread *thread = data;
  const char *token = rai_request_token (message);

  rai_arrivals_release (thread->arrivals, message, RAI_LIVE_PING_SECONDS);
  rai_crowd_pass (G_OBJECT (message), G_OBJECT (connection));
  rai_live_add (thread->live, connection, g_strdup (token != NULL ? token : ""),
                thread->server->revision);
}

RaiDb *
rai_server_thread_db (RaiServerThread *thread, GError **error) {
  if (thread->db == NULL)
    thread->db = rai_db_open (thread->server->options.url, RAI_DB_OPEN_READ_ONLY, error);
  return thread->db;
}

/* Every thread waits for the one queue of the kernel, on a dup() of the listening socket; whoever
 * is free takes the next connection. Another may have been quicker: libsoup's own listener would
 * then block, or stop to listen. */
static gboolean
accept_cb (GSocket *listener, GIOCondition condition, void *data) {
  RaiServerThread *thread = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GSocket) socket = g_socket_accept (listener, NULL, &error);

  if (socket != NULL)
    rai_arrivals_accept (thread->arrivals, socket);
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TOO_MANY_OPEN_FILES))
    g_usleep (G_USEC_PER_SEC / 100);
  return G_SOURCE_CONTINUE;
}

/* libsoup keeps connections alive as long as it listens somewhere. This is a place that nobody can
 * reach: a Unix socket in a folder of our own, whose name is gone at once. */
static bool
listen_nowhere (RaiServerThread *thread) {
  g_autofree char *folder = g_dir_make_tmp ("retailai-XXXXXX", &thread->error);
  g_autofree char *path = folder != NULL ? g_build_filename (folder, "socket", NULL) : NULL;
  g_autoptr (GSocketAddress) address = path != NULL ? g_unix_socket_address_new (path) : NULL;
  g_autoptr (GSocket) socket = path != NULL
                                   ? g_socket_new (G_SOCKET_FAMILY_UNIX, G_SOCKET_TYPE_STREAM,
                                                   G_SOCKET_PROTOCOL_DEFAULT, &thread->error)
                                   : NULL;

  bool good = socket != NULL && g_socket_bind (socket, address, FALSE, &thread->error) &&
              g_socket_listen (socket, &thread->error) &&
              soup_server_listen_socket (thread->soup, socket, 0, &thread->error);

  if (path != NULL)
    g_unlink (path);
  if (folder != NULL)
    g_rmdir (folder);

  return good;
}

static void
listen_here (RaiServerThread *thread) {
  if (!listen_nowhere (thread))
    return;

  int fd = dup (g_socket_get_fd (thread->server->socket));
  g_autoptr (GSocket) socket = fd < 0 ? NULL : g_socket_new_from_fd (fd, &thread->error);

  if (fd < 0)
    g_set_error_literal (&thread->error, G_IO_ERROR, G_IO_ERROR_TOO_MANY_OPEN_FILES,
                         "too many open files");

  if (socket == NULL)
    return;
  g_socket_set_blocking (socket, FALSE);
  thread->accepting = g_socket_create_source (socket, G_IO_IN, NULL);
  g_source_set_callback (thread->accepting, G_SOURCE_FUNC (accept_cb), thread, NULL);
  g_source_attach (thread->accepting, thread->context);
}

static void
thread_open (RaiServerThread *thread) {
  if (rai_server_thread_db (thread, &thread->error) == NULL)
    return;
  thread->auth = rai_auth_new (&thread->server->key);
  thread->live = rai_live_new ();
  thread->soup = soup_server_new (NULL, NULL);
  thread->arrivals = rai_arrivals_new (thread->soup, thread->server->options.timeout, IDLE_SECONDS,
                                       thread->server->options.behind_proxy);
  soup_server_add_early_handler (thread->soup, NULL, early_cb, thread, NULL);
  soup_server_add_handler (thread->soup, NULL, handle_cb, thread, NULL);
  soup_server_add_handler (thread->soup, "/v1/live", handle_cb, thread, NULL);
  soup_server_add_websocket_handler (thread->soup, "/v1/live", NULL, NULL, live_cb, thread, NULL);
  listen_here (thread);
}

static void
thread_close (RaiServerThread *thread) {
  if (thread->accepting != NULL)
    g_source_destroy (thread->accepting);
  g_clear_pointer (&thread->accepting, g_source_unref);
  g_clear_pointer (&thread->live, rai_live_free);
  if (thread->soup != NULL)
    soup_server_disconnect (thread->soup);
  while (g_main_context_iteration (thread->context, FALSE))
    ;

  g_clear_pointer (&thread->arrivals, rai_arrivals_free);
  g_clear_object (&thread->soup);
  g_clear_pointer (&thread->auth, rai_auth_free);
  g_clear_pointer (&thread->db, rai_db_close);
}

typedef struct {
  RaiServerThread *thread;
  GAsyncQueue *ready;
} Start;

static void *
serving_thread (void *data) {
  g_autofree Start *start = data;
  RaiServerThread *thread = start->thread;
  GSource *timer = g_timeout_source_new_seconds (1);

  g_main_context_push_thread_default (thread->context);
  thread_open (thread);

  bool opened = thread->error == NULL;
  g_async_queue_push (start->ready, thread);
  if (opened) {
    g_source_set_callback (timer, drop_late_cb, thread, NULL);
    g_source_attach (timer, thread->context);
    g_main_loop_run (thread->loop);
    g_source_destroy (timer);
  }

  g_source_unref (timer);
  thread_close (thread);
  g_main_context_pop_thread_default (thread->context);

  return NULL;
}

/* Runs func on the thread's own loop, never here: g_main_context_invoke would run it at once while
 * no loop does. */
static void
post (RaiServerThread *thread, GSourceFunc func, void *data) {
  GSource *source = g_idle_source_new ();

  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, func, data, NULL);
  g_source_attach (source, thread->context);
  g_source_unref (source);
}

static gboolean
quit_cb (void *data) {
  g_main_loop_quit (data);
  return G_SOURCE_REMOVE;
}

static gboolean
notify_cb (void *data) {
  RaiServerThread *thread = data;
  RaiServer *server = thread->server;
  RaiDb *db = thread->live != NULL && rai_live_count (thread->live) > 0
                  ? rai_server_thread_db (thread, NULL)
                  : NULL;

  if (db != NULL)
    rai_live_notify (thread->live, thread->auth, db, server->revision, server->epoch);
  return G_SOURCE_REMOVE;
}

/* On the writer's thread. */
static void
server_notify_cb (int64_t revision, void *data) {
  RaiServer *server = data;

  server->revision = revision;
  for (unsigned i = 0; server->threads != NULL && i < server->threads->len; i++) {
    RaiServerThread *thread = server->threads->pdata[i];
    post (thread, notify_cb, thread);
  }
}

static GSocketAddress *
parse_address (const char *listen, GError **error) {
  g_autoptr (GSocketConnectable) place = g_network_address_parse (listen, 0, NULL);
  g_autoptr (GInetAddress) inet = NULL;

  if (place != NULL) {
    const char *host = g_network_address_get_hostname (G_NETWORK_ADDRESS (place));
    inet = g_inet_address_new_from_string (strcmp (host, "localhost") == 0 ? "127.0.0.1" : host);
  }

  /* What ends with the colon has no port, and would get any. */
  if (inet == NULL || g_str_has_suffix (listen, ":")) {
    g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                 "“%s” is no address to listen on: it looks like 127.0.0.1:8080", listen);
    return NULL;
  }

  return g_inet_socket_address_new (inet, g_network_address_get_port (G_NETWORK_ADDRESS (place)));
}

bool
rai_server_is_loopback (const char *listen) {
  g_autoptr (GSocketAddress) address = parse_address (listen, NULL);

  return address == NULL || g_inet_address_get_is_loopback (g_inet_socket_address_get_address (
                                G_INET_SOCKET_ADDRESS (address)));
}

static bool
open_socket (RaiServer *server, GError **error) {
  const char *listen = server->options.listen;
  g_autoptr (GSocketAddress) address = parse_address (listen, error), bound = NULL;
  g_autoptr (GSocket) socket = NULL;

  if (address == NULL)
    return false;
  socket = g_socket_new (g_socket_address_get_family (address), G_SOCKET_TYPE_STREAM,
                         G_SOCKET_PROTOCOL_TCP, error);
  if (socket == NULL)
    return false;

  g_socket_set_listen_backlog (socket, 1024);
  if (!g_socket_bind (socket, address, TRUE, error) || !g_socket_listen (socket, error)) {
    g_prefix_error (error, "cannot listen on %s: ", listen);
    return false;
  }

  bound = g_socket_get_local_address (socket, error);
  if (bound == NULL)
    return false;
  server->address = g_socket_connectable_to_string (G_SOCKET_CONNECTABLE (bound));
  server->socket = g_steal_pointer (&socket);

  return true;
}

static bool
prepare_database (RaiServer *server, GError **error) {
  g_autoptr (RaiDb) db = rai_db_open (server->options.url, 0, error);
  int64_t revision;

  if (db == NULL || !rai_sync_server_prepare (db, error) ||
      !rai_secrets_load (db, &server->key, error) || !rai_db_begin_write (db, error))
    return false;

  if (!rai_token_family_sweep (db, rai_now_ms (), error) || !rai_db_commit (db, error)) {
    rai_db_rollback (db);
    return false;
  }

  if (!rai_db_last_revision (db, &revision, error))
    return false;
  server->revision = revision;

  return true;
}

/* All of them before the writer, which tells them of revisions. */
static void
make_threads (RaiServer *server) {
  server->threads = g_ptr_array_new ();
  for (unsigned i = 0; i < server->options.n_threads; i++) {
    RaiServerThread *thread = g_new0 (RaiServerThread, 1);
    thread->server = server;
    thread->context = g_main_context_new ();
    thread->loop = g_main_loop_new (thread->context, FALSE);
    g_ptr_array_add (server->threads, thread);
  }
}

static bool
start_threads (RaiServer *server, GError **error) {
  g_autoptr (GAsyncQueue) ready = g_async_queue_new ();
  bool good = true;

  for (unsigned i = 0; i < server->threads->len; i++) {
    Start *start = g_new0 (Start, 1);
    *start = (Start){ .thread = server->threads->pdata[i], .ready = ready };
    start->thread->thread = g_thread_new ("serve", serving_thread, start);
  }

  for (unsigned i = 0; i < server->threads->len; i++) {
    RaiServerThread *thread = g_async_queue_pop (ready);
    if (thread->error != NULL && good) {
      g_propagate_error (error, g_error_copy (thread->error));
      good = false;
    }
  }

  return good;
}

static void
warm_hashing (RaiDb *db, void *data) {
  rai_password_verify (NULL, "", NULL);
}

static bool
check_folder (const char *folder, GError **error) {
  if (!g_file_test (folder, G_FILE_TEST_EXISTS) || g_file_test (folder, G_FILE_TEST_IS_DIR))
    return true;
  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
               "%s is no folder: files cannot be kept in it", folder);
  return false;
}

RaiServer *
rai_server_new (const RaiServerOptions *options, GError **error) {
  g_autoptr (RaiServer) server = g_new0 (RaiServer, 1);
  unsigned n = g_get_num_processors ();

  server->options = *options;
  server->options.url = g_strdup (options->url);
  server->options.listen = g_strdup (options->listen);
  server->options.snapshots = g_strdup (options->snapshots);
  server->options.uploads = g_strdup (options->uploads);
  if (options->n_threads == 0)
    server->options.n_threads = n;

  server->started_at = rai_now_ms ();
  server->cache = rai_cache_new (CACHE_BYTES);
  server->limits = rai_limits_new ();
  server->lockout = rai_lockout_new (server->limits);
  server->crowd = rai_crowd_new ();
  server->metrics = rai_metrics_new (rai_pipeline_rows ());
  if (!check_folder (options->snapshots, error) || !check_folder (options->uploads, error) ||
      !prepare_database (server, error) || !open_socket (server, error))
    return NULL;

  server->hashing = rai_pool_new ("hash", n, LONGEST_HASHING, 10, NULL);
  server->readers = rai_pool_new ("read", n, LONGEST_READING, 5, options->url);
  rai_pool_push (server->hashing, warm_hashing, NULL);
  server->jobs = rai_jobs_new (options->url);
  server->uploads = rai_uploads_new (options->uploads);
  server->imports = rai_imports_new (options->url, server->uploads, server->jobs);
  make_threads (server);
  server->writer = rai_writer_new (options->url, server_notify_cb, server, error);
  if (server->writer == NULL || !start_threads (server, error))
    return NULL;

  return g_steal_pointer (&server);
}

static void
stop_threads (RaiServer *server) {
  for (int i = 0; i < DRAIN_SECONDS * 100 && server->n_active > 0; i++)
    g_usleep (G_USEC_PER_SEC / 100);
  for (unsigned i = 0; server->threads != NULL && i < server->threads->len; i++) {
    RaiServerThread *thread = server->threads->pdata[i];
    if (thread->thread == NULL)
      continue;
    post (thread, quit_cb, thread->loop);
    g_thread_join (thread->thread);
  }
}

static void
free_threads (RaiServer *server) {
  for (unsigned i = 0; server->threads != NULL && i < server->threads->len; i++) {
    RaiServerThread *thread = server->threads->pdata[i];
    g_main_loop_unref (thread->loop);
    g_main_context_unref (thread->context);
    g_clear_error (&thread->error);
    g_free (thread);
  }
  g_clear_pointer (&server->threads, g_ptr_array_unref);
}

void
rai_server_free (RaiServer *server) {
  server->stopping = true;
  stop_threads (server);
  g_clear_pointer (&server->imports, rai_imports_free);
  g_clear_pointer (&server->jobs, rai_jobs_free);
  g_clear_pointer (&server->hashing, rai_pool_free);
  g_clear_pointer (&server->readers, rai_pool_free);
  g_clear_pointer (&server->writer, rai_writer_free);
  g_clear_pointer (&server->uploads, rai_uploads_free);
  free_threads (server);
  g_clear_object (&server->socket);
  g_clear_pointer (&server->cache, rai_cache_free);
  g_clear_pointer (&server->lockout, rai_lockout_free);
  g_clear_pointer (&server->limits, rai_limits_free);
  g_clear_pointer (&server->crowd, rai_crowd_free);
  g_clear_pointer (&server->metrics, rai_metrics_free);
  g_free (server->address);
  g_free (server->key.issuer);
  g_free ((char *) server->options.url);
  g_free ((char *) server->options.listen);
  g_free ((char *) server->options.snapshots);
  g_free ((char *) server->options.uploads);
  g_free (server);
}
