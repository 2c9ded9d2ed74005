/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/rai-receipt.h"

#include "db/rai-sales.h"
#include "rai-test-db.h"

/* 2026-02-16 at 10:30:07.123 UTC, which is day 20500. */
#define DAY 20500
#define SOLD (DAY * RAI_MS_PER_DAY + INT64_C (37807123))
#define MINUTE (SOLD - 7123)
#define NOON (DAY * RAI_MS_PER_DAY + RAI_MS_PER_DAY / 2)

static int64_t
get (RaiDb *db, const char *sql) {
  g_autoptr (GError) error = NULL;
  int64_t value = 0;
  rai_db_get_int (db, sql, NULL, 0, -999, &value, &error);
  g_assert_no_error (error);
  return value;
}

/* One receipt as a program sends it: items 1, 2, ... of `items`, "12". Its first answer that is not
 * UNCHANGED; in a transaction of its own. */
static RaiSalesResult
send_at (RaiDb *db, const char *till, RaiDay said_day, const char *number, int64_t sold_at,
         const char *items) {
  g_autoptr (GError) error = NULL;
  g_autoptr (RaiSales) sales = rai_sales_new (db, &error);
  RaiSalesResult answer = RAI_SALES_UNCHANGED;
  uint64_t apart = 0;
  const RaiReceipt receipt = { .site_id = 1,
                               .number = number,
                               .till = till,
                               .said_day = said_day,
                               .sold_at = sold_at,
                               .day =
                                   said_day != 0 ? said_day : (RaiDay) (sold_at / RAI_MS_PER_DAY) };

  g_assert_true (rai_db_begin_write (db, &error));
  for (const char *item = items; *item != '\0'; item++) {
    const RaiSalesLine line = { *item - '0', 1000, (*item - '0') * 100 };
    const RaiSalesResult result = rai_sales_add_line (sales, &receipt, &line, &error);
    g_assert_no_error (error);
    if (answer == RAI_SALES_UNCHANGED)
      answer = result;
  }
  g_assert_true (rai_sales_settle (sales, &apart, &error));
  g_assert_true (rai_sales_flush (sales, &error) && rai_db_commit (db, &error));
  return apart > 0 ? RAI_SALES_ADDED : answer;
}

static RaiSalesResult
send (RaiDb *db, const char *till, RaiDay said_day, const char *number, const char *items) {
  const RaiDay day = said_day != 0 ? said_day : DAY;
  return send_at (db, till, said_day, number, SOLD + (day - DAY) * RAI_MS_PER_DAY, items);
}

static void
expect (RaiDb *db, int64_t receipts, int64_t lines) {
  g_assert_cmpint (get (db, "SELECT count(*) FROM receipt"), ==, receipts);
  g_assert_cmpint (get (db, "SELECT count(*) FROM receipt_line"), ==, lines);
  g_assert_cmpint (get (db, "SELECT sum(n_lines) FROM receipt"), ==, lines);
  g_assert_cmpint (get (db, "SELECT sum(receipts) FROM site_day WHERE site_id = 1"), ==,
                   get (db, "SELECT count(*) + 3 FROM receipt"));
}

/* A till that begins its numbers anew each day, and another beside it. */
static void
anew_each_day (RaiDb *db) {
  rai_test_db_fill (db);
  for (int again = 0; again < 2; again++) {
    const RaiSalesResult answer = again ? RAI_SALES_UNCHANGED : RAI_SALES_ADDED;
    for (RaiDay day = DAY; day < DAY + 3; day++) {
      g_assert_cmpint (send (db, "A", day, "17", "12"), ==, answer);
      g_assert_cmpint (send (db, "B", day, "17", "12"), ==, answer);
      g_assert_cmpint (send (db, "", day, "18", "12"), ==, answer);
    }
  }
  g_assert_cmpint (send (db, "A", DAY, "17", "13"), ==, RAI_SALES_DIFFERENT);
  expect (db, 9, 18);
}

/* Without till and day it is known by store and number alone, whenever it is said to be. */
static void
number_alone (RaiDb *db) {
  rai_test_db_fill (db);
  g_assert_cmpint (send (db, NULL, 0, "17", "12"), ==, RAI_SALES_ADDED);
  g_assert_cmpint (send_at (db, "", 0, "17", SOLD + 9 * RAI_MS_PER_DAY, "12"), ==,
                   RAI_SALES_UNCHANGED);
  g_assert_cmpint (send_at (db, "", 0, "17", SOLD + 9 * RAI_MS_PER_DAY, "34"), ==,
                   RAI_SALES_DIFFERENT);
  expect (db, 1, 2);
}

/* The same receipt by senders that say more and less of it is taken once, in whatever order. */
static void
said_more_and_less (RaiDb *db) {
  static const struct {
    const char *till;
    RaiDay day;
  } senders[] = { { "", 0 }, { "A", 0 }, { "", DAY }, { "A", DAY } };
  char number[] = "n00";

  rai_test_db_fill (db);
  for (int i = 0; i < 4; i++)
    for (int k = 0; k < 4; k++) {
      number[1] = (char) ('0' + i);
      number[2] = (char) ('0' + k);
      g_assert_cmpint (send (db, senders[i].till, senders[i].day, number, "12"), ==,
                       RAI_SALES_ADDED);
      g_assert_cmpint (send (db, senders[k].till, senders[k].day, number, "12"), ==,
                       RAI_SALES_UNCHANGED);
      g_assert_cmpint (send (db, senders[i].till, senders[i].day, number, "12"), ==,
                       RAI_SALES_UNCHANGED);
      /* Of the same millisecond: it is that one, changed. */
      g_assert_cmpint (send (db, senders[k].till, senders[k].day, number, "34"), ==,
                       RAI_SALES_DIFFERENT);
      /* It has learnt its till, so that another's is another. */
      const bool of_a = *senders[i].till != '\0' || *senders[k].till != '\0';
      g_assert_cmpint (send (db, "B", DAY, number, "12"), ==,
                       of_a ? RAI_SALES_ADDED : RAI_SALES_UNCHANGED);
    }

  /* Another day's, and another time's, are others. */
  send (db, "", 0, "x", "12");
  g_assert_cmpint (send (db, "A", DAY + 1, "x", "12"), ==, RAI_SALES_ADDED);
  g_assert_cmpint (send_at (db, "A", DAY, "x", SOLD + 1, "12"), ==, RAI_SALES_ADDED);
}

/* Night's work: the business day that is said is not that of the clock. */
static void
business_day (RaiDb *db) {
  rai_test_db_fill (db);
  send_at (db, "", 0, "17", SOLD, "12");
  g_assert_cmpint (send_at (db, "A", DAY - 1, "17", SOLD, "12"), ==, RAI_SALES_UNCHANGED);
  g_assert_cmpint (send_at (db, "", 0, "17", SOLD, "12"), ==, RAI_SALES_UNCHANGED);
  expect (db, 1, 2);
}

/* Files tell minutes, or days alone. Where times only agree so far, lines decide. */
static void
coarse_times (RaiDb *db) {
  rai_test_db_fill (db);
  g_assert_cmpint (send_at (db, "", 0, "1", MINUTE, "12"), ==, RAI_SALES_ADDED);
  g_assert_cmpint (send_at (db, "B", DAY, "1", SOLD, "13"), ==, RAI_SALES_ADDED);
  g_assert_cmpint (send_at (db, "B", DAY, "1", SOLD, "13"), ==, RAI_SALES_UNCHANGED);
  g_assert_cmpint (send_at (db, "A", DAY, "1", SOLD, "12"), ==, RAI_SALES_UNCHANGED);
  expect (db, 2, 4);

  g_assert_cmpint (send_at (db, "", 0, "2", NOON, "12"), ==, RAI_SALES_ADDED);
  g_assert_cmpint (send_at (db, "B", DAY, "2", SOLD, "1"), ==, RAI_SALES_ADDED); /* a part of it */
  g_assert_cmpint (send_at (db, "A", DAY, "2", SOLD, "12"), ==, RAI_SALES_UNCHANGED);
  g_assert_cmpint (send_at (db, "C", DAY, "2", SOLD, "12"), ==, RAI_SALES_ADDED);
  expect (db, 5, 9);

  g_assert_cmpint (send_at (db, "A", DAY, "3", SOLD, "12"), ==, RAI_SALES_ADDED);
  g_assert_cmpint (send_at (db, "", 0, "3", NOON, "12"), ==, RAI_SALES_UNCHANGED);
  g_assert_cmpint (send_at (db, "", 0, "3", MINUTE, "4"), ==, RAI_SALES_DIFFERENT);
  g_assert_cmpint (send_at (db, "", 0, "3", NOON + RAI_MS_PER_DAY, "12"), ==, RAI_SALES_ADDED);
  expect (db, 7, 13);
}

/* Two that look like a stored one in the same flush: one of them is, the other is not lost. */
static void
one_flush (RaiDb *db) {
  g_autoptr (GError) error = NULL;
  const RaiSalesLine lines[] = { { 1, 1000, 100 }, { 2, 1000, 200 } };
  rai_test_db_fill (db);
  send_at (db, "", 0, "1", MINUTE, "12");

  g_autoptr (RaiSales) sales = rai_sales_new (db, &error);
  g_assert_true (rai_db_begin_write (db, &error));
  for (int till = 0; till < 2; till++)
    for (int i = 0; i < 2; i++) {
      const RaiReceipt receipt = { 1, "1", till ? "B" : "A", DAY, SOLD + till, DAY, 0 };
      g_assert_cmpint (rai_sales_add_line (sales, &receipt, &lines[i], &error), ==,
                       RAI_SALES_UNCHANGED);
    }

  uint64_t apart = 0;
  g_assert_true (rai_sales_settle (sales, &apart, &error));
  g_assert_cmpuint (apart, ==, 2);
  g_assert_true (rai_sales_flush (sales, &error) && rai_db_commit (db, &error));
  expect (db, 2, 4);
  g_assert_cmpint (get (db, "SELECT count(DISTINCT till) FROM receipt WHERE till <> ''"), ==, 2);
}

static void
check_named (RaiDb *db, const char *till, RaiDay day, unsigned n) {
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) named = rai_receipt_name (db, 1, "17", till, day, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (named->len, ==, n);
}

/* Who names a receipt says as much as there is need for. */
static void
named (RaiDb *db) {
  rai_test_db_fill (db);
  check_named (db, NULL, RAI_DAY_NONE, 0);
  send (db, "", 0, "17", "1");
  check_named (db, NULL, RAI_DAY_NONE, 1);
  check_named (db, "A", DAY, 1); /* sent before its till said so */
  check_named (db, "A", DAY + 1, 0);

  send (db, "A", DAY + 1, "17", "12");
  send (db, "A", DAY + 2, "17", "12");
  send (db, "B", DAY + 2, "17", "12");
  check_named (db, NULL, RAI_DAY_NONE, 4);
  check_named (db, NULL, DAY, 1);
  check_named (db, NULL, DAY + 2, 2);
  check_named (db, "A", RAI_DAY_NONE, 2);
  check_named (db, "B", RAI_DAY_NONE, 1);
  check_named (db, "C", DAY + 2, 0);
  check_named (db, "", RAI_DAY_NONE, 1);
}

/* A database of before: what its tills send again, now with till and day, is not doubled, and what
 * they could not send is no longer lost. One that was taken back stays so. */
static void
from_before (RaiDb *db) {
  rai_test_db_fill (db);
  send (db, "", 0, "17", "12");
  send (db, "", 0, "18", "12");
  g_autoptr (GError) error = NULL;
  g_autoptr (RaiSales) sales = rai_sales_new (db, &error);
  g_assert_true (rai_db_begin_write (db, &error));
  g_assert_cmpint (rai_sales_void (sales, 1, get (db, "SELECT id FROM receipt WHERE number = '18'"),
                                   SOLD, &error),
                   ==, RAI_SALES_ADDED);
  g_assert_true (rai_sales_flush (sales, &error) && rai_db_commit (db, &error));
  const int64_t lines = get (db, "SELECT count(*) FROM receipt_line");

  g_assert_cmpint (send (db, "A", DAY, "17", "12"), ==, RAI_SALES_UNCHANGED);
  g_assert_cmpint (send (db, "A", DAY, "18", "12"), ==, RAI_SALES_UNCHANGED);
  g_assert_cmpint (get (db, "SELECT count(*) FROM receipt_line"), ==, lines);
  g_assert_cmpint (send (db, "A", DAY + 1, "17", "12"), ==, RAI_SALES_ADDED);
  g_assert_cmpint (get (db, "SELECT count(*) FROM receipt WHERE till = 'A' AND said_day = 20500"),
                   ==, 2);
}

/* ---- In any order ---- */

#define SENT 150

/* Whatever each program says of itself, again and again, in whatever order: each receipt once. A
 * till that begins anew each day says the day; numbers that are used once need nothing. */
static void
any_order (RaiDb *db) {
  rai_test_db_fill (db);
  for (unsigned seed = 1; seed <= 4; seed++) {
    const bool anew = seed % 2 == 0;
    GRand *random = g_rand_new_with_seed (seed);
    g_autoptr (GHashTable) sent = g_hash_table_new (NULL, NULL);
    const int64_t before = get (db, "SELECT count(*) FROM receipt");

    for (int i = 0; i < SENT; i++) {
      const int which = g_rand_int_range (random, 0, 16), says = g_rand_int_range (random, 0, 4);
      const RaiDay day = DAY + which % 4;
      const bool says_day = anew || says % 2 == 1;
      g_autofree char *number = g_strdup_printf ("%u-%d", seed, anew ? which / 4 : which);
      const RaiSalesResult answer = send_at (db, says > 1 ? "A" : "", says_day ? day : 0, number,
                                             SOLD + which % 4 * RAI_MS_PER_DAY + which, "12");
      g_assert_cmpint (answer, ==,
                       g_hash_table_add (sent, GINT_TO_POINTER (which + 1)) ? RAI_SALES_ADDED
                                                                            : RAI_SALES_UNCHANGED);
    }

    g_assert_cmpint (get (db, "SELECT count(*) FROM receipt"), ==,
                     before + g_hash_table_size (sent));
    g_rand_free (random);
  }
}

/* ---- At once ---- */

typedef struct {
  const char *url;
  const char *till;
  RaiDay day;
} Program;

static void *
send_in_thread (void *data) {
  const Program *program = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (RaiDb) db = rai_db_open (program->url, 0, &error);
  g_assert_no_error (error);
  for (int i = 0; i < 20; i++) {
    g_autofree char *number = g_strdup_printf ("%d", i);
    send (db, program->till, program->day, number, "12");
  }
  return NULL;
}

/* Programs that send the same receipts at once, and say more and less of them. */
static void
at_once (RaiDb *db) {
  g_autofree char *url = NULL;
  g_autoptr (RaiDb) shared = rai_test_db_new_at (rai_db_kind (db), &url);
  rai_test_db_fill (shared);
  const Program programs[] = {
    { url, "", 0 }, { url, "A", 0 }, { url, "", DAY }, { url, "A", DAY }
  };
  GThread *threads[G_N_ELEMENTS (programs)];

  for (size_t i = 0; i < G_N_ELEMENTS (programs); i++)
    threads[i] = g_thread_new ("till", send_in_thread, (void *) &programs[i]);
  for (size_t i = 0; i < G_N_ELEMENTS (programs); i++)
    g_thread_join (threads[i]);
  expect (shared, 20, 40);
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  rai_test_db_add ("/db/receipt/anew-each-day", anew_each_day);
  rai_test_db_add ("/db/receipt/number-alone", number_alone);
  rai_test_db_add ("/db/receipt/said-more-and-less", said_more_and_less);
  rai_test_db_add ("/db/receipt/business-day", business_day);
  rai_test_db_add ("/db/receipt/coarse-times", coarse_times);
  rai_test_db_add ("/db/receipt/one-flush", one_flush);
  rai_test_db_add ("/db/receipt/named", named);
  rai_test_db_add ("/db/receipt/from-before", from_before);
  rai_test_db_add ("/db/receipt/any-order", any_order);
  rai_test_db_add ("/db/receipt/at-once", at_once);
  return rai_test_db_end (g_test_run ());
}
