/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "command/rai-arguments.h"
#include "command/rai-commands.h"
#include "command/rai-lookup.h"

#include <glib/gi18n-lib.h>

#define DAYS_MAX 400

static bool
validate_override (RaiCommandContext *context, GError **error) {
  int64_t first = rai_arguments_int (context->arguments, "first_day");
  int64_t last = rai_arguments_int (context->arguments, "last_day");
  if (last < first)
    return rai_refuse (error, RAI_COMMAND_ERROR_ARGUMENT, _ ("last_day: it is before first_day"));
  if (last - first >= DAYS_MAX)
    return rai_refuse (error, RAI_COMMAND_ERROR_ARGUMENT,
                       _ ("last_day: at most %d days can be changed at once"), DAYS_MAX);
  return true;
}

/* The newest override of a day holds; the planner brings it into the forecast as a part of its
 * own. */
static bool
apply_override (RaiCommandContext *context, GError **error) {
  RaiStatement *statement = rai_db_prepare (
      context->db,
      "INSERT INTO forecast_override (id, site_id, item_id, first_day, last_day, percent, reason, "
      "account_id, at, rev) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
      error);

  if (statement == NULL)
    return false;

  const RaiArguments *arguments = context->arguments;
  const char *reason = rai_arguments_text (arguments, "reason");
  rai_statement_bind_text (statement, 1, context->id);
  rai_statement_bind_int (statement, 2, context->site_id);
  rai_statement_bind_int (statement, 3, rai_arguments_int (arguments, "item"));
  rai_statement_bind_int (statement, 4, rai_arguments_int (arguments, "first_day"));
  rai_statement_bind_int (statement, 5, rai_arguments_int (arguments, "last_day"));
  rai_statement_bind_int (statement, 6, rai_arguments_int (arguments, "percent"));
  rai_statement_bind_text (statement, 7, reason != NULL ? reason : "");
  rai_statement_bind_int (statement, 8, context->caller->account_id);
  rai_statement_bind_int (statement, 9, context->acted_at);
  rai_statement_bind_int (statement, 10, context->rev);

  return rai_statement_run (statement, error);
}

static char *
describe_override (RaiCommandContext *context) {
  char first[11], last[11];
  const RaiArguments *arguments = context->arguments;
  g_autofree char *name = rai_lookup_item_name (context->db, rai_arguments_int (arguments, "item"));
  return g_strdup_printf (
      _ ("Change forecast: %s, %d %% from %s to %s"), name,
      (int) rai_arguments_int (arguments, "percent"),
      rai_day_format ((RaiDay) rai_arguments_int (arguments, "first_day"), first),
      rai_day_format ((RaiDay) rai_arguments_int (arguments, "last_day"), last));
}

const RaiCommand rai_command_forecast_override = {
  .name = "forecast.override",
  .title = N_ ("Change a forecast"),
  .permission = RAI_PERMISSION_OVERRIDE,
  .arguments =
      (const RaiArgument[]){
          { .name = "site", .type = RAI_VALUE_SITE, .required = true },
          { .name = "item", .type = RAI_VALUE_ITEM, .required = true },
          { .name = "first_day",
            .type = RAI_VALUE_DAY,
            .required = true,
            .minimum = RAI_DAY_FIRST,
            .maximum = RAI_DAY_LAST },
          { .name = "last_day",
            .type = RAI_VALUE_DAY,
            .required = true,
            .minimum = RAI_DAY_FIRST,
            .maximum = RAI_DAY_LAST },
          { .name = "percent",
            .type = RAI_VALUE_INT,
            .required = true,
            .maximum = 2000,
            .help = "of the forecast; 100 takes an earlier change back" },
          { .name = "reason", .type = RAI_VALUE_TEXT, .maximum = 500 },
          { 0 },
      },
  .validate = validate_override,
  .apply = apply_override,
  .describe = describe_override,
};
