/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rai-test-import.h"

#include "db/rai-verify.h"

#include <glib/gstdio.h>
#include <stdarg.h>
#include <string.h>

typedef struct {
  char *folder;
  char *path;
} Scratch;

static Scratch
write_scratch (const char *text) {
  Scratch scratch = { g_dir_make_tmp ("rai-import-XXXXXX", NULL) };
  scratch.path = g_build_filename (scratch.folder, "rows.csv", NULL);
  g_autoptr (GError) error = NULL;
  g_file_set_contents (scratch.path, text, -1, &error);
  g_assert_no_error (error);
  return scratch;
}

static void
remove_scratch (Scratch *scratch) {
  g_autofree char *rejects = g_build_filename (scratch->folder, "rows.rejects.csv", NULL);
  g_unlink (rejects);
  g_unlink (scratch->path);
  g_assert_cmpint (g_rmdir (scratch->folder), ==, 0);
  g_free (scratch->path);
  g_free (scratch->folder);
}

bool
rai_test_import_new_sites (RaiDb *db, RaiImportOptions options, RaiImportResult *result,
                           GError **error) {
  static const struct {
    const char *currency, *zone;
  } answers[] = { { NULL, NULL }, { "EUR", NULL }, { NULL, "UTC" }, { "EUR", "UTC" } };
  const RaiImportOptions given = options;
  options.new_sites = true;

  for (size_t i = 0;; i++) {
    g_autoptr (GError) failure = NULL;
    options.currency = given.currency != NULL ? given.currency : answers[i].currency;
    options.zone = given.zone != NULL ? given.zone : answers[i].zone;
    if (rai_import_run (db, &options, result, &failure))
      return true;
    if (i + 1 == G_N_ELEMENTS (answers) ||
        strstr (failure->message, "say in which time zone") == NULL) {
      g_propagate_error (error, g_steal_pointer (&failure));
      return false;
    }
    rai_import_result_clear (result);
  }
}

RaiImportResult
rai_test_import (RaiDb *db, RaiImportOptions options, const char *text) {
  Scratch scratch = write_scratch (text);
  options.path = scratch.path;

  RaiImportResult result;
  g_autoptr (GError) error = NULL;
  rai_test_import_new_sites (db, options, &result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (result.read, ==,
                    result.added + result.unchanged + result.aside + result.skipped +
                        result.rejected);
  g_assert_cmpint (result.rejects_file != NULL, ==, result.rejected > 0 && !options.dry_run);
  remove_scratch (&scratch);

  return result;
}

void
rai_test_import_expect (RaiDb *db, RaiImportOptions options, const char *text, uint64_t added,
                        uint64_t unchanged, uint64_t rejected) {
  g_auto (RaiImportResult) result = rai_test_import (db, options, text);
  for (unsigned i = 0; i < result.reasons->len; i++)
    g_test_message ("%s", ((const RaiImportReason *) result.reasons->pdata[i])->reason);
  g_assert_cmpuint (result.added, ==, added);
  g_assert_cmpuint (result.unchanged, ==, unchanged);
  g_assert_cmpuint (result.rejected, ==, rejected);
}

void
rai_test_import_fail (RaiDb *db, RaiImportOptions options, const char *text, int code, ...) {
  Scratch scratch = write_scratch (text);
  options.path = scratch.path;
  g_auto (RaiImportResult) result = { 0 };
  g_autoptr (GError) error = NULL;
  g_assert_false (code == RAI_IMPORT_ERROR_SITE
                      ? rai_import_run (db, &options, &result, &error)
                      : rai_test_import_new_sites (db, options, &result, &error));
  g_assert_error (error, RAI_IMPORT_ERROR, code);

  va_list parts;
  va_start (parts, code);
  for (const char *part; (part = va_arg (parts, const char *)) != NULL;)
    if (strstr (error->message, part) == NULL)
      g_error ("“%s” is not in “%s”", part, error->message);

  va_end (parts);
  remove_scratch (&scratch);
}

void
rai_test_import_reject (RaiDb *db, RaiImportOptions options, const char *text, const char *reason,
                        uint64_t line) {
  g_auto (RaiImportResult) result = rai_test_import (db, options, text);
  g_assert_cmpuint (result.rejected, ==, 1);
  const RaiImportReason *first = result.reasons->pdata[0];
  g_assert_cmpstr (first->reason, ==, reason);
  g_assert_cmpuint (first->first_line, ==, line);
}

int64_t
rai_test_number (RaiDb *db, const char *sql) {
  int64_t value;
  g_autoptr (GError) error = NULL;
  rai_db_get_int (db, sql, NULL, 0, 0, &value, &error);
  g_assert_no_error (error);
  return value;
}

void
rai_test_verify (RaiDb *db) {
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) findings = rai_verify_run (db, NULL, NULL, &error);
  g_assert_no_error (error);
  for (unsigned i = 0; i < findings->len; i++)
    g_test_message ("%s", (const char *) findings->pdata[i]);
  g_assert_cmpuint (findings->len, ==, 0);
}

char *
rai_test_data (const char *name) {
  return g_test_build_filename (G_TEST_DIST, "data", name, NULL);
}
