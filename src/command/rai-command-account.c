/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Accounts. No secret ever passes through a command: passwords are set by the server's sign-in,
 * outside the audit
 * log. */
#include "command/rai-commands.h"
#include "command/rai-lookup.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Logins are what people type: lower-case letters, digits, dot, dash, underscore and at. */
static bool
login_is_good (const char *login) {
  for (const char *at = login; *at != '\0'; at++)
    if (!g_ascii_islower (*at) && !g_ascii_isdigit (*at) && strchr (".-_@", *at) == NULL)
      return false;
  return true;
}

static bool
validate_add (RaiCommandContext *context, GError **error) {
  const char *login = rai_arguments_text (context->arguments, "login");
  const char *role_id = rai_arguments_text (context->arguments, "role");
  RaiRole role;

  if (!login_is_good (login))
    return rai_refuse (error, RAI_COMMAND_ERROR_ARGUMENT,
                       _ ("login: only small letters, digits and . - _ @ can be used"));

  if (!rai_role_parse (role_id, &role))
    return rai_refuse (
        error, RAI_COMMAND_ERROR_ARGUMENT,
        _ ("role: “%s” is none of associate, store_manager, regional_manager, executive, admin"),
        role_id);

  bool all_sites = rai_arguments_int (context->arguments, "all_sites");
  if (!all_sites && rai_arguments_list_length (context->arguments, "sites") == 0)
    return rai_refuse (error, RAI_COMMAND_ERROR_ARGUMENT,
                       _ ("sites: say which stores, or all_sites"));

  RaiStatement *statement =
      rai_db_prepare (context->db, "SELECT 1 FROM account WHERE login = ?1", error);
  if (statement == NULL)
    return false;

  rai_statement_bind_text (statement, 1, login);
  RaiStep step = rai_statement_step (statement, error);
  rai_statement_reset (statement);
  if (step == RAI_STEP_ROW)
    return rai_refuse (error, RAI_COMMAND_ERROR_STATE, _ ("There is an account “%s” already."),
                       login);

  return step == RAI_STEP_DONE;
}

static bool
insert_account (RaiCommandContext *context, int64_t account_id, GError **error) {
  RaiStatement *statement =
      rai_db_prepare (context->db,
                      "INSERT INTO account (id, login, name, role, all_sites, created_at, rev) "
                      "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                      error);

  if (statement == NULL)
    return false;

  const char *name = rai_arguments_text (context->arguments, "name");
  const char *login = rai_arguments_text (context->arguments, "login");
  rai_statement_bind_int (statement, 1, account_id);
  rai_statement_bind_text (statement, 2, login);
  rai_statement_bind_text (statement, 3, name != NULL ? name : login);
  rai_statement_bind_text (statement, 4, rai_arguments_text (context->arguments, "role"));
  rai_statement_bind_int (statement, 5, rai_arguments_int (context->arguments, "all_sites"));
  rai_statement_bind_int (statement, 6, context->received_at);
  rai_statement_bind_int (statement, 7, context->rev);
  if (!rai_statement_run (statement, error))
    return false;

  RaiStatement *person =
      rai_db_prepare (context->db, "INSERT INTO person (id, name, rev) VALUES (?1, ?2, ?3)", error);
  if (person == NULL)
    return false;

  rai_statement_bind_int (person, 1, account_id);
  rai_statement_bind_text (person, 2, name != NULL ? name : login);
  rai_statement_bind_int (person, 3, context->rev);

  return rai_statement_run (person, error);
}

static bool
insert_sites (RaiCommandContext *context, int64_t account_id, GError **error) {
  for (size_t i = 0; i < rai_arguments_list_length (context->arguments, "sites"); i++) {
    RaiStatement *statement = rai_db_prepare (
        context->db,
        "INSERT INTO account_site (account_id, site_id) VALUES (?1, ?2) ON CONFLICT DO NOTHING",
        error);
    if (statement == NULL)
      return false;
    rai_statement_bind_int (statement, 1, account_id);
    rai_statement_bind_int (
        statement, 2,
        rai_arguments_int (rai_arguments_list_at (context->arguments, "sites", i), "site"));
    if (!rai_statement_run (statement, error))
      return false;
  }

  return true;
}

static bool
apply_add (RaiCommandContext *context, GError **error) {
  int64_t last;
  if (!rai_db_get_int (context->db, "SELECT max(id) FROM account", NULL, 0, 0, &last, error))
    return false;
  g_string_append_printf (context->result, "\"account_id\":%" G_GINT64_FORMAT, last + 1);
  return insert_account (context, last + 1, error) && insert_sites (context, last + 1, error);
}

static char *
describe_add (RaiCommandContext *context) {
  return g_strdup_printf (_ ("Add account: %s (%s)"),
                          rai_arguments_text (context->arguments, "login"),
                          rai_arguments_text (context->arguments, "role"));
}

const RaiCommand rai_command_user_add = {
  .name = "user.add",
  .title = N_ ("Add an account"),
  .permission = RAI_PERMISSION_ADMINISTER,
  .arguments =
      (const RaiArgument[]){
          { .name = "login",
            .type = RAI_VALUE_TEXT,
            .required = true,
            .minimum = 1,
            .maximum = 64 },
          { .name = "name",
            .type = RAI_VALUE_TEXT,
            .minimum = 1,
            .maximum = 200,
            .help = "shown to others" },
          { .name = "role", .type = RAI_VALUE_TEXT, .required = true },
          { .name = "all_sites", .type = RAI_VALUE_BOOL },
          { .name = "sites",
            .type = RAI_VALUE_LIST,
            .maximum = 10000,
            .fields =
                (const RaiArgument[]){ { .name = "site", .type = RAI_VALUE_SITE, .required = true },
                                       { 0 } } },
          { 0 },
      },
  .validate = validate_add,
  .apply = apply_add,
  .describe = describe_add,
  .server_only = true,
};

static bool
validate_disable (RaiCommandContext *context, GError **error) {
  int64_t account_id = rai_arguments_int (context->arguments, "account");
  int64_t found;
  if (!rai_db_get_int (context->db, "SELECT 1 FROM account WHERE id = ?1", &account_id, 1, 0,
                       &found, error))
    return false;

  if (!found)
    return rai_refuse (error, RAI_COMMAND_ERROR_NOT_FOUND,
                       _ ("There is no account %" G_GINT64_FORMAT "."), account_id);

  bool enable = rai_arguments_int (context->arguments, "enable");
  if (!enable && account_id == context->caller->account_id)
    return rai_refuse (error, RAI_COMMAND_ERROR_STATE,
                       _ ("Your own account cannot be disabled by you."));

  return true;
}

static bool
apply_disable (RaiCommandContext *context, GError **error) {
  RaiStatement *statement = rai_db_prepare (
      context->db, "UPDATE account SET disabled = ?1, rev = ?2 WHERE id = ?3", error);
  if (statement == NULL)
    return false;
  rai_statement_bind_int (statement, 1, !rai_arguments_int (context->arguments, "enable"));
  rai_statement_bind_int (statement, 2, context->rev);
  rai_statement_bind_int (statement, 3, rai_arguments_int (context->arguments, "account"));
  return rai_statement_run (statement, error);
}

static char *
describe_disable (RaiCommandContext *context) {
  return g_strdup_printf (rai_arguments_int (context->arguments, "enable")
                              ? _ ("Enable account %" G_GINT64_FORMAT)
                              : _ ("Disable account %" G_GINT64_FORMAT),
                          rai_arguments_int (context->arguments, "account"));
}

const RaiCommand rai_command_user_disable = {
  .name = "user.disable",
  .title = N_ ("Disable an account"),
  .permission = RAI_PERMISSION_ADMINISTER,
  .arguments =
      (const RaiArgument[]){
          { .name = "account", .type = RAI_VALUE_INT, .required = true },
          { .name = "enable", .type = RAI_VALUE_BOOL, .help = "the other way round" },
          { 0 },
      },
  .validate = validate_disable,
  .apply = apply_disable,
  .describe = describe_disable,
  .server_only = true,
};
