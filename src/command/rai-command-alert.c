/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Alerts are raised by the planner and handled by people; the states are core/rai-alert's. */
#include "command/rai-commands.h"
#include "command/rai-lookup.h"
#include "core/rai-alert.h"

#include <glib/gi18n-lib.h>

typedef struct {
  int64_t site_id;
  int64_t item_id;
  RaiAlertState state;
  char *kind;
} Alert;

static void
alert_clear (Alert *alert) {
  g_free (alert->kind);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Alert, alert_clear)

static RaiStep
read_alert (RaiCommandContext *context, Alert *alert, GError **error) {
  RaiStatement *statement = rai_db_prepare (
      context->db, "SELECT site_id, item_id, state, kind FROM alert WHERE id = ?1", error);
  if (statement == NULL)
    return RAI_STEP_FAILED;

  rai_statement_bind_text (statement, 1, rai_arguments_text (context->arguments, "alert"));
  RaiStep step = rai_statement_step (statement, error);
  if (step == RAI_STEP_ROW) {
    alert->site_id = rai_statement_int (statement, 0);
    alert->item_id = rai_statement_int (statement, 1);
    if (!rai_alert_state_parse (rai_statement_text (statement, 2), &alert->state))
      alert->state = RAI_ALERT_RESOLVED;
    alert->kind = g_strdup (rai_statement_text (statement, 3));
  }

  rai_statement_reset (statement);
  return step;
}

/* Checks and makes the step of one action. */
static bool
act (RaiCommandContext *context, RaiAlertAction action, GError **error) {
  g_auto (Alert) alert = { 0 };
  RaiStep step = read_alert (context, &alert, error);
  if (step == RAI_STEP_FAILED)
    return false;
  if (step == RAI_STEP_DONE)
    return rai_refuse (error, RAI_COMMAND_ERROR_NOT_FOUND, _ ("The alert is not there any more."));
  if (!rai_identity_sees_site (context->caller, alert.site_id))
    return rai_refuse (error, RAI_COMMAND_ERROR_FORBIDDEN,
                       _ ("The alert belongs to a store that is not yours."));

  context->site_id = alert.site_id;
  RaiAlertState next;
  if (!rai_alert_state_after (alert.state, action, &next))
    return rai_refuse (error, RAI_COMMAND_ERROR_STATE, _ ("The alert is %s already."),
                       rai_alert_state_id (alert.state));

  RaiStatement *statement =
      rai_db_prepare (context->db,
                      "UPDATE alert SET state = ?1, snoozed_until = CAST(?2 AS INTEGER), "
                      "owner_id = ?3, changed_at = ?4, rev = ?5 WHERE id = ?6",
                      error);

  if (statement == NULL)
    return false;
  rai_statement_bind_text (statement, 1, rai_alert_state_id (next));

  if (action == RAI_ALERT_SNOOZE)
    rai_statement_bind_int (statement, 2, rai_arguments_int (context->arguments, "until"));
  else
    rai_statement_bind_null (statement, 2);

  rai_statement_bind_int (statement, 3, context->caller->account_id);
  rai_statement_bind_int (statement, 4, context->acted_at);
  rai_statement_bind_int (statement, 5, context->rev);
  rai_statement_bind_text (statement, 6, rai_arguments_text (context->arguments, "alert"));

  return rai_statement_run (statement, error);
}

/* "Acknowledge: Oat milk 1 l" */
static char *
describe_as (RaiCommandContext *context, const char *what) {
  g_auto (Alert) alert = { 0 };
  if (read_alert (context, &alert, NULL) != RAI_STEP_ROW)
    return g_strdup (what);
  g_autofree char *about = alert.item_id != 0 ? rai_lookup_item_name (context->db, alert.item_id)
                                              : g_strdup (alert.kind);
  return g_strdup_printf ("%s: %s", what, about);
}

#define ALERT_ARGUMENT \
  { .name = "alert", .type = RAI_VALUE_UUID, .required = true }

static bool
apply_acknowledge (RaiCommandContext *context, GError **error) {
  return act (context, RAI_ALERT_ACKNOWLEDGE, error);
}

static char *
describe_acknowledge (RaiCommandContext *context) {
  return describe_as (context, _ ("Acknowledge alert"));
}

const RaiCommand rai_command_alert_acknowledge = {
  .name = "alert.acknowledge",
  .title = N_ ("Acknowledge an alert"),
  .permission = RAI_PERMISSION_HANDLE_ALERTS,
  .arguments = (const RaiArgument[]){ ALERT_ARGUMENT, { 0 } },
  .apply = apply_acknowledge,
  .describe = describe_acknowledge,
};

static bool
apply_snooze (RaiCommandContext *context, GError **error) {
  return act (context, RAI_ALERT_SNOOZE, error);
}

static char *
describe_snooze (RaiCommandContext *context) {
  char until[11];
  g_autofree char *alert = describe_as (context, _ ("Snooze alert"));
  return g_strdup_printf (
      _ ("%s, until %s"), alert,
      rai_day_format ((RaiDay) rai_arguments_int (context->arguments, "until"), until));
}

const RaiCommand rai_command_alert_snooze = {
  .name = "alert.snooze",
  .title = N_ ("Snooze an alert"),
  .permission = RAI_PERMISSION_HANDLE_ALERTS,
  .arguments =
      (const RaiArgument[]){
          ALERT_ARGUMENT,
          { .name = "until",
            .type = RAI_VALUE_DAY,
            .required = true,
            .help = "the day it comes back" },
          { 0 },
      },
  .apply = apply_snooze,
  .describe = describe_snooze,
};

static bool
apply_resolve (RaiCommandContext *context, GError **error) {
  return act (context, RAI_ALERT_RESOLVE, error);
}

static char *
describe_resolve (RaiCommandContext *context) {
  return describe_as (context, _ ("Resolve alert"));
}

const RaiCommand rai_command_alert_resolve = {
  .name = "alert.resolve",
  .title = N_ ("Resolve an alert"),
  .permission = RAI_PERMISSION_HANDLE_ALERTS,
  .arguments = (const RaiArgument[]){ ALERT_ARGUMENT, { 0 } },
  .apply = apply_resolve,
  .describe = describe_resolve,
};
