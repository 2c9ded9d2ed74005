/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import/rai-import-look.h"

#include "import/rai-import-file.h"

#include <string.h>

#define ROWS_SHOWN 50
/* Decimals that any number of a file is read with to see whether it is one. */
#define DECIMALS 3

static void
free_column (void *data) {
  RaiImportLookColumn *column = data;
  g_free (column->heading);
  g_free (column);
}

static void
free_row (void *data) {
  RaiImportLookRow *row = data;
  g_strfreev (row->texts);
  g_free (row->problems);
  g_free (row);
}

void
rai_import_look_clear (RaiImportLook *look) {
  g_clear_pointer (&look->plausible, g_ptr_array_unref);
  g_clear_pointer (&look->columns, g_ptr_array_unref);
  g_clear_pointer (&look->rows, g_ptr_array_unref);
  g_clear_pointer (&look->missing, g_array_unref);
  g_clear_pointer (&look->faults, g_ptr_array_unref);
  g_clear_pointer (&look->notices, g_ptr_array_unref);
  g_clear_pointer (&look->encoding_text, g_free);
}

/* ---- Columns ---- */

static void
list_columns (RaiImportLook *look, const RaiImportFile *file) {
  look->columns = g_ptr_array_new_with_free_func (free_column);
  for (unsigned i = 0; i < file->header->len; i++) {
    RaiImportLookColumn *column = g_new0 (RaiImportLookColumn, 1);
    column->heading = g_strdup (file->header->pdata[i]);
    column->field = RAI_FIELD_NONE;
    g_ptr_array_add (look->columns, column);
  }

  for (int field = 0; field < RAI_N_FIELDS; field++)
    for (int p = 0; p < file->match.n_parts[field]; p++) {
      RaiImportLookColumn *column = look->columns->pdata[file->match.parts[field][p]];
      column->field = field;
      column->joined = file->match.n_parts[field] > 1;
    }
}

static void
list_missing (RaiImportLook *look, const RaiImportFile *file, const RaiImportOptions *options) {
  look->missing = g_array_new (FALSE, FALSE, sizeof (RaiImportField));
  for (const RaiImportColumn *column = file->match.layout->columns; column->names != NULL; column++)
    if (rai_import_match_lacks (&file->match, column, options))
      g_array_append_val (look->missing, column->field);
}

/* ---- Cells ---- */

/* Why the field's text cannot be read, as far as no database is needed to see it; NULL: it can. */
static const char *
find_problem (RaiImport *import, const RaiImportColumn *column) {
  int64_t number;
  RaiImportTime time;
  const bool empty = *rai_import_text (import, column->field) == '\0';
  const bool can_be_empty = !column->required || column->type == RAI_COLUMN_DECIMAL ||
                            column->type == RAI_COLUMN_MONEY ||
                            (column->field == RAI_FIELD_SITE && import->options->site != NULL) ||
                            (column->field == RAI_FIELD_ITEM && import->layout->item_by_name);

  import->reason = NULL;
  if (empty)
    return can_be_empty ? NULL : "this must not be empty";
  if (column->type == RAI_COLUMN_TIME)
    rai_import_time (import, column->field, &time);
  else if (column->type != RAI_COLUMN_TEXT)
    rai_import_decimal (import, column->field, DECIMALS, 0, &number);
  return import->reason;
}

static void
check_cells (const RaiImportFile *file, RaiImport *import, const char **problems) {
  for (const RaiImportColumn *column = import->layout->columns; column->names != NULL; column++) {
    if (file->match.n_parts[column->field] == 0)
      continue;
    const int position = file->match.parts[column->field][0];
    if (problems[position] == NULL)
      problems[position] = find_problem (import, column);
  }
}

/* A line needs its amount or its price. */
static const char *
check_money (const RaiImport *import) {
  if (strcmp (import->layout->kind, "receipts") != 0 ||
      *rai_import_text (import, RAI_FIELD_AMOUNT) != '\0' ||
      *rai_import_text (import, RAI_FIELD_PRICE) != '\0')
    return NULL;
  return "neither amount nor price is given";
}

static RaiImportLookRow *
make_row (const RaiImportFile *file, RaiImport *import, const RaiImportRecord *record) {
  RaiImportLookRow *row = g_new0 (RaiImportLookRow, 1);
  const unsigned n = file->header->len;
  row->line = record->line;
  row->texts = g_new0 (char *, n + 1);
  row->problems = g_new0 (const char *, n + 1);
  for (unsigned i = 0; i < n; i++)
    row->texts[i] = g_strdup (i < record->texts->len ? record->texts->pdata[i] : "");

  if (record->broken) {
    row->problem = "a quotation mark is opened and never closed";
    return row;
  }

  RaiRowResult result;
  if (rai_import_shape_turn (file->shape, import, record->fields, record->texts->len, &result)) {
    check_cells (file, import, row->problems);
    row->problem = check_money (import);
  } else {
    row->skipped = result == RAI_ROW_SKIPPED;
    row->problem = import->reason;
  }

  return row;
}

static bool
has_problem (const RaiImportLookRow *row, unsigned n_columns) {
  bool found = row->problem != NULL;
  for (unsigned i = 0; i < n_columns && !found; i++)
    found = row->problems[i] != NULL;
  return found;
}

static void
list_rows (RaiImportLook *look, RaiImportFile *file, RaiImport *import) {
  look->rows = g_ptr_array_new_with_free_func (free_row);
  look->n_looked_at = file->sample->len;
  for (unsigned i = 0; i < file->sample->len; i++) {
    RaiImportLookRow *row = make_row (file, import, file->sample->pdata[i]);
    look->n_problems += has_problem (row, file->header->len);
    if (i < ROWS_SHOWN)
      g_ptr_array_add (look->rows, row);
    else
      free_row (row);
  }

  rai_import_shape_tell (file->shape, file->notices);
}

/* ---- The whole ---- */

static void
take_recognised (RaiImportLook *look, const RaiImportFile *file, const RaiImport *import) {
  look->layout = import->layout;
  look->plausible = g_ptr_array_ref (file->plausible);
  look->delimiter = rai_csv_delimiter (file->csv);
  look->encoding_text = g_strdup (rai_csv_encoding (file->csv));
  look->encoding = look->encoding_text;
  look->decimal = import->decimal;
  look->decimal_ambiguous = file->decimal_ambiguous;
  look->dates = import->date_order;
  look->dates_ambiguous = file->dates_ambiguous;
  look->period = import->period;
  g_strlcpy (look->currency, file->currency, sizeof look->currency);
  look->zone = file->zone;
  look->heading_line = file->header_line;
  look->n_above = file->n_above;
  look->size = file->size;
  look->whole = rai_csv_is_over (file->csv);
}

bool
rai_import_look (const char *path, const RaiImportOptions *options, RaiImportLook *look,
                 GError **error) {
  RaiImportOptions at_path = options != NULL ? *options : (RaiImportOptions){ 0 };
  at_path.path = path;
  RaiImport import = { .options = &at_path };
  g_auto (RaiImportFile) file = { 0 };

  *look = (RaiImportLook){ 0 };
  if (!rai_import_file_look (&file, &import, error))
    return false;

  take_recognised (look, &file, &import);
  list_columns (look, &file);
  list_missing (look, &file, &at_path);
  list_rows (look, &file, &import);

  look->faults = g_ptr_array_new_with_free_func (g_free);
  for (unsigned i = 0; i < file.faults->len; i++)
    g_ptr_array_add (look->faults, g_strdup (((const GError *) file.faults->pdata[i])->message));
  look->notices = g_ptr_array_ref (file.notices);
  rai_import_clear_row (&import);
  return true;
}
