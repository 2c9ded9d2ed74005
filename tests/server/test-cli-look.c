/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/rai-cli-look.h"

#include <glib/gstdio.h>
#include <json-glib/json-glib.h>

static void
test_json (void) {
  g_autofree char *folder = g_dir_make_tmp ("rai-cli-look-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "rows.csv", NULL);
  g_autoptr (GError) error = NULL;
  g_auto (RaiImportLook) look = { 0 };

  g_file_set_contents (path,
                       "Report\nStore,Receipt,Date,Time,SKU,Qty\n"
                       "S1,1,13/1/2026,09:00,\"say \"\"A\"\"\",x\n",
                       -1, NULL);
  rai_import_look (path, &(RaiImportOptions){ .kind = "receipts" }, &look, &error);
  g_assert_no_error (error);
  g_unlink (path);
  g_rmdir (folder);

  g_autofree char *text = rai_cli_look_json (&look);
  g_autoptr (JsonNode) root = json_from_string (text, &error);
  g_assert_no_error (error);
  JsonObject *object = json_node_get_object (root);
  g_assert_cmpstr (json_object_get_string_member (object, "kind"), ==, "receipts");
  g_assert_true (json_object_get_null_member (object, "preset"));
  g_assert_cmpint (json_object_get_int_member (object, "heading_line"), ==, 2);
  g_assert_cmpint (json_object_get_int_member (object, "rows_above"), ==, 1);
  g_assert_cmpstr (json_object_get_string_member (object, "dates"), ==, "dmy");
  g_assert_cmpstr (json_object_get_string_member (object, "delimiter"), ==, ",");
  g_assert_cmpint (json_object_get_int_member (object, "problems"), ==, 1);

  JsonObject *site =
      json_array_get_object_element (json_object_get_array_member (object, "fields"), 0);
  g_assert_cmpstr (json_object_get_string_member (site, "field"), ==, "site");
  g_assert_cmpstr (json_object_get_string_member (site, "title"), ==, "Store");
  g_assert_true (json_object_get_boolean_member (site, "required"));

  JsonArray *columns = json_object_get_array_member (object, "columns");
  JsonObject *date = json_array_get_object_element (columns, 2);
  g_assert_cmpuint (json_array_get_length (columns), ==, 6);
  g_assert_cmpstr (json_object_get_string_member (date, "field"), ==, "time");
  g_assert_true (json_object_get_boolean_member (date, "joined"));
  g_assert_cmpstr (
      json_array_get_string_element (json_object_get_array_member (object, "missing"), 0), ==,
      "amount");

  JsonObject *row =
      json_array_get_object_element (json_object_get_array_member (object, "rows"), 0);
  g_assert_cmpstr (json_array_get_string_element (json_object_get_array_member (row, "texts"), 4),
                   ==, "say \"A\"");
  g_assert_cmpstr (
      json_array_get_string_element (json_object_get_array_member (row, "problems"), 5), ==,
      "the quantity is not a number");
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cli-look/json", test_json);
  return g_test_run ();
}
