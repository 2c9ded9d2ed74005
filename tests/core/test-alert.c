/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/rai-alert.h"

#include <glib.h>

static void
life (void) {
  RaiAlertState state = RAI_ALERT_OPEN;
  g_assert_true (rai_alert_state_after (state, RAI_ALERT_SNOOZE, &state));
  g_assert_true (rai_alert_state_after (state, RAI_ALERT_WAKE, &state));
  g_assert_cmpint (state, ==, RAI_ALERT_OPEN);
  g_assert_true (rai_alert_state_after (state, RAI_ALERT_ACKNOWLEDGE, &state));
  g_assert_false (rai_alert_state_after (state, RAI_ALERT_ACKNOWLEDGE, &state));
  g_assert_true (rai_alert_state_after (state, RAI_ALERT_RESOLVE, &state));
  for (int action = RAI_ALERT_ACKNOWLEDGE; action <= RAI_ALERT_WAKE; action++)
    g_assert_false (rai_alert_state_after (RAI_ALERT_RESOLVED, (RaiAlertAction) action, &state));
}

static void
ids (void) {
  for (int i = RAI_ALERT_OPEN; i <= RAI_ALERT_RESOLVED; i++) {
    RaiAlertState state;
    g_assert_true (rai_alert_state_parse (rai_alert_state_id ((RaiAlertState) i), &state));
    g_assert_cmpint (state, ==, i);
  }
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/alert/life", life);
  g_test_add_func ("/core/alert/ids", ids);
  return g_test_run ();
}
