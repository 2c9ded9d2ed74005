/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/rai-sales-items.h"

#include "rai-test-db.h"

/* One that is made, or changed by somebody else, is seen in the next transaction. */
static void
follows (RaiDb *db) {
  g_autoptr (GError) error = NULL;
  rai_test_db_fill (db);
  RaiSalesItems *items = rai_sales_items_new (db);
  rai_sales_items_check (items, &error);
  g_assert_no_error (error);
  const int64_t cost = rai_sales_items_find (items, 1, &error)->cost;

  rai_db_exec (db, "UPDATE item SET cost = cost + 7, rev = 900 WHERE id = 1", &error);
  g_assert_no_error (error);
  g_assert_cmpint (rai_sales_items_find (items, 1, &error)->cost, ==, cost);
  rai_sales_items_doubt (items);
  g_assert_cmpint (rai_sales_items_find (items, 1, &error)->cost, ==, cost + 7);

  rai_db_exec (db,
               "INSERT INTO item (id, sku, name, department_id, rev) VALUES (77, 'x', 'x', 2, 1)",
               &error);
  g_assert_no_error (error);
  g_assert_cmpint (rai_sales_items_find (items, 77, &error)->department_id, ==, 2);
  g_assert_null (rai_sales_items_find (items, 78, &error));
  g_assert_error (error, RAI_DB_ERROR, RAI_DB_ERROR_ARGUMENT);
  rai_sales_items_free (items);
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  rai_test_db_add ("/db/sales-items/follows", follows);
  return rai_test_db_end (g_test_run ());
}
