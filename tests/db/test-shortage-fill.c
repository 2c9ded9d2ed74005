/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/rai-shortage-fill.h"

#include "rai-test-db.h"
#include "rai-test-ledger.h"

#define DAYS 150

static void
run (RaiDb *db, const char *sql) {
  g_autoptr (GError) error = NULL;
  rai_db_exec (db, sql, &error);
  g_assert_no_error (error);
}

static RaiShortageFill
read_fill (RaiDb *db) {
  g_autoptr (GError) error = NULL;
  RaiShortageFill fill;
  rai_shortage_fill_read (db, &fill, &error);
  g_assert_no_error (error);
  return fill;
}

/* What was recorded before gets what it would have got at once; interrupted anywhere it goes on,
 * and it is not done twice. */
static void
as_if_at_once (RaiDb *db) {
  g_autoptr (GError) error = NULL;
  g_auto (RaiTestLedger) ledger;
  rai_test_ledger_init (&ledger);
  rai_test_ledger_live (&ledger, 3, 5, DAYS);
  rai_test_ledger_open (db, 5);
  rai_test_ledger_tell (&ledger, db, 0, 500);
  g_autofree char *want = rai_test_ledger_shares (db);
  g_assert_cmpint (strlen (want), >, 300);
  run (db, "UPDATE item_day SET out_of_stock = 0;"
           "INSERT INTO meta (key, value) VALUES ('shortages_wanted', '0/0/0')");

  RaiShortageFill fill = read_fill (db);
  int64_t left = 0;
  rai_shortage_fill_count (db, &fill, &left, &error);
  g_assert_cmpint (left, ==, 4);

  int n_steps = 0;
  for (; read_fill (db).wanted; n_steps++) {
    fill = read_fill (db);
    g_assert_true (rai_db_begin_write (db, &error));
    rai_shortage_fill_next (db, &fill, &error);
    g_assert_no_error (error);
    if (n_steps % 3 == 1)
      rai_db_rollback (db); /* a crash */
    else
      g_assert_true (rai_db_commit (db, &error));
  }
  g_assert_cmpint (n_steps, >=, 9);
  g_autofree char *found = rai_test_ledger_shares (db);
  g_assert_cmpstr (found, ==, want);
}

/* Nobody asks for it in a database that is new. */
static void
not_wanted_at_first (RaiDb *db) {
  g_assert_false (read_fill (db).wanted);
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  rai_test_db_add ("/db/shortage-fill/as-if-at-once", as_if_at_once);
  rai_test_db_add ("/db/shortage-fill/not-wanted-at-first", not_wanted_at_first);
  return rai_test_db_end (g_test_run ());
}
