/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/rai-audit.h"

#include "db/rai-db-run.h"

static const char *const job_states[] = {
  [RAI_JOB_RUNNING] = "running",
  [RAI_JOB_DONE] = "done",
  [RAI_JOB_FAILED] = "failed",
};

bool
rai_audit_command (RaiDb *db, const RaiAuditEntry *entry, GError **error) {
  return rai_db_run (db, error,
                     "INSERT INTO command_log (id, name, account_id, site_id, arguments, status,"
                     " answer, summary, acted_at, received_at, device, rev)"
                     " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
                     "ttiittttiiti", entry->id, entry->name, entry->account_id, entry->site_id,
                     entry->arguments, entry->status, entry->answer, entry->summary,
                     entry->acted_at, entry->received_at,
                     entry->device != NULL ? entry->device : "", entry->rev);
}

bool
rai_audit_job (RaiDb *db, const RaiAuditJob *job, GError **error) {
  const int64_t *ended_at = job->state != RAI_JOB_RUNNING ? &job->ended_at : NULL;
  return rai_db_run (db, error,
                     "INSERT INTO job (id, kind, state, started_at, ended_at, message, rev)"
                     " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)"
                     " ON CONFLICT (id) DO UPDATE"
                     " SET state = excluded.state, ended_at = excluded.ended_at,"
                     " message = excluded.message, rev = excluded.rev",
                     "tttiIti", job->id, job->kind, job_states[job->state], job->started_at,
                     ended_at, job->message, job->rev);
}

bool
rai_audit_interrupted (RaiDb *db, const char *kind, int64_t now, int64_t rev, GError **error) {
  return rai_db_run (db, error,
                     "UPDATE job"
                     " SET state = ?1, ended_at = ?2, message = 'interrupted', rev = ?3"
                     " WHERE kind = ?4 AND state = ?5",
                     "tiitt", job_states[RAI_JOB_FAILED], now, rev, kind,
                     job_states[RAI_JOB_RUNNING]);
}

bool
rai_audit_failed_at (RaiDb *db, const char *kind, int64_t *at, GError **error) {
  *at = 0;
  return rai_db_row (db, error, "SELECT MAX(ended_at) FROM job WHERE kind = ?1 AND state = ?2",
                     "tt>i", kind, job_states[RAI_JOB_FAILED], at) != RAI_STEP_FAILED;
}
