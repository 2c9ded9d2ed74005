/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "db/rai-query.h"
#include "sync/rai-sync-client.h"
#include "sync/rai-sync-secrets.h"
#include "sync/rai-sync-status.h"
#include "sync/rai-sync-wire.h"

#include <gio/gio.h>

/* The client's end of sync, for one account on this computer. It owns the account's folder
 * DATA_DIR/<server>/<login>/ and a thread that does all the work: network, replica, outbox. GIO and
 * libsoup only.
 *
 * Call it from the thread that made it; its signals arrive there too (thread-default context at
 * creation):
 *   "changed" ()   the replica shows something new; see rai_sync_engine_get_status for revision and
 *                  generation
 *   "status"  ()   anything in rai_sync_engine_get_status or the list of entries is different */
#define RAI_TYPE_SYNC_ENGINE (rai_sync_engine_get_type ())
G_DECLARE_FINAL_TYPE (RaiSyncEngine, rai_sync_engine, RAI, SYNC_ENGINE, GObject)

/* An engine for the account; touches nothing but its folder. Blocks for some milliseconds. */
RaiSyncEngine *rai_sync_engine_new (const char *data_dir, const char *server, const char *login,
                                    const RaiTokenStore *store);

/* Needs the network. RAI_SYNC_ERROR_NEW_PASSWORD: ask for a new password, and call again with it;
 * NULL otherwise. Starts the engine when it succeeds. */
void
rai_sync_engine_sign_in_async (RaiSyncEngine *self, const char *password, const char *new_password,
                               GCancellable *cancellable, GAsyncReadyCallback callback, void *data);
bool rai_sync_engine_sign_in_finish (RaiSyncEngine *self, GAsyncResult *result, GError **error);
/* Forgets the tokens and stops. Pending work stays in the folder and is sent after the next
 * sign-in. The replica goes when `forget`. */
void rai_sync_engine_sign_out (RaiSyncEngine *self, bool forget);

/* With the stored identity, no network needed: RAI_SYNC_ERROR_NO_ACCOUNT when there is none. */
bool rai_sync_engine_start (RaiSyncEngine *self, GError **error);
/* Waits for the thread to end; nothing is lost. Also done by dispose. */
void rai_sync_engine_stop (RaiSyncEngine *self);
/* Try now instead of at the next turn: the network is back, the window got the focus. */
void rai_sync_engine_wake (RaiSyncEngine *self);
/* A query on the replica failed with RAI_DB_ERROR_CORRUPT: it is checked, and fetched anew when it
 * is damaged. Until then it stays, and what waits in the outbox is not touched. "changed" when there
 * is another, or nothing is wrong with this one. */
void rai_sync_engine_check_replica (RaiSyncEngine *self);
/* Milliseconds between polls without a live channel, and between tries at most. Before start; for
 * tests. */
void rai_sync_engine_set_pace (RaiSyncEngine *self, unsigned poll, unsigned longest);

/* Who is signed in; NULL before the first sign-in. Owned by the caller. */
RaiIdentity *rai_sync_engine_get_identity (RaiSyncEngine *self);
RaiSyncStatus *rai_sync_engine_get_status (RaiSyncEngine *self);
/* For rai_db_open with RAI_DB_OPEN_READ_ONLY on the caller's threads; NULL when there is no replica
 * yet. */
char *rai_sync_engine_get_replica_url (RaiSyncEngine *self);
/* Elements are RaiSyncEntry: attention first, then waiting, then what was sent lately. */
GPtrArray *rai_sync_engine_get_entries (RaiSyncEngine *self);

/* Acts: when it finishes with an answer of APPLIED the change is safe on this disk and visible in
 * the replica. Otherwise nothing happened, and the answer says why. Commands that only the server
 * can run (server_only) need the network, and finish with its answer. arguments: JSON object. The
 * answer is freed with rai_answer_free. */
void
rai_sync_engine_submit_async (RaiSyncEngine *self, const char *name, const char *arguments,
                              GCancellable *cancellable, GAsyncReadyCallback callback, void *data);
RaiAnswer *
rai_sync_engine_submit_finish (RaiSyncEngine *self, GAsyncResult *result, GError **error);

/* Drops a waiting command that was not sent yet, or one that needs attention. */
void rai_sync_engine_discard (RaiSyncEngine *self, const char *id);
/* Does it again as a new command, with other arguments unless NULL, and drops the old entry. */
void rai_sync_engine_retry (RaiSyncEngine *self, const char *id, const char *arguments);

/* For a query with days_of: the rows of the days before those that the replica holds, see
 * rai-older-days.h. arguments are not changed by the caller any more. */
void rai_sync_engine_older_days_async (RaiSyncEngine *self, const RaiQuery *query,
                                       GHashTable *arguments, GCancellable *cancellable,
                                       GAsyncReadyCallback callback, void *data);
RaiRows *
rai_sync_engine_older_days_finish (RaiSyncEngine *self, GAsyncResult *result, GError **error);

/* The server's own rows, for a query whose tables no replica holds; the error says when it does not
 * answer. Nothing is kept. arguments are not changed by the caller any more. */
void
rai_sync_engine_ask_async (RaiSyncEngine *self, const RaiQuery *query, GHashTable *arguments,
                           GCancellable *cancellable, GAsyncReadyCallback callback, void *data);
RaiRows *rai_sync_engine_ask_finish (RaiSyncEngine *self, GAsyncResult *result, GError **error);

/* A request of its own to the server, now or not at all; the error says when it does not answer or
 * why it refused. The body of the answer. */
void
rai_sync_engine_send_async (RaiSyncEngine *self, const RaiSyncRequest *request,
                            GCancellable *cancellable, GAsyncReadyCallback callback, void *data);
GBytes *rai_sync_engine_send_finish (RaiSyncEngine *self, GAsyncResult *result, GError **error);

/* Writes what the server has not taken yet to a file (rai-saved-work.h), and takes such a file in:
 * its changes wait to be sent as if they had been made here, each once however often. Finish gives
 * the number of changes, of take_in those that were not known here; -1 on failure: then nothing was
 * taken in. */
void rai_sync_engine_save_work_async (RaiSyncEngine *self, const char *path,
                                      GAsyncReadyCallback callback, void *data);
void rai_sync_engine_take_in_async (RaiSyncEngine *self, const char *path,
                                    GAsyncReadyCallback callback, void *data);
int rai_sync_engine_count_finish (RaiSyncEngine *self, GAsyncResult *result, GError **error);
