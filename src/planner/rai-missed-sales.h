/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "db/rai-db.h"
#include "planner/rai-catalogue.h"
#include "planner/rai-site-days.h"

/* What a site did not take because shelves were empty: of each item its usual takings of an open
 * day, for the share of the day that it had nothing on hand (item_day.out_of_stock). Without it a
 * store's forecast would fall with its stock, while those of its items, which know of their empty
 * shelves, do not. */
typedef struct _RaiMissedSales RaiMissedSales;

RaiMissedSales *rai_missed_sales_new (RaiDb *db, const RaiCatalogue *catalogue, int64_t site_id,
                                      const RaiSiteDays *days, GError **error);
void rai_missed_sales_free (RaiMissedSales *missed);

/* [days->n_past] money in minor units; NULL: nothing. department: 0 for all of the site. Valid as
 * long as `missed` is. */
const double *rai_missed_sales_of (const RaiMissedSales *missed, int64_t department_id);
/* The share of a day that a total counts as without stock; 0 while that is less than what any store
 * misses on any day. */
double rai_missed_sales_share (double missed, double taken);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RaiMissedSales, rai_missed_sales_free)
