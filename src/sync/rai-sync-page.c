/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/rai-sync-page.h"

#include "proto/rai-json.h"

static void
append_value (GString *json, RaiStatement *statement, int column, RaiValueType type) {
  if (rai_statement_is_null (statement, column)) {
    g_string_append (json, "null");
  } else if (type == RAI_VALUE_DOUBLE) {
    rai_json_append_double (json, rai_statement_double (statement, column));
  } else if (type == RAI_VALUE_TEXT || type == RAI_VALUE_UUID) {
    rai_json_append_string (json, rai_statement_text (statement, column));
  } else if (type == RAI_VALUE_BLOB) {
    size_t size = 0;
    const void *blob = rai_statement_blob (statement, column, &size);
    rai_json_append_blob (json, blob, size);
  } else {
    rai_json_append_int (json, rai_statement_int (statement, column));
  }
}

/* With the sites named, the index on (site, rev) finds the rows even for callers who see them
 * all. */
static char *
make_select (const RaiSyncedTable *table, const RaiIdentity *caller) {
  g_autofree char *condition = rai_synced_condition (table, caller);
  g_autoptr (GString) sql = g_string_new ("SELECT ");
  for (int i = 0; table->columns[i].name; i++)
    g_string_append_printf (sql, "%s%s", i ? ", " : "",
                            rai_synced_expression (&table->columns[i], caller));

  g_string_append_printf (sql, " FROM %s WHERE rev > ?1 AND (%s)", table->name, condition);
  if (table->site_column != NULL && caller->all_sites)
    g_string_append_printf (sql, " AND %s IN (SELECT id FROM site%s)", table->site_column,
                            table->zero != RAI_SYNCED_ZERO_NONE ? " UNION ALL SELECT 0" : "");

  return g_string_free (g_steal_pointer (&sql), FALSE);
}

static void
append_table (GString *json, const RaiSyncedTable *table, GPtrArray *columns, int64_t rows,
              bool first) {
  g_string_append_printf (json, "%s{\"name\":\"%s\",\"columns\":[", first ? "" : ",", table->name);
  for (unsigned i = 0; i < columns->len; i++)
    g_string_append_printf (json, "%s\"%s\"", i ? "," : "", table->columns[i].name);
  g_string_append_printf (json, "],\"rows\":%" G_GINT64_FORMAT ",\"data\":[", rows);

  for (unsigned i = 0; i < columns->len; i++) {
    GString *column = columns->pdata[i];
    g_string_append (json, i ? ",[" : "[");
    g_string_append_len (json, column->str, (ssize_t) column->len);
    g_string_append_c (json, ']');
  }

  g_string_append (json, "]}");
}

static void
string_free (void *data) {
  g_string_free (data, TRUE);
}

static bool
write_table (RaiDb *db, const RaiIdentity *caller, const RaiSyncedTable *table, int64_t since,
             GString *json, bool *first, int64_t *rows, GError **error) {
  g_autofree char *sql = make_select (table, caller);
  RaiStatement *statement = rai_db_prepare_query (db, sql, error);
  if (statement == NULL)
    return false;

  g_autoptr (GPtrArray) columns = g_ptr_array_new_with_free_func (string_free);
  for (int i = 0; table->columns[i].name; i++)
    g_ptr_array_add (columns, g_string_new (NULL));

  RaiStep step;
  int64_t n = 0;
  rai_statement_bind_int (statement, 1, since);

  while ((step = rai_statement_step (statement, error)) == RAI_STEP_ROW &&
         *rows + n <= RAI_SYNC_PAGE_ROWS) {
    for (unsigned i = 0; i < columns->len; i++) {
      if (n > 0)
        g_string_append_c (columns->pdata[i], ',');
      append_value (columns->pdata[i], statement, (int) i, table->columns[i].type);
    }
    n++;
  }

  rai_statement_reset (statement);
  if (step == RAI_STEP_FAILED)
    return false;
  *rows += n;

  if (n > 0) {
    append_table (json, table, columns, n, *first);
    *first = false;
  }

  return true;
}

static bool
write_tombstones (RaiDb *db, const RaiIdentity *caller, int64_t since, GString *json, int64_t *rows,
                  GError **error) {
  RaiStatement *statement = rai_db_prepare (db,
                                            "SELECT table_name, row_key, site_id FROM tombstone "
                                            "WHERE rev > ?1 ORDER BY table_name, row_key",
                                            error);

  if (statement == NULL)
    return false;

  RaiStep step;
  bool first = true;
  g_string_append (json, ",\"tombstones\":[");
  rai_statement_bind_int (statement, 1, since);

  while ((step = rai_statement_step (statement, error)) == RAI_STEP_ROW &&
         *rows <= RAI_SYNC_PAGE_ROWS) {
    const RaiSyncedTable *table = rai_synced_find (rai_statement_text (statement, 0));
    int64_t site = rai_statement_int (statement, 2);
    if (table == NULL || !rai_identity_may (caller, table->permission) ||
        (site && !rai_identity_sees_site (caller, site)))
      continue;
    g_string_append (json, first ? "[" : ",[");
    rai_json_append_string (json, table->name);
    g_string_append_c (json, ',');
    rai_json_append_string (json, rai_statement_text (statement, 1));
    g_string_append_c (json, ']');
    first = false;
    ++*rows;
  }

  rai_statement_reset (statement);
  g_string_append_c (json, ']');
  return step != RAI_STEP_FAILED;
}

bool
rai_sync_page_write (RaiDb *db, const RaiIdentity *caller, int64_t since, GString *json,
                     int64_t *rows, GError **error) {
  bool first = true;
  *rows = 0;
  if (!write_tombstones (db, caller, since, json, rows, error))
    return false;

  g_string_append (json, ",\"tables\":[");
  for (const RaiSyncedTable *table = rai_synced_tables;
       table->name != NULL && *rows <= RAI_SYNC_PAGE_ROWS; table++)
    if (rai_identity_may (caller, table->permission) &&
        !write_table (db, caller, table, since, json, &first, rows, error))
      return false;

  g_string_append_c (json, ']');
  return true;
}
