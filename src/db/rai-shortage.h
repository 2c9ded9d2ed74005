/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "db/rai-site-hours.h"
#include "util/rai-day.h"

#include <glib.h>

/* When an item had nothing on hand, by its ledger: THE definition of what is short, in memory.
 *
 * Nothing was on hand from the event that took the last of it until something came. Two things are
 * not counted: a stretch in which the books went below nothing, for there they are wrong, not the
 * shelf; and what lies more than RAI_SHORTAGE_DAYS after the last sale, for nobody misses it. A
 * count that finds nothing begins a stretch of its own: it is the first that is known; how long the
 * shelf had been empty before it, nobody knows.
 *
 * What came back is taken off what was sold of the item on the same day (rai_shortage_net): a day's
 * sales only take from the shelf or only bring back, what a day sold in all says whether its times
 * matter, and a receipt that is taken back never was. A count changes the books by as much as it
 * found another quantity than they had at its time. */

/* An item that ran out and did not come back within a quarter is taken as not carried any more. */
#define RAI_SHORTAGE_DAYS 91

typedef enum {
  RAI_SHORTAGE_SALE,
  RAI_SHORTAGE_MOVE,
  RAI_SHORTAGE_COUNT,
} RaiShortageKind;

/* A line of a receipt, or a part of a total. */
typedef struct {
  int64_t at;       /* ms UTC */
  int64_t quantity; /* thousandths, negative: came back */
} RaiShortageSale;

typedef struct {
  GTimeZone *zone; /* borrowed; NULL: UTC */
  int opens;       /* minutes after midnight */
  int closes;
} RaiShortageHours;

/* A walk along the ledger of one item, from the beginning of a day on. */
typedef struct {
  const RaiShortageHours *hours;
  RaiDay first;
  size_t n_days;
  int64_t *missed;  /* [n_days] ms of the open hours without stock; owned */
  int64_t level;    /* on hand, thousandths */
  int64_t since;    /* nothing on hand since then, ms UTC */
  bool empty;       /* it has nothing on hand */
  bool wrong;       /* the books went below nothing since */
  bool begun;       /* the books say something */
  RaiDay last_sale; /* RAI_DAY_NONE: none */
} RaiShortage;

/* What a day sold of an item, in any order (of RaiShortageSale), becomes what it took from the
 * shelf, or brought back, by time. What came back is taken off the last sales before it, else off
 * those behind it. */
void rai_shortage_net (GArray *sales);

/* level: on hand when the first day begins; known: false before the item's first movement, when the
 * books say nothing: up to it they speak of no shelf. */
void rai_shortage_begin (RaiShortage *walk, const RaiShortageHours *hours, RaiDay first,
                         size_t n_days, int64_t level, bool known, RaiDay last_sale);
/* Events come in the order of their times; a sale at the moment of another event was before it.
 * day: that a sale counts under. */
void
rai_shortage_step (RaiShortage *walk, RaiShortageKind kind, int64_t at, RaiDay day, int64_t change);
/* After the last event: nothing changed until the end of the days. */
void rai_shortage_end (RaiShortage *walk);
/* Thousandths of the day's open hours. */
int rai_shortage_share (const RaiShortage *walk, RaiDay day);
void rai_shortage_clear (RaiShortage *walk);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (RaiShortage, rai_shortage_clear)
