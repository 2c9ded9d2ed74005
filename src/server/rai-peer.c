/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/rai-peer.h"

#include <libsoup/soup.h>

#define KEY "retailai-peer"

/* What a client may send once its connection is a WebSocket: it has nothing to say but its answers
 * to our pings. A pong is at most 131 bytes by RFC 6455 and some 14 in practice; the rest is for
 * closing. libsoup bounds a frame, and keeps as many fragments of a message as come. */
#define SOCKET_BYTES 4096
#define SOCKET_BYTES_A_PING 64

/* ---- The reading side ---- */

#define RAI_TYPE_PEER_INPUT (rai_peer_input_get_type ())
G_DECLARE_FINAL_TYPE (RaiPeerInput, rai_peer_input, RAI, PEER_INPUT, GFilterInputStream)

struct _RaiPeerInput {
  GFilterInputStream parent;
  unsigned n_messages;
  bool released;
  int64_t released_at; /* monotonic microseconds */
  int64_t ping_every;  /* microseconds */
  int64_t received;    /* bytes since then */
  bool announced;      /* the end between two messages */
};

static GPollableInputStream *
base_of (GPollableInputStream *stream) {
  return G_POLLABLE_INPUT_STREAM (
      g_filter_input_stream_get_base_stream (G_FILTER_INPUT_STREAM (stream)));
}

static gboolean
rai_peer_input_can_poll (GPollableInputStream *stream) {
  return TRUE;
}

static gboolean
rai_peer_input_is_readable (GPollableInputStream *stream) {
  return g_pollable_input_stream_is_readable (base_of (stream));
}

static GSource *
rai_peer_input_create_source (GPollableInputStream *stream, GCancellable *cancellable) {
  /* Not wrapped once more: libsoup's callbacks do not look at the stream that they are given. */
  return g_pollable_input_stream_create_source (base_of (stream), cancellable);
}

static bool
says_too_much (RaiPeerInput *self, gssize n) {
  if (!self->released)
    return false;

  int64_t pings = (g_get_monotonic_time () - self->released_at) / self->ping_every;
  self->received += n;
  return self->received > SOCKET_BYTES + pings * SOCKET_BYTES_A_PING;
}

/* Before 3.3.0 (its commit d20c6601) libsoup did not let go of a connection that the client ended
 * between two requests. The version that runs counts, not the one that was compiled with. */
static bool
ends_are_missed (void) {
  return !soup_check_version (3, 3, 0);
}

static gssize
rai_peer_input_read_nonblocking (GPollableInputStream *stream, void *buffer, gsize count,
                                 GError **error) {
  RaiPeerInput *self = RAI_PEER_INPUT (stream);
  g_autoptr (GError) local = NULL;
  gssize n =
      g_pollable_input_stream_read_nonblocking (base_of (stream), buffer, count, NULL, &local);

  if (n > 0 && says_too_much (self, n))
    return 0; /* as if the client had hung up */

  bool ended = n == 0 || (n < 0 && !g_error_matches (local, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK));

  if (ended && ends_are_missed () && self->n_messages == 0 && !self->released && !self->announced &&
      count > 0) {
    self->announced = true;
    *(char *) buffer = 'X';
    return 1;
  }

  if (local != NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  return n;
}

static void
input_pollable_init (GPollableInputStreamInterface *interface) {
  interface->can_poll = rai_peer_input_can_poll;
  interface->is_readable = rai_peer_input_is_readable;
  interface->create_source = rai_peer_input_create_source;
  interface->read_nonblocking = rai_peer_input_read_nonblocking;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (RaiPeerInput, rai_peer_input, G_TYPE_FILTER_INPUT_STREAM,
                               G_IMPLEMENT_INTERFACE (G_TYPE_POLLABLE_INPUT_STREAM,
                                                      input_pollable_init))

static void
rai_peer_input_class_init (RaiPeerInputClass *klass) {
}

static void
rai_peer_input_init (RaiPeerInput *self) {
}

/* ---- The connection ---- */

struct _RaiPeer {
  GIOStream parent;
  GSocketConnection *connection;
  RaiPeerInput *input;
  int64_t deadline;
};

G_DEFINE_FINAL_TYPE (RaiPeer, rai_peer, G_TYPE_IO_STREAM)

static GInputStream *
rai_peer_get_input_stream (GIOStream *stream) {
  return G_INPUT_STREAM (RAI_PEER (stream)->input);
}

static GOutputStream *
rai_peer_get_output_stream (GIOStream *stream) {
  return g_io_stream_get_output_stream (G_IO_STREAM (RAI_PEER (stream)->connection));
}

static gboolean
rai_peer_close (GIOStream *stream, GCancellable *cancellable, GError **error) {
  return g_io_stream_close (G_IO_STREAM (RAI_PEER (stream)->connection), cancellable, error);
}

/* Closing a socket does not wait: no thread is needed. */
static void
rai_peer_close_async (GIOStream *stream, int priority, GCancellable *cancellable,
                      GAsyncReadyCallback callback, void *data) {
  g_autoptr (GTask) task = g_task_new (stream, cancellable, callback, data);
  GError *error = NULL;

  if (rai_peer_close (stream, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static gboolean
rai_peer_close_finish (GIOStream *stream, GAsyncResult *result, GError **error) {
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
rai_peer_finalize (GObject *object) {
  RaiPeer *self = RAI_PEER (object);

  g_clear_object (&self->input);
  g_clear_object (&self->connection);
  G_OBJECT_CLASS (rai_peer_parent_class)->finalize (object);
}

static void
rai_peer_class_init (RaiPeerClass *klass) {
  GIOStreamClass *stream_class = G_IO_STREAM_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = rai_peer_finalize;
  stream_class->get_input_stream = rai_peer_get_input_stream;
  stream_class->get_output_stream = rai_peer_get_output_stream;
  stream_class->close_fn = rai_peer_close;
  stream_class->close_async = rai_peer_close_async;
  stream_class->close_finish = rai_peer_close_finish;
}

static void
rai_peer_init (RaiPeer *self) {
  self->deadline = G_MAXINT64;
}

RaiPeer *
rai_peer_new (GSocketConnection *connection) {
  RaiPeer *self = g_object_new (RAI_TYPE_PEER, NULL);

  self->connection = g_object_ref (connection);
  self->input = g_object_new (RAI_TYPE_PEER_INPUT, "base-stream",
                              g_io_stream_get_input_stream (G_IO_STREAM (connection)),
                              "close-base-stream", FALSE, NULL);
  return self;
}

void
rai_peer_mark (RaiPeer *peer, GSocketAddress *address) {
  g_object_set_data_full (G_OBJECT (address), KEY, g_object_ref (peer), g_object_unref);
}

RaiPeer *
rai_peer_of (GSocketAddress *address) {
  return address != NULL ? g_object_get_data (G_OBJECT (address), KEY) : NULL;
}

void
rai_peer_enter (RaiPeer *peer) {
  peer->input->n_messages++;
}

void
rai_peer_leave (RaiPeer *peer) {
  g_return_if_fail (peer->input->n_messages > 0);
  peer->input->n_messages--;
}

void
rai_peer_release (RaiPeer *peer, int ping_seconds) {
  peer->input->released = true;
  peer->input->released_at = g_get_monotonic_time ();
  peer->input->ping_every = (int64_t) ping_seconds * G_USEC_PER_SEC;
  peer->deadline = G_MAXINT64;
}

bool
rai_peer_is_released (const RaiPeer *peer) {
  return peer->input->released;
}

void
rai_peer_shut (RaiPeer *peer) {
  peer->deadline = G_MAXINT64;
  g_socket_shutdown (g_socket_connection_get_socket (peer->connection), TRUE, TRUE, NULL);
}

void
rai_peer_set_deadline (RaiPeer *peer, int64_t deadline) {
  if (!peer->input->released)
    peer->deadline = deadline;
}

void
rai_peer_check (RaiPeer *peer, int64_t now) {
  if (now > peer->deadline)
    rai_peer_shut (peer);
}
