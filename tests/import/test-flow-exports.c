/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rai-test-db.h"
#include "rai-test-import.h"
#include "util/rai-progress.h"

#include <glib/gstdio.h>
#include <string.h>

/* Exports of four programs and the shapes of files that people report: small ones of our own, and
 * those of ../shared/cases (RETAILAI_CASES names another folder) with the figures of its README,
 * skipped where they are not. */

/* ---- Our own ---- */

/* Two receipts: a cup and two pens (one line less a discount of 0.50), and a cup that came back. */
typedef struct {
  const char *text;
  const char *site; /* for files that name none */
  uint64_t skipped;
} Export;

static const Export square = {
  "Date,Time,Time Zone,Category,Item,Qty,SKU,Net Sales,Transaction ID,Device Name,Event Type,"
  "Location,Itemization Type\n"
  "11/13/26,22:30:00,Eastern Time (US & Canada),Kitchen,Cup,1.0,CUP,$8.00,T1,Till,Payment,High "
  "Street,Physical Good\n"
  "11/13/26,22:30:00,Eastern Time (US & Canada),Office,Pen,2.0,,$1.50,T1,Till,Payment,High Street,"
  "Physical Good\n"
  "11/14/26,09:00:00,Eastern Time (US & Canada),Kitchen,Cup,-1.0,CUP,-$8.00,T2,Till,Refund,High "
  "Street,Physical Good\n",
  NULL, 0
};

static const Export shopify = {
  "Name,Financial Status,Currency,Created at,Lineitem quantity,Lineitem name,Lineitem price,"
  "Lineitem sku,Lineitem discount,Location\n"
  "#1,paid,USD,2026-11-13 22:30:00 -0500,1,Cup,8.00,CUP,0.00,High Street\n"
  "#1,,,2026-11-13 22:30:00 -0500,2,Pen,1.00,,0.50,\n"
  "#2,refunded,USD,2026-11-14 09:00:00 -0500,1,Cup,8.00,CUP,0.00,High Street\n"
  "#3,voided,USD,2026-11-14 10:00:00 -0500,5,Cup,8.00,CUP,0.00,High Street\n",
  NULL, 1
};

static const Export odoo = {
  "Order Ref,Date,Point of Sale,Order Lines/Product/Internal Reference,Order Lines/Full Product "
  "Name,Order Lines/Quantity,Order Lines/Unit Price,Order Lines/Subtotal\n"
  "High Street/1,2026-11-13 22:30:00,High Street,CUP,[CUP] Cup,1.0,8.00,8.00\n"
  ",,,,Pen,2.0,1.00,1.50\n"
  "High Street/2 REFUND,2026-11-14 09:00:00,High Street,CUP,[CUP] Cup,-1.0,8.00,-8.00\n",
  NULL, 0
};

static const Export lightspeed = {
  "Date,Receipt Number,Line Type,Quantity,Subtotal,Details,Register,Sku\n"
  "2026-11-13 22:30:00,1,Sale,3,9.50,,Main,\n"
  "2026-11-13 22:30:00,1,Sale Line,1,8.00,Cup,Main,CUP\n"
  "2026-11-13 22:30:00,1,Sale Line,2,1.50,Pen,Main,\n"
  "2026-11-13 22:30:00,1,Payment,,9.50,Cash,Main,\n"
  "2026-11-14 09:00:00,2,Sale,-1,-8.00,,Main,\n"
  "2026-11-14 09:00:00,2,Sale Line,-1,-8.00,Cup,Main,CUP\n"
  "2026-11-14 09:00:00,2,Payment,,-8.00,Cash,Main,\n",
  "High Street", 4
};

static void
check_own (RaiDb *db, const Export *export) {
  const RaiImportOptions options = { .kind = "receipts",
                                     .site = export->site,
                                     .zone = "America/New_York" };
  g_auto (RaiImportResult) result = rai_test_import (db, options, export->text);
  g_assert_cmpuint (result.added, ==, 3);
  g_assert_cmpuint (result.skipped, ==, export->skipped);
  g_assert_cmpint (rai_test_number (db, "SELECT count(*) FROM receipt"), ==, 2);
  g_assert_cmpint (rai_test_number (db, "SELECT count(*) FROM site WHERE code = 'High Street'"), ==,
                   1);
  g_assert_cmpint (rai_test_number (db, "SELECT sum(amount) FROM receipt_line"), ==, 150);
  g_assert_cmpint (rai_test_number (db, "SELECT sum(quantity) FROM receipt_line"), ==, 2000);
  g_assert_cmpint (
      rai_test_number (db, "SELECT count(*) FROM item WHERE sku = 'CUP' AND name = 'Cup'"), ==, 1);
  g_assert_cmpint (rai_test_number (db, "SELECT count(*) FROM item WHERE sku = 'Pen'"), ==, 1);
  g_assert_cmpint (rai_test_number (db, "SELECT count(DISTINCT day) FROM receipt"), ==, 2);

  g_auto (RaiImportResult) again = rai_test_import (db, options, export->text);
  g_assert_cmpuint (again.unchanged, ==, 3);
  rai_test_verify (db);
}

static void
test_own_square (RaiDb *db) {
  check_own (db, &square);
}

static void
test_own_shopify (RaiDb *db) {
  check_own (db, &shopify);
}

static void
test_own_odoo (RaiDb *db) {
  check_own (db, &odoo);
}

static void
test_own_lightspeed (RaiDb *db) {
  check_own (db, &lightspeed);
}

/* ---- ../shared/cases ---- */

static char *
case_file (const char *name) {
  const char *folder = g_getenv ("RETAILAI_CASES");
  const char *source = g_getenv ("G_TEST_SRCDIR") != NULL ? g_getenv ("G_TEST_SRCDIR") : ".";
  g_autofree char *beside = g_build_filename (source, "..", "..", "shared", "cases", NULL);
  char *path = g_build_filename (folder != NULL ? folder : beside, name, NULL);
  if (g_file_test (path, G_FILE_TEST_EXISTS))
    return path;

  g_free (path);
  g_test_skip ("../shared/cases is not there");
  return NULL;
}

/* false: the case is not there. */
static bool
bring_in (RaiDb *db, const char *name, RaiImportOptions options, uint64_t added, uint64_t skipped) {
  g_autofree char *path = case_file (name);
  g_auto (RaiImportResult) result = { 0 };
  g_autoptr (GError) error = NULL;
  if (path == NULL)
    return false;

  options.kind = "receipts";
  options.path = path;
  options.rejects = "/dev/null";
  g_test_message ("%s", name);
  rai_test_import_new_sites (db, options, &result, &error);
  g_assert_no_error (error);
  for (unsigned i = 0; i < result.reasons->len; i++)
    g_test_message ("%s", ((const RaiImportReason *) result.reasons->pdata[i])->reason);
  g_assert_cmpuint (result.added, ==, added);
  g_assert_cmpuint (result.skipped, ==, skipped);
  g_assert_cmpuint (result.rejected, ==, 0);
  g_assert_cmpuint (result.aside, ==, 0);
  return true;
}

#define N_SOLD(sku) \
  "SELECT sum(quantity) / 1000 FROM receipt_line WHERE item_id = " \
  "(SELECT id FROM item WHERE sku = '" sku "')"

/* 137 orders, 245 lines; the net quantities with what came back taken off. */
static void
check_export (RaiDb *db, const char *name, const char *site, uint64_t skipped) {
  if (!bring_in (db, name, (RaiImportOptions){ .site = site }, 245, skipped))
    return;
  g_assert_cmpint (rai_test_number (db, "SELECT count(*) FROM receipt"), ==, 137);
  g_assert_cmpint (rai_test_number (db, "SELECT count(*) FROM site"), ==, 1);
  g_assert_cmpint (rai_test_number (db, "SELECT count(*) FROM site WHERE code = 'Main Street'"), ==,
                   1);
  g_assert_cmpint (rai_test_number (db, N_SOLD ("MUG-RED")), ==, 64);
  g_assert_cmpint (rai_test_number (db, N_SOLD ("NB-A5")), ==, 83);
  g_assert_cmpint (rai_test_number (db, N_SOLD ("MUG-BLU")), ==, 96);
  g_assert_cmpint (rai_test_number (db, N_SOLD ("GIFT")), ==, 61);
  g_assert_cmpint (rai_test_number (db, N_SOLD ("PEN-01")), ==, 70);
  g_assert_cmpint (rai_test_number (db, "SELECT sum(amount) FROM receipt_line"), ==, 337925);
  g_assert_cmpint (rai_test_number (db, "SELECT count(*) FROM item WHERE name = 'Red mug, large'"),
                   ==, 1);
  rai_test_verify (db);
}

static void
test_square (RaiDb *db) {
  check_export (db, "exports/square-items.csv", NULL, 0);
}

static void
test_shopify (RaiDb *db) {
  check_export (db, "exports/shopify-orders.csv", NULL, 0);
}

static void
test_odoo (RaiDb *db) {
  check_export (db, "exports/odoo-pos-order.csv", NULL, 0);
}

static void
test_lightspeed (RaiDb *db) {
  check_export (db, "exports/lightspeed-sales-history.csv", "Main Street", 2 * 137);
}

static void
test_shapes (RaiDb *db) {
  static const struct {
    const char *name;
    uint64_t added, skipped;
    int64_t amount;
  } cases[] = {
    { "file-shapes/blank-first.csv", 1, 0, 1600 },
    { "file-shapes/cp1252.csv", 1, 0, 1650 },
    { "file-shapes/mac-cr.csv", 2, 0, 2400 },
    { "file-shapes/preamble.csv", 2, 1, 1700 },
    { "file-shapes/sep-line.csv", 1, 0, 1600 },
    { "file-shapes/totals.csv", 2, 1, 1700 },
    { "file-shapes/trailing-comma.csv", 1, 0, 1600 },
    { "file-shapes/utf16le-bom.csv", 1, 0, 1650 },
    { "headings/amount-empty.csv", 2, 0, 2400 },
    { "headings/german-words.csv", 1, 0, 1600 },
    { "headings/hyphen.csv", 1, 0, 1600 },
    { "headings/spaces.csv", 1, 0, 1600 },
    { "headings/total-twice.csv", 2, 0, 2400 },
    { "money-signs/eur.csv", 6, 0, 390850 },
    { "money-signs/usd.csv", 7, 0, 258200 },
    { "subtotals/totals-per-store.csv", 2, 3, 2400 },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (RaiDb) fresh = rai_test_db_new (rai_db_kind (db));
    if (!bring_in (fresh, cases[i].name, (RaiImportOptions){ 0 }, cases[i].added, cases[i].skipped))
      return;
    g_assert_cmpint (rai_test_number (fresh, "SELECT sum(amount) FROM receipt_line"), ==,
                     cases[i].amount);
  }
}

int
main (int argc, char **argv) {
  g_setenv ("RETAILAI_NOW", "2026-11-30T07:00:00Z", TRUE);
  g_test_init (&argc, &argv, NULL);
  rai_progress_set_quiet (true);
  rai_test_db_add ("/flow-exports/own/square", test_own_square);
  rai_test_db_add ("/flow-exports/own/shopify", test_own_shopify);
  rai_test_db_add ("/flow-exports/own/odoo", test_own_odoo);
  rai_test_db_add ("/flow-exports/own/lightspeed", test_own_lightspeed);
  rai_test_db_add ("/flow-exports/square", test_square);
  rai_test_db_add ("/flow-exports/shopify", test_shopify);
  rai_test_db_add ("/flow-exports/odoo", test_odoo);
  rai_test_db_add ("/flow-exports/lightspeed", test_lightspeed);
  rai_test_db_add ("/flow-exports/shapes", test_shapes);
  return rai_test_db_end (g_test_run ());
}
