/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "command/rai-command.h"
#include "import/rai-import-layouts.h"
#include "rai-test-db.h"
#include "rai-test-import.h"
#include "util/rai-day.h"
#include "util/rai-progress.h"
#include "util/rai-uuid.h"

#include <glib/gstdio.h>
#include <string.h>

static const RaiImportOptions receipts = {
  .kind = "receipts", .zone = "Europe/Berlin", .currency = "EUR", .new_sites = true
};

#define RECEIPTS \
  "site,receipt,time,item,quantity,price,name,department\n" \
  "S1,1,2024-03-01 09:00,100,2,1.50,Oat milk 1 l,Dairy\n" \
  "S1,1,2024-03-01 09:00,101,0.355,8.90,Cheese,Dairy\n" \
  "S1,2,2024-03-01 23:30,100,1,1.50,,\n" \
  "S2,1,2024-03-02 10:00,100,-1,1.50,,\n"

static void
test_receipts (RaiDb *db) {
  rai_test_import_expect (db, receipts, RECEIPTS, 4, 0, 0);
  g_assert_cmpint (rai_test_number (db, "SELECT count(*) FROM receipt"), ==, 3);
  g_assert_cmpint (rai_test_number (db, "SELECT count(*) FROM site"), ==, 2);
  g_assert_cmpint (rai_test_number (db, "SELECT sum(amount) FROM receipt_line"), ==,
                   300 + 316 + 150 - 150);
  g_assert_cmpint (rai_test_number (db, "SELECT sum(quantity) FROM item_day"), ==,
                   2000 + 355 + 1000 - 1000);
  g_assert_cmpint (
      rai_test_number (db, "SELECT count(*) FROM item WHERE name = 'Oat milk 1 l' AND price = 150"),
      ==, 1);

  /* 23:30 in Berlin is still the first of March. */
  g_assert_cmpint (
      rai_test_number (
          db, "SELECT count(*) FROM receipt WHERE number = '2' AND day = 19783 AND sold_at = "
              "1709332200000"),
      ==, 1);
  g_assert_cmpint (
      rai_test_number (db, "SELECT count(*) FROM command_log WHERE name = 'import.file'"), ==, 1);
}

static void
test_again (RaiDb *db) {
  rai_test_import_expect (db, receipts, RECEIPTS, 4, 0, 0);
  int64_t revenue = rai_test_number (db, "SELECT sum(revenue) FROM site_day");
  rai_test_import_expect (db, receipts, RECEIPTS, 0, 4, 0);
  rai_test_import_expect (db, receipts, RECEIPTS "S1,3,2024-03-03 10:00,100,1,1.50,,\n", 1, 4, 0);
  g_assert_cmpint (rai_test_number (db, "SELECT sum(revenue) FROM site_day"), ==, revenue + 150);

  /* A receipt that is stored is not changed by a file that says otherwise. */
  rai_test_import_reject (
      db, receipts, "site,receipt,time,item,quantity,price\nS1,1,2024-03-01 09:00,100,3,1.50\n",
      "the receipt is stored already, with other lines", 2);
  rai_test_verify (db);
}

static void
test_dry_run (RaiDb *db) {
  RaiImportOptions options = receipts;
  options.dry_run = true;
  rai_test_import_expect (db, options, RECEIPTS "S1,9,soon,100,1,1.50,,\n", 4, 0, 1);

  static const char *const tables[] = { "site",         "item",     "department", "receipt",
                                        "receipt_line", "item_day", "stock",      "command_log" };
  for (size_t i = 0; i < G_N_ELEMENTS (tables); i++) {
    g_autofree char *sql = g_strdup_printf ("SELECT count(*) FROM %s", tables[i]);
    g_assert_cmpint (rai_test_number (db, sql), ==, 0);
  }

  rai_test_import_expect (db, receipts, RECEIPTS "S1,9,soon,100,1,1.50,,\n", 4, 0, 1);
  rai_test_import_expect (db, options, RECEIPTS, 0, 4, 0);
}

static bool
count_calls (const RaiImportProgress *progress, void *data) {
  unsigned *left = data;

  g_assert_cmpuint (progress->bytes, <=, progress->size);
  g_assert_cmpuint (progress->read, >=, progress->added);
  return --*left > 0;
}

/* Whoever is told how far it is can stop it, and nothing of the transaction stays. */
static void
test_progress (RaiDb *db) {
  g_autoptr (GString) text = g_string_new ("site,receipt,time,item,quantity,amount\n");
  for (unsigned i = 0; i < 10000; i++)
    g_string_append_printf (text, "S1,%u,2024-03-01 10:00,100,1,1.50\n", i);

  unsigned left = 3;
  RaiImportOptions options = receipts;
  options.progress = count_calls;
  options.progress_data = &left;
  rai_test_import_fail (db, options, text->str, RAI_IMPORT_ERROR_CANCELLED, "cancelled", NULL);
  g_assert_cmpuint (left, ==, 0);
  g_assert_cmpint (rai_test_number (db, "SELECT count(*) FROM receipt"), ==, 0);

  left = 1000;
  rai_test_import_expect (db, options, text->str, 10000, 0, 0);
  g_assert_cmpuint (left, <, 1000);
}

static void
test_names (void) {
  g_assert_cmpstr (rai_import_error_id (RAI_IMPORT_ERROR_HEADER), ==, "header");
  g_assert_cmpstr (rai_import_error_id (RAI_IMPORT_ERROR_CANCELLED), ==, "cancelled");
}

static void
test_online_retail (RaiDb *db) {
  g_autofree char *path = rai_test_data ("online-retail.csv");
  g_autofree char *rejects =
      g_build_filename (g_get_tmp_dir (), "rai-online-retail.rejects.csv", NULL);
  RaiImportOptions options = {
    .kind = "receipts", .preset = "online-retail", .path = path, .rejects = rejects
  };

  g_auto (RaiImportResult) result = { 0 };
  g_autoptr (GError) error = NULL;
  rai_import_run (db, &options, &result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (result.read, ==, 10);
  g_assert_cmpuint (result.added, ==, 7);
  g_assert_cmpuint (result.skipped, ==, 2); /* without a price: no sales */
  g_assert_cmpuint (result.rejected, ==, 1);
  g_assert_cmpstr (result.rejects_file, ==, rejects);

  g_autofree char *text = NULL;
  g_assert_true (g_file_get_contents (rejects, &text, NULL, NULL));
  g_assert_nonnull (strstr (text, "\n11,the date cannot be read,536545,POST,"));
  g_unlink (rejects);

  /* Two scans of one till are two lines; what came back is taken off; 85123a is 85123A. */
  g_assert_cmpint (rai_test_number (db, "SELECT count(*) FROM receipt_line"), ==, 7);
  g_assert_cmpint (
      rai_test_number (db, "SELECT sum(quantity) FROM item_day d JOIN item i ON i.id = d.item_id "
                           "WHERE i.sku = '22111'"),
      ==, 1000);
  g_assert_cmpint (
      rai_test_number (db, "SELECT count(*) FROM item WHERE name = 'White hanging heart lantern'"),
      ==, 1);
  g_assert_cmpint (
      rai_test_number (db, "SELECT count(*) FROM item WHERE name = 'White metal, lantern'"), ==, 1);
  g_assert_cmpint (
      rai_test_number (
          db, "SELECT count(*) FROM site WHERE currency = 'GBP' AND zone = 'Europe/London'"),
      ==, 1);
  rai_test_verify (db);
}

static void
test_rossmann (RaiDb *db) {
  g_autofree char *path = rai_test_data ("rossmann.csv");
  g_autofree char *text = NULL;
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));

  RaiImportOptions options = { .kind = "sales", .preset = "rossmann" };
  rai_test_import_expect (db, options, text, 6, 0, 1);
  g_assert_cmpint (
      rai_test_number (db, "SELECT count(*) FROM site WHERE name = 'Store 1' AND currency = 'EUR'"),
      ==, 1);
  g_assert_cmpint (rai_test_number (db, "SELECT sum(revenue) FROM site_day"), ==,
                   (5530 + 7176 + 5580 + 4500) * 100);
  g_assert_cmpint (
      rai_test_number (db,
                       "SELECT count(*) FROM calendar_day WHERE closed = 1 AND holiday = 'Public "
                       "holiday' AND school_holiday = 1 AND day = 15706"),
      ==, 1);
  g_assert_cmpint (rai_test_number (db, "SELECT sum(promotion) FROM calendar_day"), ==, 3);

  /* Open without a customer is a day with sales of zero, closed is not. */
  g_assert_cmpint (rai_test_number (db, "SELECT count(*) FROM sales_total WHERE quantity = 0"), ==,
                   1);
  rai_test_import_expect (db, options, text, 0, 6, 1);
  rai_test_verify (db);
}

static void
test_sales (RaiDb *db) {
  RaiImportOptions options = { .kind = "sales" };
  const char *text = "site,item,date,quantity,price,promotion,stockout,closed,holiday,temperature\n"
                     "S1,100,2024-03-01,5,2.00,0,0,0,,8.5\n"
                     "S1,100,2024-03-02,9,1.50,1,1,0,,9.5\n"
                     "S1,100,2024-03-03,8,1.50,1,0,0,,9.5\n"
                     "S1,100,2024-03-04,,1.80,1,0,1,Fair,10\n";

  rai_test_import_expect (db, options, text, 4, 0, 0);
  g_assert_cmpint (rai_test_number (db, "SELECT sum(revenue) FROM item_day"), ==,
                   1000 + 1350 + 1200);
  g_assert_cmpint (rai_test_number (db, "SELECT count(*) FROM item_day WHERE out_of_stock = 1000"),
                   ==, 1);
  g_assert_cmpint (rai_test_number (db, "SELECT count(*) FROM price"), ==, 3);
  g_assert_cmpint (rai_test_number (db, "SELECT last_day - first_day FROM promotion"), ==, 2);
  g_assert_cmpint (
      rai_test_number (db,
                       "SELECT count(*) FROM calendar_day WHERE closed = 1 AND holiday = 'Fair'"),
      ==, 1);
  rai_test_import_expect (db, options, text, 0, 4, 0);
  rai_test_import_expect (db, options, "site,item,date,quantity\nS1,100,2024-03-01,6\n", 1, 0, 0);
  g_assert_cmpint (rai_test_number (db, "SELECT sum(quantity) FROM item_day"), ==,
                   6000 + 9000 + 8000);
  rai_test_verify (db);
}

static void
test_periods (RaiDb *db) {
  RaiImportOptions options = { .kind = "sales" };
  rai_test_import_expect (
      db, options,
      "site,item,date,quantity,amount\nS1,1,2024-03-01 00:00,1,1\nS1,1,2024-03-01 17:00,2,2\n", 2,
      0, 0);
  g_assert_cmpint (rai_test_number (db, "SELECT count(*) FROM sales_total WHERE period = 'hour'"),
                   ==, 2);
  g_assert_cmpint (rai_test_number (db, "SELECT quantity FROM item_day"), ==, 3000);
  options.period = "week";
  rai_test_import_expect (db, options, "site,item,date,quantity,amount\nS1,2,2024-03-04,70,7.00\n",
                          1, 0, 0);
  g_assert_cmpint (
      rai_test_number (db,
                       "SELECT count(*) FROM item_day WHERE quantity = 10000 AND revenue = 100"),
      ==, 7);
  rai_test_verify (db);
}

static void
test_other_presets (RaiDb *db) {
  RaiImportOptions walmart = { .kind = "sales", .preset = "walmart" };
  rai_test_import_expect (
      db, walmart,
      "Store,Dept,Date,Weekly_Sales,IsHoliday\n1,1,2010-02-05,700,FALSE\n1,1,2010-02-12,-7,TRUE\n",
      2, 0, 0);
  g_assert_cmpint (rai_test_number (db, "SELECT min(day) FROM item_day"), ==,
                   rai_day_from_ymd (2010, 1, 30));
  g_assert_cmpint (rai_test_number (db, "SELECT sum(revenue) FROM site_day"), ==, 69300);

  RaiImportOptions journey = { .kind = "receipts", .preset = "complete-journey" };
  rai_test_import_expect (
      db, journey,
      "\"household_id\",\"store_id\",\"basket_id\",\"product_id\",\"quantity\",\"sales_value\","
      "\"transaction_timestamp\"\n"
      "\"2261\",\"309\",\"31625220889\",\"940996\",2,3.86,\"2017-01-28 14:06:53\"\n",
      1, 0, 0);

  RaiImportOptions store_item = { .kind = "sales", .preset = "store-item" };
  rai_test_import_expect (db, store_item, "date,store,item,sales\n2013-01-01,7,1,13\n", 1, 0, 0);
  rai_test_verify (db);
}

static void
test_masters (RaiDb *db) {
  RaiImportOptions suppliers = { .kind = "suppliers" }, items = { .kind = "items" },
                   stock = { .kind = "stock" };
  const char *supplier_rows = "supplier,name,lead_days,order_weekdays,minimum_order\n"
                              "DAI,Fennhof Dairy,2,Mon-Sat,100.00\nDRY,Dry Goods,5,\"Tue, Fri\",\n";
  const char *item_rows =
      "item,name,department,supplier,pack,price,cost,shelf_life\n"
      "100,Oat milk 1 l,Dairy,DAI,6,1.89,1.20,60\n101,Rice 1 kg,Pantry,DRY,12,2.49,1.70,\n"
      "102,,Pantry,DRY,12,2.49,1.70,\n";
  const char *stock_rows =
      "site,item,quantity,date\nS1,100,14,2024-03-01\nS1,101,30,2024-03-01\nS1,999,1,2024-03-01\n";

  rai_test_import_expect (db, suppliers, supplier_rows, 2, 0, 0);
  rai_test_import_expect (db, suppliers, supplier_rows, 0, 2, 0);
  g_assert_cmpint (rai_test_number (db, "SELECT order_weekdays FROM supplier WHERE code = 'DAI'"),
                   ==, 63);
  g_assert_cmpint (rai_test_number (db, "SELECT order_weekdays FROM supplier WHERE code = 'DRY'"),
                   ==, 18);
  rai_test_import_expect (db, items, item_rows, 2, 0, 1);
  rai_test_import_expect (db, items, item_rows, 0, 2, 1);
  g_assert_cmpint (rai_test_number (db, "SELECT pack FROM item WHERE sku = '101' AND price = 249"),
                   ==, 12000);
  rai_test_import_expect (db, stock, stock_rows, 2, 0, 1);
  rai_test_import_expect (
      db, receipts, "site,receipt,time,item,quantity,price\nS1,1,2024-03-05 09:00,100,2,1.89\n", 1,
      0, 0);
  rai_test_import_expect (db, stock, stock_rows, 0, 2, 1);
  g_assert_cmpint (
      rai_test_number (
          db, "SELECT on_hand FROM stock s JOIN item i ON i.id = s.item_id AND sku = '100'"),
      ==, 12000);

  /* Counted on a later morning: what the ledger says until then makes the difference. */
  rai_test_import_expect (db, stock, "site,item,quantity,date\nS1,100,20,2024-03-06\n", 1, 0, 0);
  g_assert_cmpint (
      rai_test_number (
          db, "SELECT on_hand FROM stock s JOIN item i ON i.id = s.item_id AND sku = '100'"),
      ==, 20000);
  rai_test_verify (db);
}

#define TILLS "site,Register,receipt,time,Business Day,item,quantity,amount\n"
#define TILL_ROWS \
  "S1,A,17,2024-03-01 09:00:07,2024-03-01,100,2,3.00\n" \
  "S1,A,17,2024-03-01 09:00:07,2024-03-01,101,1,2.50\n" \
  "S1,B,17,2024-03-01 09:00:09,2024-03-01,100,2,3.00\n" \
  "S1,A,17,2024-03-02 00:30:00,2024-03-01,102,1,2.50\n" \
  "S1,A,17,2024-03-02 10:00:00,2024-03-02,100,2,3.00\n"

/* Numbers that begin anew each day, of more than one till: none is lost, and the file again, or one
 * that says less, adds none. */
static void
test_tills (RaiDb *db) {
  static const char less[] = "site,receipt,time,item,quantity,amount\n"
                             "S1,17,2024-03-01 09:00,100,2,3.00\n"
                             "S1,17,2024-03-01 09:00,101,1,2.50\n";
  rai_test_import_expect (db, receipts, TILLS TILL_ROWS, 5, 0, 0);
  g_assert_cmpint (rai_test_number (db, "SELECT count(*) FROM receipt"), ==, 3);
  g_assert_cmpint (rai_test_number (db, "SELECT count(*) FROM receipt WHERE day = 19783"), ==, 2);
  rai_test_import_expect (db, receipts, TILLS TILL_ROWS, 0, 5, 0);
  rai_test_import_expect (db, receipts, less, 0, 2, 0);
  g_assert_cmpint (rai_test_number (db, "SELECT count(*) FROM receipt"), ==, 3);

  rai_test_import_reject (db, receipts, TILLS "S1,A,18,2024-03-01 09:00,soon,100,2,3.00\n",
                          "the date cannot be read", 2);
  rai_test_import_reject (db, receipts, TILLS "S1,A\x01,18,2024-03-01 09:00,,100,2,3.00\n",
                          "the till's name is longer than 100 characters, or holds control "
                          "characters",
                          2);
  rai_test_import_expect (db, receipts, TILLS "S1,,18,2024-03-01 09:00,,100,2,3.00\n", 1, 0, 0);
}

/* A file of before had no tills, so that the second till's receipt was told to be unchanged; one
 * with tills brings what is missing, and doubles nothing, in whatever order its rows stand. */
static void
test_tills_later (RaiDb *db) {
  static const char first[] = "site,receipt,time,item,quantity,amount\n"
                              "S1,17,2024-03-01,100,1,1.50\nS1,17,2024-03-01,101,1,2.50\n";
  static const char then[] = "site,receipt,till,time,item,quantity,amount\n"
                             "S1,17,B,2024-03-01,100,1,1.50\n"
                             "S1,17,A,2024-03-01,100,1,1.50\nS1,17,A,2024-03-01,101,1,2.50\n";
  rai_test_import_expect (db, receipts, first, 2, 0, 0);
  rai_test_import_expect (db, receipts, then, 1, 2, 0);
  rai_test_import_expect (db, receipts, then, 0, 3, 0);
  g_assert_cmpint (rai_test_number (db, "SELECT count(*) FROM receipt_line"), ==, 3);
  g_assert_cmpint (rai_test_number (db, "SELECT count(*) FROM receipt WHERE till = 'A'"), ==, 1);
}

/* More rows than one transaction takes, and receipts that lie across its end. */
static void
test_many (RaiDb *db) {
  g_autoptr (GString) text = g_string_new ("site,receipt,time,item,quantity,amount\n");
  for (int i = 0; i < 120000; i++)
    g_string_append_printf (text, "S%d,%d,2024-03-%02d 09:00,%d,1,1.00\n", i / 60000, i / 7,
                            1 + i / 8 % 28, i % 500);

  RaiImportOptions options = receipts;
  options.rows_a_commit = 20000;
  rai_test_import_expect (db, options, text->str, 120000, 0, 0);
  g_assert_cmpint (rai_test_number (db, "SELECT sum(amount) FROM receipt_line"), ==, 12000000);
  g_assert_cmpint (rai_test_number (db, "SELECT sum(quantity) FROM item_day"), ==, 120000000);
  rai_test_import_expect (db, options, text->str, 0, 120000, 0);
  rai_test_verify (db);
}

/* The program dies after some commits: the same file once more makes it whole. */
static void
test_cut_off (RaiDb *db) {
  g_autoptr (GString) text = g_string_new ("site,receipt,time,item,quantity,amount\n");
  for (int i = 0; i < 30000; i++)
    g_string_append_printf (text, "S1,%d,2024-01-%02d 09:00,%d,1,1.00\n", i / 3, 1 + i / 1000,
                            i / 600);

  g_autofree char *broken = g_strconcat (text->str, "S1,x\001\n", NULL);
  *strchr (broken, '\001') = '\0';

  RaiImportOptions options = receipts;
  options.rows_a_commit = 1000;

  g_autofree char *folder = g_dir_make_tmp ("rai-cut-off-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "rows.csv", NULL);
  g_assert_true (g_file_set_contents (path, broken, (gssize) text->len + 6, NULL));
  options.path = path;
  g_auto (RaiImportResult) result = { 0 };
  g_autoptr (GError) error = NULL;
  g_assert_false (rai_import_run (db, &options, &result, &error));
  g_assert_nonnull (strstr (error->message, "stopped after"));
  g_assert_nonnull (strstr (error->message, "NUL bytes"));
  g_assert_false (rai_db_in_transaction (db));
  g_unlink (path);
  g_rmdir (folder);

  int64_t kept = rai_test_number (db, "SELECT count(*) FROM receipt_line");
  g_assert_cmpint (kept, >=, 1000);
  g_assert_cmpint (kept, <, 30000);
  g_assert_cmpint (rai_test_number (db, "SELECT count(*) FROM item WHERE first_day IS NULL"), >,
                   10);
  rai_test_import_expect (db, options, text->str, 30000 - (uint64_t) kept, (uint64_t) kept, 0);
  g_assert_cmpint (
      rai_test_number (db, "SELECT count(*) FROM item WHERE first_day IS NULL OR price <> 100"), ==,
      0);
  g_assert_cmpint (rai_test_number (db, "SELECT sum(revenue) FROM site_day"), ==, 3000000);
  rai_test_verify (db);
}

/* A file is a command: its id counts once, and its answer comes back. */
static void
test_known_id (RaiDb *db) {
  char id[RAI_UUID_SIZE];
  RaiImportOptions options = receipts;
  options.id = rai_uuid_new (id);
  rai_test_import_expect (db, options, RECEIPTS, 4, 0, 0);

  g_auto (RaiImportResult) again =
      rai_test_import (db, options, RECEIPTS "S1,3,2024-03-03 10:00,100,1,1.50,,\n");
  g_assert_true (again.repeated);
  g_assert_cmpuint (again.read, ==, 4);
  g_assert_cmpuint (again.added, ==, 4);
  g_assert_cmpint (rai_test_number (db, "SELECT count(*) FROM receipt"), ==, 3);
  g_assert_cmpint (rai_test_number (db, "SELECT count(*) FROM command_log"), ==, 1);
  g_assert_cmpint (rai_test_number (db,
                                    "SELECT count(*) FROM job j JOIN command_log c ON c.id = j.id"
                                    " WHERE j.kind = 'import' AND j.state = 'done'"
                                    " AND j.message = c.summary"),
                   ==, 1);
}

static void
test_refused (RaiDb *db) {
  g_autoptr (RaiIdentity) executive =
      rai_identity_new (9, "eva", RAI_ROLE_EXECUTIVE, true, NULL, 0);
  RaiImportOptions options = receipts;
  options.caller = executive;
  rai_test_import_fail (db, options, RECEIPTS, RAI_IMPORT_ERROR_REFUSED, "Executive", NULL);
  g_assert_cmpint (rai_test_number (db, "SELECT count(*) FROM site"), ==, 0);
  g_assert_cmpint (rai_test_number (db, "SELECT count(*) FROM command_log"
                                        " WHERE name = 'import.file' AND account_id = 9"
                                        " AND status = 'rejected'"),
                   ==, 1);

  options.dry_run = true;
  rai_test_import_fail (db, options, RECEIPTS, RAI_IMPORT_ERROR_REFUSED, NULL);
  g_assert_cmpint (rai_test_number (db, "SELECT count(*) FROM command_log"), ==, 1);
}

/* The command knows every kind that there is. */
static void
test_kinds (RaiDb *db) {
  g_autoptr (RaiIdentity) program = rai_identity_new_system ();
  for (const RaiImportLayout *layout = rai_import_layouts; layout->kind != NULL; layout++) {
    g_autoptr (GError) error = NULL;
    g_auto (RaiAnswer) answer = { 0 };
    g_autofree char *arguments =
        g_strdup_printf ("{\"kind\":\"%s\",\"file\":\"x.csv\"}", layout->kind);
    char id[RAI_UUID_SIZE];
    const RaiCommandCall call = { rai_uuid_new (id), (char *) "import.file", arguments, 0, NULL };
    rai_db_begin_write (db, &error);
    rai_command_admit (db, program, &call, &answer, &error);
    g_assert_no_error (error);
    g_assert_cmpstr (answer.message, ==, NULL);
    rai_db_rollback (db);
  }
}

int
main (int argc, char **argv) {
  g_setenv ("RETAILAI_NOW", "2024-06-01T12:00:00Z", TRUE);
  g_test_init (&argc, &argv, NULL);
  rai_progress_set_quiet (true);
  rai_test_db_add ("/import/receipts", test_receipts);
  rai_test_db_add ("/import/tills", test_tills);
  rai_test_db_add ("/import/tills-later", test_tills_later);
  rai_test_db_add ("/import/again", test_again);
  rai_test_db_add ("/import/dry-run", test_dry_run);
  rai_test_db_add ("/import/progress", test_progress);
  g_test_add_func ("/import/error-names", test_names);
  rai_test_db_add ("/import/online-retail", test_online_retail);
  rai_test_db_add ("/import/rossmann", test_rossmann);
  rai_test_db_add ("/import/sales", test_sales);
  rai_test_db_add ("/import/periods", test_periods);
  rai_test_db_add ("/import/other-presets", test_other_presets);
  rai_test_db_add ("/import/masters", test_masters);
  rai_test_db_add ("/import/many", test_many);
  rai_test_db_add ("/import/cut-off", test_cut_off);
  rai_test_db_add ("/import/known-id", test_known_id);
  rai_test_db_add ("/import/refused", test_refused);
  rai_test_db_add ("/import/kinds", test_kinds);

  return rai_test_db_end (g_test_run ());
}
