/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>
#include <stdbool.h>

/* The connections of one serving thread on their way in: each client has a time within which its
 * request must have arrived whole, and a time that it may be silent between two; bodies are kept up
 * to what their path may take. Belongs to its thread. */
typedef struct _RaiArrivals RaiArrivals;

/* Watches a server. timeout: seconds for a request; idle: seconds between two. How many connections
 * may be silent at once is bounded, by address and in all; behind a proxy they are the proxy's, and
 * are not. */
RaiArrivals *rai_arrivals_new (SoupServer *soup, int timeout, int idle, bool behind_proxy);
/* After the server has disconnected. */
void rai_arrivals_free (RaiArrivals *arrivals);

/* Hands an accepted socket to the server. */
void rai_arrivals_accept (RaiArrivals *arrivals, GSocket *socket);
/* Tell of each message: its headers are here, and its body may have so many bytes; all of it is
 * here. */
void rai_arrivals_got_headers (RaiArrivals *arrivals, SoupServerMessage *message, size_t most);
void rai_arrivals_got_body (RaiArrivals *arrivals, SoupServerMessage *message);
/* The message's connection has become a WebSocket that is sent a ping every ping_seconds. */
void rai_arrivals_release (RaiArrivals *arrivals, SoupServerMessage *message, int ping_seconds);
/* Drops who is late. Call it about once a second. */
void rai_arrivals_check (RaiArrivals *arrivals);
unsigned rai_arrivals_count (const RaiArrivals *arrivals);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RaiArrivals, rai_arrivals_free)
