/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/rai-db-run.h"

#include "rai-test-db.h"

#include <string.h>

static void
make_table (RaiDb *db) {
  g_autoptr (GError) error = NULL;
  rai_db_exec (db,
               "CREATE TABLE sample (id INTEGER PRIMARY KEY, name TEXT, share DOUBLE PRECISION,"
               " count BIGINT, data /*sqlite BLOB */ /*postgresql BYTEA */)",
               &error);
  g_assert_no_error (error);
}

static void
insert (RaiDb *db, int64_t id, const char *name, const double *share, const int64_t *count) {
  g_autoptr (GError) error = NULL;
  rai_db_run (db, &error,
              "INSERT INTO sample (id, name, share, count, data)"
              " VALUES (?1, ?2, ?3, ?4, ?5)",
              "itDIb", id, name, share, count, name, name != NULL ? strlen (name) : (size_t) 0);
  g_assert_no_error (error);
}

static void
values_and_nulls (RaiDb *db) {
  const double share = 0.25;
  const int64_t count = INT64_C (-5000000000);
  make_table (db);
  insert (db, 1, "oats", &share, &count);
  insert (db, 2, NULL, NULL, NULL);

  static const char query[] = "SELECT name, share, count FROM sample WHERE id = ?1";
  g_autoptr (GError) error = NULL;
  g_autofree char *name = NULL;
  double read_share = -1;
  int64_t read_count = -1;
  g_assert_cmpint (
      rai_db_row (db, &error, query, "i>tdi", INT64_C (1), &name, &read_share, &read_count), ==,
      RAI_STEP_ROW);
  g_assert_cmpstr (name, ==, "oats");
  g_assert_cmpfloat (read_share, ==, share);
  g_assert_cmpint (read_count, ==, count);

  /* Nulls leave things alone, and so does a row that is not there. */
  g_autofree char *nobody = NULL;
  read_share = read_count = 7;
  for (int64_t id = 2; id <= 3; id++) {
    g_assert_cmpint (rai_db_row (db, &error, query, "i>tdi", id, &nobody, &read_share, &read_count),
                     ==, id == 2 ? RAI_STEP_ROW : RAI_STEP_DONE);
    g_assert_null (nobody);
    g_assert_cmpfloat (read_share, ==, 7);
    g_assert_cmpint (read_count, ==, 7);
  }

  g_assert_cmpint (rai_db_row (db, &error, "SELECT 1 FROM sample WHERE data IS NULL", ""), ==,
                   RAI_STEP_ROW);
  g_assert_no_error (error);
}

static bool
add_up (RaiStatement *row, void *data, GError **error) {
  int64_t *sum = data;
  *sum += rai_statement_int (row, 0);
  return true;
}

static bool
refuse_second (RaiStatement *row, void *data, GError **error) {
  int *n = data;
  if (++*n < 2)
    return true;
  g_set_error_literal (error, RAI_DB_ERROR, RAI_DB_ERROR_ARGUMENT, "enough");
  return false;
}

static void
each_row (RaiDb *db) {
  make_table (db);
  for (int64_t id = 1; id <= 4; id++)
    insert (db, id, NULL, NULL, &id);

  static const char query[] = "SELECT count FROM sample WHERE id > ?1 ORDER BY id";
  g_autoptr (GError) error = NULL;
  int64_t sum = 0;
  g_assert_true (rai_db_each (db, add_up, &sum, &error, query, "i", INT64_C (1)));
  g_assert_no_error (error);
  g_assert_cmpint (sum, ==, 2 + 3 + 4);

  int n = 0;
  g_assert_false (rai_db_each (db, refuse_second, &n, &error, query, "i", INT64_C (0)));
  g_assert_error (error, RAI_DB_ERROR, RAI_DB_ERROR_ARGUMENT);
  g_assert_cmpint (n, ==, 2);
}

static void
wrong_sql (RaiDb *db) {
  g_autoptr (GError) run = NULL, row = NULL, each = NULL;
  int64_t sum = 0;
  g_assert_false (rai_db_run (db, &run, "DELETE FROM nowhere WHERE id = ?1", "i", INT64_C (1)));
  g_assert_cmpint (rai_db_row (db, &row, "SELECT id FROM nowhere", ">i", &sum), ==,
                   RAI_STEP_FAILED);
  g_assert_false (rai_db_each (db, add_up, &sum, &each, "SELECT id FROM nowhere", ""));
  g_assert_nonnull (run);
  g_assert_nonnull (row);
  g_assert_nonnull (each);
  g_assert_cmpint (sum, ==, 0);
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  rai_test_db_add ("/db/run/values-and-nulls", values_and_nulls);
  rai_test_db_add ("/db/run/each-row", each_row);
  rai_test_db_add ("/db/run/wrong-sql", wrong_sql);
  return rai_test_db_end (g_test_run ());
}
