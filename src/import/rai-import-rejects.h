/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "util/rai-csv.h"

/* Rows that an import leaves out: counted by reason, and written with line number and reason to a
 * file that is made when the first one comes. */
typedef struct _RaiImportRejects RaiImportRejects;

typedef struct {
  const char *reason;
  uint64_t count;
  uint64_t first_line;
  char *example; /* the value that was wrong in the first; may be NULL */
} RaiImportReason;

/* path NULL: only counts. header: the file's first line, copied. */
RaiImportRejects *
rai_import_rejects_new (const char *path, const char *fallback_path, const RaiCsvField *header,
                        size_t n_header, char delimiter);
void rai_import_rejects_free (RaiImportRejects *rejects);

/* reason: a static string. value may be NULL. */
bool rai_import_rejects_add (RaiImportRejects *rejects, uint64_t line, const char *reason,
                             const char *value, const RaiCsvField *fields, size_t n_fields,
                             GError **error);
uint64_t rai_import_rejects_count (const RaiImportRejects *rejects);
/* Ends the file. Returns its path, NULL when there is none; owned by the rejects. */
const char *rai_import_rejects_close (RaiImportRejects *rejects, GError **error);
/* RaiImportReason, most frequent first; owned by the rejects. */
const GPtrArray *rai_import_rejects_reasons (RaiImportRejects *rejects);
/* "dir/sales.csv.zst" -> "dir/sales.rejects.csv"; "-" -> "stdin.rejects.csv". */
char *rai_import_rejects_path (const char *path);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RaiImportRejects, rai_import_rejects_free)
