/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/rai-shortage-sales.h"

#include "db/rai-db-driver.h"
#include "db/rai-db-run.h"
#include "db/rai-shortage-ledger.h"
#include "db/rai-shortage.h"
#include "db/rai-stock.h"

/* Sales of so many items or fewer are a till's: each item is asked for by itself. */
#define ITEMS_OF_A_TILL 32
/* When a day ends in UTC at the earliest: no zone is further ahead. */
#define DAY_END_MIN(day) ((int64_t) ((day) + 1) * RAI_MS_PER_DAY - 14 * INT64_C (3600000))

/* Where looking begins, by item. */
static void
look_from (GHashTable *begins, int64_t item_id, RaiDay day) {
  void *known = NULL;
  if (g_hash_table_lookup_extended (begins, &item_id, NULL, &known))
    day = MIN (day, (RaiDay) GPOINTER_TO_INT (known));
  g_hash_table_insert (begins, g_memdup2 (&item_id, sizeof item_id), GINT_TO_POINTER (day));
}

/* What sold of one item in a flush. */
typedef struct {
  int64_t item_id;
  RaiDay first, last;
  int64_t from; /* ms UTC, the earliest of them */
  int64_t quantity;
  bool turned; /* something came back, or what was said of its shelf changed */
} Sold;

typedef struct {
  RaiDb *db;
  int64_t site_id;
  bool unsure;        /* what was sold may be more than happened */
  GHashTable *begins; /* &item_id -> day */
  GArray *sold;       /* Sold by item */
  unsigned at;
  GTimeZone *zone;
  bool zone_read;
} Touched;

static void
touched_clear (Touched *touched) {
  g_hash_table_unref (touched->begins);
  g_array_unref (touched->sold);
  g_clear_pointer (&touched->zone, g_time_zone_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Touched, touched_clear)

static GArray *
sum_rows (const RaiTallyRow *rows, size_t n_rows) {
  GArray *sold = g_array_new (FALSE, TRUE, sizeof (Sold));
  for (size_t i = 0; i < n_rows; i++) {
    if (i == 0 || rows[i].node_id != rows[i - 1].node_id)
      g_array_append_val (
          sold, ((Sold){ .item_id = rows[i].node_id, .first = rows[i].day, .from = INT64_MAX }));
    Sold *item = &g_array_index (sold, Sold, sold->len - 1);
    item->last = rows[i].day;
    item->from = MIN (item->from, rows[i].from);
    item->quantity += rows[i].quantity;
    item->turned = item->turned || rows[i].returned || rows[i].out_of_stock != 0;
  }
  return sold;
}

/* An item's stock, and when it moved last. */
typedef struct {
  int64_t on_hand;
  int64_t moved_at;
  int64_t last_return;
} Stock;

/* Whether something moved behind what was sold: a receipt counts under its business day, but at its
 * end when it is from later (rai-shortage-ledger). */
static bool
moved_since (Touched *touched, const Sold *sold, int64_t moved_at) {
  if (moved_at >= sold->from || moved_at < DAY_END_MIN (sold->first))
    return moved_at >= sold->from;
  if (!touched->zone_read)
    touched->zone = rai_stock_zone (touched->db, touched->site_id);
  touched->zone_read = true;
  return moved_at >= rai_day_to_ms (sold->first + 1, 0, touched->zone) - 1;
}

/* Behind the item's last movement its stock only falls unless something came back, so that one that
 * still has some was never without, and one that has less than nothing is wrong since it ran out:
 * as it was before, unless nothing was there then. */
static void
judge (Touched *touched, const Sold *sold, const Stock *stock) {
  const int64_t before = stock->on_hand + sold->quantity;
  if (stock->moved_at != INT64_MIN &&
      (touched->unsure || sold->turned || stock->last_return >= sold->first ||
       stock->on_hand == 0 || (stock->on_hand < 0 && before == 0) ||
       moved_since (touched, sold, stock->moved_at)))
    look_from (touched->begins, sold->item_id, sold->first);
}

static bool
judge_each (Touched *touched, GError **error) {
  for (unsigned i = 0; i < touched->sold->len; i++) {
    const Sold *sold = &g_array_index (touched->sold, Sold, i);
    Stock stock = { 0, INT64_MIN, 0 };
    const RaiStep step =
        rai_db_row (touched->db, error,
                    "SELECT on_hand, (SELECT max(m.at) FROM movement m WHERE m.site_id = ?1"
                    " AND m.item_id = ?2), last_return FROM stock"
                    " WHERE site_id = ?1 AND item_id = ?2 AND tracked = 1",
                    "ii>iii", touched->site_id, sold->item_id, &stock.on_hand, &stock.moved_at,
                    &stock.last_return);
    if (step == RAI_STEP_FAILED)
      return false;
    if (step == RAI_STEP_ROW)
      judge (touched, sold, &stock);
  }
  return true;
}

/* Rows come by item, as what was sold does. */
static bool
judge_row (RaiStatement *row, void *data, GError **error) {
  Touched *touched = data;
  const int64_t id = rai_statement_int (row, 0);
  const Stock stock = { rai_statement_int (row, 1),
                        rai_statement_is_null (row, 2) ? 0 : rai_statement_int (row, 2),
                        rai_statement_int (row, 3) };
  while (touched->at < touched->sold->len &&
         g_array_index (touched->sold, Sold, touched->at).item_id < id)
    touched->at++;
  if (touched->at < touched->sold->len &&
      g_array_index (touched->sold, Sold, touched->at).item_id == id)
    judge (touched, &g_array_index (touched->sold, Sold, touched->at), &stock);
  return true;
}

/* Of all items at once; a movement before the sales is as good as none. */
static bool
judge_all (Touched *touched, GError **error) {
  int64_t from = INT64_MAX;
  for (unsigned i = 0; i < touched->sold->len; i++) {
    const Sold *sold = &g_array_index (touched->sold, Sold, i);
    from = MIN (from, MIN (sold->from, DAY_END_MIN (sold->first)));
  }

  return rai_db_each (touched->db, judge_row, touched, error,
                      "SELECT s.item_id, s.on_hand, m.at, s.last_return FROM stock s LEFT JOIN"
                      " (SELECT item_id, max(at) AS at FROM movement"
                      " WHERE site_id = ?1 AND at >= ?2 GROUP BY item_id) AS m"
                      " ON m.item_id = s.item_id"
                      " WHERE s.site_id = ?1 AND s.tracked = 1 ORDER BY s.item_id",
                      "ii", touched->site_id, from);
}

static bool
add_begin (RaiStatement *row, void *data, GError **error) {
  const Touched *touched = data;
  look_from (touched->begins, rai_statement_int (row, 0), (RaiDay) rai_statement_int (row, 1));
  return true;
}

/* On days that the site's sales newly reach: what is without stock, and what had been. */
static bool
add_reached (Touched *touched, RaiDay first, int64_t begins, GError **error) {
  return rai_db_each (touched->db, add_begin, touched, error,
                      "SELECT item_id, CAST(?2 AS BIGINT) FROM stock WHERE site_id = ?1"
                      " AND tracked = 1 AND on_hand = 0 AND last_sale >= ?2 - ?3",
                      "iii", touched->site_id, (int64_t) first, (int64_t) RAI_SHORTAGE_DAYS) &&
         rai_db_each (touched->db, add_begin, touched, error,
                      "SELECT DISTINCT item_id, CAST(?2 AS BIGINT) FROM movement"
                      " WHERE site_id = ?1 AND at >= ?3",
                      "iii", touched->site_id, (int64_t) first, begins);
}

static int
compare_ids (const void *a, const void *b) {
  const int64_t *x = a, *y = b;
  return (*x > *y) - (*x < *y);
}

/* Receipts of a business day may lie days beside it: a count is behind them all. */
#define DAYS_APART 4

/* In the order of their ids, so that the same is written in the same order. */
static bool
look_at_all (const Touched *touched, RaiShortageLedger *ledger, RaiDay newest, GError **error) {
  g_autoptr (GList) ids = g_list_sort (g_hash_table_get_keys (touched->begins), compare_ids);
  const int64_t end = rai_shortage_ledger_begin_of (ledger, newest + 1 + DAYS_APART);

  int64_t newest_count = INT64_MIN;
  if (rai_db_row (touched->db, error,
                  "SELECT max(at) FROM movement WHERE site_id = ?1 AND counted IS NOT NULL", "i>i",
                  touched->site_id, &newest_count) == RAI_STEP_FAILED)
    return false;

  const RaiDay last_day = rai_shortage_ledger_last_day (ledger);
  for (const GList *id = ids; id != NULL; id = id->next) {
    const int64_t *item_id = id->data;
    const RaiDay from = (RaiDay) GPOINTER_TO_INT (g_hash_table_lookup (touched->begins, item_id));
    if (!(newest_count < end
              ? rai_shortage_ledger_look (ledger, *item_id, from, last_day, error)
              : rai_shortage_ledger_look_since (ledger, *item_id, from, end, NULL, error)))
      return false;
  }
  return true;
}

/* Most sales end here: of items that have some left. */
static bool
look (Touched *touched, RaiDay oldest, RaiDay newest, RaiDay reached, GError **error) {
  if (!(touched->sold->len > ITEMS_OF_A_TILL ? judge_all (touched, error)
                                             : judge_each (touched, error)))
    return false;
  if (newest <= reached && g_hash_table_size (touched->begins) == 0)
    return true;

  RaiShortageLedger *ledger = rai_shortage_ledger_new (touched->db, touched->site_id, error);
  if (ledger == NULL)
    return false;
  const RaiDay first = reached != RAI_DAY_NONE ? reached + 1 : oldest;
  const bool good =
      (newest <= reached ||
       add_reached (touched, first, rai_shortage_ledger_begin_of (ledger, first), error)) &&
      look_at_all (touched, ledger, newest, error);
  return rai_shortage_ledger_finish (ledger, good, error);
}

/* A day that had no sales before, or has none any more. */
static bool
is_turned (RaiDb *db, int64_t site_id, const RaiTallyRow *day, bool *turned, GError **error) {
  int64_t quantity = 0, revenue = 0;
  if (rai_db_row (db, error,
                  "SELECT quantity, revenue FROM site_day WHERE site_id = ?1 AND day = ?2", "ii>ii",
                  site_id, (int64_t) day->day, &quantity, &revenue) == RAI_STEP_FAILED)
    return false;

  const bool sells = quantity != 0 || revenue != 0;
  *turned = db->undone || sells != (quantity != day->quantity || revenue != day->revenue);
  return true;
}

/* Days that were said to be closed, and on which these are the first sales, or took the last back:
 * that concerns all items. Days behind `reached` are looked at anyway. */
static bool
find_opened (RaiDb *db, const RaiRollupSite *written, RaiDay *first, RaiDay *last, GError **error) {
  RaiShortageLedger *ledger = NULL;
  bool good = true;
  for (size_t i = 0; good && i < written->n_days; i++) {
    const RaiTallyRow *day = &written->days[i];
    bool turned = false, closed = false;
    if (day->day > written->reached)
      break;
    good = is_turned (db, written->site_id, day, &turned, error);
    if (!good || !turned)
      continue;
    if (ledger == NULL && (ledger = rai_shortage_ledger_new (db, written->site_id, error)) == NULL)
      return false;
    good = rai_shortage_ledger_said_closed (ledger, day->day, &closed, error);
    *first = closed ? MIN (*first, day->day) : *first;
    *last = closed ? MAX (*last, day->day) : *last;
  }

  return ledger != NULL ? rai_shortage_ledger_finish (ledger, good, error) : good;
}

static bool
look_at_site (RaiDb *db, const RaiRollupSite *written, GError **error) {
  RaiDay first = INT32_MAX, last = RAI_DAY_NONE;
  g_auto (Touched) touched = {
    .db = db,
    .site_id = written->site_id,
    .unsure = db->undone,
    .begins = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL),
    .sold = sum_rows (written->items, written->n_items),
  };
  return look (&touched, written->days[0].day, written->days[written->n_days - 1].day,
               written->reached, error) &&
         find_opened (db, written, &first, &last, error) &&
         (first > last || rai_shortage_after_opening (db, written->site_id, first, last, error));
}

/* ---- Once a transaction ---- */

/* What was written in it, so that a shelf is looked at once however many receipts come together. */
typedef struct {
  RaiAtCommit work;
  RaiTally *items;
  RaiTally *days;      /* node: 0 */
  GHashTable *reached; /* &site_id -> the newest day with sales before */
} Waiting;

static const RaiTallyRow *
take_site (const RaiTallyRow *rows, size_t n_rows, size_t *at, size_t *n) {
  const size_t first = *at;
  while (*at < n_rows && rows[*at].site_id == rows[first].site_id)
    ++*at;
  *n = *at - first;
  return &rows[first];
}

static bool
look_at_sites (RaiAtCommit *work, RaiDb *db, GError **error) {
  const Waiting *waiting = (const Waiting *) (const void *) work;
  size_t n_items, n_days, item = 0, day = 0;
  const RaiTallyRow *items = rai_tally_sort (waiting->items, &n_items);
  const RaiTallyRow *days = rai_tally_sort (waiting->days, &n_days);

  while (day < n_days) {
    RaiRollupSite site = { .site_id = days[day].site_id };
    site.reached = (RaiDay) GPOINTER_TO_INT (g_hash_table_lookup (waiting->reached, &site.site_id));
    site.items = take_site (items, n_items, &item, &site.n_items);
    site.days = take_site (days, n_days, &day, &site.n_days);
    if (!look_at_site (db, &site, error))
      return false;
  }
  return true;
}

static void
waiting_free (RaiAtCommit *work) {
  Waiting *waiting = (Waiting *) (void *) work;
  rai_tally_free (waiting->items);
  rai_tally_free (waiting->days);
  g_hash_table_unref (waiting->reached);
  g_free (waiting);
}

static Waiting *
waiting_of (RaiDb *db) {
  if (db->at_commit == NULL) {
    Waiting *waiting = g_new0 (Waiting, 1);
    waiting->work = (RaiAtCommit){ look_at_sites, waiting_free };
    waiting->items = rai_tally_new ();
    waiting->days = rai_tally_new ();
    waiting->reached = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
    db->at_commit = &waiting->work;
  }
  return (Waiting *) (void *) db->at_commit;
}

static void
add_row (RaiTally *tally, const RaiTallyRow *add) {
  RaiTallyRow *row = rai_tally_row (tally, add->site_id, add->node_id, add->day);
  row->quantity += add->quantity;
  row->revenue += add->revenue;
  row->out_of_stock += add->out_of_stock != 0;
  row->returned = row->returned || add->returned;
  row->from = row->from == 0 ? add->from : MIN (row->from, add->from);
}

bool
rai_shortage_after_sales (RaiDb *db, const RaiRollupSite *written, GError **error) {
  if (written->n_items == 0 || db->replica)
    return true;

  /* Nothing is kept where nothing ever moved. */
  const RaiStep step = rai_db_row (db, error, "SELECT 1 FROM movement WHERE site_id = ?1 LIMIT 1",
                                   "i", written->site_id);
  if (step != RAI_STEP_ROW)
    return step == RAI_STEP_DONE;

  Waiting *waiting = waiting_of (db);
  if (!g_hash_table_contains (waiting->reached, &written->site_id))
    g_hash_table_insert (waiting->reached, g_memdup2 (&written->site_id, sizeof written->site_id),
                         GINT_TO_POINTER (written->reached));
  for (size_t i = 0; i < written->n_items; i++)
    add_row (waiting->items, &written->items[i]);
  for (size_t i = 0; i < written->n_days; i++)
    add_row (waiting->days, &written->days[i]);
  return true;
}
