/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/rai-alert.h"

#include "core/rai-names.h"

#include <glib.h>

static const char *const ids[RAI_N_ALERT_STATES] = {
  [RAI_ALERT_OPEN] = "open",
  [RAI_ALERT_ACKNOWLEDGED] = "acknowledged",
  [RAI_ALERT_SNOOZED] = "snoozed",
  [RAI_ALERT_RESOLVED] = "resolved",
};

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
  g_return_val_if_fail (state < RAI_N_ALERT_STATES, NULL);
  return ids[state];
}

bool
rai_alert_state_parse (const char *id, RaiAlertState *state) {
  size_t place;
  if (!RAI_NAMES_FIND (ids, id, &place))
    return false;
  *state = (RaiAlertState) place;
  return true;
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
