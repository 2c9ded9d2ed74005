/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import/rai-import-aside.h"

#include "command/rai-command.h"
#include "rai-test-db.h"
#include "rai-test-import.h"
#include "util/rai-clock.h"
#include "util/rai-progress.h"

static const RaiImportOptions receipts = { .kind = "receipts", .zone = "Europe/Berlin" };

#define HEADER "site,receipt,time,item,quantity,amount\n"
/* One receipt of its time, one of 2099 whose lines do not stand together, one of 1999. */
#define ROWS \
  "S1,1,2024-03-01 09:00,100,2,3.00\n" \
  "S1,2,2099-03-01 09:00,100,1,1.50\n" \
  "S1,3,1999-12-31,101,1,2.50\n" \
  "S1,2,2099-03-01 09:00,101,4,9.00\n"

static void
expect (RaiDb *db, RaiImportOptions options, const char *text, uint64_t added, uint64_t unchanged,
        uint64_t aside, unsigned receipts_aside) {
  g_auto (RaiImportResult) result = rai_test_import (db, options, text);
  g_assert_cmpuint (result.added, ==, added);
  g_assert_cmpuint (result.unchanged, ==, unchanged);
  g_assert_cmpuint (result.aside, ==, aside);
  g_assert_cmpuint (result.receipts_aside, ==, receipts_aside);
  g_assert_cmpuint (result.rejected, ==, 0);
}

static RaiAnswerStatus
run (RaiDb *db, const char *name, const char *arguments) {
  g_autoptr (RaiIdentity) program = rai_identity_new_system ();
  g_autoptr (GError) error = NULL;
  g_auto (RaiAnswer) answer = { 0 };
  RaiCommandCall call = {
    .id = g_uuid_string_random (),
    .name = g_strdup (name),
    .arguments = g_strdup (arguments),
    .acted_at = rai_now_ms (),
  };

  rai_command_run_once (db, program, &call, &answer, &error);
  g_assert_no_error (error);
  rai_command_call_clear (&call);

  return answer.status;
}

static void
test_whole (RaiDb *db) {
  expect (db, receipts, HEADER ROWS, 1, 0, 3, 2);
  g_assert_cmpint (rai_test_number (db, "SELECT count(*) FROM receipt"), ==, 1);
  g_assert_cmpint (rai_test_number (db, "SELECT sum(revenue) FROM site_day"), ==, 300);
  g_assert_cmpint (rai_test_number (db, "SELECT count(*) FROM sale_aside WHERE number = '2'"
                                        " AND reason = 'future' AND body LIKE '%900}]}'"),
                   ==, 1);
  g_assert_cmpint (rai_test_number (db, "SELECT count(*) FROM sale_aside WHERE number = '3'"
                                        " AND reason = 'past'"),
                   ==, 1);
  rai_test_verify (db);

  /* The same file again adds nothing, and takes nothing out. */
  expect (db, receipts, HEADER ROWS, 0, 4, 0, 0);
  g_assert_cmpint (rai_test_number (db, "SELECT count(*) FROM sale_aside"), ==, 2);

  /* Other lines under a number that waits are another receipt. */
  expect (db, receipts, HEADER "S1,2,2099-03-01 09:00,100,7,1.50\n", 0, 0, 1, 1);
  g_assert_cmpint (rai_test_number (db, "SELECT count(*) FROM sale_aside"), ==, 3);

  /* At a right time its like waits no more; the other does. */
  expect (db, receipts, HEADER "S1,2,2024-03-01 09:00,100,7,1.50\n", 1, 0, 0, 0);
  g_assert_cmpint (rai_test_number (db, "SELECT count(*) FROM sale_aside"), ==, 2);
  g_assert_cmpint (rai_test_number (db, "SELECT count(*) FROM sale_aside WHERE number = '2'"), ==,
                   1);
}

static void
test_commits (RaiDb *db) {
  RaiImportOptions often = receipts;
  often.rows_a_commit = 1;
  expect (db, often, HEADER ROWS, 1, 0, 3, 2);
  g_assert_cmpint (rai_test_number (db,
                                    "SELECT count(*) FROM sale_aside WHERE number = '2'"
                                    " AND body LIKE '%\"amount\":150},{%' AND body LIKE '%900}]}'"),
                   ==, 1);
  expect (db, often, HEADER ROWS, 0, 4, 0, 0);
}

static void
test_corrected (RaiDb *db) {
  expect (db, receipts, HEADER ROWS, 1, 0, 3, 2);
  g_assert_cmpint (
      run (db, "sales.correct", "{\"site\":1,\"receipt\":\"2\",\"sold_at\":1709280000000}"), ==,
      RAI_ANSWER_APPLIED);
  g_assert_cmpint (rai_test_number (db, "SELECT sum(revenue) FROM site_day"), ==, 1350);

  /* It is recorded now: the file knows no better. */
  expect (db, receipts, HEADER ROWS, 0, 4, 0, 0);
  g_assert_cmpint (rai_test_number (db, "SELECT count(*) FROM sale_aside"), ==, 1);

  /* Neither does its till; what it sends with other lines is another receipt, and waits. */
  g_assert_cmpint (run (db, "sales.record",
                        "{\"site\":1,\"receipt\":\"2\",\"sold_at\":4076128800000,\"lines\":["
                        "{\"item\":1,\"quantity\":1000,\"amount\":150}]}"),
                   ==, RAI_ANSWER_APPLIED);
  g_assert_cmpint (rai_test_number (db, "SELECT count(*) FROM sale_aside"), ==, 2);

  /* A file that tells the right time takes the receipt out. */
  expect (db, receipts, HEADER "S1,3,2024-03-02,101,1,2.50\n", 1, 0, 0, 0);
  g_assert_cmpint (rai_test_number (db, "SELECT count(*) FROM sale_aside WHERE number = '3'"), ==,
                   0);
  rai_test_verify (db);
}

/* A day without a time is today's until it ends; a dry run sets nothing aside. */
static void
test_today (RaiDb *db) {
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Europe/Berlin");
  char today[11];
  rai_day_format (rai_day_from_ms (rai_now_ms (), zone), today);
  g_autofree char *text = g_strdup_printf (HEADER "S1,9,%s,100,1,1\n", today);
  expect (db, receipts, text, 1, 0, 0, 0);

  RaiImportOptions dry = receipts;
  dry.dry_run = true;
  expect (db, dry, HEADER ROWS, 1, 0, 3, 2);
  g_assert_cmpint (rai_test_number (db, "SELECT count(*) FROM sale_aside"), ==, 0);
}

#define MILLION_AND_ONE "the quantity is more than a million units: correct it"

/* The bounds of sales.record hold for files. */
static void
test_bounds (RaiDb *db) {
  g_autoptr (GString) text = g_string_new (HEADER);
  RaiImportOptions sales = { .kind = "sales" }, stock = { .kind = "stock" };

  rai_test_import_reject (db, receipts, HEADER "S1,1,2024-03-01,100,1000001,1\n", MILLION_AND_ONE,
                          2);
  rai_test_import_reject (db, sales, "site,item,date,quantity\nS1,100,2024-03-01,1000001\n",
                          MILLION_AND_ONE, 2);
  rai_test_import_reject (db, stock, "site,item,quantity\nS1,100,1000001\n", MILLION_AND_ONE, 2);

  for (int line = 0; line < 5000; line++)
    g_string_append (text, "S1,2,2024-03-01,100,1000000,10000000000.00\n");
  g_string_append (text, "S1,3,2024-03-01,100,1000000,10000000000.00\n");
  g_auto (RaiImportResult) result = rai_test_import (db, receipts, text->str);
  g_assert_cmpuint (result.added, ==, 1);
  g_assert_cmpuint (result.rejected, ==, 5000);
  g_assert_cmpint (rai_test_number (db, "SELECT max(quantity) FROM item_day"), ==, 1000000000);
  rai_test_verify (db);
}

/* What sales.record would not take whole is told, and waits in the file of rejects. */
static void
test_too_long (RaiDb *db) {
  g_autofree char *number = g_strnfill (101, 'x');
  g_autofree char *text = g_strdup_printf (HEADER "S1,%s,2099-01-01,1,1,1\n", number);
  rai_test_import_reject (db, receipts, text,
                          "the time cannot be meant, and the receipt is too long to be set aside",
                          2);
}

#define TILLS "site,receipt,till,time,day,item,quantity,amount\n"

/* Receipts of two tills under one number wait both, as their till would have sent them; so does a
 * business day that is far from its time. */
static void
test_tills (RaiDb *db) {
  expect (db, receipts,
          TILLS "S1,2,A,2099-03-01 09:00,2099-03-01,100,2,1.50\n"
                "S1,2,B,2099-03-01 09:00,2099-03-01,100,2,1.50\n"
                "S1,3,A,2024-03-01 09:00,2024-03-09,100,2,1.50\n",
          0, 0, 3, 3);
  g_assert_cmpint (rai_test_number (db, "SELECT count(*) FROM sale_aside WHERE reason = 'day'"), ==,
                   1);
  g_assert_cmpint (run (db, "sales.record",
                        "{\"site\":1,\"receipt\":\"2\",\"till\":\"A\",\"sold_at\":4076035200000,"
                        "\"day\":\"2099-03-01\",\"lines\":[{\"item\":1,\"quantity\":2000,"
                        "\"amount\":150}]}"),
                   ==, RAI_ANSWER_APPLIED);
  g_assert_cmpint (rai_test_number (db, "SELECT count(*) FROM sale_aside"), ==, 3);

  /* At its right time it takes its own out, and not that of the other till. */
  expect (db, receipts, TILLS "S1,2,B,2024-03-01 09:00,2024-03-01,100,2,1.50\n", 1, 0, 0, 0);
  g_assert_cmpint (rai_test_number (db, "SELECT count(*) FROM sale_aside WHERE till = 'B'"), ==, 0);
  g_assert_cmpint (rai_test_number (db, "SELECT count(*) FROM sale_aside WHERE till = 'A'"), ==, 2);
}

/* Spaces around a number, a till or an item's code are no part of it, whichever way it is sent: the
 * same receipt is one. */
static void
test_both_ways (RaiDb *db) {
#define SENT(number, till) \
  "{\"site\":1,\"receipt\":\"" number "\",\"till\":\"" till "\",\"sold_at\":1709280000000," \
  "\"day\":\"2024-03-01\",\"lines\":[{\"item\":1,\"quantity\":2000,\"amount\":150}]}"
  static const char *const sent[] = { SENT ("4 ", " A"), SENT (" 4", "A "), SENT ("4", "A") };
  static const char rows[] = TILLS "S1,3,A,2024-03-01 09:00,2024-03-01,\" 100\",2,1.50\n"
                                   " S1 , 4\t,\" A \",2024-03-01 09:00,2024-03-01, 100 ,2,1.50\n";
  expect (db, receipts, rows, 2, 0, 0, 0);
  for (size_t i = 0; i < G_N_ELEMENTS (sent); i++)
    g_assert_cmpint (run (db, "sales.record", sent[i]), ==, RAI_ANSWER_APPLIED);
  g_assert_cmpint (rai_test_number (db, "SELECT count(*) FROM receipt WHERE till = 'A'"), ==, 2);
  g_assert_cmpint (rai_test_number (db, "SELECT count(*) FROM receipt"), ==, 2);
  g_assert_cmpint (rai_test_number (db, "SELECT count(*) FROM item"), ==, 1);

  /* The other way round. */
  g_assert_cmpint (run (db, "sales.record", SENT (" 5 ", " B ")), ==, RAI_ANSWER_APPLIED);
  expect (db, receipts, TILLS "S1,5,B,2024-03-01 09:00,2024-03-01,100,2,1.50\n", 0, 1, 0, 0);

  g_assert_cmpint (
      run (db, "sales.void",
           "{\"site\":1,\"receipt\":\"5 \",\"till\":\" B\",\"reason\":\"typed twice\"}"),
      ==, RAI_ANSWER_APPLIED);
  g_assert_cmpint (
      run (db, "item.edit", "{\"item\":1,\"barcode\":\" 4006381333931 \",\"name\":\"Tea \"}"), ==,
      RAI_ANSWER_APPLIED);
  g_assert_cmpint (rai_test_number (db, "SELECT count(*) FROM item WHERE name = 'Tea'"
                                        " AND barcode = '4006381333931'"),
                   ==, 1);
  g_assert_cmpint (run (db, "sales.record", SENT ("  ", "A")), ==, RAI_ANSWER_REJECTED);
}

/* Totals have no receipt. */
static void
test_totals (RaiDb *db) {
  RaiImportOptions sales = { .kind = "sales" };
  rai_test_import_reject (
      db, sales, "site,item,date,quantity\nS1,1,2099-03-01,1\n",
      "the date lies in the future: correct the rejected rows, and import their file", 2);
  rai_test_import_reject (
      db, sales, "site,item,date,quantity\nS1,1,1999-03-01,1\n",
      "the date is before 2000: correct the rejected rows, and import their file", 2);
  g_assert_cmpint (rai_test_number (db, "SELECT count(*) FROM sale_aside"), ==, 0);
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  rai_progress_set_quiet (true);
  rai_test_db_add ("/import/aside/tills", test_tills);
  rai_test_db_add ("/import/aside/both-ways", test_both_ways);
  rai_test_db_add ("/import/aside/whole", test_whole);
  rai_test_db_add ("/import/aside/commits", test_commits);
  rai_test_db_add ("/import/aside/corrected", test_corrected);
  rai_test_db_add ("/import/aside/today", test_today);
  rai_test_db_add ("/import/aside/bounds", test_bounds);
  rai_test_db_add ("/import/aside/too-long", test_too_long);
  rai_test_db_add ("/import/aside/totals", test_totals);
  return rai_test_db_end (g_test_run ());
}
