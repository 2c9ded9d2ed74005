/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/rai-session.h"

#include "db/rai-db-run.h"
#include "util/rai-clock.h"

bool
rai_session_end_all (RaiDb *db, int64_t account_id, GError **error) {
  return rai_db_run (
      db, error, "UPDATE session SET revoked_at = ?1 WHERE account_id = ?2 AND revoked_at IS NULL",
      "ii", rai_now_ms (), account_id);
}
