/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/model/rai-actions.h"

#include "command/rai-arguments.h"

#define UUID "01970000-0000-7000-8000-0000000000a1"

/* What pages send is what the commands' tables ask for. Takes the JSON. */
static RaiArguments *
parse (const char *command, char *json) {
  GError *error = NULL;
  const RaiCommand *found = rai_command_find (command);
  g_assert_nonnull (found);
  RaiArguments *arguments = rai_arguments_parse (found->arguments, json, &error);
  g_assert_no_error (error);
  g_free (json);
  return arguments;
}

static void
test_stock (void) {
  g_autoptr (RaiArguments) count =
      parse ("stock.count", rai_action_stock (3, 42, 14000, "shelf \"4\"\n"));
  g_assert_cmpint (rai_arguments_int (count, "quantity"), ==, 14000);
  g_assert_cmpstr (rai_arguments_text (count, "note"), ==, "shelf \"4\"\n");
  g_autoptr (RaiArguments) waste = parse ("stock.waste", rai_action_stock (3, 42, 500, NULL));
  g_assert_false (rai_arguments_has (waste, "note"));
  g_autoptr (RaiArguments) receive =
      parse ("stock.receive", rai_action_stock_receive (3, 42, 6000, ""));
  g_assert_cmpint (rai_arguments_list_length (receive, "lines"), ==, 1);
}

static void
test_order (void) {
  g_autoptr (RaiArguments) approve = parse ("order.approve", rai_action_order_approve (UUID, 2));
  g_assert_cmpstr (rai_arguments_text (approve, "order"), ==, UUID);
  g_assert_cmpint (rai_arguments_int (approve, "version"), ==, 2);
  g_autoptr (RaiArguments) edit = parse ("order.edit", rai_action_order_edit (UUID, 2, 7, 12000));
  g_assert_cmpint (rai_arguments_int (edit, "quantity"), ==, 12000);
}

static void
test_alert (void) {
  g_autoptr (RaiArguments) take = parse ("alert.acknowledge", rai_action_alert (UUID));
  g_autoptr (RaiArguments) settle = parse ("alert.resolve", rai_action_alert (UUID));
  g_autoptr (RaiArguments) snooze = parse ("alert.snooze", rai_action_alert_snooze (UUID, 20000));
  g_assert_cmpstr (rai_arguments_text (take, "alert"), ==, rai_arguments_text (settle, "alert"));
  g_assert_cmpint (rai_arguments_int (snooze, "until"), ==, 20000);
}

static void
check_again (const char *arguments, int64_t quantity, const char *answer, const char *expected) {
  g_autofree char *again = rai_action_again (arguments, quantity, answer);
  g_assert_cmpstr (again, ==, expected);
}

/* What was refused is done again with another quantity, and on the version that the server has
 * now. */
static void
test_again (void) {
  int64_t quantity = 0;
  g_autofree char *receive = rai_action_stock_receive (3, 42, 6000, NULL);
  g_assert_true (rai_action_get_quantity (receive, &quantity));
  g_assert_cmpint (quantity, ==, 6000);
  check_again (receive, 7000, NULL, "{\"site\":3,\"lines\":[{\"item\":42,\"quantity\":7000}]}");
  check_again ("{\"order\":\"a\",\"version\":1}", 0, "{\"seen_version\":1,\"version\":4}",
               "{\"order\":\"a\",\"version\":4}");
  check_again ("{\"alert\":\"a\"}", 0, "{\"version\":4}", "{\"alert\":\"a\"}");
  check_again ("nonsense", 1, "[]", "nonsense");
  g_assert_false (
      rai_action_get_quantity ("{\"lines\":[{\"quantity\":1},{\"quantity\":2}]}", &quantity));
  g_assert_false (rai_action_get_quantity ("{\"quantity\":\"many\"}", &quantity));
  g_assert_false (rai_action_get_quantity ("[1]", &quantity));

  g_autofree char *order = rai_action_get_order ("{\"order\":\"a\"}"),
                  *none = rai_action_get_order ("{\"order\":7}");
  g_assert_cmpstr (order, ==, "a");
  g_assert_cmpstr (none, ==, NULL);
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/client/actions/stock", test_stock);
  g_test_add_func ("/client/actions/order", test_order);
  g_test_add_func ("/client/actions/alert", test_alert);
  g_test_add_func ("/client/actions/again", test_again);
  return g_test_run ();
}
