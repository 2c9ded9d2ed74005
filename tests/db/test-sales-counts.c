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

#define MANY 150

/* What each count takes in of sales in any order: one a moment between all, or at some of them. */
static void
many_counts (RaiDb *db) {
  /* 757 is a prime, so that each step meets each moment once; the last one goes back. */
  static const int steps[] = { 1, 43, 85, 756 };
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) sql = g_string_new (NULL);
  rai_test_db_fill (db);
  g_autoptr (RaiSalesCounts) counts = rai_sales_counts_new (db);
  for (int i = 0; i < MANY; i++)
    g_string_append_printf (sql,
                            "INSERT INTO movement (id, site_id, item_id, at, day, kind, quantity,"
                            " counted, account_id, rev) VALUES"
                            " ('01970000-0000-7000-8001-%012d', 1, 1, %d, 20500, 'count', 0, 0, 1,"
                            " 1);",
                            i, 10 * (i / 2));

  for (size_t s = 0; s < G_N_ELEMENTS (steps); s++) {
    int64_t expected[MANY] = { 0 };
    rai_sales_counts_clear (counts);
    g_assert_true (rai_db_begin_write (db, &error));
    rai_db_exec (db, "DELETE FROM movement WHERE site_id = 1 AND item_id = 1", &error);
    rai_db_exec (db, sql->str, &error);
    for (int k = 0; k < 757; k++) {
      const int at = k * steps[s] % 757;
      g_assert_true (rai_sales_counts_note (counts, 1, 1, at, 1 + at, &error));
      if ((at + 9) / 10 * 2 < MANY)
        expected[(at + 9) / 10 * 2] += 1 + at;
    }
    g_assert_true (rai_sales_counts_write (counts, &error));
    g_assert_no_error (error);
    for (int i = 0; i < MANY; i++) {
      g_autofree char *one = g_strdup_printf (
          "SELECT quantity FROM movement WHERE id = '01970000-0000-7000-8001-%012d'", i);
      g_assert_cmpint (get (db, one), ==, expected[i]);
    }
    g_assert_true (rai_db_commit (db, &error));
  }
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  rai_test_db_add ("/db/sales-counts/taken-in", taken_in);
  rai_test_db_add ("/db/sales-counts/many-counts", many_counts);
  return rai_test_db_end (g_test_run ());
}
