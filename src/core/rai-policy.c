/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/rai-policy.h"

#include "core/rai-names.h"

#include <glib/gi18n-lib.h>

#define ANYWHERE (RAI_POLICY_COMPANY | RAI_POLICY_SITE | RAI_POLICY_DEPARTMENT | RAI_POLICY_ITEM)

const RaiPolicy rai_policies[] = {
  { "service_target", N_ ("Service target"), "share", 0.95, 0.5, 0.999, ANYWHERE,
    N_ ("Share of the demand that stock on hand is planned to meet.") },
  { "review_days", N_ ("Days between orders"), "days", 1, 1, 28, ANYWHERE,
    N_ ("How often an order can be placed; a supplier's order days come on top.") },
  { "cover_max_days", N_ ("Longest cover"), "days", 60, 3, 730, ANYWHERE,
    N_ ("Stock that lasts longer than this counts as too much.") },
  { "stockout_horizon_days", N_ ("Look-ahead for running out"), "days", 7, 1, 28, ANYWHERE,
    N_ ("An item that runs out within these days and before its next delivery raises an alert.") },
  { "order_limit_store_manager", N_ ("Store manager's order limit"), "money", 500000, 0, 1e12,
    RAI_POLICY_COMPANY | RAI_POLICY_SITE,
    N_ ("Orders above this amount are approved by a regional manager.") },
  { "anomaly_level", N_ ("Unusual sales"), "share", 0.95, 0.8, 0.99,
    RAI_POLICY_COMPANY | RAI_POLICY_SITE,
    N_ ("A day whose sales fall outside the forecast's interval of this width raises an alert.") },
  { "drift_limit", N_ ("Forecasts that miss"), "times", 1.5, 1.1, 10,
    RAI_POLICY_COMPANY | RAI_POLICY_SITE,
    N_ ("A store whose forecasts were off by this many times the usual over four weeks raises an "
        "alert.") },
  { "alert_minimum", N_ ("Smallest alert"), "money", 500, 0, 1e12,
    RAI_POLICY_COMPANY | RAI_POLICY_SITE, N_ ("Alerts with less money at stake are not raised.") },
  { "waste_cost_share", N_ ("Cost of waste"), "share", 1, 0, 2, ANYWHERE,
    N_ ("What a wasted unit costs as a share of its purchase price; below 1 when leftovers are "
        "sold cheaply.") },
  { 0 },
};

static const struct {
  const char *id;
  RaiPolicyScope scope;
} scopes[] = {
  { "company", RAI_POLICY_COMPANY },
  { "site", RAI_POLICY_SITE },
  { "department", RAI_POLICY_DEPARTMENT },
  { "item", RAI_POLICY_ITEM },
};

const RaiPolicy *
rai_policy_find (const char *key) {
  size_t place;
  return RAI_NAMES_FIND (rai_policies, key, &place) ? &rai_policies[place] : NULL;
}

const char *
rai_policy_scope_id (RaiPolicyScope scope) {
  for (size_t i = 0; i < G_N_ELEMENTS (scopes); i++)
    if (scopes[i].scope == scope)
      return scopes[i].id;
  return NULL;
}

bool
rai_policy_scope_parse (const char *id, RaiPolicyScope *scope) {
  size_t place;
  if (!RAI_NAMES_FIND (scopes, id, &place))
    return false;
  *scope = scopes[place].scope;
  return true;
}
