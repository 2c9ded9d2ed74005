/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/rai-shortage-sales.h"

#include "rai-test-db.h"
#include "rai-test-ledger.h"

/* RAI_SHOPS=200 RAI_SHOPS_FIRST=1000 looks at other shops, and at more of them. */
#define SEEDS 3
#define ITEMS 5
#define DAYS 40
/* More than a till sells at once: they are judged in another way. */
#define MANY_ITEMS 40
#define MANY_DAYS 12
/* An item that sells now and then is not missed any more before it sells again. */
#define QUIET_DAYS 700
#define QUIET 45

typedef struct {
  int n_items;
  int n_days;
  unsigned quiet;
  unsigned together; /* receipts at once */
} Shop;

static void
check_shop (RaiDb *db, uint64_t seed, const Shop *shop, bool shuffled) {
  g_auto (RaiTestLedger) ledger;
  g_autoptr (GError) error = NULL;
  rai_test_ledger_init (&ledger);
  ledger.quiet = shop->quiet;
  rai_test_ledger_live (&ledger, seed, shop->n_items, shop->n_days);
  g_autofree char *want = rai_test_ledger_expected (&ledger);
  g_assert_true (seed > SEEDS || shop->quiet != 0 || strlen (want) > 100);

  rai_db_exec (db,
               "DELETE FROM receipt; DELETE FROM receipt_line; DELETE FROM item_day;"
               "DELETE FROM department_day; DELETE FROM site_day; DELETE FROM site_month;"
               "DELETE FROM stock; DELETE FROM movement; UPDATE site SET last_day = NULL",
               &error);
  g_assert_no_error (error);
  if (shuffled)
    rai_test_ledger_shuffle (&ledger, seed);
  rai_test_ledger_tell (&ledger, db, 0, shop->together);
  g_autofree char *found = rai_test_ledger_shares (db);
  if (!g_str_equal (found, want))
    g_test_message ("seed %" G_GUINT64_FORMAT, seed);
  g_assert_cmpstr (found, ==, want);
}

/* One by one as a till sends them, or many as a file has them. */
static void
check_seeds (RaiDb *db, bool shuffled) {
  const char *seeds = g_getenv ("RAI_SHOPS"), *from = g_getenv ("RAI_SHOPS_FIRST");
  const uint64_t first = from != NULL ? g_ascii_strtoull (from, NULL, 10) : 1;
  const uint64_t n = seeds != NULL ? g_ascii_strtoull (seeds, NULL, 10) : SEEDS;
  rai_test_ledger_open (db, MANY_ITEMS);
  for (uint64_t seed = first; seed < first + n; seed++) {
    check_shop (db, seed, &(Shop){ ITEMS, DAYS, 0, seed % 2 == 0 ? 1 : 50 }, shuffled);
    check_shop (db, seed, &(Shop){ ITEMS, QUIET_DAYS, QUIET, seed % 2 == 0 ? 1 : 4 }, shuffled);
    if (seed % SEEDS == 0)
      check_shop (db, seed, &(Shop){ MANY_ITEMS, MANY_DAYS, 0, 400 }, shuffled);
  }
}

static void
as_it_happens (RaiDb *db) {
  check_seeds (db, false);
}

static void
in_any_order (RaiDb *db) {
  check_seeds (db, true);
}

static void
check (RaiDb *db, const char *want) {
  g_autofree char *found = rai_test_ledger_shares (db);
  g_assert_cmpstr (found, ==, want);
}

/* What is known of sales alone says nothing of the shelf. */
static void
sales_alone (RaiDb *db) {
  g_auto (RaiTestLedger) ledger;
  rai_test_ledger_init (&ledger);
  rai_test_ledger_open (db, 2);
  for (int day = 0; day < 5; day++)
    rai_test_ledger_add (&ledger, RAI_TEST_SALE, 1, day, 12, 0, 3);
  rai_test_ledger_add (&ledger, RAI_TEST_COUNT, 2, 1, 7, 0, 3);
  rai_test_ledger_tell (&ledger, db, 0, 100);
  check (db, "");
}

/* A day on which nothing was sold of it is there as soon as the store sells something else; and a
 * receipt that comes late shows that it was not empty at all. */
static void
days_that_are_reached (RaiDb *db) {
  g_auto (RaiTestLedger) ledger;
  rai_test_ledger_init (&ledger);
  rai_test_ledger_open (db, 2);
  rai_test_ledger_add (&ledger, RAI_TEST_COUNT, 1, 0, 7, 0, 4);
  rai_test_ledger_add (&ledger, RAI_TEST_SALE, 1, 0, 17, 0, 4);
  rai_test_ledger_tell (&ledger, db, 0, 1);
  check (db, "1/0:250 ");

  unsigned told = ledger.events->len;
  rai_test_ledger_add (&ledger, RAI_TEST_SALE, 2, 2, 8, 5, 1);
  rai_test_ledger_tell (&ledger, db, told, 1);
  check (db, "1/0:250 1/1:1000 1/2:1000 ");

  told = ledger.events->len;
  rai_test_ledger_add (&ledger, RAI_TEST_SALE, 1, 2, 9, 0, 1);
  rai_test_ledger_tell (&ledger, db, told, 1);
  check (db, "");
}

/* A sale that is told late may empty a shelf that something comes back to, although what is on hand
 * now says nothing of it; the next one shows that the books are wrong. */
static void
what_came_back (RaiDb *db) {
  g_auto (RaiTestLedger) ledger;
  rai_test_ledger_init (&ledger);
  rai_test_ledger_open (db, 2);
  rai_test_ledger_add (&ledger, RAI_TEST_COUNT, 1, 0, 7, 0, 5);
  rai_test_ledger_add (&ledger, RAI_TEST_SALE, 1, 0, 14, 0, 4);
  rai_test_ledger_add (&ledger, RAI_TEST_RETURN, 1, 2, 14, 0, 2);
  rai_test_ledger_tell (&ledger, db, 0, 1);
  check (db, "");

  unsigned told = ledger.events->len;
  rai_test_ledger_add (&ledger, RAI_TEST_SALE, 1, 0, 17, 0, 1);
  rai_test_ledger_tell (&ledger, db, told, 1);
  check (db, "1/0:250 1/1:1000 1/2:500 ");

  told = ledger.events->len;
  rai_test_ledger_add (&ledger, RAI_TEST_SALE, 1, 1, 9, 0, 1);
  rai_test_ledger_tell (&ledger, db, told, 1);
  check (db, "");
}

/* After midnight on the business day before: it counts at that day's end, before the count. */
static void
business_days (RaiDb *db) {
  g_auto (RaiTestLedger) ledger;
  rai_test_ledger_init (&ledger);
  rai_test_ledger_open (db, 2);
  rai_test_ledger_add (&ledger, RAI_TEST_COUNT, 1, 0, 7, 0, 4);
  rai_test_ledger_add (&ledger, RAI_TEST_SALE, 1, 0, 17, 0, 4);
  rai_test_ledger_add (&ledger, RAI_TEST_COUNT, 1, 1, 0, 5, 3);
  rai_test_ledger_tell (&ledger, db, 0, 1);
  check (db, "1/0:250 ");

  const unsigned told = ledger.events->len;
  rai_test_ledger_add (&ledger, RAI_TEST_SALE, 1, 1, 0, 10, 1);
  g_array_index (ledger.events, RaiTestEvent, told).late = 1;
  rai_test_ledger_tell (&ledger, db, told, 1);
  check (db, "");
}

/* A total of a day was sold at noon, of an hour in its middle. */
static void
totals_of_periods (RaiDb *db) {
  g_autoptr (GError) error = NULL;
  g_auto (RaiTestLedger) ledger;
  rai_test_ledger_init (&ledger);
  rai_test_ledger_open (db, 2);
  for (int item = 1; item <= 2; item++)
    rai_test_ledger_add (&ledger, RAI_TEST_COUNT, item, 0, 7, 0, 4);
  rai_test_ledger_tell (&ledger, db, 0, 1);

  g_autoptr (RaiSales) sales = rai_sales_new (db, &error);
  const int64_t hour = (int64_t) RAI_TEST_LEDGER_DAY * 24;
  g_assert_true (rai_db_begin_write (db, &error));
  rai_sales_add_total (sales, 1, 1, "day", hour, 4000, 400, false, &error);
  rai_sales_add_total (sales, 1, 2, "hour", hour + 10, 1000, 100, false, &error);
  rai_sales_add_total (sales, 1, 2, "hour", hour + 16, 3000, 300, false, &error);
  rai_sales_flush (sales, &error);
  g_assert_no_error (error);
  g_assert_true (rai_db_commit (db, &error));
  check (db, "1/0:667 2/0:292 ");
}

/* Two items run out on the first day, one of them comes back on the third; the second day was said
 * to be closed. */
static void
begin_closed (RaiDb *db, RaiTestLedger *ledger, const char *said) {
  g_autoptr (GError) error = NULL;
  rai_test_ledger_init (ledger);
  rai_test_ledger_open (db, 3);
  rai_db_exec (db, said, &error);
  g_assert_no_error (error);
  for (int item = 1; item <= 2; item++) {
    rai_test_ledger_add (ledger, RAI_TEST_COUNT, item, 0, 7, 0, 4);
    rai_test_ledger_add (ledger, RAI_TEST_SALE, item, 0, 17, 0, 4);
  }
  rai_test_ledger_add (ledger, RAI_TEST_RECEIVE, 2, 2, 8, 0, 6);
  rai_test_ledger_add (ledger, RAI_TEST_SALE, 3, 2, 12, 0, 1);
  rai_test_ledger_tell (ledger, db, 0, 1);
  check (db, "1/0:250 1/2:1000 2/0:250 ");
}

/* The first sale of a day that was said to be closed is told late: it was open, for all items; when
 * it is taken back nothing says so any more. */
static void
closed_day_sells_late (RaiDb *db) {
  g_auto (RaiTestLedger) ledger;
  begin_closed (db, &ledger,
                "INSERT INTO calendar_day (site_id, day, closed, rev) VALUES (1, 20501, 1, 0)");
  for (int again = 0; again < 2; again++) {
    unsigned told = ledger.events->len;
    rai_test_ledger_add (&ledger, RAI_TEST_SALE, 3, 1, 12, 0, 1);
    rai_test_ledger_tell (&ledger, db, told, 1);
    check (db, "1/0:250 1/1:1000 1/2:1000 2/0:250 2/1:1000 ");

    told = ledger.events->len;
    rai_test_ledger_add (&ledger, RAI_TEST_VOID, 3, 2, 13, 0, 0);
    g_array_index (ledger.events, RaiTestEvent, told).of = told;
    rai_test_ledger_tell (&ledger, db, told, 1);
    check (db, "1/0:250 1/2:1000 2/0:250 ");
  }
}

/* The same of a weekday, on which one of them sells too: its own share follows with the others. */
static void
closed_weekday_sells_late (RaiDb *db) {
  g_auto (RaiTestLedger) ledger;
  begin_closed (db, &ledger, "UPDATE site SET open_weekdays = 125"); /* 17 February, a Tuesday */
  const unsigned told = ledger.events->len;
  rai_test_ledger_add (&ledger, RAI_TEST_SALE, 3, 1, 12, 0, 1);
  rai_test_ledger_add (&ledger, RAI_TEST_SALE, 1, 1, 13, 0, 1);
  rai_test_ledger_tell (&ledger, db, told, 2);
  check (db, "2/0:250 2/1:1000 ");
}

/* One piece, at noon of a day, in the open transaction. */
static void
sell (RaiDb *db, int64_t item_id, int day, const char *number) {
  g_autoptr (GError) error = NULL;
  g_autoptr (RaiSales) sales = rai_sales_new (db, &error);
  const RaiSalesLine line = { item_id, 1000, 400 };
  const RaiReceipt receipt = {
    .site_id = 1,
    .number = number,
    .sold_at = (RAI_TEST_LEDGER_DAY + day) * INT64_C (86400000) + 11 * INT64_C (3600000),
    .day = RAI_TEST_LEDGER_DAY + day,
  };
  rai_sales_add_line (sales, &receipt, &line, &error);
  rai_sales_flush (sales, &error);
  g_assert_no_error (error);
}

/* Shelves are looked at once a transaction, after all that was sold in it; what was undone was not
 * sold, in a part of it as in the whole. */
static void
once_a_transaction (RaiDb *db) {
  g_autoptr (GError) error = NULL;
  g_auto (RaiTestLedger) ledger;
  rai_test_ledger_init (&ledger);
  rai_test_ledger_open (db, 2);
  rai_test_ledger_add (&ledger, RAI_TEST_COUNT, 1, 0, 7, 0, 4);
  rai_test_ledger_add (&ledger, RAI_TEST_SALE, 1, 0, 17, 0, 4);
  rai_test_ledger_tell (&ledger, db, 0, 1);

  g_assert_true (rai_db_begin_write (db, &error));
  sell (db, 2, 1, "A");
  check (db, "1/0:250 ");
  sell (db, 2, 2, "B");
  g_assert_true (rai_db_commit (db, &error));
  check (db, "1/0:250 1/1:1000 1/2:1000 ");

  g_assert_true (rai_db_begin_write (db, &error));
  sell (db, 1, 2, "C");
  rai_db_rollback (db);
  g_assert_true (rai_db_begin_write (db, &error));
  g_assert_true (rai_db_commit (db, &error));
  check (db, "1/0:250 1/1:1000 1/2:1000 ");

  /* Of two that were sold, so that the books said one before, one was undone. */
  g_assert_true (rai_db_begin_write (db, &error));
  g_assert_true (rai_db_savepoint (db, "part", &error));
  sell (db, 1, 2, "D");
  rai_db_rollback_to (db, "part");
  sell (db, 1, 2, "E");
  g_assert_true (rai_db_commit (db, &error));
  check (db, "");
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  rai_test_db_add ("/db/shortage-sales/as-it-happens", as_it_happens);
  rai_test_db_add ("/db/shortage-sales/in-any-order", in_any_order);
  rai_test_db_add ("/db/shortage-sales/sales-alone", sales_alone);
  rai_test_db_add ("/db/shortage-sales/days-that-are-reached", days_that_are_reached);
  rai_test_db_add ("/db/shortage-sales/what-came-back", what_came_back);
  rai_test_db_add ("/db/shortage-sales/business-days", business_days);
  rai_test_db_add ("/db/shortage-sales/totals-of-periods", totals_of_periods);
  rai_test_db_add ("/db/shortage-sales/once-a-transaction", once_a_transaction);
  rai_test_db_add ("/db/shortage-sales/closed-day-sells-late", closed_day_sells_late);
  rai_test_db_add ("/db/shortage-sales/closed-weekday-sells-late", closed_weekday_sells_late);
  return rai_test_db_end (g_test_run ());
}
