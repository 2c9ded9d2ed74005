/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/rai-arrivals.h"

#include "server/rai-peer.h"

#include <netinet/in.h>
#include <netinet/tcp.h>

struct _RaiArrivals {
  SoupServer *soup;
  GHashTable *peers;    /* the set of connections, not owned: they leave by themselves */
  GHashTable *messages; /* the set of Message, likewise */
  int64_t timeout;      /* microseconds */
  int64_t idle;
};

/* From its first byte, or the connection's beginning, to its end. */
typedef struct {
  RaiArrivals *arrivals;
  SoupServerMessage *message;
  RaiPeer *peer;
} Message;

/* A body without a length in front. */
typedef struct {
  size_t received;
  size_t most;
} Body;

static void
message_free (Message *self) {
  rai_peer_leave (self->peer);
  g_object_unref (self->peer);
  g_free (self);
}

/* Not at "finished", which a message that became a WebSocket never is. */
static void
message_gone_cb (void *data, GObject *message) {
  Message *self = data;

  rai_peer_set_deadline (self->peer, g_get_monotonic_time () + self->arrivals->idle);
  g_hash_table_remove (self->arrivals->messages, self);
  message_free (self);
}

/* It is kept until it is too long; the pipeline refuses it then. */
static void
got_chunk_cb (SoupServerMessage *message, GBytes *chunk, Body *body) {
  body->received += g_bytes_get_size (chunk);
  if (body->received > body->most)
    soup_message_body_set_accumulate (soup_server_message_get_request_body (message), FALSE);
}

static void
free_body (void *data, GClosure *closure) {
  g_free (data);
}

void
rai_arrivals_got_headers (RaiArrivals *arrivals, SoupServerMessage *message, size_t most) {
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);

  if (soup_message_headers_get_encoding (headers) == SOUP_ENCODING_CONTENT_LENGTH ||
      soup_message_headers_get_encoding (headers) == SOUP_ENCODING_NONE)
    return;
  Body *body = g_new0 (Body, 1);
  body->most = most;
  g_signal_connect_data (message, "got-chunk", G_CALLBACK (got_chunk_cb), body, free_body, 0);
}

/* It is whole: what remains is ours to make, and its client's to fetch. */
void
rai_arrivals_got_body (RaiArrivals *arrivals, SoupServerMessage *message) {
  RaiPeer *peer = rai_peer_of (soup_server_message_get_remote_address (message));

  if (peer != NULL)
    rai_peer_set_deadline (peer, G_MAXINT64);
}

static void
request_started_cb (SoupServer *soup, SoupServerMessage *message, RaiArrivals *arrivals) {
  RaiPeer *peer = rai_peer_of (soup_server_message_get_remote_address (message));

  if (peer == NULL)
    return;
  Message *self = g_new0 (Message, 1);
  *self = (Message){ .arrivals = arrivals, .message = message, .peer = g_object_ref (peer) };
  rai_peer_enter (peer);
  rai_peer_set_deadline (peer, g_get_monotonic_time () + arrivals->timeout);
  g_hash_table_add (arrivals->messages, self);
  g_object_weak_ref (G_OBJECT (message), message_gone_cb, self);
}

RaiArrivals *
rai_arrivals_new (SoupServer *soup, int timeout, int idle) {
  RaiArrivals *arrivals = g_new0 (RaiArrivals, 1);

  arrivals->soup = g_object_ref (soup);
  arrivals->peers = g_hash_table_new (NULL, NULL);
  arrivals->messages = g_hash_table_new (NULL, NULL);
  arrivals->timeout = (int64_t) timeout * G_USEC_PER_SEC;
  arrivals->idle = (int64_t) idle * G_USEC_PER_SEC;
  g_signal_connect (soup, "request-started", G_CALLBACK (request_started_cb), arrivals);
  return arrivals;
}

static void
peer_gone_cb (void *data, GObject *peer) {
  g_hash_table_remove (((RaiArrivals *) data)->peers, peer);
}

void
rai_arrivals_free (RaiArrivals *arrivals) {
  GHashTableIter iter;
  gpointer item;

  g_signal_handlers_disconnect_by_data (arrivals->soup, arrivals);
  g_hash_table_iter_init (&iter, arrivals->messages);
  while (g_hash_table_iter_next (&iter, &item, NULL)) {
    Message *self = item;
    g_object_weak_unref (G_OBJECT (self->message), message_gone_cb, self);
    message_free (self);
  }

  g_hash_table_unref (arrivals->messages);
  g_hash_table_iter_init (&iter, arrivals->peers);
  while (g_hash_table_iter_next (&iter, &item, NULL))
    g_object_weak_unref (G_OBJECT (item), peer_gone_cb, arrivals);

  g_hash_table_unref (arrivals->peers);
  g_object_unref (arrivals->soup);
  g_free (arrivals);
}

void
rai_arrivals_accept (RaiArrivals *arrivals, GSocket *socket) {
  g_autoptr (GSocketConnection) connection = g_socket_connection_factory_create_connection (socket);
  g_autoptr (GSocketAddress) local = g_socket_get_local_address (socket, NULL);
  g_autoptr (GSocketAddress) remote = g_socket_get_remote_address (socket, NULL);

  if (local == NULL || remote == NULL)
    return;
  g_autoptr (RaiPeer) peer = rai_peer_new (connection);
  g_socket_set_option (socket, IPPROTO_TCP, TCP_NODELAY, 1, NULL);
  rai_peer_mark (peer, remote);
  g_hash_table_add (arrivals->peers, peer);
  g_object_weak_ref (G_OBJECT (peer), peer_gone_cb, arrivals);
  soup_server_accept_iostream (arrivals->soup, G_IO_STREAM (peer), local, remote, NULL);
}

void
rai_arrivals_release (RaiArrivals *arrivals, SoupServerMessage *message) {
  RaiPeer *peer = rai_peer_of (soup_server_message_get_remote_address (message));

  if (peer != NULL)
    rai_peer_release (peer);
}

void
rai_arrivals_check (RaiArrivals *arrivals) {
  int64_t now = g_get_monotonic_time ();
  GHashTableIter iter;
  gpointer peer;

  g_hash_table_iter_init (&iter, arrivals->peers);
  while (g_hash_table_iter_next (&iter, &peer, NULL))
    rai_peer_check (peer, now);
}

unsigned
rai_arrivals_count (const RaiArrivals *arrivals) {
  return g_hash_table_size (arrivals->peers);
}
