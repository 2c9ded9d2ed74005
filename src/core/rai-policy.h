/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stdbool.h>

/* The rules that people set: one row a rule. A value may be given for the company, a site, a
 * department or an item; the narrowest that is set holds, else the default. Stored values are
 * doubles in table `policy`. */
typedef enum {
  RAI_POLICY_COMPANY = 1 << 0,
  RAI_POLICY_SITE = 1 << 1,
  RAI_POLICY_DEPARTMENT = 1 << 2,
  RAI_POLICY_ITEM = 1 << 3,
} RaiPolicyScope;

typedef struct {
  const char *key;   /* "service_target" */
  const char *title; /* "Service target"; translatable */
  const char *unit;  /* "share", "days", "times", "money" (minor units) */
  double fallback;
  double minimum;
  double maximum;
  unsigned scopes;  /* RaiPolicyScope flags: where it may be set */
  const char *help; /* one sentence; translatable */
} RaiPolicy;

/* Ends with a NULL key. */
extern const RaiPolicy rai_policies[];
/* NULL when there is no such rule. */
const RaiPolicy *rai_policy_find (const char *key);

/* "company", "site", "department", "item". */
const char *rai_policy_scope_id (RaiPolicyScope scope);
/* false when the text names no scope. */
bool rai_policy_scope_parse (const char *id, RaiPolicyScope *scope);
