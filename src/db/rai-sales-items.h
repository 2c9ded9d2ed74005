/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "db/rai-db.h"

/* What sales need to know of items, read once and again when a transaction finds them changed. A
 * part of rai-sales; belongs to the connection's thread. */
typedef struct {
  int64_t id;
  int64_t department_id;
  int64_t cost;
  int64_t price; /* 0: not known */
} RaiSalesItem;

typedef struct _RaiSalesItems RaiSalesItems;

RaiSalesItems *rai_sales_items_new (RaiDb *db);
void rai_sales_items_free (RaiSalesItems *self);
/* Has anybody changed an item? */
bool rai_sales_items_check (RaiSalesItems *self, GError **error);
/* Another transaction begins: to be checked before the next item is found. */
void rai_sales_items_doubt (RaiSalesItems *self);
/* NULL + error when there is none, until the next call. */
const RaiSalesItem *rai_sales_items_find (RaiSalesItems *self, int64_t item_id, GError **error);
