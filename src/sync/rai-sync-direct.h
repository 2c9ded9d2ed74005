/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "db/rai-query.h"
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
/* Of refusals it says the server's words. */
void rai_sync_direct_send (RaiSyncDirect *direct, const RaiSyncRequest *request,
                           RaiSyncClientDone done, void *data);
/* The server's answer to a query. The rows or the error, whichever there is, are the caller's. */
typedef void (*RaiSyncDirectRows) (void *data, RaiRows *rows, const GError *error);
void rai_sync_direct_query (RaiSyncDirect *direct, const RaiQuery *query, GHashTable *arguments,
                            RaiSyncDirectRows done, void *data);
/* Has the server run a command. The answer or the error, whichever there is, is the callee's. */
typedef void (*RaiSyncDirectAnswered) (void *data, RaiAnswer *answer, GError *error);
void rai_sync_direct_run (RaiSyncDirect *direct, const RaiCommandCall *call,
                          RaiSyncDirectAnswered done, void *data);
