/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/rai-shortage-ledger.h"

#include "db/rai-sites.h"
#include "rai-test-db.h"
#include "rai-test-ledger.h"

static void
check (RaiDb *db, const char *want) {
  g_autofree char *found = rai_test_ledger_shares (db);
  g_assert_cmpstr (found, ==, want);
}

static void
run (RaiDb *db, const char *sql) {
  g_autoptr (GError) error = NULL;
  rai_db_exec (db, sql, &error);
  g_assert_no_error (error);
}

/* Four pieces are gone at 17:00 of the first day; another item sells on until the fourth. */
static void
fill (RaiDb *db, RaiTestLedger *ledger) {
  rai_test_ledger_init (ledger);
  rai_test_ledger_open (db, 2);
  rai_test_ledger_add (ledger, RAI_TEST_COUNT, 1, 0, 7, 0, 4);
  rai_test_ledger_add (ledger, RAI_TEST_SALE, 1, 0, 17, 0, 4);
  for (int day = 0; day < 4; day++)
    rai_test_ledger_add (ledger, RAI_TEST_SALE, 2, day, 12, 0, 1);
}

static void
tell (RaiDb *db, RaiTestLedger *ledger, RaiTestEventKind kind, int day, int hour, int pieces) {
  const unsigned told = ledger->events->len;
  rai_test_ledger_add (ledger, kind, 1, day, hour, 0, pieces);
  rai_test_ledger_tell (ledger, db, told, 1);
}

/* Deliveries and counts that are told late change the days that they are about, and no others. */
static void
movements (RaiDb *db) {
  g_auto (RaiTestLedger) ledger;
  fill (db, &ledger);
  rai_test_ledger_tell (&ledger, db, 0, 1);
  check (db, "1/0:250 1/1:1000 1/2:1000 1/3:1000 ");
  tell (db, &ledger, RAI_TEST_RECEIVE, 2, 14, 6);
  check (db, "1/0:250 1/1:1000 1/2:500 ");
  tell (db, &ledger, RAI_TEST_COUNT, 1, 11, 2);
  check (db, "1/0:250 1/1:250 ");
  tell (db, &ledger, RAI_TEST_WASTE, 3, 14, 8);
  check (db, "1/0:250 1/1:250 1/3:500 ");
  tell (db, &ledger, RAI_TEST_COUNT, 0, 18, 1);
  check (db, "1/0:83 1/3:500 ");
}

/* What was said from outside holds where it is more, and comes back when nothing else is left. */
static void
flags (RaiDb *db) {
  g_autoptr (GError) error = NULL;
  g_auto (RaiTestLedger) ledger;
  fill (db, &ledger);
  rai_test_ledger_tell (&ledger, db, 0, 1);

  g_autoptr (RaiSales) sales = rai_sales_new (db, &error);
  const int64_t hour = (int64_t) RAI_TEST_LEDGER_DAY * 24;
  g_assert_true (rai_db_begin_write (db, &error));
  rai_sales_add_total (sales, 1, 1, "hour", hour + 9, 0, 0, true, &error);
  rai_sales_add_total (sales, 1, 1, "day", hour + 24, 0, 0, true, &error);
  rai_sales_flush (sales, &error);
  g_assert_no_error (error);
  g_assert_true (rai_db_commit (db, &error));
  check (db, "1/0:250 1/1:1000 1/2:1000 1/3:1000 ");
  tell (db, &ledger, RAI_TEST_RECEIVE, 0, 8, 9);
  check (db, "1/0:42 1/1:1000 ");

  g_assert_true (rai_db_begin_write (db, &error));
  rai_sales_add_total (sales, 1, 1, "day", hour + 24, 0, 0, false, &error);
  rai_sales_flush (sales, &error);
  g_assert_no_error (error);
  g_assert_true (rai_db_commit (db, &error));
  check (db, "1/0:42 ");
}

/* Days that were said to be closed have no hours: but for those on which something was sold. */
static void
closed_days (RaiDb *db) {
  g_auto (RaiTestLedger) ledger;
  rai_test_ledger_init (&ledger);
  rai_test_ledger_open (db, 2);
  run (db, "INSERT INTO calendar_day (site_id, day, closed, opened, rev) VALUES"
           " (1, 20501, 1, 0, 0), (1, 20502, 1, 0, 0), (1, 20504, 0, 1, 0);"
           /* 16 February 2026, day 20500, was a Monday: without Thursdays and Fridays. */
           "UPDATE site SET open_weekdays = 103, opens = 600, closes = 1080");
  rai_test_ledger_add (&ledger, RAI_TEST_COUNT, 1, 0, 7, 0, 4);
  rai_test_ledger_add (&ledger, RAI_TEST_SALE, 1, 0, 17, 0, 4);
  for (int day = 0; day < 7; day++)
    if (day != 1 && day != 3 && day != 4)
      rai_test_ledger_add (&ledger, RAI_TEST_SALE, 2, day, 12, 0, 1);
  rai_test_ledger_tell (&ledger, db, 0, 1);
  check (db, "1/0:125 1/2:1000 1/4:1000 1/5:1000 1/6:1000 ");
}

static void
set_day (RaiDb *db, int day, int64_t closed, int64_t opened) {
  g_autoptr (GError) error = NULL;
  const RaiSiteDay what = { .closed = &closed, .opened = &opened };
  int64_t rev = 0;
  g_assert_true (rai_db_begin_write (db, &error));
  rai_db_revision (db, &rev, &error);
  rai_site_set_day (db, 1, RAI_TEST_LEDGER_DAY + day, &what, rev, &error);
  g_assert_no_error (error);
  g_assert_true (rai_db_commit (db, &error));
}

/* A person says of a day that is over whether the store was open. */
static void
said_of_a_day (RaiDb *db) {
  g_auto (RaiTestLedger) ledger;
  rai_test_ledger_init (&ledger);
  rai_test_ledger_open (db, 2);
  rai_test_ledger_add (&ledger, RAI_TEST_COUNT, 1, 0, 7, 0, 4);
  rai_test_ledger_add (&ledger, RAI_TEST_SALE, 1, 0, 17, 0, 4);
  rai_test_ledger_add (&ledger, RAI_TEST_SALE, 2, 2, 12, 0, 1);
  rai_test_ledger_tell (&ledger, db, 0, 1);
  check (db, "1/0:250 1/1:1000 1/2:1000 ");
  set_day (db, 1, 1, 0);
  check (db, "1/0:250 1/2:1000 ");
  set_day (db, 2, 1, 0); /* it sold */
  check (db, "1/0:250 1/2:1000 ");
  set_day (db, 1, 0, 1);
  check (db, "1/0:250 1/1:1000 1/2:1000 ");
}

/* Hours hold from the day on which they are said, and say nothing of the one before. */
static void
said_of_hours (RaiDb *db) {
  const int64_t opens = 8 * 60, closes = 18 * 60;
  const RaiSiteValues values = { .opens = &opens,
                                 .closes = &closes,
                                 .today = RAI_TEST_LEDGER_DAY + 1 };
  g_autoptr (GError) error = NULL;
  g_auto (RaiTestLedger) ledger;
  int64_t rev = 0;
  rai_test_ledger_init (&ledger);
  rai_test_ledger_open (db, 2);
  for (int day = 0; day < 2; day++) {
    rai_test_ledger_add (&ledger, RAI_TEST_COUNT, 1, day, 7, 0, 4);
    rai_test_ledger_add (&ledger, RAI_TEST_SALE, 1, day, 17, 0, 4);
  }
  rai_test_ledger_tell (&ledger, db, 0, 1);
  check (db, "1/0:250 1/1:250 ");

  g_assert_true (rai_db_begin_write (db, &error));
  rai_db_revision (db, &rev, &error);
  rai_site_edit (db, 1, &values, rev, &error);
  g_assert_no_error (error);
  g_assert_true (rai_db_commit (db, &error));
  check (db, "1/0:250 1/1:100 ");
}

/* Whoever has the rows from the server does not reckon them from the receipts that it lacks. */
static void
replicas_write_none (RaiDb *db) {
  g_auto (RaiTestLedger) ledger;
  fill (db, &ledger);
  rai_db_set_replica (db, true);
  rai_test_ledger_tell (&ledger, db, 0, 1);
  check (db, "");
}

/* Only rows that are others than before get a revision, so that replicas are told little. */
static void
same_rows_stay (RaiDb *db) {
  g_autoptr (GError) error = NULL;
  g_auto (RaiTestLedger) ledger;
  int64_t before = 0, after = 0;
  fill (db, &ledger);
  rai_test_ledger_tell (&ledger, db, 0, 1);
  const char *sum = "SELECT CAST(sum(rev) AS BIGINT) FROM item_day";
  rai_db_get_int (db, sum, NULL, 0, 0, &before, &error);

  g_assert_true (rai_db_begin_write (db, &error));
  RaiShortageLedger *looked = rai_shortage_ledger_new (db, 1, &error);
  g_assert_cmpint (rai_shortage_ledger_last_day (looked), ==, RAI_TEST_LEDGER_DAY + 3);
  g_assert_true (rai_shortage_ledger_look (looked, 1, 0, RAI_TEST_LEDGER_DAY + 3, &error));
  g_assert_true (rai_shortage_ledger_finish (looked, true, &error));
  g_assert_true (rai_db_commit (db, &error));
  rai_db_get_int (db, sum, NULL, 0, 0, &after, &error);
  g_assert_no_error (error);
  g_assert_cmpint (after, ==, before);
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  rai_test_db_add ("/db/shortage-ledger/movements", movements);
  rai_test_db_add ("/db/shortage-ledger/flags", flags);
  rai_test_db_add ("/db/shortage-ledger/closed-days", closed_days);
  rai_test_db_add ("/db/shortage-ledger/said-of-a-day", said_of_a_day);
  rai_test_db_add ("/db/shortage-ledger/said-of-hours", said_of_hours);
  rai_test_db_add ("/db/shortage-ledger/replicas-write-none", replicas_write_none);
  rai_test_db_add ("/db/shortage-ledger/same-rows-stay", same_rows_stay);
  return rai_test_db_end (g_test_run ());
}
