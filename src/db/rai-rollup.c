/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/rai-rollup.h"

static const char upsert_item_day[] =
    "INSERT INTO item_day (site_id, item_id, day, quantity, revenue, out_of_stock, rev) "
    "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT (site_id, item_id, day) DO UPDATE SET "
    "quantity = item_day.quantity + excluded.quantity, revenue = item_day.revenue + excluded.revenue, "
    "out_of_stock = CASE WHEN item_day.out_of_stock + excluded.out_of_stock > 1000 THEN 1000 "
    "WHEN item_day.out_of_stock + excluded.out_of_stock < 0 THEN 0 "
    "ELSE item_day.out_of_stock + excluded.out_of_stock END, rev = excluded.rev";

static const char upsert_department_day[] =
    "INSERT INTO department_day (site_id, department_id, day, quantity, revenue, cost, rev) "
    "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT (site_id, department_id, day) DO UPDATE SET "
    "quantity = department_day.quantity + excluded.quantity, revenue = department_day.revenue + excluded.revenue, "
    "cost = department_day.cost + excluded.cost, rev = excluded.rev";

static const char upsert_site_day[] =
    "INSERT INTO site_day (site_id, day, quantity, revenue, cost, receipts, rev) "
    "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT (site_id, day) DO UPDATE SET "
    "quantity = site_day.quantity + excluded.quantity, revenue = site_day.revenue + excluded.revenue, "
    "cost = site_day.cost + excluded.cost, receipts = site_day.receipts + excluded.receipts, rev = excluded.rev";

static const char upsert_site_month[] =
    "INSERT INTO site_month (site_id, month, quantity, revenue, cost, receipts, rev) "
    "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT (site_id, month) DO UPDATE SET "
    "quantity = site_month.quantity + excluded.quantity, revenue = site_month.revenue + excluded.revenue, "
    "cost = site_month.cost + excluded.cost, receipts = site_month.receipts + excluded.receipts, rev = excluded.rev";

static const char upsert_stock[] =
    "INSERT INTO stock (site_id, item_id, on_hand, quantity_7, quantity_28, quantity_91, revenue_28, revenue_365, "
    "last_sale, rev) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10) "
    "ON CONFLICT (site_id, item_id) DO UPDATE SET on_hand = stock.on_hand + excluded.on_hand, "
    "quantity_7 = stock.quantity_7 + excluded.quantity_7, quantity_28 = stock.quantity_28 + excluded.quantity_28, "
    "quantity_91 = stock.quantity_91 + excluded.quantity_91, revenue_28 = stock.revenue_28 + excluded.revenue_28, "
    "revenue_365 = stock.revenue_365 + excluded.revenue_365, last_sale = CASE WHEN stock.last_sale IS NULL OR "
    "excluded.last_sale > stock.last_sale THEN excluded.last_sale ELSE stock.last_sale END, rev = excluded.rev";

/* The windows of one site ?1 up to day ?2, from item_day; rows that stay as they are keep their rev. */
static const char roll_windows[] =
    "UPDATE stock SET quantity_7 = w.q7, quantity_28 = w.q28, quantity_91 = w.q91, revenue_28 = w.r28, "
    "revenue_365 = w.r365, rev = ?3 FROM (SELECT s.item_id, "
    "coalesce(sum(CASE WHEN d.day > ?2 - 7 THEN d.quantity END), 0) AS q7, "
    "coalesce(sum(CASE WHEN d.day > ?2 - 28 THEN d.quantity END), 0) AS q28, "
    "coalesce(sum(CASE WHEN d.day > ?2 - 91 THEN d.quantity END), 0) AS q91, "
    "coalesce(sum(CASE WHEN d.day > ?2 - 28 THEN d.revenue END), 0) AS r28, coalesce(sum(d.revenue), 0) AS r365 "
    "FROM stock s LEFT JOIN item_day d ON d.site_id = s.site_id AND d.item_id = s.item_id AND d.day > ?2 - 365 "
    "WHERE s.site_id = ?1 GROUP BY s.item_id) AS w "
    "WHERE stock.site_id = ?1 AND stock.item_id = w.item_id AND (stock.quantity_7 <> w.q7 OR "
    "stock.quantity_28 <> w.q28 OR stock.quantity_91 <> w.q91 OR stock.revenue_28 <> w.r28 OR "
    "stock.revenue_365 <> w.r365)";

typedef struct {
  RaiDb *db;
  int64_t rev;
} Writer;

static bool
run_bound (Writer *writer, const char *sql, const int64_t *values, int n_values, GError **error) {
  RaiStatement *statement = rai_db_prepare (writer->db, sql, error);
  if (!statement)
    return false;
  for (int i = 0; i < n_values; i++)
    rai_statement_bind_int (statement, i + 1, values[i]);
  rai_statement_bind_int (statement, n_values + 1, writer->rev);
  return rai_statement_run (statement, error);
}

static void
bind_all (RaiStatement *statement, const int64_t *values, int n_values) {
  for (int i = 0; i < n_values; i++)
    rai_statement_bind_int (statement, i + 1, values[i]);
}

static bool
write_items (Writer *writer, const RaiTallyRow *rows, size_t n_rows, GError **error) {
  RaiStatement *statement = rai_db_prepare (writer->db, upsert_item_day, error);
  for (size_t i = 0; statement && i < n_rows; i++) {
    const RaiTallyRow *row = &rows[i];
    const int64_t values[] = { row->site_id,  row->node_id, row->day,
                               row->quantity, row->revenue, CLAMP (row->out_of_stock, -1000, 1000),
                               writer->rev };
    if (!row->quantity && !row->revenue && !row->out_of_stock)
      continue;
    bind_all (statement, values, 7);
    if (!rai_statement_run (statement, error))
      return false;
  }
  return statement != NULL;
}

static bool
write_departments (Writer *writer, const RaiTallyRow *rows, size_t n_rows, GError **error) {
  RaiStatement *statement = rai_db_prepare (writer->db, upsert_department_day, error);
  for (size_t i = 0; statement && i < n_rows; i++) {
    const RaiTallyRow *row = &rows[i];
    const int64_t values[] = {
      row->site_id, row->node_id, row->day, row->quantity, row->revenue, row->cost, writer->rev
    };
    bind_all (statement, values, 7);
    if (!rai_statement_run (statement, error))
      return false;
  }
  return statement != NULL;
}

/* day or month of a site, both have the same columns. */
static bool
write_site_row (Writer *writer, const char *sql, int64_t period, const RaiTallyRow *row, GError **error) {
  const int64_t values[] = { row->site_id, period, row->quantity, row->revenue, row->cost, row->receipts };
  return run_bound (writer, sql, values, 6, error);
}

static bool
write_sites (Writer *writer, const RaiTallyRow *rows, size_t n_rows, GError **error) {
  g_autoptr (RaiTally) months = rai_tally_new ();
  for (size_t i = 0; i < n_rows; i++) {
    int year, month, mday;
    rai_day_to_ymd (rows[i].day, &year, &month, &mday);
    RaiTallyRow *sum = rai_tally_row (months, rows[i].site_id, 0, year * 12 + month - 1);
    sum->quantity += rows[i].quantity;
    sum->revenue += rows[i].revenue;
    sum->cost += rows[i].cost;
    sum->receipts += rows[i].receipts;
    if (!write_site_row (writer, upsert_site_day, rows[i].day, &rows[i], error))
      return false;
  }
  size_t n_months = 0;
  const RaiTallyRow *sums = rai_tally_sort (months, &n_months);
  for (size_t i = 0; i < n_months; i++)
    if (!write_site_row (writer, upsert_site_month, sums[i].day, &sums[i], error))
      return false;
  return true;
}

/* One item's rows (all of one site): what they add to its stock row. When the site's windows are about to be rolled
 * they need not be right here. */
static bool
write_stock_row (Writer *writer, const RaiTallyRow *rows, size_t n_rows, RaiDay last_day, GError **error) {
  int64_t sold = 0, q7 = 0, q28 = 0, q91 = 0, r28 = 0, r365 = 0;
  RaiDay last_sale = RAI_DAY_NONE;
  for (size_t i = 0; i < n_rows; i++) {
    const RaiTallyRow *row = &rows[i];
    sold += row->quantity;
    q7 += row->day > last_day - 7 ? row->quantity : 0;
    q28 += row->day > last_day - 28 ? row->quantity : 0;
    q91 += row->day > last_day - 91 ? row->quantity : 0;
    r28 += row->day > last_day - 28 ? row->revenue : 0;
    r365 += row->day > last_day - 365 ? row->revenue : 0;
    if (row->quantity > 0)
      last_sale = row->day;
  }
  RaiStatement *statement = rai_db_prepare (writer->db, upsert_stock, error);
  if (!statement)
    return false;
  const int64_t values[] = { rows[0].site_id, rows[0].node_id, -sold, q7, q28, q91, r28, r365 };
  bind_all (statement, values, 8);
  if (last_sale == RAI_DAY_NONE)
    rai_statement_bind_null (statement, 9);
  else
    rai_statement_bind_int (statement, 9, last_sale);
  rai_statement_bind_int (statement, 10, writer->rev);
  return rai_statement_run (statement, error);
}

static bool
write_stock (Writer *writer, const RaiTallyRow *rows, size_t n_rows, RaiDay last_day, GError **error) {
  size_t first = 0;
  for (size_t i = 1; i <= n_rows; i++) {
    if (i < n_rows && rows[i].node_id == rows[first].node_id)
      continue;
    if (!write_stock_row (writer, &rows[first], i - first, last_day, error))
      return false;
    first = i;
  }
  return true;
}

static bool
move_last_day (Writer *writer, int64_t site_id, RaiDay last_day, GError **error) {
  const int64_t day_of_site[] = { site_id, last_day };
  return run_bound (writer, "UPDATE site SET last_day = ?2, rev = ?3 WHERE id = ?1", day_of_site, 2, error) &&
         run_bound (writer, roll_windows, day_of_site, 2, error);
}

/* rows of one site; newest: its last day with sales among them. */
static bool
write_site_stock (Writer *writer, const RaiTallyRow *rows, size_t n_rows, int64_t site_id, RaiDay newest,
                  GError **error) {
  int64_t known = 0;
  if (!rai_db_get_int (writer->db, "SELECT last_day FROM site WHERE id = ?1", &site_id, 1, RAI_DAY_NONE, &known, error))
    return false;
  const bool moves = newest > known;
  const RaiDay last_day = moves ? newest : (RaiDay) known;
  return write_stock (writer, rows, n_rows, last_day, error) &&
         (!moves || move_last_day (writer, site_id, last_day, error));
}

static bool
write_all_stock (Writer *writer, const RaiTallyRow *items, size_t n_items, const RaiTallyRow *sites, size_t n_sites,
                 GError **error) {
  size_t item = 0;
  for (size_t i = 0; i < n_sites; i++) {
    const int64_t site_id = sites[i].site_id;
    if (i + 1 < n_sites && sites[i + 1].site_id == site_id)
      continue; /* its last row has its newest day */
    const size_t first = item;
    while (item < n_items && items[item].site_id == site_id)
      item++;
    if (!write_site_stock (writer, &items[first], item - first, site_id, sites[i].day, error))
      return false;
  }
  return true;
}

bool
rai_rollup_write (RaiDb *db, const RaiRollup *rollup, GError **error) {
  Writer writer = { .db = db };
  size_t n_items, n_departments, n_sites;
  const RaiTallyRow *items = rai_tally_sort (rollup->items, &n_items);
  const RaiTallyRow *departments = rai_tally_sort (rollup->departments, &n_departments);
  const RaiTallyRow *sites = rai_tally_sort (rollup->sites, &n_sites);
  if (!n_sites)
    return true;
  return rai_db_revision (db, &writer.rev, error) && write_items (&writer, items, n_items, error) &&
         write_departments (&writer, departments, n_departments, error) &&
         write_sites (&writer, sites, n_sites, error) &&
         write_all_stock (&writer, items, n_items, sites, n_sites, error);
}
