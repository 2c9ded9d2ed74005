/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "db/rai-db.h"

/* Table sales_total: what was sold in an hour, a day or a week. Private to src/db. */
typedef struct {
  bool known;
  int64_t quantity;
  int64_t amount;
  bool stockout;
} RaiSalesTotal;

/* Puts the total in, in place of what stood there; that is *old (not known: nothing). key: site,
 * item, starts_at. Most are new, so that this is tried first. */
bool rai_sales_total_swap (RaiDb *db, const int64_t key[3], const char *period,
                           const RaiSalesTotal *total, RaiSalesTotal *old, GError **error);
