/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "planner/rai-planner-job.h"

#include "util/rai-day.h"

static bool
insert_running (RaiPlannerJob *job, RaiDb *db, GError **error) {
  int64_t revision;
  if (!rai_db_revision (db, &revision, error))
    return false;

  RaiStatement *clean = rai_db_prepare (
      db,
      "UPDATE job SET state = 'failed', ended_at = ?1, message = 'interrupted', rev = ?2 "
      "WHERE kind = ?3 AND state = 'running'",
      error);

  if (clean == NULL)
    return false;
  rai_statement_bind_int (clean, 1, job->started_at);
  rai_statement_bind_int (clean, 2, revision);
  rai_statement_bind_text (clean, 3, job->kind);
  if (!rai_statement_run (clean, error))
    return false;

  RaiStatement *insert = rai_db_prepare (db,
                                         "INSERT INTO job (id, kind, state, started_at, message, "
                                         "rev) VALUES (?1, ?2, 'running', ?3, '', ?4)",
                                         error);

  if (insert == NULL)
    return false;
  rai_statement_bind_text (insert, 1, job->id);
  rai_statement_bind_text (insert, 2, job->kind);
  rai_statement_bind_int (insert, 3, job->started_at);
  rai_statement_bind_int (insert, 4, revision);

  return rai_statement_run (insert, error);
}

bool
rai_planner_job_begin (RaiPlannerJob *job, RaiDb *db, const char *kind, GError **error) {
  rai_uuid_new (job->id);
  job->kind = kind;
  job->started_at = rai_now_ms ();
  if (!rai_db_begin_write (db, error))
    return false;
  if (insert_running (job, db, error) && rai_db_commit (db, error))
    return true;

  rai_db_rollback (db);
  return false;
}

static bool
insert_audit (const RaiPlannerJob *job, RaiDb *db, const char *arguments, bool done,
              const char *summary, int64_t revision, GError **error) {
  RaiStatement *audit = rai_db_prepare (
      db,
      "INSERT INTO command_log (id, name, account_id, site_id, arguments, status, answer, summary, "
      "acted_at, "
      "received_at, device, rev) VALUES (?1, ?2, 0, 0, ?3, ?4, '{}', ?5, ?6, ?7, '', ?8)",
      error);

  if (audit == NULL)
    return false;

  g_autofree char *name = g_strconcat ("planner.", job->kind, NULL);
  rai_statement_bind_text (audit, 1, job->id);
  rai_statement_bind_text (audit, 2, name);
  rai_statement_bind_text (audit, 3, arguments);
  rai_statement_bind_text (audit, 4, done ? "applied" : "rejected");
  rai_statement_bind_text (audit, 5, summary);
  rai_statement_bind_int (audit, 6, job->started_at);
  rai_statement_bind_int (audit, 7, rai_now_ms ());
  rai_statement_bind_int (audit, 8, revision);

  return rai_statement_run (audit, error);
}

static bool
finish (const RaiPlannerJob *job, RaiDb *db, const char *arguments, bool done, const char *summary,
        GError **error) {
  int64_t revision;
  if (!rai_db_revision (db, &revision, error))
    return false;

  RaiStatement *update = rai_db_prepare (
      db, "UPDATE job SET state = ?1, ended_at = ?2, message = ?3, rev = ?4 WHERE id = ?5", error);
  if (update == NULL)
    return false;

  rai_statement_bind_text (update, 1, done ? "done" : "failed");
  rai_statement_bind_int (update, 2, rai_now_ms ());
  rai_statement_bind_text (update, 3, summary);
  rai_statement_bind_int (update, 4, revision);
  rai_statement_bind_text (update, 5, job->id);

  return rai_statement_run (update, error) &&
         insert_audit (job, db, arguments, done, summary, revision, error);
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
      !rai_db_commit (db, NULL))
    rai_db_rollback (db);
}
