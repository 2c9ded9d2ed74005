/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/rai-code.h"
#include "core/rai-weekdays.h"
#include "db/rai-db-run.h"
#include "db/rai-items.h"
#include "db/rai-shortage-ledger.h"
#include "db/rai-stock.h"
#include "db/rai-suppliers.h"
#include "import/rai-import-readers.h"
#include "util/rai-decimal.h"
#include "util/rai-uuid.h"

#include <string.h>

/* Items, suppliers and stock in our own columns. A field that is empty, or that the file does not
 * have, leaves what is stored as it is. */

/* NULL when there is nothing to say. */
static const char *
text_or_null (const RaiImport *import, RaiImportField field) {
  const char *text = rai_import_text (import, field);
  return *text != '\0' ? text : NULL;
}

/* The number when the row gives it, else NULL. */
static const int64_t *
number_or_null (const RaiImport *import, RaiImportField field, const int64_t *number) {
  return text_or_null (import, field) != NULL ? number : NULL;
}

/* ---- Items ---- */

/* A row's values, and the numbers that they point at. */
typedef struct {
  RaiItemValues values;
  int64_t department, supplier, pack, price, cost, shelf_life, active;
  bool cut; /* its barcode */
} ItemRow;

static bool
read_item (RaiImport *import, ItemRow *row) {
  int decimals =
      rai_currency_decimals (import->options->currency != NULL ? import->options->currency : "EUR");
  if (!rai_import_decimal (import, RAI_FIELD_PACK, RAI_QUANTITY_DECIMALS, 0, &row->pack) ||
      !rai_import_decimal (import, RAI_FIELD_PRICE, decimals, 0, &row->price) ||
      !rai_import_decimal (import, RAI_FIELD_COST, decimals, 0, &row->cost) ||
      !rai_import_decimal (import, RAI_FIELD_SHELF_LIFE, 0, 0, &row->shelf_life))
    return false;

  row->active = rai_import_flag (import, RAI_FIELD_ACTIVE);
  row->values = (RaiItemValues){
    .name = text_or_null (import, RAI_FIELD_NAME),
    .category = text_or_null (import, RAI_FIELD_CATEGORY),
    .barcode = text_or_null (import, RAI_FIELD_BARCODE),
    .unit = text_or_null (import, RAI_FIELD_UNIT),
    .pack = number_or_null (import, RAI_FIELD_PACK, &row->pack),
    .price = number_or_null (import, RAI_FIELD_PRICE, &row->price),
    .cost = number_or_null (import, RAI_FIELD_COST, &row->cost),
    .shelf_life = number_or_null (import, RAI_FIELD_SHELF_LIFE, &row->shelf_life),
    .active = number_or_null (import, RAI_FIELD_ACTIVE, &row->active),
  };

  /* What a spreadsheet has cut is no barcode: the rest of the row goes in. */
  if (row->values.barcode != NULL && rai_code_is_cut (row->values.barcode)) {
    row->values.barcode = NULL;
    row->cut = true;
  }

  const char *fault = rai_item_fault (&row->values);
  if (fault != NULL)
    rai_import_reject (import, fault, NULL);
  return fault == NULL;
}

/* Department and supplier, made when the row is the first to name them. */
static bool
find_item_names (RaiImport *import, ItemRow *row, GError **error) {
  const char *department = text_or_null (import, RAI_FIELD_DEPARTMENT);
  const char *supplier = text_or_null (import, RAI_FIELD_SUPPLIER);

  if (department != NULL) {
    row->department = rai_import_names_department (import->names, department, error);
    if (row->department == 0)
      return false;
    row->values.department_id = &row->department;
  }

  if (supplier != NULL) {
    row->supplier = rai_import_names_supplier (import->names, supplier, error);
    if (row->supplier == 0)
      return false;
    row->values.supplier_id = &row->supplier;
  }

  return true;
}

/* The unit stays as long as there is something in it. false: rejected (the reason is set) or
 * failed. */
static bool
may_be_edited (RaiImport *import, const RaiImportItem *item, const ItemRow *row, GError **error) {
  const char *fault = NULL;
  if (item == NULL)
    return true;
  if (!rai_item_edit_fault (import->db, item->id, &row->values, &fault, error))
    return false;
  if (fault != NULL)
    rai_import_reject (import, fault, row->values.unit);
  return fault == NULL;
}

static RaiRowResult
take_item (RaiImport *import, const char *sku, ItemRow *row, GError **error) {
  const bool known = rai_import_names_known_item (import->names, sku) != NULL;
  bool changed;
  if (!find_item_names (import, row, error))
    return RAI_ROW_FAILED;

  RaiImportItem *item = rai_import_names_item (
      import->names, sku, row->values.name, rai_import_row_department (import, "General"), error);
  if (item == NULL ||
      !rai_item_edit (import->db, item->id, &row->values, import->rev, &changed, error))
    return RAI_ROW_FAILED;

  import->n_cut += row->cut;
  if (row->values.barcode != NULL)
    rai_import_names_set_barcode (import->names, item, row->values.barcode);
  return !known || changed ? RAI_ROW_ADDED : RAI_ROW_UNCHANGED;
}

RaiRowResult
rai_import_read_item (RaiImport *import, GError **error) {
  ItemRow row = { .cut = false };
  const char *sku = rai_import_row_item_code (import);
  if (sku == NULL)
    return RAI_ROW_REJECTED;
  if (text_or_null (import, RAI_FIELD_NAME) == NULL)
    return rai_import_reject (import, "the name is missing", sku);
  if (!rai_import_is_code (import, rai_import_text (import, RAI_FIELD_SUPPLIER)) ||
      !read_item (import, &row))
    return RAI_ROW_REJECTED;

  const RaiImportItem *known = rai_import_names_known_item (import->names, sku);
  return may_be_edited (import, known, &row, error) ? take_item (import, sku, &row, error)
                                                    : rai_import_no (import);
}

/* ---- Suppliers ---- */

RaiRowResult
rai_import_read_supplier (RaiImport *import, GError **error) {
  const char *code = rai_import_text (import, RAI_FIELD_SUPPLIER);
  const char *name = rai_import_text (import, RAI_FIELD_NAME);
  const char *days = rai_import_text (import, RAI_FIELD_ORDER_WEEKDAYS);
  if (*code == '\0' || *name == '\0')
    return rai_import_reject (import, "the supplier's code or name is missing", NULL);

  const int64_t weekdays = *days != '\0' ? rai_weekdays_parse (days) : RAI_SUPPLIER_ALL_WEEKDAYS;
  if (weekdays < 0)
    return rai_import_reject (
        import, "the weekdays cannot be read (write Mon Wed Fri, 1,3,5 or Mon-Sat)", days);

  int64_t lead_days, minimum;
  double spread;
  if (!rai_import_is_code (import, code) ||
      !rai_import_decimal (import, RAI_FIELD_LEAD_DAYS, 0, 0, &lead_days) ||
      !rai_import_double (import, RAI_FIELD_LEAD_SPREAD, 0, &spread) ||
      !rai_import_decimal (import, RAI_FIELD_MINIMUM_ORDER, 2, 0, &minimum))
    return RAI_ROW_REJECTED;

  const RaiSupplierValues values = {
    .name = name,
    .lead_days = number_or_null (import, RAI_FIELD_LEAD_DAYS, &lead_days),
    .lead_spread = text_or_null (import, RAI_FIELD_LEAD_SPREAD) != NULL ? &spread : NULL,
    .order_weekdays = number_or_null (import, RAI_FIELD_ORDER_WEEKDAYS, &weekdays),
    .minimum_order = number_or_null (import, RAI_FIELD_MINIMUM_ORDER, &minimum),
  };
  const char *fault = rai_supplier_fault (&values);
  if (fault != NULL)
    return rai_import_reject (import, fault, NULL);

  bool changed;
  int64_t id = rai_import_names_supplier (import->names, code, error);
  if (id == 0 || !rai_supplier_edit (import->db, id, &values, import->rev, &changed, error))
    return RAI_ROW_FAILED;

  return changed ? RAI_ROW_ADDED : RAI_ROW_UNCHANGED;
}

/* ---- Stock ---- */

/* What the ledger says for the beginning of a day. */
static bool
ledger_before (RaiImport *import, int64_t site_id, int64_t item_id, RaiDay day, int64_t *quantity,
               GError **error) {
  int64_t moved = 0, sold = 0;
  if (rai_db_row (import->db, error,
                  "SELECT sum(quantity) FROM movement"
                  " WHERE site_id = ?1 AND item_id = ?2 AND day < ?3",
                  "iii>i", site_id, item_id, (int64_t) day, &moved) == RAI_STEP_FAILED ||
      rai_db_row (import->db, error,
                  "SELECT sum(quantity) FROM item_day"
                  " WHERE site_id = ?1 AND item_id = ?2 AND day < ?3",
                  "iii>i", site_id, item_id, (int64_t) day, &sold) == RAI_STEP_FAILED)
    return false;

  *quantity = moved - sold;
  return true;
}

/* One count of an item and day has one id, however the file spells the item. */
static void
make_movement_id (const RaiImportSite *site, const RaiImportItem *item, RaiDay day, char *id) {
  g_autofree char *text = g_strdup_printf ("%s/%s/%d", site->code, item->sku, day);
  g_autofree char *digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
  digest[16] = '\0';
  uint64_t bits = g_ascii_strtoull (digest, NULL, 16);
  rai_uuid_make (id, day * RAI_MS_PER_DAY, (unsigned) (bits >> 52), bits);
}

/* What files have said of an item and day so far. */
typedef struct {
  char *id; /* of the last row; NULL: nothing */
  int64_t moved;
  int64_t counted;
} Opening;

static void
opening_clear (Opening *opening) {
  g_clear_pointer (&opening->id, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Opening, opening_clear)

/* Programs before this one wrote a row for each quantity that a day's files told. */
static bool
read_opening (RaiImport *import, int64_t site_id, int64_t item_id, RaiDay day, Opening *opening,
              GError **error) {
  return rai_db_row (import->db, error,
                     "SELECT id, counted, (SELECT CAST(sum(quantity) AS BIGINT) FROM movement"
                     " WHERE site_id = ?1 AND item_id = ?2 AND day = ?3 AND kind = ?4"
                     " AND counted IS NOT NULL)"
                     " FROM movement WHERE site_id = ?1 AND item_id = ?2 AND day = ?3"
                     " AND kind = ?4 AND counted IS NOT NULL ORDER BY rev DESC, id LIMIT 1",
                     "iiit>tii", site_id, item_id, (int64_t) day,
                     rai_movement_kind_id (RAI_MOVEMENT_OPENING), &opening->id, &opening->counted,
                     &opening->moved) != RAI_STEP_FAILED;
}

/* The last count of an item and day holds: the one that is there is corrected, and what is on hand
 * with it, unless it was counted again since. */
static bool
correct_opening (RaiImport *import, const RaiImportSite *site, const RaiImportItem *item,
                 const Opening *opening, int64_t counted, int64_t by, GError **error) {
  RaiStockCount next;
  const RaiStockChange change = { .site_id = site->id, .item_id = item->id, .on_hand = by };
  int64_t at = 0;

  if (rai_db_row (import->db, error, "SELECT at FROM movement WHERE id = ?1", "t>i", opening->id,
                  &at) == RAI_STEP_FAILED ||
      !rai_stock_recount (import->db, opening->id, counted, by, import->rev, error) ||
      !rai_stock_next_count (import->db, site->id, item->id, at, opening->id, &next, error))
    return false;

  const bool stored = *next.id != '\0'
                          ? rai_stock_absorb (import->db, next.id, -by, import->rev, error)
                          : rai_stock_add (import->db, &change, import->rev, error);
  return stored &&
         rai_shortage_after_movement (import->db, site->id, item->id, at, opening->id, error);
}

static bool
write_opening (RaiImport *import, const RaiImportSite *site, const RaiImportItem *item,
               const char *id, RaiDay day, int64_t counted, int64_t quantity, GError **error) {
  const RaiMovement movement = {
    .id = id,
    .site_id = site->id,
    .item_id = item->id,
    .at = rai_day_to_ms (day, 0, site->zone),
    .day = day,
    .kind = RAI_MOVEMENT_OPENING,
    .quantity = quantity,
    .counted = &counted,
    .rev = import->rev,
  };
  return rai_stock_move (import->db, &movement, 0, error);
}

/* Rows of one file for one item and day are its shelves. */
static bool
is_next_shelf (RaiImport *import, const RaiImportSite *site, const RaiImportItem *item,
               RaiDay day) {
  bool added;
  const uint64_t key = (uint64_t) site->id << 48 | ((uint64_t) item->id & 0xffffff) << 24 |
                       ((uint64_t) day & 0xffffff);
  rai_import_keys_at (import->keys, key, &added);
  import->n_shelves += !added;
  return !added;
}

static RaiRowResult
take_count (RaiImport *import, const RaiImportSite *site, const RaiImportItem *item, RaiDay day,
            int64_t counted, GError **error) {
  char id[RAI_UUID_SIZE];
  g_auto (Opening) opening = { 0 };
  int64_t before;
  if (!read_opening (import, site->id, item->id, day, &opening, error) ||
      !ledger_before (import, site->id, item->id, day, &before, error))
    return RAI_ROW_FAILED;

  if (is_next_shelf (import, site, item, day))
    counted += opening.counted;
  const int64_t by = counted - before - opening.moved;
  if (opening.id != NULL && by == 0 && counted == opening.counted)
    return RAI_ROW_UNCHANGED;

  make_movement_id (site, item, day, id);
  const bool written =
      opening.id != NULL
          ? correct_opening (import, site, item, &opening, counted, by, error)
          : write_opening (import, site, item, id, day, counted, counted - before, error);
  return written ? RAI_ROW_ADDED : RAI_ROW_FAILED;
}

/* Half a piece on a shelf is a slip. */
static bool
is_whole (RaiImport *import, const RaiImportItem *item, int64_t counted) {
  g_autofree char *unit = NULL;
  if (counted % RAI_QUANTITY_ONE == 0)
    return true;
  rai_db_row (import->db, NULL, "SELECT unit FROM item WHERE id = ?1", "i>t", item->id, &unit);
  if (g_strcmp0 (unit, "piece") != 0)
    return true;
  rai_import_reject (import, "the item is sold by the piece: count whole pieces",
                     rai_import_text (import, RAI_FIELD_QUANTITY));
  return false;
}

RaiRowResult
rai_import_read_stock (RaiImport *import, GError **error) {
  int64_t counted;
  RaiImportTime time = { .day = import->today };
  if (*rai_import_text (import, RAI_FIELD_QUANTITY) == '\0')
    return rai_import_reject (import, "the quantity is missing", NULL);
  if (!rai_import_decimal (import, RAI_FIELD_QUANTITY, RAI_QUANTITY_DECIMALS, 0, &counted) ||
      (*rai_import_text (import, RAI_FIELD_TIME) != '\0' &&
       !rai_import_time (import, RAI_FIELD_TIME, &time)))
    return RAI_ROW_REJECTED;

  if (counted < 0)
    return rai_import_reject (import, "the quantity is negative",
                              rai_import_text (import, RAI_FIELD_QUANTITY));
  if (!rai_import_is_quantity (import, counted))
    return RAI_ROW_REJECTED;

  const char *site_code = rai_import_row_site_code (import);
  const char *item_code = site_code != NULL ? rai_import_row_item_code (import) : NULL;
  if (item_code == NULL)
    return RAI_ROW_REJECTED;
  rai_import_site_clock (rai_import_names_find_site (import->names, site_code), &time);
  if (time.day > import->today)
    return rai_import_reject (import, "the date lies in the future",
                              rai_import_text (import, RAI_FIELD_TIME));

  RaiImportItem *item = rai_import_names_known_item (import->names, item_code);
  if (item == NULL)
    return rai_import_reject (import, "no such item (import the items first)", item_code);
  if (!is_whole (import, item, counted))
    return RAI_ROW_REJECTED;

  RaiImportSite *site = rai_import_names_site (import->names, site_code, error);
  return site != NULL ? take_count (import, site, item, time.day, counted, error) : RAI_ROW_FAILED;
}
