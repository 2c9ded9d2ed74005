/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "db/rai-db.h"
#include "util/rai-day.h"

/* Shares of days without stock (rai-shortage-ledger.h) of what was recorded before they were
 * written: a migration asks for it, the planner does it, once. */

/* How far it has got; in meta, shortages_wanted. */
typedef struct {
  bool wanted;
  int64_t site_id; /* items up to this one are done, this one before `day` */
  int64_t item_id;
  RaiDay day; /* 0: all of it is done */
} RaiShortageFill;

bool rai_shortage_fill_read (RaiDb *db, RaiShortageFill *fill, GError **error);
/* Items that have not been begun with. */
bool
rai_shortage_fill_count (RaiDb *db, const RaiShortageFill *fill, int64_t *n_items, GError **error);
/* Goes on with about a quarter's days of one item, and notes how far it got; after the last item
 * nothing is wanted any more. In the caller's write transaction, many of them in one. */
bool rai_shortage_fill_next (RaiDb *db, RaiShortageFill *fill, GError **error);
