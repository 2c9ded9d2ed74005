/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rai-test-command.h"
#define STOCK(column, item) "SELECT " column " FROM stock WHERE site_id = 1 AND item_id = " item
#define ORDER "\"order\":\"" RAI_TEST_ORDER "\""

static void
count (RaiDb *db) {
  rai_test_db_fill (db);
  const RaiAnswer *answer = rai_test_run (
      db, rai_test_associate (), "stock.count",
      "{\"site\":1,\"item\":1,\"quantity\":14000,\"note\":\"shelf\"}", RAI_ANSWER_APPLIED);

  g_assert_cmpstr (answer->result, ==, "{\"on_hand\":14000,\"difference\":4000}");
  g_assert_cmpstr (answer->summary, ==, "Count: Oat milk 1 l, 14 pieces");
  g_assert_cmpint (rai_test_int (db, STOCK ("on_hand", "1")), ==, 14000);

  g_autofree char *sql =
      g_strdup_printf ("SELECT counted FROM movement WHERE id = '%s' AND quantity = 4000 AND "
                       "kind = 'count' AND account_id = 3 AND note = 'shelf'",
                       rai_test_last_id ());

  g_assert_cmpint (rai_test_int (db, sql), ==, 14000);
  g_assert_cmpint (rai_test_int (db, "SELECT site_id FROM command_log"), ==, 1);
}

/* Two clerks count offline, one after the other: the later word holds, and the ledger still adds
 * up. */
static void
two_counts (RaiDb *db) {
  rai_test_db_fill (db);
  rai_test_run (db, rai_test_associate (), "stock.count",
                "{\"site\":1,\"item\":1,\"quantity\":9000}", RAI_ANSWER_APPLIED);
  rai_test_run (db, rai_test_manager (), "stock.count", "{\"site\":1,\"item\":1,\"quantity\":8000}",
                RAI_ANSWER_APPLIED);
  g_assert_cmpint (rai_test_int (db, STOCK ("on_hand", "1")), ==, 8000);
  g_assert_cmpint (
      rai_test_int (
          db,
          "SELECT CAST(sum(quantity) AS BIGINT) FROM movement WHERE site_id = 1 AND item_id = 1"),
      ==, 9000); /* 1000 were sold */
}

static void
new_item_and_waste (RaiDb *db) {
  rai_test_db_fill (db);
  g_autoptr (GError) error = NULL;
  rai_db_exec (db, "DELETE FROM stock WHERE item_id = 5", &error);
  g_assert_no_error (error);
  rai_test_run (db, rai_test_associate (), "stock.waste",
                "{\"site\":1,\"item\":5,\"quantity\":2000}", RAI_ANSWER_APPLIED);
  g_assert_cmpint (rai_test_int (db, STOCK ("on_hand", "5")), ==, -2000);
  g_assert_cmpint (rai_test_int (db, STOCK ("tracked", "5")), ==, 1);
  rai_test_refused (db, rai_test_associate (), "stock.waste",
                    "{\"site\":1,\"item\":5,\"quantity\":0}", "argument");
}

static void
receive_one (RaiDb *db) {
  rai_test_db_fill (db);
  rai_test_run (db, rai_test_associate (), "stock.receive",
                "{\"site\":1,\"item\":1,\"quantity\":6000}", RAI_ANSWER_APPLIED);
  g_assert_cmpint (rai_test_int (db, STOCK ("on_hand", "1")), ==, 16000);
  rai_test_run (
      db, rai_test_associate (), "stock.receive",
      "{\"site\":1,\"lines\":[{\"item\":1,\"quantity\":1000},{\"item\":2,\"quantity\":2000}]}",
      RAI_ANSWER_APPLIED);
  g_assert_cmpint (rai_test_int (db, STOCK ("on_hand", "2")), ==, 12000);
  g_assert_cmpint (
      rai_test_int (db, "SELECT count(DISTINCT id) FROM movement WHERE kind = 'receive'"), ==, 3);
  rai_test_refused (db, rai_test_associate (), "stock.receive", "{\"site\":1}", "argument");
  rai_test_refused (db, rai_test_associate (), "stock.receive", "{\"site\":1,\"item\":1}",
                    "argument");
}

static void
receive_order (RaiDb *db) {
  rai_test_db_fill (db);
  rai_test_refused (db, rai_test_associate (), "stock.receive", "{\"site\":1," ORDER "}", "state");
  rai_test_run (db, rai_test_manager (), "order.approve", "{" ORDER "}", RAI_ANSWER_APPLIED);
  g_assert_cmpint (rai_test_int (db, STOCK ("on_order", "1")), ==, 12000);
  rai_test_run (db, rai_test_associate (), "stock.receive",
                "{\"site\":1," ORDER ",\"item\":1,\"quantity\":5000}", RAI_ANSWER_APPLIED);
  g_assert_cmpint (rai_test_int (db, STOCK ("on_order", "1")), ==, 7000);
  g_assert_cmpint (rai_test_int (db, "SELECT received FROM order_line WHERE item_id = 1"), ==,
                   5000);
  g_assert_cmpint (
      rai_test_int (db, "SELECT count(*) FROM purchase_order WHERE status = 'approved'"), ==, 1);
  rai_test_run (db, rai_test_associate (), "stock.receive", "{\"site\":1," ORDER "}",
                RAI_ANSWER_APPLIED);
  g_assert_cmpint (rai_test_int (db, STOCK ("on_order", "1")), ==, 0);
  g_assert_cmpint (rai_test_int (db, STOCK ("on_order", "2")), ==, 0);
  g_assert_cmpint (rai_test_int (db, STOCK ("on_hand", "1")), ==, 22000);
  g_assert_cmpint (rai_test_int (db, STOCK ("on_hand", "2")), ==, 16000);
  g_assert_cmpint (
      rai_test_int (db, "SELECT count(*) FROM purchase_order WHERE status = 'received'"), ==, 1);
  rai_test_refused (db, rai_test_associate (), "stock.receive", "{\"site\":1," ORDER "}", "state");
}

static void
receive_less_and_close (RaiDb *db) {
  rai_test_db_fill (db);
  rai_test_run (db, rai_test_manager (), "order.approve", "{" ORDER "}", RAI_ANSWER_APPLIED);
  rai_test_run (db, rai_test_associate (), "stock.receive",
                "{\"site\":1," ORDER
                ",\"lines\":[{\"item\":1,\"quantity\":15000}],\"complete\":true}",
                RAI_ANSWER_APPLIED);
  g_assert_cmpint (rai_test_int (db, STOCK ("on_order", "1")), ==,
                   0); /* more came than was ordered */
  g_assert_cmpint (rai_test_int (db, STOCK ("on_order", "2")), ==, 0); /* the rest will not come */
  g_assert_cmpint (rai_test_int (db, STOCK ("on_hand", "1")), ==, 25000);
  g_assert_cmpint (rai_test_int (db, STOCK ("on_hand", "2")), ==, 10000);
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  rai_test_db_add ("/command/stock/count", count);
  rai_test_db_add ("/command/stock/two-counts", two_counts);
  rai_test_db_add ("/command/stock/new-item-and-waste", new_item_and_waste);
  rai_test_db_add ("/command/stock/receive-one", receive_one);
  rai_test_db_add ("/command/stock/receive-order", receive_order);
  rai_test_db_add ("/command/stock/receive-less-and-close", receive_less_and_close);
  return rai_test_db_end (g_test_run ());
}
