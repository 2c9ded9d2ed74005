/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/rai-migration.h"

#include "db/rai-db-resource.h"
#include "db/rai-db-run.h"
#include "util/rai-clock.h"
#include "util/rai-day.h"

#include <stdlib.h>
#include <string.h>

#define FOLDER "/org/retailai/RetailAI/db/sql"

typedef struct {
  int number;
  char *name; /* "0001-house.sql" */
  char *sql;
  char *checksum;
} Migration;

static int
compare_names (const void *a, const void *b, void *data) {
  return strcmp (*(char *const *) a, *(char *const *) b);
}

/* All migrations in order, read once for the life of the process. */
static GPtrArray *
migrations (void) {
  static GPtrArray *list;
  if (g_once_init_enter (&list)) {
    g_resources_register (rai_db_get_resource ());
    g_auto (GStrv) names =
        g_resources_enumerate_children (FOLDER, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
    g_assert (names);
    g_qsort_with_data (names, (int) g_strv_length (names), sizeof *names, compare_names, NULL);
    GPtrArray *made = g_ptr_array_new ();
    for (char **name = names; *name; name++) {
      g_autofree char *path = g_build_path ("/", FOLDER, *name, NULL);
      g_autoptr (GBytes) bytes = g_resources_lookup_data (path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
      Migration *migration = g_new0 (Migration, 1);
      migration->number = atoi (*name);
      migration->name = g_strdup (*name);
      migration->sql = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
      migration->checksum = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);
      g_ptr_array_add (made, migration);
    }
    g_once_init_leave (&list, made);
  }

  return list;
}

int
rai_migration_latest (void) {
  GPtrArray *list = migrations ();
  return ((Migration *) g_ptr_array_index (list, list->len - 1))->number;
}

static bool
has_table (RaiDb *db, bool *there, GError **error) {
  int64_t count = 0;
  const char *sql =
      "/*sqlite SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = 'migration' */"
      "/*postgresql SELECT count(*) FROM pg_tables WHERE tablename = 'migration' AND schemaname = "
      "ANY (current_schemas (false)) */";

  if (!rai_db_get_int (db, sql, NULL, 0, 0, &count, error))
    return false;
  *there = count > 0;

  return true;
}

/* Compares what was applied with what we have; *applied is the newest number, 0 for an empty
 * database. */
static bool
check_applied (RaiDb *db, int *applied, GError **error) {
  bool there = false;
  *applied = 0;
  if (!has_table (db, &there, error))
    return false;
  if (!there)
    return true;

  RaiStatement *statement =
      rai_db_prepare (db, "SELECT number, checksum FROM migration ORDER BY number", error);
  if (statement == NULL)
    return false;

  GPtrArray *list = migrations ();
  RaiStep step;
  while ((step = rai_statement_step (statement, error)) == RAI_STEP_ROW) {
    const int number = (int) rai_statement_int (statement, 0);
    const Migration *ours = NULL;
    for (unsigned i = 0; i < list->len; i++)
      if (((Migration *) g_ptr_array_index (list, i))->number == number)
        ours = g_ptr_array_index (list, i);
    if (ours == NULL)
      g_set_error (
          error, RAI_DB_ERROR, RAI_DB_ERROR_SCHEMA,
          "The database is newer than this program (its schema is %d, ours %d): update the program",
          number, rai_migration_latest ());
    else if (g_strcmp0 (ours->checksum, rai_statement_text (statement, 1)) != 0)
      g_set_error (error, RAI_DB_ERROR, RAI_DB_ERROR_SCHEMA,
                   "The database was made with another version of %s than this program's: restore "
                   "a backup or use the "
                   "program that made it",
                   ours->name);
    if (ours == NULL || g_strcmp0 (ours->checksum, rai_statement_text (statement, 1)) != 0) {
      rai_statement_reset (statement);
      return false;
    }
    *applied = number;
  }

  rai_statement_reset (statement);
  return step == RAI_STEP_DONE;
}

static bool
record (RaiDb *db, const Migration *migration, GError **error) {
  return rai_db_run (db, error,
                     "INSERT INTO migration (number, name, checksum, applied_at)"
                     " VALUES (?1, ?2, ?3, ?4)",
                     "itti", (int64_t) migration->number, migration->name, migration->checksum,
                     rai_now_ms ());
}

/* Another process may have been here first: what is applied is read again under the write lock. */
static bool
apply_locked (RaiDb *db, const Migration *migration, GError **error) {
  int applied = 0;
  if (!rai_db_exec (
          db,
          "CREATE TABLE IF NOT EXISTS migration (number INTEGER PRIMARY KEY, name TEXT NOT NULL, "
          "checksum TEXT NOT NULL, applied_at BIGINT NOT NULL)",
          error) ||
      !check_applied (db, &applied, error))
    return false;

  if (applied >= migration->number)
    return true;
  if (!rai_db_exec (db, migration->sql, error)) {
    g_prefix_error (error, "%s: ", migration->name);
    return false;
  }

  return record (db, migration, error);
}

static bool
apply (RaiDb *db, const Migration *migration, GError **error) {
  if (!rai_db_begin_write (db, error))
    return false;
  if (apply_locked (db, migration, error))
    return rai_db_commit (db, error);
  rai_db_rollback (db);
  return false;
}

bool
rai_migration_run (RaiDb *db, GError **error) {
  int applied = 0;
  if (!check_applied (db, &applied, error))
    return false;

  GPtrArray *list = migrations ();
  for (unsigned i = 0; i < list->len; i++) {
    const Migration *migration = g_ptr_array_index (list, i);
    if (migration->number > applied && !apply (db, migration, error))
      return false;
  }

  return true;
}

bool
rai_migration_build (RaiDb *db, GError **error) {
  GPtrArray *list = migrations ();
  for (unsigned i = 0; i < list->len; i++)
    if (!apply_locked (db, g_ptr_array_index (list, i), error))
      return false;
  return true;
}

bool
rai_migration_check (RaiDb *db, GError **error) {
  int applied = 0;
  if (!check_applied (db, &applied, error))
    return false;
  if (applied == rai_migration_latest ())
    return true;

  g_set_error (
      error, RAI_DB_ERROR, RAI_DB_ERROR_SCHEMA,
      applied ? "The database's schema is %d and this program's is %d: run the command migrate"
              : "The database is empty (schema %d, this program's is %d): run the command init",
      applied, rai_migration_latest ());

  return false;
}
