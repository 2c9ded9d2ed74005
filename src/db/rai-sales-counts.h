/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "db/rai-db.h"

/* What becomes of counts when sales arrive that were sold before them: a count found what was sold
 * before it gone already, so that the stock keeps what it holds, and the count tells how much it
 * took in. A part of rai-sales, in its transaction; belongs to the connection's thread. */
typedef struct _RaiSalesCounts RaiSalesCounts;

RaiSalesCounts *rai_sales_counts_new (RaiDb *db);
void rai_sales_counts_free (RaiSalesCounts *self);
/* Forgets what was noted. */
void rai_sales_counts_clear (RaiSalesCounts *self);
/* A sale at sold_at (ms UTC), thousandths. Nearly all sales are newer than every count of their
 * site, and cost no query. */
bool rai_sales_counts_note (RaiSalesCounts *self, int64_t site_id, int64_t item_id, int64_t sold_at,
                            int64_t quantity, GError **error);
/* Behind the roll-ups, which took all sales from what is on hand. */
bool rai_sales_counts_write (RaiSalesCounts *self, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RaiSalesCounts, rai_sales_counts_free)
