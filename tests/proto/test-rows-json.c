/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "proto/rai-rows-json.h"

#include "db/rai-rows-builder.h"

#include <gio/gio.h>
#include <string.h>

static const struct {
  const char *name;
  RaiValueType type;
} columns[] = {
  { "id", RAI_VALUE_INT },     { "open", RAI_VALUE_BOOL },   { "wape", RAI_VALUE_DOUBLE },
  { "name", RAI_VALUE_TEXT },  { "total", RAI_VALUE_MONEY }, { "day", RAI_VALUE_DAY },
  { "means", RAI_VALUE_BLOB },
};

static RaiRows *
make_rows (RaiDb *db) {
  RaiRows *rows = rai_rows_new (G_N_ELEMENTS (columns));
  for (size_t i = 0; i < G_N_ELEMENTS (columns); i++)
    rai_rows_set_column (rows, (int) i, columns[i].name, columns[i].type);

  RaiStatement *statement =
      rai_db_prepare (db,
                      "SELECT 1, 1, 0.25, 'a \"b\"', -1999, 19783, x'0102ff' UNION ALL "
                      "SELECT 2, 0, NULL, NULL, NULL, NULL, NULL",
                      NULL);

  while (rai_statement_step (statement, NULL) == RAI_STEP_ROW)
    rai_rows_append (rows, statement);
  rai_statement_reset (statement);

  return rows;
}

static void
test_forms (void) {
  g_autoptr (RaiDb) db = rai_db_open ("sqlite::memory:", RAI_DB_OPEN_CREATE, NULL);
  g_autoptr (RaiRows) rows = make_rows (db);
  g_autoptr (GString) json = g_string_new ("");
  rai_rows_append_json (json, rows);
  g_assert_cmpstr (
      json->str, ==,
      "[{\"id\":1,\"open\":true,\"wape\":0.25,\"name\":\"a \\\"b\\\"\",\"total\":-1999,"
      "\"day\":\"2024-03-01\",\"means\":\"AQL/\"},"
      "{\"id\":2,\"open\":false,\"wape\":null,\"name\":null,\"total\":null,\"day\":null,\"means\":"
      "null}]");
  g_string_truncate (json, 0);
  rai_rows_append_json_columns (json, rows);
  g_assert_cmpstr (
      json->str, ==,
      "{\"columns\":[\"id\",\"open\",\"wape\",\"name\",\"total\",\"day\",\"means\"],\"rows\":2,"
      "\"values\":[[1,2],[true,false],[0.25,null],[\"a \\\"b\\\"\",null],[-1999,null],"
      "[\"2024-03-01\",null],[\"AQL/\",null]]}");
}

#define TABLE(columns, values) \
  "{\"revision\":7,\"table\":{\"columns\":" columns ",\"values\":" values "}}"
#define DAYS "[\"day\",\"quantity\",\"revenue\",\"out_of_stock\"]"

static const RaiQuery every_type = { .columns =
                                         (const RaiQueryColumn[]){ { "id", RAI_VALUE_INT },
                                                                   { "open", RAI_VALUE_BOOL },
                                                                   { "wape", RAI_VALUE_DOUBLE },
                                                                   { "name", RAI_VALUE_TEXT },
                                                                   { "total", RAI_VALUE_MONEY },
                                                                   { "day", RAI_VALUE_DAY },
                                                                   { "means", RAI_VALUE_BLOB },
                                                                   { 0 } } };

static char *
wrap (const RaiRows *rows) {
  GString *json = g_string_new ("{\"table\":");
  rai_rows_append_json_columns (json, rows);
  g_string_append_c (json, '}');
  return g_string_free (json, FALSE);
}

/* What is written is read back, value by value. */
static void
test_round_trip (void) {
  g_autoptr (GError) error = NULL;
  g_autoptr (RaiDb) db = rai_db_open ("sqlite::memory:", RAI_DB_OPEN_CREATE, NULL);
  g_autoptr (RaiRows) made = make_rows (db);
  g_autofree char *text = wrap (made);
  g_autoptr (RaiRows) back = rai_rows_parse_json_columns (text, strlen (text), &every_type, &error);
  g_assert_no_error (error);
  g_autofree char *again = wrap (back);
  g_assert_cmpstr (again, ==, text);
}

/* Columns are found by name. */
static void
test_names (void) {
  g_autoptr (GError) error = NULL;
  const char *const json =
      TABLE ("[\"quantity\",\"new\",\"out_of_stock\",\"revenue\",\"day\"]",
             "[[1000,-2],[\"x\",1],[0,null],[199,7],[\"2024-02-29\",\"2024-03-01\"]]");

  g_autoptr (RaiRows) rows =
      rai_rows_parse_json_columns (json, strlen (json), rai_query_find ("item-days"), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (rai_rows_count (rows), ==, 2);
  g_assert_cmpint (rai_rows_get_int (rows, 1, "day"), ==, 19783);
  g_assert_cmpint (rai_rows_get_int (rows, 0, "quantity"), ==, 1000);
  g_assert_cmpint (rai_rows_get_int (rows, 1, "revenue"), ==, 7);
  g_assert_true (rai_rows_get_is_null (rows, 1, "out_of_stock"));
}

static void
test_bad (void) {
  static const char *const bad[] = {
    "",
    "[]",
    "{\"table\":7}",
    TABLE ("[]", "[]"),
    TABLE (DAYS, "[[],[]]"),
    TABLE (DAYS, "[[\"2024-01-01\"],[1],[2],[0,0]]"),
    TABLE (DAYS, "[[\"yesterday\"],[1],[2],[0]]"),
    TABLE (DAYS, "[[\"2024-01-01\"],[\"1\"],[2],[0]]"),
    TABLE (DAYS, "[[\"2024-01-01\"],[1.5],[2],[0]]"),
    TABLE (DAYS, "[[\"2024-01-01\"],[true],[2],[0]]"),
    TABLE (DAYS, "[[\"2024-01-01\"],[{}],[2],[0]]"),
    TABLE (DAYS, "[[20000],[1],[2],[0]]"),
  };

  for (size_t i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_autoptr (GError) error = NULL;
    g_assert_null (rai_rows_parse_json_columns (bad[i], strlen (bad[i]),
                                                rai_query_find ("item-days"), &error));
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
  }
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rows-json/forms", test_forms);
  g_test_add_func ("/rows-json/round-trip", test_round_trip);
  g_test_add_func ("/rows-json/names", test_names);
  g_test_add_func ("/rows-json/bad", test_bad);
  return g_test_run ();
}
