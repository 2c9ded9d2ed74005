/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Alerts are raised by the planner and handled by people; the states are core/rai-alert's. */
#include "command/rai-commands.h"
#include "command/rai-lookup.h"
#include "command/rai-target.h"

#include <glib/gi18n-lib.h>

/* until: RAI_DAY_NONE when it does not sleep. */
static bool
store (RaiCommandContext *context, RaiDay until, GError **error) {
  RaiStatement *statement =
      rai_db_prepare (context->db,
                      "UPDATE alert SET state = ?1, snoozed_until = CAST(?2 AS INTEGER), "
                      "owner_id = ?3, changed_at = ?4, rev = ?5 WHERE id = ?6",
                      error);

  if (statement == NULL)
    return false;
  rai_statement_bind_text (statement, 1, rai_alert_state_id (context->target->alert.next));
  rai_statement_bind_day (statement, 2, until);
  rai_statement_bind_int (statement, 3, context->caller->account_id);
  rai_statement_bind_int (statement, 4, context->acted_at);
  rai_statement_bind_int (statement, 5, context->rev);
  rai_statement_bind_text (statement, 6, rai_arguments_text (context->arguments, "alert"));

  return rai_statement_run (statement, error);
}

static bool
apply_next (RaiCommandContext *context, GError **error) {
  return store (context, RAI_DAY_NONE, error);
}

/* "Acknowledge: Oat milk 1 l" */
static char *
describe_as (RaiCommandContext *context, const char *what) {
  if (!rai_target_is_told (context))
    return g_strdup (what);

  const RaiAlertHead *alert = &context->target->alert;
  g_autofree char *about = alert->item_id != 0 ? rai_lookup_item_name (context->db, alert->item_id)
                                               : g_strdup (alert->kind);
  return g_strdup_printf ("%s: %s", what, about);
}

#define ALERT_ARGUMENT \
  { .name = "alert", .type = RAI_VALUE_UUID, .required = true }

static char *
describe_acknowledge (RaiCommandContext *context) {
  return describe_as (context, _ ("Acknowledge alert"));
}

const RaiCommand rai_command_alert_acknowledge = {
  .name = "alert.acknowledge",
  .title = N_ ("Acknowledge an alert"),
  .permission = RAI_PERMISSION_HANDLE_ALERTS,
  .target = RAI_TARGET_ALERT,
  .action = RAI_ALERT_ACKNOWLEDGE,
  .arguments = (const RaiArgument[]){ ALERT_ARGUMENT, { 0 } },
  .apply = apply_next,
  .describe = describe_acknowledge,
};

static bool
apply_snooze (RaiCommandContext *context, GError **error) {
  return store (context, (RaiDay) rai_arguments_int (context->arguments, "until"), error);
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
  .target = RAI_TARGET_ALERT,
  .action = RAI_ALERT_SNOOZE,
  .arguments =
      (const RaiArgument[]){
          ALERT_ARGUMENT,
          { .name = "until",
            .type = RAI_VALUE_DAY,
            .required = true,
            .minimum = RAI_DAY_FIRST,
            .maximum = RAI_DAY_LAST,
            .help = "the day it comes back" },
          { 0 },
      },
  .apply = apply_snooze,
  .describe = describe_snooze,
};

static char *
describe_resolve (RaiCommandContext *context) {
  return describe_as (context, _ ("Resolve alert"));
}

const RaiCommand rai_command_alert_resolve = {
  .name = "alert.resolve",
  .title = N_ ("Resolve an alert"),
  .permission = RAI_PERMISSION_HANDLE_ALERTS,
  .target = RAI_TARGET_ALERT,
  .action = RAI_ALERT_RESOLVE,
  .arguments = (const RaiArgument[]){ ALERT_ARGUMENT, { 0 } },
  .apply = apply_next,
  .describe = describe_resolve,
};
