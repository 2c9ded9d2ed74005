/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import/rai-import-formats.h"

#include "import/rai-import-money.h"
#include "import/rai-import-zone.h"

#include <string.h>

/* Text of a field in a sampled row, NULL when there is none or it is empty. Of a field that is
 * joined: of its first column, in which the date stands. */
static const char *
sampled (const RaiImportFile *file, unsigned row, RaiImportField field) {
  const RaiImportRecord *record = file->sample->pdata[row];
  const int column = file->match.n_parts[field] > 0 ? file->match.parts[field][0] : -1;
  if (column < 0 || (unsigned) column >= record->texts->len ||
      *(const char *) record->texts->pdata[column] == '\0')
    return NULL;
  return record->texts->pdata[column];
}

static void
G_GNUC_PRINTF (3, 4) add_fault (RaiImportFile *file, int code, const char *format, ...) {
  va_list arguments;
  va_start (arguments, format);
  g_ptr_array_add (file->faults, g_error_new_valist (RAI_IMPORT_ERROR, code, format, arguments));
  va_end (arguments);
}

/* ---- Dates ---- */

static void
blame_dates (RaiImportFile *file, bool ambiguous) {
  unsigned row = 0;
  while (sampled (file, row, RAI_FIELD_TIME) == NULL)
    row++;

  const RaiImportRecord *record = file->sample->pdata[row];
  const char *heading = file->header->pdata[file->match.parts[RAI_FIELD_TIME][0]];
  const char *text = sampled (file, row, RAI_FIELD_TIME);
  if (ambiguous)
    add_fault (file, RAI_IMPORT_ERROR_FORMAT,
               "the column “%s” can be read as day/month and as month/day in all of the first %u "
               "rows (line "
               "%" G_GUINT64_FORMAT
               ": “%s”); say which with --date-format dmy or --date-format mdy",
               heading, file->sample->len, record->line, text);
  else
    add_fault (
        file, RAI_IMPORT_ERROR_FORMAT,
        "the column “%s” holds no dates that can be read (line %" G_GUINT64_FORMAT
        ": “%s”); known are forms like 2024-01-31, 2024-01-31 18:05, 31.1.2024, 1/31/2024 6:05 PM",
        heading, record->line, text);
}

static void
decide_dates (RaiImportFile *file, RaiImport *import) {
  if (import->options->dates != NULL) {
    if (!rai_date_order_from_id (import->options->dates, &import->date_order))
      add_fault (file, RAI_IMPORT_ERROR_USAGE, "the date format is ymd, dmy or mdy, not “%s”",
                 import->options->dates);
    return;
  }

  RaiDateOrderVote vote = { 0 };
  for (unsigned row = 0; row < file->sample->len; row++)
    if (sampled (file, row, RAI_FIELD_TIME) != NULL)
      rai_date_order_vote (&vote, sampled (file, row, RAI_FIELD_TIME));

  if (vote.texts == 0)
    return;
  if (!rai_date_order_decide (&vote, &import->date_order, &file->dates_ambiguous))
    blame_dates (file, file->dates_ambiguous);
  else if (import->date_order != RAI_DATE_ORDER_YMD)
    g_ptr_array_add (file->notices,
                     g_strdup_printf ("dates are read as %s",
                                      import->date_order == RAI_DATE_ORDER_DMY ? "day/month/year"
                                                                               : "month/day/year"));
}

/* ---- Periods ---- */

/* A time of day other than midnight, in the date or beside it. */
static bool
tells_hour (const RaiImportFile *file, const RaiImport *import, unsigned row) {
  const RaiImportRecord *record = file->sample->pdata[row];
  g_autoptr (GString) text = g_string_new (NULL);
  RaiImportTime time;
  for (int p = 0; p < file->match.n_parts[RAI_FIELD_TIME]; p++) {
    const int column = file->match.parts[RAI_FIELD_TIME][p];
    if ((unsigned) column < record->texts->len)
      g_string_append_printf (text, "%s ", (const char *) record->texts->pdata[column]);
  }
  return rai_import_time_parse (text->str, import->date_order, &time) && time.second > 0;
}

/* Sales with a time other than midnight are totals of an hour. */
static void
decide_period (RaiImportFile *file, RaiImport *import) {
  const char *period = import->options->period;
  if (period != NULL && strcmp (period, "hour") != 0 && strcmp (period, "day") != 0 &&
      strcmp (period, "week") != 0)
    add_fault (file, RAI_IMPORT_ERROR_USAGE, "the period is hour, day or week, not “%s”", period);

  import->period = period;
  if (strcmp (import->layout->kind, "sales") != 0 || period != NULL ||
      file->match.n_parts[RAI_FIELD_PERIOD] > 0)
    return;

  for (unsigned row = 0; row < file->sample->len && import->period == NULL; row++)
    if (tells_hour (file, import, row))
      import->period = "hour";

  if (import->period != NULL)
    g_ptr_array_add (file->notices, g_strdup ("rows are totals of an hour"));
  else
    import->period = "day";
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
  char currency[RAI_CURRENCY_SIZE];
  bool point = rai_import_money_parse (text, 3, '.', &as_point, currency),
       comma = rai_import_money_parse (text, 3, ',', &as_comma, currency);

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

static void
judge_mark (RaiImportFile *file, const MarkVote *vote) {
  /* One odd row may be a slip of the pen: it will be rejected. Many are a file with two ways of
   * writing. */
  if (MIN (vote->point, vote->comma) * 20 > MAX (vote->point, vote->comma))
    add_fault (file, RAI_IMPORT_ERROR_FORMAT,
               "numbers are written with a decimal point (“%s”) and with a decimal comma (“%s”); "
               "say which is meant "
               "with --decimal . or --decimal ,",
               vote->point_text, vote->comma_text);
  else if (vote->point == 0 && vote->comma == 0 && vote->either > 0)
    add_fault (file, RAI_IMPORT_ERROR_FORMAT,
               "“%s” may be thousands or a fraction, and no number in the first rows tells; say "
               "which mark is the "
               "decimal one with --decimal . or --decimal ,",
               vote->either_text);
  else
    return;
  file->decimal_ambiguous = true;
}

static bool
is_number (const RaiImportColumn *column) {
  return column->type == RAI_COLUMN_DECIMAL || column->type == RAI_COLUMN_MONEY;
}

static void
decide_decimals (RaiImportFile *file, RaiImport *import) {
  import->decimal = import->options->decimal;
  if (import->decimal != 0)
    return;

  MarkVote vote = { 0 };
  for (const RaiImportColumn *column = import->layout->columns; column->names != NULL; column++)
    for (unsigned row = 0; is_number (column) && row < file->sample->len; row++) {
      const char *text = sampled (file, row, column->field);
      if (text != NULL)
        vote_mark (&vote, text);
    }

  import->decimal = vote.comma > vote.point ? ',' : '.';
  judge_mark (file, &vote);
  if (import->decimal == ',')
    g_ptr_array_add (file->notices, g_strdup ("numbers are read with a decimal comma"));
}

/* ---- Money and zones ---- */

/* The first currency that is written, in a column of its own or beside an amount. */
static void
find_currency (RaiImportFile *file, const RaiImport *import) {
  for (unsigned row = 0; row < file->sample->len && *file->currency == '\0'; row++) {
    const char *text = sampled (file, row, RAI_FIELD_CURRENCY);
    const char *code = text != NULL ? rai_import_money_code (text) : NULL;
    if (code != NULL)
      g_strlcpy (file->currency, code, sizeof file->currency);
  }

  for (const RaiImportColumn *column = import->layout->columns; column->names != NULL; column++)
    for (unsigned row = 0; column->type == RAI_COLUMN_MONEY && row < file->sample->len; row++) {
      const char *text = sampled (file, row, column->field);
      char currency[RAI_CURRENCY_SIZE];
      int64_t value;
      if (text != NULL && *file->currency == '\0' &&
          rai_import_money_parse (text, 3, import->decimal, &value, currency) && *currency != '\0')
        g_strlcpy (file->currency, rai_import_money_code (currency), sizeof file->currency);
    }
}

static void
decide_currency (RaiImportFile *file, const RaiImport *import) {
  find_currency (file, import);
  if (*file->currency != '\0' && import->options->currency == NULL &&
      file->match.n_parts[RAI_FIELD_SITE] + (import->options->site != NULL) > 0)
    g_ptr_array_add (
        file->notices,
        g_strdup_printf ("money is in %s: a new store gets this currency", file->currency));
}

static void
decide_zone (RaiImportFile *file, const RaiImport *import) {
  const char *told = NULL;
  for (unsigned row = 0; row < file->sample->len; row++) {
    const char *text = sampled (file, row, RAI_FIELD_ZONE);
    if (text != NULL && told != NULL && strcmp (text, told) != 0)
      return;
    told = text != NULL ? text : told;
  }

  const char *name = told != NULL ? rai_import_zone_name (told) : NULL;
  file->zone = g_intern_string (name); /* as few as zones */
  if (file->zone != NULL && import->options->zone == NULL)
    g_ptr_array_add (
        file->notices,
        g_strdup_printf ("times are those of %s: a new store gets this zone", file->zone));
}

void
rai_import_formats_decide (RaiImportFile *file, RaiImport *import) {
  decide_dates (file, import);
  decide_period (file, import);
  decide_decimals (file, import);
  decide_currency (file, import);
  decide_zone (file, import);
}
