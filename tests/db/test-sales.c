/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/rai-sales.h"

#include "rai-test-db.h"

static int64_t
get (RaiDb *db, const char *sql) {
  g_autoptr (GError) error = NULL;
  int64_t value = 0;
  rai_db_get_int (db, sql, NULL, 0, -999, &value, &error);
  g_assert_no_error (error);
  return value;
}

static void
begin (RaiDb *db) {
  g_autoptr (GError) error = NULL;
  rai_db_begin_write (db, &error);
  g_assert_no_error (error);
}

static void
finish (RaiDb *db, RaiSales *sales) {
  g_autoptr (GError) error = NULL;
  rai_sales_flush (sales, &error);
  g_assert_no_error (error);
  rai_db_commit (db, &error);
  g_assert_no_error (error);
}

static RaiSalesResult
line (RaiSales *sales, const char *receipt, RaiDay day, int64_t item, int64_t quantity,
      int64_t amount) {
  g_autoptr (GError) error = NULL;
  const RaiSalesLine values = { item, quantity, amount };
  const RaiReceipt sold = {
    .site_id = 1, .number = receipt, .sold_at = day * RAI_MS_PER_DAY, .day = day
  };
  const RaiSalesResult result = rai_sales_add_line (sales, &sold, &values, &error);
  g_assert_no_error (error);
  return result;
}

static RaiSalesResult
total (RaiSales *sales, const char *period, RaiDay day, int64_t quantity, int64_t amount,
       bool stockout) {
  g_autoptr (GError) error = NULL;
  const RaiSalesResult result = rai_sales_add_total (sales, 2, 1, period, (int64_t) day * 24,
                                                     quantity, amount, stockout, &error);
  g_assert_no_error (error);
  return result;
}

static RaiSales *
make (RaiDb *db) {
  g_autoptr (GError) error = NULL;
  RaiSales *sales = rai_sales_new (db, &error);
  g_assert_no_error (error);
  return sales;
}

static void
receipts (RaiDb *db) {
  rai_test_db_fill (db);
  g_autoptr (RaiSales) sales = make (db);
  begin (db);
  g_assert_cmpint (line (sales, "r1", 20501, 1, 2000, 200), ==, RAI_SALES_ADDED);
  g_assert_cmpint (line (sales, "r2", 20501, 2, 1000, 200), ==, RAI_SALES_ADDED);
  g_assert_cmpint (line (sales, "r1", 20501, 3, 1000, 300), ==,
                   RAI_SALES_ADDED); /* apart from its first line */
  finish (db, sales);
  g_assert_cmpint (get (db, "SELECT count(*) FROM receipt"), ==, 2);
  g_assert_cmpint (get (db, "SELECT total FROM receipt WHERE number = 'r1'"), ==, 500);
  g_assert_cmpint (get (db, "SELECT n_lines FROM receipt WHERE number = 'r1'"), ==, 2);
  g_assert_cmpint (get (db, "SELECT count(*) FROM receipt_line"), ==, 3);
  g_assert_cmpint (get (db, "SELECT revenue FROM site_day WHERE site_id = 1 AND day = 20501"), ==,
                   700);
  g_assert_cmpint (get (db, "SELECT cost FROM site_day WHERE site_id = 1 AND day = 20501"), ==,
                   350);
  g_assert_cmpint (get (db, "SELECT receipts FROM site_day WHERE site_id = 1 AND day = 20501"), ==,
                   2);
  g_assert_cmpint (get (db, "SELECT receipts FROM site_month WHERE site_id = 1 AND month = 24313"),
                   ==, 5);
  g_assert_cmpint (
      get (db, "SELECT revenue FROM department_day WHERE department_id = 2 AND day = 20501"), ==,
      300);
  g_assert_cmpint (get (db, "SELECT on_hand FROM stock WHERE site_id = 1 AND item_id = 1"), ==,
                   8000);
  g_assert_cmpint (get (db, "SELECT last_day FROM site WHERE id = 1"), ==, 20501);
  g_assert_cmpint (get (db, "SELECT quantity_7 FROM stock WHERE site_id = 1 AND item_id = 1"), ==,
                   3000);
  g_assert_cmpint (get (db, "SELECT revenue_28 FROM stock WHERE site_id = 1 AND item_id = 4"), ==,
                   400);
  g_assert_cmpint (get (db, "SELECT last_sale FROM stock WHERE site_id = 1 AND item_id = 3"), ==,
                   20501);

  begin (db); /* more lines of a receipt that this import began */
  g_assert_cmpint (line (sales, "r2", 20501, 5, 1000, 500), ==, RAI_SALES_ADDED);
  finish (db, sales);
  g_assert_cmpint (get (db, "SELECT n_lines FROM receipt WHERE number = 'r2'"), ==, 2);
  g_assert_cmpint (get (db, "SELECT receipts FROM site_day WHERE site_id = 1 AND day = 20501"), ==,
                   2);
}

static void
again (RaiDb *db) {
  rai_test_db_fill (db);
  g_autoptr (RaiSales) first = make (db);
  begin (db);
  line (first, "r1", 20501, 1, 2000, 200);
  line (first, "r1", 20501, 3, 1000, 300);
  finish (db, first);

  const int64_t revision = get (db, "SELECT revision FROM feed");

  g_autoptr (RaiSales) second = make (db);
  begin (db);
  g_assert_cmpint (line (second, "r1", 20501, 1, 2000, 200), ==, RAI_SALES_UNCHANGED);
  g_assert_cmpint (line (second, "r1", 20501, 3, 2000, 300), ==, RAI_SALES_DIFFERENT);
  g_assert_cmpint (line (second, "r1", 20501, 3, 1000, 300), ==,
                   RAI_SALES_DIFFERENT); /* a third line */
  finish (db, second);
  g_assert_cmpint (get (db, "SELECT count(*) FROM receipt_line"), ==, 2);
  g_assert_cmpint (get (db, "SELECT revision FROM feed"), ==, revision);
}

static void
forget (RaiDb *db) {
  rai_test_db_fill (db);
  g_autoptr (GError) error = NULL;

  RaiSales *sales = rai_sales_of (db, &error);
  g_assert_no_error (error);
  begin (db);
  line (sales, "r1", 20501, 1, 2000, 200);
  rai_db_rollback (db);
  rai_sales_forget (sales);
  begin (db);
  g_assert_cmpint (line (sales, "r1", 20501, 1, 1000, 100), ==, RAI_SALES_ADDED);
  finish (db, sales);
  g_assert_cmpint (get (db, "SELECT total FROM receipt"), ==, 100);
  g_assert_cmpint (get (db, "SELECT on_hand FROM stock WHERE site_id = 1 AND item_id = 1"), ==,
                   9000);
}

static void
late_and_unknown (RaiDb *db) {
  rai_test_db_fill (db);
  g_autoptr (RaiSales) sales = make (db);
  begin (db);
  line (sales, "old", 20480, 1, 2000, 200); /* 20 days back: in the 28 days, not in the 7 */
  finish (db, sales);
  g_assert_cmpint (get (db, "SELECT last_day FROM site WHERE id = 1"), ==, 20500);
  g_assert_cmpint (get (db, "SELECT quantity_7 FROM stock WHERE site_id = 1 AND item_id = 1"), ==,
                   1000);
  g_assert_cmpint (get (db, "SELECT quantity_28 FROM stock WHERE site_id = 1 AND item_id = 1"), ==,
                   3000);

  begin (db);
  const RaiSalesLine unknown = { 99, 1000, 100 };
  g_autoptr (GError) error = NULL;
  const RaiReceipt sold = { .site_id = 1, .number = "x", .day = 20500 };
  g_assert_cmpint (rai_sales_add_line (sales, &sold, &unknown, &error), ==, RAI_SALES_FAILED);
  g_assert_error (error, RAI_DB_ERROR, RAI_DB_ERROR_ARGUMENT);
  g_clear_error (&error);
  rai_db_exec (
      db,
      "INSERT INTO item (id, sku, name, department_id, cost, rev) VALUES (99, 'N', 'New', 1, 7, 2)",
      &error);
  g_assert_no_error (error);
  g_assert_cmpint (line (sales, "x", 20500, 99, 1000, 100), ==, RAI_SALES_ADDED);
  finish (db, sales);
  g_assert_cmpint (get (db, "SELECT on_hand FROM stock WHERE item_id = 99"), ==, -1000);
}

static void
totals (RaiDb *db) {
  rai_test_db_fill (db);
  g_autoptr (RaiSales) sales = make (db);
  begin (db);
  g_assert_cmpint (total (sales, "day", 20501, 5000, 500, true), ==, RAI_SALES_ADDED);
  g_assert_cmpint (total (sales, "day", 20501, 5000, 500, true), ==, RAI_SALES_UNCHANGED);
  g_assert_cmpint (total (sales, "week", 20506, 10000, 1001, false), ==, RAI_SALES_ADDED);
  finish (db, sales);
  g_assert_cmpint (get (db, "SELECT quantity FROM item_day WHERE site_id = 2 AND day = 20501"), ==,
                   5000);
  g_assert_cmpint (get (db, "SELECT out_of_stock FROM item_day WHERE site_id = 2 AND day = 20501"),
                   ==, 1000);
  g_assert_cmpint (get (db, "SELECT sum(quantity) FROM item_day WHERE site_id = 2 AND day > 20505"),
                   ==, 10000);
  g_assert_cmpint (get (db, "SELECT sum(revenue) FROM item_day WHERE site_id = 2 AND day > 20505"),
                   ==, 1001);
  g_assert_cmpint (get (db, "SELECT count(*) FROM item_day WHERE site_id = 2 AND day > 20505"), ==,
                   7);

  begin (db); /* a correction replaces what was there */
  g_assert_cmpint (total (sales, "day", 20501, 4000, 450, false), ==, RAI_SALES_ADDED);
  finish (db, sales);
  g_assert_cmpint (get (db, "SELECT quantity FROM item_day WHERE site_id = 2 AND day = 20501"), ==,
                   4000);
  g_assert_cmpint (get (db, "SELECT out_of_stock FROM item_day WHERE site_id = 2 AND day = 20501"),
                   ==, 0);
  g_assert_cmpint (get (db, "SELECT revenue FROM site_day WHERE site_id = 2 AND day = 20501"), ==,
                   450);
  g_assert_cmpint (get (db, "SELECT on_hand FROM stock WHERE site_id = 2 AND item_id = 1"), ==,
                   6000);
}

/* The windows must be what a sum over item_day says, however far the last day moves at once. */
static void
check_windows (RaiDb *db) {
  static const char wrong[] =
      "SELECT count(*) FROM stock s JOIN site x ON x.id = s.site_id WHERE s.site_id = 1 AND "
      "(s.quantity_7, "
      "s.quantity_28, "
      "s.quantity_91, s.revenue_28, s.revenue_365) <> (SELECT "
      "coalesce(sum(CASE WHEN d.day > x.last_day - 7 THEN d.quantity END), 0), "
      "coalesce(sum(CASE WHEN d.day > x.last_day - 28 THEN d.quantity END), 0), "
      "coalesce(sum(CASE WHEN d.day > x.last_day - 91 THEN d.quantity END), 0), "
      "coalesce(sum(CASE WHEN d.day > x.last_day - 28 THEN d.revenue END), 0), "
      "coalesce(sum(d.revenue), 0) "
      "FROM item_day d WHERE d.site_id = s.site_id AND d.item_id = s.item_id AND d.day > "
      "x.last_day - 365)";

  g_assert_cmpint (get (db, wrong), ==, 0);
}

static void
windows (RaiDb *db) {
  rai_test_db_fill (db);
  g_autoptr (RaiSales) sales = make (db);

  const int steps[] = { 1, 2, -20, 6, 25, 1, -90, 95, 400, 3, -364, 1000 };
  RaiDay day = 20500;
  for (size_t i = 0; i < G_N_ELEMENTS (steps); i++) {
    char receipt[16];
    day += steps[i];
    begin (db);
    for (int item = 1; item <= 4; item++) {
      g_snprintf (receipt, sizeof receipt, "w%zu-%d", i, item);
      line (sales, receipt, day + item % 3, item, 1000 * item, 77 * item);
    }
    finish (db, sales);
    check_windows (db);
  }
}

/* As many receipts as made a sum of costs leave 64 bits, each as dear as can be entered. */
static void
extremes (RaiDb *db) {
  rai_test_db_fill (db);
  begin (db);
  g_autoptr (GError) error = NULL;
  rai_db_exec (db, "UPDATE item SET cost = 9000000000, rev = 2 WHERE id = 1", &error);
  g_assert_no_error (error);
  g_autoptr (RaiSales) sales = make (db);
  for (int i = 0; i < 1100; i++) {
    g_autofree char *number = g_strdup_printf ("X%d", i);
    g_assert_cmpint (line (sales, number, 20501, 1, 1000000000, INT64_C (1000000000000)), ==,
                     RAI_SALES_ADDED);
  }

  finish (db, sales);
  g_assert_cmpint (get (db, "SELECT cost FROM site_day WHERE site_id = 1 AND day = 20501"), ==,
                   1100 * INT64_C (1000000000000));
  g_assert_cmpint (get (db, "SELECT revenue FROM site_day WHERE site_id = 1 AND day = 20501"), ==,
                   1100 * INT64_C (1000000000000));
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  rai_test_db_add ("/db/sales/receipts", receipts);
  rai_test_db_add ("/db/sales/again", again);
  rai_test_db_add ("/db/sales/extremes", extremes);
  rai_test_db_add ("/db/sales/forget", forget);
  rai_test_db_add ("/db/sales/late-and-unknown", late_and_unknown);
  rai_test_db_add ("/db/sales/totals", totals);
  rai_test_db_add ("/db/sales/windows", windows);
  return rai_test_db_end (g_test_run ());
}
