/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import/rai-import-readers.h"

#include "rai-test-db.h"
#include "rai-test-import.h"
#include "util/rai-progress.h"

static const RaiImportOptions receipts = { .kind = "receipts", .zone = "Europe/Berlin" },
                              sales = { .kind = "sales", .zone = "Europe/Berlin" },
                              hours = { .kind = "sales",
                                        .zone = "Europe/Berlin",
                                        .period = "hour" },
                              items = { .kind = "items" }, stock = { .kind = "stock" };

#define RECEIPTS "site,receipt,time,item,quantity,amount\n"
#define SALES "site,item,date,quantity,amount\n"
#define HOURS "site,item,hour,quantity\n"

static int64_t
sold_on (RaiDb *db, RaiDay day) {
  g_autofree char *sql =
      g_strdup_printf ("SELECT coalesce(sum(quantity), 0) FROM item_day WHERE day = %d", day);
  return rai_test_number (db, sql);
}

/* ---- Offsets and hours ---- */

/* Where an offset is written it counts: in the evening UTC is the next day in Berlin. */
static void
offsets (RaiDb *db) {
  const RaiDay day = rai_day_from_ymd (2024, 3, 1);
  rai_test_import_expect (db, receipts, RECEIPTS "S1,1,2024-03-01T23:30:00Z,A,1,1.00\n", 1, 0, 0);
  g_assert_cmpint (sold_on (db, day + 1), ==, 1000);
  rai_test_import_expect (db, sales,
                          SALES "S1,B,2024-03-01T23:00:00Z,2,2.00\nS1,B,2024-03-01T22:00:00Z,4,1\n",
                          2, 0, 0);
  g_assert_cmpint (sold_on (db, day + 1), ==, 3000);
  g_assert_cmpint (sold_on (db, day), ==, 4000);
  rai_test_import_expect (
      db, hours, HOURS "S1,C,2024-03-01T22:00:00Z,8\nS1,C,2024-03-01T23:00:00Z,16\n", 2, 0, 0);
  g_assert_cmpint (sold_on (db, day), ==, 12000);
  g_assert_cmpint (sold_on (db, day + 1), ==, 19000);
  rai_test_import_expect (db, stock, "site,item,quantity,date\nS1,A,9,2024-03-03T23:30:00Z\n", 1, 0,
                          0);
  g_assert_cmpint (rai_test_number (db, "SELECT day FROM movement"), ==, day + 3);

  /* Of another zone's half hours one begins in it. */
  rai_test_import_expect (db, hours, HOURS "S1,D,2024-03-01T12:00:00+05:30,1\n", 1, 0, 0);
  g_assert_cmpint (rai_test_number (db, "SELECT max(starts_at) FROM sales_total t JOIN item i"
                                        " ON i.id = t.item_id WHERE i.sku = 'D'"),
                   ==, (int64_t) day * 24 + 7);
  rai_test_import_reject (db, hours, HOURS "S1,D,2024-03-01 12:30,1\n",
                          "the hour does not begin at minute 0", 2);
  rai_test_verify (db);
}

#define NIGHT \
  HOURS "S1,A,2023-10-29 01:00,1\nS1,A,2023-10-29 02:00,2\nS1,A,2023-10-29 02:00,4\n" \
        "S1,A,2023-10-29 03:00,8\n"
#define NIGHT_WITH_OFFSETS \
  HOURS "S1,B,2023-10-29T01:00:00+02:00,1\nS1,B,2023-10-29T02:00:00+02:00,2\n" \
        "S1,B,2023-10-29T02:00:00+01:00,4\nS1,B,2023-10-29T03:00:00+01:00,8\n"

/* The hour that comes twice is two; everywhere else a second one is a mistake. */
static void
doubled_hour (RaiDb *db) {
  const RaiDay day = rai_day_from_ymd (2023, 10, 29);
  rai_test_import_expect (db, hours, NIGHT, 4, 0, 0);
  rai_test_import_expect (db, hours, NIGHT_WITH_OFFSETS, 4, 0, 0);
  g_assert_cmpint (sold_on (db, day), ==, 30000);
  g_assert_cmpint (rai_test_number (db, "SELECT sum(quantity) FROM sales_total"
                                        " WHERE period = 'hour_again'"),
                   ==, 8000);
  rai_test_import_expect (db, hours, NIGHT, 0, 4, 0);
  rai_test_import_expect (db, hours, NIGHT_WITH_OFFSETS, 0, 4, 0);
  rai_test_import_expect (db, hours, NIGHT "S1,A,2023-10-29 02:00,4\nS1,A,2023-10-29 03:00,8\n", 0,
                          4, 2);
  rai_test_verify (db);
}

/* ---- Grains ---- */

/* Two grains of one day are never added, whichever file comes first. */
static void
grains (RaiDb *db) {
  const RaiDay day = rai_day_from_ymd (2024, 3, 1);
  static const char lines[] = RECEIPTS "S1,1,2024-03-01 09:00,A,3,3.00\n"
                                       "S1,2,2024-03-01 10:00,A,4,4.00\n";
  static const char total[] = SALES "S1,A,2024-03-01,9,9.00\nS1,A,2024-03-02,5,5.00\n";
  static const char again[] = RECEIPTS "S1,3,2024-03-02 10:00,A,1,1.00\n";

  rai_test_import_expect (db, receipts, lines, 2, 0, 0);
  rai_test_import_reject (
      db, sales, total, "receipts are there for this time already: the total of it is left out", 2);
  g_assert_cmpint (sold_on (db, day), ==, 7000);
  g_assert_cmpint (sold_on (db, day + 1), ==, 5000);
  g_auto (RaiImportResult) finer = rai_test_import (db, receipts, again);
  g_assert_cmpuint (finer.added, ==, 1);
  g_assert_cmpuint (finer.notices->len, ==, 1);
  g_assert_cmpint (sold_on (db, day + 1), ==, 1000);

  rai_test_import_expect (db, hours, HOURS "S1,B,2024-03-05 09:00,1\nS1,B,2024-03-05 10:00,2\n", 2,
                          0, 0);
  rai_test_import_reject (db, sales, SALES "S1,B,2024-03-05,4,4.00\n",
                          "hours are there for this time already: the total of it is left out", 2);
  rai_test_import_expect (db, sales, SALES "S1,B,2024-03-06,4,4.00\n", 1, 0, 0);
  rai_test_import_expect (db, hours, HOURS "S1,B,2024-03-06 09:00,3\n", 1, 0, 0);
  g_assert_cmpint (sold_on (db, rai_day_from_ymd (2024, 3, 5)), ==, 3000);
  g_assert_cmpint (sold_on (db, rai_day_from_ymd (2024, 3, 6)), ==, 3000);
  rai_test_verify (db);
}

/* A total that is left out leaves nothing of what else its row says. */
static void
refused_total (RaiDb *db) {
  rai_test_import_expect (db, receipts, RECEIPTS "S1,1,2024-03-01 09:00,A,3,3.00\n", 1, 0, 0);
  rai_test_import_expect (db, sales,
                          "site,item,date,quantity,price,promotion,closed,holiday\n"
                          "S1,A,2024-03-01,9,2.00,1,1,Fair\n",
                          0, 0, 1);
  g_assert_cmpint (rai_test_number (db, "SELECT (SELECT count(*) FROM price)"
                                        " + (SELECT count(*) FROM promotion)"
                                        " + (SELECT count(*) FROM calendar_day)"),
                   ==, 0);
}

/* ---- Codes ---- */

#define ITEMS \
  "item,name,barcode,unit\n00123,Milk,0012345678905,piece\n123,Butter,123456789012,piece\n"

/* A barcode is its item, however the number of the item is spelled. */
static void
barcodes (RaiDb *db) {
  rai_test_import_expect (db, items, ITEMS, 2, 0, 0);
  rai_test_import_expect (db, receipts,
                          RECEIPTS "S1,1,2024-03-01 09:00,00123,2,2.00\n"
                                   "S1,2,2024-03-01 09:00,0012345678905,1,1.00\n"
                                   "S1,3,2024-03-01 09:00,123,4,8.00\n"
                                   "S1,4,2024-03-01 09:00,MUG,1,8.00\n"
                                   "S1,5,2024-03-01 09:00,mug,1,8.00\n"
                                   "s1 ,6,2024-03-01 09:00,\" MUG \",1,8.00\n",
                          6, 0, 0);
  g_assert_cmpint (rai_test_number (db, "SELECT count(*) FROM item"), ==, 3);
  g_assert_cmpint (rai_test_number (db, "SELECT count(*) FROM site"), ==, 1);
  g_assert_cmpint (rai_test_number (db, "SELECT sum(quantity) FROM item_day d JOIN item i"
                                        " ON i.id = d.item_id WHERE i.sku = '00123'"),
                   ==, 3000);
  g_assert_cmpint (rai_test_number (db, "SELECT sum(quantity) FROM item_day d JOIN item i"
                                        " ON i.id = d.item_id WHERE i.sku = 'MUG'"),
                   ==, 3000);
  rai_test_import_expect (db, stock, "site,item,quantity\nS1,0012345678905,9\nS1,mug,4\n", 2, 0, 0);
  rai_test_import_expect (db, sales, SALES "S1,0012345678905,2024-03-02,5,5\n", 1, 0, 0);
  g_assert_cmpint (rai_test_number (db, "SELECT count(*) FROM item"), ==, 3);
  rai_test_verify (db);
}

/* What a spreadsheet has cut replaces no barcode, and is no item; a barcode of two is neither. */
static void
cut_barcodes (RaiDb *db) {
  rai_test_import_expect (db, items, ITEMS, 2, 0, 0);
  g_auto (RaiImportResult) cut =
      rai_test_import (db, items, "item,name,barcode\n00123,Whole milk,1.23457E+11\n");
  g_assert_cmpuint (cut.added, ==, 1);
  g_assert_cmpuint (cut.notices->len, ==, 1);
  g_assert_cmpint (rai_test_number (db, "SELECT count(*) FROM item WHERE name = 'Whole milk'"
                                        " AND barcode = '0012345678905'"),
                   ==, 1);
  rai_test_import_reject (db, receipts, RECEIPTS "S1,1,2024-03-01,1.23457E+11,1,1\n",
                          "a spreadsheet has cut the item's number: write all of its digits", 2);

  rai_test_import_expect (db, items, "item,name,barcode\nnew,New,123456789012\n", 1, 0, 0);
  rai_test_import_reject (db, receipts, RECEIPTS "S1,1,2024-03-01,123456789012,1,1\n",
                          "several items have this barcode: write the item's number", 2);
}

/* A unit changes as long as nothing is told in it. */
static void
units (RaiDb *db) {
  static const char kilos[] = "item,name,unit,department\n00123,Loose milk,kg,Loose\n";
  rai_test_import_expect (db, items, ITEMS, 2, 0, 0);
  rai_test_import_expect (db, items, "item,name,unit\n00123,Milk,l\n", 1, 0, 0);
  rai_test_import_expect (db, receipts, RECEIPTS "S1,1,2024-03-01,00123,1,1\n", 1, 0, 0);
  rai_test_import_reject (db, items, kilos,
                          "the item has stock or sales in another unit, and keeps that: give a new "
                          "number to what is sold in a new one",
                          2);
  g_assert_cmpint (rai_test_number (db, "SELECT count(*) FROM item WHERE unit = 'l'"
                                        " AND name = 'Milk'"),
                   ==, 1);
  g_assert_cmpint (rai_test_number (db, "SELECT count(*) FROM department WHERE name = 'Loose'"), ==,
                   0);
  rai_test_import_expect (db, items, "item,name,unit\n00123,Loose milk,l\n", 1, 0, 0);
}

/* Databases of before may hold two spellings: each is meant by its own, the older by a third. */
static void
two_spellings (RaiDb *db) {
  g_autoptr (GError) error = NULL;
  rai_db_exec (db,
               "INSERT INTO department (id, name, rev) VALUES (1, 'General', 1), (2, 'GENERAL', 1);"
               "INSERT INTO item (id, sku, name, department_id, rev) VALUES"
               " (1, 'MUG', 'Mug', 1, 1), (2, 'mug', 'mug', 2, 1)",
               &error);
  g_assert_no_error (error);
  rai_test_import_expect (db, receipts,
                          RECEIPTS "S1,1,2024-03-01,mug,1,1\nS1,2,2024-03-01,MUG,2,2\n"
                                   "S1,3,2024-03-01,Mug,4,4\nS1,4,2024-03-01,mug,1,1\n",
                          4, 0, 0);
  g_assert_cmpint (rai_test_number (db, "SELECT quantity FROM item_day WHERE item_id = 1"), ==,
                   6000);
  g_assert_cmpint (rai_test_number (db, "SELECT quantity FROM item_day WHERE item_id = 2"), ==,
                   2000);
}

int
main (int argc, char **argv) {
  g_setenv ("RETAILAI_NOW", "2024-06-01T12:00:00Z", TRUE);
  g_test_init (&argc, &argv, NULL);
  rai_progress_set_quiet (true);
  rai_test_db_add ("/import/readers/offsets", offsets);
  rai_test_db_add ("/import/readers/doubled-hour", doubled_hour);
  rai_test_db_add ("/import/readers/grains", grains);
  rai_test_db_add ("/import/readers/refused-total", refused_total);
  rai_test_db_add ("/import/readers/barcodes", barcodes);
  rai_test_db_add ("/import/readers/cut-barcodes", cut_barcodes);
  rai_test_db_add ("/import/readers/units", units);
  rai_test_db_add ("/import/readers/two-spellings", two_spellings);
  return rai_test_db_end (g_test_run ());
}
