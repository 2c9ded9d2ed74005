/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import/rai-import-file.h"

#include "proto/rai-zstd.h"
#include "util/rai-decimal.h"

#include <gio/gunixinputstream.h>
#include <string.h>
#include <unistd.h>

#define SAMPLE_ROWS 1000

static void
free_record (void *data) {
  RaiImportRecord *record = data;
  g_ptr_array_unref (record->texts);
  g_free (record->fields);
  g_free (record);
}

void
rai_import_file_clear (RaiImportFile *file) {
  g_clear_object (&file->base);
  g_clear_pointer (&file->csv, rai_csv_free);
  g_clear_pointer (&file->header, g_ptr_array_unref);
  g_clear_pointer (&file->sample, g_ptr_array_unref);
  g_clear_pointer (&file->notices, g_ptr_array_unref);
}

uint64_t
rai_import_file_tell (const RaiImportFile *file) {
  return G_IS_SEEKABLE (file->base) ? (uint64_t) g_seekable_tell (G_SEEKABLE (file->base))
                                    : rai_csv_bytes (file->csv);
}

static bool
open_stream (RaiImportFile *file, const char *path, GError **error) {
  if (strcmp (path, "-") == 0) {
    file->base = g_unix_input_stream_new (STDIN_FILENO, FALSE);
    return true;
  }

  g_autoptr (GFile) source = g_file_new_for_path (path);
  g_autoptr (GFileInputStream) stream = g_file_read (source, NULL, error);
  if (stream == NULL)
    return false;

  g_autoptr (GFileInfo) info =
      g_file_input_stream_query_info (stream, G_FILE_ATTRIBUTE_STANDARD_SIZE, NULL, NULL);
  file->size = info != NULL ? (uint64_t) g_file_info_get_size (info) : 0;
  file->base = G_INPUT_STREAM (g_steal_pointer (&stream));

  return true;
}

/* ---- Header ---- */

static int
find_column (const RaiImportColumn *column, const RaiCsvField *fields, size_t n_fields) {
  g_auto (GStrv) names = g_strsplit (column->names, "|", -1);
  for (int i = 0; names[i] != NULL; i++) {
    int position = rai_csv_column (fields, n_fields, names[i]);
    if (position >= 0)
      return position;
  }
  return -1;
}

/* "site (or store, shop), receipt, ..." */
static char *
describe_columns (const RaiImportLayout *layout) {
  GString *text = g_string_new ("");
  for (const RaiImportColumn *column = layout->columns; column->names != NULL; column++) {
    if (!column->required)
      continue;
    g_auto (GStrv) names = g_strsplit (column->names, "|", 2);
    g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", names[0]);
    if (names[1] != NULL) {
      g_auto (GStrv) others = g_strsplit (names[1], "|", -1);
      g_autofree char *joined = g_strjoinv (", ", others);
      g_string_append_printf (text, " (or %s)", joined);
    }
  }

  return g_string_free (text, FALSE);
}

static bool
needed (const RaiImport *import, const RaiImportColumn *column) {
  if (column->field == RAI_FIELD_SITE &&
      (import->options->site != NULL || import->layout->site_code != NULL))
    return false;
  return column->required;
}

/* The preset whose required columns are all there. */
static const char *
fitting_preset (const RaiImport *import, const RaiCsvField *fields, size_t n_fields) {
  for (const RaiImportLayout *layout = rai_import_layouts; layout->kind != NULL; layout++) {
    bool fits = layout->preset != NULL && strcmp (layout->kind, import->layout->kind) == 0;
    for (const RaiImportColumn *column = layout->columns; fits && column->names != NULL; column++)
      fits = !column->required || find_column (column, fields, n_fields) >= 0;
    if (fits)
      return layout->preset;
  }
  return NULL;
}

static bool
fail_header (const RaiImport *import, const char *missing, const RaiCsvField *fields,
             size_t n_fields, GError **error) {
  g_autofree char *wanted = describe_columns (import->layout);
  g_autoptr (GString) text = g_string_new (NULL);
  g_string_printf (text, "line 1: the column %s is missing. Looked for: %s. Found: ", missing,
                   wanted);
  for (size_t i = 0; i < n_fields; i++)
    g_string_append_printf (text, "%s%.60s", i > 0 ? ", " : "", fields[i].text);

  g_string_append_c (text, '.');
  const char *preset = fitting_preset (import, fields, n_fields);
  if (n_fields == 1)
    g_string_append (
        text,
        " The line is a single column: if its columns are parted by something else than comma, "
        "semicolon, tab or bar, say so with --delimiter.");
  else if (preset != NULL && import->layout->preset == NULL)
    g_string_append_printf (text, " These columns fit --preset %s.", preset);
  else if (strcmp (missing, "site") == 0)
    g_string_append (text, " If the whole file is about one site, give its code with --site.");

  g_set_error_literal (error, RAI_IMPORT_ERROR, RAI_IMPORT_ERROR_HEADER, text->str);
  return false;
}

static bool
match_header (RaiImport *import, const RaiCsvField *fields, size_t n_fields, GError **error) {
  for (int i = 0; i < RAI_N_FIELDS; i++)
    import->columns[i] = -1;

  bool wants_money = false;
  for (const RaiImportColumn *column = import->layout->columns; column->names != NULL; column++) {
    int position = find_column (column, fields, n_fields);
    import->columns[column->field] = position;
    wants_money |=
        column->field == RAI_FIELD_AMOUNT && strcmp (import->layout->kind, "receipts") == 0;
    if (position < 0 && needed (import, column)) {
      g_auto (GStrv) names = g_strsplit (column->names, "|", 2);
      return fail_header (import, names[0], fields, n_fields, error);
    }
  }

  if (wants_money && !rai_import_has (import, RAI_FIELD_AMOUNT) &&
      !rai_import_has (import, RAI_FIELD_PRICE))
    return fail_header (import, "amount (or price)", fields, n_fields, error);

  return true;
}

static bool
read_header (RaiImportFile *file, RaiImport *import, GError **error) {
  const RaiCsvField *fields;
  size_t n_fields;
  g_autoptr (GError) failure = NULL;

  if (!rai_csv_next (file->csv, &fields, &n_fields, &failure)) {
    g_set_error (error, RAI_IMPORT_ERROR, RAI_IMPORT_ERROR_FILE, "%s",
                 failure != NULL ? failure->message : "the file is empty");
    return false;
  }

  for (size_t i = 0; i < n_fields; i++)
    g_ptr_array_add (file->header, g_strdup (fields[i].text));
  return match_header (import, fields, n_fields, error);
}

/* ---- The first rows ---- */

static void
keep_record (RaiImportFile *file, const RaiCsvField *fields, size_t n_fields) {
  RaiImportRecord *record = g_new0 (RaiImportRecord, 1);
  record->line = rai_csv_line (file->csv);
  record->texts = g_ptr_array_new_with_free_func (g_free);
  record->fields = g_new (RaiCsvField, MAX (n_fields, 1));

  for (size_t i = 0; i < n_fields; i++) {
    char *text = g_strdup (fields[i].text);
    g_ptr_array_add (record->texts, text);
    record->fields[i] = (RaiCsvField){ text, fields[i].length };
  }

  record->broken = n_fields == 0;
  g_ptr_array_add (file->sample, record);
}

static bool
read_sample (RaiImportFile *file, GError **error) {
  const RaiCsvField *fields;
  size_t n_fields;
  while (file->sample->len < SAMPLE_ROWS) {
    g_autoptr (GError) failure = NULL;
    if (rai_csv_next (file->csv, &fields, &n_fields, &failure)) {
      keep_record (file, fields, n_fields);
    } else if (failure == NULL) {
      break;
    } else if (failure->domain == RAI_CSV_ERROR && failure->code != RAI_CSV_ERROR_BINARY &&
               rai_csv_skip_line (file->csv)) {
      keep_record (file, NULL, 0);
    } else {
      g_set_error (error, RAI_IMPORT_ERROR, RAI_IMPORT_ERROR_FILE, "%s", failure->message);
      return false;
    }
  }

  return true;
}

/* Text of a column in a sampled row, NULL when there is none or it is empty. */
static const char *
sampled (const RaiImportFile *file, unsigned row, int column) {
  const RaiImportRecord *record = file->sample->pdata[row];
  if (column < 0 || (unsigned) column >= record->texts->len ||
      *(const char *) record->texts->pdata[column] == '\0')
    return NULL;
  return record->texts->pdata[column];
}

static bool
fail_dates (const RaiImportFile *file, int column, bool ambiguous, GError **error) {
  unsigned row = 0;
  while (sampled (file, row, column) == NULL)
    row++;

  const RaiImportRecord *record = file->sample->pdata[row];
  const char *heading = file->header->pdata[column], *text = sampled (file, row, column);
  if (ambiguous)
    g_set_error (error, RAI_IMPORT_ERROR, RAI_IMPORT_ERROR_FORMAT,
                 "the column “%s” can be read as day/month and as month/day in all of the first %u "
                 "rows (line "
                 "%" G_GUINT64_FORMAT
                 ": “%s”); say which with --date-format dmy or --date-format mdy",
                 heading, file->sample->len, record->line, text);
  else
    g_set_error (
        error, RAI_IMPORT_ERROR, RAI_IMPORT_ERROR_FORMAT,
        "the column “%s” holds no dates that can be read (line %" G_GUINT64_FORMAT
        ": “%s”); known are forms like 2024-01-31, 2024-01-31 18:05, 31.1.2024, 1/31/2024 6:05 PM",
        heading, record->line, text);

  return false;
}

static bool
decide_dates (RaiImportFile *file, RaiImport *import, GError **error) {
  int column = import->columns[RAI_FIELD_TIME];
  if (import->options->dates != NULL) {
    if (rai_date_order_from_id (import->options->dates, &import->date_order))
      return true;
    g_set_error (error, RAI_IMPORT_ERROR, RAI_IMPORT_ERROR_USAGE,
                 "the date format is ymd, dmy or mdy, not “%s”", import->options->dates);
    return false;
  }

  RaiDateOrderVote vote = { 0 };
  for (unsigned row = 0; row < file->sample->len; row++)
    if (sampled (file, row, column) != NULL)
      rai_date_order_vote (&vote, sampled (file, row, column));

  bool ambiguous;
  if (vote.texts == 0)
    return true;
  if (!rai_date_order_decide (&vote, &import->date_order, &ambiguous))
    return fail_dates (file, column, ambiguous, error);
  if (import->date_order != RAI_DATE_ORDER_YMD)
    g_ptr_array_add (file->notices,
                     g_strdup_printf ("dates are read as %s",
                                      import->date_order == RAI_DATE_ORDER_DMY ? "day/month/year"
                                                                               : "month/day/year"));

  return true;
}

/* Sales with a time other than midnight are totals of an hour. */
static bool
decide_period (RaiImportFile *file, RaiImport *import, GError **error) {
  const char *period = import->options->period;
  if (period != NULL && strcmp (period, "hour") != 0 && strcmp (period, "day") != 0 &&
      strcmp (period, "week") != 0) {
    g_set_error (error, RAI_IMPORT_ERROR, RAI_IMPORT_ERROR_USAGE,
                 "the period is hour, day or week, not “%s”", period);
    return false;
  }

  import->period = period;
  if (strcmp (import->layout->kind, "sales") != 0 || period != NULL ||
      rai_import_has (import, RAI_FIELD_PERIOD))
    return true;

  for (unsigned row = 0; row < file->sample->len && import->period == NULL; row++) {
    const char *text = sampled (file, row, import->columns[RAI_FIELD_TIME]);
    RaiImportTime time;
    if (text != NULL && rai_import_time_parse (text, import->date_order, &time) && time.second > 0)
      import->period = "hour";
  }

  if (import->period != NULL)
    g_ptr_array_add (file->notices, g_strdup ("rows are totals of an hour"));
  else
    import->period = "day";

  return true;
}

/* ---- Decimal marks ---- */

typedef struct {
  unsigned point, comma,
      either; /* texts that only one mark can read; that both read, as different numbers */
  const char *point_text, *comma_text, *either_text;
} MarkVote;

static void
vote_mark (MarkVote *vote, const char *text) {
  int64_t as_point = 0, as_comma = 0;
  bool point = rai_decimal_parse (text, -1, 3, '.', &as_point),
       comma = rai_decimal_parse (text, -1, 3, ',', &as_comma);

  if (point && !comma) {
    vote->point++;
    vote->point_text = text;
  } else if (comma && !point) {
    vote->comma++;
    vote->comma_text = text;
  } else if (point && as_point != as_comma) {
    vote->either++;
    vote->either_text = text;
  }
}

static bool
decide_mark (const MarkVote *vote, char *mark, GError **error) {
  *mark = vote->comma > vote->point ? ',' : '.';
  /* One odd row may be a slip of the pen: it will be rejected. Many are a file with two ways of
   * writing. */
  if (MIN (vote->point, vote->comma) * 20 > MAX (vote->point, vote->comma)) {
    g_set_error (error, RAI_IMPORT_ERROR, RAI_IMPORT_ERROR_FORMAT,
                 "numbers are written with a decimal point (“%s”) and with a decimal comma (“%s”); "
                 "say which is meant "
                 "with --decimal . or --decimal ,",
                 vote->point_text, vote->comma_text);
    return false;
  }

  if (vote->point == 0 && vote->comma == 0 && vote->either > 0) {
    g_set_error (error, RAI_IMPORT_ERROR, RAI_IMPORT_ERROR_FORMAT,
                 "“%s” may be thousands or a fraction, and no number in the first rows tells; say "
                 "which mark is the "
                 "decimal one with --decimal . or --decimal ,",
                 vote->either_text);
    return false;
  }

  return true;
}

static bool
decide_decimals (RaiImportFile *file, RaiImport *import, GError **error) {
  char wanted = import->options->decimal;
  if (wanted != 0) {
    import->decimal = wanted;
    return true;
  }

  MarkVote vote = { 0 };
  for (const RaiImportColumn *column = import->layout->columns; column->names != NULL; column++)
    for (unsigned row = 0; column->type == RAI_COLUMN_DECIMAL && row < file->sample->len; row++) {
      const char *text = sampled (file, row, import->columns[column->field]);
      if (text != NULL)
        vote_mark (&vote, text);
    }

  if (!decide_mark (&vote, &import->decimal, error))
    return false;
  if (import->decimal == ',')
    g_ptr_array_add (file->notices, g_strdup ("numbers are read with a decimal comma"));

  return true;
}

bool
rai_import_file_open (RaiImportFile *file, RaiImport *import, GError **error) {
  g_autoptr (GError) failure = NULL;
  file->header = g_ptr_array_new_with_free_func (g_free);
  file->sample = g_ptr_array_new_with_free_func (free_record);
  file->notices = g_ptr_array_new_with_free_func (g_free);

  if (!open_stream (file, import->options->path, &failure)) {
    g_set_error (error, RAI_IMPORT_ERROR, RAI_IMPORT_ERROR_FILE, "%s", failure->message);
    return false;
  }

  g_autoptr (GInputStream) text = rai_zstd_open_any (file->base, &failure);
  if (text == NULL) {
    g_set_error (error, RAI_IMPORT_ERROR, RAI_IMPORT_ERROR_FILE, "%s", failure->message);
    return false;
  }

  file->csv = rai_csv_new (text, import->options->delimiter);
  rai_csv_set_trim (file->csv, true);
  return read_header (file, import, error) && read_sample (file, error) &&
         decide_dates (file, import, error) && decide_period (file, import, error) &&
         decide_decimals (file, import, error);
}
