/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/rai-movement.h"
#include "db/rai-db.h"
#include "util/rai-day.h"
#include "util/rai-uuid.h"

/* THE writer of `movement` and of what people, files and orders do to `stock`. Sales reach `stock`
 * through rai-rollup, with their windows, and only there. Quantities are thousandths. All within
 * the caller's write transaction. */

/* A row of the ledger: on hand = sum of movements - sum of sales. */
typedef struct {
  const char *id; /* UUID */
  int64_t site_id;
  int64_t item_id;
  int64_t at; /* ms UTC */
  RaiDay day;
  RaiMovementKind kind;
  int64_t quantity;
  const int64_t *counted; /* what was found; NULL: nothing was counted */
  const char *note;       /* NULL: none */
  const char *order_id;   /* NULL: none */
  int64_t account_id;     /* 0: the program itself */
  int64_t rev;
} RaiMovement;

/* Stock is the last count by the time it was acted, plus what happened after it, in whatever order
 * they arrive: what happened before a count that is there already changes nothing on hand, but by
 * how much the count differed. Movements stand in the order of their time and id; a sale at the
 * very moment of a count was before it. */
typedef struct {
  char id[RAI_UUID_SIZE]; /* "": there is none */
  int64_t at;
  int64_t before; /* what the ledger said just before it */
} RaiStockCount;

/* The first count after a moment; id: of a movement, NULL: of a sale. */
bool rai_stock_next_count (RaiDb *db, int64_t site_id, int64_t item_id, int64_t at, const char *id,
                           RaiStockCount *count, GError **error);
/* The count took in `quantity` more (or less) than was known of. */
bool
rai_stock_absorb (RaiDb *db, const char *count_id, int64_t quantity, int64_t rev, GError **error);
/* The count found another quantity, more by `by` than was known. */
bool rai_stock_recount (RaiDb *db, const char *count_id, int64_t counted, int64_t by, int64_t rev,
                        GError **error);
/* What the ledger says just before a movement of that time and id. */
bool rai_stock_before (RaiDb *db, int64_t site_id, int64_t item_id, int64_t at, const char *id,
                       int64_t *quantity, GError **error);
/* Adds a movement, and what it does to stock; on_order is added to what is on order. */
bool rai_stock_move (RaiDb *db, const RaiMovement *movement, int64_t on_order, GError **error);

/* When a total counts as sold, ms UTC: a day (and each day of a week) at noon, an hour in its
 * middle. starts_at: civil hours since the epoch. */
int64_t rai_stock_total_time (int64_t starts_at, bool hour, GTimeZone *zone);
/* Of a site; NULL is UTC. To be freed. */
GTimeZone *rai_stock_zone (RaiDb *db, int64_t site_id);

/* What moves at a site, added to what there is. */
typedef struct {
  int64_t site_id;
  int64_t item_id;
  int64_t on_hand;
  int64_t on_order;
} RaiStockChange;
/* An item that the site did not carry is carried from now on, and its stock is kept. */
bool rai_stock_add (RaiDb *db, const RaiStockChange *change, int64_t rev, GError **error);
/* An item that the site did not carry is carried; nothing is known of its stock. */
bool rai_stock_carry (RaiDb *db, int64_t site_id, int64_t item_id, int64_t rev, GError **error);

/* What is still to come of an order's lines is on order from now on (sign 1), or no longer (-1). An
 * item that the site did not carry is carried, but its stock is kept no more than before. */
bool rai_stock_add_order (RaiDb *db, const char *order_id, int sign, int64_t rev, GError **error);
