/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stdbool.h>

/* How an item stands at a site, and why it is ordered or not: two columns of table `plan`, written
 * by the planner. Titles are untranslated; the client passes them through gettext. */
typedef enum {
  RAI_PLAN_RUNS_OUT, /* before its next delivery, or within the rule stockout_horizon_days */
  RAI_PLAN_OUT,
  RAI_PLAN_OVER, /* lasts longer than the rule cover_max_days allows */
  RAI_PLAN_FINE,
  RAI_PLAN_NO_DATA, /* not counted, or without a forecast */
  RAI_N_PLAN_STATUSES,
} RaiPlanStatus;

typedef enum {
  RAI_REASON_ORDERED,
  RAI_REASON_ENOUGH,
  RAI_REASON_ON_ORDER,
  RAI_REASON_NOT_DUE,
  RAI_REASON_MINIMUM_ORDER,
  RAI_REASON_NO_DEMAND,
  RAI_REASON_NO_SUPPLIER,
  RAI_REASON_NOT_TRACKED,
  RAI_REASON_INACTIVE,
  RAI_REASON_NEW,
  RAI_N_PLAN_REASONS,
} RaiPlanReason;

/* "runs_out", "out", "over", "fine", "no_data". */
const char *rai_plan_status_id (RaiPlanStatus status);
/* false when the text names no status. */
bool rai_plan_status_parse (const char *id, RaiPlanStatus *status);
/* "Runs out": of several items. */
const char *rai_plan_status_title (RaiPlanStatus status);

/* "ordered", "enough", ... */
const char *rai_plan_reason_id (RaiPlanReason reason);
/* false when the text names no reason. */
bool rai_plan_reason_parse (const char *id, RaiPlanReason *reason);
/* A sentence without a full stop: "It has no supplier". */
const char *rai_plan_reason_title (RaiPlanReason reason);
