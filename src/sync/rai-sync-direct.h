/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sync/rai-sync-client.h"

/* Requests whose answer somebody waits for at the screen: commands that only the server runs, rows
 * that the replica does not hold. They are tried a few times at once instead of later, and nothing
 * of them is kept. */
typedef struct _RaiSyncDirect RaiSyncDirect;

RaiSyncDirect *rai_sync_direct_new (RaiSyncClient *client);
/* What is still asked for ends with G_IO_ERROR_CANCELLED. After the client is freed, or before. */
void rai_sync_direct_free (RaiSyncDirect *direct);

/* done as in rai_sync_client_get; RAI_SYNC_ERROR_OFFLINE says what that means for the user. */
void
rai_sync_direct_get (RaiSyncDirect *direct, const char *path, RaiSyncClientDone done, void *data);
void rai_sync_direct_post (RaiSyncDirect *direct, const char *path, const char *json,
                           RaiSyncClientDone done, void *data);
