/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "command/rai-command.h"
#include "util/rai-day.h"

/* The client's copy of what its account may see: the house's own schema, so that queries and
 * commands run on it as on the server, and three private tables: sync_state (whose copy it is),
 * sync_pending (the commands shown in it that the server has not confirmed, each with the SQLite
 * changeset that takes it back) and sync_answer (what the server told of days that the copy does
 * not hold; it goes when the scope changes). Belongs to the engine's thread; pages read the same
 * file through connections of their own. */
typedef struct _RaiReplica RaiReplica;

/* Fails with RAI_DB_ERROR_CORRUPT or _SCHEMA when a new snapshot is needed. An older schema is
 * brought up to date. */
RaiReplica *rai_replica_open (const char *path, GError **error);
void rai_replica_close (RaiReplica *replica);
/* False when the file is no replica, or is damaged (RAI_SYNC_ERROR_DAMAGED), or could not be read.
 * every_page reads all of it: a snapshot that has just been unpacked does not need that, because
 * the checksum of its frame has covered every byte. */
bool rai_replica_check_file (const char *path, bool every_page, GError **error);
/* The disk did not answer, which says nothing of the file: who is offline would be left with
 * nothing if it were thrown away. */
bool rai_replica_is_disk_error (const GError *error);

RaiDb *rai_replica_db (RaiReplica *replica);
int64_t rai_replica_revision (RaiReplica *replica);
/* "server", "epoch" or "scope"; NULL when it is not known. */
const char *rai_replica_get (RaiReplica *replica, const char *key);
/* A changeset did not fit when it was taken back: rows may differ from the server's until the next
 * snapshot. */
bool rai_replica_drifted (RaiReplica *replica);

/* Runs a command optimistically. When it is applied, `keep` is called to store it durably
 * elsewhere, and only then the replica commits; a refusal changes nothing. false + error when a
 * database failed; nothing changed then either. */
typedef bool (*RaiReplicaKeep) (void *data, const RaiAnswer *answer, GError **error);
bool rai_replica_run (RaiReplica *replica, const RaiIdentity *identity, const RaiCommandCall *call,
                      RaiAnswer *answer, RaiReplicaKeep keep, void *data, GError **error);

/* In one transaction: takes back all that is pending, newest first; applies the page (unless NULL)
 * and its revision; trims to the identity's scope if asked to; runs `calls` (RaiCommandCall, oldest
 * first) again. A call that cannot run on the new truth is kept as pending without effect. */
bool rai_replica_rebase (RaiReplica *replica, const RaiIdentity *identity, GBytes *page,
                         int64_t revision, bool trim, GPtrArray *calls, GError **error);
/* The ids of what is pending, oldest first. */
GPtrArray *rai_replica_pending_ids (RaiReplica *replica, GError **error);
/* The calls themselves: to mend an outbox that was lost. */
GPtrArray *rai_replica_pending_calls (RaiReplica *replica, GError **error);

/* A server's answer to a query by day. */
typedef struct {
  RaiDay from, to; /* days asked for */
  int64_t at;      /* when; ms UTC by this computer's clock */
  GBytes *body;
} RaiReplicaAnswer;
void rai_replica_answer_clear (RaiReplicaAnswer *answer);
/* A few hundred are kept, the oldest go. Losing one is no harm: failures are not reported. */
void rai_replica_keep_answer (RaiReplica *replica, const char *query, const char *key,
                              const RaiReplicaAnswer *answer);
bool rai_replica_find_answer (RaiReplica *replica, const char *query, const char *key,
                              RaiReplicaAnswer *answer);

void rai_command_call_free (RaiCommandCall *call);
RaiCommandCall *rai_command_call_new (const char *id, const char *name, const char *arguments,
                                      int64_t acted_at, const char *device);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RaiReplica, rai_replica_close)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (RaiReplicaAnswer, rai_replica_answer_clear)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RaiCommandCall, rai_command_call_free)
