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

/* What is told of one site, item and time counts once, as finely as it is told: receipts before
 * hours, hours before days, days before weeks. In whatever order they come the end is the same: a
 * total is refused where something finer is there for one of its days, and is taken out, and
 * counted as replaced, when something finer comes. Hours are whole together with the other hours of
 * their day: receipts take the place of all of them. Weeks that share days with others are refused.
 *
 * A total that was told before its last day was over holds what was sold until then. Receipts of
 * later that day are not in it and count beside it: of a shop that brings in its totals at noon and
 * whose till sends from then on, neither the morning is lost nor the afternoon counted twice. Its
 * total of that whole day, told the day after, is refused: the receipts are finer.
 *
 * A receipt is never refused for a total's sake. One that a till sends late, of a day whose total
 * was told when that day was over, takes its place as any other does: tills send whole days. */

typedef enum {
  RAI_SALES_ADDED,
  RAI_SALES_UNCHANGED,
  RAI_SALES_DIFFERENT,
  RAI_SALES_TOO_MUCH, /* more lines, units or money than one receipt can mean: see rai-value.h */
  /* A total is left out: for finer ones of its time, or for another week's that shares its days. */
  RAI_SALES_HAS_RECEIPTS,
  RAI_SALES_HAS_HOURS,
  RAI_SALES_HAS_DAYS,
  RAI_SALES_HAS_WEEK,
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
/* Whether it had the receipt before this RaiSales met it, so that a line of an item that it does
 * not hold would be DIFFERENT. */
bool rai_sales_is_stored (RaiSales *sales, const RaiReceipt *receipt, bool *stored, GError **error);
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
/* The second of two hours that clocks show alike, in the night in which they are set back. */
#define RAI_SALES_HOUR_AGAIN "hour_again"
/* A period's total: "hour", RAI_SALES_HOUR_AGAIN, "day" or "week" from starts_at (civil hours since
 * the epoch). The same values again are UNCHANGED; other values replace the old ones (ADDED), and
 * the roll-ups follow by the difference. A week is spread evenly over its seven days. */
RaiSalesResult rai_sales_add_total (RaiSales *sales, int64_t site_id, int64_t item_id,
                                    const char *period, int64_t starts_at, int64_t quantity,
                                    int64_t amount, bool stockout, GError **error);
/* Totals that gave way to something finer so far; those to receipts, once these are flushed. */
uint64_t rai_sales_n_replaced (const RaiSales *sales);
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
