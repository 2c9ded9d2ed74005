/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/model/rai-words.h"

#include "client/pages/rai-forecast-words.h"
#include "core/rai-method.h"
#include "db/rai-query.h"
#include "rai-test-db.h"

static RaiRow *
first_row (RaiDb *db, const char *query, const char *sql) {
  GError *error = NULL;
  g_autoptr (RaiIdentity) system = rai_identity_new_system ();
  rai_db_exec (db, sql, &error);
  g_assert_no_error (error);
  g_autoptr (GHashTable) arguments = g_str_equal (query, "sites")
                                         ? rai_query_arguments (NULL, NULL)
                                         : rai_query_arguments ("site", "1", NULL);
  g_autoptr (RaiRows) rows = rai_query_run (db, rai_query_find (query), system, arguments, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (rai_rows_count (rows), >, 0);

  return rai_row_new (rows, 0, 0);
}

static void
check_status (RaiDb *db, const char *status, const char *cover, const char *expected,
              RaiTone expected_tone) {
  g_autofree char *sql = g_strdup_printf ("DELETE FROM plan; INSERT INTO plan (site_id, item_id, "
                                          "status, reason, daily, cover_days, stockout_day, "
                                          "lead_days, "
                                          "order_point, order_up_to, rev) SELECT 1, id, '%s', "
                                          "'enough', 2.5, %s, 20503, 2, 1, 1, 1 FROM item",
                                          status, cover);

  g_autoptr (RaiRow) row = first_row (db, "items", sql);
  RaiTone tone;
  g_autofree char *words = rai_words_stock_status (row, 20501, &tone);

  g_assert_cmpstr (words, ==, expected);
  g_assert_cmpint (tone, ==, expected_tone);
}

static void
test_status (RaiDb *db) {
  rai_test_db_fill (db);
  rai_db_exec (db, "UPDATE stock SET tracked = 1", NULL);
  check_status (db, "fine", "9", "Fine", RAI_TONE_FINE);
  check_status (db, "runs_out", "2", "Runs out Thu", RAI_TONE_ATTENTION);
  check_status (db, "out", "0", "Out of stock", RAI_TONE_LOSS);
  check_status (db, "over", "41",
                "Lasts 41\xc2\xa0"
                "days",
                RAI_TONE_PLAIN);
  check_status (db, "no_data", "NULL", "No forecast yet", RAI_TONE_PLAIN);
}

static void
check_cover (RaiDb *db, const char *on_hand, const char *cover, int expected) {
  g_autofree char *sql = g_strdup_printf (
      "UPDATE stock SET on_hand = %s; UPDATE plan SET cover_days = %s", on_hand, cover);
  g_autoptr (RaiRow) row = first_row (db, "items", sql);
  g_assert_cmpint (rai_words_cover_days (row), ==, expected);
}

/* Today the store is closed: what there is lasts through it, and what is out does not. */
static void
test_cover (RaiDb *db) {
  rai_test_db_fill (db);
  rai_db_exec (db, "UPDATE stock SET tracked = 1", NULL);
  check_status (db, "fine", "1", "Fine", RAI_TONE_FINE);
  check_cover (db, "1000", "1", 1);
  check_cover (db, "0", "1", 0);
  check_cover (db, "-2000", "1", 0);
  check_cover (db, "1000", "NULL", -1);
}

static void
check_alert (RaiDb *db, const char *kind, const char *expected) {
  g_autofree char *sql = g_strdup_printf (
      "UPDATE alert SET kind = '%s', day = 20502, value = 14, expected = 3.5, state = 'open'",
      kind);
  g_autoptr (RaiRow) row = first_row (db, "alerts", sql);
  g_autofree char *words = rai_words_alert (row, 20501, "EUR");
  g_assert_cmpstr (words, ==, expected);
}

static void
check_no_order (RaiDb *db, const char *verdict, const char *expected) {
  g_autofree char *sql = g_strdup_printf (
      "UPDATE site SET plan_verdict = '%s', plan_verdict_day = 20502, days_missing = 2, "
      "last_day = 20498, planned_day = 20501",
      verdict);
  g_autoptr (RaiRow) row = first_row (db, "sites", sql);
  g_autofree char *words = rai_words_no_order (row, 20501);
  g_assert_cmpstr (words, ==, expected);
}

/* Why there is no order, and what has not come in. */
static void
test_plans (RaiDb *db) {
  rai_test_db_fill (db);
  check_no_order (db, "orders", NULL);
  check_no_order (db, "not_due", "Nothing can be ordered before tomorrow.");
  check_no_order (db, "enough", "Nothing is short.");
  check_no_order (db, "minimum_order",
                  "What is short can wait until it reaches the supplier’s minimum order.");
  check_no_order (db, "not_counted", "No stock is known yet: count it or receive goods.");
  check_no_order (db, "no_supplier", "What sells has no supplier.");
  check_no_order (db, "new", "Everything is too new to know how it sells.");
  check_no_order (db, "no_demand", "What is kept hardly sells any more.");
  check_no_order (db, "closed", "The store is closed for the weeks ahead.");

  g_autoptr (RaiRow) row = first_row (db, "sites", "UPDATE site SET days_missing = 2");
  g_autofree char *missing = rai_words_sales_missing (row, 20501);
  g_assert_true (g_str_has_prefix (missing, "No sales have come in since "));
  g_autofree char *come = rai_words_sales_missing (row, 20499);
  g_assert_null (come);
}

static void
test_alerts (RaiDb *db) {
  rai_test_db_fill (db);
  check_alert (db, "stock_out", "Nothing left. It usually sells 3.5 a day.");
  check_alert (db, "stock_out_predicted",
               "Runs out tomorrow: 14 in stock, it usually sells 3.5 a day.");
  check_alert (db, "overstock", "14 in stock, 3.5 would do.");
  check_alert (db, "sales_anomaly", "Sold 14 tomorrow, expected were 3.5.");
  check_alert (db, "forecast_drift",
               "A day’s takings were missed by 1,400\xc2\xa0% over four weeks, 350\xc2\xa0% is "
               "usual. See what changed; "
               "the next forecast learns from it.");
  check_alert (db, "phantom_stock",
               "14 by the books, last sold tomorrow, and 3.5 more were expected since. Count it.");
  check_alert (db, "late_delivery",
               "Its delivery was due tomorrow and has not come: 14 items are missing. They are not "
               "counted on any more.");
  check_alert (db, "job_failed", "Forecasts and orders were not renewed tomorrow.");
  check_alert (db, "something_new", "something_new");
  rai_db_exec (db, "UPDATE alert SET item_id = 0", NULL);
  check_alert (db, "sales_anomaly",
               "Took 0\xc2\xa0"
               "EUR tomorrow, expected were 0\xc2\xa0"
               "EUR.");
}

/* Where each kind leads to, and by which button. */
static void
test_alert_help (void) {
  static const struct {
    const char *kind, *page, *action;
  } cases[] = {
    { "stock_out", "orders", "See the order" },
    { "stock_out_predicted", "orders", "See the order" },
    { "overstock", "inventory", "See the item" },
    { "sales_anomaly", "forecast", "See the forecast" },
    { "negative_stock", "inventory", "See the item" },
    { "forecast_drift", "forecast", "See the forecast" },
    { "job_failed", "changes", "See the details" },
    { "something_new", "inventory", "See the item" },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_assert_cmpstr (rai_words_alert_page (cases[i].kind), ==, cases[i].page);
    g_assert_cmpstr (rai_words_alert_action (cases[i].kind), ==, cases[i].action);
  }

  g_assert_cmpstr (rai_words_alert_kind ("overstock"), ==, "Too much in stock");
  g_assert_cmpstr (rai_words_alert_kind ("something_new"), ==, "something_new");
}

static void
test_reasons (void) {
  g_assert_cmpstr (rai_words_not_ordered ("no_supplier"), ==, "It has no supplier");
  g_assert_cmpstr (rai_words_not_ordered ("something_new"), ==, "something_new");
  g_assert_cmpstr (rai_words_movement ("count"), ==, "Count");
  g_assert_cmpstr (rai_words_order_status (NULL), ==, "");
}

/* No name of a model reaches people as it is. */
static void
test_models (void) {
  for (int i = 0; i < RAI_N_METHODS; i++) {
    const char *id = rai_method_id ((RaiMethod) i);
    g_autofree char *title = rai_forecast_model_title (id);
    g_test_message ("%s: %s", id, title);
    g_assert_cmpint (g_ascii_strcasecmp (title, id), !=, 0);
  }
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  rai_test_db_add ("/client/words/status", test_status);
  rai_test_db_add ("/client/words/cover", test_cover);
  rai_test_db_add ("/client/words/alerts", test_alerts);
  rai_test_db_add ("/client/words/plans", test_plans);
  g_test_add_func ("/client/words/alert-help", test_alert_help);
  g_test_add_func ("/client/words/models", test_models);
  g_test_add_func ("/client/words/reasons", test_reasons);
  return rai_test_db_end (g_test_run ());
}
