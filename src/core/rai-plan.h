/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stdbool.h>

/* How an item stands at a site, and why it is ordered or not: two columns of table `plan`, written
 * by the planner. How it stands now, after counts and deliveries, is asked of the database
 * (db/rai-stock-words.h). Titles are untranslated; the client passes them through gettext. */
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
  RAI_REASON_NEVER_SOLD,
  RAI_REASON_NO_SALES_IN,
  RAI_N_PLAN_REASONS,
} RaiPlanReason;

/* What came of planning a store: columns plan_verdict and plan_verdict_day of table `site`. Where
 * nothing is proposed it says why: the first of these that holds. */
typedef enum {
  RAI_VERDICT_ORDERS,
  RAI_VERDICT_NO_SALES_IN,   /* no sales have come since the day: there is nothing to go by */
  RAI_VERDICT_NOT_DUE,       /* what is short is ordered on the day */
  RAI_VERDICT_MINIMUM_ORDER, /* what is short waits until it is worth an order */
  RAI_VERDICT_ENOUGH,        /* of all that could be ordered */
  RAI_VERDICT_CLOSED,        /* the store is closed for all the days ahead */
  RAI_VERDICT_NO_SUPPLIER,   /* what sells has none */
  RAI_VERDICT_NEW,           /* what is kept is too new, or was never sold or received */
  RAI_VERDICT_NOT_COUNTED,   /* no item's stock was ever counted or received */
  RAI_VERDICT_NO_DEMAND,     /* what is kept hardly sells any more */
  RAI_N_PLAN_VERDICTS,
} RaiPlanVerdict;

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

/* "orders", "not_due", ... */
const char *rai_plan_verdict_id (RaiPlanVerdict verdict);
/* false when the text names no verdict. */
bool rai_plan_verdict_parse (const char *id, RaiPlanVerdict *verdict);
