/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rai-test-db.h"
#include "rai-test-import.h"
#include "util/rai-day.h"
#include "util/rai-progress.h"

#include <string.h>

/* Files that are not what they should be: each message says what, where and what to do. One SQLite
 * database does. */

static const RaiImportOptions receipts = { .kind = "receipts" };
#define HEADER "site,receipt,time,item,quantity,amount\n"

static void
test_kind (RaiDb *db) {
  RaiImportOptions kind = { .kind = "tickets" },
                   preset = { .kind = "sales", .preset = "online-retail" };
  rai_test_import_fail (db, kind, HEADER, RAI_IMPORT_ERROR_USAGE, "there is no kind “tickets”",
                        "receipts, sales", NULL);
  rai_test_import_fail (db, preset, HEADER, RAI_IMPORT_ERROR_USAGE,
                        "no preset “online-retail” for sales", "rossmann", NULL);
}

static void
test_missing (RaiDb *db) {
  RaiImportOptions options = { .kind = "sales", .path = "/nonexistent/rows.csv" };
  g_auto (RaiImportResult) result = { 0 };
  g_autoptr (GError) error = NULL;
  g_assert_false (rai_import_run (db, &options, &result, &error));
  g_assert_error (error, RAI_IMPORT_ERROR, RAI_IMPORT_ERROR_FILE);
  g_assert_nonnull (strstr (error->message, "/nonexistent/rows.csv"));
  rai_test_import_fail (db, receipts, "", RAI_IMPORT_ERROR_FILE, "the file is empty", NULL);
}

static void
test_header (RaiDb *db) {
  rai_test_import_fail (db, receipts, "site,receipt,time,quantity,amount\nS1,1,2024-03-01,1,1\n",
                        RAI_IMPORT_ERROR_HEADER, "line 1: the column item is missing",
                        "Looked for: site (or store, shop, branch), receipt",
                        "Found: site, receipt, time, quantity", NULL);
  rai_test_import_fail (db, receipts, "site,receipt,time,item,quantity\nS1,1,2024-03-01,1,1\n",
                        RAI_IMPORT_ERROR_HEADER, "the column amount (or price) is missing", NULL);
  rai_test_import_fail (db, receipts, "receipt,time,item,quantity,amount\n1,2024-03-01,1,1,1\n",
                        RAI_IMPORT_ERROR_HEADER, "the column site is missing", "--site", NULL);
  rai_test_import_fail (db, (RaiImportOptions){ .kind = "stock" },
                        "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice\n",
                        RAI_IMPORT_ERROR_HEADER,
                        "These columns fit receipts --preset online-retail", NULL);
}

static void
test_delimiter (RaiDb *db) {
  rai_test_import_fail (db, receipts, "site:receipt:time:item\nS1:1:2\n", RAI_IMPORT_ERROR_HEADER,
                        "a single column", "--delimiter", NULL);

  RaiImportOptions colon = { .kind = "receipts", .delimiter = ':', .dates = "ymd" };
  rai_test_import_expect (
      db, colon, "site:receipt:time:item:quantity:amount\nS1:d1:2024-03-01:1:1:1\n", 1, 0, 0);
  rai_test_import_expect (
      db, receipts, "Store;Receipt;Date;SKU;Qty;Amount\nS1;d2;2024-03-01;1;1;1,50\n", 1, 0, 0);
  rai_test_import_expect (
      db, receipts, "site\treceipt\ttime\titem\tquantity\tamount\nS1\td3\t2024-03-01\t1\t1\t1\n", 1,
      0, 0);
}

static void
test_dates (RaiDb *db) {
  rai_test_import_fail (db, receipts, HEADER "S1,1,1/2/2024,1,1,1\nS1,2,3/2/2024,1,1,1\n",
                        RAI_IMPORT_ERROR_FORMAT,
                        "the column “time” can be read as day/month and as month/day",
                        "line 2: “1/2/2024”", "--date-format dmy or --date-format mdy", NULL);
  rai_test_import_fail (db, receipts, HEADER "S1,1,week 1,1,1,1\n", RAI_IMPORT_ERROR_FORMAT,
                        "holds no dates that can be read (line 2: “week 1”)", "2024-01-31", NULL);

  RaiImportOptions british = { .kind = "receipts", .dates = "dmy" },
                   odd = { .kind = "receipts", .dates = "ydm" };
  rai_test_import_expect (db, british, HEADER "S1,t1,1/2/2024,1,1,1\n", 1, 0, 0);
  g_assert_cmpint (rai_test_number (db, "SELECT day FROM receipt WHERE number = 't1'"), ==,
                   rai_day_from_ymd (2024, 2, 1));
  rai_test_import_fail (db, odd, HEADER, RAI_IMPORT_ERROR_USAGE, "ymd, dmy or mdy", NULL);

  /* One row that can only be one of them decides for the whole file. */
  g_auto (RaiImportResult) result =
      rai_test_import (db, receipts, HEADER "S1,t2,1/2/2024,1,1,1\nS1,t3,2/13/2024,1,1,1\n");
  g_assert_cmpuint (result.added, ==, 2);
  g_assert_cmpstr (result.notices->pdata[0], ==, "dates are read as month/day/year");
  g_assert_cmpint (rai_test_number (db, "SELECT day FROM receipt WHERE number = 't2'"), ==,
                   rai_day_from_ymd (2024, 1, 2));
}

static void
test_decimals (RaiDb *db) {
  rai_test_import_fail (db, receipts, HEADER "S1,1,2024-03-01,1,1,\"1.234\"\n",
                        RAI_IMPORT_ERROR_FORMAT, "“1.234”", "--decimal . or --decimal ,", NULL);
  rai_test_import_fail (
      db, receipts, HEADER "S1,1,2024-03-01,1,1,1.5\nS1,2,2024-03-01,1,1,\"2,5\"\n",
      RAI_IMPORT_ERROR_FORMAT, "a decimal point (“1.5”) and with a decimal comma (“2,5”)", NULL);

  RaiImportOptions comma = { .kind = "receipts", .decimal = ',' };
  rai_test_import_expect (db, comma, HEADER "S1,c1,2024-03-01,1,1,\"1.234,5\"\n", 1, 0, 0);
  rai_test_import_expect (db, receipts, HEADER "S1,c2,2024-03-01,1,1,\"1,234.50\"\n", 1, 0, 0);
  g_assert_cmpint (rai_test_number (db, "SELECT count(*) FROM receipt WHERE total = 123450"), ==,
                   2);
}

static void
test_encodings (RaiDb *db) {
  RaiImportOptions items = { .kind = "items" };
  g_auto (RaiImportResult) result = rai_test_import (db, items,
                                                     "item,name\n900,Cr\xe8me fra\xee"
                                                     "che\n");
  g_assert_cmpstr (result.notices->pdata[0], ==,
                   "1 fields were not UTF-8 and were read as Windows-1252");
  g_assert_cmpint (rai_test_number (db, "SELECT count(*) FROM item WHERE name = 'Crème fraîche'"),
                   ==, 1);
  rai_test_import_fail (db, items, "PK\003\004 a workbook", RAI_IMPORT_ERROR_FILE,
                        "this is a ZIP archive: unpack it", NULL);
  rai_test_import_fail (db, items, "\x28\xb5\x2f\xfd no frame", RAI_IMPORT_ERROR_FILE,
                        "zstd data are damaged", NULL);
}

static void
test_rows (RaiDb *db) {
  static const struct {
    const char *row;
    const char *reason;
  } rows[] = {
    { "S1,r1,soon,1,1,1", "the date cannot be read" },
    { "S1,r1,,1,1,1", "the date is missing" },
    { "S1,r1,1969-12-31,1,1,1", "the date is before 1970" },
    { "S1,r1,2024-03-01,1,many,1", "the quantity is not a number" },
    { "S1,r1,2024-03-01,1,0,1", "the quantity is zero" },
    { "S1,r1,2024-03-01,1,1e12,1", "a number is too large to be meant" },
    { "S1,r1,2024-03-01,1,1,free", "the amount is not a number" },
    { "S1,r1,2024-03-01,1,1,", "neither amount nor price is given" },
    { "S1,r1,2024-03-01,,1,1", "the item is missing" },
    { ",r1,2024-03-01,1,1,1", "the site is missing" },
    { "S1,,2024-03-01,1,1,1", "the receipt's number is missing" },
    { "S1,r1,2024-03-01,1", "the row has fewer columns than the header" },
    { "S1,r1,2024-03-01,1,1,1,2",
      "the row has more columns than the header (a text with the delimiter in it needs "
      "quotation marks)" },
    { "S1,\"r1,2024-03-01,1,1,1", "a quotation mark is opened and never closed" },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *text = g_strdup_printf (
        HEADER "S1,ok%zu,2024-03-01,1,1,1\nS1,okk%zu,2024-03-01,1,1,1\n%s\n", i, i, rows[i].row);
    g_test_message ("%s", rows[i].row);
    rai_test_import_reject (db, receipts, text, rows[i].reason, 4);
  }

  g_autofree char *word = g_strnfill (201, 'x');
  g_autofree char *text = g_strdup_printf (HEADER "S1,%s,2024-03-01,1,1,1\n", word);
  rai_test_import_reject (db, receipts, text,
                          "a code or a department's name is longer than 200 bytes", 2);
  g_assert_cmpint (rai_test_number (db, "SELECT count(*) FROM receipt WHERE number LIKE 'ok%'"), ==,
                   2 * (int64_t) G_N_ELEMENTS (rows));
  g_assert_cmpint (rai_test_number (db, "SELECT count(*) FROM receipt WHERE number LIKE 'r1%'"), ==,
                   0);
}

static void
test_sales_rows (RaiDb *db) {
  RaiImportOptions sales = { .kind = "sales" };
  rai_test_import_reject (db, sales,
                          "site,item,date,quantity\nS1,1,2024-03-01,1\nS1,1,2024-03-01,2\n",
                          "an earlier row is about the same site, item and time", 3);
  rai_test_import_reject (db, sales, "site,item,date,quantity,period\nS1,1,2024-03-01,1,year\n",
                          "the period is none of hour, day, week", 2);
  rai_test_import_reject (
      db, sales, "site,item,date,quantity\nS1,1,2024-03-01 08:00,1\nS1,1,2024-03-01 08:30,2\n",
      "the hour does not begin at minute 0", 3);

  RaiImportOptions zone = { .kind = "sales", .zone = "Nowhere/Land" };
  rai_test_import_fail (db, zone, "site,item,date,quantity\nS1,1,2024-03-01,1\n",
                        RAI_IMPORT_ERROR_USAGE, "“Nowhere/Land” is no time zone", NULL);
}

int
main (int argc, char **argv) {
  static const struct {
    const char *path;
    void (*test) (RaiDb *db);
  } tests[] = {
    { "/import-file/kind", test_kind },
    { "/import-file/missing", test_missing },
    { "/import-file/header", test_header },
    { "/import-file/delimiter", test_delimiter },
    { "/import-file/dates", test_dates },
    { "/import-file/decimals", test_decimals },
    { "/import-file/encodings", test_encodings },
    { "/import-file/rows", test_rows },
    { "/import-file/sales-rows", test_sales_rows },
  };

  g_setenv ("RETAILAI_NOW", "2024-06-01T12:00:00Z", TRUE);
  g_setenv ("RAI_TEST_POSTGRESQL", "0", TRUE);
  g_test_init (&argc, &argv, NULL);
  rai_progress_set_quiet (true);
  for (size_t i = 0; i < G_N_ELEMENTS (tests); i++)
    rai_test_db_add (tests[i].path, tests[i].test);

  return rai_test_db_end (g_test_run ());
}
