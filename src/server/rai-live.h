/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "server/rai-auth.h"

#include <libsoup/soup.h>

/* The WebSockets of one serving thread: each gets {"revision":N} when it opens and after each
 * commit. Whoever may no longer use the account, or whose token has run out, is shown the door
 * (1008); the client comes back with a new one. Belongs to its thread. */
typedef struct _RaiLive RaiLive;

/* Keeps proxies from taking a quiet connection for a dead one. */
#define RAI_LIVE_PING_SECONDS 25

RaiLive *rai_live_new (void);
void rai_live_free (RaiLive *live);
/* Takes the token to ask again with. */
void
rai_live_add (RaiLive *live, SoupWebsocketConnection *connection, char *token, int64_t revision);
void rai_live_notify (RaiLive *live, RaiAuth *auth, RaiDb *db, int64_t revision, unsigned epoch);
unsigned rai_live_count (const RaiLive *live);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RaiLive, rai_live_free)
