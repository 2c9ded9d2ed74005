/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/rai-sales-total.h"

#include "db/rai-db-driver.h"
#include "db/rai-db-run.h"
#include "db/rai-sales.h"
#include "util/rai-decimal.h"

/* So many days of items are asked for one by one; of more, all totals of their site and time. */
#define DAYS_ASKED_SINGLY 500

/* What is known of a site in this transaction. */
typedef struct {
  bool has_receipts;
  bool has_totals;
  unsigned *spans; /* NULL: nobody asked */
} Site;

struct _RaiSalesTotals {
  RaiDb *db;
  GHashTable *sites; /* &id -> Site */
  GHashTable *spans; /* &id -> unsigned, as long as nobody else writes */
  int64_t rev;       /* the newest when spans were kept */
  RaiTally *sold;    /* days of items with receipts, from the earliest of them */
  bool some_sold;
};

static const struct {
  const char *period;
  RaiSalesSpan span;
} periods[] = {
  { "hour", RAI_SALES_SPAN_HOUR },
  { RAI_SALES_HOUR_AGAIN, RAI_SALES_SPAN_HOUR },
  { "day", RAI_SALES_SPAN_DAY },
  { "week", RAI_SALES_SPAN_WEEK },
};

RaiSalesTotals *
rai_sales_totals_new (RaiDb *db) {
  RaiSalesTotals *self = g_new0 (RaiSalesTotals, 1);
  self->db = db;
  self->sites = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  self->spans = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  self->sold = rai_tally_new ();
  return self;
}

void
rai_sales_totals_free (RaiSalesTotals *self) {
  if (self == NULL)
    return;
  g_hash_table_unref (self->sites);
  g_hash_table_unref (self->spans);
  rai_tally_free (self->sold);
  g_free (self);
}

void
rai_sales_totals_clear (RaiSalesTotals *self) {
  g_hash_table_remove_all (self->sites);
  if (self->some_sold)
    rai_tally_clear (self->sold);
  self->some_sold = false;
}

void
rai_sales_totals_forget (RaiSalesTotals *self) {
  rai_sales_totals_clear (self);
  g_hash_table_remove_all (self->spans);
}

/* ---- A total's days ---- */

bool
rai_sales_total_of (const char *period, RaiSalesTotal *total) {
  for (size_t i = 0; i < G_N_ELEMENTS (periods); i++)
    if (g_str_equal (periods[i].period, period)) {
      total->period = periods[i].period;
      total->span = periods[i].span;
      return true;
    }
  return false;
}

int
rai_sales_total_days (const RaiSalesTotal *total) {
  return total->span == RAI_SALES_SPAN_WEEK ? 7 : 1;
}

RaiDay
rai_sales_total_first_day (const RaiSalesTotal *total) {
  return (RaiDay) ((total->starts_at - (total->starts_at < 0 ? 23 : 0)) / 24);
}

/* Part i of n of a whole: the parts add up to it. */
static int64_t
share (int64_t whole, int i, int n) {
  return rai_mul_div (whole, i + 1, n) - rai_mul_div (whole, i, n);
}

void
rai_sales_total_share (const RaiSalesTotal *total, int i, int64_t *quantity, int64_t *amount) {
  const int days = rai_sales_total_days (total);
  *quantity = share (total->quantity, i, days);
  *amount = share (total->amount, i, days);
}

static RaiDay
last_day (const RaiSalesTotal *total) {
  return rai_sales_total_first_day (total) + rai_sales_total_days (total) - 1;
}

int64_t
rai_sales_total_told_at (const RaiSalesTotal *total, int64_t now, GTimeZone *zone) {
  const RaiDay end = last_day (total) + 1;
  /* Nearly all are of days that are over everywhere, and cost no look at a zone. */
  if ((end + 1) * RAI_MS_PER_DAY < now)
    return 0;
  return rai_day_to_ms (end, 0, zone) > now ? now : 0;
}

static bool
is_same_time (const RaiSalesTotal *a, const RaiSalesTotal *b) {
  return a->starts_at == b->starts_at && a->period == b->period;
}

/* Hours stand beside each other on one day; all else that shares a day tells of one time. */
static bool
overlap (const RaiSalesTotal *a, const RaiSalesTotal *b) {
  const bool hours = a->span == RAI_SALES_SPAN_HOUR && b->span == RAI_SALES_SPAN_HOUR;
  return !hours && rai_sales_total_first_day (a) <= last_day (b) &&
         rai_sales_total_first_day (b) <= last_day (a);
}

/* ---- Sites ---- */

static Site *
find_site (RaiSalesTotals *self, int64_t site_id, GError **error) {
  Site *site = g_hash_table_lookup (self->sites, &site_id);
  if (site != NULL)
    return site;

  const RaiStep receipts = rai_db_row (
      self->db, error, "SELECT 1 FROM receipt WHERE site_id = ?1 LIMIT 1", "i", site_id);
  const RaiStep totals =
      receipts == RAI_STEP_FAILED
          ? RAI_STEP_FAILED
          : rai_db_row (self->db, error, "SELECT 1 FROM sales_total WHERE site_id = ?1 LIMIT 1",
                        "i", site_id);
  if (totals == RAI_STEP_FAILED)
    return NULL;

  site = g_new0 (Site, 1);
  site->has_receipts = receipts == RAI_STEP_ROW;
  site->has_totals = totals == RAI_STEP_ROW;
  g_hash_table_insert (self->sites, g_memdup2 (&site_id, sizeof site_id), site);
  return site;
}

/* Forgets the spans when somebody else wrote since they were read: each transaction that writes has
 * the next revision. */
static bool
keep_spans (RaiSalesTotals *self, GError **error) {
  int64_t before = self->db->revision - 1;
  if (self->db->revision == 0 && !rai_db_last_revision (self->db, &before, error))
    return false;
  if (before != self->rev && self->db->revision != self->rev)
    g_hash_table_remove_all (self->spans);
  self->rev = MAX (self->db->revision, before);
  return true;
}

static bool
add_span (RaiStatement *row, void *spans, GError **error) {
  RaiSalesTotal total;
  if (rai_sales_total_of (rai_statement_text (row, 0), &total))
    *(unsigned *) spans |= 1u << total.span;
  return true;
}

/* Bits: which of RaiSalesSpan the site has totals of. All of its totals are looked through once. */
static unsigned *
find_spans (RaiSalesTotals *self, Site *site, int64_t site_id, GError **error) {
  if (site->spans != NULL)
    return site->spans;
  if (!keep_spans (self, error))
    return NULL;

  site->spans = g_hash_table_lookup (self->spans, &site_id);
  if (site->spans != NULL)
    return site->spans;

  unsigned spans = 0;
  if (site->has_totals &&
      !rai_db_each (self->db, add_span, &spans, error,
                    "SELECT DISTINCT period FROM sales_total WHERE site_id = ?1", "i", site_id))
    return NULL;
  site->spans = g_memdup2 (&spans, sizeof spans);
  g_hash_table_insert (self->spans, g_memdup2 (&site_id, sizeof site_id), site->spans);
  return site->spans;
}

/* ---- The table ---- */

static bool
add_row (RaiStatement *row, void *list, GError **error) {
  RaiSalesTotal total = { .site_id = rai_statement_int (row, 0),
                          .item_id = rai_statement_int (row, 1),
                          .starts_at = rai_statement_int (row, 2),
                          .quantity = rai_statement_int (row, 4),
                          .amount = rai_statement_int (row, 5),
                          .stockout = rai_statement_int (row, 6) != 0,
                          .told_at =
                              rai_statement_is_null (row, 7) ? 0 : rai_statement_int (row, 7) };
  if (rai_sales_total_of (rai_statement_text (row, 3), &total))
    g_array_append_val ((GArray *) list, total);
  return true;
}

#define SELECT_TOTALS \
  "SELECT site_id, item_id, starts_at, period, quantity, amount, stockout, told_at" \
  " FROM sales_total WHERE site_id = ?1"

/* Totals of an item that may lie on these days: a week begins up to six before. */
static bool
read_totals (RaiSalesTotals *self, int64_t site_id, int64_t item_id, RaiDay first, RaiDay last,
             GArray *list, GError **error) {
  return rai_db_each (self->db, add_row, list, error,
                      SELECT_TOTALS " AND item_id = ?2 AND starts_at BETWEEN ?3 AND ?4", "iiii",
                      site_id, item_id, (int64_t) (first - 6) * 24, (int64_t) last * 24 + 23);
}

/* What tells of the same time: ?3 is where the total's first day begins, a week up to six days
 * before. */
#define SELECT_BESIDE(there) \
  "SELECT 1 FROM sales_total WHERE site_id = ?1 AND item_id = ?2 AND starts_at >= ?3 - 144" \
  " AND " there " LIMIT 1"

static const char *const select_beside[] = {
  [RAI_SALES_SPAN_HOUR] = SELECT_BESIDE ("starts_at <= ?3 AND (period = 'week'"
                                         " OR (starts_at = ?3 AND period = 'day'))"),
  [RAI_SALES_SPAN_DAY] = SELECT_BESIDE ("starts_at <= ?3 + 23 AND (period = 'week'"
                                        " OR (starts_at >= ?3 AND period <> 'day'))"),
  [RAI_SALES_SPAN_WEEK] =
      SELECT_BESIDE ("starts_at <= ?3 + 167 AND (starts_at <> ?3 OR period <> 'week')"
                     " AND (period = 'week' OR starts_at >= ?3)"),
};

static bool
has_beside (RaiSalesTotals *self, Site *site, const RaiSalesTotal *total, bool *has,
            GError **error) {
  unsigned *spans = find_spans (self, site, total->site_id, error);
  const unsigned own = 1u << total->span;
  *has = false;
  if (spans == NULL)
    return false;
  const unsigned others = *spans & ~own;
  *spans |= own;
  /* Days stand beside each other, and so do hours; weeks may begin on other weekdays. */
  if (others == 0 && total->span != RAI_SALES_SPAN_WEEK)
    return true;
  const RaiStep step =
      rai_db_row (self->db, error, select_beside[total->span], "iii", total->site_id,
                  total->item_id, (int64_t) rai_sales_total_first_day (total) * 24);
  *has = step == RAI_STEP_ROW;
  return step != RAI_STEP_FAILED;
}

/* *put is whether it is in: not where something stands that tells of the same time. */
static bool
put_alone (RaiSalesTotals *self, Site *site, const RaiSalesTotal *total, bool *put,
           GError **error) {
  bool beside;
  *put = false;
  if (!has_beside (self, site, total, &beside, error))
    return false;
  if (beside)
    return true;

  const int64_t *told_at = total->told_at != 0 ? &total->told_at : NULL;
  if (!rai_db_run (self->db, error,
                   "INSERT INTO sales_total (site_id, item_id, starts_at, period, quantity, amount,"
                   " stockout, told_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)"
                   " ON CONFLICT DO NOTHING",
                   "iiitiiiI", total->site_id, total->item_id, total->starts_at, total->period,
                   total->quantity, total->amount, (int64_t) total->stockout, told_at))
    return false;
  *put = rai_db_changes (self->db) > 0;
  return true;
}

/* The total that stands at the same time and period: as is told now again, or not. */
static bool
is_told_again (RaiSalesTotals *self, const RaiSalesTotal *total, bool *again, GError **error) {
  int64_t quantity = 0, amount = 0, stockout = 0;
  const RaiStep step =
      rai_db_row (self->db, error,
                  "SELECT quantity, amount, stockout FROM sales_total"
                  " WHERE site_id = ?1 AND item_id = ?2 AND starts_at = ?3 AND period = ?4",
                  "iiit>iii", total->site_id, total->item_id, total->starts_at, total->period,
                  &quantity, &amount, &stockout);
  *again = step == RAI_STEP_ROW && quantity == total->quantity && amount == total->amount &&
           (stockout != 0) == total->stockout;
  return step != RAI_STEP_FAILED;
}

static bool
write (RaiSalesTotals *self, const RaiSalesTotal *total, GError **error) {
  const int64_t *told_at = total->told_at != 0 ? &total->told_at : NULL;
  return rai_db_run (self->db, error,
                     "INSERT INTO sales_total (site_id, item_id, starts_at, period, quantity,"
                     " amount, stockout, told_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)"
                     " ON CONFLICT (site_id, item_id, starts_at, period) DO UPDATE"
                     " SET quantity = excluded.quantity, amount = excluded.amount,"
                     " stockout = excluded.stockout, told_at = excluded.told_at",
                     "iiitiiiI", total->site_id, total->item_id, total->starts_at, total->period,
                     total->quantity, total->amount, (int64_t) total->stockout, told_at);
}

static bool
take_out (RaiSalesTotals *self, const RaiSalesTotal *total, GError **error) {
  return rai_db_run (self->db, error,
                     "DELETE FROM sales_total WHERE site_id = ?1 AND item_id = ?2"
                     " AND starts_at = ?3 AND period = ?4",
                     "iiit", total->site_id, total->item_id, total->starts_at, total->period);
}

/* ---- Putting a total in ---- */

/* Sums of a day, less what totals say of it: what is left is of receipts. */
typedef struct {
  int64_t quantity;
  int64_t amount;
} Rest;

static void
take_shares (Rest *rest, const GArray *totals, RaiDay day) {
  for (unsigned i = 0; i < totals->len; i++) {
    const RaiSalesTotal *total = &g_array_index (totals, RaiSalesTotal, i);
    const int at = day - rai_sales_total_first_day (total);
    int64_t quantity, amount;
    if (at < 0 || at >= rai_sales_total_days (total))
      continue;
    rai_sales_total_share (total, at, &quantity, &amount);
    rest->quantity -= quantity;
    rest->amount -= amount;
  }
}

/* Adds to no sum, whatever stands beside it: it tells of an empty shelf. */
static bool
is_nothing (const RaiSalesTotal *total) {
  return total->quantity == 0 && total->amount == 0;
}

/* near: all totals on the total's days. */
static bool
has_receipts (RaiSalesTotals *self, const RaiSalesTotal *total, const GArray *near,
              RaiTally *pending, bool *has, GError **error) {
  *has = false;
  for (RaiDay day = rai_sales_total_first_day (total); day <= last_day (total) && !*has; day++) {
    Rest rest = { 0 };
    if (rai_db_row (self->db, error,
                    "SELECT quantity, revenue FROM item_day"
                    " WHERE site_id = ?1 AND item_id = ?2 AND day = ?3",
                    "iii>ii", total->site_id, total->item_id, (int64_t) day, &rest.quantity,
                    &rest.amount) == RAI_STEP_FAILED)
      return false;

    const RaiTallyRow *more = rai_tally_find (pending, total->site_id, total->item_id, day);
    if (more != NULL) {
      rest.quantity += more->quantity;
      rest.amount += more->revenue;
    }
    take_shares (&rest, near, day);
    *has = rest.quantity != 0 || rest.amount != 0;
  }
  return true;
}

/* The first that is finer, or as coarse and beside it. */
static RaiSalesTotalPut
find_finer (const GArray *near, const RaiSalesTotal *total) {
  for (unsigned i = 0; i < near->len; i++) {
    const RaiSalesTotal *other = &g_array_index (near, RaiSalesTotal, i);
    if (is_same_time (other, total) || !overlap (other, total) || other->span > total->span)
      continue;
    return other->span == RAI_SALES_SPAN_HOUR  ? RAI_SALES_TOTAL_BEHIND_HOURS
           : other->span == RAI_SALES_SPAN_DAY ? RAI_SALES_TOTAL_BEHIND_DAYS
                                               : RAI_SALES_TOTAL_BESIDE_WEEK;
  }
  return RAI_SALES_TOTAL_PUT;
}

static bool
replace (RaiSalesTotals *self, const RaiSalesTotal *total, const GArray *near, GArray *gone,
         GError **error) {
  for (unsigned i = 0; i < near->len; i++) {
    const RaiSalesTotal *other = &g_array_index (near, RaiSalesTotal, i);
    if (!is_same_time (other, total) && !overlap (other, total))
      continue;
    g_array_append_vals (gone, other, 1);
    if (!is_same_time (other, total) && !take_out (self, other, error))
      return false;
  }
  return write (self, total, error);
}

bool
rai_sales_totals_put (RaiSalesTotals *self, const RaiSalesTotal *total, RaiTally *pending,
                      RaiSalesTotalPut *put, GArray *gone, GError **error) {
  Site *site = find_site (self, total->site_id, error);
  bool alone = false, again = false, receipts = false;
  *put = RAI_SALES_TOTAL_PUT;
  if (site == NULL || (!site->has_receipts && !put_alone (self, site, total, &alone, error)))
    return false;
  site->has_totals = true;
  if (alone)
    return true;
  if (!is_told_again (self, total, &again, error))
    return false;
  *put = again ? RAI_SALES_TOTAL_SAME : RAI_SALES_TOTAL_PUT;
  if (again)
    return true;

  g_autoptr (GArray) near = g_array_new (FALSE, FALSE, sizeof (RaiSalesTotal));
  if (!read_totals (self, total->site_id, total->item_id, rai_sales_total_first_day (total),
                    last_day (total), near, error) ||
      (site->has_receipts && !is_nothing (total) &&
       !has_receipts (self, total, near, pending, &receipts, error)))
    return false;
  *put = receipts ? RAI_SALES_TOTAL_BEHIND_RECEIPTS : find_finer (near, total);
  return *put != RAI_SALES_TOTAL_PUT || replace (self, total, near, gone, error);
}

/* ---- Giving way to receipts ---- */

bool
rai_sales_totals_note (RaiSalesTotals *self, int64_t site_id, int64_t item_id, RaiDay day,
                       int64_t sold_at, GError **error) {
  Site *site = find_site (self, site_id, error);
  if (site == NULL)
    return false;
  site->has_receipts = true;
  if (!site->has_totals)
    return true;

  RaiTallyRow *row = rai_tally_row (self->sold, site_id, item_id, day);
  row->from = row->from == 0 ? sold_at : MIN (row->from, sold_at);
  self->some_sold = true;
  return true;
}

/* Days of one site. */
typedef struct {
  const RaiTallyRow *rows;
  size_t n_rows;
} Days;

/* What was sold after a total was told is none of it. */
static bool
is_of (const RaiSalesTotal *total, const RaiTallyRow *sold) {
  const int at = sold->day - rai_sales_total_first_day (total);
  return !is_nothing (total) && at >= 0 && at < rai_sales_total_days (total) &&
         (total->told_at == 0 || sold->from <= total->told_at);
}

static bool
read_near (RaiSalesTotals *self, const Days *days, GArray *near, GError **error) {
  const int64_t site_id = days->rows[0].site_id;
  RaiDay first = INT32_MAX, last = INT32_MIN;
  if (days->n_rows <= DAYS_ASKED_SINGLY) {
    for (size_t i = 0; i < days->n_rows; i++)
      if (!read_totals (self, site_id, days->rows[i].node_id, days->rows[i].day, days->rows[i].day,
                        near, error))
        return false;
    return true;
  }

  for (size_t i = 0; i < days->n_rows; i++) {
    first = MIN (first, days->rows[i].day);
    last = MAX (last, days->rows[i].day);
  }
  return rai_db_each (self->db, add_row, near, error,
                      SELECT_TOTALS " AND starts_at BETWEEN ?2 AND ?3", "iii", site_id,
                      (int64_t) (first - 6) * 24, (int64_t) last * 24 + 23);
}

static bool
is_sold (const GHashTable *by_day, const RaiSalesTotal *total) {
  for (int i = 0; i < rai_sales_total_days (total); i++) {
    const RaiTallyRow key = { .node_id = total->item_id,
                              .day = rai_sales_total_first_day (total) + i };
    const RaiTallyRow *sold = g_hash_table_lookup ((GHashTable *) by_day, &key);
    if (sold != NULL && is_of (total, sold))
      return true;
  }
  return false;
}

static unsigned
day_hash (const void *data) {
  const RaiTallyRow *row = data;
  return (unsigned) row->node_id * 2654435761u ^ (unsigned) row->day * 40503u;
}

static gboolean
day_equal (const void *a, const void *b) {
  const RaiTallyRow *x = a, *y = b;
  return x->node_id == y->node_id && x->day == y->day;
}

/* One that lies on several of the days is met several times, and deleted once. */
static bool
take_out_sold (RaiSalesTotals *self, const Days *days, GArray *gone, GError **error) {
  g_autoptr (GArray) near = g_array_new (FALSE, FALSE, sizeof (RaiSalesTotal));
  g_autoptr (GHashTable) by_day = g_hash_table_new (day_hash, day_equal);
  if (!read_near (self, days, near, error))
    return false;

  for (size_t i = 0; i < days->n_rows; i++)
    g_hash_table_add (by_day, (void *) &days->rows[i]);
  for (unsigned i = 0; i < near->len; i++) {
    const RaiSalesTotal *total = &g_array_index (near, RaiSalesTotal, i);
    if (!is_sold (by_day, total))
      continue;
    if (!take_out (self, total, error))
      return false;
    if (rai_db_changes (self->db) > 0)
      g_array_append_vals (gone, total, 1);
  }
  return true;
}

bool
rai_sales_totals_give_way (RaiSalesTotals *self, GArray *gone, GError **error) {
  size_t n_rows = 0;
  if (!self->some_sold)
    return true;

  const RaiTallyRow *rows = rai_tally_sort (self->sold, &n_rows);
  for (size_t first = 0, i = 1; i <= n_rows; i++) {
    if (i < n_rows && rows[i].site_id == rows[first].site_id)
      continue;
    const Days days = { &rows[first], i - first };
    if (!take_out_sold (self, &days, gone, error))
      return false;
    first = i;
  }

  rai_tally_clear (self->sold);
  self->some_sold = false;
  return true;
}
