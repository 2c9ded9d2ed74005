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
  g_autoptr (RaiArguments) count = parse ("stock.count", rai_action_stock (3, 42, 14000, "shelf \"4\"\n"));
  g_assert_cmpint (rai_arguments_int (count, "quantity"), ==, 14000);
  g_assert_cmpstr (rai_arguments_text (count, "note"), ==, "shelf \"4\"\n");
  g_autoptr (RaiArguments) waste = parse ("stock.waste", rai_action_stock (3, 42, 500, NULL));
  g_assert_false (rai_arguments_has (waste, "note"));
  g_autoptr (RaiArguments) receive = parse ("stock.receive", rai_action_stock_receive (3, 42, 6000, ""));
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

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/client/actions/stock", test_stock);
  g_test_add_func ("/client/actions/order", test_order);
  g_test_add_func ("/client/actions/alert", test_alert);
  return g_test_run ();
}
