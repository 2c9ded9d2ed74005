/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sync/rai-sync-status.h"
#include "sync/rai-sync-store.h"

/* Everything the engine's owner may ask for, as it was at one moment. Owned by whom it is given to;
 * may go from one thread to another. */
typedef struct {
  RaiSyncStatus *status;
  GPtrArray *entries; /* RaiSyncEntry */
  RaiIdentity *identity;
  char *replica_url;
  bool changed; /* the replica shows something new */
} RaiSyncReport;

/* What the files hold, with what the status says of the network beside it (state, last_sync, skew,
 * done, total, message). */
RaiSyncReport *
rai_sync_report_new (RaiSyncStore *files, const RaiSyncStatus *network, bool changed);
void rai_sync_report_free (RaiSyncReport *report);
