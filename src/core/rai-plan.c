/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/rai-plan.h"

#include "core/rai-names.h"

#include <glib/gi18n-lib.h>

typedef struct {
  const char *id, *title;
} Word;

static const Word statuses[RAI_N_PLAN_STATUSES] = {
  [RAI_PLAN_RUNS_OUT] = { "runs_out", N_ ("Runs out") },
  [RAI_PLAN_OUT] = { "out", N_ ("Out of stock") },
  [RAI_PLAN_OVER] = { "over", N_ ("Too much") },
  [RAI_PLAN_FINE] = { "fine", N_ ("Fine") },
  [RAI_PLAN_NO_DATA] = { "no_data", N_ ("No forecast yet") },
};

static const Word reasons[RAI_N_PLAN_REASONS] = {
  [RAI_REASON_ORDERED] = { "ordered", N_ ("It is ordered") },
  [RAI_REASON_ENOUGH] = { "enough", N_ ("There is enough until the delivery after the next") },
  [RAI_REASON_ON_ORDER] = { "on_order", N_ ("What is on its way is enough") },
  [RAI_REASON_NOT_DUE] = { "not_due", N_ ("Its supplier takes no orders today") },
  [RAI_REASON_MINIMUM_ORDER] = { "minimum_order",
                                 N_ ("It can wait until its supplier's minimum order is reached") },
  [RAI_REASON_NO_DEMAND] = { "no_demand", N_ ("It hardly sells any more") },
  [RAI_REASON_NO_SUPPLIER] = { "no_supplier", N_ ("It has no supplier") },
  [RAI_REASON_NOT_TRACKED] = { "not_tracked", N_ ("Its stock was never counted") },
  [RAI_REASON_INACTIVE] = { "inactive", N_ ("It is no longer sold") },
  [RAI_REASON_NEW] = { "new", N_ ("It is too new to know how it sells") },
  [RAI_REASON_NEVER_SOLD] = { "never_sold",
                              N_ ("It was never sold or received: its first order is yours") },
  [RAI_REASON_NO_SALES_IN] = { "no_sales_in",
                               N_ ("No sales have come in lately: what is left is not known") },
};

static const char *const verdicts[RAI_N_PLAN_VERDICTS] = {
  [RAI_VERDICT_ORDERS] = "orders",           [RAI_VERDICT_NO_SALES_IN] = "no_sales_in",
  [RAI_VERDICT_NOT_DUE] = "not_due",         [RAI_VERDICT_MINIMUM_ORDER] = "minimum_order",
  [RAI_VERDICT_ENOUGH] = "enough",           [RAI_VERDICT_CLOSED] = "closed",
  [RAI_VERDICT_NO_SUPPLIER] = "no_supplier", [RAI_VERDICT_NEW] = "new",
  [RAI_VERDICT_NOT_COUNTED] = "not_counted", [RAI_VERDICT_NO_DEMAND] = "no_demand",
};

const char *
rai_plan_status_id (RaiPlanStatus status) {
  g_return_val_if_fail (status < RAI_N_PLAN_STATUSES, NULL);
  return statuses[status].id;
}

bool
rai_plan_status_parse (const char *id, RaiPlanStatus *status) {
  size_t place;
  if (!RAI_NAMES_FIND (statuses, id, &place))
    return false;
  *status = (RaiPlanStatus) place;
  return true;
}

const char *
rai_plan_status_title (RaiPlanStatus status) {
  g_return_val_if_fail (status < RAI_N_PLAN_STATUSES, NULL);
  return statuses[status].title;
}

const char *
rai_plan_reason_id (RaiPlanReason reason) {
  g_return_val_if_fail (reason < RAI_N_PLAN_REASONS, NULL);
  return reasons[reason].id;
}

bool
rai_plan_reason_parse (const char *id, RaiPlanReason *reason) {
  size_t place;
  if (!RAI_NAMES_FIND (reasons, id, &place))
    return false;
  *reason = (RaiPlanReason) place;
  return true;
}

const char *
rai_plan_reason_title (RaiPlanReason reason) {
  g_return_val_if_fail (reason < RAI_N_PLAN_REASONS, NULL);
  return reasons[reason].title;
}

const char *
rai_plan_verdict_id (RaiPlanVerdict verdict) {
  g_return_val_if_fail (verdict < RAI_N_PLAN_VERDICTS, NULL);
  return verdicts[verdict];
}

bool
rai_plan_verdict_parse (const char *id, RaiPlanVerdict *verdict) {
  size_t place;
  if (!RAI_NAMES_FIND (verdicts, id, &place))
    return false;
  *verdict = (RaiPlanVerdict) place;
  return true;
}
