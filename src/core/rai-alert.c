/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/rai-alert.h"

#include <glib.h>

static const char *const ids[] = { "open", "acknowledged", "snoozed", "resolved" };

static const struct {
  RaiAlertState from;
  RaiAlertAction action;
  RaiAlertState to;
} transitions[] = {
  { RAI_ALERT_OPEN, RAI_ALERT_ACKNOWLEDGE, RAI_ALERT_ACKNOWLEDGED },
  { RAI_ALERT_SNOOZED, RAI_ALERT_ACKNOWLEDGE, RAI_ALERT_ACKNOWLEDGED },
  { RAI_ALERT_OPEN, RAI_ALERT_SNOOZE, RAI_ALERT_SNOOZED },
  { RAI_ALERT_ACKNOWLEDGED, RAI_ALERT_SNOOZE, RAI_ALERT_SNOOZED },
  { RAI_ALERT_SNOOZED, RAI_ALERT_SNOOZE, RAI_ALERT_SNOOZED },
  { RAI_ALERT_OPEN, RAI_ALERT_RESOLVE, RAI_ALERT_RESOLVED },
  { RAI_ALERT_ACKNOWLEDGED, RAI_ALERT_RESOLVE, RAI_ALERT_RESOLVED },
  { RAI_ALERT_SNOOZED, RAI_ALERT_RESOLVE, RAI_ALERT_RESOLVED },
  { RAI_ALERT_SNOOZED, RAI_ALERT_WAKE, RAI_ALERT_OPEN },
};

const char *
rai_alert_state_id (RaiAlertState state) {
  g_return_val_if_fail ((size_t) state < G_N_ELEMENTS (ids), NULL);
  return ids[state];
}

bool
rai_alert_state_parse (const char *id, RaiAlertState *state) {
  for (size_t i = 0; id != NULL && i < G_N_ELEMENTS (ids); i++)
    if (g_str_equal (ids[i], id)) {
      *state = (RaiAlertState) i;
      return true;
    }
  return false;
}

bool
rai_alert_state_after (RaiAlertState state, RaiAlertAction action, RaiAlertState *next) {
  for (size_t i = 0; i < G_N_ELEMENTS (transitions); i++)
    if (transitions[i].from == state && transitions[i].action == action) {
      *next = transitions[i].to;
      return true;
    }
  return false;
}
