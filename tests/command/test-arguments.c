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

  g_autoptr (RaiArguments) zero = parse ("{\"whole\":0}");
  int64_t store = 7;
  g_assert_null (rai_arguments_int_if_said (none, "whole", &store));
  g_assert_true (rai_arguments_int_if_said (zero, "whole", &store) == &store);
  g_assert_cmpint (store, ==, 0);

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

#define UUID "01970000-0000-7000-8000-0000000000a1"

static void
check_built (const char *command, char *json, const char *expected) {
  g_autofree char *built = json;
  g_autoptr (GError) error = NULL;
  g_assert_cmpstr (built, ==, expected);
  g_autoptr (RaiArguments) parsed =
      rai_arguments_parse (rai_command_find (command)->arguments, built, &error);
  g_assert_no_error (error);
}

/* What is built is what the command's table asks for: texts are escaped, days are written out, a
 * text that is NULL is not given. */
static void
built (void) {
  check_built ("stock.count",
               RAI_ARGUMENTS ("stock.count", { "quantity", .number = 14000 },
                              { "site", .number = 3 }, { "item", .number = 42 },
                              { "note", .text = "shelf \"4\"\n" }),
               "{\"site\":3,\"item\":42,\"quantity\":14000,\"note\":\"shelf \\\"4\\\"\\n\"}");
  check_built (
      "alert.snooze",
      RAI_ARGUMENTS ("alert.snooze", { "alert", .text = UUID }, { "until", .number = 20000 }),
      "{\"alert\":\"" UUID "\",\"until\":\"2024-10-04\"}");
  check_built (
      "order.approve",
      RAI_ARGUMENTS ("order.approve", { "order", .text = UUID }, { "version", .number = 2 }),
      "{\"order\":\"" UUID "\",\"version\":2}");
  check_built ("policy.set",
               RAI_ARGUMENTS ("policy.set", { "scope", .text = "company" },
                              { "key", .text = "service_target" }, { "value", .real = 0.5 }),
               "{\"scope\":\"company\",\"key\":\"service_target\",\"value\":0.5}");
  check_built ("user.set_role",
               RAI_ARGUMENTS ("user.set_role", { "account", .number = 3 },
                              { "role", .text = "admin" }, { "all_sites", .number = 1 }),
               "{\"account\":3,\"role\":\"admin\",\"all_sites\":true}");
}

static void
built_lists (void) {
  const RaiArgumentValue first[] = { { "item", .number = 1 },
                                     { "quantity", .number = 6000 },
                                     { 0 } };
  const RaiArgumentValue second[] = { { "item", .number = 2 },
                                      { "quantity", .number = 500 },
                                      { 0 } };
  const RaiArgumentValue *const lines[] = { first, second, NULL };
  check_built (
      "stock.receive",
      RAI_ARGUMENTS ("stock.receive", { "site", .number = 1 }, { "lines", .list = lines },
                     { "note", .text = NULL }),
      "{\"site\":1,\"lines\":[{\"item\":1,\"quantity\":6000},{\"item\":2,\"quantity\":500}]}");
}

static void
check_misuse (const char *command, const RaiArgumentValue *values) {
  g_test_expect_message (G_LOG_DOMAIN, G_LOG_LEVEL_CRITICAL, "*assertion*failed*");
  g_autofree char *json = rai_arguments_build (command, values);
  g_test_assert_expected_messages ();
  g_assert_null (json);
}

/* A page that names what is not in the table, or leaves out what the command needs. */
static void
misused (void) {
  check_misuse ("stock.steal", (RaiArgumentValue[]){ { 0 } });
  check_misuse ("alert.resolve", (RaiArgumentValue[]){ { 0 } });
  check_misuse ("alert.resolve", (RaiArgumentValue[]){ { "alert", .text = NULL }, { 0 } });
  check_misuse ("alert.resolve",
                (RaiArgumentValue[]){ { "alert", .text = UUID }, { "colour" }, { 0 } });
  const RaiArgumentValue half[] = { { "item", .number = 1 }, { 0 } };
  const RaiArgumentValue *const lines[] = { half, NULL };
  check_misuse ("stock.receive",
                (RaiArgumentValue[]){ { "site", .number = 1 }, { "lines", .list = lines }, { 0 } });
}

static void
check_follow (const char *command, const char *arguments, const char *next, int64_t quantity,
              const char *result, const char *expected) {
  g_autoptr (GError) error = NULL;
  g_autoptr (RaiArguments) first =
      rai_arguments_parse (rai_command_find (command)->arguments, arguments, &error);
  g_assert_no_error (error);
  const RaiAnswer answer = { .result = (char *) result };
  g_autofree char *made = rai_arguments_follow (first, rai_command_find (next),
                                                quantity > 0 ? &quantity : NULL, &answer);
  g_assert_cmpstr (made, ==, expected);
}

/* What was refused is done again with another quantity, and on the version that the server has now;
 * what was done is taken back on the version that it made. */
static void
followed (void) {
  check_follow ("stock.receive", "{\"site\":3,\"lines\":[{\"item\":42,\"quantity\":6000}]}",
                "stock.receive", 7000, NULL,
                "{\"site\":3,\"lines\":[{\"item\":42,\"quantity\":7000}]}");
  check_follow ("stock.receive",
                "{\"site\":3,\"lines\":[{\"item\":1,\"quantity\":1},{\"item\":2,\"quantity\":2}]}",
                "stock.receive", 7000, NULL,
                "{\"site\":3,\"lines\":[{\"item\":1,\"quantity\":1},{\"item\":2,\"quantity\":2}]}");
  check_follow ("order.edit", "{\"order\":\"" UUID "\",\"item\":7,\"quantity\":5,\"version\":1}",
                "order.edit", 9, "{\"seen_version\":1,\"version\":4}",
                "{\"order\":\"" UUID "\",\"item\":7,\"quantity\":9,\"version\":4}");
  check_follow ("order.approve", "{\"order\":\"" UUID "\",\"version\":2}", "order.reopen", 0,
                "{\"status\":\"approved\",\"version\":3}",
                "{\"order\":\"" UUID "\",\"version\":3}");
  check_follow ("order.approve", "{\"order\":\"" UUID "\"}", "order.reopen", 0, "{\"version\":3}",
                "{\"order\":\"" UUID "\"}");
  check_follow ("alert.resolve", "{\"alert\":\"" UUID "\"}", "alert.resolve", 0, "[]",
                "{\"alert\":\"" UUID "\"}");
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/command/arguments/values", values);
  g_test_add_func ("/command/arguments/absent", absent);
  g_test_add_func ("/command/arguments/wrong", wrong);
  g_test_add_func ("/command/arguments/built", built);
  g_test_add_func ("/command/arguments/built-lists", built_lists);
  g_test_add_func ("/command/arguments/misused", misused);
  g_test_add_func ("/command/arguments/followed", followed);
  return g_test_run ();
}
