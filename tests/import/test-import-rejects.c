/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import/rai-import-rejects.h"

#include <glib/gstdio.h>
#include <string.h>

static const RaiCsvField header[] = { { "item", 4 }, { "name", 4 } };
static const RaiCsvField row[] = { { "1", 1 }, { "a, \"b\"", 6 } };

static void
test_path (void) {
  g_autofree char *packed = rai_import_rejects_path ("dir/sales.csv.zst");
  g_autofree char *plain = rai_import_rejects_path ("sales.csv");
  g_autofree char *other = rai_import_rejects_path ("sales");
  g_autofree char *standard = rai_import_rejects_path ("-");
  g_assert_cmpstr (packed, ==, "dir/sales.rejects.csv");
  g_assert_cmpstr (plain, ==, "sales.rejects.csv");
  g_assert_cmpstr (other, ==, "sales.rejects.csv");
  g_assert_cmpstr (standard, ==, "stdin.rejects.csv");
}

static void
test_counts (void) {
  g_autoptr (RaiImportRejects) rejects = rai_import_rejects_new (NULL, NULL, header, 2, ',');
  g_assert_true (rai_import_rejects_add (rejects, 3, "rare", "x", row, 2, NULL));
  g_assert_true (rai_import_rejects_add (rejects, 4, "often", NULL, row, 2, NULL));
  g_assert_true (rai_import_rejects_add (rejects, 9, "often", "y", row, 2, NULL));
  g_assert_cmpuint (rai_import_rejects_count (rejects), ==, 3);

  const GPtrArray *reasons = rai_import_rejects_reasons (rejects);
  g_assert_cmpuint (reasons->len, ==, 2);

  const RaiImportReason *first = reasons->pdata[0], *second = reasons->pdata[1];
  g_assert_cmpstr (first->reason, ==, "often");
  g_assert_cmpuint (first->count, ==, 2);
  g_assert_cmpuint (first->first_line, ==, 4);
  g_assert_null (first->example);
  g_assert_cmpstr (second->example, ==, "x");
  g_assert_null (rai_import_rejects_close (rejects, NULL));
}

static void
test_file (void) {
  g_autofree char *folder = g_dir_make_tmp ("rai-rejects-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "out.csv", NULL);
  g_autofree char *nowhere = g_build_filename (folder, "missing", "out.csv", NULL);

  g_autoptr (GError) error = NULL;
  /* The first place cannot be written: the second is taken. */
  g_autoptr (RaiImportRejects) rejects = rai_import_rejects_new (nowhere, path, header, 2, ';');
  g_assert_true (rai_import_rejects_add (rejects, 3, "bad", NULL, row, 2, &error));
  g_assert_cmpstr (rai_import_rejects_close (rejects, &error), ==, path);
  g_assert_no_error (error);

  g_autofree char *text = NULL;
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "line;reason;item;name\n3;bad;1;\"a, \"\"b\"\"\"\n");
  g_autoptr (RaiImportRejects) none = rai_import_rejects_new (nowhere, NULL, header, 2, ',');
  g_assert_false (rai_import_rejects_add (none, 3, "bad", NULL, row, 2, &error));
  g_assert_nonnull (strstr (error->message, "--rejects"));
  g_unlink (path);
  g_rmdir (folder);
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/import-rejects/path", test_path);
  g_test_add_func ("/import-rejects/counts", test_counts);
  g_test_add_func ("/import-rejects/file", test_file);
  return g_test_run ();
}
