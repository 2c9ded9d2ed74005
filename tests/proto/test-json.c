/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "proto/rai-json.h"

#include <math.h>

static void
test_strings (void) {
  g_autoptr (GString) json = g_string_new ("");
  rai_json_append_string (json, "a \"b\"\\\n\t\001 é");
  g_assert_cmpstr (json->str, ==, "\"a \\\"b\\\"\\\\\\n\\t\\u0001 é\"");
  g_string_truncate (json, 0);
  rai_json_append_string (json, NULL);
  g_assert_cmpstr (json->str, ==, "null");
  g_string_truncate (json, 0);
  rai_json_append_string (json, "\xff");
  g_assert_cmpstr (json->str, ==, "\"\xef\xbf\xbd\"");
}

static void
check_double (double value, const char *expected) {
  g_autoptr (GString) json = g_string_new ("");
  rai_json_append_double (json, value);
  g_assert_cmpstr (json->str, ==, expected);
}

static void
test_numbers (void) {
  g_autoptr (GString) json = g_string_new ("");
  rai_json_append_int (json, INT64_MIN);
  g_string_append_c (json, ' ');
  rai_json_append_int (json, 0);
  g_string_append_c (json, ' ');
  rai_json_append_int (json, 1234567);
  g_assert_cmpstr (json->str, ==, "-9223372036854775808 0 1234567");
  check_double (0.1, "0.1");
  check_double (1.0 / 3, "0.3333333333333333");
  check_double (-2, "-2");
  check_double (NAN, "null");
  check_double (INFINITY, "null");
}

static void
test_members (void) {
  g_autoptr (GString) json = g_string_new ("{");
  rai_json_append_name (json, "day");
  rai_json_append_day (json, 0);
  rai_json_append_name (json, "blob");
  rai_json_append_blob (json, "abc", 3);
  g_string_append_c (json, '}');
  g_assert_cmpstr (json->str, ==, "{\"day\":\"1970-01-01\",\"blob\":\"YWJj\"}");
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/json/strings", test_strings);
  g_test_add_func ("/json/numbers", test_numbers);
  g_test_add_func ("/json/members", test_members);
  return g_test_run ();
}
