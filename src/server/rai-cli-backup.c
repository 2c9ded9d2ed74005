/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/rai-cli-backup.h"

#include "db/rai-migration.h"
#include "server/rai-cli-database.h"
#include "sync/rai-sync-server.h"
#include "util/rai-clock.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>

/* Backups while the service runs: SQLite writes a compact copy of one snapshot (VACUUM INTO),
 * PostgreSQL's own pg_dump does it there. A restore begins a new epoch, so that every replica
 * fetches the database anew and sends again what it sent after the backup. */

#define SQLITE "sqlite:"

static gboolean option_force;

static const GOptionEntry restore_options[] = {
  { "force", 0, 0, G_OPTION_ARG_NONE, &option_force, "Replace a database that holds accounts",
    NULL },
  { NULL },
};

static bool
fail (GError **error, const char *path, const char *why) {
  g_set_error (error, RAI_CLI_ERROR, RAI_CLI_ERROR_FAILED, "%s %s", path, why);
  return false;
}

static bool
fail_to_write (GError **error, const char *path) {
  g_set_error (error, RAI_CLI_ERROR, RAI_CLI_ERROR_FAILED, "cannot write %s: %s", path,
               g_strerror (errno));
  return false;
}

static bool
run_program (GError **error, const char *const *arguments) {
  g_autoptr (GSubprocess) process = g_subprocess_newv (arguments, G_SUBPROCESS_FLAGS_NONE, error);

  return process != NULL && g_subprocess_wait_check (process, NULL, error);
}

static bool
backup_sqlite (RaiDb *db, const char *path, GError **error) {
  g_autofree char *partial = g_strconcat (path, ".partial", NULL);
  RaiStatement *statement = rai_db_prepare (db, "VACUUM INTO ?1", error);

  if (statement == NULL)
    return false;
  g_unlink (partial);
  rai_statement_bind_text (statement, 1, partial);

  if (!rai_statement_run (statement, error)) {
    g_unlink (partial);
    return false;
  }

  if (g_chmod (partial, 0600) != 0 || g_rename (partial, path) != 0)
    return fail_to_write (error, path);
  return true;
}

static bool
run_backup (RaiCli *cli, char **arguments, GError **error) {
  if (!rai_cli_check_arguments (arguments, 1, 1, error))
    return false;
  if (g_file_test (arguments[0], G_FILE_TEST_EXISTS))
    return fail (error, arguments[0], "is there already: choose another name");

  g_autoptr (RaiDb) db = rai_cli_open (cli, 0, error);
  if (db == NULL)
    return false;

  bool done;
  if (rai_db_kind (db) == RAI_DB_SQLITE) {
    done = backup_sqlite (db, arguments[0], error);
  } else {
    const char *command[] = { "pg_dump",    "--format=custom", "--no-owner", "--file",
                              arguments[0], "--dbname",        cli->url,     NULL };
    done = run_program (error, command);
  }

  if (done && !cli->quiet)
    g_printerr ("%s is a backup of %s\n", arguments[0], cli->url);
  return done;
}

const RaiCliCommand rai_cli_backup = {
  .name = "backup",
  .arguments = "PATH",
  .title = "Write a copy of the database to a file that is not there yet",
  .help = "The service may run meanwhile. The file holds password hashes and keys: keep it as safe "
          "as the database.",
  .run = run_backup,
};

/* What is being restored must be one of ours, whole, and not newer than this program. */
static bool
check_backup (const char *path, GError **error) {
  g_autofree char *url = g_strconcat (SQLITE, path, NULL);
  g_autoptr (RaiDb) db = rai_db_open (url, RAI_DB_OPEN_READ_ONLY, error);

  int64_t n;

  if (db == NULL || !rai_db_get_int (db, "SELECT count(*) FROM account", NULL, 0, 0, &n, error)) {
    g_prefix_error (error, "%s is no backup of RetailAI: ", path);
    return false;
  }

  RaiStatement *statement = rai_db_prepare (db, "PRAGMA integrity_check(1)", error);
  bool whole = statement != NULL && rai_statement_step (statement, error) == RAI_STEP_ROW &&
               g_strcmp0 (rai_statement_text (statement, 0), "ok") == 0;

  if (statement != NULL)
    rai_statement_reset (statement);
  return whole || (error != NULL && *error) ||
         fail (error, path, "is damaged: take another backup");
}

static bool
check_target (RaiCli *cli, GError **error) {
  g_autoptr (RaiDb) db = rai_db_open (cli->url, RAI_DB_OPEN_READ_ONLY, NULL);
  int64_t n = 0;

  if (db == NULL || option_force ||
      !rai_db_get_int (db, "SELECT count(*) FROM account", NULL, 0, 0, &n, NULL) || n == 0)
    return true;
  return fail (error, cli->url, "holds accounts: stop the service, and say --force to replace it");
}

/* Where what is replaced is kept: "PATH.before-restore-20261130-071500". */
static char *
kept_name (const char *path) {
  g_autoptr (GDateTime) now = g_date_time_new_from_unix_utc (rai_now_seconds ());
  g_autofree char *time = g_date_time_format (now, "%Y%m%d-%H%M%S");

  return g_strconcat (path, ".before-restore-", time, NULL);
}

/* Leaving WAL needs the database for itself, and makes it one file: while a service has it open
 * this fails. */
static bool
close_to_others (RaiDb *db, const char *target, GError **error) {
  g_autoptr (GError) reason = NULL;

  if (rai_db_exec (db, "PRAGMA busy_timeout = 2000", &reason) &&
      rai_db_exec (db, "PRAGMA journal_mode = DELETE", &reason) &&
      rai_db_exec (db, "BEGIN EXCLUSIVE", &reason))
    return true;
  g_set_error (error, RAI_CLI_ERROR, RAI_CLI_ERROR_FAILED,
               "%s is in use: stop the service first, for what it acknowledges meanwhile would be "
               "lost (%s)",
               target, reason->message);
  return false;
}

/* The old file gets another name and the new one takes its place while nobody can open either. */
static bool
exchange (const char *partial, const char *target, char **kept, GError **error) {
  if (!g_file_test (target, G_FILE_TEST_EXISTS))
    return g_rename (partial, target) == 0 || fail_to_write (error, target);

  g_autofree char *url = g_strconcat (SQLITE, target, NULL);
  g_autoptr (RaiDb) old = rai_db_open (url, 0, NULL);
  g_autofree char *name = kept_name (target);

  /* What cannot be opened is no database that a service could be writing to. */
  if (old != NULL && !close_to_others (old, target, error))
    return false;
  if (g_rename (target, name) != 0 || g_rename (partial, target) != 0)
    return fail_to_write (error, target);
  *kept = g_steal_pointer (&name);

  return true;
}

static bool
restore_sqlite (RaiCli *cli, const char *path, char **kept, GError **error) {
  const char *target = cli->url + strlen (SQLITE);
  g_autofree char *partial = g_strconcat (target, ".partial", NULL);
  g_autofree char *log = g_strconcat (target, "-wal", NULL);
  g_autofree char *memory = g_strconcat (target, "-shm", NULL);

  g_autoptr (GFile) from = g_file_new_for_path (path);
  g_autoptr (GFile) to = g_file_new_for_path (partial);

  if (!check_backup (path, error) ||
      !g_file_copy (from, to, G_FILE_COPY_OVERWRITE, NULL, NULL, NULL, error))
    return false;
  if (g_chmod (partial, 0600) != 0)
    return fail_to_write (error, partial);

  if (!exchange (partial, target, kept, error)) {
    g_unlink (partial);
    return false;
  }

  /* The old log belongs to the old file. */
  g_unlink (log);
  g_unlink (memory);

  return true;
}

static bool
restore_postgresql (RaiCli *cli, const char *path, char **kept, GError **error) {
  g_autoptr (RaiDb) db = rai_db_open (cli->url, RAI_DB_OPEN_READ_ONLY, error);
  int64_t others = 0, accounts = 0;

  if (db == NULL || !rai_db_get_int (db,
                                     "SELECT count(*) FROM pg_stat_activity "
                                     "WHERE datname = current_database () "
                                     "AND backend_type = 'client backend' "
                                     "AND pid <> pg_backend_pid ()",
                                     NULL, 0, 0, &others, error))
    return false;

  if (others > 0)
    return fail (error, cli->url,
                 "is in use: stop the service first, for what it acknowledges meanwhile would be "
                 "lost");

  if (rai_db_get_int (db, "SELECT count(*) FROM account", NULL, 0, 0, &accounts, NULL) &&
      accounts > 0) {
    g_autofree char *name = kept_name (path);
    const char *dump[] = { "pg_dump", "--format=custom", "--no-owner", "--file",
                           name,      "--dbname",        cli->url,     NULL };
    if (!run_program (error, dump))
      return false;
    *kept = g_steal_pointer (&name);
  }

  g_clear_pointer (&db, rai_db_close);
  const char *command[] = { "pg_restore", "--clean",         "--if-exists",
                            "--no-owner", "--exit-on-error", "--single-transaction",
                            "--dbname",   cli->url,          path,
                            NULL };

  return run_program (error, command);
}

static bool
run_restore (RaiCli *cli, char **arguments, GError **error) {
  bool is_sqlite = g_str_has_prefix (cli->url, SQLITE);

  if (!rai_cli_check_arguments (arguments, 1, 1, error) || !check_target (cli, error))
    return false;

  g_autofree char *kept = NULL;
  if (is_sqlite ? !restore_sqlite (cli, arguments[0], &kept, error)
                : !restore_postgresql (cli, arguments[0], &kept, error))
    return false;
  g_autoptr (RaiDb) db = rai_db_open (cli->url, 0, error);
  if (db == NULL || !rai_migration_run (db, error) || !rai_sync_server_prepare (db, error) ||
      !rai_sync_server_new_epoch (db, error))
    return false;

  if (!cli->quiet)
    g_printerr ("%s is as it was in %s; replicas will fetch it anew\n", cli->url, arguments[0]);
  if (!cli->quiet && kept != NULL)
    g_printerr ("what it replaced is kept in %s\n", kept);
  return true;
}

const RaiCliCommand rai_cli_restore = {
  .name = "restore",
  .arguments = "PATH",
  .title = "Make the database what it was in a backup",
  .help =
      "Stop the service first: a database that is in use is not replaced. What is replaced is kept "
      "beside it (of PostgreSQL, beside the backup).",
  .options = restore_options,
  .run = run_restore,
};
