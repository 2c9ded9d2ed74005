/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/rai-migration.h"

#include "rai-test-db.h"

#include <string.h>

static void
run (RaiDb *db, const char *sql) {
  g_autoptr (GError) error = NULL;
  rai_db_exec (db, sql, &error);
  g_assert_no_error (error);
}

static void
again_does_nothing (RaiDb *db) {
  g_autoptr (GError) error = NULL;
  g_assert_true (rai_migration_run (db, &error));
  g_assert_no_error (error);
  g_assert_true (rai_migration_check (db, &error));
  g_assert_no_error (error);
}

static void
altered_is_found (RaiDb *db) {
  g_autoptr (GError) error = NULL;
  run (db, "UPDATE migration SET checksum = 'x' WHERE number = 1");
  g_assert_false (rai_migration_check (db, &error));
  g_assert_error (error, RAI_DB_ERROR, RAI_DB_ERROR_SCHEMA);
  g_assert_nonnull (strstr (error->message, "0001-house.sql"));
  g_clear_error (&error);
  g_assert_false (rai_migration_run (db, &error));
  g_assert_error (error, RAI_DB_ERROR, RAI_DB_ERROR_SCHEMA);
}

static void
newer_is_refused (RaiDb *db) {
  g_autoptr (GError) error = NULL;
  run (db,
       "INSERT INTO migration (number, name, checksum, applied_at) VALUES (9999, 'later', 'x', 0)");
  g_assert_false (rai_migration_run (db, &error));
  g_assert_error (error, RAI_DB_ERROR, RAI_DB_ERROR_SCHEMA);
  g_assert_nonnull (strstr (error->message, "9999"));
}

static void
empty_is_told (RaiDb *db) {
  g_autoptr (GError) error = NULL;
  g_autofree char *url = rai_test_db_url (rai_db_kind (db));
  g_autoptr (RaiDb) empty = rai_db_open (url, RAI_DB_OPEN_CREATE, &error);
  g_assert_no_error (error);
  g_assert_false (rai_migration_check (empty, &error));
  g_assert_error (error, RAI_DB_ERROR, RAI_DB_ERROR_SCHEMA);
  g_assert_nonnull (strstr (error->message, "init"));
}

/* The schema as the database tells it: a line a column or index, without the order in which they
 * were made. */
static char *
schema_of (RaiDb *db) {
  const char *sql =
      "/*sqlite SELECT m.name || ' ' || c.name || ' ' || c.type || ' ' || c.\"notnull\" || ' ' || "
      "coalesce(c.dflt_value, '') || ' ' || c.pk FROM sqlite_schema m JOIN pragma_table_info "
      "(m.name) c "
      "WHERE m.type = 'table' UNION ALL SELECT name || ' ' || sql FROM sqlite_schema WHERE type = "
      "'index' "
      "AND sql IS NOT NULL ORDER BY 1 */"
      "/*postgresql SELECT table_name || ' ' || column_name || ' ' || data_type || ' ' || "
      "is_nullable || ' ' "
      "|| coalesce(column_default, '') FROM information_schema.columns WHERE table_schema = "
      "'public' "
      "UNION ALL SELECT indexname || ' ' || indexdef FROM pg_indexes WHERE schemaname = 'public' "
      "ORDER BY 1 */";

  g_autoptr (GError) error = NULL;
  GString *schema = g_string_new (NULL);
  RaiStatement *statement = rai_db_prepare (db, sql, &error);

  g_assert_no_error (error);
  while (rai_statement_step (statement, &error) == RAI_STEP_ROW)
    g_string_append_printf (schema, "%s\n", rai_statement_text (statement, 0));
  g_assert_no_error (error);

  return g_string_free (schema, FALSE);
}

/* What tests/data/schema/NNNN.sql holds: a dump of version 1, and what each later version added to
 * it. */
static char *
stored_schema (int version) {
  g_autoptr (GError) error = NULL;
  g_autofree char *name = g_strdup_printf ("%04d.sql", version);
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "schema", name, NULL);
  char *sql = NULL;
  g_file_get_contents (path, &sql, NULL, &error);
  g_assert_no_error (error);
  return sql;
}

/* Each old version, upgraded, is a fresh one. */
static void
upgraded_is_fresh (RaiDb *db) {
  g_autofree char *fresh = schema_of (db);
  g_assert_nonnull (strstr (fresh, "receipt_line"));
  for (int version = 1; version < rai_migration_latest (); version++) {
    g_autoptr (GError) error = NULL;
    g_autofree char *url = rai_test_db_url (rai_db_kind (db));
    g_autoptr (RaiDb) old = rai_db_open (url, RAI_DB_OPEN_CREATE, &error);
    g_assert_no_error (error);
    for (int added = 1; added <= version; added++) {
      g_autofree char *sql = stored_schema (added);
      run (old, sql);
    }
    g_assert_true (rai_migration_run (old, &error));
    g_assert_no_error (error);
    g_autofree char *upgraded = schema_of (old);
    g_assert_cmpstr (upgraded, ==, fresh);
  }
}

/* Schema 9: who has all stores is named everywhere, who works or did something at a store there. A
 * replica, which holds no accounts, keeps the names of those who did something. */
static void
persons_are_scoped (RaiDb *db) {
  static const char people[] =
      "INSERT INTO person (id, name, rev) VALUES (1, 'Ann', 1), (2, 'Mia', 1), (3, 'Sam', 1);"
      "INSERT INTO movement (id, site_id, item_id, at, day, kind, quantity, account_id, rev) VALUES"
      "  ('a', 2, 1, 0, 1, 'count', 0, 3, 1), ('b', 2, 2, 0, 1, 'count', 0, 3, 1),"
      "  ('c', 2, 2, 0, 1, 'count', 0, 1, 1), ('d', 2, 2, 0, 1, 'opening', 0, 0, 1);"
      "INSERT INTO alert (id, cause, kind, site_id, item_id, severity, money, state, owner_id, "
      "opened_at, changed_at, rev) VALUES ('e', 'e', 'e', 2, 1, 1, 0, 'open', 3, 0, 0, 1);";
  static const char accounts[] =
      "INSERT INTO account (id, login, name, role, all_sites, created_at, rev) VALUES"
      "  (1, 'root', 'Ann', 'admin', 1, 0, 1), (2, 'mia', 'Mia', 'store_manager', 0, 0, 1),"
      "  (3, 'sam', 'Sam', 'associate', 0, 0, 1);"
      "INSERT INTO account_site (account_id, site_id) VALUES (2, 1), (2, 3), (3, 1);";
  static const char *const sites[] = {
    "SELECT count(*) FROM person WHERE id = 1 AND site_id = 0",
    "SELECT count(*) FROM person WHERE id = 2 AND site_id IN (1, 3)",
    "SELECT count(*) FROM person WHERE id = 3 AND site_id IN (1, 2)",
    "SELECT count(*) FROM person",
  };
  static const int64_t expected[2][G_N_ELEMENTS (sites)] = { { 1, 2, 2, 5 }, { 0, 0, 1, 2 } };

  for (int is_replica = 0; is_replica < 2; is_replica++) {
    g_autoptr (GError) error = NULL;
    g_autofree char *url = rai_test_db_url (rai_db_kind (db));
    g_autoptr (RaiDb) old = rai_db_open (url, RAI_DB_OPEN_CREATE, &error);
    g_assert_no_error (error);
    for (int version = 1; version < 9; version++) {
      g_autofree char *sql = stored_schema (version);
      run (old, sql);
    }
    run (old, people);
    if (!is_replica)
      run (old, accounts);

    g_assert_true (rai_migration_run (old, &error));
    g_assert_no_error (error);
    for (size_t i = 0; i < G_N_ELEMENTS (sites); i++) {
      int64_t n = -1;
      g_assert_true (rai_db_get_int (old, sites[i], NULL, 0, -1, &n, &error));
      g_assert_cmpint (n, ==, expected[is_replica][i]);
    }
  }
}

static int64_t
get (RaiDb *db, const char *sql) {
  g_autoptr (GError) error = NULL;
  int64_t value = -1;
  rai_db_get_int (db, sql, NULL, 0, -1, &value, &error);
  g_assert_no_error (error);
  return value;
}

#define RECEIPT(id, till, day) \
  "INSERT INTO receipt (id, site_id, number, day, sold_at, total, n_lines, till, said_day) " \
  "VALUES (" id ", 1, '17', 20500, 7, 300, 1, '" till "', " day ")"

/* Receipts of schema 7 were known by store and number; each stays, once, and its number is free for
 * other tills and days. */
static void
receipts_kept (RaiDb *db) {
  g_autoptr (GError) error = NULL;
  g_autofree char *url = rai_test_db_url (rai_db_kind (db));
  g_autoptr (RaiDb) old = rai_db_open (url, RAI_DB_OPEN_CREATE, &error);
  g_assert_no_error (error);
  for (int added = 1; added <= 9; added++) {
    g_autofree char *sql = stored_schema (added);
    run (old, sql);
  }

  run (old, "INSERT INTO receipt (id, site_id, number, day, sold_at, total, n_lines, voided_at)"
            " VALUES (5, 1, '17', 20500, 7, 300, 1, NULL), (3, 1, '18', 20500, 8, 0, 2, 9),"
            " (9, 2, '17', 20501, 7, 300, 1, NULL);"
            "INSERT INTO receipt_line (receipt_id, line, item_id, quantity, amount)"
            " VALUES (5, 0, 1, 1000, 300)");
  g_assert_true (rai_migration_run (old, &error));
  g_assert_no_error (error);

  g_assert_cmpint (get (old, "SELECT count(*) FROM receipt WHERE till = '' AND said_day = 0"), ==,
                   3);
  g_assert_cmpint (get (old, "SELECT total FROM receipt r JOIN receipt_line l"
                             " ON l.receipt_id = r.id WHERE r.number = '17' AND r.site_id = 1"),
                   ==, 300);
  g_assert_cmpint (get (old, "SELECT voided_at FROM receipt WHERE id = 3"), ==, 9);
  run (old, RECEIPT ("20", "A", "20500"));
  run (old, RECEIPT ("21", "A", "20501"));
  run (old, RECEIPT ("22", "B", "20500"));
  g_assert_false (rai_db_exec (old, RECEIPT ("23", "B", "20500"), NULL));
  g_assert_false (rai_db_exec (old, RECEIPT ("24", "", "0"), NULL));
}

/* A database in which stock moved before days without stock were written: what was said of its
 * shelves is kept, and the rest is asked for. */
static void
shelves_are_asked_for (RaiDb *db) {
  g_autoptr (GError) error = NULL;
  g_autofree char *url = rai_test_db_url (rai_db_kind (db));
  g_autoptr (RaiDb) old = rai_db_open (url, RAI_DB_OPEN_CREATE, &error);
  g_assert_no_error (error);
  for (int added = 1; added <= 11; added++) {
    g_autofree char *sql = stored_schema (added);
    run (old, sql);
  }
  run (old, "INSERT INTO item_day (site_id, item_id, day, quantity, revenue, out_of_stock, rev)"
            " VALUES (1, 1, 20500, 1000, 100, 400, 0), (1, 1, 20501, 1000, 100, 0, 0);"
            "INSERT INTO movement (id, site_id, item_id, at, day, kind, quantity, account_id, rev)"
            " VALUES ('m', 1, 1, 0, 20500, 'receive', 1000, 0, 0)");
  g_assert_true (rai_migration_run (old, &error));
  g_assert_no_error (error);

  g_assert_cmpint (
      get (old, "SELECT count(*) FROM item_day WHERE flagged = 400 AND out_of_stock = 400"), ==, 1);
  g_assert_cmpint (
      get (old, "SELECT count(*) FROM item_day WHERE flagged = 0 AND out_of_stock = 0"), ==, 1);
  g_assert_cmpint (
      get (old, "SELECT count(*) FROM meta WHERE key = 'shortages_wanted' AND value = '0/0/0'"), ==,
      1);
}

/* Schema 12 kept spaces around numbers and tills that were sent as JSON. */
static void
receipts_are_stripped (RaiDb *db) {
  g_autoptr (GError) error = NULL;
  g_autofree char *url = rai_test_db_url (rai_db_kind (db));
  g_autoptr (RaiDb) old = rai_db_open (url, RAI_DB_OPEN_CREATE, &error);
  g_assert_no_error (error);
  for (int added = 1; added <= 12; added++) {
    g_autofree char *sql = stored_schema (added);
    run (old, sql);
  }

  run (old,
       "INSERT INTO receipt (id, site_id, number, day, sold_at, total, n_lines, till, said_day)"
       " VALUES (1, 1, ' 17', 1, 1, 0, 1, 'A ', 0), (2, 1, '17 ', 1, 1, 0, 1, 'A', 0),"
       " (3, 1, '17', 1, 1, 0, 1, 'B', 0), (4, 1, '17 ', 1, 1, 0, 1, 'B', 0),"
       " (5, 2, '17 ', 1, 1, 0, 1, '', 9), (6, 1, '1 7', 1, 1, 0, 1, 'A', 0)");
  g_assert_true (rai_migration_run (old, &error));
  g_assert_no_error (error);
  g_assert_cmpint (get (old, "SELECT count(*) FROM receipt WHERE (id = 1 AND till = 'A'"
                             " AND number = '17') OR (id = 2 AND number = '17 ')"
                             " OR (id = 3 AND number = '17') OR (id = 4 AND number = '17 ')"
                             " OR (id = 5 AND number = '17') OR (id = 6 AND number = '1 7')"),
                   ==, 6);
}

/* Two programs that start at once on an empty database. */
static void *
migrate_in_thread (void *url) {
  g_autoptr (GError) error = NULL;
  g_autoptr (RaiDb) db = rai_db_open (url, RAI_DB_OPEN_CREATE, &error);
  g_assert_no_error (error);
  rai_migration_run (db, &error);
  g_assert_no_error (error);
  return NULL;
}

static void
two_at_once (RaiDb *db) {
  g_autofree char *url = rai_test_db_url (rai_db_kind (db));
  g_autoptr (RaiDb) made = rai_db_open (url, RAI_DB_OPEN_CREATE, NULL);

  GThread *threads[4];
  for (int i = 0; i < 4; i++)
    threads[i] = g_thread_new ("migrate", migrate_in_thread, url);
  for (int i = 0; i < 4; i++)
    g_thread_join (threads[i]);

  g_autoptr (GError) error = NULL;
  g_assert_true (rai_migration_check (made, &error));
  g_assert_no_error (error);
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  rai_test_db_add ("/db/migration/again", again_does_nothing);
  rai_test_db_add ("/db/migration/altered", altered_is_found);
  rai_test_db_add ("/db/migration/newer", newer_is_refused);
  rai_test_db_add ("/db/migration/empty", empty_is_told);
  rai_test_db_add ("/db/migration/upgraded-is-fresh", upgraded_is_fresh);
  rai_test_db_add ("/db/migration/persons-are-scoped", persons_are_scoped);
  rai_test_db_add ("/db/migration/receipts-are-stripped", receipts_are_stripped);
  rai_test_db_add ("/db/migration/receipts-kept", receipts_kept);
  rai_test_db_add ("/db/migration/shelves-are-asked-for", shelves_are_asked_for);
  rai_test_db_add ("/db/migration/two-at-once", two_at_once);
  return rai_test_db_end (g_test_run ());
}
