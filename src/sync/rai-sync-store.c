/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/rai-sync-store.h"

#include "sync/rai-sync-account.h"
#include "sync/rai-sync-snapshot.h"
#include "util/rai-clock.h"
#include "util/rai-day.h"

#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

RaiSyncStore *
rai_sync_store_new (const char *folder, const char *server, const char *login) {
  RaiSyncStore *self = g_new0 (RaiSyncStore, 1);
  self->folder = g_strdup (folder);
  self->server = g_strdup (server);
  self->login = g_strdup (login);
  self->lock = -1;
  return self;
}

void
rai_sync_store_free (RaiSyncStore *self) {
  if (self == NULL)
    return;
  rai_replica_close (self->replica);
  rai_outbox_close (self->outbox);
  rai_identity_free (self->identity);
  if (self->lock >= 0)
    close (self->lock);

  g_free (self->remark);
  g_free (self->folder);
  g_free (self->server);
  g_free (self->login);
  g_free (self);
}

char *
rai_sync_store_path (RaiSyncStore *self, const char *name) {
  return g_build_filename (self->folder, name, NULL);
}

static char *
replica_path (RaiSyncStore *self, unsigned generation) {
  return g_strdup_printf ("%s/replica-%u.db", self->folder, generation);
}

char *
rai_sync_store_replica_url (RaiSyncStore *self) {
  return self->replica != NULL
             ? g_strdup_printf ("sqlite:%s/replica-%u.db", self->folder, self->generation)
             : NULL;
}

static void
unlink_database (const char *path) {
  const char *const endings[] = { "", "-wal", "-shm", "-journal" };
  for (unsigned i = 0; i < G_N_ELEMENTS (endings); i++) {
    g_autofree char *name = g_strconcat (path, endings[i], NULL);
    g_unlink (name);
  }
}

void
rai_sync_store_drop_replica (RaiSyncStore *self) {
  g_autofree char *path = replica_path (self, self->generation);
  g_clear_pointer (&self->replica, rai_replica_close);
  unlink_database (path);
  self->want_snapshot = true;
}

bool
rai_sync_store_rebase (RaiSyncStore *self, GBytes *page, int64_t revision, bool trim,
                       GError **error) {
  int64_t reached = page != NULL ? revision : rai_replica_revision (self->replica);
  g_autoptr (GPtrArray) calls = rai_outbox_shown (self->outbox, reached, error);
  if (calls == NULL ||
      !rai_replica_rebase (self->replica, self->identity, page, revision, trim, calls, error))
    return false;
  if (rai_replica_drifted (self->replica))
    self->want_snapshot = true;
  return true;
}

/* ---- Opening ---- */

/* The newest file is the replica; older ones are left over from a swap that was interrupted. */
static unsigned
find_newest (RaiSyncStore *self) {
  g_autoptr (GDir) dir = g_dir_open (self->folder, 0, NULL);
  const char *name;
  unsigned newest = 0;

  while (dir != NULL && (name = g_dir_read_name (dir)))
    if (g_str_has_prefix (name, "replica-") && g_str_has_suffix (name, ".db"))
      newest = MAX (newest, (unsigned) g_ascii_strtoull (name + strlen ("replica-"), NULL, 10));

  for (unsigned i = newest > 3 ? newest - 3 : 1; i < newest; i++) {
    g_autofree char *old = replica_path (self, i);
    unlink_database (old);
  }

  return newest;
}

static bool
open_replica (RaiSyncStore *self, GError **error) {
  g_autoptr (GError) local = NULL;
  self->generation = MAX (self->generation, find_newest (self));

  g_autofree char *path = replica_path (self, self->generation);
  if (g_file_test (path, G_FILE_TEST_EXISTS))
    self->replica = rai_replica_open (path, &local);
  if (rai_replica_is_disk_error (local)) {
    g_propagate_error (error, g_steal_pointer (&local));
    return false;
  }

  if (self->replica == NULL)
    rai_sync_store_drop_replica (self);
  return true;
}

static bool
open_outbox (RaiSyncStore *self, bool *lost, GError **error) {
  g_autofree char *path = rai_sync_store_path (self, "outbox.db");
  g_autofree char *aside = NULL;
  *lost = !g_file_test (path, G_FILE_TEST_EXISTS);
  self->outbox = rai_outbox_open (path, &aside, error);
  if (self->outbox == NULL)
    return false;
  if (aside != NULL) {
    *lost = true;
    g_free (self->remark);
    self->remark = g_strdup_printf (
        _ ("The list of waiting changes was damaged. What the replica still knew of it was "
           "put back; the damaged file was kept as %s"),
        aside);
  }

  return rai_outbox_prune (self->outbox, rai_now_ms (), error);
}

/* Commands that only the replica knows come back into an outbox that was lost. */
static bool
adopt (RaiSyncStore *self, GError **error) {
  g_autoptr (GPtrArray) calls = rai_replica_pending_calls (self->replica, error);
  for (unsigned i = 0; calls != NULL && i < calls->len; i++) {
    RaiCommandCall *call = calls->pdata[i];
    g_autofree char *summary =
        rai_command_describe (rai_replica_db (self->replica), self->identity, call);
    if (!rai_outbox_add (self->outbox, call, summary, error))
      return false;
  }

  return calls != NULL;
}

/* After a crash between the two files: the replica shows what the outbox says. */
static bool
heal (RaiSyncStore *self, GError **error) {
  g_autoptr (GPtrArray) shown = rai_replica_pending_ids (self->replica, error);
  g_autoptr (GPtrArray) calls =
      shown != NULL ? rai_outbox_shown (self->outbox, rai_replica_revision (self->replica), error)
                    : NULL;
  if (calls == NULL)
    return false;

  bool same = shown->len == calls->len;
  for (unsigned i = 0; same && i < calls->len; i++)
    same = strcmp (shown->pdata[i], ((RaiCommandCall *) calls->pdata[i])->id) == 0;

  return same || rai_sync_store_rebase (self, NULL, 0, false, error);
}

/* Two programs on the same files would send each other's commands. The lock goes with the process
 * that holds it. */
static bool
lock_folder (RaiSyncStore *self, GError **error) {
  g_autofree char *path = rai_sync_store_path (self, "lock");
  if (self->lock >= 0)
    return true;

  int file = g_open (path, O_CREAT | O_RDWR | O_CLOEXEC, 0600);
  if (file >= 0 && flock (file, LOCK_EX | LOCK_NB) == 0) {
    self->lock = file;
    return true;
  }

  if (file < 0)
    g_set_error (error, RAI_SYNC_ERROR, RAI_SYNC_ERROR_STORAGE, "Cannot write in the folder %s: %s",
                 self->folder, g_strerror (errno));
  else
    g_set_error (error, RAI_SYNC_ERROR, RAI_SYNC_ERROR_STORAGE,
                 "RetailAI is open with this account already. Go on in that window, or close it");

  if (file >= 0)
    close (file);
  return false;
}

bool
rai_sync_store_open (RaiSyncStore *self, GError **error) {
  bool lost = false;
  if (self->identity == NULL)
    self->identity = rai_sync_account_load (self->folder, error);
  if (self->identity == NULL || !lock_folder (self, error) ||
      (self->outbox == NULL && !open_outbox (self, &lost, error)) ||
      (self->replica == NULL && !open_replica (self, error)))
    return false;
  return self->replica == NULL || ((!lost || adopt (self, error)) && heal (self, error));
}

bool
rai_sync_store_is_damaged (RaiSyncStore *self) {
  g_autofree char *path = replica_path (self, self->generation);
  g_autoptr (GError) error = NULL;
  return self->replica != NULL && !rai_replica_check_file (path, true, &error) &&
         g_error_matches (error, RAI_SYNC_ERROR, RAI_SYNC_ERROR_DAMAGED);
}

void
rai_sync_store_close_outbox (RaiSyncStore *self) {
  g_clear_pointer (&self->outbox, rai_outbox_close);
}

/* ---- Snapshots ---- */

static bool
note (RaiSyncStore *self, const char *key, const char *known, const char *value, GError **error) {
  return g_strcmp0 (known, value) == 0 || rai_outbox_set_note (self->outbox, key, value, error);
}

bool
rai_sync_store_meet_server (RaiSyncStore *self, const char *server, const char *epoch,
                            GError **error) {
  g_autofree char *known_server = rai_outbox_get_note (self->outbox, "server");
  g_autofree char *known_epoch = rai_outbox_get_note (self->outbox, "epoch");
  bool ok = true;

  if (known_server != NULL && strcmp (known_server, server) != 0) {
    ok = rai_outbox_refuse_all (
        self->outbox, "other_server",
        _ ("This was meant for the database that was at this address before. Do it again if it "
           "belongs here, too"),
        error);
  } else if (known_epoch != NULL && strcmp (known_epoch, epoch) != 0) {
    ok = rai_outbox_resend (self->outbox, error);
    self->want_push = true;
  }

  return ok && note (self, "server", known_server, server, error) &&
         note (self, "epoch", known_epoch, epoch, error);
}

bool
rai_sync_store_meet_identity (RaiSyncStore *self, RaiIdentity *identity, bool *differs,
                              GError **error) {
  const RaiIdentity *old = self->identity;
  *differs = old == NULL || old->role != identity->role || old->all_sites != identity->all_sites ||
             old->n_sites != identity->n_sites ||
             (old->n_sites > 0 &&
              memcmp (old->sites, identity->sites, old->n_sites * sizeof *old->sites) != 0);
  rai_identity_free (self->identity);
  self->identity = identity;
  self->scopes += *differs;

  return !*differs || rai_sync_account_save (self->folder, self->server, self->login, identity,
                                             rai_now_ms (), error);
}

/* Readers of the old file go on undisturbed: it has a name of its own, and lives until they close
 * it. */
static bool
swap_in (RaiSyncStore *self, const char *file, GError **error) {
  g_autofree char *path = replica_path (self, self->generation + 1);
  g_autofree char *old_path = replica_path (self, self->generation);
  if (g_rename (file, path) != 0) {
    g_set_error (error, RAI_SYNC_ERROR, RAI_SYNC_ERROR_STORAGE, "Cannot write %s", path);
    return false;
  }

  g_clear_pointer (&self->replica, rai_replica_close);
  unlink_database (old_path);
  self->generation++;
  self->want_snapshot = false;
  self->replica = rai_replica_open (path, error);

  return self->replica != NULL;
}

static bool
prepare (RaiSyncStore *self, const char *part, const char *file, GError **error) {
  if (!rai_sync_decompress_file (part, file, error) || !rai_replica_check_file (file, false, error))
    return false;
  g_autoptr (RaiReplica) fresh = rai_replica_open (file, error);
  if (fresh == NULL)
    return false;

  const char *server = rai_replica_get (fresh, "server"), *epoch = rai_replica_get (fresh, "epoch");
  if (server == NULL || epoch == NULL) {
    g_set_error (error, RAI_SYNC_ERROR, RAI_SYNC_ERROR_DAMAGED,
                 "The snapshot does not say whose it is");
    return false;
  }

  if (!rai_sync_store_meet_server (self, server, epoch, error))
    return false;
  g_autoptr (GPtrArray) calls =
      rai_outbox_shown (self->outbox, rai_replica_revision (fresh), error);

  return calls != NULL && rai_replica_rebase (fresh, self->identity, NULL, 0, false, calls, error);
}

bool
rai_sync_store_install (RaiSyncStore *self, GError **error) {
  g_autofree char *part = rai_sync_store_path (self, "snapshot.part");
  g_autofree char *file = rai_sync_store_path (self, "snapshot.db");
  unlink_database (file);

  bool ok = prepare (self, part, file, error);
  g_unlink (part);
  if (ok)
    return swap_in (self, file, error);

  unlink_database (file);
  return false;
}

/* ---- Commands ---- */

static bool
keep (RaiSyncStore *self, const RaiCommandCall *call, const char *summary, GError **error) {
  return rai_outbox_add (self->outbox, call, summary, error) &&
         (self->clock_known || rai_outbox_doubt_time (self->outbox, call->id, error));
}

/* Without a replica nothing can be tried out; the command waits for the server's word. */
static RaiAnswer *
queue_blindly (RaiSyncStore *self, const RaiCommandCall *call, GError **error) {
  const RaiCommand *command = rai_command_find (call->name);
  if (!keep (self, call, command != NULL ? command->title : call->name, error))
    return NULL;
  RaiAnswer *answer = g_new0 (RaiAnswer, 1);
  answer->status = RAI_ANSWER_APPLIED;
  answer->summary = g_strdup (command != NULL ? command->title : call->name);
  return answer;
}

typedef struct {
  RaiSyncStore *self;
  const RaiCommandCall *call;
  bool kept;
} Keep;

static bool
keep_cb (void *data, const RaiAnswer *answer, GError **error) {
  Keep *one = data;
  one->kept = keep (one->self, one->call, answer->summary, error);
  return one->kept;
}

RaiAnswer *
rai_sync_store_run (RaiSyncStore *self, const RaiCommandCall *call, GError **error) {
  g_autoptr (GError) local = NULL;
  if ((self->outbox == NULL || self->replica == NULL) && !rai_sync_store_open (self, error))
    return NULL;
  if (self->replica == NULL)
    return queue_blindly (self, call, error);

  Keep keep = { self, call, false };
  g_autoptr (RaiAnswer) answer = g_new0 (RaiAnswer, 1);
  if (rai_replica_run (self->replica, self->identity, call, answer, keep_cb, &keep, &local))
    return g_steal_pointer (&answer);

  /* Once it is in the outbox it counts as done, whatever became of the replica. */
  bool damaged = g_error_matches (local, RAI_DB_ERROR, RAI_DB_ERROR_CORRUPT);
  if (damaged)
    rai_sync_store_drop_replica (self);
  else if (keep.kept)
    heal (self, NULL);

  if (keep.kept)
    return g_steal_pointer (&answer);
  if (damaged)
    return queue_blindly (self, call, error);

  g_propagate_error (error, g_steal_pointer (&local));
  return NULL;
}

/* ---- Work in a file ---- */

RaiSavedWork *
rai_sync_store_save_work (RaiSyncStore *self, GError **error) {
  if (self->outbox == NULL && !rai_sync_store_open (self, error))
    return NULL;

  GPtrArray *entries = rai_outbox_unanswered (self->outbox, error);
  if (entries == NULL)
    return NULL;

  RaiSavedWork *work = g_new0 (RaiSavedWork, 1);
  work->server = g_strdup (self->server);
  work->database = rai_outbox_get_note (self->outbox, "server");
  work->login = g_strdup (self->login);
  work->entries = entries;

  return work;
}

static bool
check_owner (RaiSyncStore *self, const RaiSavedWork *work, GError **error) {
  g_autofree char *database = rai_outbox_get_note (self->outbox, "server");
  if (strcmp (work->login, self->login) != 0)
    g_set_error (error, RAI_SYNC_ERROR, RAI_SYNC_ERROR_REFUSED,
                 _ ("These changes were made by %s. Sign in as %s to take them in"), work->login,
                 work->login);
  else if (work->database != NULL && database != NULL && strcmp (work->database, database) != 0)
    g_set_error (error, RAI_SYNC_ERROR, RAI_SYNC_ERROR_REFUSED,
                 _ ("These changes were made for another database, that of %s. Sign in there to "
                    "take them in"),
                 work->server != NULL ? work->server : _ ("another server"));
  else
    return true;

  return false;
}

bool
rai_sync_store_take_in (RaiSyncStore *self, const RaiSavedWork *work, unsigned *added,
                        GError **error) {
  if ((self->outbox == NULL && !rai_sync_store_open (self, error)) ||
      !check_owner (self, work, error) ||
      !rai_outbox_take_in (self->outbox, work->entries, added, error))
    return false;
  return self->replica == NULL || *added == 0 ||
         rai_sync_store_rebase (self, NULL, 0, false, error);
}
