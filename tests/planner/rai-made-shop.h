/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "db/rai-db.h"
#include "util/rai-day.h"
#include "util/rai-random.h"

/* A shop that a seed makes up, and that lives by the commands which a real one sends: receipts of
 * its till, counts, approvals, deliveries. What it is like is known to the test, not to the
 * planner: on which days it opens, what each item sells, when its supplier takes orders. */
#define RAI_MADE_ITEMS 6
#define RAI_MADE_HISTORY 84 /* days before the test begins to look */
#define RAI_MADE_DAYS (RAI_MADE_HISTORY + 14)

typedef struct {
  double daily;            /* pieces on a day that it is open */
  RaiDay first_day;        /* on sale from then on */
  int64_t pack;            /* thousandths */
  int sold[RAI_MADE_DAYS]; /* pieces, from the first day of the history on */
} RaiMadeItem;

typedef struct {
  uint64_t seed;
  RaiRandom random;
  RaiDb *db;
  const char *zone_name;
  GTimeZone *zone;
  unsigned open_weekdays;  /* bit 0 = Monday */
  unsigned order_weekdays; /* of its supplier */
  int lead_days;
  double lead_spread;
  RaiDay holiday; /* it is closed then, as its calendar says */
  RaiDay begin;   /* the first day of its history */
  RaiDay today;
  int64_t clock; /* ms UTC, what RETAILAI_NOW says */
  RaiMadeItem items[RAI_MADE_ITEMS];
  GPtrArray *receipts; /* char *, arguments of sales.record as they were sold */
  unsigned n_receipts;
} RaiMadeShop;

/* In a fresh database with our schema; the catalogue is written, nothing is sold yet. */
void rai_made_shop_init (RaiMadeShop *shop, RaiDb *db, uint64_t seed);
void rai_made_shop_clear (RaiMadeShop *shop);

bool rai_made_shop_is_open (const RaiMadeShop *shop, RaiDay day);
/* Sets the clock to that second (0-86399) of a day where the shop is. */
void rai_made_shop_set_clock (RaiMadeShop *shop, RaiDay day, int second);
/* Sells what is asked for between two seconds of a day, out of a share of its demand; the receipts
 * are kept in `receipts`, and sent by rai_made_shop_send. */
void rai_made_shop_sell (RaiMadeShop *shop, RaiDay day, int from, int until, double share);
/* Sends receipts [first, n) in the order of `receipts`, or shuffled. */
void rai_made_shop_send (RaiMadeShop *shop, unsigned first, bool shuffled);
/* Runs a command, which must be applied. */
void rai_made_shop_run (RaiMadeShop *shop, const char *name, const char *arguments);
/* Forecasts (one quick method) and plans, as the daily planner does. */
void rai_made_shop_plan (RaiMadeShop *shop);
