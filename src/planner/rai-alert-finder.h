/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/rai-alert-kind.h"
#include "planner/rai-site-plan.h"

/* What deserves a person's attention at a site today, from its plan and from yesterday's sales. */
typedef struct {
  RaiAlertKind kind;
  int64_t item_id; /* 0: the whole site */
  int64_t money;   /* at stake, minor units */
  RaiDay day;      /* RAI_DAY_NONE: none */
  double value;    /* the kind's own numbers: on hand, sold */
  double expected;
  RaiAlertSeverity severity;
} RaiFoundAlert;

/* Everything above the rule alert_minimum, by kind, most money first. Returns an array of
 * RaiFoundAlert. */
GArray *
rai_alert_find (const RaiSitePlan *plan, const RaiCatalogue *catalogue, RaiDb *db, GError **error);
