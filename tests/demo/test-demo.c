/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "demo/rai-demo.h"

#include "rai-test-db.h"
#include "rai-test-import.h"
#include "util/rai-progress.h"

#include <gio/gio.h>

static RaiDemoResult
generate (RaiDb *db, uint64_t seed) {
  RaiDemoOptions options = { RAI_DEMO_SMALL, seed, rai_day_from_ymd (2026, 6, 30) };
  RaiDemoResult result;
  g_autoptr (GError) error = NULL;
  rai_demo_generate (db, &options, &result, &error);
  g_assert_no_error (error);
  return result;
}

static int64_t
number (RaiDb *db, const char *sql) {
  int64_t value;
  g_autoptr (GError) error = NULL;
  rai_db_get_int (db, sql, NULL, 0, 0, &value, &error);
  g_assert_no_error (error);
  return value;
}

/* The rows of every table that is made, in key order. */
static char *
digest (RaiDb *db) {
  static const char *const queries[] = {
    "SELECT * FROM site ORDER BY id",
    "SELECT * FROM item ORDER BY id",
    "SELECT * FROM price ORDER BY site_id, item_id, first_day",
    "SELECT * FROM promotion ORDER BY site_id, item_id, first_day",
    "SELECT * FROM calendar_day ORDER BY site_id, day",
    "SELECT * FROM receipt ORDER BY id",
    "SELECT * FROM receipt_line ORDER BY receipt_id, line",
    "SELECT * FROM item_day ORDER BY site_id, item_id, day",
    "SELECT * FROM movement ORDER BY id",
    "SELECT * FROM stock ORDER BY site_id, item_id",
    "SELECT * FROM purchase_order ORDER BY id",
    "SELECT * FROM order_line ORDER BY order_id, item_id",
  };

  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  for (size_t q = 0; q < G_N_ELEMENTS (queries); q++) {
    g_autoptr (GError) error = NULL;
    RaiStatement *statement = rai_db_prepare (db, queries[q], &error);
    g_assert_no_error (error);
    while (rai_statement_step (statement, &error) == RAI_STEP_ROW)
      for (int i = 0; i < rai_statement_n_columns (statement); i++) {
        const char *text = rai_statement_text (statement, i);
        g_checksum_update (checksum, (const unsigned char *) (text != NULL ? text : "null"), -1);
        g_checksum_update (checksum, (const unsigned char *) "|", 1);
      }
    g_assert_no_error (error);
    rai_statement_reset (statement);
  }

  return g_strdup (g_checksum_get_string (checksum));
}

static void
test_same_seed (void) {
  char *digests[3];
  for (int i = 0; i < 3; i++) {
    g_autoptr (RaiDb) db = rai_test_db_new (RAI_DB_SQLITE);
    generate (db, i < 2 ? 5 : 6);
    digests[i] = digest (db);
  }

  g_assert_cmpstr (digests[0], ==, digests[1]);
  g_assert_cmpstr (digests[0], !=, digests[2]);
  for (int i = 0; i < 3; i++)
    g_free (digests[i]);
}

/* Everything that is sold and moved adds up to what is there. */
static void
check_ledger (RaiDb *db) {
  g_assert_cmpint (
      number (db,
              "SELECT count(*) FROM stock s WHERE s.on_hand <> "
              "(SELECT coalesce(sum(m.quantity), 0) FROM movement m WHERE m.site_id = s.site_id "
              "AND m.item_id = s.item_id) - (SELECT coalesce(sum(d.quantity), 0) FROM item_day d "
              "WHERE d.site_id = s.site_id AND d.item_id = s.item_id)"),
      ==, 0);
  g_assert_cmpint (
      number (
          db,
          "SELECT count(*) FROM stock s WHERE s.on_order <> (SELECT coalesce(sum(l.quantity), 0) "
          "FROM order_line l JOIN purchase_order o ON o.id = l.order_id WHERE o.status = "
          "'approved' AND l.site_id = s.site_id AND l.item_id = s.item_id)"),
      ==, 0);
  g_assert_cmpint (number (db, "SELECT count(*) FROM stock WHERE on_hand < 0 OR tracked <> 1"), ==,
                   0);
  g_assert_cmpint (
      number (db,
              "SELECT count(*) FROM order_line WHERE part_demand + part_safety - part_on_hand - "
              "part_on_order + part_rounding <> proposed"),
      ==, 0);
  g_assert_cmpint (
      number (db, "SELECT count(*) FROM movement WHERE order_id IS NOT NULL AND order_id NOT IN "
                  "(SELECT id FROM purchase_order)"),
      ==, 0);
}

static void
check_sales (RaiDb *db, const RaiDemoResult *result) {
  g_assert_cmpint (number (db, "SELECT count(*) FROM receipt_line"), ==, result->lines);
  g_assert_cmpint (number (db, "SELECT count(*) FROM receipt"), ==, result->receipts);
  g_assert_cmpint (number (db, "SELECT sum(amount) FROM receipt_line"), ==,
                   number (db, "SELECT sum(revenue) FROM item_day"));
  g_assert_cmpint (number (db, "SELECT sum(quantity) FROM receipt_line"), ==,
                   number (db, "SELECT sum(quantity) FROM item_day"));
  g_assert_cmpint (number (db, "SELECT max(day) FROM receipt"), ==, result->through);
  g_assert_cmpint (
      number (db, "SELECT count(*) FROM receipt r JOIN calendar_day c ON c.site_id = r.site_id AND "
                  "c.day = r.day WHERE c.closed = 1"),
      ==, 0);
  g_assert_cmpint (
      number (db, "SELECT count(*) FROM receipt_line WHERE quantity <= 0 OR amount <= 0"), ==, 0);
}

/* There is something to see: shelves that ran empty, offers past and to come, weather ahead,
 * deliveries on the way. */
static void
check_variety (RaiDb *db) {
  g_assert_cmpint (number (db, "SELECT count(*) FROM item_day WHERE out_of_stock > 0"), >, 200);
  g_assert_cmpint (number (db, "SELECT count(*) FROM stock WHERE on_hand = 0"), >, 3);
  g_assert_cmpint (
      number (db, "SELECT count(*) FROM promotion, site WHERE site.id = promotion.site_id AND "
                  "first_day > site.last_day"),
      >, 5);
  g_assert_cmpint (number (db, "SELECT count(*) FROM calendar_day WHERE holiday <> ''"), >, 10);
  g_assert_cmpint (number (db, "SELECT max(c.day) - max(s.last_day) FROM calendar_day c, site s"),
                   >=, 60);
  g_assert_cmpint (number (db, "SELECT count(*) FROM purchase_order WHERE status = 'approved'"), >,
                   0);
  g_assert_cmpint (number (db, "SELECT count(*) FROM item WHERE first_day IS NOT NULL"), >, 0);
  g_assert_cmpint (number (db, "SELECT count(*) FROM item WHERE unit = 'kg'"), >, 0);
  g_assert_cmpint (number (db, "SELECT count(DISTINCT department_id) FROM item"), ==, 10);
  g_assert_cmpint (number (db, "SELECT count(*) FROM item WHERE cost >= price"), ==, 0);
  g_assert_cmpint (number (db, "SELECT count(*) FROM movement WHERE kind = 'waste'"), >, 20);
  g_assert_cmpint (number (db, "SELECT count(*) FROM command_log WHERE name = 'demo.generate'"), ==,
                   1);
}

static void
test_small (RaiDb *db) {
  RaiDemoResult result = generate (db, 1);
  g_assert_cmpint (result.sites, ==, 2);
  g_assert_cmpint (result.items, ==, 120);
  g_assert_cmpint (result.lines, >, 40000);
  check_ledger (db);
  check_sales (db, &result);
  check_variety (db);
  rai_test_verify (db);

  /* A second retailer would be a muddle. */
  RaiDemoOptions options = { RAI_DEMO_SMALL, 1, RAI_DAY_NONE };
  g_autoptr (GError) error = NULL;
  g_assert_false (rai_demo_generate (db, &options, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_EXISTS);
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  rai_progress_set_quiet (true);
  rai_test_db_add ("/demo/small", test_small);
  g_test_add_func ("/demo/same-seed", test_same_seed);
  return rai_test_db_end (g_test_run ());
}
