/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/rai-sync-status.h"

RaiSyncStatus *
rai_sync_status_copy (const RaiSyncStatus *status) {
  RaiSyncStatus *copy = g_memdup2 (status, sizeof *status);
  copy->message = g_strdup (status->message);
  return copy;
}

void
rai_sync_status_free (RaiSyncStatus *status) {
  if (status == NULL)
    return;
  g_free (status->message);
  g_free (status);
}
