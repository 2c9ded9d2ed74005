/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "planner/rai-planner-due.h"

#include "planner/rai-planner-forecast.h"
#include "planner/rai-planner-job.h"
#include "planner/rai-planner-plan.h"
#include "rai-test-db.h"
#include "rai-test-retailer.h"
#include "util/rai-progress.h"

/* In Berlin the day after RAI_TEST_LAST_DAY (2026-02-16) begins at 23:00 UTC the evening before. */
#define LAST_EVENING "2026-02-16T22:59:00Z"
#define NEXT_MIDNIGHT "2026-02-16T23:01:00Z"
#define NEXT_MORNING RAI_TEST_NOW
#define A_QUARTER_LATER "2026-02-17T06:15:00Z"
#define A_DAY_LATER "2026-02-18T06:00:00Z"

static bool
is_due (RaiDb *db, const char *now) {
  g_autoptr (GError) error = NULL;
  bool due = false;
  g_setenv ("RETAILAI_NOW", now, TRUE);
  g_assert_true (rai_planner_is_due (db, &due, &error));
  g_assert_no_error (error);
  return due;
}

static void
plan_all (RaiDb *db) {
  g_autoptr (GError) error = NULL;
  RaiPlannerForecastOptions forecast = { .through = RAI_DAY_NONE,
                                         .model = "weekday",
                                         .threads = 1 };
  RaiPlannerPlanOptions plan = { .through = RAI_DAY_NONE };
  g_assert_true (rai_planner_forecast (db, &forecast, NULL, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (rai_planner_plan (db, &plan, NULL, NULL, &error));
  g_assert_no_error (error);
}

/* Each day once, whenever it begins where the store is, whether or not there were sales. */
static void
test_every_day (RaiDb *db) {
  g_assert_false (is_due (db, NEXT_MORNING)); /* there is no store yet */
  rai_test_retailer_fill (db);
  rai_test_retailer_change (db, "UPDATE site SET zone = 'Europe/Berlin', rev = :rev");
  g_assert_true (is_due (db, LAST_EVENING));
  plan_all (db);
  g_assert_false (is_due (db, LAST_EVENING));
  g_assert_true (is_due (db, NEXT_MIDNIGHT));
  plan_all (db);
  g_assert_false (is_due (db, NEXT_MORNING));
  g_assert_true (is_due (db, A_DAY_LATER));
  plan_all (db);
  g_assert_false (is_due (db, A_DAY_LATER));
  g_assert_false (is_due (db, "2028-02-18T06:00:00Z")); /* it sold nothing for two years */
}

/* What is counted for the first time is planned at once, and once. */
static void
test_first_count (RaiDb *db) {
  g_autoptr (GError) error = NULL;
  bool outdone;
  rai_test_retailer_fill (db);
  rai_test_retailer_change (db, "UPDATE stock SET tracked = 0, rev = :rev");
  g_assert_true (is_due (db, NEXT_MORNING));
  plan_all (db);
  g_assert_true (rai_planner_is_outdone (db, &outdone, &error));
  g_assert_false (outdone);

  rai_test_retailer_change (db, "UPDATE stock SET tracked = 1, rev = :rev WHERE item_id = 1");
  g_assert_false (is_due (db, NEXT_MORNING));
  g_assert_true (rai_planner_is_outdone (db, &outdone, &error));
  g_assert_true (outdone);
  plan_all (db);
  g_assert_true (rai_planner_is_outdone (db, &outdone, &error));
  g_assert_false (outdone);
  g_assert_no_error (error);
}

/* What was only forecast was not planned. */
static void
test_forecast_alone (RaiDb *db) {
  g_autoptr (GError) error = NULL;
  RaiPlannerForecastOptions forecast = { .through = RAI_DAY_NONE,
                                         .model = "weekday",
                                         .threads = 1 };
  rai_test_retailer_fill (db);
  g_setenv ("RETAILAI_NOW", NEXT_MORNING, TRUE);
  g_assert_true (rai_planner_forecast (db, &forecast, NULL, NULL, &error));
  g_assert_true (is_due (db, NEXT_MORNING));
}

/* A failure is told to the store, tried again after a while, and the next plan takes it back. */
static void
test_failure (RaiDb *db) {
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) failure = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_FAILED, "no room");
  RaiPlannerJob job;
  rai_test_retailer_fill (db);
  g_assert_true (is_due (db, NEXT_MORNING));
  g_assert_true (rai_planner_job_begin (&job, db, "plan", &error));
  rai_planner_job_failed (&job, db, "{}", failure);
  g_assert_false (is_due (db, NEXT_MORNING));
  g_assert_true (is_due (db, A_QUARTER_LATER));
  g_assert_cmpint (
      rai_test_retailer_int (db, "SELECT COUNT(*) FROM alert WHERE kind = 'job_failed' AND "
                                 "site_id = 1 AND state = 'open'"),
      ==, 1);

  /* Once more is not told twice. */
  g_assert_true (rai_planner_job_begin (&job, db, "plan", &error));
  rai_planner_job_failed (&job, db, "{}", failure);
  g_assert_cmpint (
      rai_test_retailer_int (db, "SELECT COUNT(*) FROM alert WHERE kind = 'job_failed'"), ==, 1);

  plan_all (db);
  g_assert_cmpint (
      rai_test_retailer_int (db, "SELECT COUNT(*) FROM alert WHERE kind = 'job_failed' AND "
                                 "state <> 'resolved'"),
      ==, 0);
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  rai_progress_set_quiet (true);
  rai_test_db_add ("/planner-due/every-day", test_every_day);
  rai_test_db_add ("/planner-due/first-count", test_first_count);
  rai_test_db_add ("/planner-due/forecast-alone", test_forecast_alone);
  rai_test_db_add ("/planner-due/failure", test_failure);

  return rai_test_db_end (g_test_run ());
}
