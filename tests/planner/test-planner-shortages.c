/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "planner/rai-planner-shortages.h"

#include "rai-test-db.h"
#include "rai-test-ledger.h"
#include "rai-test-retailer.h"

static void
ask (RaiDb *db) {
  rai_test_retailer_change (db,
                            "UPDATE item_day SET out_of_stock = 0, rev = :rev;"
                            "INSERT INTO meta (key, value) VALUES ('shortages_wanted', '0/0/0')");
}

static int64_t
count_jobs (RaiDb *db, const char *state) {
  g_autofree char *sql =
      g_strdup_printf ("SELECT count(*) FROM job WHERE kind = 'shortages' AND state = '%s'", state);
  return rai_test_retailer_int (db, sql);
}

/* Done when it is asked for, told in the log, and only once. */
static void
once (RaiDb *db) {
  g_autoptr (GError) error = NULL;
  g_auto (RaiTestLedger) ledger;
  rai_test_ledger_init (&ledger);
  rai_test_ledger_live (&ledger, 5, 5, 60);
  rai_test_ledger_open (db, 5);
  rai_test_ledger_tell (&ledger, db, 0, 500);
  g_autofree char *want = rai_test_ledger_shares (db);

  g_assert_true (rai_planner_shortages (db, NULL, &error));
  g_assert_cmpint (count_jobs (db, "done"), ==, 0);
  ask (db);
  for (int i = 0; i < 2; i++)
    g_assert_true (rai_planner_shortages (db, NULL, &error));
  g_assert_no_error (error);

  g_autofree char *found = rai_test_ledger_shares (db);
  g_assert_cmpstr (found, ==, want);
  g_assert_cmpint (count_jobs (db, "done"), ==, 1);
  g_assert_cmpint (rai_test_retailer_int (db, "SELECT count(*) FROM command_log"
                                              " WHERE name = 'planner.shortages'"
                                              " AND summary LIKE '% 4 items'"),
                   ==, 1);
}

/* One that is stopped is asked for still. */
static void
stopped (RaiDb *db) {
  g_autoptr (GError) error = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_auto (RaiTestLedger) ledger;
  rai_test_ledger_init (&ledger);
  rai_test_ledger_live (&ledger, 5, 5, 10);
  rai_test_ledger_open (db, 5);
  rai_test_ledger_tell (&ledger, db, 0, 500);
  ask (db);

  g_cancellable_cancel (cancellable);
  g_assert_false (rai_planner_shortages (db, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (count_jobs (db, "failed"), ==, 1);
  g_clear_error (&error);
  g_assert_true (rai_planner_shortages (db, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (count_jobs (db, "done"), ==, 1);
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  rai_test_db_add ("/planner/shortages/once", once);
  rai_test_db_add ("/planner/shortages/stopped", stopped);
  return rai_test_db_end (g_test_run ());
}
