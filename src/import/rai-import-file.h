/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "import/rai-import-layout.h"

/* The file below an import: opened and unpacked, its header matched to the layout's columns, its
 * first rows read ahead to decide how it writes dates and decimals. */
typedef struct {
  GInputStream *base; /* as stored, packed or not */
  uint64_t size;      /* of base; 0: unknown */
  RaiCsv *csv;
  GPtrArray *header;  /* char* */
  GPtrArray *sample;  /* RaiImportRecord: the first rows, to be imported before the rest is read */
  GPtrArray *notices; /* char*: what was decided */
} RaiImportFile;

typedef struct {
  uint64_t line;
  GPtrArray *texts;    /* char* */
  RaiCsvField *fields; /* into texts */
  bool broken;         /* a quotation mark is not closed, or the line has no end */
} RaiImportRecord;

/* Also fills the import's columns, dates, decimal and period. */
bool rai_import_file_open (RaiImportFile *file, RaiImport *import, GError **error);
void rai_import_file_clear (RaiImportFile *file);
/* Bytes of base that were read. */
uint64_t rai_import_file_tell (const RaiImportFile *file);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (RaiImportFile, rai_import_file_clear)
