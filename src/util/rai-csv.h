/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <stdbool.h>
#include <stdint.h>

/* Streaming reader of delimited text (RFC 4180 and what real files make of it): memory is one
 * buffer and one record, whatever the file's size. Knows comma, semicolon, tab and bar (found from
 * the first lines unless given, or told by a first line "sep=;"), quotes with line breaks inside,
 * line ends of all systems, a byte order mark, UTF-16 with and without one, and Windows-1252 where
 * bytes are not UTF-8. Not thread-safe. */
typedef struct _RaiCsv RaiCsv;

typedef struct {
  const char *text; /* NUL-terminated UTF-8; valid until the next record is read */
  size_t length;
} RaiCsvField;

#define RAI_CSV_ERROR rai_csv_error_quark ()
typedef enum {
  RAI_CSV_ERROR_QUOTE,  /* a quote is never closed */
  RAI_CSV_ERROR_LONG,   /* one record is longer than 1 MiB */
  RAI_CSV_ERROR_BINARY, /* NUL bytes: not a text file */
} RaiCsvError;
GQuark rai_csv_error_quark (void);

/* delimiter 0: find it. Takes a reference to the stream. */
RaiCsv *rai_csv_new (GInputStream *stream, char delimiter);
void rai_csv_free (RaiCsv *csv);

/* Leaves out spaces around each field's text. */
void rai_csv_set_trim (RaiCsv *csv, bool trim);

/* "UTF-8", "UTF-16LE", "UTF-16BE", or a character set of one byte a character by its iconv name,
 * instead of what is found. false: no such set is known. Before the first record. */
bool rai_csv_set_encoding (RaiCsv *csv, const char *name);

/* Reads the next record. Empty lines are skipped. Returns false at the end (no error set) or on
 * failure (set). */
bool rai_csv_next (RaiCsv *csv, const RaiCsvField **fields, size_t *n_fields, GError **error);
/* After an error of quotes or length: leaves out the line that it began on, so that reading can go
 * on behind it. Returns false at the end of the text. */
bool rai_csv_skip_line (RaiCsv *csv);
/* Whether the next record, or the end, is in the buffer, so that nothing has to be read for it. The
 * buffer begins with 256 KiB of text, or all there is. */
bool rai_csv_is_at_hand (RaiCsv *csv);
/* Whether all of the text was read. */
bool rai_csv_is_over (const RaiCsv *csv);
/* In words: "UTF-8", "UTF-16LE", "Windows-1252" (when a field so far needed it). */
const char *rai_csv_encoding (const RaiCsv *csv);
/* Fields so far that were not UTF-8 and were read as Windows-1252. */
uint64_t rai_csv_n_decoded (const RaiCsv *csv);
/* The line on which the last record began, from 1. */
uint64_t rai_csv_line (const RaiCsv *csv);
/* Bytes taken from the stream so far, for progress. */
uint64_t rai_csv_bytes (const RaiCsv *csv);
char rai_csv_delimiter (const RaiCsv *csv);
/* Position of a column in a header record, ignoring case and surrounding spaces; -1 when absent. */
int rai_csv_column (const RaiCsvField *fields, size_t n_fields, const char *name);

/* Appends one field, quoted when it must be. */
void rai_csv_append (GString *line, const char *text, char delimiter);
/* The same for a text that people wrote, in a file for a spreadsheet: what a spreadsheet would take
 * for a formula gets an apostrophe in front, which it shows as text (OWASP, "CSV injection"). */
void rai_csv_append_text (GString *line, const char *text, char delimiter);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RaiCsv, rai_csv_free)
