/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/rai-identity.h"
#include "db/rai-db.h"
#include "util/rai-day.h"

/* The server's end of sync: plain functions on a connection and a caller, each within one read
 * transaction of its own. The HTTP handlers only move bytes. Safe on any thread with that thread's
 * connection.
 *
 *   GET /v1/sync/snapshot   the file of rai_sync_server_snapshot, with its ETag, Range and
 *                           If-Range; Content-Type application/zstd
 *   GET /v1/sync/changes?since=N&scope=S&epoch=E
 *                           the bytes of rai_sync_server_changes, 200; application/zstd
 *   GET /v1/live            WebSocket; at the start and after each commit the text {"revision":N}
 *   POST /v1/commands       a list of {"id","name","arguments":{},"acted_at","device"}; the answer
 *                           is a list in the same order of {"id","status","repeated","code",
 *                           "message","result":{},"summary","rev"}
 *   POST /v1/auth/login     {"login","password","new_password"?,"device"}
 *   POST /v1/auth/refresh   {"refresh_token"}
 *
 * Both of the last answer {"access_token","refresh_token","identity":{...as in rai-sync-wire.h}},
 * 401 otherwise, with "code":"disabled" in the problem when the account may no longer be used: the
 * client then wipes its replica. The answer to a refresh may get lost, and the client then sends
 * the same refresh token again: within a minute of its use it must work again. Every answer carries
 * a Date header, from which the client learns how wrong its clock is. */

/* Gives the database its identity (meta keys server_id and epoch) unless it has one. Call when
 * serving starts, with a connection that may write. */
bool rai_sync_server_prepare (RaiDb *db, GError **error);
/* After a restore from a backup: every replica is told to fetch a snapshot, and to send again what
 * it sent since. */
bool rai_sync_server_new_epoch (RaiDb *db, GError **error);

#define RAI_SYNC_KEEP_DAYS 90
/* Remembers today's revision, and forgets the tombstones of more than keep_days (>= 1) ago:
 * replicas that were away for longer fetch a snapshot, and keep their outbox. Command ids are kept
 * for ever. Call once a day, with a connection that may write. */
bool rai_sync_server_prune (RaiDb *db, RaiDay today, int keep_days, GError **error);

typedef struct {
  char *path; /* a zstd file that does not change any more; it may be unlinked while it is being
                 sent */
  char *etag; /* strong, quoted */
  int64_t revision; /* that it holds */
} RaiSyncSnapshot;
void rai_sync_snapshot_free (RaiSyncSnapshot *snapshot);

/* A SQLite database (this program's schema with its indices) of all that the caller may hold, zstd.
 * Files live in `directory` (made when absent), shared by callers of the same scope, and are
 * removed when an hour old. wanted_etag: the If-Range of a client that goes on with a download, so
 * that it gets the same file; may be NULL. */
RaiSyncSnapshot *
rai_sync_server_snapshot (RaiDb *db, const RaiIdentity *caller, const char *directory,
                          const char *wanted_etag, GError **error);

/* All that changed for the caller after revision `since`, up to the last committed revision: JSON,
 * zstd. Never a part of that, because a row that was written again later would be missing from an
 * earlier page. When that cannot be told (too old, too much, another scope, epoch or schema than
 * the client holds) the answer asks for a snapshot instead. scope and epoch: what the client's
 * replica says, may be NULL (a snapshot is needed). */
GBytes *rai_sync_server_changes (RaiDb *db, const RaiIdentity *caller, int64_t since,
                                 const char *scope, const char *epoch, GError **error);

/* Hex digest of what the caller may hold: sites, tables, columns, schema. Two callers with the same
 * scope may share. */
char *rai_sync_scope (const RaiIdentity *caller);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RaiSyncSnapshot, rai_sync_snapshot_free)
