/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "import/rai-import-layout.h"

/* Which columns of a file hold the fields of a layout: by headings, and by what --map says.
 * Pure, any thread. */

/* Columns that one field may be made of: a date, a time, and what else stands beside them. */
#define RAI_MATCH_PARTS 4

/* A row that was read ahead. */
typedef struct {
  uint64_t line;
  GPtrArray *texts;    /* char* */
  RaiCsvField *fields; /* into texts */
  bool broken;         /* a quotation mark is not closed, or the line has no end */
} RaiImportRecord;

typedef struct {
  GPtrArray *texts; /* char*: as the file has them */
  GPtrArray *keys;  /* char*: as they are compared */
} RaiImportHeadings;

typedef struct {
  const RaiImportLayout *layout;
  int parts[RAI_N_FIELDS][RAI_MATCH_PARTS]; /* positions; a field's own come first */
  int n_parts[RAI_N_FIELDS];                /* 0: the file has no such column */
  int rivals[RAI_N_FIELDS];                 /* a column with the same heading; -1: none */
  unsigned n_matched;
  unsigned n_missing; /* fields that are required */
  bool by_itself;     /* a preset whose headings are all there */
} RaiImportMatch;

void rai_import_headings_init (RaiImportHeadings *headings, const GPtrArray *texts);
void rai_import_headings_clear (RaiImportHeadings *headings);

void rai_import_match (RaiImportMatch *match, const RaiImportLayout *layout,
                       const RaiImportOptions *options, const RaiImportHeadings *headings);
/* The better of two that look at the same line: the known program, the complete, the fuller. */
bool rai_import_match_is_better (const RaiImportMatch *match, const RaiImportMatch *than);
/* Whether what --map says can be done; sets an error of usage. */
bool rai_import_match_check_map (const RaiImportMatch *match, const RaiImportOptions *options,
                                 const RaiImportHeadings *headings, GError **error);
/* Whether this required field has no column: there may be another way to tell it. */
bool rai_import_match_lacks (const RaiImportMatch *match, const RaiImportColumn *column,
                             const RaiImportOptions *options);
/* Says all missing columns in one message. false: there are some. */
bool rai_import_match_check (const RaiImportMatch *match, const RaiImportOptions *options,
                             const RaiImportHeadings *headings, uint64_t line, GError **error);
/* Decides between columns with the same heading by the first rows (RaiImportRecord), and whether a
 * time of day stands beside its date. Sets an error when two columns may be meant. Notices (char*)
 * say what was decided, and which columns are not read for another is. */
bool rai_import_match_settle (RaiImportMatch *match, const RaiImportHeadings *headings,
                              const GPtrArray *sample, GPtrArray *notices, GError **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (RaiImportHeadings, rai_import_headings_clear)
