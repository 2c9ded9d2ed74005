/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sync/rai-sync-wire.h"

#include <libsoup/soup.h>

/* What went wrong between this computer and its server, as RAI_SYNC_ERROR with a sentence that says
 * what to do: no words of the system's. The caller's. */

/* An answer that is none of 2xx. body may be NULL. bare: signing in or refreshing, where there is
 * no token yet. */
GError *rai_sync_problem_answer (SoupMessage *message, GBytes *body, bool bare);
/* The same for what somebody waits for at the screen, and that is not sent again by itself:
 * whatever the server itself says of the request is a refusal, in its words. */
GError *rai_sync_problem_request (SoupMessage *message, GBytes *body);
/* No whole answer. cause may be NULL. */
GError *rai_sync_problem_connection (SoupMessage *message, const GError *cause);
/* The URL is none that can be asked. */
GError *rai_sync_problem_address (const char *server);
