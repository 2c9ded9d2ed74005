/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/rai-items.h"

#include "db/rai-db-run.h"
#include "rai-test-db.h"

#include <string.h>

static int64_t
get (RaiDb *db, const char *sql) {
  g_autoptr (GError) error = NULL;
  int64_t value = 0;
  rai_db_get_int (db, sql, NULL, 0, -1, &value, &error);
  g_assert_no_error (error);
  return value;
}

static void
begin (RaiDb *db) {
  g_autoptr (GError) error = NULL;
  rai_test_db_fill (db);
  rai_db_begin_write (db, &error);
  g_assert_no_error (error);
}

static bool
edit (RaiDb *db, int64_t id, RaiItemValues values, int64_t rev) {
  g_autoptr (GError) error = NULL;
  bool changed = false;
  rai_item_edit (db, id, &values, rev, &changed, &error);
  g_assert_no_error (error);
  return changed;
}

static void
add_all (RaiDb *db) {
  begin (db);
  const int64_t department = 2, supplier = 1, pack = INT64_C (3000000), price = RAI_ITEM_MONEY_MAX;
  const int64_t cost = 90, shelf_life = 9, first_day = 20000, active = 0;
  const RaiItemValues values = {
    .name = "Rye roll",
    .department_id = &department,
    .category = "Rolls",
    .barcode = "4000000000035",
    .unit = "kg",
    .supplier_id = &supplier,
    .pack = &pack,
    .price = &price,
    .cost = &cost,
    .shelf_life = &shelf_life,
    .first_day = &first_day,
    .active = &active,
  };
  g_autoptr (GError) error = NULL;
  g_assert_true (rai_item_add (db, 9, "A9", &values, 7, &error));
  g_assert_no_error (error);
  g_assert_cmpint (
      get (db, "SELECT count(*) FROM item"
               " WHERE id = 9 AND sku = 'A9' AND name = 'Rye roll' AND department_id = 2"
               " AND category = 'Rolls' AND barcode = '4000000000035' AND unit = 'kg'"
               " AND supplier_id = 1 AND pack = 3000000 AND price = 9000000000 AND cost = 90"
               " AND shelf_life = 9 AND first_day = 20000 AND active = 0 AND rev = 7"),
      ==, 1);
}

/* What is not said is as the schema says, for a row that names nothing too. */
static void
add_defaults (RaiDb *db) {
  begin (db);
  const int64_t department = 1;
  const RaiItemValues values = { .name = "Cream", .department_id = &department };
  g_autoptr (GError) error = NULL;
  g_assert_true (rai_item_add (db, 9, "A9", &values, 7, &error));
  rai_db_exec (db,
               "INSERT INTO item (id, sku, name, department_id, rev)"
               " VALUES (10, 'A10', 'Cream', 1, 7)",
               &error);
  g_assert_no_error (error);
  g_assert_cmpint (
      get (db, "SELECT count(*) FROM item a JOIN item b ON b.id = 10"
               " AND a.category = b.category AND a.barcode = b.barcode AND a.unit = b.unit"
               " AND a.pack = b.pack AND a.price = b.price AND a.cost = b.cost"
               " AND a.active = b.active AND a.supplier_id IS NULL AND a.shelf_life IS NULL"
               " AND a.first_day IS NULL WHERE a.id = 9"),
      ==, 1);

  g_assert_false (rai_item_add (db, 11, "A9", &values, 7, &error));
  g_assert_error (error, RAI_DB_ERROR, RAI_DB_ERROR_CONSTRAINT);
}

static void
edit_leaves_the_rest (RaiDb *db) {
  begin (db);
  const int64_t price = 250, keeps = 0, first_day = 20400, off = 0;
  g_assert_true (edit (db, 2, (RaiItemValues){ .name = "Sweet butter", .price = &price }, 7));
  g_assert_cmpint (
      get (db, "SELECT count(*) FROM item"
               " WHERE id = 2 AND name = 'Sweet butter' AND price = 250 AND cost = 100"
               " AND barcode = '4000000000028' AND supplier_id = 1 AND pack = 6000 AND rev = 7"),
      ==, 1);

  /* Item 5 keeps three days, until it is said to keep. */
  g_assert_true (edit (db, 5, (RaiItemValues){ .first_day = &first_day, .active = &off }, 7));
  g_assert_cmpint (get (db, "SELECT shelf_life FROM item WHERE id = 5 AND first_day = 20400"), ==,
                   3);
  g_assert_true (edit (db, 5, (RaiItemValues){ .shelf_life = &keeps }, 7));
  g_assert_cmpint (
      get (db, "SELECT count(*) FROM item WHERE id = 5 AND shelf_life IS NULL AND active = 0"), ==,
      1);
}

static void
same_again_keeps_rev (RaiDb *db) {
  begin (db);
  const int64_t keeps = 0, supplier = 1, first_day = 20400;
  g_assert_false (edit (
      db, 1,
      (RaiItemValues){ .name = "Oat milk 1 l", .supplier_id = &supplier, .shelf_life = &keeps },
      7));
  g_assert_false (edit (db, 99, (RaiItemValues){ .name = "Nobody" }, 7));
  g_assert_cmpint (get (db, "SELECT count(*) FROM item WHERE rev = 7"), ==, 0);
  g_assert_true (edit (db, 1, (RaiItemValues){ .first_day = &first_day }, 7));
  g_assert_false (edit (db, 1, (RaiItemValues){ .first_day = &first_day }, 8));
  g_assert_cmpint (get (db, "SELECT rev FROM item WHERE id = 1"), ==, 7);
}

static void
faults (void) {
  g_autofree char *long_text = g_strnfill (RAI_ITEM_NAME_MAX + 1, 'x');
  g_autofree char *umlauts = g_strnfill (2 * RAI_ITEM_UNIT_MAX, 'x');
  for (int i = 0; i < RAI_ITEM_UNIT_MAX; i++)
    memcpy (umlauts + 2 * i, "ä", 2);

  const int64_t minus = -1, zero = 0, two = 2, pack = RAI_ITEM_PACK_MAX + 1;
  const int64_t money = RAI_ITEM_MONEY_MAX + 1, days = RAI_ITEM_SHELF_LIFE_MAX + 1;
  const struct {
    RaiItemValues values;
    const char *part;
  } cases[] = {
    { { .name = "" }, "name is missing" },
    { { .name = long_text }, "name is longer" },
    { { .category = long_text }, "category" },
    { { .barcode = long_text }, "barcode" },
    { { .unit = "" }, "unit is missing" },
    { { .unit = long_text }, "unit is longer" },
    { { .pack = &zero }, "pack is not above" },
    { { .pack = &pack }, "million" },
    { { .price = &minus }, "price is negative" },
    { { .price = &money }, "price is too large" },
    { { .cost = &minus }, "cost is negative" },
    { { .cost = &money }, "cost is too large" },
    { { .shelf_life = &minus }, "shelf life is negative" },
    { { .shelf_life = &days }, "ten years" },
    { { .active = &two }, "active" },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++) {
    const char *fault = rai_item_fault (&cases[i].values);
    g_assert_nonnull (fault);
    g_assert_nonnull (strstr (fault, cases[i].part));
  }

  /* Lengths are characters', and empty texts are fine where nothing need be said. */
  g_assert_null (rai_item_fault (&(RaiItemValues){ 0 }));
  g_assert_null (rai_item_fault (&(RaiItemValues){ .category = "", .barcode = "" }));
  g_assert_null (rai_item_fault (&(RaiItemValues){ .unit = umlauts, .price = &zero }));
}

/* Nobody writes past the checks. */
static void
writer_checks (RaiDb *db) {
  begin (db);
  const int64_t minus = -1, department = 1;
  g_autoptr (GError) error = NULL;
  g_assert_false (rai_item_edit (db, 1, &(RaiItemValues){ .price = &minus }, 7, NULL, &error));
  g_assert_error (error, RAI_DB_ERROR, RAI_DB_ERROR_ARGUMENT);
  g_clear_error (&error);
  g_assert_false (rai_item_add (
      db, 9, "A9", &(RaiItemValues){ .name = "", .department_id = &department }, 7, &error));
  g_assert_error (error, RAI_DB_ERROR, RAI_DB_ERROR_ARGUMENT);
  g_assert_cmpint (get (db, "SELECT count(*) FROM item WHERE rev = 7"), ==, 0);
}

/* The unit is what stock and sales are told in: it stays as long as there are any. */
static void
unit_stays (RaiDb *db) {
  begin (db);
  const char *fault = "";
  const RaiItemValues kilos = { .unit = "kg" }, pieces = { .unit = "piece" };
  g_autoptr (GError) error = NULL;
  g_assert_true (rai_item_edit_fault (db, 1, &kilos, &fault, &error));
  g_assert_nonnull (fault);
  g_assert_false (rai_item_edit (db, 1, &kilos, 7, NULL, &error));
  g_assert_error (error, RAI_DB_ERROR, RAI_DB_ERROR_ARGUMENT);
  g_clear_error (&error);
  g_assert_true (rai_item_edit (db, 1, &pieces, 7, NULL, &error));

  rai_db_exec (db, "DELETE FROM stock WHERE item_id = 1", &error);
  g_assert_no_error (error);
  g_assert_true (rai_item_edit_fault (db, 1, &kilos, &fault, &error));
  g_assert_null (fault);
  g_assert_true (rai_item_edit (db, 1, &kilos, 7, NULL, &error));
  g_assert_cmpint (get (db, "SELECT count(*) FROM item WHERE unit = 'kg'"), ==, 1);
}

static void
missing_references (RaiDb *db) {
  begin (db);
  const int64_t there = 1, nowhere = 77;
  const struct {
    RaiItemValues values;
    const char *missing;
  } cases[] = {
    { { 0 }, NULL },
    { { .department_id = &there, .supplier_id = &there }, NULL },
    { { .department_id = &nowhere, .supplier_id = &there }, "department" },
    { { .department_id = &there, .supplier_id = &nowhere }, "supplier" },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;
    const char *missing;
    g_assert_true (rai_item_find_missing (db, &cases[i].values, &missing, &error));
    g_assert_no_error (error);
    g_assert_cmpstr (missing, ==, cases[i].missing);
  }
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/db/items/faults", faults);
  rai_test_db_add ("/db/items/add-all", add_all);
  rai_test_db_add ("/db/items/add-defaults", add_defaults);
  rai_test_db_add ("/db/items/edit-leaves-the-rest", edit_leaves_the_rest);
  rai_test_db_add ("/db/items/same-again", same_again_keeps_rev);
  rai_test_db_add ("/db/items/writer-checks", writer_checks);
  rai_test_db_add ("/db/items/unit-stays", unit_stays);
  rai_test_db_add ("/db/items/missing-references", missing_references);
  return rai_test_db_end (g_test_run ());
}
