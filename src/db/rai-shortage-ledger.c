/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/rai-shortage-ledger.h"

#include "db/rai-db-driver.h"
#include "db/rai-db-run.h"
#include "db/rai-shortage.h"
#include "db/rai-stock.h"
#include "db/rai-upsert.h"

/* Receipt lines that are kept in memory while items are walked: 50 MB. */
#define LINES_KEPT 2000000

/* What a receipt sold of an item. */
typedef struct {
  int64_t item_id;
  int64_t at;
  int64_t quantity;
} Line;

typedef struct {
  int64_t at;
  int64_t change;
  RaiShortageKind kind;
  unsigned place; /* among those of one moment */
} Event;

/* A row of item_day. */
typedef struct {
  RaiDay day;
  int64_t quantity;
  int flagged;
  int out_of_stock;
} Row;

/* What is read of the site is kept. */
struct _RaiShortageLedger {
  RaiDb *db;
  RaiUpsert *upsert; /* NULL until a row is written */
  int64_t rev;
  int64_t site_id;
  GTimeZone *zone;
  RaiShortageHours hours;
  RaiDay last_day;
  unsigned open_weekdays;
  GHashTable *said;  /* day -> 1 opened, 2 closed: what the calendar says; NULL: not read */
  GHashTable *lines; /* day -> GArray of Line by item and time */
  size_t n_lines;
};

/* One item of it. */
typedef struct {
  RaiShortageLedger *ledger;
  int64_t item_id;
  RaiDay begin; /* of its first movement */
  RaiDay from, to;
  RaiDay first, last; /* days that are written */
  int64_t on_hand;    /* now */
  int64_t level;      /* when `from` begins */
  RaiDay last_sale;   /* before `from` */
  GArray *rows;       /* Row by day */
  GArray *events;     /* Event: movements by time and id */
} Item;

static const RaiUpsertTable shares = {
  .insert = "INSERT INTO item_day (site_id, item_id, day, quantity, revenue, out_of_stock, rev)",
  .conflict = "ON CONFLICT (site_id, item_id, day) DO UPDATE"
              " SET out_of_stock = excluded.out_of_stock, rev = excluded.rev",
  .n_columns = 7,
};

static void
item_clear (Item *item) {
  g_clear_pointer (&item->rows, g_array_unref);
  g_clear_pointer (&item->events, g_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Item, item_clear)

RaiShortageLedger *
rai_shortage_ledger_new (RaiDb *db, int64_t site_id, GError **error) {
  RaiShortageLedger *ledger = g_new0 (RaiShortageLedger, 1);
  g_autofree char *zone = NULL;
  int64_t last_day = RAI_DAY_NONE, open_weekdays = 127;
  ledger->db = db;
  ledger->site_id = site_id;
  ledger->lines = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_array_unref);

  if (rai_db_row (db, error, "SELECT zone, last_day, open_weekdays FROM site WHERE id = ?1",
                  "i>tii", site_id, &zone, &last_day, &open_weekdays) == RAI_STEP_FAILED ||
      !rai_site_hours (db, site_id, &ledger->hours.opens, &ledger->hours.closes, error)) {
    rai_shortage_ledger_finish (ledger, false, NULL);
    return NULL;
  }

  ledger->zone = zone != NULL ? g_time_zone_new_identifier (zone) : NULL;
  ledger->hours.zone = ledger->zone;
  ledger->last_day = (RaiDay) last_day;
  ledger->open_weekdays = (unsigned) open_weekdays;
  return ledger;
}

bool
rai_shortage_ledger_finish (RaiShortageLedger *ledger, bool good, GError **error) {
  if (ledger->upsert != NULL)
    good = rai_upsert_finish (ledger->upsert, good, error);
  g_clear_pointer (&ledger->zone, g_time_zone_unref);
  g_clear_pointer (&ledger->said, g_hash_table_unref);
  g_hash_table_unref (ledger->lines);
  g_free (ledger);
  return good;
}

RaiDay
rai_shortage_ledger_last_day (const RaiShortageLedger *ledger) {
  return ledger->last_day;
}

int64_t
rai_shortage_ledger_begin_of (const RaiShortageLedger *ledger, RaiDay day) {
  return rai_day_to_ms (day, 0, ledger->zone);
}

/* ---- Whether the store was open ---- */

static bool
add_said (RaiStatement *row, void *data, GError **error) {
  RaiShortageLedger *ledger = data;
  g_hash_table_insert (ledger->said, GINT_TO_POINTER ((int) rai_statement_int (row, 0)),
                       GINT_TO_POINTER (rai_statement_int (row, 1) != 0 ? 1 : 2));
  return true;
}

bool
rai_shortage_ledger_said_closed (RaiShortageLedger *ledger, RaiDay day, bool *closed,
                                 GError **error) {
  if (ledger->said == NULL) {
    ledger->said = g_hash_table_new (NULL, NULL);
    if (!rai_db_each (ledger->db, add_said, ledger, error,
                      "SELECT day, opened FROM calendar_day"
                      " WHERE site_id = ?1 AND (opened <> 0 OR closed <> 0)",
                      "i", ledger->site_id))
      return false;
  }

  const int said = GPOINTER_TO_INT (g_hash_table_lookup (ledger->said, GINT_TO_POINTER (day)));
  *closed =
      said == 2 || (said == 0 && (ledger->open_weekdays >> (rai_day_weekday (day) - 1) & 1) == 0);
  return true;
}

/* A day that was said to be closed, and on which nothing was sold. */
static bool
is_closed (RaiShortageLedger *ledger, RaiDay day, bool *closed, GError **error) {
  if (!rai_shortage_ledger_said_closed (ledger, day, closed, error))
    return false;
  if (!*closed)
    return true;

  const RaiStep step = rai_db_row (
      ledger->db, error,
      "SELECT 1 FROM site_day WHERE site_id = ?1 AND day = ?2 AND (quantity <> 0 OR revenue <> 0)",
      "ii", ledger->site_id, (int64_t) day);
  *closed = step == RAI_STEP_DONE;
  return step != RAI_STEP_FAILED;
}

/* ---- Receipts of a day ---- */

static bool
add_line (RaiStatement *row, void *data, GError **error) {
  const Line line = { rai_statement_int (row, 1), rai_statement_int (row, 0),
                      rai_statement_int (row, 2) };
  g_array_append_val ((GArray *) data, line);
  return true;
}

static int
compare_lines (const void *a, const void *b) {
  const Line *x = a, *y = b;
  if (x->item_id != y->item_id)
    return x->item_id < y->item_id ? -1 : 1;
  return (x->at > y->at) - (x->at < y->at);
}

/* Of a business day, whose receipts may lie a day beside it. NULL on an error. */
static const GArray *
lines_of (RaiShortageLedger *ledger, RaiDay day, GError **error) {
  GArray *lines = g_hash_table_lookup (ledger->lines, GINT_TO_POINTER (day));
  if (lines != NULL)
    return lines;
  if (ledger->n_lines > LINES_KEPT) {
    g_hash_table_remove_all (ledger->lines);
    ledger->n_lines = 0;
  }

  lines = g_array_new (FALSE, FALSE, sizeof (Line));
  g_hash_table_insert (ledger->lines, GINT_TO_POINTER (day), lines);
  if (!rai_db_each (ledger->db, add_line, lines, error,
                    "SELECT r.sold_at, l.item_id, l.quantity FROM receipt r"
                    " JOIN receipt_line l ON l.receipt_id = r.id"
                    " WHERE r.site_id = ?1 AND r.sold_at >= ?2 AND r.sold_at < ?3 AND r.day = ?4",
                    "iiii", ledger->site_id, rai_shortage_ledger_begin_of (ledger, day - 1),
                    rai_shortage_ledger_begin_of (ledger, day + 2), (int64_t) day))
    return NULL;

  g_array_sort (lines, compare_lines);
  ledger->n_lines += lines->len;
  return lines;
}

static unsigned
first_line (const GArray *lines, int64_t item_id) {
  unsigned low = 0, high = lines->len;
  while (low < high) {
    const unsigned middle = low + (high - low) / 2;
    if (g_array_index (lines, Line, middle).item_id < item_id)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

/* ---- One item ---- */

static bool
add_row (RaiStatement *statement, void *data, GError **error) {
  const Row row = { (RaiDay) rai_statement_int (statement, 0), rai_statement_int (statement, 1),
                    (int) rai_statement_int (statement, 2),
                    (int) rai_statement_int (statement, 3) };
  g_array_append_val ((GArray *) data, row);
  return true;
}

static bool
add_movement (RaiStatement *row, void *data, GError **error) {
  GArray *events = data;
  const Event event = { rai_statement_int (row, 0), rai_statement_int (row, 1),
                        rai_statement_int (row, 2) != 0 ? RAI_SHORTAGE_COUNT : RAI_SHORTAGE_MOVE,
                        1 + events->len };
  g_array_append_val (events, event);
  return true;
}

/* What was on hand when a day began: what is there now, without what happened since. */
static bool
read_level (Item *item, GError **error) {
  const RaiShortageLedger *ledger = item->ledger;
  int64_t moved = 0, sold = 0, last_sale = RAI_DAY_NONE;
  if (rai_db_row (ledger->db, error,
                  "SELECT CAST(sum(quantity) AS BIGINT) FROM movement"
                  " WHERE site_id = ?1 AND item_id = ?2 AND at >= ?3",
                  "iii>i", ledger->site_id, item->item_id,
                  rai_shortage_ledger_begin_of (ledger, item->from), &moved) == RAI_STEP_FAILED ||
      rai_db_row (ledger->db, error,
                  "SELECT CAST(sum(quantity) AS BIGINT) FROM item_day"
                  " WHERE site_id = ?1 AND item_id = ?2 AND day >= ?3",
                  "iii>i", ledger->site_id, item->item_id, (int64_t) item->from,
                  &sold) == RAI_STEP_FAILED ||
      rai_db_row (ledger->db, error,
                  "SELECT day FROM item_day"
                  " WHERE site_id = ?1 AND item_id = ?2 AND day < ?3 AND quantity > 0"
                  " ORDER BY day DESC LIMIT 1",
                  "iii>i", ledger->site_id, item->item_id, (int64_t) item->from,
                  &last_sale) == RAI_STEP_FAILED)
    return false;

  item->level = item->on_hand - moved + sold;
  item->last_sale = (RaiDay) last_sale;
  return true;
}

/* The last day before `from` on which something happened. counted: it was a count. */
static bool
find_before (const Item *item, RaiDay *day, bool *counted, GError **error) {
  const RaiShortageLedger *ledger = item->ledger;
  int64_t moved_at = INT64_MIN, count = 0, sold = RAI_DAY_NONE;
  if (rai_db_row (ledger->db, error,
                  "SELECT at, CASE WHEN counted IS NULL THEN 0 ELSE 1 END FROM movement"
                  " WHERE site_id = ?1 AND item_id = ?2 AND at < ?3 ORDER BY at DESC LIMIT 1",
                  "iii>ii", ledger->site_id, item->item_id,
                  rai_shortage_ledger_begin_of (ledger, item->from), &moved_at,
                  &count) == RAI_STEP_FAILED ||
      rai_db_row (ledger->db, error,
                  "SELECT day FROM item_day"
                  " WHERE site_id = ?1 AND item_id = ?2 AND day < ?3 AND quantity <> 0"
                  " ORDER BY day DESC LIMIT 1",
                  "iii>i", ledger->site_id, item->item_id, (int64_t) item->from,
                  &sold) == RAI_STEP_FAILED)
    return false;

  const RaiDay moved =
      moved_at != INT64_MIN ? rai_day_from_ms (moved_at, ledger->zone) : item->begin;
  *day = MAX (moved, (RaiDay) sold);
  *counted = count != 0 && moved > (RaiDay) sold;
  return true;
}

/* What happens now may show that the books were wrong since the stretch began that it falls into:
 * with an event before, not the last one where that left nothing, either. What a count began is a
 * stretch of its own; that of its day before it does not matter when nobody misses it. */
static bool
go_back (Item *item, GError **error) {
  while (item->level == 0 && item->from > item->begin && item->last_sale != RAI_DAY_NONE) {
    RaiDay day;
    bool counted;
    if (!find_before (item, &day, &counted, error))
      return false;
    item->from = MAX (item->begin, day);
    if (!read_level (item, error))
      return false;
    if (counted && item->from > item->last_sale + RAI_SHORTAGE_DAYS)
      break;
  }
  return true;
}

/* *kept: its stock is kept, and there are days to look at. */
static bool
read_item (Item *item, bool *kept, GError **error) {
  const RaiShortageLedger *ledger = item->ledger;
  int64_t first_at = 0;
  *kept = false;

  RaiStep step = rai_db_row (
      ledger->db, error,
      "SELECT s.on_hand, m.at FROM stock s JOIN movement m ON m.site_id = s.site_id"
      " AND m.item_id = s.item_id WHERE s.site_id = ?1 AND s.item_id = ?2 AND s.tracked = 1"
      " ORDER BY m.at LIMIT 1",
      "ii>ii", ledger->site_id, item->item_id, &item->on_hand, &first_at);
  if (step != RAI_STEP_ROW)
    return step == RAI_STEP_DONE;
  item->begin = rai_day_from_ms (first_at, ledger->zone);
  item->from = MAX (item->from, item->begin);
  if (item->from > item->to)
    return true;
  *kept = true;
  return read_level (item, error) && go_back (item, error);
}

/* Days [from, to] of it. */
static bool
read_days (Item *item, GError **error) {
  const RaiShortageLedger *ledger = item->ledger;
  item_clear (item);
  item->rows = g_array_new (FALSE, FALSE, sizeof (Row));
  item->events = g_array_new (FALSE, FALSE, sizeof (Event));
  return rai_db_each (ledger->db, add_row, item->rows, error,
                      "SELECT day, quantity, flagged, out_of_stock FROM item_day"
                      " WHERE site_id = ?1 AND item_id = ?2 AND day >= ?3 AND day <= ?4"
                      " ORDER BY day",
                      "iiii", ledger->site_id, item->item_id, (int64_t) item->from,
                      (int64_t) item->to) &&
         rai_db_each (ledger->db, add_movement, item->events, error,
                      "SELECT at, quantity, CASE WHEN counted IS NULL THEN 0 ELSE 1 END"
                      " FROM movement WHERE site_id = ?1 AND item_id = ?2"
                      " AND at >= ?3 AND at < ?4 ORDER BY at, id",
                      "iiii", ledger->site_id, item->item_id,
                      rai_shortage_ledger_begin_of (ledger, item->from),
                      rai_shortage_ledger_begin_of (ledger, item->to + 1));
}

static int
compare_events (const void *a, const void *b) {
  const Event *x = a, *y = b;
  if (x->at != y->at)
    return x->at < y->at ? -1 : 1;
  return (x->place > y->place) - (x->place < y->place);
}

static void
add_sale (GArray *sales, int64_t at, int64_t quantity) {
  g_array_append_val (sales, ((RaiShortageSale){ at, quantity }));
}

typedef struct {
  const Item *item;
  GArray *sales;
  int64_t rest;
} Hours;

static bool
add_hour (RaiStatement *row, void *data, GError **error) {
  Hours *hours = data;
  const int64_t at =
      rai_stock_total_time (rai_statement_int (row, 0), true, hours->item->ledger->zone);
  add_sale (hours->sales, at, rai_statement_int (row, 1));
  hours->rest -= rai_statement_int (row, 1);
  return true;
}

/* The sales of a day at their times: of receipts, of hours, and what has no time at noon. */
static bool
add_sales (const Item *item, const Row *row, GArray *sales, GError **error) {
  RaiShortageLedger *ledger = item->ledger;
  const GArray *lines = lines_of (ledger, row->day, error);
  if (lines == NULL)
    return false;

  const int64_t begin = rai_shortage_ledger_begin_of (ledger, row->day),
                end = rai_shortage_ledger_begin_of (ledger, row->day + 1);
  Hours hours = { item, sales, row->quantity };
  for (unsigned i = first_line (lines, item->item_id); i < lines->len; i++) {
    const Line *line = &g_array_index (lines, Line, i);
    if (line->item_id != item->item_id)
      break;
    add_sale (sales, CLAMP (line->at, begin, end - 1), line->quantity);
    hours.rest -= line->quantity;
  }

  if (hours.rest != 0 &&
      !rai_db_each (ledger->db, add_hour, &hours, error,
                    "SELECT starts_at, quantity FROM sales_total WHERE site_id = ?1"
                    " AND item_id = ?2 AND starts_at BETWEEN ?3 AND ?4 AND period LIKE 'hour%'",
                    "iiii", ledger->site_id, item->item_id, (int64_t) row->day * 24,
                    (int64_t) row->day * 24 + 23))
    return false;
  if (hours.rest != 0)
    add_sale (sales, rai_stock_total_time ((int64_t) row->day * 24, false, ledger->zone),
              hours.rest);
  rai_shortage_net (sales);
  return true;
}

/* Whether the share of a day depends on when it sold. lost: by movements of that day. */
static bool
needs_times (int64_t level, int64_t sold, int64_t lost, bool moved) {
  const int64_t least = level - MAX (0, sold) - lost;
  if (sold == 0 || (level > 0 && least > 0))
    return false;
  return moved || sold < 0 || level == sold;
}

/* Whether more is sold behind row r before anything moves: then a stretch that begins there is
 * wrong, whenever it began. */
static bool
is_oversold (const Item *item, unsigned r, unsigned place) {
  while (r < item->rows->len && g_array_index (item->rows, Row, r).quantity == 0)
    r++;
  if (r == item->rows->len || g_array_index (item->rows, Row, r).quantity < 0)
    return false;

  const RaiDay day = g_array_index (item->rows, Row, r).day;
  return place == item->events->len || g_array_index (item->events, Event, place).at >=
                                           rai_shortage_ledger_begin_of (item->ledger, day + 1);
}

/* One day of the walk; the movements of it begin at *place, row `next` of the item is behind it. */
static bool
walk_day (const Item *item, RaiShortage *walk, const Row *row, unsigned next, unsigned *place,
          GError **error) {
  g_autoptr (GArray) sales = g_array_new (FALSE, FALSE, sizeof (RaiShortageSale));
  g_autoptr (GArray) events = g_array_new (FALSE, FALSE, sizeof (Event));
  const int64_t end = rai_shortage_ledger_begin_of (item->ledger, row->day + 1);
  int64_t lost = 0;

  const unsigned first = *place;
  for (; *place < item->events->len && g_array_index (item->events, Event, *place).at < end;
       ++*place)
    lost += MAX (0, -g_array_index (item->events, Event, *place).change);

  const bool moved = *place > first;
  if (needs_times (walk->level, row->quantity, lost, moved) &&
      (moved || row->quantity < 0 || !is_oversold (item, next, *place))) {
    if (!add_sales (item, row, sales, error))
      return false;
  } else if (row->quantity != 0) {
    add_sale (sales, rai_stock_total_time ((int64_t) row->day * 24, false, item->ledger->zone),
              row->quantity);
  }

  for (unsigned i = 0; i < sales->len; i++) {
    const RaiShortageSale *sale = &g_array_index (sales, RaiShortageSale, i);
    g_array_append_val (events, ((Event){ sale->at, -sale->quantity, RAI_SHORTAGE_SALE, 0 }));
  }
  g_array_append_vals (events, &g_array_index (item->events, Event, first), *place - first);
  g_array_sort (events, compare_events);
  for (unsigned i = 0; i < events->len; i++) {
    const Event *event = &g_array_index (events, Event, i);
    if (event->change != 0 || event->kind == RAI_SHORTAGE_COUNT)
      rai_shortage_step (walk, event->kind, event->at, row->day, event->change);
  }
  return true;
}

/* Days with sales or movements, in their order. */
static bool
walk_days (const Item *item, RaiShortage *walk, GError **error) {
  const GTimeZone *zone = item->ledger->zone;
  unsigned place = 0, r = 0;

  while (r < item->rows->len || place < item->events->len) {
    Row row = { .day = RAI_DAY_NONE };
    if (place < item->events->len)
      row.day = rai_day_from_ms (g_array_index (item->events, Event, place).at, (GTimeZone *) zone);
    if (r < item->rows->len &&
        (row.day == RAI_DAY_NONE || g_array_index (item->rows, Row, r).day <= row.day))
      row = g_array_index (item->rows, Row, r++);
    if (!walk_day (item, walk, &row, r, &place, error))
      return false;
  }
  return true;
}

/* What happens next behind the days may show that they end in a stretch that is wrong. *day: of it,
 * else the newest. */
static bool
find_behind (const Item *item, RaiDay *day, GError **error) {
  const RaiShortageLedger *ledger = item->ledger;
  int64_t moved_at = INT64_MAX, sold = ledger->last_day;
  if (rai_db_row (ledger->db, error,
                  "SELECT at FROM movement WHERE site_id = ?1 AND item_id = ?2 AND at >= ?3"
                  " ORDER BY at LIMIT 1",
                  "iii>i", ledger->site_id, item->item_id,
                  rai_shortage_ledger_begin_of (ledger, item->to + 1),
                  &moved_at) == RAI_STEP_FAILED ||
      rai_db_row (ledger->db, error,
                  "SELECT day FROM item_day"
                  " WHERE site_id = ?1 AND item_id = ?2 AND day > ?3 AND quantity <> 0"
                  " ORDER BY day LIMIT 1",
                  "iii>i", ledger->site_id, item->item_id, (int64_t) item->to,
                  &sold) == RAI_STEP_FAILED)
    return false;

  *day = MIN (ledger->last_day, (RaiDay) sold);
  if (moved_at != INT64_MAX)
    *day = MIN (*day, rai_day_from_ms (moved_at, ledger->zone));
  return true;
}

/* Walks as far as is needed to know all days. */
static bool
walk_item (Item *item, RaiShortage *walk, GError **error) {
  const RaiShortageLedger *ledger = item->ledger;
  for (;;) {
    rai_shortage_clear (walk);
    rai_shortage_begin (walk, &ledger->hours, item->from, (size_t) (item->to - item->from + 1),
                        item->level, item->from > item->begin, item->last_sale);
    if (!read_days (item, error) || !walk_days (item, walk, error))
      return false;

    const bool open = walk->empty && !walk->wrong && walk->last_sale != RAI_DAY_NONE;
    if (!open || item->to >= ledger->last_day)
      break;
    if (!find_behind (item, &item->to, error))
      return false;
  }

  rai_shortage_end (walk);
  return true;
}

static bool
write_share (RaiShortageLedger *ledger, int64_t item_id, RaiDay day, int share, GError **error) {
  if (ledger->upsert == NULL &&
      (!rai_db_revision (ledger->db, &ledger->rev, error) ||
       (ledger->upsert = rai_upsert_new (ledger->db, &shares, error)) == NULL))
    return false;

  const int64_t values[] = { ledger->site_id, item_id, day, 0, 0, share, ledger->rev };
  return rai_upsert_row (ledger->upsert, values, error);
}

static bool
write_shares (const Item *item, const RaiShortage *walk, GError **error) {
  unsigned r = 0;
  for (RaiDay day = item->from; day <= item->to; day++) {
    const Row *row = r < item->rows->len && g_array_index (item->rows, Row, r).day == day
                         ? &g_array_index (item->rows, Row, r++)
                         : NULL;
    int share = rai_shortage_share (walk, day);
    bool closed = false;
    if (share > 0 && !is_closed (item->ledger, day, &closed, error))
      return false;

    share = MAX (closed ? 0 : share, row != NULL ? row->flagged : 0);
    if (day >= item->first && day <= item->last && share != (row != NULL ? row->out_of_stock : 0) &&
        !write_share (item->ledger, item->item_id, day, share, error))
      return false;
  }
  return true;
}

static bool
look (Item *item, GError **error) {
  g_auto (RaiShortage) walk = { 0 };
  bool kept;
  if (item->from > item->to || !read_item (item, &kept, error))
    return item->from > item->to;
  return !kept || (walk_item (item, &walk, error) && write_shares (item, &walk, error));
}

bool
rai_shortage_ledger_look (RaiShortageLedger *ledger, int64_t item_id, RaiDay from, RaiDay to,
                          GError **error) {
  g_auto (Item) item = {
    .ledger = ledger, .item_id = item_id, .from = from, .to = to, .last = ledger->last_day
  };
  return look (&item, error);
}

/* A count that came after it took in what happened, but for when it was sold last. */
bool
rai_shortage_ledger_look_since (RaiShortageLedger *ledger, int64_t item_id, RaiDay from, int64_t at,
                                const char *id, GError **error) {
  RaiStockCount count;
  RaiDay end = ledger->last_day;
  if (!rai_stock_next_count (ledger->db, ledger->site_id, item_id, at, id, &count, error))
    return false;
  if (*count.id != '\0')
    end = MIN (end, rai_day_from_ms (count.at, ledger->zone) + RAI_SHORTAGE_DAYS + 1);
  return rai_shortage_ledger_look (ledger, item_id, from, end, error);
}

bool
rai_shortage_after_movement (RaiDb *db, int64_t site_id, int64_t item_id, int64_t at,
                             const char *id, GError **error) {
  RaiShortageLedger *ledger = NULL;
  if (db->replica)
    return true;

  ledger = rai_shortage_ledger_new (db, site_id, error);
  if (ledger == NULL)
    return false;
  const bool good = ledger->last_day == RAI_DAY_NONE ||
                    rai_shortage_ledger_look_since (
                        ledger, item_id, rai_day_from_ms (at, ledger->zone), at, id, error);
  return rai_shortage_ledger_finish (ledger, good, error);
}

/* ---- Opening days ---- */

static bool
add_id (RaiStatement *row, void *data, GError **error) {
  const int64_t id = rai_statement_int (row, 0);
  g_array_append_val ((GArray *) data, id);
  return true;
}

/* Items that may have had nothing on hand on some of the days: what has none now and is missed, and
 * what got some since. */
static bool
find_empty (const RaiShortageLedger *ledger, RaiDay from, GArray *ids, GError **error) {
  return rai_db_each (ledger->db, add_id, ids, error,
                      "SELECT s.item_id FROM stock s WHERE s.site_id = ?1 AND s.tracked = 1"
                      " AND ((s.on_hand = 0 AND s.last_sale >= ?2 - ?4) OR s.last_return >= ?2"
                      " OR EXISTS (SELECT 1 FROM movement m WHERE m.site_id = s.site_id"
                      " AND m.item_id = s.item_id AND m.at >= ?3)) ORDER BY s.item_id",
                      "iiii", ledger->site_id, (int64_t) from,
                      rai_shortage_ledger_begin_of (ledger, from), (int64_t) RAI_SHORTAGE_DAYS);
}

bool
rai_shortage_after_opening (RaiDb *db, int64_t site_id, RaiDay from, RaiDay to, GError **error) {
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (int64_t));
  if (db->replica)
    return true;

  RaiShortageLedger *ledger = rai_shortage_ledger_new (db, site_id, error);
  if (ledger == NULL)
    return false;
  to = MIN (to, ledger->last_day);
  bool good = from > to || find_empty (ledger, from, ids, error);
  for (unsigned i = 0; good && i < ids->len; i++) {
    g_auto (Item) item = { .ledger = ledger,
                           .item_id = g_array_index (ids, int64_t, i),
                           .from = from,
                           .to = to,
                           .first = from,
                           .last = to };
    good = look (&item, error);
  }
  return rai_shortage_ledger_finish (ledger, good, error);
}
