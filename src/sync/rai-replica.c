/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/rai-replica.h"

#include "db/rai-migration.h"
#include "sync/rai-sync-apply.h"
#include "sync/rai-sync-snapshot.h"
#include "sync/rai-sync-wire.h"

#include <sqlite3.h>

struct _RaiReplica {
  RaiDb *db;
  GHashTable *state; /* sync_state */
  int64_t revision;
  bool drifted;
};

#define PENDING_SQL \
  "CREATE TABLE IF NOT EXISTS sync_pending (sequence INTEGER PRIMARY KEY, id TEXT NOT NULL " \
  "UNIQUE, name TEXT NOT " \
  "NULL, arguments TEXT NOT NULL, acted_at INTEGER NOT NULL, device TEXT NOT NULL, changes BLOB)"

#define ANSWERS_MAX "500"
#define ANSWER_SQL \
  "CREATE TABLE IF NOT EXISTS sync_answer (query TEXT NOT NULL, key TEXT NOT NULL, from_day " \
  "INTEGER NOT NULL, to_day " \
  "INTEGER NOT NULL, at INTEGER NOT NULL, body BLOB NOT NULL, PRIMARY KEY (query, key))"

RaiCommandCall *
rai_command_call_new (const char *id, const char *name, const char *arguments, int64_t acted_at,
                      const char *device) {
  RaiCommandCall *call = g_new0 (RaiCommandCall, 1);
  call->id = g_strdup (id);
  call->name = g_strdup (name);
  call->arguments = g_strdup (arguments);
  call->acted_at = acted_at;
  call->device = g_strdup (device);
  return call;
}

void
rai_command_call_free (RaiCommandCall *call) {
  if (call == NULL)
    return;
  rai_command_call_clear (call);
  g_free (call);
}

/* ---- Opening ---- */

static bool
read_state (RaiReplica *self, GError **error) {
  RaiStatement *statement = rai_db_prepare (self->db, "SELECT key, value FROM sync_state", error);
  if (statement == NULL)
    return false;

  RaiStep step;
  g_hash_table_remove_all (self->state);
  while ((step = rai_statement_step (statement, error)) == RAI_STEP_ROW)
    g_hash_table_insert (self->state, g_strdup (rai_statement_text (statement, 0)),
                         g_strdup (rai_statement_text (statement, 1)));

  rai_statement_reset (statement);
  return step == RAI_STEP_DONE && rai_db_last_revision (self->db, &self->revision, error);
}

RaiReplica *
rai_replica_open (const char *path, GError **error) {
  g_autofree char *url = g_strdup_printf ("sqlite:%s", path);
  g_autoptr (RaiReplica) self = g_new0 (RaiReplica, 1);
  self->state = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->db = rai_db_open (url, 0, error);
  if (self->db == NULL)
    return NULL;

  rai_db_set_replica (self->db, true);
  /* Without the last commits it only pulls again; the outbox is what must be durable. */
  if (!rai_db_exec (self->db, "PRAGMA synchronous = NORMAL", error) ||
      !rai_migration_run (self->db, error) || !rai_db_exec (self->db, PENDING_SQL, error) ||
      !rai_db_exec (self->db, ANSWER_SQL, error) || !read_state (self, error))
    return NULL;

  return g_steal_pointer (&self);
}

void
rai_replica_close (RaiReplica *self) {
  if (self == NULL)
    return;
  g_clear_pointer (&self->db, rai_db_close);
  g_hash_table_unref (self->state);
  g_free (self);
}

static bool
check_pages (RaiDb *db, GError **error) {
  RaiStatement *statement = rai_db_prepare (db, "PRAGMA quick_check(1)", error);
  if (statement == NULL)
    return false;

  RaiStep step = rai_statement_step (statement, error);
  bool ok = step == RAI_STEP_ROW && g_strcmp0 (rai_statement_text (statement, 0), "ok") == 0;
  if (step == RAI_STEP_ROW && !ok)
    g_set_error (error, RAI_DB_ERROR, RAI_DB_ERROR_CORRUPT, "%s",
                 rai_statement_text (statement, 0));

  rai_statement_reset (statement);
  return ok;
}

bool
rai_replica_is_disk_error (const GError *error) {
  return g_error_matches (error, RAI_DB_ERROR, RAI_DB_ERROR_IO) ||
         g_error_matches (error, RAI_DB_ERROR, RAI_DB_ERROR_OPEN) ||
         g_error_matches (error, RAI_DB_ERROR, RAI_DB_ERROR_FULL) ||
         g_error_matches (error, RAI_DB_ERROR, RAI_DB_ERROR_BUSY);
}

bool
rai_replica_check_file (const char *path, bool every_page, GError **error) {
  g_autofree char *url = g_strdup_printf ("sqlite:%s", path);
  g_autoptr (GError) local = NULL;
  g_autoptr (RaiDb) db = rai_db_open (url, RAI_DB_OPEN_READ_ONLY, &local);

  int64_t n = 0;
  if (db != NULL && (!every_page || check_pages (db, &local)) &&
      rai_db_get_int (db, "SELECT count(*) FROM sync_state", NULL, 0, 0, &n, &local) && n >= 3)
    return true;

  if (rai_replica_is_disk_error (local)) {
    g_propagate_error (error, g_steal_pointer (&local));
    return false;
  }

  g_set_error (error, RAI_SYNC_ERROR, RAI_SYNC_ERROR_DAMAGED, "The replica is damaged%s%s",
               local != NULL ? ": " : "", local != NULL ? local->message : "");
  return false;
}

RaiDb *
rai_replica_db (RaiReplica *self) {
  return self->db;
}

int64_t
rai_replica_revision (RaiReplica *self) {
  return self->revision;
}

const char *
rai_replica_get (RaiReplica *self, const char *key) {
  return g_hash_table_lookup (self->state, key);
}

bool
rai_replica_drifted (RaiReplica *self) {
  return self->drifted;
}

/* ---- Changesets ---- */

static bool
fail_sqlite (RaiReplica *self, int code, GError **error) {
  RaiDbError number = code == SQLITE_FULL             ? RAI_DB_ERROR_FULL
                      : code == SQLITE_CORRUPT        ? RAI_DB_ERROR_CORRUPT
                      : (code & 0xff) == SQLITE_IOERR ? RAI_DB_ERROR_IO
                                                      : RAI_DB_ERROR_FAILED;
  g_set_error (error, RAI_DB_ERROR, number,
               "The changes of a waiting command could not be kept or taken back: %s",
               sqlite3_errmsg (rai_db_sqlite (self->db)));
  return false;
}

static int
is_ours_cb (void *data, const char *table) {
  return !g_str_has_prefix (table, "sync_");
}

static sqlite3_session *
begin_recording (RaiReplica *self, GError **error) {
  sqlite3_session *session = NULL;
  int code = sqlite3session_create (rai_db_sqlite (self->db), "main", &session);
  if (code == SQLITE_OK) {
    sqlite3session_table_filter (session, is_ours_cb, NULL);
    code = sqlite3session_attach (session, NULL);
  }

  if (code == SQLITE_OK)
    return session;
  if (session != NULL)
    sqlite3session_delete (session);

  fail_sqlite (self, code, error);
  return NULL;
}

/* Ends the recording; NULL changes when there are none. */
static bool
end_recording (RaiReplica *self, sqlite3_session *session, GBytes **changes, GError **error) {
  int size = 0;
  void *data = NULL;
  int code = sqlite3session_changeset (session, &size, &data);

  sqlite3session_delete (session);
  if (code != SQLITE_OK)
    return fail_sqlite (self, code, error);
  *changes = size > 0 ? g_bytes_new (data, (size_t) size) : NULL;
  sqlite3_free (data);

  return true;
}

static int
misfit_cb (void *data, int kind, sqlite3_changeset_iter *iterator) {
  RaiReplica *self = data;
  self->drifted = true;
  return kind == SQLITE_CHANGESET_DATA || kind == SQLITE_CHANGESET_CONFLICT
             ? SQLITE_CHANGESET_REPLACE
             : SQLITE_CHANGESET_OMIT;
}

static bool
take_back (RaiReplica *self, GBytes *changes, GError **error) {
  size_t size;
  const void *data = g_bytes_get_data (changes, &size);
  int inverse_size = 0;
  void *inverse = NULL;
  int code = sqlite3changeset_invert ((int) size, data, &inverse_size, &inverse);

  if (code == SQLITE_OK)
    code = sqlite3changeset_apply (rai_db_sqlite (self->db), inverse_size, inverse, NULL, misfit_cb,
                                   self);

  sqlite3_free (inverse);
  return code == SQLITE_OK ? true : fail_sqlite (self, code, error);
}

static bool
take_back_all (RaiReplica *self, GError **error) {
  RaiStatement *select = rai_db_prepare (
      self->db, "SELECT changes FROM sync_pending WHERE changes IS NOT NULL ORDER BY sequence DESC",
      error);

  if (select == NULL)
    return false;
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);

  RaiStep step;
  while ((step = rai_statement_step (select, error)) == RAI_STEP_ROW) {
    size_t size = 0;
    const void *blob = rai_statement_blob (select, 0, &size);
    g_ptr_array_add (all, g_bytes_new (blob, size));
  }

  rai_statement_reset (select);
  if (step == RAI_STEP_FAILED)
    return false;
  for (unsigned i = 0; i < all->len; i++)
    if (!take_back (self, all->pdata[i], error))
      return false;

  return rai_db_exec (self->db, "DELETE FROM sync_pending", error);
}

static bool
add_pending (RaiReplica *self, const RaiCommandCall *call, GBytes *changes, GError **error) {
  RaiStatement *insert = rai_db_prepare (self->db,
                                         "INSERT INTO sync_pending (id, name, arguments, acted_at, "
                                         "device, changes) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                                         error);

  if (insert == NULL)
    return false;
  rai_statement_bind_text (insert, 1, call->id);
  rai_statement_bind_text (insert, 2, call->name);
  rai_statement_bind_text (insert, 3, call->arguments);
  rai_statement_bind_int (insert, 4, call->acted_at);
  rai_statement_bind_text (insert, 5, call->device != NULL ? call->device : "");

  if (changes != NULL) {
    size_t size;
    const void *data = g_bytes_get_data (changes, &size);
    rai_statement_bind_blob (insert, 6, data, size);
  } else {
    rai_statement_bind_null (insert, 6);
  }

  return rai_statement_run (insert, error);
}

/* ---- Commands ---- */

/* Within a transaction. */
static bool
run_recorded (RaiReplica *self, const RaiIdentity *identity, const RaiCommandCall *call,
              RaiAnswer *answer, GBytes **changes, GError **error) {
  sqlite3_session *session = begin_recording (self, error);
  if (session == NULL)
    return false;
  if (!rai_command_run (self->db, identity, call, answer, error)) {
    sqlite3session_delete (session);
    return false;
  }
  return end_recording (self, session, changes, error);
}

static bool
run_and_keep (RaiReplica *self, const RaiIdentity *identity, const RaiCommandCall *call,
              RaiAnswer *answer, RaiReplicaKeep keep, void *data, GError **error) {
  g_autoptr (GBytes) changes = NULL;
  if (!run_recorded (self, identity, call, answer, &changes, error))
    return false;
  if (answer->status != RAI_ANSWER_APPLIED) {
    rai_db_rollback (self->db);
    return true;
  }

  return add_pending (self, call, changes, error) && keep (data, answer, error) &&
         rai_db_commit (self->db, error);
}

bool
rai_replica_run (RaiReplica *self, const RaiIdentity *identity, const RaiCommandCall *call,
                 RaiAnswer *answer, RaiReplicaKeep keep, void *data, GError **error) {
  if (!rai_db_begin_write (self->db, error))
    return false;
  if (run_and_keep (self, identity, call, answer, keep, data, error))
    return true;
  rai_db_rollback (self->db);
  return false;
}

/* What is refused here is for the server to refuse: it stays pending, but shows nothing. */
static bool
run_again (RaiReplica *self, const RaiIdentity *identity, const RaiCommandCall *call,
           GError **error) {
  RaiAnswer answer = { 0 };
  g_autoptr (GBytes) changes = NULL;
  g_autoptr (GError) local = NULL;

  /* Around the command's own savepoint. */
  if (!rai_db_exec (self->db, "SAVEPOINT sync_again", error))
    return false;

  bool ok = run_recorded (self, identity, call, &answer, &changes, &local);
  bool shown = ok && answer.status == RAI_ANSWER_APPLIED;
  rai_answer_clear (&answer);

  if (!ok && !g_error_matches (local, RAI_DB_ERROR, RAI_DB_ERROR_CONSTRAINT)) {
    g_propagate_error (error, g_steal_pointer (&local));
    return false;
  }

  if (!shown && !rai_db_exec (self->db, "ROLLBACK TO sync_again", error))
    return false;
  return rai_db_exec (self->db, "RELEASE sync_again", error) &&
         add_pending (self, call, shown ? changes : NULL, error);
}

static bool
set_revision (RaiReplica *self, int64_t revision, GError **error) {
  RaiStatement *update = rai_db_prepare (self->db, "UPDATE feed SET revision = ?1", error);
  if (update == NULL)
    return false;
  rai_statement_bind_int (update, 1, revision);
  return rai_statement_run (update, error);
}

static bool
apply_page (RaiReplica *self, const RaiIdentity *identity, GBytes *page, int64_t revision,
            GError **error) {
  bool window;
  return rai_sync_apply (self->db, page, revision, &window, error) &&
         (!window || rai_sync_trim (self->db, identity, true, error)) &&
         set_revision (self, revision, error);
}

/* To a scope that is another than before; what the server told of days not held here may be out of
 * it. */
static bool
trim_all (RaiReplica *self, const RaiIdentity *identity, GError **error) {
  return rai_sync_trim (self->db, identity, false, error) &&
         rai_db_exec (self->db, "DELETE FROM sync_answer", error);
}

static bool
rebase (RaiReplica *self, const RaiIdentity *identity, GBytes *page, int64_t revision, bool trim,
        GPtrArray *calls, GError **error) {
  if (!take_back_all (self, error))
    return false;
  if (page != NULL && !apply_page (self, identity, page, revision, error))
    return false;
  if (trim && !trim_all (self, identity, error))
    return false;
  for (unsigned i = 0; i < calls->len; i++)
    if (!run_again (self, identity, calls->pdata[i], error))
      return false;

  return rai_db_commit (self->db, error);
}

bool
rai_replica_rebase (RaiReplica *self, const RaiIdentity *identity, GBytes *page, int64_t revision,
                    bool trim, GPtrArray *calls, GError **error) {
  if (!rai_db_begin_write (self->db, error))
    return false;
  if (!rebase (self, identity, page, revision, trim, calls, error)) {
    rai_db_rollback (self->db);
    return false;
  }

  if (page != NULL)
    self->revision = revision;
  return true;
}

GPtrArray *
rai_replica_pending_calls (RaiReplica *self, GError **error) {
  RaiStatement *select = rai_db_prepare (
      self->db, "SELECT id, name, arguments, acted_at, device FROM sync_pending ORDER BY sequence",
      error);

  if (select == NULL)
    return NULL;

  GPtrArray *calls = g_ptr_array_new_with_free_func ((GDestroyNotify) rai_command_call_free);
  RaiStep step;
  while ((step = rai_statement_step (select, error)) == RAI_STEP_ROW)
    g_ptr_array_add (
        calls, rai_command_call_new (rai_statement_text (select, 0), rai_statement_text (select, 1),
                                     rai_statement_text (select, 2), rai_statement_int (select, 3),
                                     rai_statement_text (select, 4)));

  rai_statement_reset (select);
  if (step == RAI_STEP_FAILED)
    g_clear_pointer (&calls, g_ptr_array_unref);

  return calls;
}

GPtrArray *
rai_replica_pending_ids (RaiReplica *self, GError **error) {
  g_autoptr (GPtrArray) calls = rai_replica_pending_calls (self, error);
  if (calls == NULL)
    return NULL;
  GPtrArray *ids = g_ptr_array_new_with_free_func (g_free);
  for (unsigned i = 0; i < calls->len; i++)
    g_ptr_array_add (ids, g_strdup (((RaiCommandCall *) calls->pdata[i])->id));
  return ids;
}

/* ---- Answers ---- */

void
rai_replica_answer_clear (RaiReplicaAnswer *answer) {
  g_clear_pointer (&answer->body, g_bytes_unref);
}

void
rai_replica_keep_answer (RaiReplica *self, const char *query, const char *key,
                         const RaiReplicaAnswer *answer) {
  size_t size;
  const void *data = g_bytes_get_data (answer->body, &size);
  RaiStatement *insert =
      rai_db_prepare (self->db,
                      "INSERT OR REPLACE INTO sync_answer (query, key, from_day, to_day, at, body) "
                      "VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                      NULL);

  if (insert == NULL)
    return;
  rai_statement_bind_text (insert, 1, query);
  rai_statement_bind_text (insert, 2, key);
  rai_statement_bind_int (insert, 3, answer->from);
  rai_statement_bind_int (insert, 4, answer->to);
  rai_statement_bind_int (insert, 5, answer->at);
  rai_statement_bind_blob (insert, 6, data, size);

  if (rai_statement_run (insert, NULL))
    rai_db_exec (self->db,
                 "DELETE FROM sync_answer WHERE rowid NOT IN (SELECT rowid FROM sync_answer ORDER "
                 "BY at DESC "
                 "LIMIT " ANSWERS_MAX ")",
                 NULL);
}

bool
rai_replica_find_answer (RaiReplica *self, const char *query, const char *key,
                         RaiReplicaAnswer *answer) {
  RaiStatement *select = rai_db_prepare (
      self->db, "SELECT from_day, to_day, at, body FROM sync_answer WHERE query = ?1 AND key = ?2",
      NULL);

  if (select == NULL)
    return false;
  rai_statement_bind_text (select, 1, query);
  rai_statement_bind_text (select, 2, key);

  bool found = rai_statement_step (select, NULL) == RAI_STEP_ROW;
  if (found) {
    size_t size;
    const void *data = rai_statement_blob (select, 3, &size);
    *answer = (RaiReplicaAnswer){ (RaiDay) rai_statement_int (select, 0),
                                  (RaiDay) rai_statement_int (select, 1),
                                  rai_statement_int (select, 2), g_bytes_new (data, size) };
  }

  rai_statement_reset (select);
  return found;
}
