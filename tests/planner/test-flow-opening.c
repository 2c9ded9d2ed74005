/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A person says when a store opens: forecast, orders and what counts as missing follow with the
 * next planning, whatever was sold before. */
#include "command/rai-command.h"
#include "planner/rai-forecast-row.h"
#include "planner/rai-planner-forecast.h"
#include "planner/rai-planner-plan.h"
#include "rai-test-db.h"
#include "rai-test-retailer.h"
#include "util/rai-uuid.h"

/* The store never sold on a Sunday, and twice as much on Saturdays. Today is Tuesday. */
#define TODAY (RAI_TEST_LAST_DAY + 1)
#define SATURDAY (TODAY + 4)
#define SUNDAY (TODAY + 5)
#define EVERY_DAY "127"
#define NO_SATURDAY "31"

static void
say (RaiDb *db, const char *command, const char *arguments) {
  g_autoptr (RaiIdentity) caller = rai_identity_new_system ();
  g_autoptr (GError) error = NULL;
  char id[RAI_UUID_SIZE];
  RaiCommandCall call = { g_strdup (rai_uuid_new (id)), g_strdup (command), g_strdup (arguments), 0,
                          NULL };
  RaiAnswer answer = { 0 };
  rai_command_run_once (db, caller, &call, &answer, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (answer.message, ==, NULL);
  rai_answer_clear (&answer);
  rai_command_call_clear (&call);
}

#define SAY_WEEKDAYS(weekdays) "{\"site\":1,\"open_weekdays\":" weekdays "}"

static void
forecast (RaiDb *db, const char *model) {
  g_autoptr (GError) error = NULL;
  RaiPlannerForecastOptions options = { .through = RAI_DAY_NONE, .model = model, .threads = 1 };
  RaiPlannerForecastSummary summary;
  rai_planner_forecast (db, &options, &summary, NULL, &error);
  g_assert_no_error (error);
}

static void
plan (RaiDb *db) {
  g_autoptr (GError) error = NULL;
  RaiPlannerPlanOptions options = { .through = RAI_DAY_NONE };
  g_auto (RaiPlannerPlanSummary) summary = { 0 };
  rai_planner_plan (db, &options, &summary, NULL, &error);
  g_assert_no_error (error);
}

/* What is forecast of item 1 for a day: it sells 10, 20 on Saturdays. */
static double
mean_of (RaiDb *db, RaiDay day) {
  g_autoptr (GError) error = NULL;
  RaiStatement *statement = rai_db_prepare (db,
                                            "SELECT node_id, first_day, horizon, means, quantiles, "
                                            "part_names, parts, dispersion FROM forecast "
                                            "WHERE level = 'item' AND site_id = 1 AND node_id = 1",
                                            &error);
  g_assert_no_error (error);
  g_assert_cmpint (rai_statement_step (statement, &error), ==, RAI_STEP_ROW);

  g_auto (RaiForecastRow) row = { 0 };
  g_assert_true (rai_forecast_row_read (&row, statement));
  rai_statement_reset (statement);
  return row.numbers.means[day - row.first_day];
}

static int64_t
missing (RaiDb *db, const char *now) {
  g_setenv ("RETAILAI_NOW", now, TRUE);
  plan (db);
  const int64_t days = rai_test_retailer_int (db, "SELECT days_missing FROM site");
  g_setenv ("RETAILAI_NOW", RAI_TEST_NOW, TRUE);
  return days;
}

/* The first Sunday is forecast like a day of the week, not as nothing. */
static void
test_begins (RaiDb *db) {
  static const char *const models[] = { NULL, "weekday", "ets", "snaive" };
  rai_test_retailer_fill (db);
  forecast (db, NULL);
  g_assert_cmpfloat (mean_of (db, SUNDAY), ==, 0);

  say (db, "site.edit", SAY_WEEKDAYS (EVERY_DAY));
  for (size_t i = 0; i < G_N_ELEMENTS (models); i++) {
    forecast (db, models[i]);
    g_assert_cmpfloat_with_epsilon (mean_of (db, SUNDAY), 12, 3);
    g_assert_cmpfloat_with_epsilon (mean_of (db, SUNDAY + 7), 12, 3);
    g_assert_cmpfloat_with_epsilon (mean_of (db, SATURDAY), 20, 3);
  }
  /* Data that are late are late on Sunday too. */
  g_assert_cmpint (missing (db, "2026-02-23T06:00:00Z"), ==, 6);
}

/* A Saturday that is no opening day any more has no forecast, and nothing is missing of it. */
static void
test_ends (RaiDb *db) {
  rai_test_retailer_fill (db);
  forecast (db, NULL);
  g_assert_cmpfloat_with_epsilon (mean_of (db, SATURDAY), 20, 3);
  g_assert_cmpint (missing (db, "2026-02-23T06:00:00Z"), ==, 5);

  say (db, "site.edit", SAY_WEEKDAYS (NO_SATURDAY));
  forecast (db, NULL);
  g_assert_cmpfloat (mean_of (db, SATURDAY), ==, 0);
  g_assert_cmpfloat (mean_of (db, SATURDAY + 7), ==, 0);
  g_assert_cmpfloat_with_epsilon (mean_of (db, SATURDAY - 1), 10, 2);
  g_assert_cmpint (missing (db, "2026-02-23T06:00:00Z"), ==, 4);
}

/* When what is ordered on Friday comes, two days later if the store is open by then. */
static RaiDay
delivery_of_friday (RaiDb *db) {
  g_setenv ("RETAILAI_NOW", "2026-02-20T06:00:00Z", TRUE);
  plan (db);
  g_setenv ("RETAILAI_NOW", RAI_TEST_NOW, TRUE);
  return (RaiDay) rai_test_retailer_int (db, "SELECT next_delivery FROM plan WHERE item_id = 1");
}

/* Deliveries go by the same days as the forecast: a weekday on which nothing is sold is closed
 * without anybody's word, and one that tills began to sell on is open although no file said so. */
static void
test_deliveries (RaiDb *db) {
  rai_test_retailer_fill (db);
  forecast (db, "weekday");
  g_assert_cmpint (delivery_of_friday (db), ==, SUNDAY + 1);
  rai_test_retailer_change (db, "UPDATE site SET open_weekdays = 63, rev = :rev;"
                                "INSERT INTO site_day VALUES (1, 20499, 9000, 900, 400, 5, :rev),"
                                " (1, 20492, 9000, 900, 400, 5, :rev),"
                                " (1, 20485, 9000, 900, 400, 5, :rev)");
  g_assert_cmpint (delivery_of_friday (db), ==, SUNDAY);

  say (db, "site.edit", SAY_WEEKDAYS ("63"));
  g_assert_cmpint (delivery_of_friday (db), ==, SUNDAY + 1);
  say (db, "site.set_day", "{\"site\":1,\"day\":\"2026-02-22\",\"opened\":true}");
  g_assert_cmpint (delivery_of_friday (db), ==, SUNDAY);
}

/* Sixty days without any sale, and three with some since Saturday: it is planned on the weekdays
 * that were usual before, as much as sold then, and what is late now is missing. */
static void
test_shut (RaiDb *db) {
  static const char *const models[] = { NULL, "weekday", "ets" };
  rai_test_retailer_fill (db);
  rai_test_retailer_change (db, "DELETE FROM item_day WHERE day BETWEEN 20438 AND 20497;"
                                "DELETE FROM site_day WHERE day BETWEEN 20438 AND 20497;"
                                "DELETE FROM department_day WHERE day BETWEEN 20438 AND 20497");
  for (size_t i = 0; i < G_N_ELEMENTS (models); i++) {
    forecast (db, models[i]);
    for (RaiDay day = TODAY; day < TODAY + 14; day++) {
      const int weekday = rai_day_weekday (day);
      const double usual = weekday == 7 ? 0 : weekday == 6 ? 20 : 10;
      g_assert_cmpfloat_with_epsilon (mean_of (db, day), usual, 0.01 + usual * 0.25);
    }
  }
  g_assert_cmpint (delivery_of_friday (db), ==, SUNDAY + 1);
  g_assert_cmpint (missing (db, "2026-02-23T06:00:00Z"), ==, 5);
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  rai_test_db_add ("/flow-opening/begins", test_begins);
  rai_test_db_add ("/flow-opening/ends", test_ends);
  rai_test_db_add ("/flow-opening/deliveries", test_deliveries);
  rai_test_db_add ("/flow-opening/shut", test_shut);
  return rai_test_db_end (g_test_run ());
}
