/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/rai-sales-total.h"

#include "db/rai-sales.h"
#include "db/rai-verify.h"
#include "rai-test-db.h"
#include "util/rai-clock.h"

/* The day that is on when totals are told; store 1 and 2 are in UTC. */
#define TODAY 20500
#define NOON (INT64_C (12) * 3600000)

static int64_t
number (RaiDb *db, const char *sql) {
  g_autoptr (GError) error = NULL;
  int64_t value = 0;
  rai_db_get_int (db, sql, NULL, 0, -999, &value, &error);
  g_assert_no_error (error);
  return value;
}

/* What is told in one transaction: by a file, by a till. */
typedef struct {
  RaiDb *db;
  RaiSales *sales;
} Told;

static Told
begin (RaiDb *db) {
  g_autoptr (GError) error = NULL;
  Told told = { db, rai_sales_new (db, &error) };
  g_assert_no_error (error);
  rai_db_begin_write (db, &error);
  g_assert_no_error (error);
  return told;
}

static void
end (Told *told, uint64_t replaced) {
  g_autoptr (GError) error = NULL;
  rai_sales_flush (told->sales, &error);
  g_assert_no_error (error);
  rai_db_commit (told->db, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (rai_sales_n_replaced (told->sales), ==, replaced);
  rai_sales_free (told->sales);

  g_autoptr (GPtrArray) findings = rai_verify_run (told->db, NULL, NULL, &error);
  g_assert_no_error (error);
  for (unsigned i = 0; i < findings->len; i++)
    g_test_message ("%s", (const char *) findings->pdata[i]);
  g_assert_cmpuint (findings->len, ==, 0);
}

static RaiSalesResult
total (Told *told, const char *period, int64_t starts_at, int64_t quantity) {
  g_autoptr (GError) error = NULL;
  const RaiSalesResult result = rai_sales_add_total (told->sales, 2, 1, period, starts_at, quantity,
                                                     quantity / 10, false, &error);
  g_assert_no_error (error);
  return result;
}

static void
sell (Told *told, const char *number_of, int64_t sold_at, int64_t quantity) {
  g_autoptr (GError) error = NULL;
  const RaiSalesLine line = { 1, quantity, quantity / 10 };
  const RaiReceipt receipt = { .site_id = 2,
                               .number = number_of,
                               .sold_at = sold_at,
                               .day = (RaiDay) (sold_at / RAI_MS_PER_DAY) };
  g_assert_cmpint (rai_sales_add_line (told->sales, &receipt, &line, &error), ==, RAI_SALES_ADDED);
  g_assert_no_error (error);
}

static void
expect_day (RaiDb *db, RaiDay day, int64_t quantity) {
  g_autofree char *sql = g_strdup_printf (
      "SELECT coalesce(sum(quantity), 0) FROM item_day WHERE site_id = 2 AND item_id = 1"
      " AND day = %d",
      day);
  g_assert_cmpint (number (db, sql), ==, quantity);
}

static void
make_shop (RaiDb *db) {
  g_autoptr (GError) error = NULL;
  rai_test_db_fill (db);
  rai_db_exec (db,
               "DELETE FROM item_day WHERE site_id = 2; DELETE FROM site_day WHERE site_id = 2;"
               "DELETE FROM department_day WHERE site_id = 2;"
               "DELETE FROM site_month WHERE site_id = 2; DELETE FROM stock;"
               "DELETE FROM movement; DELETE FROM item_day; DELETE FROM site_day;"
               "DELETE FROM department_day; DELETE FROM site_month; DELETE FROM order_line;"
               "DELETE FROM purchase_order; UPDATE site SET last_day = NULL, zone = 'UTC'",
               &error);
  g_assert_no_error (error);
}

/* Whatever came first, the receipts count. */
static void
receipts_and_day (RaiDb *db) {
  make_shop (db);
  const int64_t day = TODAY - 10;
  Told told = begin (db);
  g_assert_cmpint (total (&told, "day", day * 24, 9000), ==, RAI_SALES_ADDED);
  g_assert_cmpint (total (&told, "day", (day + 1) * 24, 4000), ==, RAI_SALES_ADDED);
  end (&told, 0);

  told = begin (db);
  sell (&told, "1", day * RAI_MS_PER_DAY + NOON, 5000);
  sell (&told, "2", day * RAI_MS_PER_DAY + NOON, 2000);
  end (&told, 1);
  expect_day (db, (RaiDay) day, 7000);
  expect_day (db, (RaiDay) day + 1, 4000);

  told = begin (db);
  g_assert_cmpint (total (&told, "day", day * 24, 9000), ==, RAI_SALES_HAS_RECEIPTS);
  g_assert_cmpint (total (&told, "day", day * 24, 7000), ==, RAI_SALES_HAS_RECEIPTS);
  g_assert_cmpint (total (&told, "hour", day * 24 + 9, 7000), ==, RAI_SALES_HAS_RECEIPTS);
  g_assert_cmpint (total (&told, "week", (day - 6) * 24, 7000), ==, RAI_SALES_HAS_RECEIPTS);
  g_assert_cmpint (total (&told, "day", day * 24, 0), ==, RAI_SALES_ADDED); /* only of the shelf */
  g_assert_cmpint (total (&told, "day", (day + 1) * 24, 4000), ==, RAI_SALES_UNCHANGED);
  g_assert_cmpint (total (&told, "day", (day + 1) * 24, 3000), ==, RAI_SALES_ADDED);
  g_assert_cmpint (total (&told, "day", (day + 2) * 24, 1000), ==, RAI_SALES_ADDED);
  end (&told, 0);
  expect_day (db, (RaiDay) day, 7000);
  expect_day (db, (RaiDay) day + 1, 3000);
}

/* In one transaction, too, where sums are in memory yet. */
static void
at_once (RaiDb *db) {
  make_shop (db);
  const int64_t day = TODAY - 10;
  Told told = begin (db);
  sell (&told, "1", day * RAI_MS_PER_DAY + NOON, 5000);
  g_assert_cmpint (total (&told, "day", day * 24, 9000), ==, RAI_SALES_HAS_RECEIPTS);
  g_assert_cmpint (total (&told, "day", (day + 1) * 24, 9000), ==, RAI_SALES_ADDED);
  sell (&told, "2", (day + 1) * RAI_MS_PER_DAY + NOON, 2000);
  end (&told, 1);
  expect_day (db, (RaiDay) day, 5000);
  expect_day (db, (RaiDay) day + 1, 2000);
}

/* Hours go before days and days before weeks, in either order. */
static void
hours_days_weeks (RaiDb *db) {
  make_shop (db);
  const int64_t day = TODAY - 30;
  Told told = begin (db);
  g_assert_cmpint (total (&told, "week", day * 24, 70000), ==, RAI_SALES_ADDED);
  g_assert_cmpint (total (&told, "week", (day + 3) * 24, 70000), ==, RAI_SALES_HAS_WEEK);
  g_assert_cmpint (total (&told, "week", (day + 7) * 24, 7000), ==, RAI_SALES_ADDED);
  g_assert_cmpint (total (&told, "day", (day + 2) * 24, 3000), ==, RAI_SALES_ADDED);
  g_assert_cmpint (total (&told, "day", (day + 3) * 24, 4000), ==, RAI_SALES_ADDED);
  g_assert_cmpint (total (&told, "week", day * 24, 70000), ==, RAI_SALES_HAS_DAYS);
  g_assert_cmpint (total (&told, "hour", (day + 2) * 24 + 9, 1000), ==, RAI_SALES_ADDED);
  g_assert_cmpint (total (&told, "hour", (day + 2) * 24 + 10, 1000), ==, RAI_SALES_ADDED);
  g_assert_cmpint (total (&told, RAI_SALES_HOUR_AGAIN, (day + 2) * 24 + 10, 500), ==,
                   RAI_SALES_ADDED);
  g_assert_cmpint (total (&told, "day", (day + 2) * 24, 3000), ==, RAI_SALES_HAS_HOURS);
  end (&told, 2);
  expect_day (db, (RaiDay) day, 0);
  expect_day (db, (RaiDay) day + 2, 2500);
  expect_day (db, (RaiDay) day + 3, 4000);
  expect_day (db, (RaiDay) day + 7, 1000);
  g_assert_cmpint (number (db, "SELECT count(*) FROM sales_total"), ==, 5);

  /* The same again is nothing new; other values are. */
  told = begin (db);
  g_assert_cmpint (total (&told, "hour", (day + 2) * 24 + 10, 1000), ==, RAI_SALES_UNCHANGED);
  g_assert_cmpint (total (&told, "week", (day + 7) * 24, 7000), ==, RAI_SALES_UNCHANGED);
  g_assert_cmpint (total (&told, "week", (day + 7) * 24, 14000), ==, RAI_SALES_ADDED);
  end (&told, 0);
  expect_day (db, (RaiDay) day + 7, 2000);
}

/* A week gives way to the receipts of one of its days; many receipts are asked for at once. */
static void
many (RaiDb *db) {
  make_shop (db);
  const int64_t first = TODAY - 1300;
  Told told = begin (db);
  for (int week = 0; week < 100; week++)
    total (&told, "week", (first + week * 7) * 24, 7000);
  end (&told, 0);

  told = begin (db);
  for (int day = 0; day < 650; day++) {
    g_autofree char *name = g_strdup_printf ("r%d", day);
    sell (&told, name, (first + day) * RAI_MS_PER_DAY + NOON, 2000);
  }
  end (&told, 93);
  g_assert_cmpint (number (db, "SELECT count(*) FROM sales_total"), ==, 7);
  g_assert_cmpint (number (db, "SELECT sum(quantity) FROM item_day"), ==,
                   INT64_C (650) * 2000 + 7 * 7000);
}

/* Totals that were brought in at noon of a day hold its morning; the till's afternoon counts beside
 * them, and the total of the whole day is refused. */
static void
from_noon_on (RaiDb *db) {
  make_shop (db);
  const int64_t noon = TODAY * RAI_MS_PER_DAY + NOON;
  g_setenv ("RETAILAI_NOW", "2026-02-16T12:00:00Z", TRUE);
  g_assert_cmpint (rai_now_ms () / 60000, ==, noon / 60000);
  Told told = begin (db);
  g_assert_cmpint (total (&told, "day", TODAY * 24, 25000), ==, RAI_SALES_ADDED);
  g_assert_cmpint (total (&told, "day", (TODAY - 1) * 24, 40000), ==, RAI_SALES_ADDED);
  end (&told, 0);
  g_assert_cmpint (number (db, "SELECT count(told_at) FROM sales_total"), ==, 1);

  g_setenv ("RETAILAI_NOW", "2026-02-16T18:00:00Z", TRUE);
  told = begin (db);
  sell (&told, "1", noon + 3600000, 15000);
  end (&told, 0);
  expect_day (db, TODAY, 40000);

  g_setenv ("RETAILAI_NOW", "2026-02-17T09:00:00Z", TRUE);
  told = begin (db);
  g_assert_cmpint (total (&told, "day", TODAY * 24, 25000), ==, RAI_SALES_UNCHANGED);
  g_assert_cmpint (total (&told, "day", TODAY * 24, 40000), ==, RAI_SALES_HAS_RECEIPTS);
  end (&told, 0);
  expect_day (db, TODAY, 40000);

  /* The till's morning comes late: now the receipts tell all. */
  told = begin (db);
  sell (&told, "2", noon - 3600000, 24000);
  end (&told, 1);
  expect_day (db, TODAY, 39000);
  expect_day (db, TODAY - 1, 40000);
  g_unsetenv ("RETAILAI_NOW");
}

static void
periods (void) {
  RaiSalesTotal one = { .starts_at = -1, .quantity = 10, .amount = 20 };
  int64_t quantity = 0, sum = 0, amount;
  g_assert_false (rai_sales_total_of ("month", &one));
  g_assert_true (rai_sales_total_of ("week", &one));
  g_assert_cmpint (rai_sales_total_first_day (&one), ==, -1);
  g_assert_cmpint (rai_sales_total_days (&one), ==, 7);
  for (int i = 0; i < 7; i++) {
    rai_sales_total_share (&one, i, &quantity, &amount);
    sum += quantity;
  }
  g_assert_cmpint (sum, ==, 10);
  g_assert_true (rai_sales_total_of (RAI_SALES_HOUR_AGAIN, &one));
  g_assert_cmpint (one.span, ==, RAI_SALES_SPAN_HOUR);
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/db/sales-total/periods", periods);
  rai_test_db_add ("/db/sales-total/receipts-and-day", receipts_and_day);
  rai_test_db_add ("/db/sales-total/at-once", at_once);
  rai_test_db_add ("/db/sales-total/hours-days-weeks", hours_days_weeks);
  rai_test_db_add ("/db/sales-total/many", many);
  rai_test_db_add ("/db/sales-total/from-noon-on", from_noon_on);
  return rai_test_db_end (g_test_run ());
}
