/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "import/rai-import-shape.h"

/* The file below an import: opened and unpacked, the line of its headings found and matched to a
 * layout's columns, its first rows read ahead to decide how it writes dates, numbers and money. The
 * same for an import and for a look at the file; no database, any thread. */
typedef struct {
  GInputStream *base; /* as stored, packed or not */
  uint64_t size;      /* of base; 0: unknown */
  char *path;         /* of a file; NULL: a stream */
  int64_t changed_at; /* of the file when it was opened, ns */
  uint64_t inode;
  RaiCsv *csv;
  GPtrArray *header; /* char* */
  uint64_t header_line;
  unsigned n_above;     /* rows above the headings, passed over */
  GPtrArray *sample;    /* RaiImportRecord: the first rows, to be taken before the rest is read */
  GPtrArray *notices;   /* char*: what was decided */
  GPtrArray *faults;    /* GError*: what must be told before the file can be brought in */
  GPtrArray *plausible; /* const RaiImportLayout*: what the file may be, best first */
  RaiImportMatch match;
  RaiImportShape *shape;
  bool dates_ambiguous;
  bool decimal_ambiguous;
  char currency[4]; /* that the file writes, "": none */
  const char *zone; /* IANA's name of the zone that all its first rows name; NULL: none */
} RaiImportFile;

/* Fills the import's layout, columns, dates, decimal and period. Only what cannot be read at all is
 * an error here: the rest is in faults. */
bool rai_import_file_look (RaiImportFile *file, RaiImport *import, GError **error);
/* The same; a fault is an error. */
bool rai_import_file_open (RaiImportFile *file, RaiImport *import, GError **error);
void rai_import_file_clear (RaiImportFile *file);
/* Bytes of base that were read. */
uint64_t rai_import_file_tell (const RaiImportFile *file);
/* false (and an error is set): somebody wrote to the file, or put another in its place, since it
 * was opened. */
bool rai_import_file_is_same (const RaiImportFile *file, GError **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (RaiImportFile, rai_import_file_clear)
