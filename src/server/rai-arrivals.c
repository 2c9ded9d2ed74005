/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/rai-arrivals.h"

#include "server/rai-crowd.h"
#include "server/rai-peer.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string.h>

/* Connections of a serving thread that owe us a request: each makes every turn of the loop dearer,
 * for poll looks at them all. Of one address, so many as its browser or its shop's router has in
 * use; the one that is silent longest goes first. */
#define IDLE_EACH 64
#define IDLE_ALL 256

/* A connection, and how long it has been silent. */
typedef struct {
  RaiPeer *peer;
  char *address; /* as limits name it; NULL: a proxy's, which is not counted */
  GList *silent; /* in RaiArrivals.silent; NULL: a request of it is under way */
} Arrival;

struct _RaiArrivals {
  SoupServer *soup;
  bool behind_proxy;
  GHashTable *peers;    /* connection, not owned: they leave by themselves -> Arrival */
  GQueue silent;        /* of Arrival, the longest silent first */
  GHashTable *n_silent; /* address -> GUINT_TO_POINTER (count) */
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

static void
count_silent (RaiArrivals *arrivals, const Arrival *arrival, int change) {
  unsigned count =
      GPOINTER_TO_UINT (g_hash_table_lookup (arrivals->n_silent, arrival->address)) + change;

  if (count > 0)
    g_hash_table_insert (arrivals->n_silent, g_strdup (arrival->address), GUINT_TO_POINTER (count));
  else
    g_hash_table_remove (arrivals->n_silent, arrival->address);
}

static void
end_silence (RaiArrivals *arrivals, Arrival *arrival) {
  if (arrival->silent == NULL)
    return;
  g_queue_delete_link (&arrivals->silent, g_steal_pointer (&arrival->silent));
  count_silent (arrivals, arrival, -1);
}

/* The longest silent one, of an address or (NULL) of all. */
static void
drop_silent (RaiArrivals *arrivals, const char *address) {
  for (GList *link = arrivals->silent.head; link != NULL; link = link->next) {
    Arrival *arrival = link->data;
    if (address != NULL && strcmp (arrival->address, address) != 0)
      continue;
    end_silence (arrivals, arrival);
    rai_peer_shut (arrival->peer);
    return;
  }
}

static void
begin_silence (RaiArrivals *arrivals, Arrival *arrival) {
  if (arrival->address == NULL || arrival->silent != NULL)
    return;
  g_queue_push_tail (&arrivals->silent, arrival);
  arrival->silent = arrivals->silent.tail;
  count_silent (arrivals, arrival, 1);

  if (GPOINTER_TO_UINT (g_hash_table_lookup (arrivals->n_silent, arrival->address)) > IDLE_EACH)
    drop_silent (arrivals, arrival->address);
  else if (arrivals->silent.length > IDLE_ALL)
    drop_silent (arrivals, NULL);
}

static Arrival *
arrival_of (RaiArrivals *arrivals, SoupServerMessage *message) {
  RaiPeer *peer = rai_peer_of (soup_server_message_get_remote_address (message));

  return peer != NULL ? g_hash_table_lookup (arrivals->peers, peer) : NULL;
}

/* Not at "finished", which a message that became a WebSocket never is. */
static void
message_gone_cb (void *data, GObject *message) {
  Message *self = data;

  Arrival *arrival = g_hash_table_lookup (self->arrivals->peers, self->peer);

  rai_peer_set_deadline (self->peer, g_get_monotonic_time () + self->arrivals->idle);
  if (arrival != NULL && !rai_peer_is_released (self->peer))
    begin_silence (self->arrivals, arrival);
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
  Arrival *arrival = arrival_of (arrivals, message);

  if (arrival != NULL)
    end_silence (arrivals, arrival);
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

static void
arrival_free (void *data) {
  Arrival *arrival = data;

  g_free (arrival->address);
  g_free (arrival);
}

RaiArrivals *
rai_arrivals_new (SoupServer *soup, int timeout, int idle, bool behind_proxy) {
  RaiArrivals *arrivals = g_new0 (RaiArrivals, 1);

  arrivals->soup = g_object_ref (soup);
  arrivals->behind_proxy = behind_proxy;
  arrivals->peers = g_hash_table_new_full (NULL, NULL, NULL, arrival_free);
  arrivals->n_silent = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  arrivals->messages = g_hash_table_new (NULL, NULL);
  arrivals->timeout = (int64_t) timeout * G_USEC_PER_SEC;
  arrivals->idle = (int64_t) idle * G_USEC_PER_SEC;
  g_signal_connect (soup, "request-started", G_CALLBACK (request_started_cb), arrivals);
  return arrivals;
}

static void
peer_gone_cb (void *data, GObject *peer) {
  RaiArrivals *arrivals = data;
  Arrival *arrival = g_hash_table_lookup (arrivals->peers, peer);

  if (arrival != NULL)
    end_silence (arrivals, arrival);
  g_hash_table_remove (arrivals->peers, peer);
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

  g_queue_clear (&arrivals->silent);
  g_hash_table_unref (arrivals->n_silent);
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
  Arrival *arrival = g_new0 (Arrival, 1);
  arrival->peer = peer;
  if (!arrivals->behind_proxy && G_IS_INET_SOCKET_ADDRESS (remote))
    arrival->address =
        rai_crowd_address (g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (remote)));
  g_hash_table_insert (arrivals->peers, peer, arrival);
  begin_silence (arrivals, arrival);
  g_object_weak_ref (G_OBJECT (peer), peer_gone_cb, arrivals);
  soup_server_accept_iostream (arrivals->soup, G_IO_STREAM (peer), local, remote, NULL);
}

void
rai_arrivals_release (RaiArrivals *arrivals, SoupServerMessage *message, int ping_seconds) {
  RaiPeer *peer = rai_peer_of (soup_server_message_get_remote_address (message));

  if (peer != NULL)
    rai_peer_release (peer, ping_seconds);
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
