/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/rai-tombstone.h"

#include "db/rai-db-run.h"
#include "db/rai-synced.h"

#include <string.h>

/* A row's key as text, in SQL: "CAST(site_id AS TEXT) || '/' || CAST(item_id AS TEXT)" */
static char *
key_expression (const RaiSyncedTable *table) {
  GString *key = g_string_new (NULL);
  for (const RaiSyncedColumn *column = table->columns; column->name != NULL && column->key;
       column++)
    g_string_append_printf (key, "%sCAST(%s AS TEXT)", key->len > 0 ? " || '/' || " : "",
                            column->name);
  return g_string_free (key, FALSE);
}

/* A statement with the condition's parameters bound; *n gets how many they are. */
static RaiStatement *
prepare (RaiDb *db, const char *sql, const char *types, va_list *values, int *n, GError **error) {
  RaiStatement *statement = rai_db_prepare (db, sql, error);
  if (statement != NULL)
    *n = rai_statement_bind_values (statement, types, values);
  return statement;
}

static bool
count (RaiDb *db, const RaiSyncedTable *table, const char *condition, const char *types,
       va_list *values, int64_t *n_rows, GError **error) {
  g_autofree char *sql =
      g_strdup_printf ("SELECT count(*) FROM %s WHERE %s", table->name, condition);
  int n;
  RaiStatement *statement = prepare (db, sql, types, values, &n, error);
  if (statement == NULL)
    return false;

  const RaiStep step = rai_statement_step (statement, error);
  *n_rows = step == RAI_STEP_ROW ? rai_statement_int (statement, 0) : 0;
  rai_statement_reset (statement);
  return step != RAI_STEP_FAILED;
}

static bool
bury (RaiDb *db, const RaiSyncedTable *table, const char *condition, const char *types,
      va_list *values, GError **error) {
  int64_t revision;
  if (!rai_db_revision (db, &revision, error))
    return false;

  g_autofree char *key = key_expression (table);
  g_autofree char *sql =
      g_strdup_printf ("INSERT INTO tombstone (table_name, row_key, site_id, rev)"
                       " SELECT '%s', %s, %s, ?%d"
                       " FROM %s WHERE %s"
                       " ON CONFLICT (table_name, row_key) DO UPDATE"
                       " SET rev = excluded.rev, site_id = excluded.site_id",
                       table->name, key, table->site_column != NULL ? table->site_column : "0",
                       (int) strlen (types) + 1, table->name, condition);
  int n;
  RaiStatement *statement = prepare (db, sql, types, values, &n, error);
  if (statement == NULL)
    return false;

  rai_statement_bind_int (statement, n + 1, revision);
  return rai_statement_run (statement, error);
}

static bool
delete_rows (RaiDb *db, const RaiSyncedTable *table, const char *condition, const char *types,
             va_list *values, GError **error) {
  g_autofree char *sql = g_strdup_printf ("DELETE FROM %s WHERE %s", table->name, condition);
  int n;
  RaiStatement *statement = prepare (db, sql, types, values, &n, error);
  return statement != NULL && rai_statement_run (statement, error);
}

bool
rai_tombstone_delete (RaiDb *db, int64_t *n_gone, GError **error, const char *table_name,
                      const char *condition, const char *types, ...) {
  const RaiSyncedTable *table = rai_synced_find (table_name);
  g_return_val_if_fail (table != NULL, false);

  va_list counted, buried, deleted;
  va_start (counted, types);
  va_start (buried, types);
  va_start (deleted, types);

  int64_t n_rows = 0;
  const bool done = count (db, table, condition, types, &counted, &n_rows, error) &&
                    (n_rows == 0 || (bury (db, table, condition, types, &buried, error) &&
                                     delete_rows (db, table, condition, types, &deleted, error)));
  if (n_gone != NULL)
    *n_gone = done ? n_rows : 0;

  va_end (counted);
  va_end (buried);
  va_end (deleted);
  return done;
}

bool
rai_tombstone_forget (RaiDb *db, const char *table_name, GError **error) {
  const RaiSyncedTable *table = rai_synced_find (table_name);
  g_return_val_if_fail (table != NULL, false);

  int64_t revision, n_buried = 0;
  if (rai_db_row (db, error, "SELECT count(*) FROM tombstone WHERE table_name = ?1", "t>i",
                  table->name, &n_buried) == RAI_STEP_FAILED)
    return false;
  if (n_buried == 0)
    return true;
  if (!rai_db_revision (db, &revision, error))
    return false;

  g_autofree char *key = key_expression (table);
  g_autofree char *sql =
      g_strdup_printf ("DELETE FROM tombstone"
                       " WHERE table_name = ?1 AND row_key IN (SELECT %s FROM %s WHERE rev = ?2)",
                       key, table->name);
  return rai_db_run (db, error, sql, "ti", table->name, revision);
}
