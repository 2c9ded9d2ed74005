/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import/rai-import-formats.h"

#include <glib/gstdio.h>
#include <string.h>

/* What is decided from a file's first rows; what the import makes of it is in test-import-file. */

static char *folder;

typedef struct {
  RaiImportOptions options;
  RaiImport import;
  RaiImportFile file;
} Opened;

static void
open_text (Opened *opened, RaiImportOptions options, const char *text) {
  g_autofree char *path = g_build_filename (folder, "rows.csv", NULL);
  g_autoptr (GError) error = NULL;
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  *opened = (Opened){ .options = options };
  opened->options.path = path;
  opened->import.options = &opened->options;
  rai_import_file_look (&opened->file, &opened->import, &error);
  g_assert_no_error (error);
  g_unlink (path);
}

static bool
has_notice (const Opened *opened, const char *text) {
  return g_ptr_array_find_with_equal_func (opened->file.notices, text, g_str_equal, NULL);
}

#define RECEIPTS "site,receipt,time,item,quantity,amount\n"

static void
test_dates (void) {
  Opened opened;
  open_text (&opened, (RaiImportOptions){ 0 }, RECEIPTS "S,1,1/2/26,A,1,1\nS,1,13/2/26,A,1,1\n");
  g_assert_cmpint (opened.import.date_order, ==, RAI_DATE_ORDER_DMY);
  g_assert_true (has_notice (&opened, "dates are read as day/month/year"));
  g_assert_cmpuint (opened.file.faults->len, ==, 0);
  rai_import_file_clear (&opened.file);

  open_text (&opened, (RaiImportOptions){ 0 }, RECEIPTS "S,1,1/2/26,A,1,1\n");
  g_assert_true (opened.file.dates_ambiguous);
  g_assert_cmpuint (opened.file.faults->len, ==, 1);
  rai_import_file_clear (&opened.file);

  open_text (&opened, (RaiImportOptions){ .dates = "mdy" }, RECEIPTS "S,1,1/2/26,A,1,1\n");
  g_assert_cmpint (opened.import.date_order, ==, RAI_DATE_ORDER_MDY);
  g_assert_false (opened.file.dates_ambiguous);
  rai_import_file_clear (&opened.file);
}

static void
test_marks (void) {
  Opened opened;
  open_text (&opened, (RaiImportOptions){ 0 },
             RECEIPTS "S,1,2026-01-02,A,1,\"1.299,00 €\"\nS,1,2026-01-02,A,1,\"(16,50)\"\n");
  g_assert_cmpint (opened.import.decimal, ==, ',');
  rai_import_file_clear (&opened.file);

  open_text (&opened, (RaiImportOptions){ 0 }, RECEIPTS "S,1,2026-01-02,A,1,\"$1,299.00\"\n");
  g_assert_cmpint (opened.import.decimal, ==, '.');
  rai_import_file_clear (&opened.file);

  open_text (&opened, (RaiImportOptions){ 0 }, RECEIPTS "S,1,2026-01-02,A,1,\"$1,299\"\n");
  g_assert_true (opened.file.decimal_ambiguous);
  rai_import_file_clear (&opened.file);
}

static void
check_currency (const char *headings, const char *row, const char *currency) {
  g_autofree char *text = g_strdup_printf ("%s\n%s\n", headings, row);
  Opened opened;
  open_text (&opened, (RaiImportOptions){ .kind = "receipts" }, text);
  g_assert_cmpstr (opened.file.currency, ==, currency);
  rai_import_file_clear (&opened.file);
}

static void
test_currency (void) {
  const char *plain = "site,receipt,time,item,quantity,amount",
             *told = "site,receipt,time,item,quantity,amount,Currency";
  check_currency (plain, "S,1,2026-01-02,A,1,1.00", "");
  check_currency (plain, "S,1,2026-01-02,A,1,$1.00", "USD");
  check_currency (plain, "S,1,2026-01-02,A,1,1.00 SEK", "SEK");
  check_currency (told, "S,1,2026-01-02,A,1,$1.00,CAD", "CAD");
}

static void
test_zone (void) {
  Opened opened;
  open_text (&opened, (RaiImportOptions){ 0 },
             "site,receipt,date,time,time zone,item,quantity,amount\n"
             "S,1,2026-01-02,09:00,Pacific Time (US & Canada),A,1,1\n"
             "S,2,2026-01-02,10:00,Pacific Time (US & Canada),A,1,1\n");
  g_assert_cmpstr (opened.file.zone, ==, "America/Los_Angeles");
  g_assert_true (
      has_notice (&opened, "times are those of America/Los_Angeles: a new store gets this zone"));
  rai_import_file_clear (&opened.file);

  open_text (&opened, (RaiImportOptions){ 0 },
             "site,receipt,time,zone,item,quantity,amount\n"
             "S,1,2026-01-02 09:00,Berlin,A,1,1\nS,2,2026-01-02 10:00,London,A,1,1\n");
  g_assert_null (opened.file.zone);
  rai_import_file_clear (&opened.file);
}

static void
test_period (void) {
  Opened opened;
  open_text (&opened, (RaiImportOptions){ 0 },
             "site,item,date,hour,quantity\nS,A,2026-01-02,00:00,1\nS,A,2026-01-02,09:00,1\n");
  g_assert_cmpstr (opened.import.layout->kind, ==, "sales");
  g_assert_cmpstr (opened.import.period, ==, "hour");
  rai_import_file_clear (&opened.file);

  open_text (&opened, (RaiImportOptions){ 0 }, "site,item,date,quantity\nS,A,2026-01-02,1\n");
  g_assert_cmpstr (opened.import.period, ==, "day");
  rai_import_file_clear (&opened.file);
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  folder = g_dir_make_tmp ("rai-formats-XXXXXX", NULL);
  g_test_add_func ("/import-formats/dates", test_dates);
  g_test_add_func ("/import-formats/marks", test_marks);
  g_test_add_func ("/import-formats/currency", test_currency);
  g_test_add_func ("/import-formats/zone", test_zone);
  g_test_add_func ("/import-formats/period", test_period);

  const int status = g_test_run ();
  g_rmdir (folder);
  g_free (folder);
  return status;
}
