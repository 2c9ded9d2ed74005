/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/rai-db.h"

#include "rai-test-db.h"

#include <string.h>

static void
run (RaiDb *db, const char *sql) {
  g_autoptr (GError) error = NULL;
  rai_db_exec (db, sql, &error);
  g_assert_no_error (error);
}

static int64_t
get (RaiDb *db, const char *sql) {
  g_autoptr (GError) error = NULL;
  int64_t value = 0;
  rai_db_get_int (db, sql, NULL, 0, -999, &value, &error);
  g_assert_no_error (error);
  return value;
}

static RaiStatement *
prepare (RaiDb *db, const char *sql) {
  g_autoptr (GError) error = NULL;
  RaiStatement *statement = rai_db_prepare (db, sql, &error);
  g_assert_no_error (error);
  return statement;
}

static void
make_table (RaiDb *db) {
  run (db, "CREATE TABLE t (id BIGINT PRIMARY KEY, d DOUBLE PRECISION, s TEXT, b /*sqlite BLOB */ "
           "/*postgresql BYTEA */)");
}

static const char bytes[] = "a\0b\\x\xff\n";

static void
bind_row (RaiStatement *statement) {
  rai_statement_bind_int (statement, 1, INT64_MIN + 1);
  rai_statement_bind_double (statement, 2, 0.1);
  rai_statement_bind_text (statement, 3,
                           "tab\there, \"quote\", back\\slash, line\nend, ümläut, \\N");
  rai_statement_bind_blob (statement, 4, bytes, sizeof bytes);
}

static void
check_row (RaiDb *db) {
  g_autoptr (GError) error = NULL;
  RaiStatement *statement = prepare (db, "SELECT id, d, s, b, NULL FROM t WHERE d IS NOT NULL");
  g_assert_cmpint (rai_statement_step (statement, &error), ==, RAI_STEP_ROW);
  g_assert_no_error (error);

  size_t size = 0;
  g_assert_cmpint (rai_statement_n_columns (statement), ==, 5);
  g_assert_cmpstr (rai_statement_column_name (statement, 2), ==, "s");
  g_assert_cmpint (rai_statement_int (statement, 0), ==, INT64_MIN + 1);
  g_assert_true (rai_statement_double (statement, 1) == 0.1);
  g_assert_cmpstr (rai_statement_text (statement, 2), ==,
                   "tab\there, \"quote\", back\\slash, line\nend, ümläut, \\N");

  const void *data = rai_statement_blob (statement, 3, &size);
  g_assert_cmpmem (data, size, bytes, sizeof bytes);
  g_assert_true (rai_statement_is_null (statement, 4));
  g_assert_null (rai_statement_text (statement, 4));
  g_assert_null (rai_statement_blob (statement, 4, &size));
  g_assert_cmpint (rai_statement_step (statement, &error), ==, RAI_STEP_DONE);
}

static void
values_come_back (RaiDb *db) {
  g_autoptr (GError) error = NULL;
  make_table (db);

  RaiStatement *insert = prepare (db, "INSERT INTO t (id, d, s, b) VALUES (?1, ?2, ?3, ?4)");
  bind_row (insert);
  g_assert_true (rai_statement_run (insert, &error));
  g_assert_cmpint (rai_db_changes (db), ==, 1);
  check_row (db);
  insert = prepare (db, "INSERT INTO t (id, d, s, b) VALUES (?1, ?2, ?3, ?4)");
  rai_statement_bind_int (insert, 1, 7); /* the others were unbound by the second prepare */
  g_assert_true (rai_statement_run (insert, &error));
  g_assert_cmpint (get (db, "SELECT count(*) FROM t WHERE s IS NULL AND b IS NULL"), ==, 1);
}

static void
copy_in (RaiDb *db) {
  const char *const columns[] = { "id", "d", "s", "b", NULL };
  g_autoptr (GError) error = NULL;
  make_table (db);
  g_assert_true (rai_db_begin_write (db, &error));

  RaiCopy *copy = rai_db_copy_begin (db, "t", columns, &error);
  g_assert_no_error (error);
  bind_row (rai_copy_statement (copy));
  g_assert_true (rai_copy_row (copy, &error));

  for (int i = 0; i < 20000; i++) {
    rai_statement_bind_int (rai_copy_statement (copy), 1, i);
    rai_statement_bind_null (rai_copy_statement (copy), 2);
    rai_statement_bind_text (rai_copy_statement (copy), 3, "");
    rai_statement_bind_null (rai_copy_statement (copy), 4);
    g_assert_true (rai_copy_row (copy, &error));
  }

  g_assert_true (rai_copy_end (copy, &error));
  g_assert_true (rai_db_commit (db, &error));
  g_assert_no_error (error);
  check_row (db);
  g_assert_cmpint (get (db, "SELECT count(*) FROM t WHERE s = ''"), ==, 20000);

  copy = rai_db_copy_begin (db, "t", columns, &error);
  rai_statement_bind_int (rai_copy_statement (copy), 1, 3); /* there is one */

  const bool row = rai_copy_row (copy, &error);
  const bool end = rai_copy_end (copy, row ? &error : NULL);
  g_assert_false (row && end);
  g_assert_error (error, RAI_DB_ERROR, RAI_DB_ERROR_CONSTRAINT);
  g_assert_cmpint (get (db, "SELECT count(*) FROM t"), ==, 20001);
}

static void
transactions (RaiDb *db) {
  g_autoptr (GError) error = NULL;
  make_table (db);
  g_assert_true (rai_db_begin_write (db, &error));
  g_assert_true (rai_db_in_transaction (db));
  run (db, "INSERT INTO t (id) VALUES (1)");
  g_assert_true (rai_db_savepoint (db, "outer_one", &error));
  run (db, "INSERT INTO t (id) VALUES (2)");
  g_assert_true (rai_db_savepoint (db, "inner_one", &error));
  run (db, "INSERT INTO t (id) VALUES (3)");
  g_assert_false (rai_db_exec (db, "INSERT INTO t (id) VALUES (1)", NULL));
  rai_db_rollback_to (db, "inner_one");
  g_assert_true (rai_db_release (db, "inner_one", &error)); /* ended: nothing to do */
  g_assert_true (rai_db_release (db, "outer_one", &error));
  g_assert_true (rai_db_commit (db, &error));
  g_assert_no_error (error);
  g_assert_cmpint (get (db, "SELECT count(*) FROM t"), ==, 2);
  g_assert_true (rai_db_begin_write (db, &error));
  run (db, "DELETE FROM t");
  rai_db_rollback (db);
  g_assert_false (rai_db_in_transaction (db));
  g_assert_cmpint (get (db, "SELECT count(*) FROM t"), ==, 2);
}

static void
revisions (RaiDb *db) {
  g_autoptr (GError) error = NULL;
  int64_t revision = 0;
  g_assert_true (rai_db_begin_write (db, &error));
  g_assert_true (rai_db_savepoint (db, "one", &error));
  g_assert_true (rai_db_revision (db, &revision, &error));
  g_assert_cmpint (revision, ==, 1);
  rai_db_rollback_to (db, "one"); /* gives it back */
  g_assert_true (rai_db_revision (db, &revision, &error));
  g_assert_cmpint (revision, ==, 1);
  g_assert_true (rai_db_savepoint (db, "two", &error));
  g_assert_true (rai_db_revision (db, &revision, &error));
  g_assert_cmpint (revision, ==, 1);
  rai_db_rollback_to (db, "two"); /* was taken before: keeps it */
  g_assert_true (rai_db_revision (db, &revision, &error));
  g_assert_cmpint (revision, ==, 1);
  g_assert_true (rai_db_commit (db, &error));
  g_assert_true (rai_db_last_revision (db, &revision, &error));
  g_assert_cmpint (revision, ==, 1);

  rai_db_set_replica (db, true);
  g_assert_true (rai_db_begin_write (db, &error));
  g_assert_true (rai_db_revision (db, &revision, &error));
  g_assert_cmpint (revision, ==, 1);
  g_assert_true (rai_db_commit (db, &error));
  g_assert_no_error (error);
}

/* A reader keeps its snapshot while another connection writes; two writers wait for each other. */
static void
isolation (RaiDb *db) {
  g_autoptr (GError) error = NULL;
  g_autofree char *url = NULL;
  g_autoptr (RaiDb) writer = rai_test_db_new_at (rai_db_kind (db), &url);
  g_autoptr (RaiDb) reader = rai_db_open (url, RAI_DB_OPEN_READ_ONLY, &error);
  g_assert_no_error (error);
  make_table (writer);
  g_assert_true (rai_db_begin_read (reader, &error));
  g_assert_cmpint (get (reader, "SELECT count(*) FROM t"), ==, 0);
  run (writer, "INSERT INTO t (id) VALUES (1)");
  g_assert_cmpint (get (reader, "SELECT count(*) FROM t"), ==, 0);
  rai_db_rollback (reader);
  g_assert_cmpint (get (reader, "SELECT count(*) FROM t"), ==, 1);
  g_assert_false (rai_db_exec (reader, "INSERT INTO t (id) VALUES (2)", &error));
  g_assert_nonnull (error);
}

static void
errors_have_codes (RaiDb *db) {
  g_autoptr (GError) error = NULL;
  make_table (db);
  run (db, "INSERT INTO t (id) VALUES (1)");

  RaiStatement *insert = prepare (db, "INSERT INTO t (id) VALUES (?1)");
  rai_statement_bind_int (insert, 1, 1);
  g_assert_false (rai_statement_run (insert, &error));
  g_assert_error (error, RAI_DB_ERROR, RAI_DB_ERROR_CONSTRAINT);
  g_clear_error (&error);
  rai_statement_bind_int (insert, 1, 2); /* it can be used again */
  g_assert_true (rai_statement_run (insert, &error));
  g_assert_false (rai_db_exec (db, "SELECT nonsense", &error));
  g_assert_error (error, RAI_DB_ERROR, RAI_DB_ERROR_FAILED);
}

/* ---- Files ---- */

static void
check_open_fails (const char *url, RaiDbOpenFlags flags, RaiDbError code) {
  g_autoptr (GError) error = NULL;
  g_autoptr (RaiDb) db = rai_db_open (url, flags, &error);
  g_assert_null (db);
  g_assert_error (error, RAI_DB_ERROR, (int) code);
  g_assert_cmpuint (strlen (error->message), >, 20);
}

static void
bad_urls (void) {
  check_open_fails ("mysql://x", 0, RAI_DB_ERROR_URL);
  check_open_fails ("shop.db", 0, RAI_DB_ERROR_URL);
  check_open_fails ("sqlite:/no/such/folder/x.db", RAI_DB_OPEN_CREATE, RAI_DB_ERROR_OPEN);
  g_autofree char *url = rai_test_db_url (RAI_DB_SQLITE);
  check_open_fails (url, 0, RAI_DB_ERROR_OPEN);
  if (rai_test_db_have_postgresql ())
    check_open_fails ("postgresql://nobody@/none?host=/no/such/folder", 0, RAI_DB_ERROR_OPEN);
}

static void
damaged_file (void) {
  g_autofree char *url = rai_test_db_url (RAI_DB_SQLITE);
  g_autofree char *text = g_strnfill (8192, 'x');
  g_assert_true (g_file_set_contents (url + strlen ("sqlite:"), text, -1, NULL));
  check_open_fails (url, RAI_DB_OPEN_CREATE, RAI_DB_ERROR_CORRUPT);
  check_open_fails (url, RAI_DB_OPEN_READ_ONLY, RAI_DB_ERROR_CORRUPT);
}

static void
full_disk (void) {
  g_autoptr (GError) error = NULL;
  g_autoptr (RaiDb) db = rai_test_db_new (RAI_DB_SQLITE);
  make_table (db);
  run (db, "PRAGMA max_page_count = 200"); /* as a disk that ends there */

  g_autofree char *text = g_strnfill (100000, 'x');
  bool written = true;
  for (int i = 0; written && i < 100; i++) {
    RaiStatement *insert = prepare (db, "INSERT INTO t (id, s) VALUES (?1, ?2)");
    rai_statement_bind_int (insert, 1, i);
    rai_statement_bind_text (insert, 2, text);
    written = rai_statement_run (insert, &error);
  }

  g_assert_error (error, RAI_DB_ERROR, RAI_DB_ERROR_FULL);
  g_assert_nonnull (strstr (error->message, "space"));
}

static void
busy_is_waited_for (void) {
  g_autoptr (GError) error = NULL;
  g_autofree char *url = NULL;
  g_autoptr (RaiDb) one = rai_test_db_new_at (RAI_DB_SQLITE, &url);
  g_autoptr (RaiDb) two = rai_db_open (url, 0, &error);
  g_assert_no_error (error);
  run (two, "PRAGMA busy_timeout = 20");
  g_assert_true (rai_db_begin_write (one, &error));
  g_assert_false (rai_db_begin_write (two, &error));
  g_assert_error (error, RAI_DB_ERROR, RAI_DB_ERROR_BUSY);
  g_assert_false (rai_db_in_transaction (two));
  rai_db_rollback (one);
  g_clear_error (&error);
  g_assert_true (rai_db_begin_write (two, &error));
  g_assert_no_error (error);
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  rai_test_db_add ("/db/db/values", values_come_back);
  rai_test_db_add ("/db/db/copy", copy_in);
  rai_test_db_add ("/db/db/transactions", transactions);
  rai_test_db_add ("/db/db/revisions", revisions);
  rai_test_db_add ("/db/db/isolation", isolation);
  rai_test_db_add ("/db/db/errors", errors_have_codes);
  g_test_add_func ("/db/db/bad-urls", bad_urls);
  g_test_add_func ("/db/db/damaged-file", damaged_file);
  g_test_add_func ("/db/db/full-disk", full_disk);
  g_test_add_func ("/db/db/busy", busy_is_waited_for);

  return rai_test_db_end (g_test_run ());
}
