/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import/rai-import-names.h"

#include "db/rai-db-run.h"
#include "db/rai-items.h"
#include "rai-test-db.h"
#include "rai-test-import.h"
#include "util/rai-decimal.h"

static const RaiImportSiteDefaults defaults = { "Shop %s", "North", "GBP", "Europe/London", true };

static RaiImportNames *
open_names (RaiDb *db) {
  g_autoptr (GError) error = NULL;
  int64_t rev;
  g_assert_true (rai_db_begin_write (db, &error));
  g_assert_true (rai_db_revision (db, &rev, &error));
  RaiImportNames *names = rai_import_names_new (db, &defaults, &error);
  g_assert_no_error (error);
  rai_import_names_set_revision (names, rev);
  return names;
}

static void
commit (RaiDb *db) {
  g_autoptr (GError) error = NULL;
  rai_db_commit (db, &error);
  g_assert_no_error (error);
}

/* What is there is found; what is not is made once, as the file's site is said to look. */
static void
known_and_made (RaiDb *db) {
  rai_test_db_fill (db);
  g_autoptr (GError) error = NULL;
  g_autoptr (RaiImportNames) names = open_names (db);
  g_assert_cmpint (rai_import_names_site (names, "S2", &error)->id, ==, 2);
  g_assert_cmpint (rai_import_names_department (names, "Bakery", &error), ==, 2);
  g_assert_cmpint (rai_import_names_supplier (names, "U1", &error), ==, 1);
  g_assert_cmpint (rai_import_names_item (names, "A3", "Other", "Other", &error)->id, ==, 3);
  g_assert_cmpuint (rai_import_names_n_created_items (names), ==, 0);

  for (int i = 0; i < 2; i++) {
    g_assert_cmpint (rai_import_names_site (names, "S9", &error)->id, ==, 3);
    g_assert_cmpint (rai_import_names_department (names, "Fish", &error), ==, 3);
    g_assert_cmpint (rai_import_names_supplier (names, "U9", &error), ==, 2);
    g_assert_cmpint (rai_import_names_item (names, "A9", "", "Fish", &error)->id, ==, 6);
  }

  g_assert_no_error (error);
  g_assert_cmpuint (rai_import_names_n_created_items (names), ==, 1);
  g_assert_cmpuint (rai_import_names_n_created_sites (names), ==, 1);
  commit (db);
  g_assert_cmpint (rai_test_number (db, "SELECT count(*) FROM site"
                                        " WHERE id = 3 AND code = 'S9' AND name = 'Shop S9'"
                                        " AND region = 'North' AND currency = 'GBP'"
                                        " AND zone = 'Europe/London' AND rev = 2"),
                   ==, 1);
  g_assert_cmpint (rai_test_number (db, "SELECT count(*) FROM item"
                                        " WHERE id = 6 AND sku = 'A9' AND name = 'A9'"
                                        " AND department_id = 3 AND rev = 2"),
                   ==, 1);
  g_assert_cmpint (
      rai_test_number (db, "SELECT count(*) FROM supplier WHERE code = 'U9' AND name = 'U9'"), ==,
      1);
}

/* A store is also meant by its name, unless two are called so or another has that code. */
static void
sites_by_name (RaiDb *db) {
  rai_test_db_fill (db);
  g_autoptr (GError) error = NULL;
  rai_db_exec (db, "UPDATE site SET name = 'Main Street' WHERE id = 1", &error);
  rai_db_exec (db, "UPDATE site SET name = 'S1' WHERE id = 2", &error);
  g_assert_no_error (error);
  g_autoptr (RaiImportNames) names = open_names (db);
  g_assert_cmpint (rai_import_names_find_site (names, "main street")->id, ==, 1);
  g_assert_cmpint (rai_import_names_find_site (names, "S1")->id, ==, 1);
  rai_db_rollback (db);
  g_clear_pointer (&names, rai_import_names_free);

  rai_db_exec (db, "UPDATE site SET name = 'Main Street'", &error);
  g_assert_no_error (error);
  names = open_names (db);
  g_assert_cmpint (rai_import_names_find_site (names, "Main Street")->id, ==, 0);
  rai_db_rollback (db);
}

/* Sales with a long name are sales all the same. */
static void
long_names (RaiDb *db) {
  g_autoptr (GError) error = NULL;
  g_autoptr (RaiImportNames) names = open_names (db);
  g_autofree char *name = g_strnfill (RAI_ITEM_NAME_MAX + 50, 'x');
  rai_import_names_item (names, "A1", name, "Dairy", &error);
  g_assert_no_error (error);
  commit (db);
  g_assert_cmpint (rai_test_number (db, "SELECT length(name) FROM item"), ==, RAI_ITEM_NAME_MAX);
}

/* First day, last price and the weekdays without sales are learnt from the sales. */
static void
learns (RaiDb *db) {
  g_autoptr (GError) error = NULL;
  g_autoptr (RaiImportNames) names = open_names (db);
  RaiImportSite *site = rai_import_names_site (names, "S1", &error);
  RaiImportItem *item = rai_import_names_item (names, "A1", "Milk", "Dairy", &error);
  RaiImportItem *dear = rai_import_names_item (names, "A2", "Gold", "Dairy", &error);
  g_assert_no_error (error);

  const RaiDay monday = rai_day_from_ymd (2024, 1, 1);
  for (RaiDay day = monday; day < monday + 70; day++)
    if (rai_day_weekday (day) != 7)
      rai_import_names_note_sale (site, item, day, 2 * RAI_QUANTITY_ONE, 2 * (100 + day - monday));
  rai_import_names_note_sale (site, item, monday - 1, -RAI_QUANTITY_ONE, -500);

  /* A sum that no price can be: it teaches nothing, and stops nothing. */
  rai_import_names_note_sale (site, dear, monday, 1, RAI_ITEM_MONEY_MAX);
  rai_import_names_finish (names, &error);
  g_assert_no_error (error);
  commit (db);

  g_assert_cmpint (rai_test_number (db, "SELECT first_day FROM item WHERE sku = 'A1'"), ==,
                   monday - 1);
  g_assert_cmpint (rai_test_number (db, "SELECT price FROM item WHERE sku = 'A1'"), ==, 100 + 68);
  g_assert_cmpint (rai_test_number (db, "SELECT price FROM item WHERE sku = 'A2'"), ==, 0);
  g_assert_cmpint (rai_test_number (db, "SELECT open_weekdays FROM site"), ==, 63);
}

typedef struct {
  RaiDay first, last;
  bool sundays;
} File;

/* Sales of each day but Sunday, or of all; then the site's open weekdays. */
static int64_t
take_file (RaiDb *db, const File *file) {
  g_autoptr (GError) error = NULL;
  g_autoptr (RaiImportNames) names = open_names (db);
  RaiImportSite *site = rai_import_names_site (names, "S1", &error);
  RaiImportItem *item = rai_import_names_item (names, "A1", "Milk", "Dairy", &error);
  g_assert_no_error (error);
  for (RaiDay day = file->first; day <= file->last; day++)
    if (file->sundays || rai_day_weekday (day) != 7) {
      rai_import_names_note_sale (site, item, day, RAI_QUANTITY_ONE, 100);
      rai_db_run (db, &error, "INSERT INTO site_day VALUES (?1, ?2, 1000, 100, 50, 1, 1)", "ii",
                  site->id, (int64_t) day);
      g_assert_no_error (error);
    }
  rai_import_names_finish (names, &error);
  g_assert_no_error (error);
  commit (db);
  return rai_test_number (db, "SELECT open_weekdays FROM site WHERE code = 'S1'");
}

/* A site that begins to open on Sundays does so on the third, in whatever order its files come. */
static void
begins_to_open (RaiDb *db) {
  const RaiDay monday = rai_day_from_ymd (2024, 1, 1);
  const File closed = { monday, monday + 139, false };
  const File two = { monday + 140, monday + 153, true },
             third = { monday + 154, monday + 160, true };
  g_assert_cmpint (take_file (db, &closed), ==, 63);
  g_assert_cmpint (take_file (db, &two), ==, 63);
  g_assert_cmpint (take_file (db, &third), ==, 127);
}

static void
begins_to_open_backwards (RaiDb *db) {
  const RaiDay monday = rai_day_from_ymd (2024, 1, 1);
  const File closed = { monday, monday + 139, false }, open = { monday + 140, monday + 230, true };
  g_assert_cmpint (take_file (db, &open), ==, 127);
  g_assert_cmpint (take_file (db, &closed), ==, 127);
}

/* What a person said is not learnt anew, neither to open nor to close. */
static void
said_stays (RaiDb *db) {
  const RaiDay monday = rai_day_from_ymd (2024, 1, 1);
  const File closed = { monday, monday + 139, false }, open = { monday + 140, monday + 230, true };
  g_autoptr (GError) error = NULL;
  g_assert_cmpint (take_file (db, &closed), ==, 63);
  rai_db_exec (db, "UPDATE site SET open_weekdays = 127, open_since = 20000", &error);
  g_assert_no_error (error);
  rai_db_exec (db, "DELETE FROM site_day", &error);
  g_assert_cmpint (take_file (db, &closed), ==, 127);
  rai_db_exec (db, "UPDATE site SET open_weekdays = 31", &error);
  g_assert_no_error (error);
  g_assert_cmpint (take_file (db, &open), ==, 31);
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  rai_test_db_add ("/import/names/known-and-made", known_and_made);
  rai_test_db_add ("/import/names/sites-by-name", sites_by_name);
  rai_test_db_add ("/import/names/long", long_names);
  rai_test_db_add ("/import/names/learns", learns);
  rai_test_db_add ("/import/names/begins-to-open", begins_to_open);
  rai_test_db_add ("/import/names/begins-to-open-backwards", begins_to_open_backwards);
  rai_test_db_add ("/import/names/said-stays", said_stays);
  return rai_test_db_end (g_test_run ());
}
