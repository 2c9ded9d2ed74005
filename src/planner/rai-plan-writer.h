/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "planner/rai-site-plan.h"

/* Table `plan` from a site's plan, within the caller's write transaction: rows that say the same as
 * before are left alone, rows of items that are not carried any more leave tombstones. */
bool rai_plan_write (const RaiSitePlan *plan, RaiDb *db, int64_t *n_changed, GError **error);

/* What came of the plan, once minimum orders are settled. day: what the verdict speaks of, or
 * RAI_DAY_NONE. */
RaiPlanVerdict rai_plan_verdict (const RaiSitePlan *plan, RaiDay *day);
/* Marks the site as planned for its today, with that verdict; within the caller's transaction. */
bool rai_plan_mark (const RaiSitePlan *plan, RaiDb *db, GError **error);
