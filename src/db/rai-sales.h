/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "db/rai-db.h"
#include "db/rai-receipt.h"
#include "util/rai-day.h"

/* The one way sales enter: lines or period totals, and with them the roll-ups, the stock windows
 * and on-hand, in the caller's write transaction. Used by sales.record and by imports of millions
 * of lines alike. Belongs to the connection's thread. Roll-ups are summed in memory and written at
 * rai_sales_flush, which every transaction must end with. */
typedef struct _RaiSales RaiSales;

typedef enum {
  RAI_SALES_ADDED,
  RAI_SALES_UNCHANGED,
  RAI_SALES_DIFFERENT,
  RAI_SALES_TOO_MUCH, /* more lines, units or money than one receipt can mean: see rai-value.h */
  RAI_SALES_FAILED
} RaiSalesResult;

/* Reads the item table once (department and cost of each item), and again when a transaction finds
 * it changed; an item made since then is read when it is first sold. */
RaiSales *rai_sales_new (RaiDb *db, GError **error);
void rai_sales_free (RaiSales *sales);

/* One line of a receipt, which is known by what rai-receipt.h says. Lines of a receipt are numbered
 * by their order of arrival in this RaiSales; a receipt that the database already held when this
 * RaiSales first met it is compared, not added to: UNCHANGED when line k equals the stored line k,
 * DIFFERENT otherwise (nothing is written). A line that takes its receipt beyond the bounds of one
 * is TOO_MUCH, and left out. FAILED sets the error. Two that say more and less of the same receipt
 * are found to be one only when they do not wait for the same flush. */
RaiSalesResult rai_sales_add_line (RaiSales *sales, const RaiReceipt *receipt,
                                   const RaiSalesLine *line, GError **error);
/* Whether it has that receipt, on disk or yet to be flushed. first: its first line. */
bool rai_sales_has_receipt (RaiSales *sales, const RaiReceipt *receipt, const RaiSalesLine *first,
                            bool *has, GError **error);
/* Once the lines of a receipt are all there: one that looked like a stored one as far as they went
 * may be another after all. *apart (may be NULL): lines since this was last asked that were told to
 * be UNCHANGED, and have been added instead. The flush does it, too. */
bool rai_sales_settle (RaiSales *sales, uint64_t *apart, GError **error);
/* A line that a till does not sell: a mistake of a factor, or of a key that stuck. Measured against
 * the item's own price where it has one. */
bool rai_sales_is_absurd (RaiSales *sales, const RaiSalesLine *line, bool *absurd, GError **error);
/* Takes a receipt back: lines that undo its own are added behind them, on its day, so that all sums
 * follow and what happened stays told. Sent again, the receipt is UNCHANGED. DIFFERENT: it was
 * taken back before. id: of rai_receipt_name; at: ms UTC. To be flushed as what is added is. */
RaiSalesResult
rai_sales_void (RaiSales *sales, int64_t site_id, int64_t id, int64_t at, GError **error);
/* A period's total: "hour", "day" or "week" from starts_at (civil hours since the epoch). The same
 * values again are UNCHANGED; other values replace the old ones (ADDED), and the roll-ups follow by
 * the difference. A week is spread evenly over its seven days. */
RaiSalesResult rai_sales_add_total (RaiSales *sales, int64_t site_id, int64_t item_id,
                                    const char *period, int64_t starts_at, int64_t quantity,
                                    int64_t amount, bool stockout, GError **error);
/* Writes what was gathered since the last flush, rolls site.last_day and the windows of `stock`
 * forward. */
bool rai_sales_flush (RaiSales *sales, GError **error);
/* Forgets what was gathered since the last flush: for a transaction or savepoint that is rolled
 * back. */
void rai_sales_forget (RaiSales *sales);
/* The connection's own RaiSales, made at the first call and freed with it; knows by itself when
 * items changed. */
RaiSales *rai_sales_of (RaiDb *db, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RaiSales, rai_sales_free)
