/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "db/rai-db.h"

/* What rai-sales knows of the items that it sells: read once, and again when a transaction finds
 * the table changed; one that was made since is read when it is first sold. A part of rai-sales;
 * belongs to the connection's thread. */
typedef struct _RaiSalesItems RaiSalesItems;

typedef struct {
  int64_t id;
  int64_t department_id;
  int64_t cost;
  int64_t price; /* 0: not known */
} RaiSalesItem;

RaiSalesItems *rai_sales_items_new (RaiDb *db, GError **error);
void rai_sales_items_free (RaiSalesItems *self);
/* A transaction has ended: somebody may change items before the next. */
void rai_sales_items_recheck (RaiSalesItems *self);
/* Valid until the next call; NULL sets the error: RAI_DB_ERROR_ARGUMENT for one that is not there.
 */
const RaiSalesItem *rai_sales_items_find (RaiSalesItems *self, int64_t item_id, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RaiSalesItems, rai_sales_items_free)
