/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/rai-audit.h"

#include "db/rai-db-run.h"

bool
rai_audit_write (RaiDb *db, const RaiAudit *audit, GError **error) {
  return rai_db_run (
             db, error,
             "INSERT INTO command_log (id, name, account_id, site_id, arguments, status, answer, "
             "summary, "
             "acted_at, received_at, rev) VALUES (?1, ?2, 0, 0, ?3, 'applied', ?4, ?5, ?6, ?6, ?7)",
             "tttttii", audit->id, audit->name, audit->arguments, audit->answer, audit->summary,
             audit->at, audit->rev) &&
         rai_db_run (db, error,
                     "INSERT INTO job (id, kind, state, started_at, ended_at, message, rev) "
                     "VALUES (?1, ?2, 'done', ?3, ?4, ?5, ?6)",
                     "ttiiti", audit->id, audit->name, audit->started_at, audit->at, audit->summary,
                     audit->rev);
}
