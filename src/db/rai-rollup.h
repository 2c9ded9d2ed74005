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

/* Adds the sums to item_day, department_day, site_day, site_month and stock, moves site.last_day on
 * and with it the windows of `stock`. Leaves the tallies to be cleared. */
bool rai_rollup_write (RaiDb *db, const RaiRollup *rollup, GError **error);
