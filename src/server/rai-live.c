/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/rai-live.h"

#include "server/rai-http-error.h"

typedef struct {
  RaiLive *live;
  SoupWebsocketConnection *connection;
  char *token;
} Listener;

struct _RaiLive {
  GPtrArray *listeners;
};

static void
listener_free (void *data) {
  Listener *listener = data;

  g_signal_handlers_disconnect_by_data (listener->connection, listener);
  g_object_unref (listener->connection);
  g_free (listener->token);
  g_free (listener);
}

RaiLive *
rai_live_new (void) {
  RaiLive *live = g_new0 (RaiLive, 1);

  live->listeners = g_ptr_array_new_with_free_func (listener_free);
  return live;
}

static void
close_listener (Listener *listener, unsigned short code, const char *reason) {
  if (soup_websocket_connection_get_state (listener->connection) == SOUP_WEBSOCKET_STATE_OPEN)
    soup_websocket_connection_close (listener->connection, code, reason);
}

void
rai_live_free (RaiLive *live) {
  for (unsigned i = 0; i < live->listeners->len; i++)
    close_listener (live->listeners->pdata[i], SOUP_WEBSOCKET_CLOSE_GOING_AWAY,
                    "the server is stopping");
  g_ptr_array_unref (live->listeners);
  g_free (live);
}

static void
connection_closed_cb (SoupWebsocketConnection *connection, Listener *listener) {
  g_ptr_array_remove_fast (listener->live->listeners, listener);
}

static void
send_revision (Listener *listener, int64_t revision) {
  g_autofree char *text = g_strdup_printf ("{\"revision\":%" G_GINT64_FORMAT "}", revision);

  if (soup_websocket_connection_get_state (listener->connection) == SOUP_WEBSOCKET_STATE_OPEN)
    soup_websocket_connection_send_text (listener->connection, text);
}

void
rai_live_add (RaiLive *live, SoupWebsocketConnection *connection, char *token, int64_t revision) {
  Listener *listener = g_new0 (Listener, 1);

  listener->live = live;
  listener->connection = g_object_ref (connection);
  listener->token = token;

  /* Nothing is expected from a client. */
  soup_websocket_connection_set_max_incoming_payload_size (connection, 1024);
  soup_websocket_connection_set_keepalive_interval (connection, RAI_LIVE_PING_SECONDS);
  g_signal_connect (connection, "closed", G_CALLBACK (connection_closed_cb), listener);
  g_ptr_array_add (live->listeners, listener);
  send_revision (listener, revision);
}

void
rai_live_notify (RaiLive *live, RaiAuth *auth, RaiDb *db, int64_t revision, unsigned epoch) {
  /* Backwards: a listener that closes at once leaves the array, and the last one takes its
   * place. */
  for (unsigned i = live->listeners->len; i > 0; i--) {
    Listener *listener = live->listeners->pdata[i - 1];
    g_autoptr (GError) error = NULL;
    g_autoptr (RaiSignIn) sign_in =
        rai_auth_check (auth, db, listener->token, revision, epoch, &error);

    if (sign_in != NULL)
      send_revision (listener, revision);
    else if (error->domain == RAI_HTTP_ERROR)
      close_listener (listener, SOUP_WEBSOCKET_CLOSE_POLICY_VIOLATION, "sign in again");
  }
}

unsigned
rai_live_count (const RaiLive *live) {
  return live->listeners->len;
}
