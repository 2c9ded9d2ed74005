/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/rai-cli-database.h"

#include "core/rai-role.h"
#include "db/rai-migration.h"
#include "server/rai-cli-user.h"

#include <glib/gstdio.h>
#include <string.h>

#define SQLITE "sqlite:"

RaiDb *
rai_cli_open (RaiCli *cli, RaiDbOpenFlags flags, GError **error) {
  g_autoptr (GError) local = NULL;
  g_autoptr (RaiDb) db = rai_db_open (cli->url, flags, &local);

  if (db == NULL) {
    if (g_error_matches (local, RAI_DB_ERROR, RAI_DB_ERROR_OPEN))
      g_prefix_error (&local, "cannot open %s (“init” makes a new one): ", cli->url);
    g_propagate_error (error, g_steal_pointer (&local));
    return NULL;
  }

  if (!rai_migration_check (db, error)) {
    g_prefix_error (error, "%s: ", cli->url);
    return NULL;
  }

  return g_steal_pointer (&db);
}

/* The folder of a SQLite file. */
static bool
make_folder (const char *url, GError **error) {
  if (!g_str_has_prefix (url, SQLITE) || strcmp (url, SQLITE ":memory:") == 0)
    return true;
  g_autofree char *folder = g_path_get_dirname (url + strlen (SQLITE));
  if (g_mkdir_with_parents (folder, 0700) == 0)
    return true;
  g_set_error (error, RAI_CLI_ERROR, RAI_CLI_ERROR_FAILED, "cannot make the folder %s: %s", folder,
               g_strerror (errno));
  return false;
}

static char *init_login;
static char *init_owner;
static gboolean init_stdin;

static const GOptionEntry init_options[] = {
  { "login", 0, 0, G_OPTION_ARG_STRING, &init_login, "The administrator's login (admin)", "LOGIN" },
  { "owner", 0, 0, G_OPTION_ARG_STRING, &init_owner,
    "One's own computer: instead of an administrator, the owner (login owner), who may do "
    "everything",
    "NAME" },
  { "password-stdin", 0, 0, G_OPTION_ARG_NONE, &init_stdin,
    "Take the password from standard input instead of making a one-time secret", NULL },
  { NULL },
};

/* The first account; returns its one-time secret, "" when a password came. */
static char *
make_first_account (RaiDb *db, const char *login, GError **error) {
  const RaiRole role = init_owner != NULL ? RAI_ROLE_OWNER : RAI_ROLE_ADMIN;
  char *password = init_stdin ? rai_cli_user_read_password (error) : NULL;
  if (init_stdin && password == NULL)
    return NULL;

  char *secret = rai_cli_user_make (db, login, init_owner != NULL ? init_owner : "Administrator",
                                    rai_role_id (role), "all", password, error);
  rai_cli_user_wipe_password (password);
  return secret;
}

static bool
run_init (RaiCli *cli, char **arguments, GError **error) {
  int64_t n = 0;
  const char *login = init_login != NULL ? init_login : init_owner != NULL ? "owner" : "admin";

  if (!make_folder (cli->url, error))
    return false;
  g_autoptr (RaiDb) db = rai_db_open (cli->url, RAI_DB_OPEN_CREATE, error);
  if (db == NULL || !rai_migration_run (db, error) ||
      !rai_db_get_int (db, "SELECT count(*) FROM account", NULL, 0, 0, &n, error))
    return false;

  if (n > 0) {
    if (!cli->quiet)
      g_printerr ("%s is set up already: it has accounts, and nothing was changed\n", cli->url);
    return true;
  }

  g_autofree char *secret = make_first_account (db, login, error);
  if (secret == NULL)
    return false;
  if (*secret == '\0')
    return true;

  if (!cli->quiet)
    g_printerr ("%s is ready. Sign in once with this secret, and choose a password then:\n",
                cli->url);

  g_print ("login: %s\nsecret: %s\n", login, secret);
  return true;
}

const RaiCliCommand rai_cli_init = {
  .name = "init",
  .title =
      "Make a new database with an administrator, and print the one-time secret to sign in with",
  .help = "Run again it changes nothing. The secret is shown once: `user password LOGIN' makes "
          "another. The role\n"
          "of an owner is given here, before there is any other account, and nowhere else.",
  .options = init_options,
  .run = run_init,
};

static bool
run_migrate (RaiCli *cli, char **arguments, GError **error) {
  g_autoptr (RaiDb) db = rai_db_open (cli->url, 0, error);

  if (db == NULL || !rai_migration_run (db, error))
    return false;
  if (!cli->quiet)
    g_printerr ("%s has schema %d\n", cli->url, rai_migration_latest ());
  return true;
}

const RaiCliCommand rai_cli_migrate = {
  .name = "migrate",
  .title = "Bring a database up to this program's version",
  .help = "Make a backup first. Stop every other program on the database.",
  .run = run_migrate,
};
