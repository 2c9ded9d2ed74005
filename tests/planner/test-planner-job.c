/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "planner/rai-planner-job.h"

#include "rai-test-db.h"
#include "rai-test-retailer.h"

#include <gio/gio.h>

static RaiPlannerJob
begin (RaiDb *db, const char *kind) {
  g_autoptr (GError) error = NULL;
  RaiPlannerJob job;
  rai_planner_job_begin (&job, db, kind, &error);
  g_assert_no_error (error);
  g_assert_false (rai_db_in_transaction (db));
  return job;
}

static void
done (RaiDb *db) {
  g_autoptr (GError) error = NULL;
  RaiPlannerJob job = begin (db, "plan");
  g_assert_cmpint (rai_test_retailer_int (db, "SELECT count(*) FROM job"
                                              " WHERE kind = 'plan' AND state = 'running'"
                                              " AND ended_at IS NULL"),
                   ==, 1);
  g_assert_cmpint (rai_test_retailer_int (db, "SELECT count(*) FROM command_log"), ==, 0);

  rai_planner_job_done (&job, db, "{\"site\":1}", "3 orders", &error);
  g_assert_no_error (error);
  g_assert_cmpint (
      rai_test_retailer_int (db, "SELECT count(*) FROM job j JOIN command_log c ON c.id = j.id"
                                 " WHERE j.state = 'done' AND j.message = '3 orders'"
                                 " AND j.ended_at >= j.started_at AND c.name = 'planner.plan'"
                                 " AND c.status = 'applied' AND c.arguments = '{\"site\":1}'"
                                 " AND c.answer = '{}' AND c.summary = '3 orders'"
                                 " AND c.acted_at = j.started_at AND c.received_at = j.ended_at"
                                 " AND c.account_id = 0 AND c.rev = j.rev"),
      ==, 1);
}

/* What was half written goes, and the log says why. */
static void
failed (RaiDb *db) {
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) failure = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_FAILED, "no room");
  RaiPlannerJob job = begin (db, "forecast");
  g_assert_true (rai_db_begin_write (db, &error));
  rai_db_exec (db, "INSERT INTO meta (key, value) VALUES ('half', 'written')", &error);
  g_assert_no_error (error);

  rai_planner_job_failed (&job, db, "{}", failure);
  g_assert_false (rai_db_in_transaction (db));
  g_assert_cmpint (rai_test_retailer_int (db, "SELECT count(*) FROM meta WHERE key = 'half'"), ==,
                   0);
  g_assert_cmpint (
      rai_test_retailer_int (db, "SELECT count(*) FROM job j JOIN command_log c ON c.id = j.id"
                                 " WHERE j.state = 'failed' AND j.message = 'no room'"
                                 " AND c.status = 'rejected' AND c.name = 'planner.forecast'"),
      ==, 1);
}

static void
after_a_crash (RaiDb *db) {
  begin (db, "plan");
  begin (db, "forecast");
  begin (db, "plan");
  g_assert_cmpint (rai_test_retailer_int (db, "SELECT count(*) FROM job"
                                              " WHERE kind = 'plan' AND state = 'failed'"
                                              " AND message = 'interrupted'"),
                   ==, 1);
  g_assert_cmpint (rai_test_retailer_int (db, "SELECT count(*) FROM job WHERE state = 'running'"),
                   ==, 2);
}

/* Two that plan at once would write each other's orders: the second is sent away. */
static void
one_at_a_time (const void *data) {
  g_autoptr (GError) error = NULL;
  g_autofree char *url = NULL;
  const RaiDbKind kind = (RaiDbKind) GPOINTER_TO_INT (data);
  if (kind == RAI_DB_POSTGRESQL && !rai_test_db_have_postgresql ()) {
    g_test_skip ("PostgreSQL is not installed");
    return;
  }

  g_autoptr (RaiDb) db = rai_test_db_new_at (kind, &url);
  g_autoptr (RaiDb) other = rai_db_open (url, 0, &error);
  g_assert_no_error (error);
  RaiPlannerJob job = begin (db, "plan"), second;
  g_assert_false (rai_planner_job_begin (&second, other, "plan", &error));
  g_assert_error (error, RAI_DB_ERROR, RAI_DB_ERROR_BUSY);
  g_clear_error (&error);

  rai_planner_job_done (&job, db, "{}", "", NULL);
  g_clear_pointer (&db, rai_db_close);
  /* PostgreSQL learns in its own time that a connection has ended. */
  for (int i = 0; i < 500 && !rai_planner_job_begin (&second, other, "plan", &error); i++) {
    g_assert_error (error, RAI_DB_ERROR, RAI_DB_ERROR_BUSY);
    g_clear_error (&error);
    g_usleep (10000);
  }
  g_assert_cmpint (
      rai_test_retailer_int (other, "SELECT COUNT(*) FROM job WHERE state = 'running'"), ==, 1);
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  rai_test_db_add ("/planner/job/done", done);
  rai_test_db_add ("/planner/job/failed", failed);
  rai_test_db_add ("/planner/job/after-a-crash", after_a_crash);
  g_test_add_data_func ("/planner/job/one-at-a-time/sqlite", GINT_TO_POINTER (RAI_DB_SQLITE),
                        one_at_a_time);
  g_test_add_data_func ("/planner/job/one-at-a-time/postgresql",
                        GINT_TO_POINTER (RAI_DB_POSTGRESQL), one_at_a_time);
  return rai_test_db_end (g_test_run ());
}
