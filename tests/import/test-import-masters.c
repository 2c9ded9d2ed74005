/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/rai-items.h"
#include "db/rai-suppliers.h"
#include "rai-test-db.h"
#include "rai-test-import.h"
#include "util/rai-progress.h"

#include <string.h>

static const RaiImportOptions items = { .kind = "items" };
static const RaiImportOptions suppliers = { .kind = "suppliers" };
static const RaiImportOptions stock = { .kind = "stock" };

#define ITEM_HEADER "item,name,category,barcode,unit,pack,price,cost,shelf_life,active\n"

static void
reject_item (RaiDb *db, const char *reason, const char *row) {
  g_autofree char *text = g_strconcat (ITEM_HEADER, row, "\n", NULL);
  rai_test_import_reject (db, items, text, reason, 2);
}

/* What item.edit would refuse is refused here, with the same bounds. */
static void
test_item_bounds (RaiDb *db) {
  g_autofree char *longer = g_strnfill (RAI_ITEM_NAME_MAX + 1, 'x');
  g_autofree char *name = g_strdup_printf ("1,%s,,,,,,,,", longer);
  g_autofree char *category = g_strdup_printf ("1,Milk,%s,,,,,,,", longer);
  g_autofree char *barcode = g_strdup_printf ("1,Milk,,%s,,,,,,", longer);
  g_autofree char *unit = g_strdup_printf ("1,Milk,,,%s,,,,,", longer);

  reject_item (db, "the name is longer than 200 characters", name);
  reject_item (db, "the category is longer than 200 characters", category);
  reject_item (db, "the barcode is longer than 64 characters", barcode);
  reject_item (db, "the unit is longer than 20 characters", unit);
  reject_item (db, "the pack is not above zero", "1,Milk,,,,0,,,,");
  reject_item (db, "the pack holds more than a million units", "1,Milk,,,,1000001,,,,");
  reject_item (db, "the price is negative", "1,Milk,,,,,-1,,,");
  reject_item (db, "the price is too large to be meant", "1,Milk,,,,,90000000.01,,,");
  reject_item (db, "the cost is negative", "1,Milk,,,,,,-1,,");
  reject_item (db, "the shelf life is negative", "1,Milk,,,,,,,-1,");
  reject_item (db, "the shelf life is longer than ten years (leave it empty for what keeps)",
               "1,Milk,,,,,,,3651,");
  g_assert_cmpint (rai_test_number (db, "SELECT count(*) FROM item"), ==, 0);

  rai_test_import_expect (db, items, ITEM_HEADER "1,Milk,,,,1000000,90000000,0,3650,\n", 1, 0, 0);
}

/* An empty field leaves what is stored; a shelf life of 0 means that it keeps. */
static void
test_item_changes (RaiDb *db) {
  const char *first = ITEM_HEADER "1,Milk,Drinks,20001,l,6,1.89,1.20,60,1\n";
  rai_test_import_expect (db, items, first, 1, 0, 0);
  rai_test_import_expect (db, items, first, 0, 1, 0);
  rai_test_import_expect (db, items, ITEM_HEADER "1,Milk,,,,,,,,\n", 0, 1, 0);
  rai_test_import_expect (db, items, ITEM_HEADER "1,Oat milk,,,,,,,0,0\n", 1, 0, 0);
  g_assert_cmpint (
      rai_test_number (db, "SELECT count(*) FROM item"
                           " WHERE name = 'Oat milk' AND category = 'Drinks' AND barcode = '20001'"
                           " AND unit = 'l' AND pack = 6000 AND price = 189 AND cost = 120"
                           " AND shelf_life IS NULL AND active = 0"),
      ==, 1);
}

static void
test_suppliers (RaiDb *db) {
  static const char header[] = "supplier,name,lead_days,lead_spread,order_weekdays,minimum_order\n";
  g_autofree char *longer = g_strnfill (RAI_SUPPLIER_NAME_MAX + 1, 'x');
  g_autofree char *long_name = g_strdup_printf ("%sDAI,%s,,,,\n", header, longer);
  g_autofree char *late = g_strconcat (header, "DAI,Dairy,366,,,\n", NULL);
  g_autofree char *spread = g_strconcat (header, "DAI,Dairy,2,-0.5,,\n", NULL);
  g_autofree char *never = g_strconcat (header, "DAI,Dairy,2,,never,\n", NULL);
  g_autofree char *good = g_strconcat (header, "DAI,Dairy,3,0.5,Sat-Mon,12.50\n", NULL);
  g_autofree char *less = g_strconcat (header, "DAI,Fennhof Dairy,,,,\n", NULL);
  const char *out = "lead time, its spread or the minimum order is out of bounds";

  rai_test_import_reject (db, suppliers, long_name,
                          "the supplier's name is longer than 200 characters", 2);
  rai_test_import_reject (db, suppliers, late, out, 2);
  rai_test_import_reject (db, suppliers, spread, out, 2);
  rai_test_import_reject (db, suppliers, never,
                          "the weekdays cannot be read (write Mon Wed Fri, 1,3,5 or Mon-Sat)", 2);
  g_assert_cmpint (rai_test_number (db, "SELECT count(*) FROM supplier"), ==, 0);

  rai_test_import_expect (db, suppliers, good, 1, 0, 0);
  rai_test_import_expect (db, suppliers, good, 0, 1, 0);
  rai_test_import_expect (db, suppliers, less, 1, 0, 0);
  g_assert_cmpint (
      rai_test_number (db, "SELECT count(*) FROM supplier"
                           " WHERE code = 'DAI' AND name = 'Fennhof Dairy' AND lead_days = 3"
                           " AND lead_spread = 0.5 AND order_weekdays = 97"
                           " AND minimum_order = 1250"),
      ==, 1);
}

/* A count is what was there that morning; the same row counts once. */
static void
test_stock (RaiDb *db) {
  rai_test_import_expect (db, items, ITEM_HEADER "1,Milk,,,,,,,,\n", 1, 0, 0);
  rai_test_import_expect (db, stock, "site,item,quantity,date\nS1,1,14,2024-03-01\n", 1, 0, 0);
  rai_test_import_expect (db, stock, "site,item,quantity,date\nS1,1,14,2024-03-01\n", 0, 1, 0);
  rai_test_import_expect (db, stock, "site,item,quantity,date\nS1,1,9,2024-03-02\n", 1, 0, 0);
  g_assert_cmpint (
      rai_test_number (db, "SELECT count(*) FROM stock WHERE on_hand = 9000 AND tracked = 1"), ==,
      1);
  g_assert_cmpint (
      rai_test_number (db, "SELECT count(*) FROM movement"
                           " WHERE kind = 'opening' AND quantity = -5000 AND counted = 9000"),
      ==, 1);

  rai_test_import_reject (db, stock, "site,item,quantity\nS1,1,-1\n", "the quantity is negative",
                          2);
  rai_test_import_reject (db, stock, "site,item,quantity\nS1,2,1\n",
                          "no such item (import the items first)", 2);
  rai_test_import_reject (db, stock, "site,item,quantity,date\nS1,1,1,2024-07-01\n",
                          "the date lies in the future", 2);
  rai_test_verify (db);
}

#define COUNT "site,item,quantity,date\n"
#define ON_HAND "SELECT on_hand FROM stock"

/* The last word of a day holds, an older day changes nothing, and shelves add up. */
static void
test_counts (RaiDb *db) {
  rai_test_import_expect (db, items, "item,name\n1,Milk\n", 1, 0, 0);
  rai_test_import_expect (db, stock, COUNT "S1,1,14,2024-03-02\n", 1, 0, 0);
  rai_test_import_expect (db, stock, COUNT "S1,1,9,2024-03-02\n", 1, 0, 0);
  rai_test_import_expect (db, stock, COUNT "S1,1,14,2024-03-02\n", 1, 0, 0);
  g_assert_cmpint (rai_test_number (db, ON_HAND), ==, 14000);
  rai_test_import_expect (db, stock, COUNT "S1,1,3,2024-03-01\n", 1, 0, 0);
  g_assert_cmpint (rai_test_number (db, ON_HAND), ==, 14000);

  g_auto (RaiImportResult) result =
      rai_test_import (db, stock, COUNT "S1,1,4,2024-03-03\nS1,1,7,2024-03-03\n");
  g_assert_cmpint (rai_test_number (db, ON_HAND), ==, 11000);
  bool told = false;
  for (unsigned i = 0; i < result.notices->len; i++)
    told |= strstr (result.notices->pdata[i], "another shelf") != NULL;
  g_assert_true (told);

  rai_test_import_reject (db, stock, COUNT "S1,1,1.5,2024-03-03\n",
                          "the item is sold by the piece: count whole pieces", 2);
  rai_test_verify (db);
}

int
main (int argc, char **argv) {
  g_setenv ("RETAILAI_NOW", "2024-06-01T12:00:00Z", TRUE);
  g_test_init (&argc, &argv, NULL);
  rai_progress_set_quiet (true);
  rai_test_db_add ("/import/masters/item-bounds", test_item_bounds);
  rai_test_db_add ("/import/masters/item-changes", test_item_changes);
  rai_test_db_add ("/import/masters/suppliers", test_suppliers);
  rai_test_db_add ("/import/masters/stock", test_stock);
  rai_test_db_add ("/import/masters/counts", test_counts);
  return rai_test_db_end (g_test_run ());
}
