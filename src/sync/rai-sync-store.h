/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sync/rai-outbox.h"
#include "sync/rai-replica.h"
#include "sync/rai-saved-work.h"

/* What this computer keeps for one account: its folder with outbox.db and replica-N.db, and who the
 * account is. It knows how the two files stay in step, and nothing of the network. Belongs to the
 * engine's thread. */
typedef struct {
  char *folder;
  char *server; /* URL */
  char *login;
  RaiIdentity *identity; /* NULL: nobody has signed in yet */
  RaiOutbox *outbox;
  RaiReplica *replica; /* NULL: a snapshot is needed */
  unsigned generation; /* of the replica's file: each snapshot makes another */
  unsigned scopes; /* that the account has had since the program began: what was asked for in one is
                      not for another */
  bool clock_known; /* how far this clock is off: times of new commands are the server's */
  bool want_snapshot;
  bool want_push; /* commands wait again that had been sent */
  char *remark;   /* something that the user must hear of, else NULL */
  int lock;       /* file descriptor: one program at a time uses the folder */
} RaiSyncStore;

RaiSyncStore *rai_sync_store_new (const char *folder, const char *server, const char *login);
void rai_sync_store_free (RaiSyncStore *store);

/* Opens what is not open, and mends what a crash left between the two files. A replica that cannot
 * be used is dropped (want_snapshot); a damaged outbox is moved aside and filled again from the
 * replica. */
bool rai_sync_store_open (RaiSyncStore *store, GError **error);
/* The next opening looks at every page of it, and begins a new one when it is damaged. */
void rai_sync_store_close_outbox (RaiSyncStore *store);
/* Reads all of the replica's file; what cannot be read now is no damage. */
bool rai_sync_store_is_damaged (RaiSyncStore *store);
void rai_sync_store_drop_replica (RaiSyncStore *store);
char *rai_sync_store_path (RaiSyncStore *store, const char *name);
char *rai_sync_store_replica_url (RaiSyncStore *store); /* NULL: none */

/* rai_replica_rebase with what the outbox says must be shown. page NULL: only the commands anew. */
bool rai_sync_store_rebase (RaiSyncStore *store, GBytes *page, int64_t revision, bool trim,
                            GError **error);
/* The snapshot that was fetched into snapshot.part becomes the replica. */
bool rai_sync_store_install (RaiSyncStore *store, GError **error);
/* Another database at the same address must not be given what was meant for this one; the same
 * database, restored from a backup, is given again what it was sent lately. */
bool rai_sync_store_meet_server (RaiSyncStore *store, const char *server, const char *epoch,
                                 GError **error);
/* Takes the identity. *differs: its role or sites are not what they were. */
bool rai_sync_store_meet_identity (RaiSyncStore *store, RaiIdentity *identity, bool *differs,
                                   GError **error);
/* Runs a new command: durable in the outbox and visible in the replica when the answer is
 * APPLIED. */
RaiAnswer *rai_sync_store_run (RaiSyncStore *store, const RaiCommandCall *call, GError **error);
/* What the server has not taken of this account's work. */
RaiSavedWork *rai_sync_store_save_work (RaiSyncStore *store, GError **error);
/* The work waits here, too, and shows in the replica; what is known here already is left alone.
 * RAI_SYNC_ERROR_REFUSED when it is another account's, or meant for another database. */
bool rai_sync_store_take_in (RaiSyncStore *store, const RaiSavedWork *work, unsigned *added,
                             GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RaiSyncStore, rai_sync_store_free)
