/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/rai-db-run.h"
#include "import/rai-import-readers.h"
#include "util/rai-decimal.h"
#include "util/rai-uuid.h"

#include <math.h>
#include <string.h>

/* Items, suppliers and stock in our own columns. A field that is empty, or that the file does not
 * have, leaves what is stored as it is. */

static RaiRowResult
changed_or_not (const RaiImport *import) {
  return rai_db_changes (import->db) > 0 ? RAI_ROW_ADDED : RAI_ROW_UNCHANGED;
}

/* NULL when there is nothing to say. */
static const char *
text_or_null (const RaiImport *import, RaiImportField field) {
  const char *text = rai_import_text (import, field);
  return *text != '\0' ? text : NULL;
}

/* ---- Items ---- */

typedef struct {
  int64_t department, supplier, pack, price, cost, shelf_life;
} ItemNumbers;

static bool
read_item_numbers (RaiImport *import, ItemNumbers *numbers) {
  int decimals =
      rai_currency_decimals (import->options->currency != NULL ? import->options->currency : "EUR");
  if (!rai_import_decimal (import, RAI_FIELD_PACK, RAI_QUANTITY_DECIMALS, RAI_QUANTITY_ONE,
                           &numbers->pack) ||
      !rai_import_decimal (import, RAI_FIELD_PRICE, decimals, 0, &numbers->price) ||
      !rai_import_decimal (import, RAI_FIELD_COST, decimals, 0, &numbers->cost) ||
      !rai_import_decimal (import, RAI_FIELD_SHELF_LIFE, 0, 0, &numbers->shelf_life))
    return false;

  const char *reason = numbers->pack <= 0   ? "the pack is not above zero"
                       : numbers->price < 0 ? "the price is negative"
                       : numbers->cost < 0  ? "the cost is negative"
                       : numbers->shelf_life > 36500
                           ? "the shelf life is longer than a hundred years"
                       : numbers->shelf_life < 0 ? "the shelf life is negative"
                                                 : NULL;

  if (reason != NULL)
    rai_import_reject (import, reason, NULL);
  return reason == NULL;
}

static bool
find_item_names (RaiImport *import, ItemNumbers *numbers, GError **error) {
  const char *department = rai_import_text (import, RAI_FIELD_DEPARTMENT);
  const char *supplier = rai_import_text (import, RAI_FIELD_SUPPLIER);
  numbers->department = numbers->supplier = 0;
  if (*department != '\0' &&
      (numbers->department = rai_import_names_department (import->names, department, error)) == 0)
    return false;
  return *supplier == '\0' ||
         (numbers->supplier = rai_import_names_supplier (import->names, supplier, error)) != 0;
}

static const char update_item[] =
    "UPDATE item SET name = COALESCE(?2, name), category = COALESCE(?3, category), barcode = "
    "COALESCE(?4, barcode), "
    "unit = COALESCE(?5, unit), department_id = COALESCE(?6, department_id), supplier_id = "
    "COALESCE(?7, supplier_id), "
    "pack = COALESCE(?8, pack), price = COALESCE(?9, price), cost = COALESCE(?10, cost), "
    "shelf_life = COALESCE(?11, shelf_life), active = COALESCE(?12, active), rev = ?13 WHERE id = "
    "?1 AND ("
    "name <> COALESCE(?2, name) OR category <> COALESCE(?3, category) OR barcode <> COALESCE(?4, "
    "barcode) OR "
    "unit <> COALESCE(?5, unit) OR department_id <> COALESCE(?6, department_id) OR "
    "COALESCE(supplier_id, 0) <> COALESCE(?7, supplier_id, 0) OR pack <> COALESCE(?8, pack) OR "
    "price <> COALESCE(?9, price) OR cost <> COALESCE(?10, cost) OR "
    "COALESCE(shelf_life, 0) <> COALESCE(?11, shelf_life, 0) OR active <> COALESCE(?12, active))";

static bool
write_item (RaiImport *import, int64_t id, const ItemNumbers *numbers, GError **error) {
  RaiStatement *statement = rai_db_prepare (import->db, update_item, error);
  if (statement == NULL)
    return false;
  rai_statement_bind (statement, "ittttnnnnnnni", id, text_or_null (import, RAI_FIELD_NAME),
                      text_or_null (import, RAI_FIELD_CATEGORY),
                      text_or_null (import, RAI_FIELD_BARCODE),
                      text_or_null (import, RAI_FIELD_UNIT), import->rev);

  const struct {
    int parameter;
    RaiImportField field;
    int64_t value;
  } numbered[] = {
    { 6, RAI_FIELD_DEPARTMENT, numbers->department },
    { 7, RAI_FIELD_SUPPLIER, numbers->supplier },
    { 8, RAI_FIELD_PACK, numbers->pack },
    { 9, RAI_FIELD_PRICE, numbers->price },
    { 10, RAI_FIELD_COST, numbers->cost },
    { 11, RAI_FIELD_SHELF_LIFE, numbers->shelf_life },
    { 12, RAI_FIELD_ACTIVE, rai_import_flag (import, RAI_FIELD_ACTIVE) },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (numbered); i++)
    if (text_or_null (import, numbered[i].field) != NULL)
      rai_statement_bind_int (statement, numbered[i].parameter, numbered[i].value);

  return rai_statement_run (statement, error);
}

RaiRowResult
rai_import_read_item (RaiImport *import, GError **error) {
  const char *sku = rai_import_text (import, RAI_FIELD_ITEM);
  ItemNumbers numbers;
  if (*sku == '\0')
    return rai_import_reject (import, "the item is missing", NULL);
  if (text_or_null (import, RAI_FIELD_NAME) == NULL)
    return rai_import_reject (import, "the name is missing", sku);
  if (!rai_import_is_code (import, sku) ||
      !rai_import_is_code (import, rai_import_text (import, RAI_FIELD_DEPARTMENT)) ||
      !rai_import_is_code (import, rai_import_text (import, RAI_FIELD_SUPPLIER)) ||
      !read_item_numbers (import, &numbers))
    return RAI_ROW_REJECTED;

  if (!find_item_names (import, &numbers, error))
    return RAI_ROW_FAILED;

  bool known = rai_import_names_known_item (import->names, sku) != NULL;
  RaiImportItem *item = rai_import_row_item (import, "General", error);
  if (item == NULL || !write_item (import, item->id, &numbers, error))
    return RAI_ROW_FAILED;

  return known ? changed_or_not (import) : RAI_ROW_ADDED;
}

/* ---- Suppliers ---- */

/* 1-7 from "Mon", "monday", "1"; 0 for anything else. */
static int
weekday_of (const char *word) {
  static const char *const names[] = { "mon", "tue", "wed", "thu", "fri", "sat", "sun" };
  if (word[0] >= '1' && word[0] <= '7' && word[1] == '\0')
    return word[0] - '0';
  for (int i = 0; i < 7; i++)
    if (g_ascii_strncasecmp (word, names[i], 3) == 0)
      return i + 1;
  return 0;
}

/* "Mon Wed Fri", "1,3,5", "Mon-Sat" -> bits; -1 when it cannot be read. */
static int
read_weekdays (const char *text) {
  g_auto (GStrv) parts = g_strsplit_set (text, " ,;/", -1);
  int bits = 0;
  for (int i = 0; parts[i] != NULL; i++) {
    if (*parts[i] == '\0')
      continue;
    g_auto (GStrv) ends = g_strsplit (parts[i], "-", 2);
    int from = weekday_of (ends[0]), to = ends[1] != NULL ? weekday_of (ends[1]) : from;
    if (from == 0 || to == 0)
      return -1;
    for (int day = from;; day = day % 7 + 1) {
      bits |= 1 << (day - 1);
      if (day == to)
        break;
    }
  }

  return bits > 0 ? bits : -1;
}

static const char upsert_supplier[] =
    "UPDATE supplier SET name = ?2, lead_days = COALESCE(?3, lead_days), lead_spread = "
    "COALESCE(?4, lead_spread), "
    "order_weekdays = COALESCE(?5, order_weekdays), minimum_order = COALESCE(?6, minimum_order), "
    "rev = ?7 "
    "WHERE id = ?1 AND (name <> ?2 OR lead_days <> COALESCE(?3, lead_days) OR "
    "lead_spread <> COALESCE(?4, lead_spread) OR order_weekdays <> COALESCE(?5, order_weekdays) OR "
    "minimum_order <> COALESCE(?6, minimum_order))";

RaiRowResult
rai_import_read_supplier (RaiImport *import, GError **error) {
  const char *code = rai_import_text (import, RAI_FIELD_SUPPLIER),
             *name = rai_import_text (import, RAI_FIELD_NAME);
  const char *days = rai_import_text (import, RAI_FIELD_ORDER_WEEKDAYS);
  int64_t lead_days, minimum;
  double spread;
  int weekdays = *days != '\0' ? read_weekdays (days) : 127;

  if (*code == '\0' || *name == '\0')
    return rai_import_reject (import, "the supplier's code or name is missing", NULL);
  if (weekdays < 0)
    return rai_import_reject (
        import, "the weekdays cannot be read (write Mon Wed Fri, 1,3,5 or Mon-Sat)", days);

  if (!rai_import_is_code (import, code) ||
      !rai_import_decimal (import, RAI_FIELD_LEAD_DAYS, 0, 0, &lead_days) ||
      !rai_import_double (import, RAI_FIELD_LEAD_SPREAD, 0, &spread) ||
      !rai_import_decimal (import, RAI_FIELD_MINIMUM_ORDER, 2, 0, &minimum))
    return RAI_ROW_REJECTED;

  if (lead_days < 0 || lead_days > 365 || spread < 0 || minimum < 0)
    return rai_import_reject (import, "lead time, its spread or the minimum order is out of bounds",
                              NULL);

  int64_t id = rai_import_names_supplier (import->names, code, error);
  RaiStatement *statement = id != 0 ? rai_db_prepare (import->db, upsert_supplier, error) : NULL;
  if (statement == NULL)
    return RAI_ROW_FAILED;

  rai_statement_bind (statement, "itnnnni", id, name, import->rev);
  if (text_or_null (import, RAI_FIELD_LEAD_DAYS) != NULL)
    rai_statement_bind_int (statement, 3, lead_days);
  if (text_or_null (import, RAI_FIELD_LEAD_SPREAD) != NULL)
    rai_statement_bind_double (statement, 4, spread);
  if (*days != '\0')
    rai_statement_bind_int (statement, 5, weekdays);
  if (text_or_null (import, RAI_FIELD_MINIMUM_ORDER) != NULL)
    rai_statement_bind_int (statement, 6, minimum);

  return rai_statement_run (statement, error) ? changed_or_not (import) : RAI_ROW_FAILED;
}

/* ---- Stock ---- */

/* What the ledger says for the beginning of a day. */
static bool
ledger_before (RaiImport *import, int64_t site_id, int64_t item_id, RaiDay day, int64_t *quantity,
               GError **error) {
  const int64_t key[] = { site_id, item_id, day };
  int64_t moved, sold;
  if (!rai_db_get_int (
          import->db,
          "SELECT SUM(quantity) FROM movement WHERE site_id = ?1 AND item_id = ?2 AND day < ?3",
          key, 3, 0, &moved, error) ||
      !rai_db_get_int (
          import->db,
          "SELECT SUM(quantity) FROM item_day WHERE site_id = ?1 AND item_id = ?2 AND day < ?3",
          key, 3, 0, &sold, error))
    return false;

  *quantity = moved - sold;
  return true;
}

/* The same row gives the same id, so that it counts once. */
static void
make_movement_id (const RaiImportSite *site, const char *sku, RaiDay day, int64_t counted,
                  char *id) {
  g_autofree char *text =
      g_strdup_printf ("%s/%s/%d/%" G_GINT64_FORMAT, site->code, sku, day, counted);
  g_autofree char *digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
  digest[16] = '\0';
  uint64_t bits = g_ascii_strtoull (digest, NULL, 16);
  rai_uuid_make (id, day * RAI_MS_PER_DAY, (unsigned) (bits >> 52), bits);
}

static bool
write_opening (RaiImport *import, const RaiImportSite *site, const RaiImportItem *item,
               const char *id, RaiDay day, int64_t counted, GError **error) {
  int64_t before;
  if (!ledger_before (import, site->id, item->id, day, &before, error))
    return false;

  int64_t at = rai_day_to_ms (day, 0, site->zone);
  return rai_db_run (import->db, error,
                     "INSERT INTO movement (id, site_id, item_id, at, day, kind, quantity, "
                     "counted, account_id, rev) "
                     "VALUES (?1, ?2, ?3, ?4, ?5, 'opening', ?6, ?7, 0, ?8)",
                     "tiiiiiii", id, site->id, item->id, at, (int64_t) day, counted - before,
                     counted, import->rev) &&
         rai_db_run (import->db, error,
                     "INSERT INTO stock (site_id, item_id, on_hand, tracked, rev) VALUES (?1, "
                     "?2, ?3, 1, ?4) "
                     "ON CONFLICT (site_id, item_id) DO UPDATE SET on_hand = stock.on_hand + "
                     "excluded.on_hand, "
                     "tracked = 1, rev = excluded.rev",
                     "iiii", site->id, item->id, counted - before, import->rev);
}

RaiRowResult
rai_import_read_stock (RaiImport *import, GError **error) {
  int64_t counted, known;
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

  if (time.day > import->today)
    return rai_import_reject (import, "the date lies in the future",
                              rai_import_text (import, RAI_FIELD_TIME));

  const char *sku = rai_import_text (import, RAI_FIELD_ITEM);
  RaiImportItem *item = rai_import_names_known_item (import->names, sku);
  if (item == NULL)
    return rai_import_reject (import, "no such item (import the items first)", sku);

  RaiImportSite *site = rai_import_row_site (import, error);
  if (site == NULL)
    return rai_import_no (import);

  char id[RAI_UUID_SIZE];
  make_movement_id (site, sku, time.day, counted, id);

  RaiStatement *find =
      rai_db_prepare (import->db, "SELECT count(*) FROM movement WHERE id = ?1", error);
  if (find == NULL)
    return RAI_ROW_FAILED;

  rai_statement_bind_text (find, 1, id);
  if (rai_statement_step (find, error) != RAI_STEP_ROW)
    return RAI_ROW_FAILED;
  known = rai_statement_int (find, 0);
  rai_statement_reset (find);
  if (known > 0)
    return RAI_ROW_UNCHANGED;

  return write_opening (import, site, item, id, time.day, counted, error) ? RAI_ROW_ADDED
                                                                          : RAI_ROW_FAILED;
}
