/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "db/rai-db.h"
#include "db/rai-tally.h"

/* Writes gathered sums into the roll-ups, in key order, inside the caller's write transaction.
 * Private to src/db. */
typedef struct {
  RaiTally *items;       /* node: item */
  RaiTally *departments; /* node: department */
  RaiTally *sites;       /* node: 0 */
} RaiRollup;

/* What was written of a site. */
typedef struct {
  int64_t site_id;
  RaiDay reached; /* its newest day with sales before; RAI_DAY_NONE: none */
  const RaiTallyRow *items;
  size_t n_items;
  const RaiTallyRow *days;
  size_t n_days;
} RaiRollupSite;

/* Adds the sums to item_day, department_day, site_day, site_month and stock, moves site.last_day on
 * and with it the windows of `stock`. Leaves the tallies to be cleared; until then `written` (of
 * RaiRollupSite) tells what it did. */
bool rai_rollup_write (RaiDb *db, const RaiRollup *rollup, GArray *written, GError **error);
