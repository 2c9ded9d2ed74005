/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/rai-rows-builder.h"
#include "proto/rai-rows-json.h"

static const struct {
  const char *name;
  RaiValueType type;
} columns[] = {
  { "id", RAI_VALUE_INT },      { "open", RAI_VALUE_BOOL }, { "wape", RAI_VALUE_DOUBLE }, { "name", RAI_VALUE_TEXT },
  { "total", RAI_VALUE_MONEY }, { "day", RAI_VALUE_DAY },   { "means", RAI_VALUE_BLOB },
};

static RaiRows *
make_rows (RaiDb *db) {
  RaiRows *rows = rai_rows_new (G_N_ELEMENTS (columns));
  for (size_t i = 0; i < G_N_ELEMENTS (columns); i++)
    rai_rows_set_column (rows, (int) i, columns[i].name, columns[i].type);
  RaiStatement *statement = rai_db_prepare (db,
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
  g_assert_cmpstr (json->str, ==,
                   "[{\"id\":1,\"open\":true,\"wape\":0.25,\"name\":\"a \\\"b\\\"\",\"total\":-1999,"
                   "\"day\":\"2024-03-01\",\"means\":\"AQL/\"},"
                   "{\"id\":2,\"open\":false,\"wape\":null,\"name\":null,\"total\":null,\"day\":null,\"means\":null}]");
  g_string_truncate (json, 0);
  rai_rows_append_json_row (json, rows, 1);
  g_assert_true (g_str_has_prefix (json->str, "{\"id\":2,\"open\":false,"));
  g_string_truncate (json, 0);
  rai_rows_append_json_columns (json, rows);
  g_assert_cmpstr (json->str, ==,
                   "{\"columns\":[\"id\",\"open\",\"wape\",\"name\",\"total\",\"day\",\"means\"],\"rows\":2,"
                   "\"values\":[[1,2],[true,false],[0.25,null],[\"a \\\"b\\\"\",null],[-1999,null],"
                   "[\"2024-03-01\",null],[\"AQL/\",null]]}");
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rows-json/forms", test_forms);
  return g_test_run ();
}
