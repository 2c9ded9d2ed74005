/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rai-sync-compare.h"

#include <string.h>

#include "db/rai-synced.h"

static void
append_rows (RaiDb *db, const RaiSyncedTable *table, const char *condition, GString *text) {
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) sql = g_string_new ("SELECT ");
  g_autoptr (GString) order = g_string_new (NULL);
  for (int i = 0; table->columns[i].name; i++) {
    bool blob = table->columns[i].type == RAI_VALUE_BLOB;
    g_string_append_printf (sql, blob ? "%shex (%s)" : "%s%s", i ? ", " : "", table->columns[i].name);
    if (table->columns[i].key)
      g_string_append_printf (order, "%s%s", order->len ? ", " : "", table->columns[i].name);
  }
  g_string_append_printf (sql, " FROM %s WHERE %s ORDER BY %s", table->name, condition, order->str);
  RaiStatement *statement = rai_db_prepare (db, sql->str, &error);
  g_assert_no_error (error);
  while (rai_statement_step (statement, &error) == RAI_STEP_ROW) {
    g_string_append (text, table->name);
    for (int i = 0; i < rai_statement_n_columns (statement); i++) {
      const char *value = rai_statement_text (statement, i);
      g_string_append_printf (text, "|%s", value ? value : "null");
    }
    g_string_append_c (text, '\n');
  }
  g_assert_no_error (error);
  rai_statement_reset (statement);
}

char *
rai_sync_compare (RaiDb *server, RaiDb *replica, const RaiIdentity *identity) {
  for (const RaiSyncedTable *table = rai_synced_tables; table->name; table++) {
    g_autofree char *condition = rai_synced_condition (table, identity);
    g_autoptr (GString) ours = g_string_new (NULL);
    g_autoptr (GString) theirs = g_string_new (NULL);
    append_rows (server, table, condition, theirs);
    append_rows (replica, table, "TRUE", ours);
    const char *one = theirs->str, *two = ours->str;
    while (*one && *one == *two)
      one++, two++;
    while (one > theirs->str && one[-1] != '\n')
      one--, two--;
    if (*one || *two)
      return g_strdup_printf ("%s: the server goes on with %.*s, the replica with %.*s", table->name,
                              (int) strcspn (one, "\n"), one, (int) strcspn (two, "\n"), two);
  }
  return NULL;
}
