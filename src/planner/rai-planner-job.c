/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "planner/rai-planner-job.h"

#include "db/rai-audit.h"
#include "planner/rai-alert-writer.h"
#include "util/rai-clock.h"
#include "util/rai-day.h"

#include <gio/gio.h>

static bool
insert_running (RaiPlannerJob *job, RaiDb *db, GError **error) {
  int64_t revision;
  if (!rai_db_revision (db, &revision, error) ||
      !rai_audit_interrupted (db, job->kind, job->started_at, revision, error))
    return false;

  const RaiAuditJob row = {
    .id = job->id,
    .kind = job->kind,
    .state = RAI_JOB_RUNNING,
    .started_at = job->started_at,
    .message = "",
    .rev = revision,
  };
  return rai_audit_job (db, &row, error);
}

bool
rai_planner_job_begin (RaiPlannerJob *job, RaiDb *db, const char *kind, GError **error) {
  rai_uuid_new (job->id);
  job->kind = kind;
  job->started_at = rai_now_ms ();
  if (!rai_db_take_planner_lock (db, error) || !rai_db_begin_write (db, error))
    return false;
  if (insert_running (job, db, error) && rai_db_commit (db, error))
    return true;

  rai_db_rollback (db);
  return false;
}

static bool
finish (const RaiPlannerJob *job, RaiDb *db, const char *arguments, bool done, const char *summary,
        GError **error) {
  int64_t revision;
  if (!rai_db_revision (db, &revision, error))
    return false;

  const int64_t now = rai_now_ms ();
  const RaiAuditJob row = {
    .id = job->id,
    .kind = job->kind,
    .state = done ? RAI_JOB_DONE : RAI_JOB_FAILED,
    .started_at = job->started_at,
    .ended_at = now,
    .message = summary,
    .rev = revision,
  };
  g_autofree char *name = g_strconcat ("planner.", job->kind, NULL);
  const RaiAuditEntry entry = {
    .id = job->id,
    .name = name,
    .arguments = arguments,
    .status = done ? RAI_AUDIT_APPLIED : RAI_AUDIT_REJECTED,
    .answer = "{}",
    .summary = summary,
    .acted_at = job->started_at,
    .received_at = now,
    .rev = revision,
  };

  return rai_audit_job (db, &row, error) && rai_audit_command (db, &entry, error);
}

bool
rai_planner_job_done (RaiPlannerJob *job, RaiDb *db, const char *arguments, const char *summary,
                      GError **error) {
  if (!rai_db_begin_write (db, error))
    return false;
  if (finish (job, db, arguments, true, summary, error) && rai_db_commit (db, error))
    return true;
  rai_db_rollback (db);
  return false;
}

/* What a person stopped, and what had nothing to plan, needs nobody's attention. */
static bool
is_alarming (const GError *failure) {
  return !g_error_matches (failure, G_IO_ERROR, G_IO_ERROR_CANCELLED) &&
         !g_error_matches (failure, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
}

void
rai_planner_job_failed (RaiPlannerJob *job, RaiDb *db, const char *arguments,
                        const GError *failure) {
  if (rai_db_in_transaction (db))
    rai_db_rollback (db);

  /* The failure itself is what the caller reports; a database that is gone cannot be told about
   * it. */
  if (!rai_db_begin_write (db, NULL))
    return;
  if (!finish (job, db, arguments, false, failure != NULL ? failure->message : "failed", NULL) ||
      (is_alarming (failure) && !rai_alert_job_failed (db, NULL)) || !rai_db_commit (db, NULL))
    rai_db_rollback (db);
}
