/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/rai-movement.h"
#include "db/rai-db.h"
#include "util/rai-day.h"

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
bool rai_movement_add (RaiDb *db, const RaiMovement *movement, GError **error);

/* What moves at a site, added to what there is. */
typedef struct {
  int64_t site_id;
  int64_t item_id;
  int64_t on_hand;
  int64_t on_order;
} RaiStockChange;
/* An item that the site did not carry is carried from now on, and its stock is kept. */
bool rai_stock_add (RaiDb *db, const RaiStockChange *change, int64_t rev, GError **error);

/* What is still to come of an order's lines is on order from now on (sign 1), or no longer (-1). An
 * item that the site did not carry is carried, but its stock is kept no more than before. */
bool rai_stock_add_order (RaiDb *db, const char *order_id, int sign, int64_t rev, GError **error);
