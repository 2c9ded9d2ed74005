/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "db/rai-db.h"
#include "util/rai-day.h"

/* THE writer of what the ledger says about empty shelves: item_day.out_of_stock, for items whose
 * stock is kept, from their first movement up to the newest day with sales of their store. Written
 * in the transaction of what changed it, for all days that it changes, whatever the order in which
 * sales and movements arrive. What was said from outside (item_day.flagged) holds where it is more.
 * A day on which the store was closed has no share. Replicas are told, and write none.
 *
 * Hours, weekdays and zone of a store are those that are set when a day is written: who sets others
 * says nothing of days before today, of which nobody knows since when they hold. So a day keeps its
 * share until something that happened is told late that changes it, and then has the hours of now.
 * Who says of one day whether the store was open, or sells first on one that was said to be closed,
 * changes that day for all items. */

/* A site's ledger, for as long as a transaction. */
typedef struct _RaiShortageLedger RaiShortageLedger;

RaiShortageLedger *rai_shortage_ledger_new (RaiDb *db, int64_t site_id, GError **error);
/* Writes what is left unless something failed before (good is false), and frees it. */
bool rai_shortage_ledger_finish (RaiShortageLedger *ledger, bool good, GError **error);

/* The newest day with sales; RAI_DAY_NONE: none. */
RaiDay rai_shortage_ledger_last_day (const RaiShortageLedger *ledger);
/* When a day begins at the site, ms UTC. */
int64_t rai_shortage_ledger_begin_of (const RaiShortageLedger *ledger, RaiDay day);
/* By its weekday, or by what was said of the day itself; sales show that it was open after all. */
bool rai_shortage_ledger_said_closed (RaiShortageLedger *ledger, RaiDay day, bool *closed,
                                      GError **error);

/* Looks at days [from, to] of an item, and back to where the stretch without stock began that
 * `from` lies in. An item once a ledger. */
bool rai_shortage_ledger_look (RaiShortageLedger *ledger, int64_t item_id, RaiDay from, RaiDay to,
                               GError **error);
/* From a day on, as far as what happened up to a moment can matter (id: of the movement of that
 * moment, NULL: sales). */
bool rai_shortage_ledger_look_since (RaiShortageLedger *ledger, int64_t item_id, RaiDay from,
                                     int64_t at, const char *id, GError **error);

/* A movement of that time and id was written or changed, and stock with it. */
bool rai_shortage_after_movement (RaiDb *db, int64_t site_id, int64_t item_id, int64_t at,
                                  const char *id, GError **error);
/* Whether or how long the store was open on days [from, to] is known otherwise than before: by what
 * was said, or by its first sales. */
bool
rai_shortage_after_opening (RaiDb *db, int64_t site_id, RaiDay from, RaiDay to, GError **error);
