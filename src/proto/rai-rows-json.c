/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "proto/rai-rows-json.h"

#include "db/rai-rows-builder.h"
#include "proto/rai-json.h"

#include <gio/gio.h>
#include <json-glib/json-glib.h>
#include <string.h>

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

/* ---- Reading ---- */

static bool
is_whole (JsonNode *node) {
  return json_node_get_value_type (node) == G_TYPE_INT64;
}

static bool
set_text (RaiRows *rows, size_t row, int column, RaiValueType type, const char *text) {
  if (type == RAI_VALUE_DAY) {
    RaiDay day = rai_day_parse (text, -1);
    if (day == RAI_DAY_NONE)
      return false;
    rai_rows_set_int (rows, row, column, day);
  } else if (type == RAI_VALUE_BLOB) {
    size_t size;
    g_autofree unsigned char *data = g_base64_decode (text, &size);
    rai_rows_set_data (rows, row, column, data, size);
  } else if (type == RAI_VALUE_TEXT || type == RAI_VALUE_UUID) {
    rai_rows_set_data (rows, row, column, text, strlen (text));
  } else {
    return false;
  }

  return true;
}

static bool
set_value (RaiRows *rows, size_t row, int column, JsonNode *node) {
  RaiValueType type = rai_rows_column_type (rows, column);
  if (JSON_NODE_HOLDS_NULL (node))
    return true;
  if (!JSON_NODE_HOLDS_VALUE (node))
    return false;
  if (json_node_get_value_type (node) == G_TYPE_STRING)
    return set_text (rows, row, column, type, json_node_get_string (node));

  bool is_text = type == RAI_VALUE_TEXT || type == RAI_VALUE_UUID || type == RAI_VALUE_BLOB ||
                 type == RAI_VALUE_DAY;
  bool is_bool = json_node_get_value_type (node) == G_TYPE_BOOLEAN;

  if (is_text || is_bool != (type == RAI_VALUE_BOOL) ||
      (type != RAI_VALUE_DOUBLE && !is_bool && !is_whole (node)))
    return false;

  if (type == RAI_VALUE_DOUBLE)
    rai_rows_set_double (rows, row, column, json_node_get_double (node));
  else
    rai_rows_set_int (rows, row, column,
                      is_bool ? json_node_get_boolean (node) : json_node_get_int (node));

  return true;
}

static JsonArray *
get_array (JsonObject *object, const char *name) {
  JsonNode *node = object != NULL ? json_object_get_member (object, name) : NULL;
  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

/* The place of a column in the answer; -1 when it is not there. */
static int
find_name (JsonArray *names, const char *name) {
  for (unsigned i = 0; i < json_array_get_length (names); i++) {
    JsonNode *node = json_array_get_element (names, i);
    if (json_node_get_value_type (node) == G_TYPE_STRING &&
        strcmp (json_node_get_string (node), name) == 0)
      return (int) i;
  }
  return -1;
}

static bool
read_column (RaiRows *rows, int column, JsonArray *names, JsonArray *values, GError **error) {
  const char *name = rai_rows_column_name (rows, column);
  int place = find_name (names, name);
  JsonNode *node = place >= 0 && (unsigned) place < json_array_get_length (values)
                       ? json_array_get_element (values, (unsigned) place)
                       : NULL;
  JsonArray *cells =
      node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  if (cells == NULL || json_array_get_length (cells) != rai_rows_count (rows)) {
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                 "The server's answer has no column “%s”", name);
    return false;
  }

  for (unsigned row = 0; row < json_array_get_length (cells); row++)
    if (!set_value (rows, row, column, json_array_get_element (cells, row))) {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                   "The server's answer has no sense in “%s”, row %u", name, row + 1);
      return false;
    }

  return true;
}

RaiRows *
rai_rows_parse_json_columns (const char *json, size_t length, const RaiQuery *query,
                             GError **error) {
  g_autoptr (JsonParser) parser = json_parser_new ();
  JsonNode *root = NULL, *table = NULL;
  if (json_parser_load_from_data (parser, json, (gssize) length, NULL))
    root = json_parser_get_root (parser);
  if (root != NULL && JSON_NODE_HOLDS_OBJECT (root))
    table = json_object_get_member (json_node_get_object (root), "table");

  JsonObject *object =
      table != NULL && JSON_NODE_HOLDS_OBJECT (table) ? json_node_get_object (table) : NULL;
  JsonArray *names = get_array (object, "columns"), *values = get_array (object, "values");

  if (names == NULL || values == NULL) {
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "The server's answer is no table");
    return NULL;
  }

  g_autoptr (RaiRows) rows = rai_query_new_rows (query);
  JsonNode *first = json_array_get_length (values) > 0 ? json_array_get_element (values, 0) : NULL;
  if (first != NULL && JSON_NODE_HOLDS_ARRAY (first))
    rai_rows_append_nulls (rows, json_array_get_length (json_node_get_array (first)));
  for (int column = 0; column < rai_rows_n_columns (rows); column++)
    if (!read_column (rows, column, names, values, error))
      return NULL;

  return g_steal_pointer (&rows);
}
