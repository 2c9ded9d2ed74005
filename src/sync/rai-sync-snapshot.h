/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/rai-identity.h"
#include "db/rai-db.h"

/* The replica's own table beside the house's: who it belongs to, and which server it copies.
 * Written by the snapshot, read and kept by the client. Keys: server, epoch, scope. The revision is
 * in `feed`. */
#define RAI_SYNC_STATE_SQL "CREATE TABLE sync_state (key TEXT PRIMARY KEY, value TEXT NOT NULL)"

typedef struct {
  const char *server;
  const char *epoch;
  const char *scope;
  int64_t revision;
} RaiSyncOrigin;

/* Writes all that the caller may hold into a new SQLite file at `path`, within the caller's read
 * transaction of
 * `db`. */
bool rai_sync_snapshot_write (RaiDb *db, const RaiIdentity *caller, const RaiSyncOrigin *origin,
                              const char *path, GError **error);
/* zstd, one frame with a checksum over the content. */
bool rai_sync_compress_file (const char *from, const char *to, GError **error);
GBytes *rai_sync_compress (const char *text, size_t length, GError **error);
/* Fails when the file is cut or altered. */
bool rai_sync_decompress_file (const char *from, const char *to, GError **error);
