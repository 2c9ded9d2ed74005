/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/rai-stock.h"

#include "db/rai-db-run.h"
#include "db/rai-shortage-ledger.h"
#include "util/rai-decimal.h"

/* Days by which a receipt's business day may lie beside that of its time, and one for zones. */
#define DAYS_APART 4

static bool
add_movement (RaiDb *db, const RaiMovement *movement, GError **error) {
  return rai_db_run (db, error,
                     "INSERT INTO movement (id, site_id, item_id, at, day, kind, quantity,"
                     " counted, note, order_id, account_id, rev)"
                     " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
                     "tiiiitiIttii", movement->id, movement->site_id, movement->item_id,
                     movement->at, (int64_t) movement->day, rai_movement_kind_id (movement->kind),
                     movement->quantity, movement->counted,
                     movement->note != NULL ? movement->note : "", movement->order_id,
                     movement->account_id, movement->rev);
}

/* Whatever is put in behind it, is added to the row that is there; kept stock stays kept. */
#define INSERT_STOCK "INSERT INTO stock (site_id, item_id, on_hand, on_order, tracked, rev)"
#define ADD_TO_STOCK \
  " ON CONFLICT (site_id, item_id) DO UPDATE" \
  " SET on_hand = stock.on_hand + excluded.on_hand," \
  " on_order = stock.on_order + excluded.on_order," \
  " tracked = CASE WHEN excluded.tracked = 1 THEN 1 ELSE stock.tracked END," \
  " rev = excluded.rev"

bool
rai_stock_add (RaiDb *db, const RaiStockChange *change, int64_t rev, GError **error) {
  return rai_db_run (db, error, INSERT_STOCK " VALUES (?1, ?2, ?3, ?4, 1, ?5)" ADD_TO_STOCK,
                     "iiiii", change->site_id, change->item_id, change->on_hand, change->on_order,
                     rev);
}

bool
rai_stock_carry (RaiDb *db, int64_t site_id, int64_t item_id, int64_t rev, GError **error) {
  return rai_db_run (db, error,
                     INSERT_STOCK " VALUES (?1, ?2, 0, 0, 0, ?3)"
                                  " ON CONFLICT (site_id, item_id) DO NOTHING",
                     "iii", site_id, item_id, rev);
}

bool
rai_stock_add_order (RaiDb *db, const char *order_id, int sign, int64_t rev, GError **error) {
  return rai_db_run (db, error,
                     INSERT_STOCK
                     " SELECT site_id, item_id, 0, CAST(?1 AS BIGINT) * (quantity - received), 0,"
                     " CAST(?2 AS BIGINT)"
                     " FROM order_line"
                     " WHERE order_id = ?3 AND quantity > received" ADD_TO_STOCK,
                     "iit", (int64_t) sign, rev, order_id);
}

/* ---- The ledger by time ---- */

bool
rai_stock_next_count (RaiDb *db, int64_t site_id, int64_t item_id, int64_t at, const char *id,
                      RaiStockCount *count, GError **error) {
  g_autofree char *found = NULL;
  *count = (RaiStockCount){ 0 };
  const RaiStep step = rai_db_row (
      db, error,
      "SELECT at, counted - quantity, id FROM movement"
      " WHERE site_id = ?1 AND item_id = ?2 AND at >= ?3 AND (at > ?3 OR id > ?4)"
      " AND counted IS NOT NULL ORDER BY at, id LIMIT 1",
      "iiit>iit", site_id, item_id, at, id != NULL ? id : "", &count->at, &count->before, &found);

  if (found != NULL)
    g_strlcpy (count->id, found, sizeof count->id);
  return step != RAI_STEP_FAILED;
}

bool
rai_stock_absorb (RaiDb *db, const char *count_id, int64_t quantity, int64_t rev, GError **error) {
  return rai_db_run (db, error,
                     "UPDATE movement SET quantity = quantity + ?2, rev = ?3 WHERE id = ?1", "tii",
                     count_id, quantity, rev);
}

bool
rai_stock_recount (RaiDb *db, const char *count_id, int64_t counted, int64_t by, int64_t rev,
                   GError **error) {
  return rai_db_run (db, error,
                     "UPDATE movement SET counted = ?2, quantity = quantity + ?3, rev = ?4"
                     " WHERE id = ?1",
                     "tiii", count_id, counted, by, rev);
}

/* Parts of a total that were sold after a moment: a total's time is not known, and each of its days
 * counts as sold at noon. */
typedef struct {
  GTimeZone *zone;
  int64_t at;
  RaiDay last_day;
  int64_t quantity;
} TotalsAfter;

static bool
add_total_after (RaiStatement *row, void *data, GError **error) {
  TotalsAfter *after = data;
  const int64_t quantity = rai_statement_int (row, 1);
  const int days = g_str_equal (rai_statement_text (row, 2), "week") ? 7 : 1;
  const int hour = g_str_has_prefix (rai_statement_text (row, 2), "hour");

  for (int i = 0; i < days; i++) {
    const int64_t starts_at = rai_statement_int (row, 0) + i * 24;
    const int64_t sold_at = rai_stock_total_time (starts_at, hour, after->zone);
    if (sold_at > after->at && starts_at / 24 <= after->last_day)
      after->quantity += rai_mul_div (quantity, i + 1, days) - rai_mul_div (quantity, i, days);
  }
  return true;
}

int64_t
rai_stock_total_time (int64_t starts_at, bool hour, GTimeZone *zone) {
  const int second = hour ? (int) (starts_at % 24) * 3600 + 1800 : 12 * 3600;
  return rai_day_to_ms ((RaiDay) (starts_at / 24), second, zone);
}

GTimeZone *
rai_stock_zone (RaiDb *db, int64_t site_id) {
  g_autofree char *name = NULL;
  rai_db_row (db, NULL, "SELECT zone FROM site WHERE id = ?1", "i>t", site_id, &name);
  return name != NULL ? g_time_zone_new_identifier (name) : NULL;
}

/* Whole days from their roll-ups; near the moment receipt by receipt, for a business day may lie
 * beside the day of the clock. */
static bool
sold_after (RaiDb *db, int64_t site_id, int64_t item_id, int64_t at, int64_t *sold,
            GError **error) {
  g_autoptr (GTimeZone) zone = rai_stock_zone (db, site_id);
  const RaiDay day = rai_day_from_ms (at, zone), last_day = day + DAYS_APART;
  TotalsAfter totals = { zone, at, last_day, 0 };
  int64_t later = 0, near = 0;

  if (rai_db_row (db, error,
                  "SELECT CAST(sum(quantity) AS BIGINT) FROM item_day"
                  " WHERE site_id = ?1 AND item_id = ?2 AND day > ?3",
                  "iii>i", site_id, item_id, (int64_t) last_day, &later) == RAI_STEP_FAILED ||
      rai_db_row (db, error,
                  "SELECT CAST(sum(l.quantity) AS BIGINT) FROM receipt r"
                  " JOIN receipt_line l ON l.receipt_id = r.id"
                  " WHERE r.site_id = ?1 AND r.sold_at > ?3 AND r.sold_at < ?5 AND r.day <= ?4"
                  " AND l.item_id = ?2",
                  "iiiii>i", site_id, item_id, at, (int64_t) last_day,
                  (last_day + DAYS_APART + 1) * RAI_MS_PER_DAY, &near) == RAI_STEP_FAILED ||
      !rai_db_each (db, add_total_after, &totals, error,
                    "SELECT starts_at, quantity, period FROM sales_total"
                    " WHERE site_id = ?1 AND item_id = ?2 AND starts_at BETWEEN ?3 AND ?4",
                    "iiii", site_id, item_id, (int64_t) (day - 8) * 24,
                    (int64_t) last_day * 24 + 23))
    return false;

  *sold = later + near + totals.quantity;
  return true;
}

bool
rai_stock_before (RaiDb *db, int64_t site_id, int64_t item_id, int64_t at, const char *id,
                  int64_t *quantity, GError **error) {
  RaiStockCount next;
  int64_t sold = 0, sold_later = 0, moved = 0;
  *quantity = 0;
  if (!rai_stock_next_count (db, site_id, item_id, at, id, &next, error) ||
      !sold_after (db, site_id, item_id, at, &sold, error) ||
      (*next.id != '\0' && !sold_after (db, site_id, item_id, next.at, &sold_later, error)))
    return false;

  const bool last = *next.id == '\0';
  if (rai_db_row (db, error,
                  "SELECT CAST(sum(quantity) AS BIGINT) FROM movement"
                  " WHERE site_id = ?1 AND item_id = ?2 AND at >= ?3 AND (at > ?3 OR id > ?4)"
                  " AND at <= ?5 AND (at < ?5 OR id < ?6)",
                  "iiitit>i", site_id, item_id, at, id, last ? INT64_MAX : next.at, next.id,
                  &moved) == RAI_STEP_FAILED ||
      (last &&
       rai_db_row (db, error, "SELECT on_hand FROM stock WHERE site_id = ?1 AND item_id = ?2",
                   "ii>i", site_id, item_id, quantity) == RAI_STEP_FAILED))
    return false;

  *quantity += next.before - moved + sold - sold_later;
  return true;
}

bool
rai_stock_move (RaiDb *db, const RaiMovement *movement, int64_t on_order, GError **error) {
  RaiStockCount next;
  if (!rai_stock_next_count (db, movement->site_id, movement->item_id, movement->at, movement->id,
                             &next, error) ||
      (*next.id != '\0' &&
       !rai_stock_absorb (db, next.id, -movement->quantity, movement->rev, error)))
    return false;

  const RaiStockChange change = {
    .site_id = movement->site_id,
    .item_id = movement->item_id,
    .on_hand = *next.id != '\0' ? 0 : movement->quantity,
    .on_order = on_order,
  };
  return add_movement (db, movement, error) && rai_stock_add (db, &change, movement->rev, error) &&
         rai_shortage_after_movement (db, movement->site_id, movement->item_id, movement->at,
                                      movement->id, error);
}
