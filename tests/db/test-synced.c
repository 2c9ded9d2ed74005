/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/rai-synced.h"

#include "rai-test-db.h"

#include <string.h>

static int64_t
get (RaiDb *db, const char *sql) {
  g_autoptr (GError) error = NULL;
  int64_t value = 0;
  rai_db_get_int (db, sql, NULL, 0, -999, &value, &error);
  g_assert_no_error (error);
  return value;
}

/* Every table of the list is there with exactly these columns besides rev, keys first and
 * unique. */
static void
columns_are_the_schema (RaiDb *db) {
  for (const RaiSyncedTable *table = rai_synced_tables; table->name; table++) {
    g_autoptr (GString) names = g_string_new (NULL);
    g_autoptr (GError) error = NULL;
    int n_columns = 0;
    bool values = false;
    for (const RaiSyncedColumn *column = table->columns; column->name; column++, n_columns++) {
      g_string_append_printf (names, "%s%s", n_columns ? ", " : "", column->name);
      g_assert_false (values && column->key);
      values = values || !column->key;
    }
    g_autofree char *named = g_strdup_printf ("SELECT %s, rev FROM %s", names->str, table->name);
    g_autofree char *all = g_strdup_printf ("SELECT * FROM %s", table->name);
    RaiStatement *statement = rai_db_prepare (db, named, &error);
    g_assert_no_error (error);
    g_assert_cmpint (rai_statement_n_columns (statement), ==, n_columns + 1);
    statement = rai_db_prepare (db, all, &error);
    g_assert_no_error (error);
    g_assert_cmpint (rai_statement_n_columns (statement), ==, n_columns + 1);
    g_assert_true (rai_synced_find (table->name) == table);
  }
}

static int64_t
count_seen (RaiDb *db, const char *table, const RaiIdentity *caller) {
  g_autofree char *condition = rai_synced_condition (rai_synced_find (table), caller);
  g_autofree char *sql = g_strdup_printf ("SELECT count(*) FROM %s WHERE %s", table, condition);
  return get (db, sql);
}

static void
conditions (RaiDb *db) {
  rai_test_db_fill (db);
  const int64_t first[] = { 1 };
  g_autoptr (RaiIdentity) associate =
      rai_identity_new (3, "sam", RAI_ROLE_ASSOCIATE, false, first, 1);
  g_autoptr (RaiIdentity) manager =
      rai_identity_new (2, "mia", RAI_ROLE_STORE_MANAGER, false, first, 1);
  g_autoptr (RaiIdentity) nobody =
      rai_identity_new (8, "zoe", RAI_ROLE_STORE_MANAGER, false, NULL, 0);
  g_autoptr (RaiIdentity) executive =
      rai_identity_new (9, "eva", RAI_ROLE_EXECUTIVE, true, NULL, 0);

  for (const RaiSyncedTable *table = rai_synced_tables; table->name; table++) {
    count_seen (db, table->name, manager);
    count_seen (db, table->name, executive);
  }

  g_assert_cmpint (count_seen (db, "stock", manager), ==, 5);
  g_assert_cmpint (count_seen (db, "stock", executive), ==, 10);
  g_assert_cmpint (count_seen (db, "stock", nobody), ==, 0);
  g_assert_cmpint (count_seen (db, "site", manager), ==, 1);
  g_assert_cmpint (count_seen (db, "site_day", associate), ==, 0);
  g_assert_cmpint (count_seen (db, "site_day", manager), ==, 1);

  /* Nobody of other stores. */
  g_autoptr (GError) error = NULL;
  rai_db_exec (db, "INSERT INTO person (site_id, id, name, rev) VALUES (2, 7, 'Noa', 1)", &error);
  g_assert_no_error (error);
  g_assert_cmpint (count_seen (db, "person", associate), ==, 4);
  g_assert_cmpint (count_seen (db, "person", nobody), ==, 2);
  g_assert_cmpint (count_seen (db, "person", executive), ==, 5);

  rai_db_exec (db, "UPDATE item_day SET day = 20300 WHERE item_id = 1", &error);
  g_assert_no_error (error);
  g_assert_cmpint (count_seen (db, "item_day", manager), ==, 5);
  g_assert_cmpint (count_seen (db, "item_day", executive), ==, 4);
}

/* What stands in the place of a hidden column can stand there, and keys are never hidden. */
static void
hidden_columns (RaiDb *db) {
  rai_test_db_fill (db);
  const int64_t first[] = { 1 };
  g_autoptr (RaiIdentity) associate =
      rai_identity_new (3, "sam", RAI_ROLE_ASSOCIATE, false, first, 1);
  unsigned hidden = 0;

  for (const RaiSyncedTable *table = rai_synced_tables; table->name; table++)
    for (const RaiSyncedColumn *column = table->columns; column->name; column++) {
      g_autoptr (GError) error = NULL;
      g_assert_cmpint (column->permission != RAI_PERMISSION_NONE, ==, column->instead != NULL);
      if (column->permission == RAI_PERMISSION_NONE)
        continue;
      g_assert_false (column->key);
      g_assert_cmpstr (rai_synced_expression (column, associate), ==, column->instead);
      g_autofree char *sql =
          g_strdup_printf ("UPDATE %s SET %s = %s", table->name, column->name, column->instead);
      rai_db_exec (db, sql, &error);
      g_assert_no_error (error);
      hidden++;
    }

  g_assert_cmpuint (hidden, >, 0);
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  rai_test_db_add ("/db/synced/columns", columns_are_the_schema);
  rai_test_db_add ("/db/synced/conditions", conditions);
  rai_test_db_add ("/db/synced/hidden-columns", hidden_columns);
  return rai_test_db_end (g_test_run ());
}
