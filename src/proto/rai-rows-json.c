/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "proto/rai-rows-json.h"

#include "proto/rai-json.h"

static void
append_value (GString *json, const RaiRows *rows, size_t row, int column, RaiValueType type) {
  if (rai_rows_is_null (rows, row, column)) {
    g_string_append (json, "null");
    return;
  }
  switch (type) {
    case RAI_VALUE_BOOL:
      g_string_append (json, rai_rows_int (rows, row, column) != 0 ? "true" : "false");
      break;
    case RAI_VALUE_DOUBLE:
      rai_json_append_double (json, rai_rows_double (rows, row, column));
      break;
    case RAI_VALUE_TEXT:
    case RAI_VALUE_UUID:
      rai_json_append_string (json, rai_rows_text (rows, row, column));
      break;
    case RAI_VALUE_DAY:
      rai_json_append_day (json, (int32_t) rai_rows_int (rows, row, column));
      break;
    case RAI_VALUE_BLOB: {
      size_t size;
      const void *data = rai_rows_blob (rows, row, column, &size);
      rai_json_append_blob (json, data, size);
      break;
    }
    default:
      rai_json_append_int (json, rai_rows_int (rows, row, column));
  }
}

/* The members' "name": texts, made once a table. */
static GPtrArray *
member_names (const RaiRows *rows) {
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  for (int column = 0; column < rai_rows_n_columns (rows); column++) {
    g_autoptr (GString) name = g_string_new (column == 0 ? "{" : ",");
    rai_json_append_string (name, rai_rows_column_name (rows, column));
    g_string_append_c (name, ':');
    g_ptr_array_add (names, g_string_free (g_steal_pointer (&name), FALSE));
  }
  return names;
}

static void
append_row (GString *json, const RaiRows *rows, size_t row, const GPtrArray *names) {
  for (unsigned column = 0; column < names->len; column++) {
    g_string_append (json, names->pdata[column]);
    append_value (json, rows, row, (int) column, rai_rows_column_type (rows, (int) column));
  }
  g_string_append_c (json, '}');
}

void
rai_rows_append_json_row (GString *json, const RaiRows *rows, size_t row) {
  g_autoptr (GPtrArray) names = member_names (rows);
  append_row (json, rows, row, names);
}

void
rai_rows_append_json (GString *json, const RaiRows *rows) {
  g_autoptr (GPtrArray) names = member_names (rows);
  g_string_append_c (json, '[');
  for (size_t row = 0; row < rai_rows_count (rows); row++) {
    if (row > 0)
      g_string_append_c (json, ',');
    append_row (json, rows, row, names);
  }
  g_string_append_c (json, ']');
}

void
rai_rows_append_json_columns (GString *json, const RaiRows *rows) {
  int n_columns = rai_rows_n_columns (rows);
  g_string_append (json, "{\"columns\":[");
  for (int column = 0; column < n_columns; column++) {
    if (column > 0)
      g_string_append_c (json, ',');
    rai_json_append_string (json, rai_rows_column_name (rows, column));
  }
  g_string_append_printf (json, "],\"rows\":%zu,\"values\":[", rai_rows_count (rows));
  for (int column = 0; column < n_columns; column++) {
    RaiValueType type = rai_rows_column_type (rows, column);
    g_string_append (json, column > 0 ? ",[" : "[");
    for (size_t row = 0; row < rai_rows_count (rows); row++) {
      if (row > 0)
        g_string_append_c (json, ',');
      append_value (json, rows, row, column, type);
    }
    g_string_append_c (json, ']');
  }
  g_string_append (json, "]}");
}
