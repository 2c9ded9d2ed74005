/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/rai-items.h"

#include "core/rai-code.h"
#include "db/rai-codes.h"
#include "db/rai-db-run.h"

static bool
is_too_long (const char *text, long characters) {
  return text != NULL && g_utf8_strlen (text, -1) > characters;
}

static bool
is_empty (const char *text) {
  return text != NULL && *text == '\0';
}

static bool
is_below (const int64_t *number, int64_t least) {
  return number != NULL && *number < least;
}

static bool
is_above (const int64_t *number, int64_t most) {
  return number != NULL && *number > most;
}

const char *
rai_item_fault (const RaiItemValues *values) {
  const struct {
    bool fault;
    const char *words;
  } checks[] = {
    { is_empty (values->name), "the name is missing" },
    { is_too_long (values->name, RAI_ITEM_NAME_MAX), "the name is longer than 200 characters" },
    { is_too_long (values->category, RAI_ITEM_CATEGORY_MAX),
      "the category is longer than 200 characters" },
    { is_too_long (values->barcode, RAI_ITEM_BARCODE_MAX),
      "the barcode is longer than 64 characters" },
    { values->barcode != NULL && rai_code_is_cut (values->barcode),
      "a spreadsheet has cut the barcode: write all of its digits" },
    { is_empty (values->unit), "the unit is missing" },
    { is_too_long (values->unit, RAI_ITEM_UNIT_MAX), "the unit is longer than 20 characters" },
    { is_below (values->pack, 1), "the pack is not above zero" },
    { is_above (values->pack, RAI_ITEM_PACK_MAX), "the pack holds more than a million units" },
    { is_below (values->price, 0), "the price is negative" },
    { is_above (values->price, RAI_ITEM_MONEY_MAX), "the price is too large to be meant" },
    { is_below (values->cost, 0), "the cost is negative" },
    { is_above (values->cost, RAI_ITEM_MONEY_MAX), "the cost is too large to be meant" },
    { is_below (values->shelf_life, 0), "the shelf life is negative" },
    { is_above (values->shelf_life, RAI_ITEM_SHELF_LIFE_MAX),
      "the shelf life is longer than ten years (leave it empty for what keeps)" },
    { is_below (values->active, 0) || is_above (values->active, 1),
      "active is neither yes nor no" },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (checks); i++)
    if (checks[i].fault)
      return checks[i].words;
  return NULL;
}

bool
rai_item_find_missing (RaiDb *db, const RaiItemValues *values, const char **what, GError **error) {
  const struct {
    const char *words;
    const char *sql;
    const int64_t *id;
  } references[] = {
    { "department", "SELECT 1 FROM department WHERE id = ?1", values->department_id },
    { "supplier", "SELECT 1 FROM supplier WHERE id = ?1", values->supplier_id },
  };

  *what = NULL;
  for (size_t i = 0; i < G_N_ELEMENTS (references) && *what == NULL; i++) {
    if (references[i].id == NULL)
      continue;
    const RaiStep step = rai_db_row (db, error, references[i].sql, "i", *references[i].id);
    if (step == RAI_STEP_FAILED)
      return false;
    if (step == RAI_STEP_DONE)
      *what = references[i].words;
  }

  return true;
}

bool
rai_item_edit_fault (RaiDb *db, int64_t id, const RaiItemValues *values, const char **fault,
                     GError **error) {
  g_autofree char *unit = NULL;
  *fault = NULL;
  if (values->unit == NULL)
    return true;
  if (rai_db_row (db, error, "SELECT unit FROM item WHERE id = ?1", "i>t", id, &unit) ==
      RAI_STEP_FAILED)
    return false;
  if (unit == NULL || g_str_equal (unit, values->unit))
    return true;

  const RaiStep step = rai_db_row (db, error,
                                   "SELECT 1 FROM stock WHERE item_id = ?1 AND (on_hand <> 0"
                                   " OR on_order <> 0 OR last_sale IS NOT NULL) LIMIT 1",
                                   "i", id);
  if (step == RAI_STEP_ROW)
    *fault = "the item has stock or sales in another unit, and keeps that: give a new number to "
             "what is sold in a new one";
  return step != RAI_STEP_FAILED;
}

static bool
check (const RaiItemValues *values, const char *fault, GError **error) {
  if (fault == NULL)
    fault = rai_item_fault (values);
  if (fault != NULL)
    g_set_error (error, RAI_DB_ERROR, RAI_DB_ERROR_ARGUMENT, "item: %s", fault);
  return fault == NULL;
}

/* The defaults are the schema's. A type is written where nothing else tells it. */
static const char insert_item[] =
    "INSERT INTO item (id, sku, name, department_id, category, barcode, unit, supplier_id, pack,"
    " price, cost, shelf_life, first_day, active, rev)"
    " VALUES (?1, ?2, ?3, ?4,"
    " coalesce(?5, ''),"
    " coalesce(?6, ''),"
    " coalesce(?7, 'piece'),"
    " ?8,"
    " coalesce(CAST(?9 AS BIGINT), 1000),"
    " coalesce(CAST(?10 AS BIGINT), 0),"
    " coalesce(CAST(?11 AS BIGINT), 0),"
    " nullif(CAST(?12 AS INTEGER), 0),"
    " ?13,"
    " coalesce(CAST(?14 AS INTEGER), 1),"
    " ?15)";

bool
rai_item_add (RaiDb *db, int64_t id, const char *sku, const RaiItemValues *values, int64_t rev,
              GError **error) {
  g_return_val_if_fail (values->name != NULL && values->department_id != NULL, false);
  if (!check (values, NULL, error))
    return false;

  return rai_db_run (db, error, insert_item, "ittItttIIIIIIIi", id, sku, values->name,
                     values->department_id, values->category, values->barcode, values->unit,
                     values->supplier_id, values->pack, values->price, values->cost,
                     values->shelf_life, values->first_day, values->active, rev);
}

/* Rows that are as they should be keep their rev: nobody need pull them. */
static const char edit_item[] = "UPDATE item"
                                " SET name = coalesce(?2, name),"
                                " department_id = coalesce(?3, department_id),"
                                " category = coalesce(?4, category),"
                                " barcode = coalesce(?5, barcode),"
                                " unit = coalesce(?6, unit),"
                                " supplier_id = coalesce(?7, supplier_id),"
                                " pack = coalesce(?8, pack),"
                                " price = coalesce(?9, price),"
                                " cost = coalesce(?10, cost),"
                                " shelf_life = nullif(coalesce(?11, shelf_life), 0),"
                                " first_day = coalesce(?12, first_day),"
                                " active = coalesce(?13, active),"
                                " rev = ?14"
                                " WHERE id = ?1 AND ("
                                "name <> coalesce(?2, name)"
                                " OR department_id <> coalesce(?3, department_id)"
                                " OR category <> coalesce(?4, category)"
                                " OR barcode <> coalesce(?5, barcode)"
                                " OR unit <> coalesce(?6, unit)"
                                " OR coalesce(supplier_id, 0) <> coalesce(?7, supplier_id, 0)"
                                " OR pack <> coalesce(?8, pack)"
                                " OR price <> coalesce(?9, price)"
                                " OR cost <> coalesce(?10, cost)"
                                " OR coalesce(shelf_life, 0) <> coalesce(?11, shelf_life, 0)"
                                " OR coalesce(first_day, -1) <> coalesce(?12, first_day, -1)"
                                " OR active <> coalesce(?13, active))";

bool
rai_item_edit (RaiDb *db, int64_t id, const RaiItemValues *values, int64_t rev, bool *changed,
               GError **error) {
  const char *fault;
  if (!rai_item_edit_fault (db, id, values, &fault, error) || !check (values, fault, error) ||
      !rai_db_run (db, error, edit_item, "itItttIIIIIIIi", id, values->name, values->department_id,
                   values->category, values->barcode, values->unit, values->supplier_id,
                   values->pack, values->price, values->cost, values->shelf_life, values->first_day,
                   values->active, rev))
    return false;

  if (changed != NULL)
    *changed = rai_db_changes (db) > 0;
  return true;
}

bool
rai_item_department (RaiDb *db, const char *name, int64_t rev, int64_t *id, GError **error) {
  if (!rai_codes_find (db, RAI_CODE_DEPARTMENT, name, id, NULL, error))
    return false;

  return *id != 0 ||
         (rai_codes_next_id (db, RAI_CODE_DEPARTMENT, id, error) &&
          rai_db_run (db, error, "INSERT INTO department (id, name, rev) VALUES (?1, ?2, ?3)",
                      "iti", *id, name, rev));
}

bool
rai_item_find_barcode (RaiDb *db, const char *barcode, int64_t but, char **name, GError **error) {
  *name = NULL;
  return rai_db_row (db, error,
                     "SELECT name FROM item WHERE barcode = ?1 AND id <> ?2 AND active = 1"
                     " ORDER BY id LIMIT 1",
                     "ti>t", barcode, but, name) != RAI_STEP_FAILED;
}
