/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/rai-sync-report.h"

RaiSyncReport *
rai_sync_report_new (RaiSyncStore *files, const RaiSyncStatus *network, bool changed) {
  RaiSyncStatus status = *network;
  RaiSyncReport *self = g_new0 (RaiSyncReport, 1);

  status.has_replica = files->replica != NULL;
  status.revision = files->replica != NULL ? rai_replica_revision (files->replica) : 0;
  status.generation = files->generation;
  if (status.message == NULL)
    status.message = files->remark;

  if (files->outbox != NULL) {
    rai_outbox_count (files->outbox, &status.waiting, &status.attention, NULL);
    self->entries = rai_outbox_entries (files->outbox, NULL);
  }

  self->status = rai_sync_status_copy (&status);
  self->identity = files->identity != NULL ? rai_identity_copy (files->identity) : NULL;
  self->replica_url = rai_sync_store_replica_url (files);
  self->changed = changed;
  return self;
}

void
rai_sync_report_free (RaiSyncReport *self) {
  if (self == NULL)
    return;
  rai_sync_status_free (self->status);
  g_clear_pointer (&self->entries, g_ptr_array_unref);
  rai_identity_free (self->identity);
  g_free (self->replica_url);
  g_free (self);
}
