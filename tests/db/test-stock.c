/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/rai-stock.h"

#include "rai-test-db.h"

#define MOVEMENT "01970000-0000-7000-8000-0000000000d1"

static int64_t
get (RaiDb *db, const char *sql) {
  g_autoptr (GError) error = NULL;
  int64_t value = 0;
  rai_db_get_int (db, sql, NULL, 0, -1, &value, &error);
  g_assert_no_error (error);
  return value;
}

static void
begin (RaiDb *db) {
  g_autoptr (GError) error = NULL;
  rai_test_db_fill (db);
  rai_db_begin_write (db, &error);
  g_assert_no_error (error);
}

static void
movement_rows (RaiDb *db) {
  begin (db);
  const int64_t counted = 14000;
  RaiMovement movement = {
    .id = MOVEMENT,
    .site_id = 1,
    .item_id = 2,
    .at = 1000,
    .day = 20501,
    .kind = RAI_MOVEMENT_COUNT,
    .quantity = 4000,
    .counted = &counted,
    .note = "shelf",
    .order_id = RAI_TEST_ORDER,
    .account_id = 3,
    .rev = 7,
  };
  g_autoptr (GError) error = NULL;
  rai_stock_move (db, &movement, 0, &error);
  g_assert_no_error (error);
  g_assert_cmpint (get (db, "SELECT count(*) FROM movement"
                            " WHERE id = '" MOVEMENT "' AND site_id = 1 AND item_id = 2"
                            " AND at = 1000 AND day = 20501 AND kind = 'count'"
                            " AND quantity = 4000 AND counted = 14000 AND note = 'shelf'"
                            " AND order_id = '" RAI_TEST_ORDER "' AND account_id = 3 AND rev = 7"),
                   ==, 1);

  movement =
      (RaiMovement){ .id = RAI_TEST_ALERT, .kind = RAI_MOVEMENT_WASTE, .quantity = -1, .rev = 7 };
  rai_stock_move (db, &movement, 0, &error);
  g_assert_no_error (error);
  g_assert_cmpint (
      get (db, "SELECT count(*) FROM movement"
               " WHERE counted IS NULL AND note = '' AND order_id IS NULL AND quantity = -1"),
      ==, 1);
}

static void
adds_to_the_row (RaiDb *db) {
  begin (db);
  g_autoptr (GError) error = NULL;
  const RaiStockChange change = { .site_id = 1, .item_id = 1, .on_hand = -500, .on_order = 6000 };
  const RaiStockChange carried = { .site_id = 1, .item_id = 9, .on_hand = 300 };
  rai_db_exec (db, "UPDATE stock SET tracked = 0 WHERE item_id = 1", &error);
  for (int i = 0; i < 2; i++)
    rai_stock_add (db, &change, 7, &error);
  rai_stock_add (db, &carried, 7, &error);
  g_assert_no_error (error);
  g_assert_cmpint (get (db, "SELECT count(*) FROM stock"
                            " WHERE site_id = 1 AND item_id = 1 AND on_hand = 9000"
                            " AND on_order = 12000 AND quantity_7 = 1000 AND tracked = 1"
                            " AND rev = 7"),
                   ==, 1);
  g_assert_cmpint (get (db, "SELECT count(*) FROM stock"
                            " WHERE site_id = 1 AND item_id = 9 AND on_hand = 300"
                            " AND on_order = 0 AND tracked = 1"),
                   ==, 1);
}

/* What has come already is not on order; whether stock is kept is for counting to say. */
static void
orders (RaiDb *db) {
  begin (db);
  g_autoptr (GError) error = NULL;
  rai_db_exec (db,
               "UPDATE order_line SET received = 2000 WHERE item_id = 1;"
               "DELETE FROM stock WHERE site_id = 1 AND item_id = 2",
               &error);
  rai_stock_add_order (db, RAI_TEST_ORDER, 1, 7, &error);
  g_assert_no_error (error);
  g_assert_cmpint (get (db, "SELECT count(*) FROM stock"
                            " WHERE site_id = 1 AND item_id = 1 AND on_hand = 10000"
                            " AND on_order = 10000 AND tracked = 1 AND rev = 7"),
                   ==, 1);
  g_assert_cmpint (get (db, "SELECT count(*) FROM stock"
                            " WHERE site_id = 1 AND item_id = 2 AND on_hand = 0"
                            " AND on_order = 6000 AND tracked = 0"),
                   ==, 1);

  rai_stock_add_order (db, RAI_TEST_ORDER, -1, 8, &error);
  g_assert_no_error (error);
  g_assert_cmpint (get (db, "SELECT count(*) FROM stock WHERE on_order <> 0"), ==, 0);
  g_assert_cmpint (get (db, "SELECT count(*) FROM stock WHERE rev = 8"), ==, 2);
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  rai_test_db_add ("/db/stock/movements", movement_rows);
  rai_test_db_add ("/db/stock/adds", adds_to_the_row);
  rai_test_db_add ("/db/stock/orders", orders);
  return rai_test_db_end (g_test_run ());
}
