/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "db/rai-db.h"
#include "db/rai-tally.h"

/* Table sales_total: what was sold in an hour, a day or a week, and which of what is told of one
 * time counts (the rule: rai-sales.h). A part of rai-sales, in its transaction; belongs to the
 * connection's thread. */
typedef struct _RaiSalesTotals RaiSalesTotals;

typedef enum {
  RAI_SALES_SPAN_HOUR,
  RAI_SALES_SPAN_DAY,
  RAI_SALES_SPAN_WEEK,
} RaiSalesSpan;

typedef struct {
  int64_t site_id;
  int64_t item_id;
  int64_t starts_at;
  const char *period; /* static */
  RaiSalesSpan span;
  int64_t quantity;
  int64_t amount;
  bool stockout;
  int64_t told_at; /* ms UTC; 0: the whole of it is told */
} RaiSalesTotal;

/* What came of putting a total in. */
typedef enum {
  RAI_SALES_TOTAL_PUT,
  RAI_SALES_TOTAL_SAME,            /* nothing was done */
  RAI_SALES_TOTAL_BEHIND_RECEIPTS, /* as for all that follows */
  RAI_SALES_TOTAL_BEHIND_HOURS,
  RAI_SALES_TOTAL_BEHIND_DAYS,
  RAI_SALES_TOTAL_BESIDE_WEEK,
} RaiSalesTotalPut;

RaiSalesTotals *rai_sales_totals_new (RaiDb *db);
void rai_sales_totals_free (RaiSalesTotals *self);
/* A transaction ends here. */
void rai_sales_totals_clear (RaiSalesTotals *self);
/* It is rolled back. */
void rai_sales_totals_forget (RaiSalesTotals *self);

/* period: "hour", "day", ...; false: there is no such period. */
bool rai_sales_total_of (const char *period, RaiSalesTotal *total);
/* When its last day ends only later: now. What a till tells of later sales is none of it. */
int64_t rai_sales_total_told_at (const RaiSalesTotal *total, int64_t now, GTimeZone *zone);
/* Days that a total lies on, from the first on. */
int rai_sales_total_days (const RaiSalesTotal *total);
RaiDay rai_sales_total_first_day (const RaiSalesTotal *total);
/* What it says of its i-th day: the parts of a week add up to it. */
void rai_sales_total_share (const RaiSalesTotal *total, int i, int64_t *quantity, int64_t *amount);

/* Puts the total in. gone (of RaiSalesTotal): those that it takes the place of, which are taken
 * out. pending: sums of days that are not in item_day yet. */
bool rai_sales_totals_put (RaiSalesTotals *self, const RaiSalesTotal *total, RaiTally *pending,
                           RaiSalesTotalPut *put, GArray *gone, GError **error);
/* A line of a receipt, sold at sold_at (ms UTC). Costs nothing where a site has no totals. */
bool rai_sales_totals_note (RaiSalesTotals *self, int64_t site_id, int64_t item_id, RaiDay day,
                            int64_t sold_at, GError **error);
/* Takes out what gives way to the receipts that were noted. */
bool rai_sales_totals_give_way (RaiSalesTotals *self, GArray *gone, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RaiSalesTotals, rai_sales_totals_free)
