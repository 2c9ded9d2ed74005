/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/rai-schema.h"

#include "rai-test-db.h"

#include <string.h>

static void
run (RaiDb *db, const char *sql) {
  g_autoptr (GError) error = NULL;
  rai_db_exec (db, sql, &error);
  g_assert_no_error (error);
}

static void
is_refused (RaiDb *db, const char *word) {
  g_autoptr (GError) error = NULL;
  g_assert_false (rai_schema_check (db, &error));
  g_assert_error (error, RAI_DB_ERROR, RAI_DB_ERROR_SCHEMA);
  if (strstr (error->message, word) == NULL)
    g_error ("\"%s\" does not tell of %s", error->message, word);
  g_assert_false (rai_db_in_transaction (db));
}

static void
ours_is_good (RaiDb *db) {
  g_autoptr (GError) error = NULL;
  rai_schema_check (db, &error);
  g_assert_no_error (error);

  /* What stands beside it is its owner's. */
  run (db, "CREATE TABLE notes (id INTEGER PRIMARY KEY, text TEXT); "
           "CREATE VIEW names AS SELECT name FROM item");
  rai_schema_check (db, &error);
  g_assert_no_error (error);
}

static void
missing_is_told (RaiDb *db) {
  run (db, "DROP TABLE meta");
  is_refused (db, "meta is missing");
}

static void
view_is_no_table (RaiDb *db) {
  run (db, "DROP TABLE policy; CREATE VIEW policy AS SELECT 1 AS x");
  is_refused (db, "policy is missing");
}

static void
column_is_told (RaiDb *db) {
  run (db, "ALTER TABLE account ADD COLUMN extra TEXT");
  is_refused (db, "account");
}

static void
trigger_is_told (RaiDb *db) {
  run (db,
       "/*sqlite CREATE TRIGGER evil AFTER INSERT ON command_log BEGIN DELETE FROM account; END */"
       "/*postgresql CREATE FUNCTION evil () RETURNS trigger LANGUAGE plpgsql AS "
       "'BEGIN DELETE FROM account; RETURN NEW; END'; "
       "CREATE TRIGGER evil AFTER INSERT ON command_log FOR EACH ROW EXECUTE FUNCTION evil () */");
  is_refused (db, "trigger evil is none of its own");
}

static void
migration_is_told (RaiDb *db) {
  run (db, "DELETE FROM migration WHERE number = 2");
  is_refused (db, "every migration");
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  rai_test_db_add ("/schema/ours", ours_is_good);
  rai_test_db_add ("/schema/missing", missing_is_told);
  rai_test_db_add ("/schema/view", view_is_no_table);
  rai_test_db_add ("/schema/column", column_is_told);
  rai_test_db_add ("/schema/trigger", trigger_is_told);
  rai_test_db_add ("/schema/migration", migration_is_told);

  return rai_test_db_end (g_test_run ());
}
