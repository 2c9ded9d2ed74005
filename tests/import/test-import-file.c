/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import/rai-import-file.h"

#include "rai-test-db.h"
#include "rai-test-import.h"
#include "util/rai-day.h"
#include "util/rai-progress.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

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
  };

  for (size_t i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *text = g_strdup_printf (
        HEADER "S1,ok%zu,2024-03-01,1,1,1\nS1,okk%zu,2024-03-01,1,1,1\n%s\n", i, i, rows[i].row);
    g_test_message ("%s", rows[i].row);
    rai_test_import_reject (db, receipts, text, rows[i].reason, 4);
  }

  /* A line that cannot be read at all may be one of the receipt beside it. */
  g_auto (RaiImportResult) broken = rai_test_import (
      db, receipts, HEADER "S1,a,2024-03-01,1,1,1\nS1,b,2024-03-01,1,1,1\nS1,\"r1,2024-03-01\n");
  g_assert_cmpuint (broken.added, ==, 1);
  g_assert_cmpuint (broken.rejected, ==, 2);

  g_autofree char *word = g_strnfill (201, 'x');
  g_autofree char *text = g_strdup_printf (HEADER "S1,%s,2024-03-01,1,1,1\n", word);
  rai_test_import_reject (db, receipts, text,
                          "a code or a department's name is longer than 200 bytes", 2);
  g_assert_cmpint (rai_test_number (db, "SELECT count(*) FROM receipt WHERE number LIKE 'ok%'"), ==,
                   2 * (int64_t) G_N_ELEMENTS (rows));
  g_assert_cmpint (rai_test_number (db, "SELECT count(*) FROM receipt WHERE number LIKE 'r1%'"), ==,
                   0);
}

/* ---- Files that are none ---- */

static void
check_none (RaiDb *db, const char *path, const char *part) {
  const RaiImportOptions options = {
    .kind = "receipts", .path = path, .new_sites = true, .zone = "UTC", .currency = "EUR"
  };
  g_auto (RaiImportResult) result = { 0 };
  g_autoptr (GError) error = NULL;
  g_assert_false (rai_import_run (db, &options, &result, &error));
  g_assert_error (error, RAI_IMPORT_ERROR, RAI_IMPORT_ERROR_FILE);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, part));
  g_assert_cmpint (rai_test_number (db, "SELECT count(*) FROM receipt"), ==, 0);
  g_assert_cmpint (rai_test_number (db, "SELECT count(*) FROM command_log"), ==, 0);
}

static void
check_bytes (RaiDb *db, const char *bytes, size_t n, const char *part) {
  g_autofree char *folder = g_dir_make_tmp ("rai-none-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "rows.csv", NULL);
  g_assert_true (g_file_set_contents (path, bytes, (gssize) n, NULL));
  check_none (db, path, part);
  g_unlink (path);
  g_rmdir (folder);
}

static void
test_none (RaiDb *db) {
  check_none (db, g_get_tmp_dir (), "is a folder: bring in the files inside");
  check_bytes (db, "", 0, "the file is empty (0 bytes)");
  check_bytes (db, "\n \n", 3, "the file is empty");
  check_bytes (db, "PK\003\004....[Content_Types].xml", 27,
               "this is an Excel workbook: save it as CSV (comma separated) and bring that in");
  check_bytes (db, "\x89PNG\r\n\x1a\n....", 12, "this is an image");
  check_bytes (db, "a,b\n\0\0\0,\1\n", 10, "NUL bytes");
}

/* ---- Files that change ---- */

typedef enum { GROWS, SHRINKS, IS_REPLACED, IS_TOUCHED } Change;

static void
change (const char *path, Change how, const char *text) {
  g_autofree char *other = g_strconcat (path, ".new", NULL);
  FILE *file;
  switch (how) {
    case GROWS:
      file = fopen (path, "a");
      fputs ("S1,last,2024-03-01,1,1,1\n", file);
      fclose (file);
      return;
    case SHRINKS:
      g_assert_cmpint (truncate (path, (off_t) strlen (text) / 2), ==, 0);
      return;
    case IS_REPLACED:
      g_assert_true (g_file_set_contents (other, text, -1, NULL));
      g_assert_cmpint (g_rename (other, path), ==, 0);
      return;
    default:
      g_assert_cmpint (utimensat (AT_FDCWD, path, (struct timespec[2]){ { 1, 0 }, { 1, 0 } }, 0),
                       ==, 0);
  }
}

/* Opened, changed, and asked: as an import does before it commits. */
static void
check_change (Change how, const char *part) {
  const char *text = HEADER "S1,1,2024-03-01,1,1,1\n";
  g_autofree char *folder = g_dir_make_tmp ("rai-change-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "rows.csv", NULL);
  g_autoptr (GError) error = NULL;
  const RaiImportOptions options = { .kind = "receipts", .path = path };
  RaiImport import = { .options = &options };
  g_auto (RaiImportFile) file = { 0 };

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  rai_import_file_open (&file, &import, &error);
  g_assert_no_error (error);
  g_assert_true (rai_import_file_is_same (&file, &error));
  change (path, how, text);
  g_assert_false (rai_import_file_is_same (&file, &error));
  g_assert_error (error, RAI_IMPORT_ERROR, RAI_IMPORT_ERROR_FILE);
  g_assert_nonnull (strstr (error->message, part));
  g_assert_nonnull (strstr (error->message, "bring it in again"));
  g_unlink (path);
  g_rmdir (folder);
}

static void
test_changes (RaiDb *db) {
  check_change (GROWS, "the file grew while it was read, from 61 to ");
  check_change (SHRINKS, "the file shrank");
  check_change (IS_REPLACED, "another file was put in its place");
  check_change (IS_TOUCHED, "the file changed");
}

typedef struct {
  char *path;
  int stop;
} Writer;

static void *
keep_writing (void *data) {
  Writer *writer = data;
  while (!g_atomic_int_get (&writer->stop)) {
    FILE *file = fopen (writer->path, "a");
    fputs ("S1,more,2024-03-01,1,1,1\n", file);
    fclose (file);
    g_usleep (200);
  }
  return NULL;
}

/* A file that is written to all the while leaves nothing behind. */
static void
test_written (RaiDb *db) {
  g_autofree char *folder = g_dir_make_tmp ("rai-written-XXXXXX", NULL);
  Writer writer = { .path = g_build_filename (folder, "rows.csv", NULL) };
  g_autoptr (GString) text = g_string_new (HEADER);
  for (int i = 0; i < 20000; i++)
    g_string_append_printf (text, "S1,%d,2024-03-01,1,1,1\n", i);
  g_assert_true (g_file_set_contents (writer.path, text->str, -1, NULL));

  GThread *thread = g_thread_new ("writer", keep_writing, &writer);
  check_none (db, writer.path, "while it was read");
  g_atomic_int_set (&writer.stop, 1);
  g_thread_join (thread);
  g_assert_cmpint (rai_test_number (db, "SELECT count(*) FROM site"), ==, 0);
  g_unlink (writer.path);
  g_rmdir (folder);
  g_free (writer.path);
}

/* ---- Headings, joined columns, money ---- */

static void
test_map (RaiDb *db) {
  const char *const map[] = { "time=Tag+Um", "amount=wert", NULL };
  const RaiImportOptions options = { .kind = "receipts", .map = map, .zone = "Europe/Berlin" };
  rai_test_import_expect (db, options,
                          "Filiale;Bon;Tag;Um;Artikel;Menge;Wert\n"
                          "S1;m1;13.3.2024;18:05;1;2;3,50 \u20ac\nS1;m2;13.3.2024;um sechs;1;2;3\n",
                          1, 0, 1);
  g_assert_cmpint (rai_test_number (db, "SELECT sold_at FROM receipt WHERE number = 'm1'"), ==,
                   rai_day_to_ms (rai_day_from_ymd (2024, 3, 13), 17 * 3600 + 300, NULL));

  const char *const odd[] = { "when=Tag", NULL };
  rai_test_import_fail (db, (RaiImportOptions){ .kind = "receipts", .map = odd }, HEADER,
                        RAI_IMPORT_ERROR_USAGE, "the fields are site, receipt", NULL);
}

static void
test_zone (RaiDb *db) {
  const RaiImportOptions options = { .kind = "receipts" };
  const char *text = "site,receipt,date,time,time zone,item,quantity,amount\n"
                     "Z1,z1,2024-03-13,23:30,Eastern Time (US & Canada),1,1,$2.00\n"
                     "Z1,z2,2024-03-13,23:30,Somewhere,1,1,$2.00\n";
  rai_test_import_expect (db, options, text, 1, 0, 1);
  g_assert_cmpint (rai_test_number (db, "SELECT sold_at FROM receipt WHERE number = 'z1'"), ==,
                   rai_day_to_ms (rai_day_from_ymd (2024, 3, 14), 3 * 3600 + 1800, NULL));
}

static void
test_currency (RaiDb *db) {
  const RaiImportOptions euro = { .kind = "receipts", .currency = "EUR" };
  rai_test_import_expect (db, euro, HEADER "E1,e1,2024-03-01,1,1,2.00 EUR\n", 1, 0, 0);
  rai_test_import_reject (db, euro, HEADER "E1,e2,2024-03-01,1,1,$2.00\n",
                          "the amount is in USD, the store's currency is EUR", 2);
  rai_test_import_reject (
      db, euro, "site,receipt,time,item,quantity,amount,currency\nE1,e3,2024-03-01,1,1,2.00,CHF\n",
      "the amount is in CHF, the store's currency is EUR", 2);
  rai_test_import_reject (db, euro, HEADER "E1,e4,2024-03-01,1,2 EUR,2.00\n",
                          "the quantity is not a number", 2);

  /* A dollar is that of the store. */
  const RaiImportOptions canada = { .kind = "receipts", .currency = "CAD" };
  rai_test_import_expect (db, canada, HEADER "C1,c1,2024-03-01,1,1-,-$2.00\n", 1, 0, 0);
  g_assert_cmpint (rai_test_number (db, "SELECT quantity FROM receipt_line WHERE amount = -200"),
                   ==, -1000);
}

/* Rows that are no sale are counted, told, and no rejects. */
static void
test_skipped (RaiDb *db) {
  g_auto (RaiImportResult) result = rai_test_import (
      db, receipts,
      "Sales of March\n" HEADER "S1,k1,2024-03-01,1,1,1\n,,,,,\nTotal,,,,1,1\nGrand total\n");
  g_assert_cmpuint (result.read, ==, 4);
  g_assert_cmpuint (result.added, ==, 1);
  g_assert_cmpuint (result.skipped, ==, 3);
  g_assert_cmpstr (result.notices->pdata[0], ==,
                   "the headings are in line 2: 1 row above was passed over");
  g_assert_cmpstr (result.notices->pdata[1], ==, "2 rows were skipped: totals");
  g_assert_cmpstr (result.notices->pdata[2], ==, "1 row was skipped: without any text");
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

/* A store's clock and money are asked, not assumed: a file that names an unknown one leaves
 * nothing, unless it is said how such stores are made. */
static void
test_unknown_site (RaiDb *db) {
  static const char rows[] = "site,item,date,quantity\nS1,1,2024-03-01,1\nS2,1,2024-03-01,1\n";
  RaiImportOptions sales = { .kind = "sales" };
  g_autoptr (GError) error = NULL;
  rai_test_import_fail (db, sales, rows, RAI_IMPORT_ERROR_SITE, "“S1”", "--new-sites", NULL);
  rai_db_exec (db,
               "INSERT INTO site (id, code, name, zone, currency, rev) VALUES "
               "(1, 'S1', 'One', 'UTC', 'EUR', 1)",
               &error);
  g_assert_no_error (error);
  rai_test_import_fail (db, sales, rows, RAI_IMPORT_ERROR_SITE, "“S2”", "site add", NULL);
  g_assert_cmpint (rai_test_number (db, "SELECT count(*) FROM item"), ==, 0);

  sales.zone = "Europe/Paris";
  rai_test_import_fail (db, sales, rows, RAI_IMPORT_ERROR_SITE, "“S2”", NULL);
  sales.currency = "ABC";
  rai_test_import_fail (db, sales, rows, RAI_IMPORT_ERROR_USAGE, "“ABC” is no currency", NULL);
  sales.currency = "CHF";
  sales.new_sites = true;
  rai_test_import_expect (db, sales, rows, 2, 0, 0);
  g_assert_cmpint (rai_test_number (db, "SELECT count(*) FROM site WHERE code = 'S2'"
                                        " AND zone = 'Europe/Paris' AND currency = 'CHF'"),
                   ==, 1);
}

int
main (int argc, char **argv) {
  static const struct {
    const char *path;
    void (*test) (RaiDb *db);
  } tests[] = {
    { "/import-file/kind", test_kind },
    { "/import-file/unknown-site", test_unknown_site },
    { "/import-file/missing", test_missing },
    { "/import-file/header", test_header },
    { "/import-file/delimiter", test_delimiter },
    { "/import-file/dates", test_dates },
    { "/import-file/decimals", test_decimals },
    { "/import-file/encodings", test_encodings },
    { "/import-file/rows", test_rows },
    { "/import-file/sales-rows", test_sales_rows },
    { "/import-file/none", test_none },
    { "/import-file/changes", test_changes },
    { "/import-file/written", test_written },
    { "/import-file/map", test_map },
    { "/import-file/zone", test_zone },
    { "/import-file/currency", test_currency },
    { "/import-file/skipped", test_skipped },
  };

  g_setenv ("RETAILAI_NOW", "2024-06-01T12:00:00Z", TRUE);
  g_setenv ("RAI_TEST_POSTGRESQL", "0", TRUE);
  g_test_init (&argc, &argv, NULL);
  rai_progress_set_quiet (true);
  for (size_t i = 0; i < G_N_ELEMENTS (tests); i++)
    rai_test_db_add (tests[i].path, tests[i].test);

  return rai_test_db_end (g_test_run ());
}
