/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "util/rai-csv.h"

#include "util/rai-file-kind.h"

#include <string.h>

#define CHUNK (256 * 1024)
#define RECORD_MAX (1024 * 1024)
/* Lines that are looked at to find what parts the columns: enough to see past titles. */
#define LINES_LOOKED_AT 50
/* Bytes that are looked at to find UTF-16 without a mark. */
#define HEAD_LOOKED_AT 1024

typedef enum {
  RAI_CSV_FOUND, /* not asked for */
  RAI_CSV_UTF8,
  RAI_CSV_UTF16LE,
  RAI_CSV_UTF16BE,
  RAI_CSV_BYTES, /* one byte a character */
} RaiCsvEncoding;

/* buffer[at..filled) is text not read yet; one byte past filled is always ours, for a NUL. Fields
 * of the current record point into the buffer, which moves only at the start of a record. */
struct _RaiCsv {
  GInputStream *stream;
  char *buffer;
  size_t size;
  size_t at;
  size_t filled;
  bool ended;
  bool started;
  bool trim;
  char delimiter;
  char newline; /* '\n', or '\r' in files of old Macs */
  RaiCsvEncoding encoding;
  RaiCsvEncoding wanted; /* found, or as asked for */
  char *charset;         /* of one byte a character, as asked for; NULL: none */
  unsigned char *raw;    /* UTF-16 that is not decoded yet */
  size_t raw_filled;
  unsigned high; /* the first half of a pair, 0: none */
  uint64_t line; /* line of the text at `at` */
  uint64_t record_line;
  uint64_t bytes;
  GArray *fields;     /* RaiCsvField */
  GPtrArray *decoded; /* fields of this record that were not UTF-8 */
  uint64_t n_decoded;
};

GQuark
rai_csv_error_quark (void) {
  return g_quark_from_static_string ("rai-csv-error");
}

RaiCsv *
rai_csv_new (GInputStream *stream, char delimiter) {
  RaiCsv *csv = g_new0 (RaiCsv, 1);
  csv->stream = g_object_ref (stream);
  csv->delimiter = delimiter;
  csv->newline = '\n';
  csv->line = 1;
  csv->size = CHUNK;
  csv->buffer = g_malloc (csv->size + 1);
  csv->fields = g_array_new (FALSE, FALSE, sizeof (RaiCsvField));
  csv->decoded = g_ptr_array_new_with_free_func (g_free);

  return csv;
}

void
rai_csv_free (RaiCsv *csv) {
  if (csv == NULL)
    return;
  g_object_unref (csv->stream);
  g_free (csv->buffer);
  g_free (csv->raw);
  g_free (csv->charset);
  g_array_unref (csv->fields);
  g_ptr_array_unref (csv->decoded);
  g_free (csv);
}

void
rai_csv_set_trim (RaiCsv *csv, bool trim) {
  csv->trim = trim;
}

bool
rai_csv_set_encoding (RaiCsv *csv, const char *name) {
  if (g_ascii_strcasecmp (name, "UTF-8") == 0 || g_ascii_strcasecmp (name, "UTF8") == 0) {
    csv->wanted = RAI_CSV_UTF8;
  } else if (g_ascii_strcasecmp (name, "UTF-16LE") == 0) {
    csv->wanted = RAI_CSV_UTF16LE;
  } else if (g_ascii_strcasecmp (name, "UTF-16BE") == 0) {
    csv->wanted = RAI_CSV_UTF16BE;
  } else {
    GIConv converter = g_iconv_open ("UTF-8", name);
    /* An ASCII letter must be one byte: others would be parted in the middle of a character. */
    char letter[] = "A", out[8];
    char *from = letter, *to = out;
    size_t n_from = 1, n_to = sizeof out;
    bool known = converter != (GIConv) -1 &&
                 g_iconv (converter, &from, &n_from, &to, &n_to) != (size_t) -1 && to - out == 1 &&
                 out[0] == 'A';
    if (converter != (GIConv) -1)
      g_iconv_close (converter);
    if (!known)
      return false;
    g_free (csv->charset);
    csv->charset = g_ascii_strup (name, -1);
    csv->wanted = RAI_CSV_BYTES;
  }

  return true;
}

static bool
read_bytes (RaiCsv *csv, void *to, size_t most, size_t *got, GError **error) {
  ssize_t n = g_input_stream_read (csv->stream, to, most, NULL, error);
  if (n < 0)
    return false;
  *got = (size_t) n;
  csv->bytes += (uint64_t) n;
  return true;
}

static void
append_character (RaiCsv *csv, gunichar character) {
  csv->filled += (size_t) g_unichar_to_utf8 (character, csv->buffer + csv->filled);
}

/* One unit of UTF-16: a half without its other becomes the replacement character. */
static void
take_unit (RaiCsv *csv, unsigned unit) {
  const bool low = unit >= 0xdc00 && unit <= 0xdfff;
  if (csv->high != 0) {
    append_character (csv, low ? 0x10000 + ((csv->high - 0xd800) << 10) + (unit - 0xdc00) : 0xfffd);
    csv->high = 0;
    if (low)
      return;
  }

  if (unit >= 0xd800 && unit <= 0xdbff)
    csv->high = unit;
  else
    append_character (csv, low ? 0xfffd : unit);
}

/* Decodes what is raw, as far as it has come, behind what is in the buffer. Each unit takes three
 * bytes at most, and a left half three more. */
static void
decode (RaiCsv *csv) {
  const int high = csv->encoding == RAI_CSV_UTF16BE ? 0 : 1;
  size_t at = 0;

  for (; at + 1 < csv->raw_filled && csv->size - csv->filled >= 8; at += 2)
    take_unit (csv,
               (unsigned) csv->raw[at + (size_t) high] << 8 | csv->raw[at + 1 - (size_t) high]);
  csv->raw_filled -= at;
  memmove (csv->raw, csv->raw + at, csv->raw_filled);
}

static bool
fill_utf16 (RaiCsv *csv, GError **error) {
  size_t got = 0;
  if (csv->raw_filled < CHUNK &&
      !read_bytes (csv, csv->raw + csv->raw_filled, CHUNK - csv->raw_filled, &got, error))
    return false;
  csv->raw_filled += got;

  const size_t before = csv->filled;
  decode (csv);
  csv->ended = got == 0 && csv->filled == before && csv->raw_filled < 2;
  return true;
}

/* Reads more behind what is there. Returns false on failure; at the end of the file `ended` is
 * set. */
static bool
fill (RaiCsv *csv, GError **error) {
  if (csv->size - csv->filled < 16) {
    csv->size *= 2;
    csv->buffer = g_realloc (csv->buffer, csv->size + 1);
  }

  if (csv->encoding == RAI_CSV_UTF16LE || csv->encoding == RAI_CSV_UTF16BE)
    return fill_utf16 (csv, error);

  size_t got;
  if (!read_bytes (csv, csv->buffer + csv->filled, csv->size - csv->filled, &got, error))
    return false;
  csv->ended = got == 0;
  csv->filled += got;

  return true;
}

/* Moves the rest of the buffer to its front and tops it up. */
static bool
refill (RaiCsv *csv, GError **error) {
  memmove (csv->buffer, csv->buffer + csv->at, csv->filled - csv->at);
  csv->filled -= csv->at;
  csv->at = 0;
  return fill (csv, error);
}

/* ---- What the file is ---- */

static const char delimiters[] = { ',', ';', '\t', '|' };

/* Lines by how often each delimiter stands in them, outside of quotes. */
typedef struct {
  unsigned counts[LINES_LOOKED_AT][G_N_ELEMENTS (delimiters)];
  size_t n_lines;
} DelimiterCounts;

static void
count_delimiters (const RaiCsv *csv, DelimiterCounts *lines) {
  const char *text = csv->buffer + csv->at;
  const size_t length = csv->filled - csv->at;
  bool quoted = false, field_begins = true, empty = true;

  for (size_t i = 0; i < length && lines->n_lines < LINES_LOOKED_AT; i++) {
    const char c = text[i];
    if (c == '"' && (quoted || field_begins)) {
      quoted = !quoted;
    } else if (c == csv->newline && !quoted) {
      lines->n_lines += !empty;
      empty = true;
      field_begins = true;
      continue;
    }
    field_begins = false;
    empty = empty && c == '\r';
    for (size_t d = 0; d < G_N_ELEMENTS (delimiters) && !quoted; d++)
      if (c == delimiters[d]) {
        lines->counts[lines->n_lines][d]++;
        field_begins = true;
      }
  }

  lines->n_lines += !empty && csv->ended && lines->n_lines < LINES_LOOKED_AT;
  /* A first line that is longer than what was read. */
  if (lines->n_lines == 0)
    lines->n_lines = 1;
}

/* The one that stands equally often in the most lines: titles above a table, and commas in its
 * numbers, do not stand in each line alike. */
static char
find_delimiter (const RaiCsv *csv) {
  DelimiterCounts lines = { 0 };
  size_t best = 0, best_lines = 0;
  unsigned best_count = 0;
  count_delimiters (csv, &lines);

  for (size_t d = 0; d < G_N_ELEMENTS (delimiters); d++)
    for (size_t i = 0; i < lines.n_lines; i++) {
      const unsigned count = lines.counts[i][d];
      size_t alike = 0;
      for (size_t j = 0; j < lines.n_lines; j++)
        alike += lines.counts[j][d] == count;
      if (count > 0 && (alike > best_lines || (alike == best_lines && count > best_count))) {
        best = d;
        best_lines = alike;
        best_count = count;
      }
    }

  return delimiters[best];
}

/* Lines end with a carriage return alone where no line feed stands outside of quotes. */
static char
find_newline (const RaiCsv *csv) {
  bool quoted = false, returns = false;
  for (size_t i = csv->at; i < csv->filled; i++) {
    const char c = csv->buffer[i];
    if (c == '"')
      quoted = !quoted;
    else if (c == '\n' && !quoted)
      return '\n';
    returns =
        returns || (c == '\r' && !quoted && i + 1 < csv->filled && csv->buffer[i + 1] != '\n');
  }
  return returns ? '\r' : '\n';
}

/* "sep=;", as spreadsheets write it above a table. */
static void
take_separator_line (RaiCsv *csv) {
  const char *text = csv->buffer + csv->at;
  const size_t length = csv->filled - csv->at;
  const size_t quote = length > 0 && text[0] == '"';
  if (length < quote * 2 + 5 || g_ascii_strncasecmp (text + quote, "sep=", 4) != 0)
    return;

  size_t end = quote + 5;
  if (quote == 1 && text[end++] != '"')
    return;
  if (end < length && text[end] == '\r' && csv->newline == '\n')
    end++;
  if (end < length && text[end] != csv->newline)
    return;

  if (csv->delimiter == 0)
    csv->delimiter = text[quote + 4];
  csv->at += MIN (end + 1, length);
  csv->line++;
}

/* By its mark, or because every other byte of Latin text is zero. */
static RaiCsvEncoding
find_encoding (const unsigned char *head, size_t n) {
  size_t zeros[2] = { 0 };
  if (n >= 2 && head[0] == 0xff && head[1] == 0xfe)
    return RAI_CSV_UTF16LE;
  if (n >= 2 && head[0] == 0xfe && head[1] == 0xff)
    return RAI_CSV_UTF16BE;

  const size_t pairs = MIN (n, HEAD_LOOKED_AT) / 2;
  for (size_t i = 0; i < pairs * 2; i++)
    zeros[i % 2] += head[i] == 0;
  if (pairs >= 2 && zeros[1] * 2 > pairs && zeros[0] * 4 < pairs)
    return RAI_CSV_UTF16LE;
  if (pairs >= 2 && zeros[0] * 2 > pairs && zeros[1] * 4 < pairs)
    return RAI_CSV_UTF16BE;
  return RAI_CSV_UTF8;
}

/* Takes what was read for what it is. */
static bool
begin_utf16 (RaiCsv *csv, GError **error) {
  csv->raw = g_malloc (CHUNK);
  csv->raw_filled = MIN (csv->filled, CHUNK); /* start reads no more than a chunk */
  memcpy (csv->raw, csv->buffer, csv->raw_filled);
  csv->filled = 0;
  csv->ended = false;

  const bool marked = csv->raw_filled >= 2 && ((csv->raw[0] == 0xff && csv->raw[1] == 0xfe) ||
                                               (csv->raw[0] == 0xfe && csv->raw[1] == 0xff));
  if (marked) {
    csv->raw_filled -= 2;
    memmove (csv->raw, csv->raw + 2, csv->raw_filled);
  }

  while (csv->filled + 16 <= CHUNK && !csv->ended)
    if (!fill (csv, error))
      return false;
  return true;
}

static bool
start (RaiCsv *csv, GError **error) {
  csv->started = true;
  while (csv->filled + 16 <= CHUNK && !csv->ended)
    if (!fill (csv, error))
      return false;

  const char *fault = rai_file_kind_fault (csv->buffer, csv->filled);
  if (fault != NULL) {
    g_set_error_literal (error, RAI_CSV_ERROR, RAI_CSV_ERROR_BINARY, fault);
    return false;
  }

  const unsigned char *head = (const unsigned char *) csv->buffer;
  csv->encoding = csv->wanted != RAI_CSV_FOUND ? csv->wanted : find_encoding (head, csv->filled);
  if (csv->encoding == RAI_CSV_UTF16LE || csv->encoding == RAI_CSV_UTF16BE) {
    if (!begin_utf16 (csv, error))
      return false;
  } else if (csv->filled >= 3 && head[0] == 0xef && head[1] == 0xbb && head[2] == 0xbf) {
    csv->at = 3;
  }

  csv->newline = find_newline (csv);
  take_separator_line (csv);
  if (csv->delimiter == 0)
    csv->delimiter = find_delimiter (csv);
  return true;
}

/* Where the search for a record's end stands: kept while more text is read. */
typedef enum { SCAN_START, SCAN_PLAIN, SCAN_QUOTED, SCAN_QUOTE } ScanState;

/* Offset of the end of the record that starts at `at` (its line feed or the end of text), or -1
 * when more is needed. A quotation mark opens a quote only at the start of a field: 5" pipe is text
 * like any other. */
static ssize_t
record_end (const RaiCsv *csv, size_t *scanned, ScanState *state) {
  const char *text = csv->buffer;
  for (size_t i = *scanned; i < csv->filled; i++) {
    char c = text[i];
    if (*state == SCAN_QUOTED) {
      const char *quote = memchr (text + i, '"', csv->filled - i);
      if (quote == NULL)
        break;
      i = (size_t) (quote - text);
      *state = SCAN_QUOTE;
    } else if (c == '"' && *state != SCAN_PLAIN) {
      *state = SCAN_QUOTED; /* the field's first mark, or the second of a doubled one */
    } else if (c == csv->newline) {
      return (ssize_t) i;
    } else {
      *state = c == csv->delimiter ? SCAN_START : SCAN_PLAIN;
    }
  }

  *scanned = csv->filled;
  return csv->ended && *state != SCAN_QUOTED ? (ssize_t) csv->filled : -1;
}

static char *
convert (RaiCsv *csv, const char *text, size_t length) {
  const char *charset = csv->charset != NULL ? csv->charset : "WINDOWS-1252";
  char *utf8 = csv->wanted == RAI_CSV_UTF8
                   ? NULL
                   : g_convert (text, (gssize) length, "UTF-8", charset, NULL, NULL, NULL);

  csv->n_decoded += csv->charset == NULL;
  return utf8 != NULL ? utf8 : g_utf8_make_valid (text, (gssize) length);
}

static void
add_field (RaiCsv *csv, char *text, size_t length) {
  while (csv->trim && length > 0 && (*text == ' ' || *text == '\t')) {
    text++;
    length--;
  }

  while (csv->trim && length > 0 && (text[length - 1] == ' ' || text[length - 1] == '\t'))
    length--;
  text[length] = '\0';

  RaiCsvField field = { text, length };
  if (csv->charset != NULL || !g_utf8_validate_len (text, length, NULL)) {
    char *utf8 = convert (csv, text, length);
    g_ptr_array_add (csv->decoded, utf8);
    field = (RaiCsvField){ utf8, strlen (utf8) };
  }

  g_array_append_val (csv->fields, field);
}

/* Unquotes the field at *at in place; leaves *at behind its delimiter. Returns false at the end of
 * the record. */
static bool
split_quoted (RaiCsv *csv, char **at, char *end) {
  char *text = *at + 1, *out = text, *in = text;
  bool open = true;
  for (; in < end; in++) {
    if (open && *in == '"' && in + 1 < end && in[1] == '"')
      *out++ = *in++;
    else if (open && *in == '"')
      open = false;
    else if (!open && *in == csv->delimiter)
      break;
    else
      *out++ = *in;
  }

  *at = in + 1;
  bool more = in < end;
  add_field (csv, text, (size_t) (out - text));

  return more;
}

static void
split (RaiCsv *csv, char *at, char *end) {
  g_array_set_size (csv->fields, 0);
  g_ptr_array_set_size (csv->decoded, 0);

  bool more = true;
  while (more) {
    if (at < end && *at == '"') {
      more = split_quoted (csv, &at, end);
      continue;
    }
    char *delimiter = memchr (at, csv->delimiter, (size_t) (end - at));
    more = delimiter != NULL;
    char *stop = more ? delimiter : end;
    char *next = stop + 1;
    add_field (csv, at, (size_t) (stop - at));
    at = next;
  }
}

static size_t
count_lines (const char *text, size_t length, char newline) {
  size_t lines = 0;
  const char *end = text + length;
  for (const char *at = text; (at = memchr (at, newline, (size_t) (end - at))) != NULL; at++)
    lines++;
  return lines;
}

/* Finds the record that starts at `at`, reading more as needed. Returns false at the end or on
 * failure. */
static bool
find_record (RaiCsv *csv, size_t *end, GError **error) {
  size_t scanned = csv->at;
  ScanState state = SCAN_START;

  ssize_t found;
  while ((found = record_end (csv, &scanned, &state)) < 0) {
    if (csv->ended) {
      g_set_error (error, RAI_CSV_ERROR, RAI_CSV_ERROR_QUOTE,
                   "line %" G_GUINT64_FORMAT ": a quotation mark is opened and never closed",
                   csv->line);
      return false;
    }
    if (csv->filled - csv->at > RECORD_MAX) {
      g_set_error (error, RAI_CSV_ERROR, RAI_CSV_ERROR_LONG,
                   "line %" G_GUINT64_FORMAT
                   ": the line is longer than 1 MiB; is a quotation mark left open?",
                   csv->line);
      return false;
    }
    scanned -= csv->at;
    if (!refill (csv, error))
      return false;
  }

  *end = (size_t) found;
  return true;
}

bool
rai_csv_next (RaiCsv *csv, const RaiCsvField **fields, size_t *n_fields, GError **error) {
  if (!csv->started && !start (csv, error))
    return false;
  for (;;) {
    if (csv->at >= csv->filled) {
      if (csv->ended)
        return false;
      if (!refill (csv, error))
        return false;
      continue;
    }
    size_t end;
    if (!find_record (csv, &end, error))
      return false;
    char *text = csv->buffer + csv->at;
    size_t length = end - csv->at;
    if (memchr (text, '\0', length) != NULL) {
      g_set_error (error, RAI_CSV_ERROR, RAI_CSV_ERROR_BINARY,
                   "line %" G_GUINT64_FORMAT
                   ": holds NUL bytes; this is not a text file (save the table as CSV in UTF-8)",
                   csv->line);
      return false;
    }
    csv->record_line = csv->line;
    csv->line += count_lines (text, length, csv->newline) + 1;
    csv->at = end + 1;
    if (length > 0 && text[length - 1] == '\r')
      length--;
    if (length == 0)
      continue;
    split (csv, text, text + length);
    *fields = (const RaiCsvField *) csv->fields->data;
    *n_fields = csv->fields->len;
    return true;
  }
}

bool
rai_csv_skip_line (RaiCsv *csv) {
  if (csv->at >= csv->filled)
    return false;
  const char *feed = memchr (csv->buffer + csv->at, csv->newline, csv->filled - csv->at);
  csv->record_line = csv->line++;
  csv->at = feed != NULL ? (size_t) (feed - csv->buffer) + 1 : csv->filled;
  return true;
}

bool
rai_csv_is_at_hand (RaiCsv *csv) {
  size_t scanned = csv->at;
  ScanState state = SCAN_START;
  return csv->started && (csv->ended || record_end (csv, &scanned, &state) >= 0);
}

bool
rai_csv_is_over (const RaiCsv *csv) {
  return csv->ended && csv->at >= csv->filled;
}

const char *
rai_csv_encoding (const RaiCsv *csv) {
  switch (csv->encoding) {
    case RAI_CSV_UTF16LE:
      return "UTF-16LE";
    case RAI_CSV_UTF16BE:
      return "UTF-16BE";
    case RAI_CSV_BYTES:
      return csv->charset;
    default:
      return csv->n_decoded > 0 && csv->wanted == RAI_CSV_FOUND ? "Windows-1252" : "UTF-8";
  }
}

uint64_t
rai_csv_line (const RaiCsv *csv) {
  return csv->record_line;
}

uint64_t
rai_csv_n_decoded (const RaiCsv *csv) {
  return csv->n_decoded;
}

uint64_t
rai_csv_bytes (const RaiCsv *csv) {
  return csv->bytes;
}

char
rai_csv_delimiter (const RaiCsv *csv) {
  return csv->delimiter;
}

int
rai_csv_column (const RaiCsvField *fields, size_t n_fields, const char *name) {
  for (size_t i = 0; i < n_fields; i++) {
    g_autofree char *text = g_strstrip (g_strdup (fields[i].text));
    if (g_ascii_strcasecmp (text, name) == 0)
      return (int) i;
  }
  return -1;
}

void
rai_csv_append (GString *line, const char *text, char delimiter) {
  const char specials[] = { delimiter, '"', '\n', '\r', '\0' };
  if (strpbrk (text, specials) == NULL) {
    g_string_append (line, text);
    return;
  }

  g_string_append_c (line, '"');
  for (const char *at = text; *at != '\0'; at++) {
    if (*at == '"')
      g_string_append_c (line, '"');
    g_string_append_c (line, *at);
  }

  g_string_append_c (line, '"');
}

void
rai_csv_append_text (GString *line, const char *text, char delimiter) {
  /* The last four are the full-width forms of the first four, which some spreadsheets take too. */
  static const char *const starts[] = {
    "=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"
  };
  bool formula = false;

  for (size_t i = 0; i < G_N_ELEMENTS (starts); i++)
    formula = formula || g_str_has_prefix (text, starts[i]);

  g_autofree char *defused = formula ? g_strconcat ("'", text, NULL) : NULL;
  rai_csv_append (line, formula ? defused : text, delimiter);
}
