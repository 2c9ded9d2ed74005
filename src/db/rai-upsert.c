/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/rai-upsert.h"

#include "util/rai-day.h"

#define ROWS_A_STATEMENT 4000

struct _RaiUpsert {
  const RaiUpsertTable *table;
  RaiStatement *statement;
  GString **arrays; /* PostgreSQL: a column's values as an array's text; NULL on SQLite */
  int n_rows;
};

/* "INSERT INTO t (a, b) VALUES (?1, ?2) ON CONFLICT ..." or the same over arrays. */
static char *
make_sql (const RaiUpsertTable *table, bool arrays) {
  GString *sql = g_string_new (table->insert);
  g_string_append (sql, arrays ? " SELECT * FROM unnest (" : " VALUES (");
  for (int i = 1; i <= table->n_columns; i++)
    g_string_append_printf (sql, arrays ? "%sCAST(?%d AS BIGINT[])" : "%s?%d", i > 1 ? ", " : "",
                            i);
  g_string_append (sql, ") ");
  g_string_append (sql, table->conflict);
  return g_string_free (sql, FALSE);
}

RaiUpsert *
rai_upsert_new (RaiDb *db, const RaiUpsertTable *table, GError **error) {
  const bool arrays = rai_db_kind (db) == RAI_DB_POSTGRESQL;
  g_autofree char *sql = make_sql (table, arrays);
  RaiStatement *statement = rai_db_prepare (db, sql, error);

  if (statement == NULL)
    return NULL;

  RaiUpsert *upsert = g_new0 (RaiUpsert, 1);
  upsert->table = table;
  upsert->statement = statement;

  if (arrays) {
    upsert->arrays = g_new0 (GString *, table->n_columns);
    for (int i = 0; i < table->n_columns; i++)
      upsert->arrays[i] = g_string_new ("{");
  }

  return upsert;
}

static bool
is_null (const RaiUpsert *upsert, int column, int64_t value) {
  return column + 1 == upsert->table->null_column && value == RAI_DAY_NONE;
}

static bool
write_arrays (RaiUpsert *upsert, GError **error) {
  if (!upsert->n_rows)
    return true;
  for (int i = 0; i < upsert->table->n_columns; i++) {
    g_string_append_c (upsert->arrays[i], '}');
    rai_statement_bind_text (upsert->statement, i + 1, upsert->arrays[i]->str);
    g_string_assign (upsert->arrays[i], "{");
  }

  upsert->n_rows = 0;
  return rai_statement_run (upsert->statement, error);
}

static bool
append_row (RaiUpsert *upsert, const int64_t *values, GError **error) {
  for (int i = 0; i < upsert->table->n_columns; i++) {
    if (upsert->n_rows)
      g_string_append_c (upsert->arrays[i], ',');
    if (is_null (upsert, i, values[i]))
      g_string_append (upsert->arrays[i], "NULL");
    else
      g_string_append_printf (upsert->arrays[i], "%" G_GINT64_FORMAT, values[i]);
  }

  return ++upsert->n_rows < ROWS_A_STATEMENT || write_arrays (upsert, error);
}

bool
rai_upsert_row (RaiUpsert *upsert, const int64_t *values, GError **error) {
  if (upsert->arrays != NULL)
    return append_row (upsert, values, error);
  for (int i = 0; i < upsert->table->n_columns; i++)
    if (is_null (upsert, i, values[i]))
      rai_statement_bind_null (upsert->statement, i + 1);
    else
      rai_statement_bind_int (upsert->statement, i + 1, values[i]);
  return rai_statement_run (upsert->statement, error);
}

bool
rai_upsert_finish (RaiUpsert *upsert, bool good, GError **error) {
  if (upsert->arrays != NULL) {
    good = good && write_arrays (upsert, error);
    for (int i = 0; i < upsert->table->n_columns; i++)
      g_string_free (upsert->arrays[i], TRUE);
    g_free (upsert->arrays);
  }
  g_free (upsert);
  return good;
}
