/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "util/rai-csv.h"

#include <string.h>

#define CHUNK (256 * 1024)
#define RECORD_MAX (1024 * 1024)

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
  g_array_unref (csv->fields);
  g_ptr_array_unref (csv->decoded);
  g_free (csv);
}

void
rai_csv_set_trim (RaiCsv *csv, bool trim) {
  csv->trim = trim;
}

/* Reads more behind what is there. Returns false on failure; at the end of the file `ended` is
 * set. */
static bool
fill (RaiCsv *csv, GError **error) {
  if (csv->filled == csv->size) {
    csv->size *= 2;
    csv->buffer = g_realloc (csv->buffer, csv->size + 1);
  }

  ssize_t got = g_input_stream_read (csv->stream, csv->buffer + csv->filled,
                                     csv->size - csv->filled, NULL, error);
  if (got < 0)
    return false;
  if (got == 0)
    csv->ended = true;

  csv->filled += (size_t) got;
  csv->bytes += (uint64_t) got;
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

static char
find_delimiter (const char *text, size_t length) {
  static const char candidates[] = { ',', ';', '\t', '|' };
  size_t counts[G_N_ELEMENTS (candidates)] = { 0 };
  bool quoted = false;

  for (size_t i = 0; i < length && (quoted || text[i] != '\n'); i++) {
    if (text[i] == '"')
      quoted = !quoted;
    for (size_t c = 0; c < G_N_ELEMENTS (candidates) && !quoted; c++)
      counts[c] += text[i] == candidates[c];
  }

  size_t best = 0;
  for (size_t c = 1; c < G_N_ELEMENTS (candidates); c++)
    if (counts[c] > counts[best])
      best = c;

  return candidates[best];
}

/* Puts a converter in front of the stream and decodes what was read before it. */
static bool
decode_utf16 (RaiCsv *csv, const char *charset, GError **error) {
  g_autoptr (GCharsetConverter) converter = g_charset_converter_new ("UTF-8", charset, error);
  if (converter == NULL)
    return false;
  g_autoptr (GInputStream) head = g_memory_input_stream_new_from_data (
      g_memdup2 (csv->buffer + 2, csv->filled - 2), (gssize) csv->filled - 2, g_free);

  /* Join what is in hand with the rest: read it all, UTF-16 files are spreadsheets, not
   * archives. */
  g_autoptr (GOutputStream) whole = g_memory_output_stream_new_resizable ();

  if (g_output_stream_splice (whole, head, G_OUTPUT_STREAM_SPLICE_NONE, NULL, error) < 0 ||
      g_output_stream_splice (whole, csv->stream, G_OUTPUT_STREAM_SPLICE_CLOSE_TARGET, NULL,
                              error) < 0)
    return false;

  g_autoptr (GBytes) bytes = g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (whole));
  g_autoptr (GInputStream) memory = g_memory_input_stream_new_from_bytes (bytes);
  g_object_unref (csv->stream);
  csv->stream = g_converter_input_stream_new (memory, G_CONVERTER (converter));
  csv->filled = 0;
  csv->ended = false;

  return fill (csv, error);
}

static bool
start (RaiCsv *csv, GError **error) {
  csv->started = true;
  while (csv->filled < 4 && !csv->ended)
    if (!fill (csv, error))
      return false;

  const unsigned char *head = (const unsigned char *) csv->buffer;
  if (csv->filled >= 2 && head[0] == 0xff && head[1] == 0xfe) {
    if (!decode_utf16 (csv, "UTF-16LE", error))
      return false;
  } else if (csv->filled >= 2 && head[0] == 0xfe && head[1] == 0xff) {
    if (!decode_utf16 (csv, "UTF-16BE", error))
      return false;
  } else if (csv->filled >= 3 && head[0] == 0xef && head[1] == 0xbb && head[2] == 0xbf) {
    csv->at = 3;
  }

  if (csv->filled >= 4 && memcmp (head, "PK\003\004", 4) == 0) {
    g_set_error (error, RAI_CSV_ERROR, RAI_CSV_ERROR_BINARY,
                 "this is a spreadsheet or a zip archive, not a text file; save the table as CSV "
                 "(UTF-8) first");
    return false;
  }

  if (csv->delimiter == 0)
    csv->delimiter = find_delimiter (csv->buffer + csv->at, csv->filled - csv->at);
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
    } else if (c == '\n') {
      return (ssize_t) i;
    } else {
      *state = c == csv->delimiter ? SCAN_START : SCAN_PLAIN;
    }
  }

  *scanned = csv->filled;
  return csv->ended && *state != SCAN_QUOTED ? (ssize_t) csv->filled : -1;
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
  if (!g_utf8_validate_len (text, length, NULL)) {
    char *utf8 = g_convert (text, (gssize) length, "UTF-8", "WINDOWS-1252", NULL, NULL, NULL);
    if (utf8 == NULL)
      utf8 = g_utf8_make_valid (text, (gssize) length);
    g_ptr_array_add (csv->decoded, utf8);
    csv->n_decoded++;
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
count_lines (const char *text, size_t length) {
  size_t lines = 0;
  const char *end = text + length;
  for (const char *at = text; (at = memchr (at, '\n', (size_t) (end - at))) != NULL; at++)
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
    csv->line += count_lines (text, length) + 1;
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
  const char *feed = memchr (csv->buffer + csv->at, '\n', csv->filled - csv->at);
  csv->record_line = csv->line++;
  csv->at = feed != NULL ? (size_t) (feed - csv->buffer) + 1 : csv->filled;
  return true;
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
