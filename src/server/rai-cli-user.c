/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/rai-cli-user.h"

#include "command/rai-arguments.h"
#include "db/rai-query.h"
#include "proto/rai-rows-json.h"
#include "server/rai-password.h"
#include "server/rai-token-family.h"
#include "util/rai-clock.h"
#include "util/rai-uuid.h"

#include <stdio.h>
#include <string.h>

static char *option_role;
static char *option_sites;
static char *option_name;
static gboolean option_stdin;
static gboolean option_json;

static const GOptionEntry options[] = {
  { "role", 0, 0, G_OPTION_ARG_STRING, &option_role,
    "associate, store_manager, regional_manager, executive or admin", "ROLE" },
  { "sites", 0, 0, G_OPTION_ARG_STRING, &option_sites, "Codes of stores (S01,S02), or all",
    "CODES" },
  { "name", 0, 0, G_OPTION_ARG_STRING, &option_name, "The person's name", "NAME" },
  { "password-stdin", 0, 0, G_OPTION_ARG_NONE, &option_stdin,
    "Take the password from standard input; otherwise a one-time secret is made and printed",
    NULL },
  { "json", 0, 0, G_OPTION_ARG_NONE, &option_json, "List as JSON", NULL },
  { NULL },
};

static bool
fail (GError **error, const char *message) {
  g_set_error_literal (error, RAI_CLI_ERROR, RAI_CLI_ERROR_FAILED, message);
  return false;
}

char *
rai_cli_user_read_password (GError **error) {
  char line[1024];

  if (fgets (line, sizeof line, stdin) == NULL) {
    fail (error, "no password came on standard input");
    return NULL;
  }

  line[strcspn (line, "\r\n")] = '\0';
  char *password = g_strdup (line);
  explicit_bzero (line, sizeof line);

  return password;
}

static bool
find_site (RaiDb *db, const char *code, int64_t *id, GError **error) {
  RaiStatement *statement = rai_db_prepare (db, "SELECT id FROM site WHERE code = ?1", error);

  if (statement == NULL)
    return false;
  rai_statement_bind_text (statement, 1, code);

  RaiStep step = rai_statement_step (statement, error);
  if (step == RAI_STEP_ROW)
    *id = rai_statement_int (statement, 0);
  rai_statement_reset (statement);

  if (step == RAI_STEP_DONE)
    g_set_error (error, RAI_CLI_ERROR, RAI_CLI_ERROR_FAILED,
                 "there is no store with the code “%s” (say “all”, or codes with commas)", code);

  return step == RAI_STEP_ROW;
}

/* What --sites says, as arguments of a command. */
typedef struct {
  bool all;
  RaiArgumentValue *values;
  const RaiArgumentValue **list;
} Sites;

static void
sites_clear (Sites *sites) {
  g_free (sites->values);
  g_free (sites->list);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Sites, sites_clear)

/* "all", or the sites' codes with commas. */
static bool
read_sites (RaiDb *db, const char *text, Sites *sites, GError **error) {
  g_auto (GStrv) codes = g_strsplit (text, ",", -1);
  unsigned n = g_strv_length (codes);

  *sites = (Sites){ .all = strcmp (text, "all") == 0 };
  if (sites->all)
    return true;
  sites->values = g_new0 (RaiArgumentValue, 2 * n + 1);
  sites->list = g_new0 (const RaiArgumentValue *, n + 1);

  for (unsigned i = 0; i < n; i++) {
    RaiArgumentValue *one = &sites->values[2 * i]; /* and the end of the object */
    one->name = "site";
    sites->list[i] = one;
    if (!find_site (db, g_strstrip (codes[i]), &one->number, error))
      return false;
  }

  return true;
}

/* NULL on failure. */
static char *
add_arguments (RaiDb *db, const char *login, const char *name, const char *role, const char *text,
               GError **error) {
  g_auto (Sites) sites = { 0 };
  if (!read_sites (db, text, &sites, error))
    return NULL;

  return RAI_ARGUMENTS ("user.add", { "login", .text = login }, { "name", .text = name },
                        { "role", .text = role }, { "all_sites", .number = sites.all },
                        { "sites", .list = sites.list });
}

/* Runs a command as the program itself. */
static bool
run_command (RaiDb *db, const char *name, const char *arguments, GError **error) {
  g_autoptr (RaiIdentity) system = rai_identity_new_system ();
  char id[RAI_UUID_SIZE];
  RaiCommandCall call = {
    .id = rai_uuid_new (id),
    .name = (char *) name,
    .arguments = (char *) arguments,
    .acted_at = rai_now_ms (),
    .device = (char *) "command line",
  };
  RaiAnswer answer = { 0 };
  bool good = rai_command_run (db, system, &call, &answer, error);

  if (good && answer.status != RAI_ANSWER_APPLIED)
    good = fail (error, answer.message);
  rai_answer_clear (&answer);

  return good;
}

static bool
set_password (RaiDb *db, const char *login, const char *stored, GError **error) {
  GError *local = NULL;
  g_autoptr (RaiAccount) account = rai_account_find (db, login, &local);

  if (local != NULL) {
    g_propagate_error (error, local);
    return false;
  }

  if (account == NULL) {
    g_set_error (error, RAI_CLI_ERROR, RAI_CLI_ERROR_FAILED, "there is no account “%s”", login);
    return false;
  }

  return rai_account_set_password (db, account->id, stored, error);
}

/* The account and its password in one transaction. */
static bool
add_account (RaiDb *db, const char *arguments, const char *login, const char *stored,
             GError **error) {
  if (!rai_db_begin_write (db, error))
    return false;
  if (run_command (db, "user.add", arguments, error) && set_password (db, login, stored, error) &&
      rai_db_commit (db, error))
    return true;
  rai_db_rollback (db);
  return false;
}

/* The stored form of a password, or of a new secret, which is returned ("" otherwise). */
static char *
prepare_password (RaiDb *db, const char *login, const char *password, char **stored,
                  GError **error) {
  g_auto (GStrv) words = rai_account_words (db, login, error);
  g_autofree char *secret = password != NULL ? g_strdup ("") : rai_password_make_secret ();

  if (words == NULL ||
      (password != NULL && !rai_password_check (password, (const char *const *) words, error)))
    return NULL;
  *stored = rai_password_hash (password != NULL ? password : secret, password == NULL, error);
  return *stored ? g_steal_pointer (&secret) : NULL;
}

char *
rai_cli_user_make (RaiDb *db, const char *login, const char *name, const char *role,
                   const char *sites, const char *password, GError **error) {
  g_autofree char *arguments = add_arguments (db, login, name, role, sites, error);
  if (arguments == NULL)
    return NULL;

  g_autofree char *stored = NULL;
  g_autofree char *secret = prepare_password (db, login, password, &stored, error);
  if (secret == NULL || !add_account (db, arguments, login, stored, error))
    return NULL;

  return g_steal_pointer (&secret);
}

static void
print_secret (RaiCli *cli, const char *login, const char *secret) {
  if (*secret && !cli->quiet)
    g_printerr ("%s signs in once with this secret, and chooses a password then:\n", login);
  if (*secret)
    g_print ("login: %s\nsecret: %s\n", login, secret);
}

void
rai_cli_user_wipe_password (char *secret) {
  if (secret != NULL)
    explicit_bzero (secret, strlen (secret));
  g_free (secret);
}

static bool
has_role (GError **error) {
  if (option_role != NULL && option_sites != NULL)
    return true;
  g_set_error_literal (error, RAI_CLI_ERROR, RAI_CLI_ERROR_USAGE, "--role and --sites are needed");
  return false;
}

static bool
run_add (RaiCli *cli, RaiDb *db, const char *login, GError **error) {
  if (!has_role (error))
    return false;

  char *password = option_stdin ? rai_cli_user_read_password (error) : NULL;
  if (option_stdin && password == NULL)
    return false;

  char *secret =
      rai_cli_user_make (db, login, option_name, option_role, option_sites, password, error);
  bool good = secret != NULL;

  if (good)
    print_secret (cli, login, secret);
  rai_cli_user_wipe_password (secret);
  rai_cli_user_wipe_password (password);

  return good;
}

static bool
run_password (RaiCli *cli, RaiDb *db, const char *login, GError **error) {
  char *password = option_stdin ? rai_cli_user_read_password (error) : NULL;
  g_autofree char *stored = NULL;

  if (option_stdin && password == NULL)
    return false;

  char *secret = prepare_password (db, login, password, &stored, error);
  bool good = secret != NULL && rai_db_begin_write (db, error);
  if (good && !(set_password (db, login, stored, error) && rai_db_commit (db, error))) {
    rai_db_rollback (db);
    good = false;
  }

  if (good)
    print_secret (cli, login, secret);
  rai_cli_user_wipe_password (secret);
  rai_cli_user_wipe_password (password);

  return good;
}

static bool
find_account (RaiDb *db, const char *login, int64_t *id, GError **error) {
  GError *local = NULL;
  g_autoptr (RaiAccount) account = rai_account_find (db, login, &local);

  if (account != NULL)
    *id = account->id;
  else if (local != NULL)
    g_propagate_error (error, local);
  else
    g_set_error (error, RAI_CLI_ERROR, RAI_CLI_ERROR_FAILED, "there is no account “%s”", login);

  return account != NULL;
}

bool
rai_cli_change (RaiDb *db, const char *name, const char *arguments, GError **error) {
  if (!rai_db_begin_write (db, error))
    return false;
  if (run_command (db, name, arguments, error) && rai_db_commit (db, error))
    return true;

  rai_db_rollback (db);
  return false;
}

static bool
run_let_in (RaiDb *db, const char *login, bool enable, GError **error) {
  int64_t id;
  if (!find_account (db, login, &id, error))
    return false;

  const char *command = enable ? "user.enable" : "user.disable";
  g_autofree char *arguments = RAI_ARGUMENTS (command, { "account", .number = id });
  return rai_cli_change (db, command, arguments, error);
}

static bool
run_role (RaiDb *db, const char *login, GError **error) {
  g_auto (Sites) sites = { 0 };
  int64_t id;

  if (!has_role (error) || !find_account (db, login, &id, error) ||
      !read_sites (db, option_sites, &sites, error))
    return false;

  g_autofree char *arguments =
      RAI_ARGUMENTS ("user.set_role", { "account", .number = id }, { "role", .text = option_role },
                     { "all_sites", .number = sites.all }, { "sites", .list = sites.list });
  return rai_cli_change (db, "user.set_role", arguments, error);
}

static bool
run_list (RaiDb *db, GError **error) {
  g_autoptr (RaiIdentity) system = rai_identity_new_system ();
  g_autoptr (RaiRows) rows = rai_query_run (db, rai_query_find ("accounts"), system, NULL, error);

  if (rows == NULL)
    return false;
  if (option_json) {
    g_autoptr (GString) json = g_string_new (NULL);
    rai_rows_append_json (json, rows);
    g_print ("%s\n", json->str);
    return true;
  }

  for (size_t i = 0; i < rai_rows_count (rows); i++) {
    const char *sites = rai_rows_get_text (rows, i, "sites");
    bool all = rai_rows_get_int (rows, i, "all_sites") != 0;
    g_print ("%-20s %-17s %-9s %-14s %s\n", rai_rows_get_text (rows, i, "login"),
             rai_rows_get_text (rows, i, "role"),
             rai_rows_get_int (rows, i, "disabled") ? "disabled" : "active",
             all             ? "all"
             : sites != NULL ? sites
                             : "",
             rai_rows_get_text (rows, i, "name"));
  }

  return true;
}

static bool
run_user (RaiCli *cli, char **arguments, GError **error) {
  const char *verb = arguments[0] != NULL ? arguments[0] : "";
  bool is_list = strcmp (verb, "list") == 0;
  static const char *const verbs[] = {
    "list", "add", "role", "disable", "enable", "password", NULL
  };

  if (!g_strv_contains (verbs, verb)) {
    g_set_error_literal (error, RAI_CLI_ERROR, RAI_CLI_ERROR_USAGE,
                         "say list, add LOGIN, role LOGIN, disable LOGIN, enable LOGIN or password "
                         "LOGIN");
    return false;
  }

  if (!rai_cli_check_arguments (arguments, is_list ? 1 : 2, is_list ? 1 : 2, error))
    return false;
  g_autoptr (RaiDb) db = rai_cli_open (cli, is_list ? RAI_DB_OPEN_READ_ONLY : 0, error);
  if (db == NULL)
    return false;
  if (is_list)
    return run_list (db, error);
  if (strcmp (verb, "add") == 0)
    return run_add (cli, db, arguments[1], error);
  if (strcmp (verb, "role") == 0)
    return run_role (db, arguments[1], error);
  if (strcmp (verb, "password") == 0)
    return run_password (cli, db, arguments[1], error);

  return run_let_in (db, arguments[1], strcmp (verb, "enable") == 0, error);
}

const RaiCliCommand rai_cli_user = {
  .name = "user",
  .arguments = "list | add LOGIN | role LOGIN | disable LOGIN | enable LOGIN | password LOGIN",
  .title = "List, add, change, disable and enable accounts, and set passwords",
  .help = "Examples:\n"
          "  retailai-server user add ada --role store_manager --sites S01\n"
          "  echo \"$PASSWORD\" | retailai-server user add bob --role executive --sites all "
          "--password-stdin\n"
          "  retailai-server user role ada --role regional_manager --sites S01,S02\n"
          "Changes count at once, also for a service that is running.",
  .options = options,
  .run = run_user,
};
