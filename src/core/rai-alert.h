/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stdbool.h>

/* An alert's life, as one table in rai-alert.c:
 *
 *   open --acknowledge--> acknowledged
 *   open, acknowledged --snooze--> snoozed --wake--> open
 *   snoozed --acknowledge--> acknowledged; --snooze--> snoozed, until another day
 *   any of them --resolve--> resolved
 *
 * There is one alert that is not resolved for each cause. Waking is the planner's, on the day the
 * snooze ends. */
typedef enum {
  RAI_ALERT_OPEN,
  RAI_ALERT_ACKNOWLEDGED,
  RAI_ALERT_SNOOZED,
  RAI_ALERT_RESOLVED,
  RAI_N_ALERT_STATES,
} RaiAlertState;

typedef enum {
  RAI_ALERT_ACKNOWLEDGE,
  RAI_ALERT_SNOOZE,
  RAI_ALERT_RESOLVE,
  RAI_ALERT_WAKE,
} RaiAlertAction;

/* "open", "acknowledged", "snoozed", "resolved": as in the database. */
const char *rai_alert_state_id (RaiAlertState state);
bool rai_alert_state_parse (const char *id, RaiAlertState *state);
/* false when the action is not possible in that state. */
bool rai_alert_state_after (RaiAlertState state, RaiAlertAction action, RaiAlertState *next);
