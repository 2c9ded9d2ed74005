/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rai-test-db.h"
#include "rai-test-import.h"
#include "util/rai-day.h"
#include "util/rai-progress.h"

#include <glib/gstdio.h>

/* What rows mean, by the files of ../shared/cases (RETAILAI_CASES names another folder), which are
 * no part of the project: skipped where they are not. */

/* Brings the file in, and expects so many rows. false: it is not there. */
static bool
bring_in (RaiDb *db, RaiImportOptions options, const char *name, uint64_t added,
          uint64_t rejected) {
  const char *folder = g_getenv ("RETAILAI_CASES");
  const char *source = g_getenv ("G_TEST_SRCDIR") != NULL ? g_getenv ("G_TEST_SRCDIR") : ".";
  g_autofree char *beside = g_build_filename (source, "..", "..", "shared", "cases", NULL);
  g_autofree char *path = g_build_filename (folder != NULL ? folder : beside, name, NULL);
  g_auto (RaiImportResult) result = { 0 };
  g_autoptr (GError) error = NULL;
  if (!g_file_test (path, G_FILE_TEST_EXISTS)) {
    g_test_skip ("../shared/cases is not there");
    return false;
  }

  options.path = path;
  g_autofree char *rejects = g_build_filename (g_get_tmp_dir (), "rai-flow-rows.rejects.csv", NULL);
  options.rejects = rejects;
  rai_test_import_new_sites (db, options, &result, &error);
  g_assert_no_error (error);
  g_unlink (rejects);
  g_assert_cmpuint (result.added, ==, added);
  g_assert_cmpuint (result.rejected, ==, rejected);
  return true;
}

static int64_t
sold_on (RaiDb *db, int month, int mday) {
  g_autofree char *sql = g_strdup_printf ("SELECT sum(quantity) / 1000 FROM item_day"
                                          " WHERE day = %d",
                                          rai_day_from_ymd (2026, month, mday));
  return rai_test_number (db, sql);
}

static const RaiImportOptions sales = { .kind = "sales", .zone = "Europe/Berlin" },
                              receipts = { .kind = "receipts", .zone = "Europe/Berlin" },
                              items = { .kind = "items" };

static void
utc_hours (RaiDb *db) {
  if (!bring_in (db, sales, "dst/utc-hours.csv", 3, 0))
    return;
  g_assert_cmpint (sold_on (db, 11, 1), ==, 5);
  g_assert_cmpint (sold_on (db, 11, 2), ==, 11);
}

static void
utc_days (RaiDb *db) {
  if (bring_in (db, receipts, "dst/utc-days.csv", 1, 0))
    g_assert_cmpint (sold_on (db, 11, 2), ==, 7);
}

static void
offset_hours (RaiDb *db) {
  if (!bring_in (db, sales, "dst/offset-hours.csv", 4, 0))
    return;
  g_assert_cmpint (sold_on (db, 10, 25), ==, 22);
  g_assert_cmpint (rai_test_number (db, "SELECT count(*) FROM sales_total"), ==, 4);
}

static void
hourly (RaiDb *db) {
  if (bring_in (db, sales, "dst/hourly-dst.csv", 337, 0))
    g_assert_cmpint (rai_test_number (db, "SELECT count(*) FROM sales_total"), ==, 337);
}

static void
subtotals (RaiDb *db) {
  if (bring_in (db, receipts, "subtotals/totals-per-store.csv", 2, 0))
    g_assert_cmpint (rai_test_number (db, "SELECT count(*) FROM site"), ==, 2);
}

static void
barcodes (RaiDb *db) {
  if (!bring_in (db, items, "barcodes/items.csv", 2, 0) ||
      !bring_in (db, receipts, "barcodes/r.csv", 6, 0) ||
      !bring_in (db, items, "barcodes/items-excel.csv", 0, 0) ||
      !bring_in (db, items, "barcodes/items-renamed.csv", 0, 1))
    return;
  g_assert_cmpint (rai_test_number (db, "SELECT count(*) FROM item"), ==, 3);
  g_assert_cmpint (rai_test_number (db, "SELECT count(*) FROM item WHERE sku = '00123'"
                                        " AND barcode = '0012345678905' AND unit = 'piece'"),
                   ==, 1);
  g_assert_cmpint (rai_test_number (db, "SELECT quantity FROM item_day d JOIN item i"
                                        " ON i.id = d.item_id WHERE i.sku = '00123'"),
                   ==, 3000);
  g_assert_cmpint (rai_test_number (db, "SELECT quantity FROM item_day d JOIN item i"
                                        " ON i.id = d.item_id WHERE i.sku = 'MUG'"),
                   ==, 3000);
}

int
main (int argc, char **argv) {
  g_setenv ("RETAILAI_NOW", "2026-11-30T07:00:00Z", TRUE);
  g_test_init (&argc, &argv, NULL);
  rai_progress_set_quiet (true);
  rai_test_db_add ("/import/flow-rows/utc-hours", utc_hours);
  rai_test_db_add ("/import/flow-rows/utc-days", utc_days);
  rai_test_db_add ("/import/flow-rows/offset-hours", offset_hours);
  rai_test_db_add ("/import/flow-rows/hourly", hourly);
  rai_test_db_add ("/import/flow-rows/subtotals", subtotals);
  rai_test_db_add ("/import/flow-rows/barcodes", barcodes);
  return rai_test_db_end (g_test_run ());
}
