/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/rai-rollup.h"

#include "rai-test-db.h"

static int64_t
get (RaiDb *db, const char *sql) {
  g_autoptr (GError) error = NULL;
  int64_t value = 0;
  rai_db_get_int (db, sql, NULL, 0, -1, &value, &error);
  g_assert_no_error (error);
  return value;
}

/* One piece of item 1 (1.00, bought for 0.50) is sold at store 1. */
static void
sell (RaiDb *db, RaiDay day, int out_of_stock) {
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) written = g_array_new (FALSE, FALSE, sizeof (RaiRollupSite));
  RaiRollup rollup = { rai_tally_new (), rai_tally_new (), rai_tally_new () };
  RaiTallyRow *const rows[] = {
    rai_tally_row (rollup.items, 1, 1, day),
    rai_tally_row (rollup.departments, 1, 1, day),
    rai_tally_row (rollup.sites, 1, 0, day),
  };
  for (size_t i = 0; i < G_N_ELEMENTS (rows); i++) {
    rows[i]->quantity = 1000;
    rows[i]->revenue = 100;
    rows[i]->cost = 50;
    rows[i]->receipts = 1;
  }
  rows[0]->out_of_stock = out_of_stock;

  size_t n;
  g_assert_true (rai_db_begin_write (db, &error));
  rai_rollup_write (db, &rollup, written, &error);
  g_assert_no_error (error);
  g_assert_cmpint (written->len, ==, 1);
  g_assert_true (g_array_index (written, RaiRollupSite, 0).items ==
                 rai_tally_sort (rollup.items, &n));
  g_assert_true (rai_db_commit (db, &error));
  rai_tally_free (rollup.items);
  rai_tally_free (rollup.departments);
  rai_tally_free (rollup.sites);
}

static void
adds_everywhere (RaiDb *db) {
  rai_test_db_fill (db);
  sell (db, RAI_TEST_DAY, 600);
  sell (db, RAI_TEST_DAY, 600);
  g_assert_cmpint (get (db, "SELECT count(*) FROM item_day"
                            " WHERE site_id = 1 AND item_id = 1 AND day = 20500"
                            " AND quantity = 3000 AND revenue = 300 AND out_of_stock = 1000"
                            " AND rev = 3"),
                   ==, 1);
  g_assert_cmpint (get (db, "SELECT count(*) FROM department_day"
                            " WHERE department_id = 1 AND quantity = 5000 AND revenue = 1000"
                            " AND cost = 500"),
                   ==, 1);
  g_assert_cmpint (get (db, "SELECT count(*) FROM site_day"
                            " WHERE quantity = 7000 AND revenue = 1700 AND cost = 850"
                            " AND receipts = 5"),
                   ==, 1);
  g_assert_cmpint (get (db, "SELECT count(*) FROM site_month"
                            " WHERE quantity = 7000 AND revenue = 1700 AND receipts = 5"),
                   ==, 1);
  g_assert_cmpint (get (db, "SELECT count(*) FROM stock"
                            " WHERE site_id = 1 AND item_id = 1 AND on_hand = 8000"
                            " AND quantity_7 = 3000 AND revenue_365 = 300 AND tracked = 1"),
                   ==, 1);
}

/* Windows end on the newest day with sales: what falls out at the other end is taken off, and only
 * the rows that this touches are stamped. */
static void
windows_move (RaiDb *db) {
  rai_test_db_fill (db);
  sell (db, RAI_TEST_DAY + 7, 0);
  g_assert_cmpint (get (db, "SELECT last_day FROM site WHERE id = 1"), ==, RAI_TEST_DAY + 7);
  g_assert_cmpint (get (db, "SELECT count(*) FROM stock"
                            " WHERE site_id = 1 AND item_id = 1 AND quantity_7 = 1000"
                            " AND quantity_28 = 2000 AND revenue_28 = 200"
                            " AND last_sale = 20507"),
                   ==, 1);
  g_assert_cmpint (
      get (db, "SELECT count(*) FROM stock WHERE site_id = 1 AND item_id = 2 AND quantity_7 = 0"),
      ==, 1);
  g_assert_cmpint (get (db, "SELECT count(*) FROM stock WHERE site_id = 2 AND rev > 1"), ==, 0);

  /* A sale told late leaves the last day and the last sale alone. */
  sell (db, RAI_TEST_DAY - 20, 0);
  g_assert_cmpint (get (db, "SELECT last_day FROM site WHERE id = 1"), ==, RAI_TEST_DAY + 7);
  g_assert_cmpint (get (db, "SELECT count(*) FROM stock"
                            " WHERE site_id = 1 AND item_id = 1 AND quantity_7 = 1000"
                            " AND quantity_28 = 3000 AND last_sale = 20507"),
                   ==, 1);
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  rai_test_db_add ("/db/rollup/adds", adds_everywhere);
  rai_test_db_add ("/db/rollup/windows-move", windows_move);
  return rai_test_db_end (g_test_run ());
}
