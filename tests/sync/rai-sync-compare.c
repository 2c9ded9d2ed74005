/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rai-sync-compare.h"

#include "db/rai-synced.h"

#include <string.h>

static void
append_value (GString *line, RaiStatement *statement, int column, RaiValueType type) {
  g_string_append_c (line, '|');
  if (rai_statement_is_null (statement, column)) {
    g_string_append (line, "null");
  } else if (type == RAI_VALUE_TEXT || type == RAI_VALUE_UUID) {
    g_string_append (line, rai_statement_text (statement, column));
  } else if (type == RAI_VALUE_DOUBLE) {
    g_string_append_printf (line, "%.17g", rai_statement_double (statement, column));
  } else if (type == RAI_VALUE_BLOB) {
    size_t size = 0;
    const unsigned char *blob = rai_statement_blob (statement, column, &size);
    for (size_t i = 0; i < size; i++)
      g_string_append_printf (line, "%02x", blob[i]);
  } else {
    g_string_append_printf (line, "%" G_GINT64_FORMAT, rai_statement_int (statement, column));
  }
}

static int
compare_lines (const void *a, const void *b) {
  return strcmp (*(char *const *) a, *(char *const *) b);
}

/* What `identity` sees of the rows, or all there is (NULL): one line a row, sorted here, for
 * databases sort text in ways of their own. */
static GPtrArray *
read_rows (RaiDb *db, const RaiSyncedTable *table, const RaiIdentity *identity,
           const char *condition) {
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) sql = g_string_new ("SELECT ");
  for (int i = 0; table->columns[i].name; i++)
    g_string_append_printf (sql, "%s%s", i ? ", " : "",
                            identity != NULL ? rai_synced_expression (&table->columns[i], identity)
                                             : table->columns[i].name);

  g_string_append_printf (sql, " FROM %s WHERE %s", table->name, condition);
  RaiStatement *statement = rai_db_prepare (db, sql->str, &error);
  g_assert_no_error (error);

  GPtrArray *lines = g_ptr_array_new_with_free_func (g_free);
  while (rai_statement_step (statement, &error) == RAI_STEP_ROW) {
    g_autoptr (GString) line = g_string_new (NULL);
    for (int i = 0; table->columns[i].name; i++)
      append_value (line, statement, i, table->columns[i].type);
    g_ptr_array_add (lines, g_strdup (line->str));
  }

  g_assert_no_error (error);
  rai_statement_reset (statement);
  g_ptr_array_sort (lines, compare_lines);

  return lines;
}

char *
rai_sync_compare (RaiDb *server, RaiDb *replica, const RaiIdentity *identity) {
  for (const RaiSyncedTable *table = rai_synced_tables; table->name; table++) {
    g_autofree char *condition = rai_synced_condition (table, identity);
    g_autoptr (GPtrArray) theirs = read_rows (server, table, identity, condition);
    g_autoptr (GPtrArray) ours = read_rows (replica, table, NULL, "TRUE");
    for (unsigned i = 0; i < MAX (ours->len, theirs->len); i++) {
      const char *one = i < theirs->len ? theirs->pdata[i] : "nothing";
      const char *two = i < ours->len ? ours->pdata[i] : "nothing";
      if (strcmp (one, two) != 0)
        return g_strdup_printf ("%s: the server has %.300s, the replica %.300s", table->name, one,
                                two);
    }
  }

  return NULL;
}
