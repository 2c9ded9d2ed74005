/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "util/rai-file-kind.h"

#include <glib.h>
#include <stdbool.h>
#include <string.h>

#define EXCEL "this is an Excel workbook: save it as CSV (comma separated) and bring that in"
#define IMAGE "this is an image, not a table: export the table as CSV and bring that in"

typedef struct {
  const char *magic;
  size_t length;
  size_t offset;
  const char *inside; /* a name that must stand in the first bytes; NULL: none */
  const char *fault;
} Kind;

/* Signatures: "PRONOM", The National Archives. The first that fits tells. */
static const Kind kinds[] = {
  { "PK\003\004", 4, 0, "mimetypeapplication/vnd.oasis.opendocument.spreadsheet",
    "this is a LibreOffice workbook: save it as CSV (Text CSV) and bring that in" },
  { "PK\003\004", 4, 0, "xl/", EXCEL },
  { "PK\003\004", 4, 0, "[Content_Types].xml", EXCEL },
  { "PK\003\004", 4, 0, NULL,
    "this is a ZIP archive: unpack it and bring in the files inside, one by one" },
  { "PK\005\006", 4, 0, NULL, "this is an empty ZIP archive: there is nothing to bring in" },
  { "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 8, 0, NULL, EXCEL },
  { "%PDF", 4, 0, NULL,
    "this is a PDF document: export the table as CSV where it came from, and bring that in" },
  { "\x89PNG\r\n\x1a\n", 8, 0, NULL, IMAGE },
  { "\xff\xd8\xff", 3, 0, NULL, IMAGE },
  { "GIF8", 4, 0, NULL, IMAGE },
  { "WEBP", 4, 8, NULL, IMAGE },
  { "II*\0", 4, 0, NULL, IMAGE },
  { "MM\0*", 4, 0, NULL, IMAGE },
  { "ftyp", 4, 4, NULL, IMAGE },
  { "Rar!\x1a\x07", 6, 0, NULL,
    "this is a RAR archive: unpack it and bring in the files inside, one by one" },
  { "7z\xbc\xaf\x27\x1c", 6, 0, NULL,
    "this is a 7-Zip archive: unpack it and bring in the files inside, one by one" },
  { "SQLite format 3", 15, 0, NULL,
    "this is a database: export its table as CSV and bring that in" },
  { "<!DOCTYPE html", 14, 0, NULL,
    "this is a web page: open it in a spreadsheet, save it as CSV and bring that in" },
  { "<html", 5, 0, NULL,
    "this is a web page: open it in a spreadsheet, save it as CSV and bring that in" },
};

/* Names stand uncompressed in an archive's first entries. */
static bool
holds (const char *bytes, size_t n, const char *name) {
  const size_t length = strlen (name);
  for (size_t i = 0; i + length <= n; i++)
    if (memcmp (bytes + i, name, length) == 0)
      return true;
  return false;
}

const char *
rai_file_kind_fault (const void *bytes, size_t n) {
  for (size_t i = 0; i < G_N_ELEMENTS (kinds); i++) {
    const Kind *kind = &kinds[i];
    if (n >= kind->offset + kind->length &&
        memcmp ((const char *) bytes + kind->offset, kind->magic, kind->length) == 0 &&
        (kind->inside == NULL || holds (bytes, n, kind->inside)))
      return kind->fault;
  }
  return NULL;
}
