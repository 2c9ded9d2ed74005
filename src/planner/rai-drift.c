/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "planner/rai-drift.h"

#include "core/rai-forecast-level.h"

#include <math.h>

static const char sql[] =
    "SELECT count(*), coalesce(sum(abs(f.mean - d.revenue)), 0), coalesce(sum(d.revenue), 0), "
    "  (SELECT a.wape FROM accuracy a WHERE a.level = ?4 AND a.site_id = ?1) "
    "FROM forecast_past f JOIN site_day d ON d.site_id = f.site_id AND d.day = f.day "
    "WHERE f.level = ?4 AND f.site_id = ?1 AND f.node_id = 0 AND f.day >= ?2 AND f.day < ?3 "
    "AND f.live = 1";

bool
rai_drift_measure (RaiDb *db, int64_t site_id, RaiDay today, RaiDrift *drift, GError **error) {
  RaiStatement *statement = rai_db_prepare (db, sql, error);
  if (statement == NULL)
    return false;
  rai_statement_bind_int (statement, 1, site_id);
  rai_statement_bind_int (statement, 2, today - RAI_DRIFT_DAYS);
  rai_statement_bind_int (statement, 3, today);
  rai_statement_bind_text (statement, 4, rai_forecast_level_id (RAI_LEVEL_SITE));

  RaiStep step = rai_statement_step (statement, error);
  if (step == RAI_STEP_ROW) {
    double missed = rai_statement_double (statement, 1), sold = rai_statement_double (statement, 2);
    drift->days = (int) rai_statement_int (statement, 0);
    drift->live = sold > 0 ? missed / sold : NAN;
    drift->usual = rai_statement_is_null (statement, 3) ? NAN : rai_statement_double (statement, 3);
    drift->takings = drift->days > 0 ? sold / drift->days : 0;
  }

  rai_statement_reset (statement);
  return step == RAI_STEP_ROW;
}
