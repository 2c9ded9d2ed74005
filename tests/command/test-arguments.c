/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "command/rai-arguments.h"

#include <string.h>

static const RaiArgument line[] = {
  { "item", RAI_VALUE_ITEM, true },
  { "quantity", RAI_VALUE_QUANTITY, true, 1, 1000 },
  { 0 },
};

static const RaiArgument table[] = {
  { "whole", RAI_VALUE_INT, false, -5, 5 },
  { "real", RAI_VALUE_DOUBLE, false },
  { "yes", RAI_VALUE_BOOL, false },
  { "text", RAI_VALUE_TEXT, false, 2, 4 },
  { "id", RAI_VALUE_UUID, false },
  { "day", RAI_VALUE_DAY, false },
  { "lines", RAI_VALUE_LIST, false, .fields = line },
  { 0 },
};

static RaiArguments *
parse (const char *json) {
  g_autoptr (GError) error = NULL;
  RaiArguments *arguments = rai_arguments_parse (table, json, &error);
  g_assert_no_error (error);
  return arguments;
}

static void
check_wrong (const char *json, const char *word) {
  g_autoptr (GError) error = NULL;
  g_autoptr (RaiArguments) arguments = rai_arguments_parse (table, json, &error);
  g_assert_null (arguments);
  g_assert_error (error, RAI_COMMAND_ERROR, RAI_COMMAND_ERROR_ARGUMENT);
  if (!strstr (error->message, word))
    g_error ("%s: \"%s\" does not name %s", json, error->message, word);
}

static void
values (void) {
  g_autoptr (RaiArguments) all = parse ("{ \"day\": \"2026-03-31\", \"whole\": -5, \"real\": 0.5, "
                                        "\"yes\": true, \"text\": \"\\u00fcb\\\"\", "
                                        "\"id\": \"01970000-0000-7000-8000-0000000000a1\", "
                                        "\"lines\": [ {\"quantity\": 7, \"item\": 3} ] }");
  g_assert_cmpint (rai_arguments_int (all, "whole"), ==, -5);
  g_assert_cmpfloat (rai_arguments_double (all, "real"), ==, 0.5);
  g_assert_cmpint (rai_arguments_int (all, "yes"), ==, 1);
  g_assert_cmpstr (rai_arguments_text (all, "text"), ==, "üb\"");
  g_assert_cmpint (rai_arguments_int (all, "day"), ==, rai_day_from_ymd (2026, 3, 31));
  g_assert_cmpuint (rai_arguments_list_length (all, "lines"), ==, 1);
  g_assert_cmpint (rai_arguments_int (rai_arguments_list_at (all, "lines", 0), "quantity"), ==, 7);

  g_autofree char *json = rai_arguments_to_json (all); /* the table's order, no spaces */
  g_assert_cmpstr (json, ==,
                   "{\"whole\":-5,\"real\":0.5,\"yes\":true,\"text\":\"üb\\\"\","
                   "\"id\":\"01970000-0000-7000-8000-0000000000a1\",\"day\":\"2026-03-31\","
                   "\"lines\":[{\"item\":3,\"quantity\":7}]}");
  g_autoptr (RaiArguments) again = parse (json);

  g_autofree char *same = rai_arguments_to_json (again);
  g_assert_cmpstr (same, ==, json);
}

static void
absent (void) {
  g_autoptr (RaiArguments) none = parse ("{\"text\":null}");
  g_assert_false (rai_arguments_has (none, "text"));
  g_assert_null (rai_arguments_text (none, "text"));
  g_assert_cmpint (rai_arguments_int (none, "whole"), ==, 0);
  g_assert_cmpuint (rai_arguments_list_length (none, "lines"), ==, 0);
  g_autofree char *json = rai_arguments_to_json (none);
  g_assert_cmpstr (json, ==, "{}");
}

static void
wrong (void) {
  check_wrong ("", "JSON");
  check_wrong ("[1]", "object");
  check_wrong ("{\"colour\":1}", "colour");
  check_wrong ("{\"whole\":6}", "whole");
  check_wrong ("{\"whole\":1.5}", "whole");
  check_wrong ("{\"whole\":\"1\"}", "whole");
  check_wrong ("{\"yes\":1}", "yes");
  check_wrong ("{\"text\":\"a\"}", "text");
  check_wrong ("{\"text\":\"abcde\"}", "text");
  check_wrong ("{\"text\":7}", "text");
  check_wrong ("{\"id\":\"7\"}", "id");
  check_wrong ("{\"day\":\"2026-02-30\"}", "day");
  check_wrong ("{\"day\":20000}", "day");
  check_wrong ("{\"lines\":{}}", "lines");
  check_wrong ("{\"lines\":[7]}", "lines");
  check_wrong ("{\"lines\":[{\"item\":1}]}", "quantity");
  check_wrong ("{\"lines\":[{\"item\":1,\"quantity\":1001}]}", "quantity");
  check_wrong ("{\"lines\":[{\"item\":1,\"quantity\":1,\"colour\":2}]}", "colour");
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/command/arguments/values", values);
  g_test_add_func ("/command/arguments/absent", absent);
  g_test_add_func ("/command/arguments/wrong", wrong);
  return g_test_run ();
}
