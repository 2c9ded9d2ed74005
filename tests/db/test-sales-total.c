/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/rai-sales-total.h"

#include "rai-test-db.h"

static const int64_t key[3] = { 1, 2, 492000 };

static RaiSalesTotal
swap (RaiDb *db, const char *period, RaiSalesTotal total) {
  g_autoptr (GError) error = NULL;
  RaiSalesTotal old = { 0 };
  rai_sales_total_swap (db, key, period, &total, &old, &error);
  g_assert_no_error (error);
  return old;
}

static int64_t
count (RaiDb *db, const char *sql) {
  g_autoptr (GError) error = NULL;
  int64_t value = 0;
  rai_db_get_int (db, sql, NULL, 0, -1, &value, &error);
  g_assert_no_error (error);
  return value;
}

/* What stood there before is given back, so that sums can take it off. */
static void
swaps (RaiDb *db) {
  const RaiSalesTotal first = { .quantity = 5000, .amount = 700 };
  const RaiSalesTotal second = { .quantity = 4000, .amount = 700, .stockout = true };
  g_assert_false (swap (db, "day", first).known);
  g_assert_false (swap (db, "hour", first).known);

  for (int i = 0; i < 2; i++) {
    const RaiSalesTotal old = swap (db, "day", i == 0 ? first : second);
    g_assert_true (old.known);
    g_assert_cmpint (old.quantity, ==, 5000);
    g_assert_cmpint (old.amount, ==, 700);
    g_assert_false (old.stockout);
  }

  const RaiSalesTotal last = swap (db, "day", first);
  g_assert_cmpint (last.quantity, ==, 4000);
  g_assert_true (last.stockout);
  g_assert_cmpint (count (db, "SELECT count(*) FROM sales_total WHERE quantity = 5000"
                              " AND stockout = 0"),
                   ==, 2);
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  rai_test_db_add ("/db/sales-total/swaps", swaps);
  return rai_test_db_end (g_test_run ());
}
