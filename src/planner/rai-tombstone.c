/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "planner/rai-tombstone.h"

static RaiStatement *
prepare (RaiDb *db, const char *sql, const int64_t *arguments, int n_arguments, GError **error) {
  RaiStatement *statement = rai_db_prepare (db, sql, error);
  for (int i = 0; statement != NULL && i < n_arguments; i++)
    rai_statement_bind_int (statement, i + 1, arguments[i]);
  return statement;
}

bool
rai_tombstone_delete (RaiDb *db, const char *table, const char *key, const char *site,
                      const char *condition, const int64_t *arguments, int n_arguments,
                      int64_t *n_gone, GError **error) {
  int64_t revision;
  if (n_gone != NULL)
    *n_gone = 0;

  g_autofree char *count_sql =
      g_strdup_printf ("SELECT COUNT(*) FROM %s WHERE %s", table, condition);
  int64_t count;

  if (!rai_db_get_int (db, count_sql, arguments, n_arguments, 0, &count, error))
    return false;
  if (count == 0)
    return true;
  if (!rai_db_revision (db, &revision, error))
    return false;

  g_autofree char *bury_sql =
      g_strdup_printf ("INSERT INTO tombstone (table_name, row_key, site_id, rev) SELECT '%s', %s, "
                       "%s, ?%d FROM %s WHERE %s "
                       "ON CONFLICT (table_name, row_key) DO UPDATE SET rev = excluded.rev",
                       table, key, site, n_arguments + 1, table, condition);
  RaiStatement *bury = prepare (db, bury_sql, arguments, n_arguments, error);

  if (bury == NULL)
    return false;
  rai_statement_bind_int (bury, n_arguments + 1, revision);
  if (!rai_statement_run (bury, error))
    return false;

  g_autofree char *delete_sql = g_strdup_printf ("DELETE FROM %s WHERE %s", table, condition);
  RaiStatement *delete = prepare (db, delete_sql, arguments, n_arguments, error);
  if (delete == NULL || !rai_statement_run (delete, error))
    return false;
  if (n_gone != NULL)
    *n_gone = count;

  return true;
}

bool
rai_tombstone_forget (RaiDb *db, const char *table, const char *key, GError **error) {
  int64_t revision, count;
  g_autofree char *any_sql =
      g_strdup_printf ("SELECT COUNT(*) FROM tombstone WHERE table_name = '%s'", table);

  if (!rai_db_get_int (db, any_sql, NULL, 0, 0, &count, error))
    return false;
  if (count == 0)
    return true;
  if (!rai_db_revision (db, &revision, error))
    return false;

  g_autofree char *forget_sql =
      g_strdup_printf ("DELETE FROM tombstone WHERE table_name = '%s' AND row_key IN (SELECT %s "
                       "FROM %s WHERE rev = ?1)",
                       table, key, table);
  RaiStatement *forget = prepare (db, forget_sql, &revision, 1, error);

  return forget != NULL && rai_statement_run (forget, error);
}

bool
rai_tombstone_add (RaiDb *db, const char *table, const char *row_key, int64_t site_id,
                   GError **error) {
  int64_t revision;
  if (!rai_db_revision (db, &revision, error))
    return false;

  RaiStatement *statement = rai_db_prepare (
      db,
      "INSERT INTO tombstone (table_name, row_key, site_id, rev) VALUES (?1, ?2, ?3, ?4) "
      "ON CONFLICT (table_name, row_key) DO UPDATE SET rev = excluded.rev",
      error);

  if (statement == NULL)
    return false;
  rai_statement_bind_text (statement, 1, table);
  rai_statement_bind_text (statement, 2, row_key);
  rai_statement_bind_int (statement, 3, site_id);
  rai_statement_bind_int (statement, 4, revision);

  return rai_statement_run (statement, error);
}
