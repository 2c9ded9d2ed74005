/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/rai-sales-total.h"

/* Prepares one of the statements below: they share their parameters' order. NULL + error when it
 * fails. */
static RaiStatement *
bind_total (RaiDb *db, const char *sql, const int64_t key[3], const char *period,
            const RaiSalesTotal *total, GError **error) {
  RaiStatement *statement = rai_db_prepare (db, sql, error);
  if (statement == NULL)
    return NULL;
  for (int i = 0; i < 3; i++)
    rai_statement_bind_int (statement, i + 1, key[i]);

  rai_statement_bind_text (statement, 4, period);
  if (total != NULL) {
    rai_statement_bind_int (statement, 5, total->quantity);
    rai_statement_bind_int (statement, 6, total->amount);
    rai_statement_bind_int (statement, 7, total->stockout);
  }

  return statement;
}

static bool
read_total (RaiDb *db, const int64_t key[3], const char *period, RaiSalesTotal *old,
            GError **error) {
  RaiStatement *statement =
      bind_total (db,
                  "SELECT quantity, amount, stockout FROM sales_total WHERE site_id = ?1 "
                  "AND item_id = ?2 AND starts_at = ?3 AND period = ?4",
                  key, period, NULL, error);

  if (statement == NULL)
    return false;

  const RaiStep step = rai_statement_step (statement, error);
  if (step == RAI_STEP_ROW)
    *old = (RaiSalesTotal){ true, rai_statement_int (statement, 0),
                            rai_statement_int (statement, 1), rai_statement_int (statement, 2) };

  rai_statement_reset (statement);
  return step != RAI_STEP_FAILED;
}

bool
rai_sales_total_swap (RaiDb *db, const int64_t key[3], const char *period,
                      const RaiSalesTotal *total, RaiSalesTotal *old, GError **error) {
  RaiStatement *insert =
      bind_total (db,
                  "INSERT INTO sales_total (site_id, item_id, starts_at, period, quantity, amount, "
                  "stockout) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT DO NOTHING",
                  key, period, total, error);

  if (insert == NULL || !rai_statement_run (insert, error))
    return false;
  if (rai_db_changes (db) > 0)
    return true;
  if (!read_total (db, key, period, old, error))
    return false;
  if (old->quantity == total->quantity && old->amount == total->amount &&
      old->stockout == total->stockout)
    return true;

  RaiStatement *update =
      bind_total (db,
                  "UPDATE sales_total SET quantity = ?5, amount = ?6, stockout = ?7 "
                  "WHERE site_id = ?1 AND item_id = ?2 AND starts_at = ?3 AND period = ?4",
                  key, period, total, error);

  return update != NULL && rai_statement_run (update, error);
}
