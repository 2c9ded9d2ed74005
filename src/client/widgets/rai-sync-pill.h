/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/model/rai-session.h"

#include <adwaita.h>

/* The state of sync in three words, always in the header: "Synced 2 min ago", "3 waiting",
 * "Offline, 3 waiting", "Needs attention 1". A click opens the list of what waits. Property
 * "compact": the icon and the number alone. */
#define RAI_TYPE_SYNC_PILL (rai_sync_pill_get_type ())
G_DECLARE_FINAL_TYPE (RaiSyncPill, rai_sync_pill, RAI, SYNC_PILL, AdwBin)

void rai_sync_pill_set_session (RaiSyncPill *pill, RaiSession *session);
/* The pill's words for a status. Owned by the caller. */
char *rai_sync_pill_text (const RaiSyncStatus *status, int64_t now_ms);
