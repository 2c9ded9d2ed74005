/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/rai-audit.h"

#include "db/rai-db-run.h"
#include "rai-test-db.h"

#define ID "01970000-0000-7000-8000-0000000000c1"
#define OTHER_ID "01970000-0000-7000-8000-0000000000c2"

static void
begin (RaiDb *db) {
  g_autoptr (GError) error = NULL;
  rai_db_begin_write (db, &error);
  g_assert_no_error (error);
}

static void
commit (RaiDb *db) {
  g_autoptr (GError) error = NULL;
  rai_db_commit (db, &error);
  g_assert_no_error (error);
}

static void
write_job (RaiDb *db, const RaiAuditJob *job) {
  g_autoptr (GError) error = NULL;
  begin (db);
  rai_audit_job (db, job, &error);
  g_assert_no_error (error);
  commit (db);
}

static void
check_job (RaiDb *db, const char *id, const char *state, int64_t started_at, int64_t ended_at,
           const char *message) {
  g_autoptr (GError) error = NULL;
  g_autofree char *read_state = NULL, *read_message = NULL;
  int64_t started = -1, ended = -1;
  g_assert_cmpint (rai_db_row (db, &error,
                               "SELECT state, started_at, ended_at, message FROM job WHERE id = ?1",
                               "t>tiit", id, &read_state, &started, &ended, &read_message),
                   ==, RAI_STEP_ROW);
  g_assert_no_error (error);
  g_assert_cmpstr (read_state, ==, state);
  g_assert_cmpint (started, ==, started_at);
  g_assert_cmpint (ended, ==, ended_at);
  g_assert_cmpstr (read_message, ==, message);
}

static void
command_once (RaiDb *db) {
  const RaiAuditEntry entry = {
    .id = ID,
    .name = "stock.count",
    .account_id = 3,
    .site_id = 1,
    .arguments = "{}",
    .status = RAI_AUDIT_APPLIED,
    .answer = "{\"result\":{}}",
    .summary = "Count: butter",
    .acted_at = 1000,
    .received_at = 2000,
    .rev = 5,
  };
  g_autoptr (GError) error = NULL;
  begin (db);
  rai_audit_command (db, &entry, &error);
  g_assert_no_error (error);
  commit (db);

  int64_t n = 0;
  rai_db_row (db, &error,
              "SELECT count(*) FROM command_log"
              " WHERE name = 'stock.count' AND account_id = 3 AND site_id = 1 AND arguments = '{}'"
              " AND status = 'applied' AND answer = '{\"result\":{}}'"
              " AND summary = 'Count: butter' AND acted_at = 1000 AND received_at = 2000"
              " AND device = '' AND rev = 5",
              ">i", &n);
  g_assert_no_error (error);
  g_assert_cmpint (n, ==, 1);

  /* The id is the key: what was answered once stays. */
  begin (db);
  g_assert_false (rai_audit_command (db, &entry, &error));
  g_assert_error (error, RAI_DB_ERROR, RAI_DB_ERROR_CONSTRAINT);
  rai_db_rollback (db);
}

static void
job_runs_and_ends (RaiDb *db) {
  RaiAuditJob job = {
    .id = ID, .kind = "plan", .state = RAI_JOB_RUNNING, .started_at = 10, .message = "", .rev = 1
  };
  write_job (db, &job);
  check_job (db, ID, "running", 10, -1, "");

  job.state = RAI_JOB_DONE;
  job.ended_at = 20;
  job.message = "3 orders";
  write_job (db, &job);
  check_job (db, ID, "done", 10, 20, "3 orders");
}

/* A crash leaves a job running; the next of its kind says so. */
static void
interrupted (RaiDb *db) {
  const RaiAuditJob plan = {
    .id = ID, .kind = "plan", .state = RAI_JOB_RUNNING, .started_at = 10, .message = "", .rev = 1
  };
  const RaiAuditJob forecast = { .id = OTHER_ID,
                                 .kind = "forecast",
                                 .state = RAI_JOB_RUNNING,
                                 .started_at = 11,
                                 .message = "",
                                 .rev = 1 };
  write_job (db, &plan);
  write_job (db, &forecast);

  g_autoptr (GError) error = NULL;
  begin (db);
  rai_audit_interrupted (db, "plan", 30, 2, &error);
  g_assert_no_error (error);
  commit (db);
  check_job (db, ID, "failed", 10, 30, "interrupted");
  check_job (db, OTHER_ID, "running", 11, -1, "");
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  rai_test_db_add ("/db/audit/command-once", command_once);
  rai_test_db_add ("/db/audit/job-runs-and-ends", job_runs_and_ends);
  rai_test_db_add ("/db/audit/interrupted", interrupted);
  return rai_test_db_end (g_test_run ());
}
