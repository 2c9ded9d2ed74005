/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/rai-sales-total.h"

#include "db/rai-db-run.h"

#define INSERT_TOTAL \
  "INSERT INTO sales_total (site_id, item_id, starts_at, period, quantity, amount, stockout)" \
  " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)" \
  " ON CONFLICT DO NOTHING"
#define UPDATE_TOTAL \
  "UPDATE sales_total" \
  " SET quantity = ?5, amount = ?6, stockout = ?7" \
  " WHERE site_id = ?1 AND item_id = ?2 AND starts_at = ?3 AND period = ?4"

/* Runs one of these two: they share their parameters' order. */
static bool
write_total (RaiDb *db, const char *sql, const int64_t key[3], const char *period,
             const RaiSalesTotal *total, GError **error) {
  return rai_db_run (db, error, sql, "iiitiii", key[0], key[1], key[2], period, total->quantity,
                     total->amount, (int64_t) total->stockout);
}

static bool
read_total (RaiDb *db, const int64_t key[3], const char *period, RaiSalesTotal *old,
            GError **error) {
  int64_t quantity = 0, amount = 0, stockout = 0;
  const RaiStep step =
      rai_db_row (db, error,
                  "SELECT quantity, amount, stockout FROM sales_total"
                  " WHERE site_id = ?1 AND item_id = ?2 AND starts_at = ?3 AND period = ?4",
                  "iiit>iii", key[0], key[1], key[2], period, &quantity, &amount, &stockout);

  if (step == RAI_STEP_ROW)
    *old = (RaiSalesTotal){ true, quantity, amount, stockout != 0 };
  return step != RAI_STEP_FAILED;
}

bool
rai_sales_total_swap (RaiDb *db, const int64_t key[3], const char *period,
                      const RaiSalesTotal *total, RaiSalesTotal *old, GError **error) {
  if (!write_total (db, INSERT_TOTAL, key, period, total, error))
    return false;
  if (rai_db_changes (db) > 0)
    return true;

  if (!read_total (db, key, period, old, error))
    return false;
  if (old->quantity == total->quantity && old->amount == total->amount &&
      old->stockout == total->stockout)
    return true;

  return write_total (db, UPDATE_TOTAL, key, period, total, error);
}
