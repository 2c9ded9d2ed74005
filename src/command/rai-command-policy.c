/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "command/rai-arguments.h"
#include "command/rai-commands.h"
#include "core/rai-policy.h"

#include <glib/gi18n-lib.h>

/* What the scope's id must name. Company has none. */
static bool
check_scope (RaiCommandContext *context, RaiPolicyScope scope, GError **error) {
  int64_t id = rai_arguments_int (context->arguments, "scope_id");
  if (scope == RAI_POLICY_COMPANY)
    return id == 0 ||
           rai_refuse (error, RAI_COMMAND_ERROR_ARGUMENT, _ ("scope_id: the company has none"));

  const char *sql = scope == RAI_POLICY_SITE         ? "SELECT 1 FROM site WHERE id = ?1"
                    : scope == RAI_POLICY_DEPARTMENT ? "SELECT 1 FROM department WHERE id = ?1"
                                                     : "SELECT 1 FROM item WHERE id = ?1";
  int64_t found;

  if (!rai_db_get_int (context->db, sql, &id, 1, 0, &found, error))
    return false;

  return found ||
         rai_refuse (error, RAI_COMMAND_ERROR_NOT_FOUND, _ ("There is no %s %" G_GINT64_FORMAT "."),
                     rai_policy_scope_id (scope), id);
}

static bool
validate_set (RaiCommandContext *context, GError **error) {
  const char *key = rai_arguments_text (context->arguments, "key");
  const RaiPolicy *policy = rai_policy_find (key);
  if (policy == NULL)
    return rai_refuse (error, RAI_COMMAND_ERROR_ARGUMENT, _ ("key: there is no rule “%s”"), key);

  RaiPolicyScope scope;
  const char *scope_id = rai_arguments_text (context->arguments, "scope");
  if (!rai_policy_scope_parse (scope_id, &scope) || !(policy->scopes & scope))
    return rai_refuse (error, RAI_COMMAND_ERROR_ARGUMENT, _ ("scope: “%s” cannot be set for %s"),
                       key, scope_id);

  double value = rai_arguments_double (context->arguments, "value");
  if (value < policy->minimum || value > policy->maximum)
    return rai_refuse (error, RAI_COMMAND_ERROR_ARGUMENT, _ ("value: “%s” must be from %g to %g"),
                       key, policy->minimum, policy->maximum);

  return check_scope (context, scope, error);
}

static bool
apply_set (RaiCommandContext *context, GError **error) {
  RaiStatement *statement = rai_db_prepare (
      context->db,
      "INSERT INTO policy (scope, scope_id, key, value, rev) VALUES (?1, ?2, ?3, ?4, ?5) "
      "ON CONFLICT (scope, scope_id, key) DO UPDATE SET value = excluded.value, rev = excluded.rev",
      error);

  if (statement == NULL)
    return false;
  rai_statement_bind_text (statement, 1, rai_arguments_text (context->arguments, "scope"));
  rai_statement_bind_int (statement, 2, rai_arguments_int (context->arguments, "scope_id"));
  rai_statement_bind_text (statement, 3, rai_arguments_text (context->arguments, "key"));
  rai_statement_bind_double (statement, 4, rai_arguments_double (context->arguments, "value"));
  rai_statement_bind_int (statement, 5, context->rev);

  return rai_statement_run (statement, error);
}

static char *
describe_set (RaiCommandContext *context) {
  const char *key = rai_arguments_text (context->arguments, "key");
  const RaiPolicy *policy = rai_policy_find (key);
  return g_strdup_printf (_ ("Set rule: %s = %g"), policy != NULL ? _ (policy->title) : key,
                          rai_arguments_double (context->arguments, "value"));
}

const RaiCommand rai_command_policy_set = {
  .name = "policy.set",
  .title = N_ ("Set a rule"),
  .permission = RAI_PERMISSION_SET_POLICY,
  .reach = RAI_REACH_RULE,
  .arguments =
      (const RaiArgument[]){
          { .name = "scope",
            .type = RAI_VALUE_TEXT,
            .required = true,
            .help = "company, site, department or item" },
          { .name = "scope_id", .type = RAI_VALUE_INT, .help = "of the site, department or item" },
          { .name = "key", .type = RAI_VALUE_TEXT, .required = true },
          { .name = "value", .type = RAI_VALUE_DOUBLE, .required = true },
          { 0 },
      },
  .validate = validate_set,
  .apply = apply_set,
  .describe = describe_set,
};
