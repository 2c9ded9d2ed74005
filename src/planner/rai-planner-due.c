/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "planner/rai-planner-due.h"

#include "core/rai-plan.h"
#include "db/rai-audit.h"
#include "db/rai-db-run.h"
#include "planner/rai-catalogue.h"
#include "planner/rai-planner-job.h"
#include "util/rai-clock.h"

/* After a failure: what a restart or a passing lock mends is over by then, and a run that fails
 * again does not fill the log. Our own choice. */
#define RETRY_MS (10 * 60 * 1000)

static bool
failed_lately (RaiDb *db, bool *lately, GError **error) {
  int64_t forecast, plan;
  if (!rai_audit_failed_at (db, RAI_JOB_FORECAST, &forecast, error) ||
      !rai_audit_failed_at (db, RAI_JOB_PLAN, &plan, error))
    return false;

  /* A clock that was set back must not stop it for good. */
  const int64_t ago = rai_now_ms () - MAX (forecast, plan);
  *lately = ago >= 0 && ago < RETRY_MS;
  return true;
}

bool
rai_planner_is_due (RaiDb *db, bool *due, GError **error) {
  bool lately;
  g_autoptr (GArray) sites = rai_catalogue_read_sites (db, RAI_DAY_NONE, error);

  *due = false;
  if (sites == NULL || !failed_lately (db, &lately, error))
    return false;

  for (size_t i = 0; i < sites->len && !lately && !*due; i++) {
    const RaiCatalogueSite *site = &g_array_index (sites, RaiCatalogueSite, i);
    *due = rai_catalogue_site_lives (site) && site->planned_day != site->today;
  }

  return true;
}

bool
rai_planner_is_outdone (RaiDb *db, bool *outdone, GError **error) {
  bool lately;
  g_autoptr (GArray) sites = rai_catalogue_read_sites (db, RAI_DAY_NONE, error);

  *outdone = false;
  if (sites == NULL || !failed_lately (db, &lately, error))
    return false;

  for (size_t i = 0; i < sites->len && !lately && !*outdone; i++) {
    const RaiCatalogueSite *site = &g_array_index (sites, RaiCatalogueSite, i);
    if (!rai_catalogue_site_lives (site))
      continue;
    const RaiStep step =
        rai_db_row (db, error,
                    "SELECT 1 FROM plan p JOIN stock s ON s.site_id = p.site_id AND s.item_id = "
                    "p.item_id WHERE p.site_id = ?1 AND p.reason = ?2 AND s.tracked = 1 LIMIT 1",
                    "it", site->id, rai_plan_reason_id (RAI_REASON_NOT_TRACKED));
    if (step == RAI_STEP_FAILED)
      return false;
    *outdone = step == RAI_STEP_ROW;
  }

  return true;
}
