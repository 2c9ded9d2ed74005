/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/rai-identity.h"
#include "db/rai-db.h"

/* The client's reading of a page of changes (rai-sync-page.h says how it looks): what stands at its
 * head, and its rows straight into prepared statements. */
typedef struct {
  char *server;
  char *epoch;
  char *scope;
  char *snapshot; /* why a snapshot is needed; NULL: the page has the changes */
  int64_t schema;
  int64_t since;
  int64_t revision;
  int64_t time; /* ms UTC by the server's clock */
  RaiIdentity *identity;
} RaiSyncHead;
void rai_sync_head_clear (RaiSyncHead *head);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (RaiSyncHead, rai_sync_head_clear)

/* Decompresses what the server sent. RAI_SYNC_ERROR_DAMAGED when it is cut or altered. */
GBytes *rai_sync_unpack (GBytes *packed, GError **error);
bool rai_sync_read_head (GBytes *page, RaiSyncHead *head, GError **error);
/* Writes tombstones and rows, stamped with `revision`, in the caller's write transaction. *window
 * says that rows may have left the window of days that a replica keeps. */
bool rai_sync_apply (RaiDb *db, GBytes *page, int64_t revision, bool *window, GError **error);
/* Deletes what the account may not hold (any more). Within the caller's write transaction. */
bool rai_sync_trim (RaiDb *db, const RaiIdentity *identity, bool only_days, GError **error);
