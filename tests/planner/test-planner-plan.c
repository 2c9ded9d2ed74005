/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "planner/rai-planner-plan.h"

#include "db/rai-query.h"
#include "planner/rai-planner-forecast.h"
#include "rai-test-db.h"
#include "rai-test-retailer.h"
#include "util/rai-clock.h"
#include "util/rai-progress.h"

static RaiPlannerPlanSummary
plan (RaiDb *db) {
  g_autoptr (GError) error = NULL;
  RaiPlannerPlanOptions options = { .through = RAI_DAY_NONE };
  RaiPlannerPlanSummary summary;
  rai_planner_plan (db, &options, &summary, NULL, &error);
  g_assert_no_error (error);
  rai_planner_plan_summary_clear (&summary);
  return summary;
}

static void
forecast (RaiDb *db) {
  g_autoptr (GError) error = NULL;
  RaiPlannerForecastOptions options = { .through = RAI_DAY_NONE, .model = "weekday", .threads = 1 };
  rai_planner_forecast (db, &options, NULL, NULL, &error);
  g_assert_no_error (error);
}

static void
begin (RaiDb *db) {
  rai_test_retailer_fill (db);
  forecast (db);
}

static void
assert_text (RaiDb *db, const char *sql, const char *expected) {
  g_autofree char *text = rai_test_retailer_text (db, sql);
  g_assert_cmpstr (text, ==, expected);
}

static void
test_end_to_end (RaiDb *db) {
  begin (db);
  RaiPlannerPlanSummary summary = plan (db);
  g_assert_cmpuint (summary.items, ==, RAI_TEST_ITEMS);
  g_assert_cmpuint (summary.orders, ==, 1);
  g_assert_cmpint (rai_test_retailer_int (db, "SELECT COUNT(*) FROM plan"), ==, RAI_TEST_ITEMS);
  assert_text (db, "SELECT reason FROM plan WHERE item_id = 1", "ordered");
  assert_text (db, "SELECT status || ' ' || reason FROM plan WHERE item_id = 2", "over enough");
  assert_text (db, "SELECT status || ' ' || reason FROM plan WHERE item_id = 3", "out ordered");
  assert_text (db, "SELECT reason FROM plan WHERE item_id = 4", "no_supplier");
  assert_text (db, "SELECT status || ' ' || reason FROM plan WHERE item_id = 5",
               "no_data not_tracked");

  /* Every line's parts add up, in whole packs, and the order is worth its lines. */
  g_assert_cmpint (
      rai_test_retailer_int (
          db, "SELECT COUNT(*) FROM order_line WHERE part_demand + part_safety - part_on_hand - "
              "part_on_order + part_rounding <> proposed OR quantity <> proposed"),
      ==, 0);
  g_assert_cmpint (
      rai_test_retailer_int (db, "SELECT quantity % 6000 FROM order_line WHERE item_id = 1"), ==,
      0);
  g_assert_cmpint (rai_test_retailer_int (db, "SELECT COUNT(*) FROM order_line"), ==, 3);
  g_assert_cmpint (
      rai_test_retailer_int (
          db, "SELECT o.total - (SELECT SUM(l.quantity * l.cost / 1000) FROM order_line l) "
              "FROM purchase_order o"),
      ==, 0);
  g_assert_cmpint (rai_test_retailer_int (db, "SELECT delivery_day FROM purchase_order"), ==,
                   RAI_TEST_LAST_DAY + 3);
  g_assert_cmpint (rai_test_retailer_int (db, "SELECT stockouts FROM purchase_order"), ==, 3);
}

static void
test_again_changes_nothing (RaiDb *db) {
  begin (db);
  plan (db);

  int64_t before = rai_test_retailer_int (db, "SELECT MAX(revision) FROM feed");
  RaiPlannerPlanSummary again = plan (db);
  g_assert_cmpint (again.changed, ==, 0);
  g_assert_cmpuint (again.alerts_opened + again.alerts_resolved, ==, 0);

  static const char *const tables[] = { "plan",  "purchase_order", "order_line",
                                        "alert", "forecast",       "tombstone" };
  for (size_t i = 0; i < G_N_ELEMENTS (tables); i++) {
    g_autofree char *sql = g_strdup_printf ("SELECT COUNT(*) FROM %s WHERE rev > %" G_GINT64_FORMAT,
                                            tables[i], before);
    g_assert_cmpint (rai_test_retailer_int (db, sql), ==, 0);
  }
}

static void
test_edited_line_survives (RaiDb *db) {
  begin (db);
  plan (db);
  rai_test_retailer_change (
      db, "UPDATE order_line SET quantity = 600000, edited_by = 1, rev = :rev WHERE item_id = 1;"
          /* And the reason to order is gone for items 1 and 3. */
          "UPDATE stock SET on_hand = 900000, rev = :rev WHERE item_id IN (1, 3)");
  plan (db);
  g_assert_cmpint (rai_test_retailer_int (db, "SELECT quantity FROM order_line WHERE item_id = 1"),
                   ==, 600000);
  g_assert_cmpint (rai_test_retailer_int (db, "SELECT COUNT(*) FROM order_line WHERE item_id = 3"),
                   ==, 0);
  g_assert_cmpint (
      rai_test_retailer_int (db, "SELECT COUNT(*) FROM tombstone WHERE table_name = 'order_line'"),
      ==, 1);
  g_assert_cmpint (
      rai_test_retailer_int (
          db, "SELECT o.total - (SELECT SUM(l.quantity * l.cost / 1000) FROM order_line l) "
              "FROM purchase_order o"),
      ==, 0);
}

static void
test_approved_orders_count (RaiDb *db) {
  begin (db);
  plan (db);
  rai_test_retailer_change (db, "UPDATE purchase_order SET status = 'approved', rev = :rev");
  RaiPlannerPlanSummary after = plan (db);
  g_assert_cmpuint (after.orders, ==, 0);
  assert_text (db, "SELECT reason FROM plan WHERE item_id = 1", "on_order");
  g_assert_cmpint (rai_test_retailer_int (db, "SELECT next_delivery FROM plan WHERE item_id = 1"),
                   ==, RAI_TEST_LAST_DAY + 3);
}

static void
test_proposals_that_are_gone (RaiDb *db) {
  begin (db);
  plan (db);
  rai_test_retailer_change (db, "UPDATE stock SET on_hand = 900000, rev = :rev");
  plan (db);
  g_assert_cmpint (rai_test_retailer_int (db, "SELECT COUNT(*) FROM purchase_order"), ==, 0);
  g_assert_cmpint (rai_test_retailer_int (db, "SELECT COUNT(*) FROM order_line"), ==, 0);
  g_assert_cmpint (rai_test_retailer_int (db, "SELECT COUNT(*) FROM tombstone"), ==, 4);
}

static void
test_alerts (RaiDb *db) {
  begin (db);
  RaiPlannerPlanSummary first = plan (db);
  g_assert_cmpuint (first.alerts_opened, ==, first.alerts);
  assert_text (db, "SELECT state FROM alert WHERE cause = 'stock_out/1/3'", "open");
  assert_text (db, "SELECT state FROM alert WHERE cause = 'overstock/1/2'", "open");
  assert_text (db, "SELECT state FROM alert WHERE cause = 'negative_stock/1/6'", "open");
  assert_text (db, "SELECT state FROM alert WHERE cause = 'stock_out_predicted/1/1'", "open");
  g_assert_cmpint (rai_test_retailer_int (db, "SELECT MIN(money) FROM alert"), >, 0);

  /* Acknowledged and snoozed ones stay as they are; a snooze ends on its day; what is mended is
   * resolved. */
  g_autofree char *sql =
      g_strdup_printf ("UPDATE alert SET state = 'acknowledged', owner_id = 1, rev = :rev WHERE "
                       "cause = 'stock_out/1/3';"
                       "UPDATE alert SET state = 'snoozed', snoozed_until = %d, owner_id = 1, rev "
                       "= :rev WHERE cause = 'overstock/1/2';"
                       "UPDATE alert SET state = 'snoozed', snoozed_until = %d, owner_id = 1, rev "
                       "= :rev WHERE cause = "
                       "'negative_stock/1/6';"
                       "UPDATE stock SET on_hand = 60000, rev = :rev WHERE item_id = 1",
                       RAI_TEST_LAST_DAY + 9, RAI_TEST_LAST_DAY + 1);

  rai_test_retailer_change (db, sql);
  plan (db);
  assert_text (db, "SELECT state FROM alert WHERE cause = 'stock_out/1/3'", "acknowledged");
  assert_text (db, "SELECT state FROM alert WHERE cause = 'overstock/1/2'", "snoozed");
  assert_text (db, "SELECT state FROM alert WHERE cause = 'negative_stock/1/6'", "open");
  assert_text (db, "SELECT state FROM alert WHERE cause = 'stock_out_predicted/1/1'", "resolved");
  g_assert_cmpint (rai_test_retailer_int (db, "SELECT COUNT(*) - COUNT(DISTINCT cause) FROM alert"),
                   ==, 0);
}

/* Four weeks of forecasts that miss by more than looking back promised: said once, and no longer
 * when they hit
 * again. */
static void
test_drift (RaiDb *db) {
  begin (db);
  plan (db);
  g_assert_cmpint (
      rai_test_retailer_int (db, "SELECT COUNT(*) FROM forecast_past WHERE level = 'site'"), >=,
      14);
  g_assert_cmpint (
      rai_test_retailer_int (db, "SELECT COUNT(*) FROM alert WHERE kind = 'forecast_drift'"), ==,
      0);
  rai_test_retailer_change (db, "UPDATE site_day SET revenue = 2 * revenue, rev = :rev");
  plan (db); /* nobody forecast those days: they were only looked back on */
  g_assert_cmpint (
      rai_test_retailer_int (db, "SELECT COUNT(*) FROM alert WHERE kind = 'forecast_drift'"), ==,
      0);
  rai_test_retailer_change (db, "UPDATE forecast_past SET live = 1, rev = :rev");
  plan (db);
  assert_text (db, "SELECT state FROM alert WHERE cause = 'forecast_drift/1/0'", "open");
  g_assert_cmpint (rai_test_retailer_int (
                       db, "SELECT money > 0 AND value > 0.3 AND value > 1.5 * expected FROM alert "
                           "WHERE kind = 'forecast_drift'"),
                   ==, 1);

  /* A store that knows it may say that this is not much. */
  rai_test_retailer_change (
      db, "INSERT INTO policy (scope, scope_id, key, value, rev) VALUES ('site', 1, "
          "'drift_limit', 10, :rev)");
  rai_test_retailer_change (db, "UPDATE accuracy SET wape = 0.2, rev = :rev");
  plan (db);
  assert_text (db, "SELECT state FROM alert WHERE cause = 'forecast_drift/1/0'", "resolved");
  rai_test_retailer_change (db, "DELETE FROM policy");
  plan (db);
  assert_text (db,
               "SELECT state FROM alert WHERE cause = 'forecast_drift/1/0' ORDER BY opened_at "
               "DESC, state LIMIT 1",
               "open");
  rai_test_retailer_change (db, "UPDATE site_day SET revenue = revenue / 2, rev = :rev");
  plan (db);
  g_assert_cmpint (
      rai_test_retailer_int (
          db, "SELECT COUNT(*) FROM alert WHERE kind = 'forecast_drift' AND state <> 'resolved'"),
      ==, 0);
}

#define SITE_ANOMALIES \
  "SELECT COUNT(*) FROM alert WHERE cause = 'sales_anomaly/1/0' AND state <> 'resolved'"

/* A day far below what was expected is told, unless empty shelves explain it. */
static void
test_anomaly (RaiDb *db) {
  begin (db);
  plan (db);
  g_assert_cmpint (rai_test_retailer_int (db, SITE_ANOMALIES), ==, 0);

  rai_test_retailer_change (
      db, "UPDATE site_day SET revenue = revenue / 20, rev = :rev WHERE day = 20500;"
          "UPDATE item_day SET quantity = 0, revenue = 0, rev = :rev WHERE day = 20500");
  plan (db);
  g_assert_cmpint (rai_test_retailer_int (db, SITE_ANOMALIES), ==, 1);

  rai_test_retailer_change (
      db, "UPDATE item_day SET out_of_stock = 1000, rev = :rev WHERE day = 20500");
  plan (db);
  g_assert_cmpint (rai_test_retailer_int (db, SITE_ANOMALIES), ==, 0);
}

static void
test_what_a_person_resolved_stays_closed (RaiDb *db) {
  begin (db);
  plan (db);

  g_autofree char *sql = g_strdup_printf (
      "UPDATE alert SET state = 'resolved', owner_id = 1, changed_at = %" G_GINT64_FORMAT
      ", rev = :rev WHERE cause = 'overstock/1/2'",
      rai_now_ms ());

  rai_test_retailer_change (db, sql);
  plan (db);
  g_assert_cmpint (
      rai_test_retailer_int (db, "SELECT COUNT(*) FROM alert WHERE cause = 'overstock/1/2'"), ==,
      1);
}

static void
test_override_is_applied (RaiDb *db) {
  begin (db);
  plan (db);

  int64_t before = rai_test_retailer_int (db, "SELECT proposed FROM order_line WHERE item_id = 1");
  g_autofree char *sql = g_strdup_printf (
      "INSERT INTO forecast_override VALUES ('o1', 1, 1, %d, %d, 300, 'fair', 1, 5, :rev)",
      RAI_TEST_LAST_DAY + 1, RAI_TEST_LAST_DAY + 20);

  rai_test_retailer_change (db, sql);
  plan (db);
  g_assert_cmpint (rai_test_retailer_int (db, "SELECT proposed FROM order_line WHERE item_id = 1"),
                   >, 2 * before);
  rai_test_retailer_change (db, "DELETE FROM forecast_override");
  plan (db);
  g_assert_cmpint (rai_test_retailer_int (db, "SELECT proposed FROM order_line WHERE item_id = 1"),
                   ==, before);
}

static void
test_minimum_order (RaiDb *db) {
  begin (db);
  rai_test_retailer_change (db, "UPDATE supplier SET minimum_order = 60000, rev = :rev");
  plan (db);
  g_assert_cmpint (rai_test_retailer_int (db, "SELECT total FROM purchase_order"), >=, 60000);
  g_assert_cmpint (
      rai_test_retailer_int (
          db, "SELECT COUNT(*) FROM order_line WHERE part_demand + part_safety - part_on_hand - "
              "part_on_order + part_rounding <> proposed"),
      ==, 0);
}

/* The clock, not the newest sale, says what day it is: on a Monday a shop that was closed on Sunday
 * orders from whoever takes orders on Mondays. */
static void
test_closed_yesterday (RaiDb *db) {
  rai_test_retailer_fill (db);
  /* The newest sales are of Saturday 14 February, by which the day after is a Sunday. */
  rai_test_retailer_change (db, "DELETE FROM item_day WHERE day > 20498;"
                                "DELETE FROM site_day WHERE day > 20498;"
                                "DELETE FROM department_day WHERE day > 20498;"
                                "UPDATE site SET last_day = 20498, rev = :rev;"
                                "UPDATE supplier SET order_weekdays = 1, rev = :rev");
  g_setenv ("RETAILAI_NOW", "2026-02-16T06:00:00Z", TRUE);
  forecast (db);
  g_assert_cmpuint (plan (db).orders, ==, 1);
  assert_text (db, "SELECT plan_verdict || ' ' || days_missing FROM site", "orders 0");
  g_assert_cmpint (rai_test_retailer_int (db, "SELECT planned_day FROM site"), ==, 20500);
  g_assert_cmpint (rai_test_retailer_int (db, "SELECT order_day FROM purchase_order"), ==, 20500);

  /* On Tuesday the next chance is Monday, and the plan says so. */
  g_setenv ("RETAILAI_NOW", "2026-02-17T06:00:00Z", TRUE);
  forecast (db);
  g_assert_cmpuint (plan (db).orders, ==, 0);
  assert_text (db, "SELECT plan_verdict || ' ' || days_missing FROM site", "not_due 1");
  g_assert_cmpint (rai_test_retailer_int (db, "SELECT plan_verdict_day FROM site"), ==, 20507);
}

/* Half of a day is no low day, and planning at noon asks for what it did at eight. */
static void
test_during_the_day (RaiDb *db) {
  begin (db);
  plan (db);
  int64_t before = rai_test_retailer_int (db, "SELECT proposed FROM order_line WHERE item_id = 1");
  int64_t mean = rai_test_retailer_int (db, "SELECT CAST(daily * 1000 AS INTEGER) FROM plan WHERE "
                                            "item_id = 1");

  rai_test_retailer_change (
      db, "INSERT INTO item_day (site_id, item_id, day, quantity, revenue, rev) VALUES "
          "(1, 1, 20501, 4000, 1600, :rev);"
          "INSERT INTO site_day VALUES (1, 20501, 4000, 1600, 800, 1, :rev);"
          "UPDATE site SET last_day = 20501, rev = :rev;"
          "UPDATE stock SET on_hand = on_hand - 4000, rev = :rev WHERE item_id = 1");
  g_setenv ("RETAILAI_NOW", "2026-02-17T12:00:00Z", TRUE);
  forecast (db);
  plan (db);
  g_assert_cmpint (rai_test_retailer_int (db, "SELECT proposed FROM order_line WHERE item_id = 1"),
                   ==, before);
  g_assert_cmpint (rai_test_retailer_int (
                       db, "SELECT CAST(daily * 1000 AS INTEGER) FROM plan WHERE item_id = 1"),
                   ==, mean);
  g_assert_cmpint (
      rai_test_retailer_int (db, "SELECT part_on_hand FROM order_line WHERE item_id = 1"), ==,
      11000);
  g_assert_cmpint (rai_test_retailer_int (
                       db, "SELECT part_demand + part_safety - part_on_hand - part_on_order + "
                           "part_rounding - proposed FROM order_line WHERE item_id = 1"),
                   ==, 0);
}

/* What should have come and did not is told once an order, not counted on, and ordered again. */
static void
test_overdue (RaiDb *db) {
  begin (db);
  plan (db);
  rai_test_retailer_change (db, "UPDATE purchase_order SET status = 'approved', rev = :rev");
  g_setenv ("RETAILAI_NOW", "2026-02-19T06:00:00Z", TRUE); /* the day it is due */
  plan (db);
  g_assert_cmpint (
      rai_test_retailer_int (db, "SELECT part_on_order FROM order_line l JOIN purchase_order o ON "
                                 "o.id = l.order_id WHERE o.status = 'proposed' AND item_id = 1"),
      >, 0);
  g_assert_cmpint (
      rai_test_retailer_int (db, "SELECT COUNT(*) FROM alert WHERE kind = 'late_delivery'"), ==, 0);

  g_setenv ("RETAILAI_NOW", "2026-02-20T06:00:00Z", TRUE);
  plan (db);
  assert_text (db, "SELECT reason FROM plan WHERE item_id = 1", "ordered");
  assert_text (db, "SELECT cause || ' ' || value FROM alert WHERE kind = 'late_delivery'",
               rai_db_kind (db) == RAI_DB_SQLITE ? "late_delivery/1/1 3.0" : "late_delivery/1/1 3");
  g_assert_cmpint (
      rai_test_retailer_int (db, "SELECT part_on_order FROM order_line l JOIN purchase_order o ON "
                                 "o.id = l.order_id WHERE o.status = 'proposed' AND item_id = 1"),
      ==, 0);

  rai_test_retailer_change (db, "UPDATE purchase_order SET status = 'received', rev = :rev "
                                "WHERE status = 'approved'");
  plan (db);
  assert_text (db, "SELECT state FROM alert WHERE kind = 'late_delivery'", "resolved");
}

/* "open 6", as the query tells of the late delivery now. */
static char *
late_now (RaiDb *db) {
  g_autoptr (GError) error = NULL;
  g_autoptr (RaiIdentity) system = rai_identity_new_system ();
  g_autoptr (GHashTable) arguments = rai_query_arguments ("site", "1", NULL);
  g_autoptr (RaiRows) rows =
      rai_query_run (db, rai_query_find ("alerts"), system, arguments, &error);
  g_assert_no_error (error);
  for (size_t i = 0; i < rai_rows_count (rows); i++)
    if (g_str_equal (rai_rows_get_text (rows, i, "kind"), "late_delivery"))
      return g_strdup_printf ("%s %.0f", rai_rows_get_text (rows, i, "state"),
                              rai_rows_get_double (rows, i, "value"));
  return g_strdup ("none");
}

static void
assert_late (RaiDb *db, const char *expected) {
  g_autofree char *late = late_now (db);
  g_assert_cmpstr (late, ==, expected);
}

/* Two orders of the same three items, due on the 19th and the 20th, both late on the 21st. */
static void
begin_two_late (RaiDb *db) {
  begin (db);
  plan (db);
  rai_test_retailer_change (
      db, "UPDATE purchase_order SET status = 'approved', rev = :rev;"
          "INSERT INTO purchase_order (id, site_id, supplier_id, status, order_day, delivery_day, "
          "total, rev) SELECT 'second', site_id, supplier_id, status, order_day + 1, "
          "delivery_day + 1, total, :rev FROM purchase_order;"
          "INSERT INTO order_line (order_id, item_id, site_id, quantity, proposed, cost, rev) "
          "SELECT 'second', item_id, site_id, quantity, proposed, cost, :rev FROM order_line");
  g_setenv ("RETAILAI_NOW", "2026-02-21T06:00:00Z", TRUE);
  plan (db);
  assert_late (db, "open 6");
}

/* One alert tells of both orders: it holds as long as one of them is late, whichever comes first,
 * at once and when it is planned next. */
static void
test_two_late (RaiDb *db) {
#define FIRST "status = 'approved' AND id <> 'second'"
#define SECOND "id = 'second'"
  static const char *const ends[][2] = { { "received' WHERE " FIRST, "cancelled' WHERE " SECOND },
                                         { "cancelled' WHERE " SECOND, "received' WHERE " FIRST } };
  begin_two_late (db);
  for (size_t i = 0; i < G_N_ELEMENTS (ends); i++) {
    for (size_t k = 0; k < 2; k++) {
      g_autofree char *sql =
          g_strdup_printf ("UPDATE purchase_order SET rev = :rev, status = '%s", ends[i][k]);
      rai_test_retailer_change (db, sql);
      g_autofree char *now = late_now (db);
      g_assert_true (g_str_has_prefix (now, k == 0 ? "open" : "resolved"));
      plan (db);
      assert_late (db, k == 0 ? "open 3" : now);
    }
    rai_test_retailer_change (db, "UPDATE purchase_order SET status = 'approved', rev = :rev "
                                  "WHERE status IN ('received', 'cancelled');"
                                  "DELETE FROM alert");
    plan (db);
    assert_late (db, "open 6");
  }
}

/* Another that is due on the same day and not late, for its supplier is often so, is no reason. */
static void
test_late_of_two_suppliers (RaiDb *db) {
  begin_two_late (db);
  rai_test_retailer_change (
      db, "INSERT INTO supplier (id, code, name, lead_days, lead_spread, rev) VALUES (9, 'SLOW', "
          "'Slow', 2, 5, :rev);"
          "UPDATE purchase_order SET supplier_id = 9, delivery_day = delivery_day - 1, rev = :rev "
          "WHERE " SECOND);
  plan (db);
  assert_late (db, "open 3");
  rai_test_retailer_change (
      db, "UPDATE purchase_order SET rev = :rev, status = 'received' WHERE " FIRST);
  assert_late (db, "resolved 3");
  plan (db);
  assert_late (db, "resolved 3");
}

/* Ten a day were expected and none was sold: perhaps it is not there. Two of another that sells two
 * a day is luck. A count says how it is. */
static void
test_phantoms (RaiDb *db) {
  rai_test_retailer_fill (db);
  rai_test_retailer_change (db, "DELETE FROM item_day WHERE item_id = 1 AND day > 20495;"
                                "DELETE FROM item_day WHERE item_id = 2 AND day > 20498;"
                                "UPDATE stock SET last_sale = 20495, rev = :rev WHERE item_id = 1;"
                                "UPDATE stock SET last_sale = 20498, rev = :rev WHERE item_id = 2");
  forecast (db);
  plan (db);
  assert_text (db, "SELECT cause FROM alert WHERE kind = 'phantom_stock'", "phantom_stock/1/1");
  g_assert_cmpint (rai_test_retailer_int (db, "SELECT COUNT(*) FROM alert WHERE kind = "
                                              "'phantom_stock' AND day = 20495 AND expected > 30 "
                                              "AND expected < 80 AND value = 15"),
                   ==, 1);

  rai_test_retailer_change (
      db, "INSERT INTO movement (id, site_id, item_id, at, day, kind, quantity, counted, "
          "account_id, rev) VALUES ('01970000-0000-7000-8000-0000000000c1', 1, 1, 1771200000000, "
          "20500, 'count', 0, 15000, 0, :rev)");
  plan (db);
  assert_text (db, "SELECT state FROM alert WHERE kind = 'phantom_stock'", "resolved");
}

/* Late data are planned with as long as they mean something. */
static void
test_late_data (RaiDb *db) {
  rai_test_retailer_fill (db);
  g_setenv ("RETAILAI_NOW", "2026-02-24T06:00:00Z", TRUE);
  forecast (db);
  g_assert_cmpuint (plan (db).orders, ==, 1);
  assert_text (db, "SELECT plan_verdict || ' ' || days_missing FROM site", "orders 6");
  /* What has not come in is unknown: it is no week without demand. */
  g_assert_cmpint (
      rai_test_retailer_int (db, "SELECT COUNT(*) FROM plan WHERE item_id = 1 AND daily > 9 AND "
                                 "daily < 11.5"),
      ==, 1);

  g_setenv ("RETAILAI_NOW", "2026-03-24T06:00:00Z", TRUE);
  forecast (db);
  g_assert_cmpuint (plan (db).orders, ==, 0);
  assert_text (db, "SELECT plan_verdict FROM site", "no_sales_in");
  g_assert_cmpint (rai_test_retailer_int (db, "SELECT plan_verdict_day FROM site"), ==,
                   RAI_TEST_LAST_DAY);

  /* A shop that brings in a file of months ago counts what is there: then that is known. */
  rai_test_retailer_change (
      db, "INSERT INTO movement (id, site_id, item_id, at, day, kind, quantity, counted, "
          "account_id, rev) VALUES ('01970000-0000-7000-8000-0000000000c2', 1, 1, 1774300000000, "
          "20535, 'count', 0, 2000, 0, :rev);"
          "UPDATE stock SET on_hand = 2000, rev = :rev WHERE site_id = 1 AND item_id = 1");
  g_assert_cmpuint (plan (db).orders, ==, 1);
  g_assert_cmpint (rai_test_retailer_int (db, "SELECT COUNT(*) FROM plan WHERE reason = "
                                              "'ordered'"),
                   ==, 1);
  assert_text (db, "SELECT reason FROM plan WHERE item_id = 1", "ordered");
}

/* Five hundred new rows in a file of items are not an order: the first is a person's. */
static void
test_never_sold (RaiDb *db) {
  rai_test_retailer_fill (db);
  rai_test_retailer_change (
      db, "INSERT INTO item (id, sku, name, department_id, supplier_id, pack, price, cost, rev) "
          "VALUES (7, 'I7', 'Item 7', 1, 1, 1000, 400, 200, :rev);"
          "INSERT INTO stock (site_id, item_id, on_hand, tracked, rev) VALUES (1, 7, 0, 1, :rev)");
  forecast (db);
  plan (db);
  assert_text (db, "SELECT status || ' ' || reason FROM plan WHERE item_id = 7",
               "no_data never_sold");
  g_assert_cmpint (rai_test_retailer_int (db, "SELECT COUNT(*) FROM alert WHERE item_id = 7"), ==,
                   0);

  rai_test_retailer_change (
      db, "INSERT INTO movement (id, site_id, item_id, at, day, kind, quantity, account_id, rev) "
          "VALUES ('m1', 1, 7, 0, 20500, 'receive', 1000, 1, :rev);"
          "UPDATE stock SET on_hand = 1000, rev = :rev WHERE item_id = 7");
  plan (db);
  g_autofree char *reason =
      rai_test_retailer_text (db, "SELECT reason FROM plan WHERE item_id = 7");
  g_assert_cmpstr (reason, !=, "never_sold");
}

/* Data of the past are looked at by saying until when. */
static void
test_past (RaiDb *db) {
  g_autoptr (GError) error = NULL;
  RaiPlannerForecastOptions old = { .through = RAI_TEST_LAST_DAY,
                                    .model = "weekday",
                                    .threads = 1 };
  RaiPlannerPlanOptions options = { .through = RAI_DAY_NONE };
  rai_test_retailer_fill (db);
  g_setenv ("RETAILAI_NOW", "2031-02-17T06:00:00Z", TRUE);
  g_assert_false (rai_planner_plan (db, &options, NULL, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_assert_nonnull (strstr (error->message, "--through 2026-02-16"));
  g_clear_error (&error);

  options.through = RAI_TEST_LAST_DAY;
  g_assert_true (rai_planner_forecast (db, &old, NULL, NULL, &error));
  g_assert_true (rai_planner_plan (db, &options, NULL, NULL, &error));
  g_assert_cmpint (rai_test_retailer_int (db, "SELECT planned_day FROM site"), ==,
                   RAI_TEST_LAST_DAY + 1);
  g_assert_cmpint (rai_test_retailer_int (db, "SELECT COUNT(*) FROM purchase_order"), ==, 1);
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  rai_progress_set_quiet (true);
  rai_test_db_add ("/planner-plan/end-to-end", test_end_to_end);
  rai_test_db_add ("/planner-plan/again-changes-nothing", test_again_changes_nothing);
  rai_test_db_add ("/planner-plan/edited-line", test_edited_line_survives);
  rai_test_db_add ("/planner-plan/approved", test_approved_orders_count);
  rai_test_db_add ("/planner-plan/gone", test_proposals_that_are_gone);
  rai_test_db_add ("/planner-plan/alerts", test_alerts);
  rai_test_db_add ("/planner-plan/anomaly", test_anomaly);
  rai_test_db_add ("/planner-plan/drift", test_drift);
  rai_test_db_add ("/planner-plan/resolved-by-a-person", test_what_a_person_resolved_stays_closed);
  rai_test_db_add ("/planner-plan/override", test_override_is_applied);
  rai_test_db_add ("/planner-plan/minimum-order", test_minimum_order);
  rai_test_db_add ("/planner-plan/closed-yesterday", test_closed_yesterday);
  rai_test_db_add ("/planner-plan/during-the-day", test_during_the_day);
  rai_test_db_add ("/planner-plan/overdue", test_overdue);
  rai_test_db_add ("/planner-plan/two-late", test_two_late);
  rai_test_db_add ("/planner-plan/late-of-two-suppliers", test_late_of_two_suppliers);
  rai_test_db_add ("/planner-plan/phantoms", test_phantoms);
  rai_test_db_add ("/planner-plan/late-data", test_late_data);
  rai_test_db_add ("/planner-plan/never-sold", test_never_sold);
  rai_test_db_add ("/planner-plan/past", test_past);

  return rai_test_db_end (g_test_run ());
}
