/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "proto/rai-json-read.h"

static void
test_text (void) {
  g_autoptr (JsonNode) node =
      json_from_string ("{\"a\":\"one\",\"b\":2,\"c\":null,\"d\":[\"x\"],\"e\":{}}", NULL);

  JsonObject *object = json_node_get_object (node);
  g_assert_cmpstr (rai_json_get_text (object, "a"), ==, "one");
  g_assert_null (rai_json_get_text (object, "b"));
  g_assert_null (rai_json_get_text (object, "c"));
  g_assert_null (rai_json_get_text (object, "d"));
  g_assert_null (rai_json_get_text (object, "e"));
  g_assert_null (rai_json_get_text (object, "f"));
  g_assert_null (rai_json_get_text (NULL, "a"));
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/json-read/text", test_text);
  return g_test_run ();
}
