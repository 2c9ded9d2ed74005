/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "import/rai-import.h"

/* Imports of small files that tests write as texts. Errors that are not expected end the test. */

/* Imports a file that brings its stores along: in EUR and UTC where neither the options, the file
 * nor its preset say. */
bool rai_test_import_new_sites (RaiDb *db, RaiImportOptions options, RaiImportResult *result,
                                GError **error);
/* Imports a text; the options' path is set here. The rejects file is removed afterwards. */
RaiImportResult rai_test_import (RaiDb *db, RaiImportOptions options, const char *text);
/* The same, expecting read, added, unchanged and rejected rows. */
void rai_test_import_expect (RaiDb *db, RaiImportOptions options, const char *text, uint64_t added,
                             uint64_t unchanged, uint64_t rejected);
/* Expects a failure whose message holds every one of the parts (ends with NULL). */
void rai_test_import_fail (RaiDb *db, RaiImportOptions options, const char *text, int code,
                           ...) G_GNUC_NULL_TERMINATED;
/* Expects one rejected row, and its reason. */
void rai_test_import_reject (RaiDb *db, RaiImportOptions options, const char *text,
                             const char *reason, uint64_t line);
/* One number from the database. */
int64_t rai_test_number (RaiDb *db, const char *sql);
/* Whatever is kept twice must agree. */
void rai_test_verify (RaiDb *db);
/* The path of a file of tests/data. */
char *rai_test_data (const char *name);
