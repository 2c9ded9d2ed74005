/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/rai-identity.h"
#include "db/rai-db.h"
#include "import/rai-import-rejects.h"

/* The kind of a file that is to be found by its headings. */
#define RAI_IMPORT_AUTO "auto"

/* Files of others into the database: streamed, in transactions of many rows, through the writers of
 * db/. Wrong rows are counted and written to a file with line number and reason, good rows go in;
 * the same file again adds nothing. The whole is the command "import.file": who may not is refused,
 * and its end has a row in the audit log. Runs on the connection's thread. */

/* Bytes of the file as it lies there, read and in all (0: unknown), and the rows so far. */
typedef struct {
  uint64_t bytes, size;
  uint64_t read, added, unchanged, aside, skipped, rejected;
} RaiImportProgress;

typedef struct {
  const RaiIdentity *caller; /* NULL: the program itself */
  const char *id;         /* UUID of the command; NULL: a new one. A known one does nothing again */
  const char *kind;       /* "receipts", "sales", "items", "suppliers", "stock"; NULL, "" or
                           * "auto": found by the headings */
  const char *preset;     /* NULL: our own columns, or a program's that its headings tell */
  const char *path;       /* .csv, .csv.zst, .csv.gz; "-": standard input */
  const char *name;       /* what the file is called; NULL: as in path */
  const char *rejects;    /* file for rejected rows; NULL: named after path */
  const char *dates;      /* "ymd", "dmy", "mdy"; NULL: found from the first rows */
  const char *period;     /* sales: "hour", "day", "week"; NULL: found */
  const char *const *map; /* "FIELD=COLUMN", ends with NULL: a heading or a number from 1, several
                           * joined by '+', or nothing for a field that has no column; NULL: none */
  const char *encoding;   /* "UTF-8", "UTF-16LE", "Windows-1252", ...; NULL: found */
  const char *site;       /* code of the site of rows that name none */
  const char *currency;   /* of sites that are made; NULL: the file's or the preset's */
  const char *zone;       /* of sites that are made; NULL: the file's or the preset's */
  unsigned rows_a_commit; /* 0: as many as serve the database best */
  char decimal;           /* '.' or ','; 0: found */
  char delimiter;         /* 0: found */
  bool dry_run;           /* everything but the writing */
  bool new_sites; /* sites that are not there are made, in zone and currency; where a preset says
                     both they always are */
  /* Told now and then; false: stop. NULL: nobody wants to know. */
  bool (*progress) (const RaiImportProgress *progress, void *data);
  void *progress_data;
} RaiImportOptions;

typedef struct {
  bool repeated; /* the id was known: the first counts again, and nothing was done */
  uint64_t read; /* = added + unchanged + aside + skipped + rejected */
  uint64_t added;
  uint64_t unchanged;
  uint64_t aside; /* rows of receipts whose time or day cannot be meant: kept, see db/rai-aside.h */
  uint64_t skipped; /* rows that are no sale: totals, payments */
  uint64_t rejected;
  unsigned receipts_aside;
  unsigned new_sites;
  unsigned new_items;
  GPtrArray *reasons; /* RaiImportReason, most frequent first; owned by rejects */
  char *rejects_file; /* NULL: none was written */
  GPtrArray *notices; /* texts: how the file was understood */
  double seconds;
  RaiImportRejects *rejects;
} RaiImportResult;
void rai_import_result_clear (RaiImportResult *result);

#define RAI_IMPORT_ERROR rai_import_error_quark ()
typedef enum {
  RAI_IMPORT_ERROR_USAGE,     /* no such kind or preset, options that do not fit */
  RAI_IMPORT_ERROR_FILE,      /* not there, not text, damaged */
  RAI_IMPORT_ERROR_HEADER,    /* columns that are needed are missing */
  RAI_IMPORT_ERROR_FORMAT,    /* dates or decimals that cannot be read, or in two ways */
  RAI_IMPORT_ERROR_REFUSED,   /* the caller may not */
  RAI_IMPORT_ERROR_SITE,      /* a site that is not there, and nobody said how to make it */
  RAI_IMPORT_ERROR_CANCELLED, /* whom the progress was told said stop */
} RaiImportError;
GQuark rai_import_error_quark (void);
/* "header"; the id of a code, for programs. */
const char *rai_import_error_id (RaiImportError code);

bool rai_import_run (RaiDb *db, const RaiImportOptions *options, RaiImportResult *result,
                     GError **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (RaiImportResult, rai_import_result_clear)
