/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "planner/rai-site-plan.h"

/* What deserves a person's attention at a site today, from its plan and from yesterday's sales. */
typedef struct {
  const char *kind; /* static: as in table alert */
  int64_t item_id;  /* 0: the whole site */
  int64_t money;    /* at stake, minor units */
  RaiDay day;       /* RAI_DAY_NONE: none */
  double value;     /* the kind's own numbers: on hand, sold */
  double expected;
  int severity; /* 1 to 3 */
} RaiFoundAlert;

/* Everything above the rule alert_minimum, by kind, most money first. Returns an array of
 * RaiFoundAlert. */
GArray *
rai_alert_find (const RaiSitePlan *plan, const RaiCatalogue *catalogue, RaiDb *db, GError **error);

/* The site's alerts of one kind that are shown at once; what is open already is never pushed out by
 * this. */
size_t rai_alert_limit (const char *kind);
