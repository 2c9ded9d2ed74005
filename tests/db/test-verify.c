/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/rai-verify.h"

#include "db/rai-sales.h"
#include "rai-test-db.h"

#include <string.h>

static GPtrArray *
verify (RaiDb *db) {
  g_autoptr (GError) error = NULL;
  GPtrArray *findings = rai_verify_run (db, NULL, NULL, &error);
  g_assert_no_error (error);
  return findings;
}

static void
run (RaiDb *db, const char *sql) {
  g_autoptr (GError) error = NULL;
  rai_db_exec (db, sql, &error);
  g_assert_no_error (error);
}

/* A database whose roll-ups come from sales, so that it is whole. */
static void
fill (RaiDb *db) {
  g_autoptr (GError) error = NULL;
  rai_test_db_fill (db);
  run (db, "DELETE FROM site_day; DELETE FROM site_month; DELETE FROM department_day; DELETE FROM "
           "item_day; "
           "DELETE FROM stock WHERE site_id = 1; DELETE FROM movement WHERE site_id = 1; UPDATE "
           "site SET last_day = NULL "
           "WHERE id = 1");
  g_autoptr (RaiSales) sales = rai_sales_new (db, &error);
  g_assert_no_error (error);
  g_assert_true (rai_db_begin_write (db, &error));

  const RaiSalesLine line = { 1, 2000, 200 };
  const RaiReceipt first = { .site_id = 1, .number = "r1", .day = 20501 };
  const RaiReceipt second = { .site_id = 1, .number = "r2", .day = 20480 };
  rai_sales_add_line (sales, &first, &line, &error);
  rai_sales_add_line (sales, &second, &line, &error);
  rai_sales_add_total (sales, 1, 2, "day", 20490 * 24, 5000, 900, true, &error);
  rai_sales_add_total (sales, 1, 3, "week", 20481 * 24, 7100, 1000, false, &error);
  g_assert_no_error (error);
  g_assert_true (rai_sales_flush (sales, &error) && rai_db_commit (db, &error));
  run (db, "UPDATE site SET last_day = NULL WHERE id = 2");
}

static void
whole (RaiDb *db) {
  fill (db);
  g_autoptr (GPtrArray) findings = verify (db);
  for (unsigned i = 0; i < findings->len; i++)
    g_test_message ("%s", (char *) g_ptr_array_index (findings, i));
  g_assert_cmpuint (findings->len, ==, 0);
}

/* Each damage is found, and named. */
static void
damaged (RaiDb *db) {
  static const struct {
    const char *damage;
    const char *word;
  } cases[] = {
    { "UPDATE receipt SET total = total + 1 WHERE number = 'r1'", "receipt r1" },
    { "UPDATE item_day SET quantity = quantity + 1 WHERE item_id = 2", "item 2" },
    { "UPDATE item_day SET quantity = quantity + 1 WHERE item_id = 3 AND day = 20483",
      "on day 20483" },
    { "UPDATE site_day SET revenue = revenue + 1 WHERE day = 20501", "on day 20501" },
    { "UPDATE department_day SET cost = cost + 1 WHERE day = 20501", "its departments" },
    { "UPDATE site_day SET receipts = 7 WHERE day = 20501", "receipts more" },
    { "UPDATE site_month SET revenue = 0 WHERE site_id = 1", "its months" },
    { "UPDATE stock SET on_hand = on_hand + 5 WHERE site_id = 1 AND item_id = 1", "the ledger" },
    { "INSERT INTO movement (id, site_id, item_id, at, day, kind, quantity, counted, account_id, "
      "rev)"
      " VALUES ('y', 1, 1, 1771286400000, 20501, 'count', 0, 77000, 0, 0)",
      "its last count" },
    { "INSERT INTO movement (id, site_id, item_id, at, day, kind, quantity, counted, account_id, "
      "rev)"
      " VALUES ('z', 1, 1, 1766880000000, 20450, 'opening', 0, 77000, 0, 0)",
      "the opening stock" },
    { "UPDATE item_day SET out_of_stock = 300 WHERE item_id = 1", "without stock for 300" },
    { "UPDATE stock SET on_order = 5 WHERE site_id = 1 AND item_id = 1", "open orders" },
    { "UPDATE stock SET quantity_28 = 5 WHERE site_id = 1 AND item_id = 1", "last days" },
    { "UPDATE site SET last_day = 20500 WHERE id = 1", "last day" },
    { "UPDATE purchase_order SET total = 1", "order " },
    { "DROP INDEX alert_one_open; INSERT INTO alert (id, cause, kind, site_id, severity, money, "
      "state, opened_at, "
      "changed_at, rev) SELECT 'x', cause, kind, site_id, 1, 1, 'open', 0, 0, 1 FROM alert",
      "alerts are open" },
    { "UPDATE stock SET rev = 999", "the feed" },
    { "INSERT INTO receipt (id, site_id, number, day, sold_at, total, n_lines, till, said_day) "
      "SELECT 999, site_id, number, day, sold_at, total, n_lines, 'A', 20480 FROM receipt WHERE "
      "number = 'r2'; INSERT INTO receipt_line (receipt_id, line, item_id, quantity, amount) "
      "SELECT 999, line, item_id, quantity, amount FROM receipt_line WHERE receipt_id = "
      "(SELECT id FROM receipt WHERE number = 'r2' AND till = '')",
      "receipt r2 of store 1 is there twice" },
    { "DELETE FROM receipt WHERE number = 'r2'", "not there" },
  };

  fill (db);
  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;
    run (db, cases[i].damage);
    g_autoptr (GPtrArray) findings = verify (db);
    bool found = false;
    for (unsigned j = 0; j < findings->len; j++)
      found = found || strstr (g_ptr_array_index (findings, j), cases[i].word);
    if (!found)
      g_error ("not found: %s", cases[i].damage);
  }
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  rai_test_db_add ("/db/verify/whole", whole);
  rai_test_db_add ("/db/verify/damaged", damaged);
  return rai_test_db_end (g_test_run ());
}
