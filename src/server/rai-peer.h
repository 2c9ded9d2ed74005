/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <stdbool.h>
#include <stdint.h>

/* A client's connection as libsoup sees it: the socket's stream, with two things added. It knows
 * until when the client must have done its next step. And it helps libsoup before 3.3 to let go of
 * a connection that the client ends between two requests, which leaks there: a message that has not
 * begun is not missed. So the end is then announced by one byte that begins a message, which the
 * end cuts off. Belongs to the thread that serves it. */
#define RAI_TYPE_PEER (rai_peer_get_type ())
G_DECLARE_FINAL_TYPE (RaiPeer, rai_peer, RAI, PEER, GIOStream)

/* Takes a reference to the connection. */
RaiPeer *rai_peer_new (GSocketConnection *connection);

/* The peer behind an address that rai_peer_mark marked: libsoup's messages know their address
 * only. */
void rai_peer_mark (RaiPeer *peer, GSocketAddress *address);
RaiPeer *rai_peer_of (GSocketAddress *address);

/* A message begins, ends. */
void rai_peer_enter (RaiPeer *peer);
void rai_peer_leave (RaiPeer *peer);
/* The connection has become a WebSocket, and is sent a ping every ping_seconds: from here on it is
 * ended when the client sends more than a little, and a little more for each ping. */
void rai_peer_release (RaiPeer *peer, int ping_seconds);

bool rai_peer_is_released (const RaiPeer *peer);
/* Shuts the socket: libsoup ends the connection then. */
void rai_peer_shut (RaiPeer *peer);

/* Monotonic microseconds; G_MAXINT64: never. */
void rai_peer_set_deadline (RaiPeer *peer, int64_t deadline);
/* Shuts it when the deadline is over. */
void rai_peer_check (RaiPeer *peer, int64_t now);
