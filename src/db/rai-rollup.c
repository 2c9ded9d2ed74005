/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/rai-rollup.h"

#include "db/rai-db-run.h"
#include "db/rai-upsert.h"

#define FLAGGED \
  "CASE WHEN item_day.flagged + excluded.flagged > 1000 THEN 1000" \
  " WHEN item_day.flagged + excluded.flagged < 0 THEN 0" \
  " ELSE item_day.flagged + excluded.flagged END"

/* What the ledger says of the shelf is written behind it, where it is more (rai-shortage-ledger.h).
 */
static const RaiUpsertTable item_day = {
  .insert = "INSERT INTO item_day (site_id, item_id, day, quantity, revenue, flagged, out_of_stock,"
            " rev)",
  .conflict = "ON CONFLICT (site_id, item_id, day) DO UPDATE"
              " SET quantity = item_day.quantity + excluded.quantity,"
              " revenue = item_day.revenue + excluded.revenue,"
              " flagged = " FLAGGED ", out_of_stock = CASE WHEN excluded.flagged = 0"
              " THEN item_day.out_of_stock ELSE " FLAGGED " END,"
              " rev = excluded.rev",
  .n_columns = 8,
};

static const RaiUpsertTable department_day = {
  .insert = "INSERT INTO department_day (site_id, department_id, day, quantity, revenue, cost,"
            " rev)",
  .conflict = "ON CONFLICT (site_id, department_id, day) DO UPDATE"
              " SET quantity = department_day.quantity + excluded.quantity,"
              " revenue = department_day.revenue + excluded.revenue,"
              " cost = department_day.cost + excluded.cost,"
              " rev = excluded.rev",
  .n_columns = 7,
};

static const RaiUpsertTable site_day = {
  .insert = "INSERT INTO site_day (site_id, day, quantity, revenue, cost, receipts, rev)",
  .conflict = "ON CONFLICT (site_id, day) DO UPDATE"
              " SET quantity = site_day.quantity + excluded.quantity,"
              " revenue = site_day.revenue + excluded.revenue,"
              " cost = site_day.cost + excluded.cost,"
              " receipts = site_day.receipts + excluded.receipts,"
              " rev = excluded.rev",
  .n_columns = 7,
};

static const RaiUpsertTable site_month = {
  .insert = "INSERT INTO site_month (site_id, month, quantity, revenue, cost, receipts, rev)",
  .conflict = "ON CONFLICT (site_id, month) DO UPDATE"
              " SET quantity = site_month.quantity + excluded.quantity,"
              " revenue = site_month.revenue + excluded.revenue,"
              " cost = site_month.cost + excluded.cost,"
              " receipts = site_month.receipts + excluded.receipts,"
              " rev = excluded.rev",
  .n_columns = 7,
};

/* What sales do to stock, with their windows; all else goes through rai-stock. */
static const RaiUpsertTable stock = {
  .insert = "INSERT INTO stock (site_id, item_id, on_hand, quantity_7, quantity_28, quantity_91,"
            " revenue_28, revenue_365, last_sale, last_return, rev)",
  .conflict = "ON CONFLICT (site_id, item_id) DO UPDATE"
              " SET on_hand = stock.on_hand + excluded.on_hand,"
              " quantity_7 = stock.quantity_7 + excluded.quantity_7,"
              " quantity_28 = stock.quantity_28 + excluded.quantity_28,"
              " quantity_91 = stock.quantity_91 + excluded.quantity_91,"
              " revenue_28 = stock.revenue_28 + excluded.revenue_28,"
              " revenue_365 = stock.revenue_365 + excluded.revenue_365,"
              " last_sale = CASE"
              " WHEN stock.last_sale IS NULL OR excluded.last_sale > stock.last_sale"
              " THEN excluded.last_sale ELSE stock.last_sale END,"
              " last_return = CASE WHEN excluded.last_return > stock.last_return"
              " THEN excluded.last_return ELSE stock.last_return END,"
              " rev = excluded.rev",
  .n_columns = 11,
  .null_column = 9, /* last_sale */
};

/* Takes from the windows of site ?1 what falls out of them when its last day moves from ?2 to ?3;
 * rows that stay as they are keep their rev. */
#define LEAVING(column, days) \
  "(SELECT coalesce(sum(d." column "), 0) FROM item_day d" \
  " WHERE d.site_id = s.site_id AND d.item_id = s.item_id" \
  " AND d.day > ?2 - " days " AND d.day <= ?3 - " days ")"

/* clang-format off */
static const char roll_windows[] =
    "UPDATE stock"
    " SET quantity_7 = quantity_7 - w.q7,"
    " quantity_28 = quantity_28 - w.q28,"
    " quantity_91 = quantity_91 - w.q91,"
    " revenue_28 = revenue_28 - w.r28,"
    " revenue_365 = revenue_365 - w.r365,"
    " rev = ?4"
    " FROM (SELECT s.item_id, "
    LEAVING ("quantity", "7") " AS q7, "
    LEAVING ("quantity", "28") " AS q28, "
    LEAVING ("quantity", "91") " AS q91, "
    LEAVING ("revenue", "28") " AS r28, "
    LEAVING ("revenue", "365") " AS r365"
    " FROM stock s WHERE s.site_id = ?1) AS w"
    " WHERE stock.site_id = ?1 AND stock.item_id = w.item_id"
    " AND (w.q7 <> 0 OR w.q28 <> 0 OR w.q91 <> 0 OR w.r28 <> 0 OR w.r365 <> 0)";
/* clang-format on */

typedef struct {
  RaiDb *db;
  int64_t rev;
  GArray *written; /* RaiRollupSite */
} Writer;

static bool
write_items (Writer *writer, const RaiTallyRow *rows, size_t n_rows, GError **error) {
  RaiUpsert *upsert = rai_upsert_new (writer->db, &item_day, error);
  bool written = upsert != NULL;
  for (size_t i = 0; written && i < n_rows; i++) {
    const RaiTallyRow *row = &rows[i];
    const int64_t flagged = CLAMP (row->out_of_stock, -1000, 1000);
    const int64_t values[] = { row->site_id, row->node_id, row->day, row->quantity,
                               row->revenue, flagged,      flagged,  writer->rev };
    if (row->quantity || row->revenue || row->out_of_stock)
      written = rai_upsert_row (upsert, values, error);
  }

  return upsert != NULL && rai_upsert_finish (upsert, written, error);
}

static bool
write_departments (Writer *writer, const RaiTallyRow *rows, size_t n_rows, GError **error) {
  RaiUpsert *upsert = rai_upsert_new (writer->db, &department_day, error);
  bool written = upsert != NULL;
  for (size_t i = 0; written && i < n_rows; i++) {
    const RaiTallyRow *row = &rows[i];
    const int64_t values[] = { row->site_id, row->node_id, row->day,   row->quantity,
                               row->revenue, row->cost,    writer->rev };
    written = rai_upsert_row (upsert, values, error);
  }

  return upsert != NULL && rai_upsert_finish (upsert, written, error);
}

/* Days or months of a site: both have the same columns. */
static bool
write_periods (Writer *writer, const RaiUpsertTable *table, const RaiTallyRow *rows, size_t n_rows,
               GError **error) {
  RaiUpsert *upsert = rai_upsert_new (writer->db, table, error);
  bool written = upsert != NULL;
  for (size_t i = 0; written && i < n_rows; i++) {
    const RaiTallyRow *row = &rows[i];
    const int64_t values[] = { row->site_id, row->day,      row->quantity, row->revenue,
                               row->cost,    row->receipts, writer->rev };
    written = rai_upsert_row (upsert, values, error);
  }

  return upsert != NULL && rai_upsert_finish (upsert, written, error);
}

static bool
write_days (Writer *writer, const RaiTallyRow *rows, size_t n_rows, GError **error) {
  g_autoptr (RaiTally) months = rai_tally_new ();
  for (size_t i = 0; i < n_rows; i++) {
    int year, month, mday;
    rai_day_to_ymd (rows[i].day, &year, &month, &mday);
    RaiTallyRow *sum = rai_tally_row (months, rows[i].site_id, 0, year * 12 + month - 1);
    sum->quantity += rows[i].quantity;
    sum->revenue += rows[i].revenue;
    sum->cost += rows[i].cost;
    sum->receipts += rows[i].receipts;
  }

  size_t n_months = 0;
  const RaiTallyRow *sums = rai_tally_sort (months, &n_months);
  return write_periods (writer, &site_day, rows, n_rows, error) &&
         write_periods (writer, &site_month, sums, n_months, error);
}

/* One item's rows (all of one site): what they add to its stock row, in windows that end on
 * from_day. */
static bool
write_stock_row (RaiUpsert *upsert, const Writer *writer, const RaiTallyRow *rows, size_t n_rows,
                 RaiDay from_day, GError **error) {
  int64_t sold = 0, q7 = 0, q28 = 0, q91 = 0, r28 = 0, r365 = 0;
  RaiDay last_sale = RAI_DAY_NONE, last_return = 0;
  for (size_t i = 0; i < n_rows; i++) {
    const RaiTallyRow *row = &rows[i];
    sold += row->quantity;
    q7 += row->day > from_day - 7 ? row->quantity : 0;
    q28 += row->day > from_day - 28 ? row->quantity : 0;
    q91 += row->day > from_day - 91 ? row->quantity : 0;
    r28 += row->day > from_day - 28 ? row->revenue : 0;
    r365 += row->day > from_day - 365 ? row->revenue : 0;
    if (row->quantity > 0)
      last_sale = row->day;
    if (row->returned)
      last_return = row->day;
  }

  const int64_t values[] = { rows[0].site_id, rows[0].node_id, -sold,      q7, q28, q91, r28, r365,
                             last_sale,       last_return,     writer->rev };
  return rai_upsert_row (upsert, values, error);
}

static bool
write_stock (Writer *writer, const RaiTallyRow *rows, size_t n_rows, RaiDay from_day,
             GError **error) {
  RaiUpsert *upsert = rai_upsert_new (writer->db, &stock, error);
  bool written = upsert != NULL;
  size_t first = 0;

  for (size_t i = 1; written && i <= n_rows; i++) {
    if (i < n_rows && rows[i].node_id == rows[first].node_id)
      continue;
    written = write_stock_row (upsert, writer, &rows[first], i - first, from_day, error);
    first = i;
  }

  return upsert != NULL && rai_upsert_finish (upsert, written, error);
}

/* Everything was added to windows that end on the old last day; now they move on to the new one. */
static bool
move_last_day (Writer *writer, int64_t site_id, RaiDay old_day, RaiDay new_day, GError **error) {
  return rai_db_run (writer->db, error, "UPDATE site SET last_day = ?2, rev = ?3 WHERE id = ?1",
                     "iii", site_id, (int64_t) new_day, writer->rev) &&
         (old_day == new_day || rai_db_run (writer->db, error, roll_windows, "iiii", site_id,
                                            (int64_t) old_day, (int64_t) new_day, writer->rev));
}

/* The rows of one table that belong to one site, and how far the table is done. */
typedef struct {
  const RaiTallyRow *rows;
  size_t n_rows;
  size_t at;
} Part;

static const RaiTallyRow *
take_site (Part *part, int64_t site_id, size_t *n_rows) {
  const size_t first = part->at;
  while (part->at < part->n_rows && part->rows[part->at].site_id == site_id)
    part->at++;
  *n_rows = part->at - first;
  return &part->rows[first];
}

static bool
write_site (Writer *writer, int64_t site_id, Part *items, Part *departments, Part *sites,
            GError **error) {
  size_t n_items, n_departments, n_days;
  const RaiTallyRow *item_rows = take_site (items, site_id, &n_items);
  const RaiTallyRow *department_rows = take_site (departments, site_id, &n_departments);
  const RaiTallyRow *day_rows = take_site (sites, site_id, &n_days);
  const RaiDay newest = day_rows[n_days - 1].day;
  int64_t known = 0;

  if (!rai_db_get_int (writer->db, "SELECT last_day FROM site WHERE id = ?1", &site_id, 1,
                       RAI_DAY_NONE, &known, error))
    return false;

  const RaiDay from_day = known == RAI_DAY_NONE ? newest : (RaiDay) known;
  const RaiRollupSite written = { site_id, (RaiDay) known, item_rows, n_items, day_rows, n_days };
  g_array_append_val (writer->written, written);
  return write_items (writer, item_rows, n_items, error) &&
         write_departments (writer, department_rows, n_departments, error) &&
         write_days (writer, day_rows, n_days, error) &&
         write_stock (writer, item_rows, n_items, from_day, error) &&
         (newest <= known || move_last_day (writer, site_id, from_day, newest, error));
}

bool
rai_rollup_write (RaiDb *db, const RaiRollup *rollup, GArray *written, GError **error) {
  Writer writer = { .db = db, .written = written };
  Part items = { 0 }, departments = { 0 }, sites = { 0 };
  items.rows = rai_tally_sort (rollup->items, &items.n_rows);
  departments.rows = rai_tally_sort (rollup->departments, &departments.n_rows);
  sites.rows = rai_tally_sort (rollup->sites, &sites.n_rows);
  if (sites.n_rows && !rai_db_revision (db, &writer.rev, error))
    return false;
  while (sites.at < sites.n_rows)
    if (!write_site (&writer, sites.rows[sites.at].site_id, &items, &departments, &sites, error))
      return false;

  return true;
}
