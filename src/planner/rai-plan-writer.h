/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "planner/rai-site-plan.h"

/* Table `plan` from a site's plan, within the caller's write transaction: rows that say the same as
 * before are left alone, rows of items that are not carried any more leave tombstones. */
bool rai_plan_write (const RaiSitePlan *plan, RaiDb *db, int64_t *n_changed, GError **error);
