/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "import/rai-import-layouts.h"

/* What a file looks like, before anything is brought in: recognised as rai_import_run recognises it
 * (one code path), each thing open to correction by the options. No database, any thread; reads the
 * first 256 KiB of the text, so that the largest file answers at once. */

/* No field. */
#define RAI_FIELD_NONE (-1)

typedef struct {
  char *heading;
  int field;   /* RaiImportField that the column holds; RAI_FIELD_NONE */
  bool joined; /* with other columns of the same field */
} RaiImportLookColumn;

typedef struct {
  uint64_t line;
  char **texts;          /* as many as there are columns; ends with NULL */
  const char **problems; /* by column: why the text cannot be read, NULL: it can; static */
  const char *problem;   /* of the row as a whole; NULL: none; static */
  bool skipped;          /* a total, a payment: no row of the kind */
} RaiImportLookRow;

typedef struct {
  const RaiImportLayout *layout; /* kind, preset and title */
  GPtrArray *plausible;          /* const RaiImportLayout*: what it may be, best first */
  char delimiter;
  const char *encoding; /* "UTF-8", "UTF-16LE", "Windows-1252", ... */
  char decimal;         /* '.' or ',' */
  bool decimal_ambiguous;
  RaiDateOrder dates;
  bool dates_ambiguous;
  const char *period;    /* of sales: "hour", "day", "week"; NULL: rows say, or it is no total */
  char currency[4];      /* that the file writes; "": none */
  const char *zone;      /* that the file writes; NULL: none */
  uint64_t heading_line; /* from 1 */
  unsigned n_above;      /* rows above the headings */
  uint64_t size;         /* of the file, packed or not; 0: unknown */
  bool whole;            /* the rows are all there are */
  GPtrArray *columns;    /* RaiImportLookColumn */
  GPtrArray *rows;       /* RaiImportLookRow: the first 50 */
  unsigned n_looked_at;  /* rows that were read */
  unsigned n_problems;   /* of them, those with a problem */
  GArray *missing;       /* RaiImportField: required, and no column holds it */
  GPtrArray *faults;     /* char*: what must be told before the file can be brought in */
  GPtrArray *notices;    /* char*: what was decided */
  char *encoding_text;   /* what encoding points to */
} RaiImportLook;

/* options: path, and what is known better than by the file (kind, preset, delimiter, encoding,
 * dates, decimal, period, map, site). false: the file cannot be read at all, and error says what
 * it is. A file with faults can be looked at. */
bool rai_import_look (const char *path, const RaiImportOptions *options, RaiImportLook *look,
                      GError **error);
void rai_import_look_clear (RaiImportLook *look);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (RaiImportLook, rai_import_look_clear)
