/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Accounts. No secret ever passes through a command: passwords are set by the server's sign-in,
 * outside the audit log. Whose accounts, and which sites may be given: rai-reach. */
#include "command/rai-arguments.h"
#include "command/rai-commands.h"
#include "db/rai-db-run.h"
#include "db/rai-session.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define SITES_MAX 10000

static const RaiArgument site_fields[] = {
  { .name = "site", .type = RAI_VALUE_SITE, .required = true },
  { 0 },
};

/* Logins are what people type: lower-case letters, digits, dot, dash, underscore and at. */
static bool
login_is_good (const char *login) {
  for (const char *at = login; *at != '\0'; at++)
    if (!g_ascii_islower (*at) && !g_ascii_isdigit (*at) && strchr (".-_@", *at) == NULL)
      return false;
  return true;
}

/* Arguments `role`, `all_sites` and `sites`. */
static bool
check_role (const RaiCommandContext *context, GError **error) {
  const char *role_id = rai_arguments_text (context->arguments, "role");
  RaiRole role;

  if (!rai_role_parse (role_id, &role)) {
    g_autoptr (GString) known = g_string_new (NULL);
    for (int i = 0; i < RAI_N_ROLES; i++)
      g_string_append_printf (known, "%s%s", i > 0 ? ", " : "", rai_role_id ((RaiRole) i));
    return rai_refuse (error, RAI_COMMAND_ERROR_ARGUMENT, _ ("role: “%s” is none of %s"), role_id,
                       known->str);
  }

  bool all_sites = rai_arguments_int (context->arguments, "all_sites");
  if (!all_sites && rai_arguments_list_length (context->arguments, "sites") == 0)
    return rai_refuse (error, RAI_COMMAND_ERROR_ARGUMENT,
                       _ ("sites: say which stores, or all_sites"));
  return true;
}

/* Who has a shop on a computer of their own is its owner: the program makes that account together
 * with the database, before any other, and nobody is given the role later. */
static bool
check_owner (const RaiCommandContext *context, bool adding, GError **error) {
  RaiRole role;
  int64_t n = 0;
  rai_role_parse (rai_arguments_text (context->arguments, "role"), &role);
  if (role != RAI_ROLE_OWNER)
    return true;
  if (!rai_db_get_int (context->db, "SELECT count(*) FROM account", NULL, 0, 0, &n, error))
    return false;

  return (adding && n == 0 && context->caller->account_id == 0 &&
          rai_arguments_int (context->arguments, "all_sites")) ||
         rai_refuse (error, RAI_COMMAND_ERROR_STATE,
                     _ ("The owner is who set up a shop on a computer of their own; nobody is "
                        "given that role. An administrator looks after people and data."));
}

static bool
validate_add (RaiCommandContext *context, GError **error) {
  const char *login = rai_arguments_text (context->arguments, "login");

  if (!login_is_good (login))
    return rai_refuse (error, RAI_COMMAND_ERROR_ARGUMENT,
                       _ ("login: only small letters, digits and . - _ @ can be used"));
  if (!check_role (context, error) || !check_owner (context, true, error))
    return false;

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
  return rai_statement_run (statement, error);
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

/* Names the account at each of its stores, or everywhere: table person, whose rows stay when it
 * leaves a store. */
static bool
meet (RaiCommandContext *context, int64_t account_id, GError **error) {
  return rai_db_run (context->db, error,
                     "INSERT INTO person (site_id, id, name, rev) "
                     "SELECT coalesce(s.site_id, 0), a.id, a.name, CAST(?2 AS BIGINT) "
                     "FROM account a LEFT JOIN account_site s "
                     "  ON s.account_id = a.id AND a.all_sites = 0 "
                     "WHERE a.id = ?1 AND (a.all_sites = 1 OR s.site_id IS NOT NULL) "
                     "ON CONFLICT (site_id, id) DO UPDATE "
                     "SET name = excluded.name, rev = excluded.rev "
                     "WHERE person.name <> excluded.name",
                     "ii", account_id, context->rev);
}

static bool
apply_add (RaiCommandContext *context, GError **error) {
  int64_t last;
  if (!rai_db_get_int (context->db, "SELECT max(id) FROM account", NULL, 0, 0, &last, error))
    return false;
  g_string_append_printf (context->result, "\"account_id\":%" G_GINT64_FORMAT, last + 1);
  return insert_account (context, last + 1, error) && insert_sites (context, last + 1, error) &&
         meet (context, last + 1, error);
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
  .reach = RAI_REACH_PERSONS,
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
          { .name = "sites", .type = RAI_VALUE_LIST, .maximum = SITES_MAX, .fields = site_fields },
          { 0 },
      },
  .validate = validate_add,
  .apply = apply_add,
  .describe = describe_add,
  .server_only = true,
};

/* Somebody must be left who can let others in. */
static bool
check_not_last (RaiCommandContext *context, int64_t account_id, GError **error) {
  static const char sql[] =
      "SELECT count(*) FROM account WHERE role IN (?2, ?3) AND all_sites = 1 AND disabled = 0 "
      "AND EXISTS (SELECT 1 FROM account a WHERE a.id = ?1 AND a.role IN (?2, ?3) "
      "  AND a.all_sites = 1 AND a.disabled = 0)";
  int64_t n = 0;
  if (rai_db_row (context->db, error, sql, "itt>i", account_id, rai_role_id (RAI_ROLE_ADMIN),
                  rai_role_id (RAI_ROLE_OWNER), &n) == RAI_STEP_FAILED)
    return false;

  return n != 1 || rai_refuse (error, RAI_COMMAND_ERROR_STATE,
                               _ ("This is the last administrator of all stores: make another one "
                                  "first."));
}

static bool
validate_disable (RaiCommandContext *context, GError **error) {
  int64_t account_id = rai_arguments_int (context->arguments, "account");
  if (account_id == context->caller->account_id)
    return rai_refuse (error, RAI_COMMAND_ERROR_STATE,
                       _ ("Your own account cannot be disabled by you."));

  return check_not_last (context, account_id, error);
}

/* Its sign-ins end either way: who is let in again signs in again. */
static bool
set_disabled (RaiCommandContext *context, bool disabled, GError **error) {
  int64_t account_id = rai_arguments_int (context->arguments, "account");
  return rai_db_run (context->db, error, "UPDATE account SET disabled = ?1, rev = ?2 WHERE id = ?3",
                     "iii", (int64_t) disabled, context->rev, account_id) &&
         rai_session_end_all (context->db, account_id, error);
}

static bool
apply_disable (RaiCommandContext *context, GError **error) {
  return set_disabled (context, true, error);
}

static bool
apply_enable (RaiCommandContext *context, GError **error) {
  return set_disabled (context, false, error);
}

static char *
describe_disable (RaiCommandContext *context) {
  return g_strdup_printf (_ ("Disable account %" G_GINT64_FORMAT),
                          rai_arguments_int (context->arguments, "account"));
}

static char *
describe_enable (RaiCommandContext *context) {
  return g_strdup_printf (_ ("Enable account %" G_GINT64_FORMAT),
                          rai_arguments_int (context->arguments, "account"));
}

static const RaiArgument one_account[] = {
  { .name = "account", .type = RAI_VALUE_INT, .required = true },
  { 0 },
};

const RaiCommand rai_command_user_disable = {
  .name = "user.disable",
  .title = N_ ("Disable an account"),
  .permission = RAI_PERMISSION_ADMINISTER,
  .reach = RAI_REACH_PERSONS,
  .arguments = one_account,
  .validate = validate_disable,
  .apply = apply_disable,
  .describe = describe_disable,
  .server_only = true,
};

const RaiCommand rai_command_user_enable = {
  .name = "user.enable",
  .title = N_ ("Enable an account again"),
  .permission = RAI_PERMISSION_ADMINISTER,
  .reach = RAI_REACH_PERSONS,
  .arguments = one_account,
  .apply = apply_enable,
  .describe = describe_enable,
  .server_only = true,
};

static bool
validate_set_role (RaiCommandContext *context, GError **error) {
  int64_t account_id = rai_arguments_int (context->arguments, "account");
  const char *role_id = rai_arguments_text (context->arguments, "role");
  if (account_id == context->caller->account_id)
    return rai_refuse (error, RAI_COMMAND_ERROR_STATE,
                       _ ("Your own role cannot be changed by you."));
  RaiRole role;
  if (!check_role (context, error) || !check_owner (context, false, error))
    return false;

  bool stays = rai_role_parse (role_id, &role) && rai_role_may (role, RAI_PERMISSION_ADMINISTER) &&
               rai_arguments_int (context->arguments, "all_sites");
  return stays || check_not_last (context, account_id, error);
}

/* Counts from the account's next request on: who serves reads it again after each commit. Its
 * sign-ins go on, and its replica is fetched anew where the scope is another. */
static bool
apply_set_role (RaiCommandContext *context, GError **error) {
  int64_t account_id = rai_arguments_int (context->arguments, "account");
  bool all_sites = rai_arguments_int (context->arguments, "all_sites");
  RaiStatement *update = rai_db_prepare (
      context->db, "UPDATE account SET role = ?1, all_sites = ?2, rev = ?3 WHERE id = ?4", error);
  if (update == NULL)
    return false;
  rai_statement_bind_text (update, 1, rai_arguments_text (context->arguments, "role"));
  rai_statement_bind_int (update, 2, all_sites);
  rai_statement_bind_int (update, 3, context->rev);
  rai_statement_bind_int (update, 4, account_id);
  if (!rai_statement_run (update, error))
    return false;

  RaiStatement *delete =
      rai_db_prepare (context->db, "DELETE FROM account_site WHERE account_id = ?1", error);
  if (delete == NULL)
    return false;
  rai_statement_bind_int (delete, 1, account_id);
  return rai_statement_run (delete, error) &&
         (all_sites || insert_sites (context, account_id, error)) &&
         meet (context, account_id, error);
}

static char *
describe_set_role (RaiCommandContext *context) {
  bool all_sites = rai_arguments_int (context->arguments, "all_sites");
  size_t n = rai_arguments_list_length (context->arguments, "sites");
  /* Translators: an account's number, its new role, and how many stores it has */
  return g_strdup_printf (all_sites ? _ ("Role of account %" G_GINT64_FORMAT ": %s, all stores")
                                    : _ ("Role of account %" G_GINT64_FORMAT ": %s, %zu stores"),
                          rai_arguments_int (context->arguments, "account"),
                          rai_arguments_text (context->arguments, "role"), n);
}

const RaiCommand rai_command_user_set_role = {
  .name = "user.set_role",
  .title = N_ ("Change an account's role and stores"),
  .permission = RAI_PERMISSION_ADMINISTER,
  .reach = RAI_REACH_PERSONS,
  .arguments =
      (const RaiArgument[]){
          { .name = "account", .type = RAI_VALUE_INT, .required = true },
          { .name = "role", .type = RAI_VALUE_TEXT, .required = true },
          { .name = "all_sites", .type = RAI_VALUE_BOOL },
          { .name = "sites", .type = RAI_VALUE_LIST, .maximum = SITES_MAX, .fields = site_fields },
          { 0 },
      },
  .validate = validate_set_role,
  .apply = apply_set_role,
  .describe = describe_set_role,
  .server_only = true,
};
