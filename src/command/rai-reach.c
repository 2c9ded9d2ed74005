/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "command/rai-reach.h"

#include "command/rai-arguments.h"
#include "core/rai-policy.h"

#include <glib/gi18n-lib.h>

const char *
rai_reach_id (RaiReach reach) {
  static const char *const ids[] = {
    [RAI_REACH_SITE] = "site",
    [RAI_REACH_COMPANY] = "company",
    [RAI_REACH_RULE] = "rule",
    [RAI_REACH_PERSONS] = "persons",
  };
  return ids[reach];
}

static bool
check_company (const RaiCommandContext *context, GError **error) {
  return context->caller->all_sites ||
         rai_refuse (error, RAI_COMMAND_ERROR_FORBIDDEN,
                     _ ("%s: this changes every store, and needs an account that has every store."),
                     _ (context->command->title));
}

/* A scope that is none is for validate to refuse. */
static bool
check_rule (RaiCommandContext *context, GError **error) {
  int64_t site_id = rai_arguments_int (context->arguments, "scope_id");
  RaiPolicyScope scope;

  if (!rai_policy_scope_parse (rai_arguments_text (context->arguments, "scope"), &scope) ||
      scope != RAI_POLICY_SITE)
    return check_company (context, error);
  if (!rai_identity_sees_site (context->caller, site_id))
    return rai_refuse (error, RAI_COMMAND_ERROR_FORBIDDEN,
                       _ ("Store %" G_GINT64_FORMAT " is not one of yours."), site_id);

  context->site_id = site_id;
  return true;
}

/* The person's sites as they are, and as they are to be (the sites of the arguments are the
 * caller's: the runner has looked). */
static bool
check_persons (RaiCommandContext *context, GError **error) {
  const RaiArguments *arguments = context->arguments;
  if (rai_arguments_takes (arguments, "all_sites") && rai_arguments_int (arguments, "all_sites") &&
      !check_company (context, error))
    return false;
  if (!rai_arguments_takes (arguments, "account"))
    return true;

  int64_t account_id = rai_arguments_int (arguments, "account");
  if (!rai_reach_person (context->db, context->caller, account_id, error))
    return false;

  return context->site_id != 0 ||
         rai_db_get_int (context->db,
                         "SELECT coalesce(min(s.site_id), 0) FROM account_site s "
                         "JOIN account a ON a.id = s.account_id "
                         "WHERE a.id = ?1 AND a.all_sites = 0",
                         &account_id, 1, 0, &context->site_id, error);
}

bool
rai_reach_check (RaiCommandContext *context, GError **error) {
  switch (context->command->reach) {
    case RAI_REACH_SITE: /* by the arguments' sites and the target's */
      return true;
    case RAI_REACH_COMPANY:
      return check_company (context, error);
    case RAI_REACH_RULE:
      return check_rule (context, error);
    case RAI_REACH_PERSONS:
      return check_persons (context, error);
  }
  g_assert_not_reached ();
}

/* An account that is bound to sites, and to none of other people's. */
static bool
sites_are_seen (RaiDb *db, const RaiIdentity *caller, int64_t account_id, bool *seen,
                GError **error) {
  RaiStatement *statement =
      rai_db_prepare (db, "SELECT site_id FROM account_site WHERE account_id = ?1", error);
  if (statement == NULL)
    return false;

  RaiStep step;
  size_t n = 0;
  bool all = true;
  rai_statement_bind_int (statement, 1, account_id);
  for (; (step = rai_statement_step (statement, error)) == RAI_STEP_ROW; n++)
    all = all && rai_identity_sees_site (caller, rai_statement_int (statement, 0));

  rai_statement_reset (statement);
  *seen = all && n > 0;
  return step == RAI_STEP_DONE;
}

bool
rai_reach_person (RaiDb *db, const RaiIdentity *caller, int64_t account_id, GError **error) {
  int64_t all_sites;
  bool seen;
  if (!rai_db_get_int (db, "SELECT all_sites FROM account WHERE id = ?1", &account_id, 1, -1,
                       &all_sites, error))
    return false;
  if (caller->all_sites)
    return all_sites >= 0 ||
           rai_refuse (error, RAI_COMMAND_ERROR_NOT_FOUND,
                       _ ("There is no account %" G_GINT64_FORMAT "."), account_id);

  /* A stranger's account and none at all are the same to who has some stores. */
  if (!sites_are_seen (db, caller, account_id, &seen, error))
    return false;

  return (all_sites == 0 && seen) ||
         rai_refuse (error, RAI_COMMAND_ERROR_FORBIDDEN,
                     _ ("There is no account %" G_GINT64_FORMAT " that is of your stores only."),
                     account_id);
}
