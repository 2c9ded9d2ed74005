/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/rai-db.h"

#include "db/rai-db-driver.h"
#include "db/rai-sql.h"

#include <string.h>

/* Texts made at run time that are kept prepared. */
#define QUERIES_KEPT 256

GQuark
rai_db_error_quark (void) {
  return g_quark_from_static_string ("rai-db-error-quark");
}

/* Statements are looked up a million times by texts of up to a thousand bytes: their length and a
 * sample tell them apart well enough. */
static unsigned
text_hash (const void *data) {
  const char *text = data;
  const size_t length = strlen (text), step = length / 24 + 1;
  unsigned hash = (unsigned) length;
  for (size_t i = 0; i < length; i += step)
    hash = hash * 31 + (guchar) text[i];
  return hash;
}

RaiDb *
rai_db_open (const char *url, RaiDbOpenFlags flags, GError **error) {
  const RaiDriver *driver = NULL;
  g_return_val_if_fail (url, NULL);
  if (g_str_has_prefix (url, "sqlite:"))
    driver = &rai_driver_sqlite;
#ifdef RAI_HAVE_POSTGRESQL
  if (g_str_has_prefix (url, "postgresql://") || g_str_has_prefix (url, "postgres://"))
    driver = &rai_driver_postgresql;
#endif
  if (driver == NULL) {
    g_set_error (error, RAI_DB_ERROR, RAI_DB_ERROR_URL,
                 "\"%s\" is not a database that this program opens: give sqlite:PATH or "
                 "postgresql://USER@HOST/NAME",
                 url);
    return NULL;
  }

  RaiDb *db = driver->open (url, flags, error);
  if (db == NULL)
    return NULL;
  db->driver = driver;
  db->savepoints = g_ptr_array_new_with_free_func (g_free);
  db->statements =
      g_hash_table_new_full (text_hash, g_str_equal, g_free, (GDestroyNotify) driver->finalize);
  db->queries =
      g_hash_table_new_full (text_hash, g_str_equal, g_free, (GDestroyNotify) driver->finalize);

  return db;
}

void
rai_db_close (RaiDb *db) {
  if (db == NULL)
    return;
  if (db->in_transaction)
    rai_db_rollback (db);
  if (db->sales != NULL)
    db->free_sales (db->sales);

  g_hash_table_unref (db->queries);
  g_hash_table_unref (db->statements);
  g_ptr_array_unref (db->savepoints);
  db->driver->close (db);
}

RaiDbKind
rai_db_kind (const RaiDb *db) {
  return db->driver->kind;
}

bool
rai_db_exec (RaiDb *db, const char *sql, GError **error) {
  g_autofree char *text = rai_sql_translate (sql, rai_db_kind (db));
  return db->driver->exec (db, text, error);
}

static RaiStatement *
prepare_in (RaiDb *db, GHashTable *cache, const char *sql, GError **error) {
  RaiStatement *statement = g_hash_table_lookup (cache, sql);
  if (statement != NULL) {
    db->driver->clear (statement);
    return statement;
  }

  g_autofree char *text = rai_sql_translate (sql, rai_db_kind (db));
  statement = db->driver->prepare (db, text, error);
  if (statement == NULL)
    return NULL;

  statement->db = db;
  g_hash_table_insert (cache, g_strdup (sql), statement);
  return statement;
}

RaiStatement *
rai_db_prepare (RaiDb *db, const char *sql, GError **error) {
  return prepare_in (db, db->statements, sql, error);
}

RaiStatement *
rai_db_prepare_query (RaiDb *db, const char *sql, GError **error) {
  if (g_hash_table_size (db->queries) >= QUERIES_KEPT)
    g_hash_table_remove_all (db->queries);
  return prepare_in (db, db->queries, sql, error);
}

void
rai_statement_bind_int (RaiStatement *statement, int parameter, int64_t value) {
  statement->db->driver->bind_int (statement, parameter, value);
}

void
rai_statement_bind_double (RaiStatement *statement, int parameter, double value) {
  statement->db->driver->bind_double (statement, parameter, value);
}

void
rai_statement_bind_text (RaiStatement *statement, int parameter, const char *value) {
  if (value != NULL)
    statement->db->driver->bind_text (statement, parameter, value);
  else
    statement->db->driver->bind_null (statement, parameter);
}

void
rai_statement_bind_blob (RaiStatement *statement, int parameter, const void *data, size_t size) {
  statement->db->driver->bind_blob (statement, parameter, data, size);
}

void
rai_statement_bind_null (RaiStatement *statement, int parameter) {
  statement->db->driver->bind_null (statement, parameter);
}

void
rai_statement_bind_day (RaiStatement *statement, int parameter, RaiDay day) {
  if (day != RAI_DAY_NONE)
    rai_statement_bind_int (statement, parameter, day);
  else
    rai_statement_bind_null (statement, parameter);
}

RaiStep
rai_statement_step (RaiStatement *statement, GError **error) {
  return statement->db->driver->step (statement, error);
}

bool
rai_statement_run (RaiStatement *statement, GError **error) {
  const RaiStep step = rai_statement_step (statement, error);
  rai_statement_reset (statement);
  return step != RAI_STEP_FAILED;
}

void
rai_statement_reset (RaiStatement *statement) {
  statement->db->driver->reset (statement);
}

int
rai_statement_n_columns (RaiStatement *statement) {
  return statement->db->driver->n_columns (statement);
}

const char *
rai_statement_column_name (RaiStatement *statement, int column) {
  return statement->db->driver->column_name (statement, column);
}

bool
rai_statement_is_null (RaiStatement *statement, int column) {
  return statement->db->driver->is_null (statement, column);
}

int64_t
rai_statement_int (RaiStatement *statement, int column) {
  return statement->db->driver->column_int (statement, column);
}

double
rai_statement_double (RaiStatement *statement, int column) {
  return statement->db->driver->column_double (statement, column);
}

RaiDay
rai_statement_day (RaiStatement *statement, int column) {
  return rai_statement_is_null (statement, column) ? RAI_DAY_NONE
                                                   : (RaiDay) rai_statement_int (statement, column);
}

const char *
rai_statement_text (RaiStatement *statement, int column) {
  return statement->db->driver->column_text (statement, column);
}

const void *
rai_statement_blob (RaiStatement *statement, int column, size_t *size) {
  return statement->db->driver->column_blob (statement, column, size);
}

bool
rai_db_get_int (RaiDb *db, const char *sql, const int64_t *arguments, int n_arguments,
                int64_t fallback, int64_t *value, GError **error) {
  RaiStatement *statement = rai_db_prepare (db, sql, error);
  if (statement == NULL)
    return false;
  for (int i = 0; i < n_arguments; i++)
    rai_statement_bind_int (statement, i + 1, arguments[i]);

  const RaiStep step = rai_statement_step (statement, error);
  if (step == RAI_STEP_ROW && !rai_statement_is_null (statement, 0))
    *value = rai_statement_int (statement, 0);
  else
    *value = fallback;

  rai_statement_reset (statement);
  return step != RAI_STEP_FAILED;
}

bool
rai_db_take_planner_lock (RaiDb *db, GError **error) {
  return db->driver->take_planner_lock (db, error);
}

int64_t
rai_db_changes (RaiDb *db) {
  return db->driver->changes (db);
}

static void
forget_at_commit (RaiDb *db) {
  RaiAtCommit *work = g_steal_pointer (&db->at_commit);
  if (work != NULL)
    work->free (work);
  db->undone = false;
}

static bool
begin (RaiDb *db, const char *sql, bool writing, GError **error) {
  g_return_val_if_fail (!db->in_transaction, false);
  if (!db->driver->exec (db, sql, error))
    return false;
  db->in_transaction = true;
  db->writing = writing;
  g_ptr_array_set_size (db->savepoints, 0);
  db->revision = 0;
  return true;
}

bool
rai_db_begin_read (RaiDb *db, GError **error) {
  return begin (db, db->driver->begin_read, false, error);
}

bool
rai_db_begin_write (RaiDb *db, GError **error) {
  if (begin (db, db->driver->begin_write, true, error))
    return true;
  db->driver->exec (db, "ROLLBACK", NULL); /* BEGIN may have worked where the lock did not */
  return false;
}

bool
rai_db_commit (RaiDb *db, GError **error) {
  g_return_val_if_fail (db->in_transaction, false);
  if ((db->at_commit != NULL && !db->at_commit->run (db->at_commit, db, error)) ||
      !db->driver->exec (db, "COMMIT", error)) {
    rai_db_rollback (db);
    return false;
  }
  forget_at_commit (db);
  db->in_transaction = false;
  return true;
}

void
rai_db_rollback (RaiDb *db) {
  if (!db->in_transaction)
    return;
  forget_at_commit (db);
  db->in_transaction = false;
  db->driver->exec (db, "ROLLBACK",
                    NULL); /* fails when the database undid it by itself: the same to us */
}

bool
rai_db_in_transaction (const RaiDb *db) {
  return db->in_transaction;
}

bool
rai_db_savepoint (RaiDb *db, const char *name, GError **error) {
  g_return_val_if_fail (db->in_transaction, false);
  g_autofree char *sql = g_strdup_printf ("SAVEPOINT %s", name);
  if (!db->driver->exec (db, sql, error))
    return false;
  g_ptr_array_add (db->savepoints, g_strdup (name));
  return true;
}

/* Takes the savepoint and those within it off the list; false when it is not open. */
static bool
close_savepoint (RaiDb *db, const char *name) {
  for (unsigned i = db->savepoints->len; i > 0; i--)
    if (g_str_equal (g_ptr_array_index (db->savepoints, i - 1), name)) {
      g_ptr_array_set_size (db->savepoints, (int) i - 1);
      return true;
    }
  return false;
}

bool
rai_db_release (RaiDb *db, const char *name, GError **error) {
  g_autofree char *sql = g_strdup_printf ("RELEASE SAVEPOINT %s", name);
  if (!close_savepoint (db, name))
    return true;
  db->revision_depth = MIN (db->revision_depth, db->savepoints->len);
  return db->driver->exec (db, sql, error);
}

void
rai_db_rollback_to (RaiDb *db, const char *name) {
  g_autofree char *sql =
      g_strdup_printf ("ROLLBACK TO SAVEPOINT %s; RELEASE SAVEPOINT %s", name, name);
  if (!close_savepoint (db, name))
    return;
  db->driver->exec (db, sql, NULL);
  db->undone = db->at_commit != NULL;
  if (db->revision_depth > db->savepoints->len)
    db->revision = 0;
}

bool
rai_db_last_revision (RaiDb *db, int64_t *revision, GError **error) {
  return rai_db_get_int (db, "SELECT revision FROM feed WHERE id = 1", NULL, 0, 0, revision, error);
}

bool
rai_db_revision (RaiDb *db, int64_t *revision, GError **error) {
  g_return_val_if_fail (db->in_transaction && db->writing, false);
  if (!db->revision) {
    if (db->replica)
      return rai_db_last_revision (db, revision, error);
    if (!rai_db_get_int (db,
                         "UPDATE feed SET revision = revision + 1 WHERE id = 1 RETURNING revision",
                         NULL, 0, 0, &db->revision, error))
      return false;
    db->revision_depth = db->savepoints->len;
  }

  *revision = db->revision;
  return true;
}

void
rai_db_set_replica (RaiDb *db, bool replica) {
  db->replica = replica;
}

RaiCopy *
rai_db_copy_begin (RaiDb *db, const char *table, const char *const *columns, GError **error) {
  RaiCopy *copy = db->driver->copy_begin (db, table, columns, error);
  if (copy != NULL)
    copy->db = db;
  return copy;
}

RaiStatement *
rai_copy_statement (RaiCopy *copy) {
  return copy->db->driver->copy_statement (copy);
}

bool
rai_copy_row (RaiCopy *copy, GError **error) {
  return copy->db->driver->copy_row (copy, error);
}

bool
rai_copy_end (RaiCopy *copy, GError **error) {
  return copy->db->driver->copy_end (copy, error);
}
