/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/rai-cli-look.h"

#include "proto/rai-json.h"

#include <stdio.h>

/* Rows and cells that fit on a terminal. */
#define ROWS_PRINTED 5
#define PROBLEMS_PRINTED 12
#define CELL_WIDTH 24

/* ---- In words ---- */

static const char *
delimiter_word (char delimiter) {
  switch (delimiter) {
    case ',':
      return "comma";
    case ';':
      return "semicolon";
    case '\t':
      return "tab";
    case '|':
      return "bar";
    default:
      return "as given";
  }
}

static void
print_columns (const RaiImportLook *look) {
  g_print ("Columns:\n");
  for (unsigned i = 0; i < look->columns->len; i++) {
    const RaiImportLookColumn *column = look->columns->pdata[i];
    g_print ("  %3u  %-32.32s %s%s\n", i + 1, column->heading,
             column->field != RAI_FIELD_NONE
                 ? rai_import_field_name ((RaiImportField) column->field)
                 : "-",
             column->joined ? " (joined)" : "");
  }
  for (unsigned i = 0; i < look->missing->len; i++)
    g_print ("  Missing: %s\n",
             rai_import_field_name (g_array_index (look->missing, RaiImportField, i)));
}

static void
print_problems (const RaiImportLook *look) {
  unsigned n = 0;
  for (unsigned r = 0; r < look->rows->len && n < PROBLEMS_PRINTED; r++) {
    const RaiImportLookRow *row = look->rows->pdata[r];
    if (row->problem != NULL && n++ < PROBLEMS_PRINTED)
      g_print ("  line %" G_GUINT64_FORMAT ": %s\n", row->line, row->problem);
    for (unsigned c = 0; c < look->columns->len && n < PROBLEMS_PRINTED; c++)
      if (row->problems[c] != NULL) {
        const RaiImportLookColumn *column = look->columns->pdata[c];
        g_print ("  line %" G_GUINT64_FORMAT ", %s: %s (“%.*s”)\n", row->line, column->heading,
                 row->problems[c], CELL_WIDTH * 2, row->texts[c]);
        n++;
      }
  }
}

static void
print_rows (const RaiImportLook *look) {
  for (unsigned r = 0; r < MIN (look->rows->len, ROWS_PRINTED); r++) {
    const RaiImportLookRow *row = look->rows->pdata[r];
    g_print ("  %" G_GUINT64_FORMAT "%s", row->line, row->skipped ? " (skipped)" : "");
    for (unsigned c = 0; c < look->columns->len; c++)
      g_print (" | %.*s", CELL_WIDTH, row->texts[c]);
    g_print ("\n");
  }
}

void
rai_cli_look_print (const RaiImportLook *look) {
  g_print ("%s%s%s: %s\n", look->layout->kind, look->layout->preset != NULL ? " --preset " : "",
           look->layout->preset != NULL ? look->layout->preset : "", look->layout->title);
  g_print ("Columns parted by %s, %s, decimal mark %c%s, dates %s%s%s%s\n",
           delimiter_word (look->delimiter), look->encoding, look->decimal,
           look->decimal_ambiguous ? " (ambiguous)" : "", rai_date_order_id (look->dates),
           look->dates_ambiguous ? " (ambiguous)" : "", look->period != NULL ? ", a row a " : "",
           look->period != NULL ? look->period : "");
  g_print ("Headings in line %" G_GUINT64_FORMAT "\n", look->heading_line);
  print_columns (look);

  g_print ("First rows:\n");
  print_rows (look);
  g_print ("%u of the first %u rows%s have a problem\n", look->n_problems, look->n_looked_at,
           look->whole ? ", which are all," : "");
  print_problems (look);
  for (unsigned i = 0; i < look->notices->len; i++)
    g_print ("Note: %s.\n", (const char *) look->notices->pdata[i]);
  for (unsigned i = 0; i < look->faults->len; i++)
    g_print ("To be told first: %s\n", (const char *) look->faults->pdata[i]);
}

/* ---- As JSON ---- */

static void
append_text (GString *json, const char *name, const char *text) {
  rai_json_append_name (json, name);
  rai_json_append_string (json, text);
}

static void
append_number (GString *json, const char *name, uint64_t number) {
  rai_json_append_name (json, name);
  rai_json_append_int (json, (int64_t) number);
}

static void
append_flag (GString *json, const char *name, bool flag) {
  rai_json_append_name (json, name);
  g_string_append (json, flag ? "true" : "false");
}

static void
begin_list (GString *json, const char *name) {
  rai_json_append_name (json, name);
  g_string_append_c (json, '[');
}

static void
append_texts (GString *json, const char *name, const GPtrArray *texts) {
  begin_list (json, name);
  for (unsigned i = 0; i < texts->len; i++) {
    g_string_append (json, i > 0 ? "," : "");
    rai_json_append_string (json, texts->pdata[i]);
  }
  g_string_append_c (json, ']');
}

static void
append_layouts (GString *json, const GPtrArray *layouts) {
  begin_list (json, "plausible");
  for (unsigned i = 0; i < layouts->len; i++) {
    const RaiImportLayout *layout = layouts->pdata[i];
    g_string_append (json, i > 0 ? ",{" : "{");
    append_text (json, "kind", layout->kind);
    append_text (json, "preset", layout->preset);
    append_text (json, "title", layout->title);
    g_string_append_c (json, '}');
  }
  g_string_append_c (json, ']');
}

/* What columns of the kind can hold. */
static void
append_fields (GString *json, const RaiImportLayout *layout) {
  const RaiImportColumn *first = rai_import_kind_columns (layout->kind);
  begin_list (json, "fields");
  for (const RaiImportColumn *column = first; column->names != NULL; column++) {
    g_string_append (json, column != first ? ",{" : "{");
    append_text (json, "field", rai_import_field_name (column->field));
    append_text (json, "title", rai_import_field_title (column->field));
    append_flag (json, "required", column->required);
    g_string_append_c (json, '}');
  }
  g_string_append_c (json, ']');
}

static void
append_columns (GString *json, const RaiImportLook *look) {
  begin_list (json, "columns");
  for (unsigned i = 0; i < look->columns->len; i++) {
    const RaiImportLookColumn *column = look->columns->pdata[i];
    const char *field = column->field != RAI_FIELD_NONE
                            ? rai_import_field_name ((RaiImportField) column->field)
                            : NULL;
    g_string_append (json, i > 0 ? ",{" : "{");
    append_text (json, "heading", column->heading);
    append_text (json, "field", field);
    append_flag (json, "joined", column->joined);
    g_string_append_c (json, '}');
  }
  g_string_append (json, "]");

  begin_list (json, "missing");
  for (unsigned i = 0; i < look->missing->len; i++) {
    g_string_append (json, i > 0 ? "," : "");
    rai_json_append_string (
        json, rai_import_field_name (g_array_index (look->missing, RaiImportField, i)));
  }
  g_string_append_c (json, ']');
}

static void
append_rows (GString *json, const RaiImportLook *look) {
  begin_list (json, "rows");
  for (unsigned r = 0; r < look->rows->len; r++) {
    const RaiImportLookRow *row = look->rows->pdata[r];
    g_string_append (json, r > 0 ? ",{" : "{");
    append_number (json, "line", row->line);
    append_flag (json, "skipped", row->skipped);
    append_text (json, "problem", row->problem);
    begin_list (json, "texts");
    for (unsigned c = 0; c < look->columns->len; c++) {
      g_string_append (json, c > 0 ? "," : "");
      rai_json_append_string (json, row->texts[c]);
    }
    g_string_append_c (json, ']');
    begin_list (json, "problems");
    for (unsigned c = 0; c < look->columns->len; c++) {
      g_string_append (json, c > 0 ? "," : "");
      rai_json_append_string (json, row->problems[c]);
    }
    g_string_append (json, "]}");
  }
  g_string_append_c (json, ']');
}

char *
rai_cli_look_json (const RaiImportLook *look) {
  const char delimiter[] = { look->delimiter, '\0' }, decimal[] = { look->decimal, '\0' };
  GString *json = g_string_new ("{");
  append_text (json, "kind", look->layout->kind);
  append_text (json, "preset", look->layout->preset);
  append_text (json, "title", look->layout->title);
  append_layouts (json, look->plausible);
  append_text (json, "delimiter", delimiter);
  append_text (json, "encoding", look->encoding);
  append_text (json, "decimal", decimal);
  append_flag (json, "decimal_ambiguous", look->decimal_ambiguous);
  append_text (json, "dates", rai_date_order_id (look->dates));
  append_flag (json, "dates_ambiguous", look->dates_ambiguous);
  append_text (json, "period", look->period);
  append_text (json, "currency", *look->currency != '\0' ? look->currency : NULL);
  append_text (json, "zone", look->zone);
  append_number (json, "heading_line", look->heading_line);
  append_number (json, "rows_above", look->n_above);
  append_number (json, "looked_at", look->n_looked_at);
  append_flag (json, "whole", look->whole);
  append_number (json, "problems", look->n_problems);
  append_fields (json, look->layout);
  append_columns (json, look);
  append_rows (json, look);
  append_texts (json, "faults", look->faults);
  append_texts (json, "notices", look->notices);
  g_string_append_c (json, '}');

  return g_string_free (json, FALSE);
}
