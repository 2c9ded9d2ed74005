/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/rai-sales.h"

#include "core/rai-value.h"
#include "db/rai-db-driver.h"
#include "db/rai-db-run.h"
#include "db/rai-rollup.h"
#include "db/rai-sales-counts.h"
#include "db/rai-sales-items.h"
#include "db/rai-sales-total.h"
#include "db/rai-shortage-sales.h"
#include "db/rai-stock.h"
#include "util/rai-clock.h"
#include "util/rai-decimal.h"

#include <string.h>

/* Invariants:
 *  1. A receipt is written once: the first RaiSales that meets it adds its lines, any later one
 *     compares.
 *  2. What was gathered (lines, receipts, sums) is in memory until the flush, and nothing of it
 *     survives rai_sales_forget; so a rolled back transaction leaves no trace here either.
 *  3. Every line adds the same to each roll-up whatever its batch: costs are rounded a line.
 *  4. Of what is told of one site, item and time only the finest counts, whatever came first; the
 *     rest is not stored (rai-sales-total). */

/* Lines that wait in memory before they are written ahead of the flush. */
#define LINES_KEPT 65536
/* Receipts that are remembered, so that lines of one may arrive apart from each other. */
#define RECEIPTS_KEPT 500000

/* What no till sells in one line: more than a hundred thousand units; for more than ten million of
 * the currency's main unit; or for a thousand times what the item's price says, if that is above a
 * thousand of the main unit: prices of a cent stand for "whatever is keyed in". */
#define LINE_QUANTITY_MAX (100000 * INT64_C (1000))
#define LINE_AMOUNT_MAX INT64_C (1000000000)
#define LINE_AMOUNT_FREE 100000
#define PRICE_TIMES 1000

typedef RaiSalesItem Item;

typedef struct {
  int64_t site_id;
  char *number;
  char *till;
  RaiDay said_day;
  int64_t id;
  int64_t sold_at;
  int64_t total;
  int64_t units; /* of its lines, whatever their sign, as money is */
  int64_t money;
  RaiDay day;
  int n_lines;           /* met by this RaiSales */
  RaiReceiptMatch match; /* but for NEW the database had it when it was first met: compare */
  int n_stored;          /* lines that it had there */
  bool differs;
  bool written;
  bool dirty; /* in the list of receipts to write */
} Receipt;

typedef struct {
  int64_t receipt_id;
  int line;
  RaiSalesLine values;
} Line;

struct _RaiSales {
  RaiDb *db;
  RaiSalesItems *items;
  RaiRollup rollup;
  GHashTable *receipts; /* Receipt -> itself */
  GPtrArray *dirty;     /* of Receipt, to write at the flush */
  GPtrArray *unsettled; /* of Receipt, found under another key */
  uint64_t n_apart;     /* lines: see rai_sales_settle */
  GArray *lines;
  Receipt *last;           /* the one that the last line belonged to */
  int64_t next_receipt_id; /* 0: ask the database */
  int64_t last_receipt_id; /* the last one given out */
  RaiSalesCounts *counts;  /* that were made since */
  RaiSalesTotals *totals;  /* of periods */
  uint64_t n_replaced;     /* of them */
  GTimeZone *zone;         /* of zone_site, for totals */
  int64_t zone_site;
  GHashTable *new_sites; /* sites that had no receipt when first met: what is not remembered is not
                            stored */
};

static unsigned
receipt_hash (const void *data) {
  const Receipt *receipt = data;
  return g_str_hash (receipt->number) ^ (unsigned) receipt->site_id * 2654435761u ^
         g_str_hash (receipt->till) * 31u ^ (unsigned) receipt->said_day * 40503u;
}

static gboolean
receipt_equal (const void *a, const void *b) {
  const Receipt *x = a;
  const Receipt *y = b;
  return x->site_id == y->site_id && x->said_day == y->said_day &&
         g_str_equal (x->number, y->number) && g_str_equal (x->till, y->till);
}

static void
receipt_free (void *data) {
  Receipt *receipt = data;
  g_free (receipt->number);
  g_free (receipt->till);
  g_free (receipt);
}

RaiSales *
rai_sales_new (RaiDb *db, GError **error) {
  g_autoptr (RaiSales) sales = g_new0 (RaiSales, 1);
  sales->db = db;
  sales->items = rai_sales_items_new (db);
  sales->rollup.items = rai_tally_new ();
  sales->rollup.departments = rai_tally_new ();
  sales->rollup.sites = rai_tally_new ();
  sales->receipts = g_hash_table_new_full (receipt_hash, receipt_equal, receipt_free, NULL);
  sales->dirty = g_ptr_array_new ();
  sales->unsettled = g_ptr_array_new ();
  sales->lines = g_array_new (FALSE, FALSE, sizeof (Line));
  sales->counts = rai_sales_counts_new (db);
  sales->totals = rai_sales_totals_new (db);
  sales->new_sites = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);

  return rai_sales_items_check (sales->items, error) ? g_steal_pointer (&sales) : NULL;
}

void
rai_sales_free (RaiSales *sales) {
  if (sales == NULL)
    return;
  rai_sales_items_free (sales->items);
  rai_tally_free (sales->rollup.items);
  rai_tally_free (sales->rollup.departments);
  rai_tally_free (sales->rollup.sites);
  g_ptr_array_unref (sales->dirty);
  g_ptr_array_unref (sales->unsettled);
  g_hash_table_unref (sales->receipts);
  g_array_unref (sales->lines);
  rai_sales_counts_free (sales->counts);
  rai_sales_totals_free (sales->totals);
  g_clear_pointer (&sales->zone, g_time_zone_unref);
  g_hash_table_unref (sales->new_sites);
  g_free (sales);
}

RaiSales *
rai_sales_of (RaiDb *db, GError **error) {
  if (db->sales == NULL) {
    db->sales = rai_sales_new (db, error);
    db->free_sales = (void (*) (void *)) rai_sales_free;
  }
  return db->sales;
}

/* After a flush nothing is pending, so that only ids are kept of what was met. */
static void
clear_gathered (RaiSales *sales) {
  rai_tally_clear (sales->rollup.items);
  rai_tally_clear (sales->rollup.departments);
  rai_tally_clear (sales->rollup.sites);
  g_ptr_array_set_size (sales->dirty, 0);
  g_ptr_array_set_size (sales->unsettled, 0);
  g_array_set_size (sales->lines, 0);
  rai_sales_counts_clear (sales->counts);
  rai_sales_totals_clear (sales->totals);
  sales->next_receipt_id = 0;
  rai_sales_items_doubt (sales->items);
}

static gboolean
is_marked_new (void *site_id, void *empty, void *data) {
  return empty != NULL;
}

void
rai_sales_forget (RaiSales *sales) {
  clear_gathered (sales);
  rai_sales_totals_forget (sales->totals);
  sales->last = NULL;
  g_hash_table_remove_all (sales->receipts);
  g_hash_table_foreach_remove (sales->new_sites, is_marked_new, NULL);
}

static const Item *
find_item (RaiSales *sales, int64_t item_id, GError **error) {
  return rai_sales_items_find (sales->items, item_id, error);
}

static void
gather (RaiSales *sales, int64_t site_id, const Item *item, RaiDay day, const RaiTallyRow *add) {
  RaiTallyRow *row = rai_tally_row (sales->rollup.items, site_id, item->id, day);
  row->quantity += add->quantity;
  row->revenue += add->revenue;
  row->out_of_stock += add->out_of_stock;
  row->returned = row->returned || add->quantity < 0;
  row->from = row->from == 0 ? add->from : MIN (row->from, add->from);
  row = rai_tally_row (sales->rollup.departments, site_id, item->department_id, day);
  row->quantity += add->quantity;
  row->revenue += add->revenue;
  row->cost += add->cost;
  row = rai_tally_row (sales->rollup.sites, site_id, 0, day);
  row->quantity += add->quantity;
  row->revenue += add->revenue;
  row->cost += add->cost;
  row->receipts += add->receipts;
}

/* Held to the bound of a line's amount, as the revenue beside it is, so that no sum over many lines
 * leaves 64 bits. */
static int64_t
cost_of (const Item *item, int64_t quantity) {
  return CLAMP (rai_mul_div (quantity, item->cost, RAI_QUANTITY_ONE), -RAI_MONEY_MAX,
                RAI_MONEY_MAX);
}

/* ---- Receipts ---- */

static bool
next_receipt_id (RaiSales *sales, int64_t *id, GError **error) {
  if (!sales->next_receipt_id) {
    int64_t newest = 0;
    if (!rai_db_get_int (sales->db, "SELECT max(id) FROM receipt", NULL, 0, 0, &newest, error))
      return false;
    if (newest != sales->last_receipt_id) /* somebody else wrote, or we were undone */
      g_hash_table_remove_all (sales->new_sites);
    sales->next_receipt_id = newest + 1;
  }

  *id = sales->next_receipt_id++;
  sales->last_receipt_id = *id;
  return true;
}

/* *empty: the site has no receipts but those that we remember. */
static bool
is_new_site (RaiSales *sales, int64_t site_id, bool *empty, GError **error) {
  int64_t some = 0;
  void *known = NULL;
  if (g_hash_table_lookup_extended (sales->new_sites, &site_id, NULL, &known)) {
    *empty = known != NULL;
    return true;
  }

  if (!rai_db_get_int (sales->db, "SELECT id FROM receipt WHERE site_id = ?1 LIMIT 1", &site_id, 1,
                       0, &some, error))
    return false;

  *empty = some == 0;
  g_hash_table_insert (sales->new_sites, g_memdup2 (&site_id, sizeof site_id),
                       GINT_TO_POINTER (some == 0));

  return true;
}

/* Finds out whether the database holds the receipt; if not it gets the next id. */
static bool
meet_receipt (RaiSales *sales, Receipt *receipt, const RaiReceipt *sold, const RaiSalesLine *first,
              GError **error) {
  bool empty = false;
  int64_t id = 0;
  if (!next_receipt_id (sales, &id, error) || !is_new_site (sales, receipt->site_id, &empty, error))
    return false;
  receipt->id = id;
  if (empty)
    return true;

  RaiReceiptFound found;
  if (!rai_receipt_find (sales->db, sold, first, &found, error))
    return false;
  receipt->match = found.match;
  receipt->n_stored = found.n_lines;
  if (found.match != RAI_RECEIPT_NEW)
    receipt->id = found.id;
  if (found.match == RAI_RECEIPT_SAME || found.match == RAI_RECEIPT_ALIKE)
    g_ptr_array_add (sales->unsettled, receipt);
  return true;
}

static Receipt *
find_receipt (RaiSales *sales, const RaiReceipt *sold, const RaiSalesLine *first, GError **error) {
  const Receipt key = { .site_id = sold->site_id,
                        .number = (char *) sold->number,
                        .till = (char *) rai_receipt_till (sold),
                        .said_day = sold->said_day };
  if (sales->last != NULL && receipt_equal (sales->last, &key))
    return sales->last;
  Receipt *receipt = g_hash_table_lookup (sales->receipts, &key);

  if (receipt == NULL) {
    receipt = g_memdup2 (&key, sizeof key);
    receipt->number = g_strdup (key.number);
    receipt->till = g_strdup (key.till);
    receipt->sold_at = sold->sold_at;
    receipt->day = sold->day;
    if (!meet_receipt (sales, receipt, sold, first, error)) {
      receipt_free (receipt);
      return NULL;
    }
    g_hash_table_add (sales->receipts, receipt);
  }

  sales->last = receipt;
  return receipt;
}

static const Receipt *
find_met (RaiSales *sales, const RaiReceipt *receipt) {
  const Receipt key = { .site_id = receipt->site_id,
                        .number = (char *) receipt->number,
                        .till = (char *) rai_receipt_till (receipt),
                        .said_day = receipt->said_day };
  return g_hash_table_lookup (sales->receipts, &key);
}

bool
rai_sales_has_receipt (RaiSales *sales, const RaiReceipt *receipt, const RaiSalesLine *first,
                       bool *has, GError **error) {
  const Receipt *met = find_met (sales, receipt);
  if (met != NULL) {
    *has = met->match != RAI_RECEIPT_NEW || met->n_lines > 0;
    return true;
  }

  RaiReceiptFound found;
  if (!rai_receipt_find (sales->db, receipt, first, &found, error))
    return false;
  *has = found.match != RAI_RECEIPT_NEW;
  return true;
}

bool
rai_sales_is_stored (RaiSales *sales, const RaiReceipt *receipt, bool *stored, GError **error) {
  RaiReceiptFound found;
  const Receipt *met = find_met (sales, receipt);
  if (met == NULL && !rai_receipt_find (sales->db, receipt, NULL, &found, error))
    return false;
  const RaiReceiptMatch match = met != NULL ? met->match : found.match;
  *stored = match == RAI_RECEIPT_KNOWN || match == RAI_RECEIPT_SAME;
  return true;
}

static bool
write_lines (RaiSales *sales, GError **error) {
  const char *const columns[] = { "receipt_id", "line", "item_id", "quantity", "amount", NULL };
  if (!sales->lines->len)
    return true;

  RaiCopy *copy = rai_db_copy_begin (sales->db, "receipt_line", columns, error);
  if (copy == NULL)
    return false;

  RaiStatement *statement = rai_copy_statement (copy);
  bool written = true;
  for (unsigned i = 0; written && i < sales->lines->len; i++) {
    const Line *line = &g_array_index (sales->lines, Line, i);
    rai_statement_bind (statement, "iiiii", line->receipt_id, (int64_t) line->line,
                        line->values.item_id, line->values.quantity, line->values.amount);
    written = rai_copy_row (copy, error);
  }

  g_array_set_size (sales->lines, 0);
  return rai_copy_end (copy, written ? error : NULL) && written;
}

static bool
add_to_receipt (RaiSales *sales, Receipt *receipt, const RaiSalesLine *values, GError **error) {
  const Line line = { receipt->id, receipt->n_lines, *values };
  g_array_append_val (sales->lines, line);
  receipt->n_lines++;
  receipt->total += values->amount;
  receipt->units += ABS (values->quantity);
  receipt->money += ABS (values->amount);
  if (!receipt->dirty)
    g_ptr_array_add (sales->dirty, receipt);
  receipt->dirty = true;
  return sales->lines->len < LINES_KEPT || write_lines (sales, error);
}

/* Whether one receipt can mean what it would hold with this line. */
static bool
fits (const Receipt *receipt, const RaiSalesLine *values) {
  return receipt->n_lines < RAI_RECEIPT_LINES_MAX && values->quantity >= -RAI_QUANTITY_MAX &&
         values->quantity <= RAI_QUANTITY_MAX && values->amount >= -RAI_MONEY_MAX &&
         values->amount <= RAI_MONEY_MAX &&
         receipt->units + ABS (values->quantity) <= RAI_QUANTITY_MAX &&
         receipt->money + ABS (values->amount) <= RAI_MONEY_MAX;
}

static RaiSalesResult
add_new_line (RaiSales *sales, Receipt *receipt, const Item *item, const RaiSalesLine *values,
              GError **error) {
  if (!fits (receipt, values))
    return RAI_SALES_TOO_MUCH;

  /* The day of a receipt is the day of its first line, so that its lines and the roll-ups agree. */
  const RaiTallyRow add = { .quantity = values->quantity,
                            .revenue = values->amount,
                            .cost = cost_of (item, values->quantity),
                            .receipts = receipt->n_lines == 0,
                            .from = receipt->sold_at };

  if (!rai_sales_counts_note (sales->counts, receipt->site_id, item->id, receipt->sold_at,
                              values->quantity, error) ||
      !rai_sales_totals_note (sales->totals, receipt->site_id, item->id, receipt->day,
                              receipt->sold_at, error))
    return RAI_SALES_FAILED;
  gather (sales, receipt->site_id, item, receipt->day, &add);
  return add_to_receipt (sales, receipt, values, error) ? RAI_SALES_ADDED : RAI_SALES_FAILED;
}

/* A row of item, quantity and amount. */
static bool
read_line (RaiStatement *row, void *lines, GError **error) {
  const RaiSalesLine line = { rai_statement_int (row, 0), rai_statement_int (row, 1),
                              rai_statement_int (row, 2) };

  g_array_append_val ((GArray *) lines, line);
  return true;
}

/* It looked like a stored receipt as far as its lines went, and is another. */
static bool
set_apart (RaiSales *sales, Receipt *receipt, GError **error) {
  g_autoptr (GArray) lines = g_array_new (FALSE, FALSE, sizeof (RaiSalesLine));
  if (!rai_db_each (sales->db, read_line, lines, error,
                    "SELECT item_id, quantity, amount FROM receipt_line"
                    " WHERE receipt_id = ?1 AND line < ?2 ORDER BY line",
                    "ii", receipt->id, (int64_t) receipt->n_lines) ||
      !next_receipt_id (sales, &receipt->id, error))
    return false;

  receipt->match = RAI_RECEIPT_NEW;
  receipt->n_lines = 0;
  sales->n_apart += lines->len;
  for (unsigned i = 0; i < lines->len; i++) {
    const RaiSalesLine *line = &g_array_index (lines, RaiSalesLine, i);
    const Item *item = find_item (sales, line->item_id, error);
    if (item == NULL || add_new_line (sales, receipt, item, line, error) == RAI_SALES_FAILED)
      return false;
  }

  return true;
}

static RaiSalesResult
compare_line (RaiSales *sales, Receipt *receipt, const RaiSalesLine *values, GError **error) {
  bool same;
  if (!rai_receipt_has_line (sales->db, receipt->id, receipt->n_lines, values, &same, error))
    return RAI_SALES_FAILED;
  if (!same && receipt->match == RAI_RECEIPT_ALIKE)
    return set_apart (sales, receipt, error) ? RAI_SALES_ADDED : RAI_SALES_FAILED;

  receipt->n_lines++;
  receipt->differs |= !same;
  return same ? RAI_SALES_UNCHANGED : RAI_SALES_DIFFERENT;
}

RaiSalesResult
rai_sales_add_line (RaiSales *sales, const RaiReceipt *sold, const RaiSalesLine *values,
                    GError **error) {
  const Item *item = find_item (sales, values->item_id, error);
  Receipt *receipt = item != NULL ? find_receipt (sales, sold, values, error) : NULL;
  if (receipt == NULL)
    return RAI_SALES_FAILED;

  if (receipt->match != RAI_RECEIPT_NEW) {
    const RaiSalesResult result = compare_line (sales, receipt, values, error);
    if (receipt->match != RAI_RECEIPT_NEW || result == RAI_SALES_FAILED)
      return result;
  }

  return add_new_line (sales, receipt, item, values, error);
}

static bool
settle (RaiSales *sales, Receipt *receipt, GError **error) {
  const RaiReceipt said = { .site_id = receipt->site_id,
                            .number = receipt->number,
                            .till = receipt->till,
                            .said_day = receipt->said_day };
  const bool alike = receipt->match == RAI_RECEIPT_ALIKE;
  bool claimed = receipt->n_lines == receipt->n_stored;

  if ((!alike || claimed) && !rai_receipt_claim (sales->db, receipt->id, &said, &claimed, error))
    return false;
  if (alike && !claimed)
    return set_apart (sales, receipt, error);
  receipt->match = RAI_RECEIPT_KNOWN;
  return true;
}

bool
rai_sales_settle (RaiSales *sales, uint64_t *apart, GError **error) {
  for (unsigned i = 0; i < sales->unsettled->len; i++) {
    Receipt *receipt = sales->unsettled->pdata[i];
    if (receipt->match != RAI_RECEIPT_NEW && !receipt->differs && !settle (sales, receipt, error))
      return false;
  }

  g_ptr_array_set_size (sales->unsettled, 0);
  if (apart != NULL) {
    *apart = sales->n_apart;
    sales->n_apart = 0;
  }
  return true;
}

static bool
undo_line (RaiSales *sales, Receipt *undone, const RaiSalesLine *stored, GError **error) {
  const Item *item = find_item (sales, stored->item_id, error);
  if (item == NULL)
    return false;

  const Line line = { undone->id,
                      undone->n_lines++,
                      { stored->item_id, -stored->quantity, -stored->amount } };
  const RaiTallyRow add = { .quantity = line.values.quantity,
                            .revenue = line.values.amount,
                            .cost = cost_of (item, line.values.quantity),
                            .from = undone->sold_at };

  g_array_append_val (sales->lines, line);
  gather (sales, undone->site_id, item, undone->day, &add);
  return rai_sales_counts_note (sales->counts, undone->site_id, item->id, undone->sold_at,
                                line.values.quantity, error);
}

bool
rai_sales_is_absurd (RaiSales *sales, const RaiSalesLine *line, bool *absurd, GError **error) {
  const Item *item = find_item (sales, line->item_id, error);
  if (item == NULL)
    return false;

  int64_t quantity = ABS (line->quantity), amount = ABS (line->amount);
  /* A line without quantity is a fee or a deposit: as much as one unit may cost. */
  int64_t usual = rai_mul_div (MAX (quantity, RAI_QUANTITY_ONE), item->price, RAI_QUANTITY_ONE);
  bool dear = item->price > 0 && amount > LINE_AMOUNT_FREE && amount / PRICE_TIMES > usual;

  *absurd = quantity > LINE_QUANTITY_MAX || amount > LINE_AMOUNT_MAX || dear;
  return true;
}

RaiSalesResult
rai_sales_void (RaiSales *sales, int64_t site_id, int64_t id, int64_t at, GError **error) {
  g_autoptr (GArray) lines = g_array_new (FALSE, FALSE, sizeof (RaiSalesLine));
  Receipt undone = { .id = id, .site_id = site_id };
  int64_t day = 0, n_lines = 0;

  RaiStep step = rai_db_row (sales->db, error,
                             "SELECT day, n_lines, sold_at FROM receipt"
                             " WHERE id = ?1 AND voided_at IS NULL",
                             "i>iii", id, &day, &n_lines, &undone.sold_at);
  if (step != RAI_STEP_ROW)
    return step == RAI_STEP_DONE ? RAI_SALES_DIFFERENT : RAI_SALES_FAILED;
  undone.day = (RaiDay) day;
  undone.n_lines = (int) n_lines;

  if (!rai_db_each (sales->db, read_line, lines, error,
                    "SELECT item_id, quantity, amount FROM receipt_line"
                    " WHERE receipt_id = ?1 ORDER BY line",
                    "i", id))
    return RAI_SALES_FAILED;

  for (unsigned i = 0; i < lines->len; i++)
    if (!undo_line (sales, &undone, &g_array_index (lines, RaiSalesLine, i), error))
      return RAI_SALES_FAILED;

  return rai_db_run (sales->db, error,
                     "UPDATE receipt SET total = 0, n_lines = ?2, voided_at = ?3 WHERE id = ?1",
                     "iii", id, (int64_t) undone.n_lines, at)
             ? RAI_SALES_ADDED
             : RAI_SALES_FAILED;
}

/* ---- Totals of periods ---- */

/* For the totals of a site. */
static void
find_zone (RaiSales *sales, int64_t site_id) {
  if (sales->zone_site == site_id)
    return;
  g_clear_pointer (&sales->zone, g_time_zone_unref);
  sales->zone = rai_stock_zone (sales->db, site_id);
  sales->zone_site = site_id;
}

/* Thousandths of a day that a period without stock takes; 24 hours are cut to 1000 where they are
 * summed. */
#define SHARE_OF_HOUR 42
#define SHARE_OF_DAY 1000

/* Adds (sign 1) or takes back (-1) what a total stands for. */
static bool
gather_total (RaiSales *sales, const RaiSalesTotal *total, int sign, GError **error) {
  const Item *item = find_item (sales, total->item_id, error);
  if (item == NULL)
    return false;

  const bool hour = total->span == RAI_SALES_SPAN_HOUR;
  find_zone (sales, total->site_id);
  for (int i = 0; i < rai_sales_total_days (total); i++) {
    int64_t quantity, amount;
    rai_sales_total_share (total, i, &quantity, &amount);
    const int64_t sold_at = rai_stock_total_time (total->starts_at + i * 24, hour, sales->zone);
    const int stockout = hour ? SHARE_OF_HOUR : SHARE_OF_DAY;
    const RaiTallyRow add = { .quantity = sign * quantity,
                              .revenue = sign * amount,
                              .cost = sign * cost_of (item, quantity),
                              .out_of_stock = total->stockout ? sign * stockout : 0,
                              .from = sold_at };
    gather (sales, total->site_id, item, rai_sales_total_first_day (total) + i, &add);
    if (!rai_sales_counts_note (sales->counts, total->site_id, item->id, sold_at, add.quantity,
                                error))
      return false;
  }

  return true;
}

static bool
take_back (RaiSales *sales, const GArray *totals, GError **error) {
  for (unsigned i = 0; i < totals->len; i++)
    if (!gather_total (sales, &g_array_index (totals, RaiSalesTotal, i), -1, error))
      return false;
  return true;
}

static bool
give_way (RaiSales *sales, GError **error) {
  g_autoptr (GArray) gone = g_array_new (FALSE, FALSE, sizeof (RaiSalesTotal));
  if (!rai_sales_totals_give_way (sales->totals, gone, error) || !take_back (sales, gone, error))
    return false;
  sales->n_replaced += gone->len;
  return true;
}

uint64_t
rai_sales_n_replaced (const RaiSales *sales) {
  return sales->n_replaced;
}

/* What was told of the same time and period is told anew; what was coarser gives way. */
static bool
gather_put (RaiSales *sales, const RaiSalesTotal *total, const GArray *gone, GError **error) {
  for (unsigned i = 0; i < gone->len; i++) {
    const RaiSalesTotal *other = &g_array_index (gone, RaiSalesTotal, i);
    sales->n_replaced += other->starts_at != total->starts_at || other->period != total->period;
  }
  return take_back (sales, gone, error) && gather_total (sales, total, 1, error);
}

RaiSalesResult
rai_sales_add_total (RaiSales *sales, int64_t site_id, int64_t item_id, const char *period,
                     int64_t starts_at, int64_t quantity, int64_t amount, bool stockout,
                     GError **error) {
  static const RaiSalesResult results[] = {
    [RAI_SALES_TOTAL_PUT] = RAI_SALES_ADDED,
    [RAI_SALES_TOTAL_SAME] = RAI_SALES_UNCHANGED,
    [RAI_SALES_TOTAL_BEHIND_RECEIPTS] = RAI_SALES_HAS_RECEIPTS,
    [RAI_SALES_TOTAL_BEHIND_HOURS] = RAI_SALES_HAS_HOURS,
    [RAI_SALES_TOTAL_BEHIND_DAYS] = RAI_SALES_HAS_DAYS,
    [RAI_SALES_TOTAL_BESIDE_WEEK] = RAI_SALES_HAS_WEEK,
  };
  RaiSalesTotal total = { .site_id = site_id,
                          .item_id = item_id,
                          .starts_at = starts_at,
                          .quantity = quantity,
                          .amount = amount,
                          .stockout = stockout };
  g_return_val_if_fail (rai_sales_total_of (period, &total), RAI_SALES_FAILED);
  g_autoptr (GArray) gone = g_array_new (FALSE, FALSE, sizeof (RaiSalesTotal));
  RaiSalesTotalPut put;
  if (find_item (sales, item_id, error) == NULL)
    return RAI_SALES_FAILED;

  find_zone (sales, site_id);
  total.told_at = rai_sales_total_told_at (&total, rai_now_ms (), sales->zone);
  if (!rai_sales_totals_put (sales->totals, &total, sales->rollup.items, &put, gone, error) ||
      (put == RAI_SALES_TOTAL_PUT && !gather_put (sales, &total, gone, error)))
    return RAI_SALES_FAILED;
  return results[put];
}

/* ---- Writing ---- */

static bool
write_receipts (RaiSales *sales, GError **error) {
  const char *const columns[] = { "id",    "site_id", "number", "day",      "sold_at",
                                  "total", "n_lines", "till",   "said_day", NULL };
  RaiCopy *copy =
      sales->dirty->len ? rai_db_copy_begin (sales->db, "receipt", columns, error) : NULL;

  if (copy == NULL)
    return sales->dirty->len == 0;

  RaiStatement *statement = rai_copy_statement (copy);
  bool written = true;
  for (unsigned i = 0; written && i < sales->dirty->len; i++) {
    const Receipt *receipt = g_ptr_array_index (sales->dirty, i);
    if (receipt->written)
      continue;
    rai_statement_bind (statement, "iitiiiiti", receipt->id, receipt->site_id, receipt->number,
                        (int64_t) receipt->day, receipt->sold_at, receipt->total,
                        (int64_t) receipt->n_lines, receipt->till, (int64_t) receipt->said_day);
    written = rai_copy_row (copy, error);
  }

  return rai_copy_end (copy, written ? error : NULL) && written;
}

/* Receipts that were written at an earlier flush and have got more lines since. */
static bool
update_receipts (RaiSales *sales, GError **error) {
  for (unsigned i = 0; i < sales->dirty->len; i++) {
    Receipt *receipt = g_ptr_array_index (sales->dirty, i);
    receipt->dirty = false;
    if (!receipt->written) {
      receipt->written = true;
      continue;
    }
    if (!rai_db_run (sales->db, error, "UPDATE receipt SET total = ?2, n_lines = ?3 WHERE id = ?1",
                     "iii", receipt->id, receipt->total, (int64_t) receipt->n_lines))
      return false;
  }

  return true;
}

/* Behind all that moves stock. */
static bool
write_shortages (RaiSales *sales, const GArray *written, GError **error) {
  for (unsigned i = 0; i < written->len; i++) {
    if (!rai_shortage_after_sales (sales->db, &g_array_index (written, RaiRollupSite, i), error))
      return false;
  }
  return true;
}

bool
rai_sales_flush (RaiSales *sales, GError **error) {
  g_autoptr (GArray) written = g_array_new (FALSE, FALSE, sizeof (RaiRollupSite));
  if (!rai_sales_settle (sales, NULL, error) || !give_way (sales, error) ||
      !write_receipts (sales, error) || !update_receipts (sales, error) ||
      !write_lines (sales, error) ||
      !rai_rollup_write (sales->db, &sales->rollup, written, error) ||
      !rai_sales_counts_write (sales->counts, error) || !write_shortages (sales, written, error))
    return false;

  clear_gathered (sales);
  if (g_hash_table_size (sales->receipts) > RECEIPTS_KEPT) {
    sales->last = NULL;
    g_hash_table_remove_all (sales->receipts);
    g_hash_table_remove_all (sales->new_sites);
  }

  return true;
}
