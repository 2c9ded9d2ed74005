/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/rai-stock.h"

#include "db/rai-db-run.h"

bool
rai_movement_add (RaiDb *db, const RaiMovement *movement, GError **error) {
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
rai_stock_add_order (RaiDb *db, const char *order_id, int sign, int64_t rev, GError **error) {
  return rai_db_run (db, error,
                     INSERT_STOCK
                     " SELECT site_id, item_id, 0, CAST(?1 AS BIGINT) * (quantity - received), 0,"
                     " CAST(?2 AS BIGINT)"
                     " FROM order_line"
                     " WHERE order_id = ?3 AND quantity > received" ADD_TO_STOCK,
                     "iit", (int64_t) sign, rev, order_id);
}
