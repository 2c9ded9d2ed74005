/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every descriptor that names a target can be resolved: its table has the argument that names the
 * row, and core's state machine knows the action. */
#include "command/rai-target.h"

#include <string.h>

static const RaiArgument *
find (const RaiCommand *command, const char *name) {
  for (const RaiArgument *argument = command->arguments; argument->name != NULL; argument++)
    if (strcmp (argument->name, name) == 0)
      return argument;
  return NULL;
}

static bool
is_possible (const RaiCommand *command) {
  for (int from = RAI_ORDER_PROPOSED; from <= RAI_ORDER_CANCELLED; from++) {
    RaiOrderStatus status;
    if (command->target == RAI_TARGET_ORDER &&
        rai_order_status_after ((RaiOrderStatus) from, (RaiOrderAction) command->action, &status))
      return true;
  }

  for (int from = RAI_ALERT_OPEN; from <= RAI_ALERT_RESOLVED; from++) {
    RaiAlertState state;
    if (command->target == RAI_TARGET_ALERT &&
        rai_alert_state_after ((RaiAlertState) from, (RaiAlertAction) command->action, &state))
      return true;
  }

  return false;
}

static void
test_descriptors (void) {
  static const char *const names[] = { [RAI_TARGET_ORDER] = "order", [RAI_TARGET_ALERT] = "alert" };
  unsigned n = 0;
  for (const RaiCommand *const *at = rai_commands; *at != NULL; at++) {
    const RaiCommand *command = *at;
    for (int kind = RAI_TARGET_ORDER; kind <= RAI_TARGET_ALERT; kind++)
      g_assert_true ((command->target == (RaiTargetKind) kind) ==
                     (find (command, names[kind]) != NULL));
    if (command->target == RAI_TARGET_NONE)
      continue;
    g_assert_cmpint (find (command, names[command->target])->type, ==, RAI_VALUE_UUID);
    g_assert_true (is_possible (command));
    n++;
  }

  g_assert_cmpuint (n, ==, 8);
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/command/target/descriptors", test_descriptors);
  return g_test_run ();
}
