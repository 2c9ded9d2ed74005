/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/rai-sales-counts.h"

#include "rai-test-db.h"

#define COUNT "01970000-0000-7000-8000-00000000c001"

static int64_t
get (RaiDb *db, const char *sql) {
  g_autoptr (GError) error = NULL;
  int64_t value = 0;
  rai_db_get_int (db, sql, NULL, 0, -999, &value, &error);
  g_assert_no_error (error);
  return value;
}

/* What was sold before a count is taken in by it; what is cleared, or sold later, is not. */
static void
taken_in (RaiDb *db) {
  g_autoptr (GError) error = NULL;
  rai_test_db_fill (db);
  g_autoptr (RaiSalesCounts) counts = rai_sales_counts_new (db);
  const int64_t had = get (db, "SELECT on_hand FROM stock WHERE site_id = 1 AND item_id = 1");

  g_assert_true (rai_db_begin_write (db, &error));
  g_assert_true (rai_db_exec (db,
                              "INSERT INTO movement (id, site_id, item_id, at, day, kind, quantity,"
                              " counted, account_id, rev) VALUES ('" COUNT
                              "', 1, 1, 5000, 20500, 'count', 0, 10000, 1, 1)",
                              &error));
  g_assert_true (rai_sales_counts_note (counts, 1, 1, 4000, 9000, &error));
  rai_sales_counts_clear (counts);
  g_assert_true (rai_sales_counts_note (counts, 1, 1, 4000, 2000, &error));
  g_assert_true (rai_sales_counts_note (counts, 1, 1, 5000, 1000, &error));
  g_assert_true (rai_sales_counts_note (counts, 1, 1, 5001, 7000, &error));
  g_assert_true (rai_sales_counts_note (counts, 2, 1, 4000, 7000, &error));
  g_assert_true (rai_sales_counts_write (counts, &error));
  g_assert_true (rai_db_commit (db, &error));
  g_assert_no_error (error);

  g_assert_cmpint (get (db, "SELECT on_hand FROM stock WHERE site_id = 1 AND item_id = 1"), ==,
                   had + 3000);
  g_assert_cmpint (get (db, "SELECT quantity FROM movement WHERE id = '" COUNT "'"), ==, 3000);
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  rai_test_db_add ("/db/sales-counts/taken-in", taken_in);
  return rai_test_db_end (g_test_run ());
}
