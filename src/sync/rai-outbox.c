/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/rai-outbox.h"

#include "db/rai-db-run.h"
#include "sync/rai-replica.h"
#include "util/rai-clock.h"
#include "util/rai-day.h"

#include <gio/gio.h>
#include <glib/gstdio.h>

struct _RaiOutbox {
  RaiDb *db;
};

#define KEEP_MS (30 * RAI_MS_PER_DAY)

static const char schema[] =
    "CREATE TABLE IF NOT EXISTS note (key TEXT PRIMARY KEY, value TEXT NOT NULL);"
    "CREATE TABLE IF NOT EXISTS command ("
    "  sequence INTEGER PRIMARY KEY AUTOINCREMENT,"
    "  id TEXT NOT NULL UNIQUE,"
    "  name TEXT NOT NULL,"
    "  arguments TEXT NOT NULL,"
    "  acted_at INTEGER NOT NULL,"
    "  device TEXT NOT NULL,"
    "  summary TEXT NOT NULL,"
    "  state TEXT NOT NULL DEFAULT 'waiting'," /* waiting, sent, attention */
    "  tries INTEGER NOT NULL DEFAULT 0,"
    "  answered_at INTEGER,"
    "  code TEXT, message TEXT, result TEXT,"
    "  rev INTEGER NOT NULL DEFAULT 0);"
    /* Acted while nobody knew by how much this computer's clock is off. */
    "CREATE TABLE IF NOT EXISTS doubt (id TEXT PRIMARY KEY);"
    "CREATE INDEX IF NOT EXISTS command_state ON command (state, sequence);";

/* ---- Opening ---- */

static bool
check (RaiDb *db, GError **error) {
  RaiStatement *statement = rai_db_prepare (db, "PRAGMA quick_check(1)", error);
  RaiStep step = statement != NULL ? rai_statement_step (statement, error) : RAI_STEP_FAILED;
  bool ok = step == RAI_STEP_ROW && g_strcmp0 (rai_statement_text (statement, 0), "ok") == 0;

  if (statement != NULL)
    rai_statement_reset (statement);
  if (!ok && error != NULL && *error == NULL)
    g_set_error (error, RAI_DB_ERROR, RAI_DB_ERROR_CORRUPT,
                 "The list of waiting changes is damaged");

  return ok;
}

static RaiOutbox *
open_file (const char *path, GError **error) {
  g_autofree char *url = g_strdup_printf ("sqlite:%s", path);
  g_autoptr (RaiDb) db = rai_db_open (url, RAI_DB_OPEN_CREATE, error);
  if (db == NULL || !rai_db_exec (db, "PRAGMA synchronous = FULL", error) || !check (db, error) ||
      !rai_db_exec (db, schema, error))
    return NULL;
  RaiOutbox *self = g_new0 (RaiOutbox, 1);
  self->db = g_steal_pointer (&db);
  return self;
}

static char *
move_aside (const char *path, GError **error) {
  g_autofree char *aside = g_strdup_printf ("%s.damaged-%" G_GINT64_FORMAT, path, rai_now_ms ());
  const char *const endings[] = { "-wal", "-shm" };

  if (g_rename (path, aside) != 0) {
    g_set_error (error, RAI_SYNC_ERROR, RAI_SYNC_ERROR_STORAGE,
                 "Cannot move the damaged file %s aside", path);
    return NULL;
  }

  for (unsigned i = 0; i < G_N_ELEMENTS (endings); i++) {
    g_autofree char *from = g_strconcat (path, endings[i], NULL);
    g_autofree char *to = g_strconcat (aside, endings[i], NULL);
    g_rename (from, to);
  }

  return g_steal_pointer (&aside);
}

RaiOutbox *
rai_outbox_open (const char *path, char **aside, GError **error) {
  g_autoptr (GError) local = NULL;
  RaiOutbox *self = open_file (path, &local);
  if (self != NULL)
    return self;
  if (!g_error_matches (local, RAI_DB_ERROR, RAI_DB_ERROR_CORRUPT)) {
    g_propagate_error (error, g_steal_pointer (&local));
    return NULL;
  }

  *aside = move_aside (path, error);
  return *aside ? open_file (path, error) : NULL;
}

void
rai_outbox_close (RaiOutbox *self) {
  if (self == NULL)
    return;
  rai_db_close (self->db);
  g_free (self);
}

/* ---- Commands ---- */

bool
rai_outbox_add (RaiOutbox *self, const RaiCommandCall *call, const char *summary, GError **error) {
  RaiStatement *insert = rai_db_prepare (self->db,
                                         "INSERT INTO command (id, name, arguments, acted_at, "
                                         "device, summary) VALUES (?1, ?2, ?3, ?4, "
                                         "?5, ?6) ON CONFLICT (id) DO NOTHING",
                                         error);

  if (insert == NULL)
    return false;
  rai_statement_bind_text (insert, 1, call->id);
  rai_statement_bind_text (insert, 2, call->name);
  rai_statement_bind_text (insert, 3, call->arguments);
  rai_statement_bind_int (insert, 4, call->acted_at);
  rai_statement_bind_text (insert, 5, call->device != NULL ? call->device : "");
  rai_statement_bind_text (insert, 6, summary != NULL ? summary : call->name);

  return rai_statement_run (insert, error);
}

bool
rai_outbox_doubt_time (RaiOutbox *self, const char *id, GError **error) {
  return rai_db_run (self->db, error, "INSERT INTO doubt (id) VALUES (?1) ON CONFLICT DO NOTHING",
                     "t", id);
}

bool
rai_outbox_correct_times (RaiOutbox *self, int64_t skew, GError **error) {
  int64_t some = 0;
  if (!rai_db_get_int (self->db, "SELECT count(*) FROM doubt", NULL, 0, 0, &some, error))
    return false;
  if (some == 0)
    return true;
  if (!rai_db_begin_write (self->db, error))
    return false;

  if (rai_db_run (self->db, error,
                  "UPDATE command SET acted_at = acted_at + ?1"
                  " WHERE state = 'waiting' AND id IN (SELECT id FROM doubt)",
                  "i", skew) &&
      rai_db_run (self->db, error, "DELETE FROM doubt", ""))
    return rai_db_commit (self->db, error);
  rai_db_rollback (self->db);
  return false;
}

static bool
take_in_entry (RaiOutbox *self, const RaiSyncEntry *entry, unsigned *added, GError **error) {
  g_autoptr (RaiCommandCall) call = rai_command_call_new (entry->id, entry->name, entry->arguments,
                                                          entry->acted_at, entry->device);
  if (!rai_outbox_add (self, call, entry->summary, error))
    return false;
  *added += rai_db_changes (self->db) > 0;
  return true;
}

bool
rai_outbox_take_in (RaiOutbox *self, GPtrArray *entries, unsigned *added, GError **error) {
  *added = 0;
  if (!rai_db_begin_write (self->db, error))
    return false;
  for (unsigned i = 0; i < entries->len; i++)
    if (!take_in_entry (self, entries->pdata[i], added, error)) {
      rai_db_rollback (self->db);
      return false;
    }

  return rai_db_commit (self->db, error);
}

static RaiCommandCall *
read_call (RaiStatement *row) {
  return rai_command_call_new (rai_statement_text (row, 0), rai_statement_text (row, 1),
                               rai_statement_text (row, 2), rai_statement_int (row, 3),
                               rai_statement_text (row, 4));
}

static GPtrArray *
read_calls (RaiStatement *select, GError **error) {
  g_autoptr (GPtrArray) calls =
      g_ptr_array_new_with_free_func ((GDestroyNotify) rai_command_call_free);
  RaiStep step;
  while ((step = rai_statement_step (select, error)) == RAI_STEP_ROW)
    g_ptr_array_add (calls, read_call (select));
  rai_statement_reset (select);
  return step == RAI_STEP_DONE ? g_steal_pointer (&calls) : NULL;
}

static bool
mark_tried (RaiOutbox *self, GPtrArray *calls, GError **error) {
  if (!rai_db_begin_write (self->db, error))
    return false;
  for (unsigned i = 0; i < calls->len; i++) {
    RaiStatement *update =
        rai_db_prepare (self->db, "UPDATE command SET tries = tries + 1 WHERE id = ?1", error);
    if (update != NULL)
      rai_statement_bind_text (update, 1, ((RaiCommandCall *) calls->pdata[i])->id);
    if (update == NULL || !rai_statement_run (update, error)) {
      rai_db_rollback (self->db);
      return false;
    }
  }

  return rai_db_commit (self->db, error);
}

GPtrArray *
rai_outbox_next (RaiOutbox *self, unsigned limit, GError **error) {
  RaiStatement *select =
      rai_db_prepare (self->db,
                      "SELECT id, name, arguments, acted_at, device FROM command "
                      "WHERE state = 'waiting' ORDER BY sequence LIMIT ?1",
                      error);

  if (select == NULL)
    return NULL;
  rai_statement_bind_int (select, 1, limit);
  g_autoptr (GPtrArray) calls = read_calls (select, error);
  if (calls == NULL || (calls->len > 0 && !mark_tried (self, calls, error)))
    return NULL;

  return g_steal_pointer (&calls);
}

GPtrArray *
rai_outbox_shown (RaiOutbox *self, int64_t revision, GError **error) {
  RaiStatement *select =
      rai_db_prepare (self->db,
                      "SELECT id, name, arguments, acted_at, device FROM command WHERE state = "
                      "'waiting' OR (state = 'sent' AND rev > ?1) ORDER BY sequence",
                      error);

  if (select == NULL)
    return NULL;
  rai_statement_bind_int (select, 1, revision);

  return read_calls (select, error);
}

bool
rai_outbox_answer (RaiOutbox *self, const char *id, const RaiAnswer *answer, int64_t now,
                   GError **error) {
  RaiStatement *update = rai_db_prepare (
      self->db,
      "UPDATE command SET state = ?2, code = ?3, message = ?4, result = ?5, rev = ?6, "
      "answered_at = ?7, summary = coalesce(?8, summary) WHERE id = ?1 AND state <> 'sent'",
      error);

  if (update == NULL)
    return false;

  bool applied = answer->status == RAI_ANSWER_APPLIED;
  rai_statement_bind_text (update, 1, id);
  rai_statement_bind_text (update, 2, applied ? "sent" : "attention");
  rai_statement_bind_text (update, 3, answer->code);
  rai_statement_bind_text (update, 4, answer->message);
  rai_statement_bind_text (update, 5, answer->result);
  rai_statement_bind_int (update, 6, answer->rev);
  rai_statement_bind_int (update, 7, now);
  rai_statement_bind_text (
      update, 8, applied && answer->summary != NULL && *answer->summary ? answer->summary : NULL);

  return rai_statement_run (update, error);
}

bool
rai_outbox_refuse_all (RaiOutbox *self, const char *code, const char *message, GError **error) {
  RaiStatement *update = rai_db_prepare (
      self->db,
      "UPDATE command SET state = 'attention', code = ?1, message = ?2 WHERE state = 'waiting'",
      error);

  if (update == NULL)
    return false;
  rai_statement_bind_text (update, 1, code);
  rai_statement_bind_text (update, 2, message);

  return rai_statement_run (update, error);
}

bool
rai_outbox_resend (RaiOutbox *self, GError **error) {
  return rai_db_exec (self->db,
                      "UPDATE command SET state = 'waiting', rev = 0 WHERE state = 'sent'", error);
}

bool
rai_outbox_discard (RaiOutbox *self, const char *id, GError **error) {
  RaiStatement *statement = rai_db_prepare (self->db,
                                            "DELETE FROM command WHERE id = ?1 AND (state = "
                                            "'attention' OR (state = 'waiting' AND tries = 0))",
                                            error);
  if (statement == NULL)
    return false;
  rai_statement_bind_text (statement, 1, id);
  return rai_statement_run (statement, error) && rai_db_changes (self->db) > 0;
}

RaiCommandCall *
rai_outbox_get (RaiOutbox *self, const char *id, GError **error) {
  RaiStatement *select = rai_db_prepare (
      self->db, "SELECT id, name, arguments, acted_at, device FROM command WHERE id = ?1", error);
  if (select == NULL)
    return NULL;
  rai_statement_bind_text (select, 1, id);
  g_autoptr (GPtrArray) calls = read_calls (select, error);
  return calls != NULL && calls->len > 0 ? g_ptr_array_steal_index (calls, 0) : NULL;
}

static RaiSyncEntry *
read_entry (RaiStatement *row) {
  RaiSyncEntry *entry = g_new0 (RaiSyncEntry, 1);
  const char *state = rai_statement_text (row, 8);
  entry->id = g_strdup (rai_statement_text (row, 0));
  entry->name = g_strdup (rai_statement_text (row, 1));
  entry->summary = g_strdup (rai_statement_text (row, 2));
  entry->arguments = g_strdup (rai_statement_text (row, 3));
  entry->code = g_strdup (rai_statement_text (row, 4));
  entry->message = g_strdup (rai_statement_text (row, 5));
  entry->result = g_strdup (rai_statement_text (row, 6));
  entry->acted_at = rai_statement_int (row, 7);
  entry->device = g_strdup (rai_statement_text (row, 9));
  entry->state = g_str_equal (state, "attention") ? RAI_ENTRY_ATTENTION
                 : g_str_equal (state, "waiting") ? RAI_ENTRY_WAITING
                                                  : RAI_ENTRY_SENT;

  return entry;
}

#define ENTRY_SELECT \
  "SELECT id, name, summary, arguments, code, message, result, acted_at, state, device FROM " \
  "command "

/* Takes the rows of a statement whose parameters are bound. */
static bool
append_entries (RaiStatement *select, GPtrArray *entries, GError **error) {
  RaiStep step;
  while ((step = rai_statement_step (select, error)) == RAI_STEP_ROW)
    g_ptr_array_add (entries, read_entry (select));
  rai_statement_reset (select);
  return step == RAI_STEP_DONE;
}

static bool
read_entries (RaiOutbox *self, const char *state, bool newest_first, int limit, GPtrArray *entries,
              GError **error) {
  g_autofree char *sql = g_strdup_printf (
      ENTRY_SELECT "WHERE state = ?1 ORDER BY sequence%s LIMIT ?2", newest_first ? " DESC" : "");
  RaiStatement *select = rai_db_prepare (self->db, sql, error);
  if (select == NULL)
    return false;
  rai_statement_bind_text (select, 1, state);
  rai_statement_bind_int (select, 2, limit);
  return append_entries (select, entries, error);
}

GPtrArray *
rai_outbox_entries (RaiOutbox *self, GError **error) {
  g_autoptr (GPtrArray) entries =
      g_ptr_array_new_with_free_func ((GDestroyNotify) rai_sync_entry_free);
  if (!read_entries (self, "attention", false, 1000, entries, error) ||
      !read_entries (self, "waiting", false, 1000, entries, error) ||
      !read_entries (self, "sent", true, 50, entries, error))
    return NULL;
  return g_steal_pointer (&entries);
}

GPtrArray *
rai_outbox_unanswered (RaiOutbox *self, GError **error) {
  g_autoptr (GPtrArray) entries =
      g_ptr_array_new_with_free_func ((GDestroyNotify) rai_sync_entry_free);
  RaiStatement *select =
      rai_db_prepare (self->db, ENTRY_SELECT "WHERE state <> 'sent' ORDER BY sequence", error);
  return select != NULL && append_entries (select, entries, error) ? g_steal_pointer (&entries)
                                                                   : NULL;
}

bool
rai_outbox_count (RaiOutbox *self, unsigned *waiting, unsigned *attention, GError **error) {
  int64_t n_waiting, n_attention;
  if (!rai_db_get_int (self->db, "SELECT count(*) FROM command WHERE state = 'waiting'", NULL, 0, 0,
                       &n_waiting, error) ||
      !rai_db_get_int (self->db, "SELECT count(*) FROM command WHERE state = 'attention'", NULL, 0,
                       0, &n_attention, error))
    return false;

  *waiting = (unsigned) n_waiting;
  *attention = (unsigned) n_attention;
  return true;
}

bool
rai_outbox_count_tried (RaiOutbox *self, int64_t *n, GError **error) {
  return rai_db_get_int (self->db,
                         "SELECT count(*) FROM command WHERE state = 'waiting' AND tries > 0", NULL,
                         0, 0, n, error);
}

bool
rai_outbox_prune (RaiOutbox *self, int64_t now, GError **error) {
  RaiStatement *statement = rai_db_prepare (
      self->db, "DELETE FROM command WHERE state = 'sent' AND answered_at < ?1", error);
  if (statement == NULL)
    return false;
  rai_statement_bind_int (statement, 1, now - KEEP_MS);
  return rai_statement_run (statement, error);
}

/* ---- Notes ---- */

char *
rai_outbox_get_note (RaiOutbox *self, const char *key) {
  RaiStatement *select = rai_db_prepare (self->db, "SELECT value FROM note WHERE key = ?1", NULL);
  if (select == NULL)
    return NULL;
  rai_statement_bind_text (select, 1, key);

  char *value = rai_statement_step (select, NULL) == RAI_STEP_ROW
                    ? g_strdup (rai_statement_text (select, 0))
                    : NULL;

  rai_statement_reset (select);
  return value;
}

bool
rai_outbox_set_note (RaiOutbox *self, const char *key, const char *value, GError **error) {
  RaiStatement *statement = rai_db_prepare (
      self->db,
      value != NULL ? "INSERT INTO note (key, value) VALUES (?1, ?2) ON CONFLICT (key) DO "
                      "UPDATE SET value = excluded.value"
                    : "DELETE FROM note WHERE key = ?1",
      error);

  if (statement == NULL)
    return false;
  rai_statement_bind_text (statement, 1, key);
  if (value != NULL)
    rai_statement_bind_text (statement, 2, value);

  return rai_statement_run (statement, error);
}
