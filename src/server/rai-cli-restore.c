/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/rai-cli-restore.h"

#include "db/rai-db-run.h"
#include "db/rai-migration.h"
#include "db/rai-schema.h"
#include "db/rai-verify.h"
#include "server/rai-cli-database.h"
#include "server/rai-partial.h"
#include "server/rai-program.h"
#include "sync/rai-sync-server.h"
#include "util/rai-clock.h"

#include <errno.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* What is there is replaced last: before that a copy of the backup (SQLite: a file beside the
 * database; PostgreSQL: a database beside it) is brought up to this program's schema, compared with
 * that, verified, and given a new epoch, so that every replica fetches the database anew and sends
 * again what it sent after the backup. What fails until then has changed nothing. */

#define SQLITE "sqlite:"

/* Findings that are told; the rest is counted. */
#define TOLD 3

/* Of what is kept within one second. */
#define MOST_KEPT 1000

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

/* Where what is replaced is kept: "PATH.before-restore-20261130-071500", with a number behind it
 * when there are several of that second. */
static char *
kept_name (const char *path, int number) {
  g_autoptr (GDateTime) now = g_date_time_new_from_unix_utc (rai_now_seconds ());
  g_autofree char *time = g_date_time_format (now, "%Y%m%d-%H%M%S");

  return number == 0 ? g_strconcat (path, ".before-restore-", time, NULL)
                     : g_strdup_printf ("%s.before-restore-%s-%d", path, time, number);
}

static bool
check_content (RaiDb *db, const char *path, GError **error) {
  g_autoptr (GPtrArray) findings = rai_verify_run (db, NULL, NULL, error);
  if (findings == NULL)
    return false;

  if (findings->len > 0) {
    g_autoptr (GString) told = g_string_new (NULL);
    for (unsigned i = 0; i < MIN (findings->len, TOLD); i++)
      g_string_append_printf (told, "\n  %s", (char *) g_ptr_array_index (findings, i));
    g_set_error (error, RAI_CLI_ERROR, RAI_CLI_ERROR_FAILED,
                 "%s is damaged: take another backup (%u findings)%s", path, findings->len,
                 told->str);
    return false;
  }

  int64_t n = 0;
  if (!rai_db_get_int (db, "SELECT count(*) FROM account", NULL, 0, 0, &n, error))
    return false;
  return n > 0 || fail (error, path, "holds no account: nobody could sign in");
}

/* Makes the copy what the database is to be. */
static bool
prepare_copy (RaiDb *db, const char *path, GError **error) {
  int64_t n = 0;

  if (!rai_db_get_int (db, "SELECT count(*) FROM migration", NULL, 0, 0, &n, error) || n == 0) {
    if (error != NULL && *error == NULL)
      fail (error, path, "does not say which schema it has");
    g_prefix_error (error, "%s is no backup of RetailAI: ", path);
    return false;
  }

  if (!rai_migration_run (db, error) || !rai_schema_check (db, error)) {
    g_prefix_error (error, "%s cannot be restored: ", path);
    return false;
  }

  return check_content (db, path, error) && rai_sync_server_prepare (db, error) &&
         rai_sync_server_new_epoch (db, error);
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

/* ---- SQLite ---- */

static bool
check_file (RaiDb *db, const char *path, GError **error) {
  RaiStatement *statement = rai_db_prepare (db, "PRAGMA integrity_check(1)", error);
  if (statement == NULL)
    return false;

  RaiStep step = rai_statement_step (statement, error);
  bool whole = step == RAI_STEP_ROW && g_strcmp0 (rai_statement_text (statement, 0), "ok") == 0;
  rai_statement_reset (statement);

  return whole ||
         (step != RAI_STEP_FAILED && fail (error, path, "is damaged: take another backup"));
}

/* A copy of one snapshot, in a file that is empty. */
static bool
copy_sqlite (const char *path, const char *copy, GError **error) {
  g_autofree char *url = g_strconcat (SQLITE, path, NULL);
  g_autoptr (RaiDb) db = rai_db_open (url, RAI_DB_OPEN_READ_ONLY, error);

  if (db == NULL || !check_file (db, path, error) ||
      !rai_db_run (db, error, "VACUUM INTO ?1", "t", copy)) {
    g_prefix_error (error, "%s is no backup of RetailAI: ", path);
    return false;
  }

  return true;
}

static bool
prepare_sqlite (const char *path, const char *copy, GError **error) {
  g_autofree char *url = g_strconcat (SQLITE, copy, NULL);
  if (!copy_sqlite (path, copy, error))
    return false;

  g_autoptr (RaiDb) db = rai_db_open (url, 0, error);
  /* One file, without a log beside it. */
  return db != NULL && prepare_copy (db, path, error) &&
         rai_db_exec (db, "PRAGMA journal_mode = DELETE", error);
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

/* A second name for the file, which none has yet. NULL on failure. */
static char *
keep (const char *target, GError **error) {
  for (int number = 0; number < MOST_KEPT; number++) {
    g_autofree char *name = kept_name (target, number);
    if (link (target, name) == 0)
      return g_steal_pointer (&name);
    if (errno != EEXIST)
      break;
  }

  fail_to_write (error, target);
  g_prefix_error (error, "what is there cannot be kept: ");
  return NULL;
}

/* The new file takes the old one's place while nobody can open either. A log that the old one still
 * has (it could not be opened) stays with it: it would be read into the new one. */
static bool
exchange (const char *partial, const char *target, const char *kept, GError **error) {
  g_autofree char *log = g_strconcat (target, "-wal", NULL);
  g_autofree char *memory = g_strconcat (target, "-shm", NULL);
  g_autofree char *kept_log = g_strconcat (kept, "-wal", NULL);

  g_unlink (memory);
  bool has_log = g_rename (log, kept_log) == 0;
  if (g_rename (partial, target) == 0)
    return true;

  fail_to_write (error, target);
  if (has_log && g_rename (kept_log, log) != 0)
    return false;
  g_unlink (kept);
  return false;
}

static bool
replace_sqlite (const char *partial, const char *target, char **kept, GError **error) {
  g_autofree char *url = g_strconcat (SQLITE, target, NULL);
  g_autofree char *log = g_strconcat (target, "-wal", NULL);
  g_autoptr (GError) reason = NULL;

  if (!g_file_test (target, G_FILE_TEST_EXISTS)) {
    g_unlink (log);
    return g_rename (partial, target) == 0 || fail_to_write (error, target);
  }

  /* What is damaged is no database that a service could be writing to. */
  g_autoptr (RaiDb) old = rai_db_open (url, 0, &reason);
  if (old == NULL && !g_error_matches (reason, RAI_DB_ERROR, RAI_DB_ERROR_CORRUPT)) {
    g_propagate_error (error, g_steal_pointer (&reason));
    return false;
  }
  if (old != NULL && !close_to_others (old, target, error))
    return false;

  g_autofree char *name = keep (target, error);
  if (name == NULL || !exchange (partial, target, name, error))
    return false;
  *kept = g_steal_pointer (&name);

  return true;
}

static bool
restore_sqlite (RaiCli *cli, const char *path, char **kept, GError **error) {
  const char *named = cli->url + strlen (SQLITE);
  /* Of a link, what it leads to. */
  g_autofree char *real = realpath (named, NULL);
  const char *target = real != NULL ? real : named;
  g_autoptr (RaiPartial) copy = rai_partial_open (target, error);

  return copy != NULL && prepare_sqlite (path, copy->partial, error) &&
         replace_sqlite (copy->partial, target, kept, error);
}

/* ---- PostgreSQL ---- */

/* Beside the database, for the time of a restore; one that was killed may have left it. */
#define SCRATCH "left (datname, 35) || '_retailai_restore_scratch'"

/* What the role needs. A row says that it has not, and what to do about it. */
static const struct {
  const char *sql;
  const char *why;
} rights[] = {
  { "SELECT format ('ALTER ROLE %I CREATEDB;', current_user) FROM pg_roles "
    "WHERE rolname = current_user AND NOT (rolcreatedb OR rolsuper)",
    "a backup is checked in a database of its own first, and the role may not make one; an "
    "administrator of PostgreSQL (`psql -U postgres') lets it with" },
  /* What a restore makes belongs to the role that restores. */
  { "SELECT CAST (tableowner AS TEXT) FROM pg_tables WHERE schemaname = current_schema () "
    "AND tableowner <> current_user ORDER BY tablename LIMIT 1",
    "the tables are another role's, which could not read them afterwards; restore as that one:" },
  { "SELECT format ('GRANT CREATE ON SCHEMA %I TO %I;', current_schema (), current_user) "
    "WHERE NOT has_schema_privilege (current_schema (), 'CREATE')",
    "the role may not make tables in it; an administrator of PostgreSQL, connected to this "
    "database, lets it with" },
};

static bool
check_rights (RaiDb *db, const char *url, GError **error) {
  for (size_t i = 0; i < G_N_ELEMENTS (rights); i++) {
    g_autofree char *remedy = NULL;
    RaiStep step = rai_db_row (db, error, rights[i].sql, ">t", &remedy);

    if (step == RAI_STEP_ROW)
      g_set_error (error, RAI_CLI_ERROR, RAI_CLI_ERROR_FAILED,
                   "%s cannot be restored by this role: %s %s", url, rights[i].why, remedy);
    if (step != RAI_STEP_DONE)
      return false;
  }

  return true;
}

static bool
make_scratch (RaiDb *db, const char *url, char **scratch, GError **error) {
  g_autofree char *name = NULL, *drop = NULL, *create = NULL;
  int64_t is_first = 0;

  if (rai_db_row (db, error,
                  "SELECT " SCRATCH ", format ('DROP DATABASE IF EXISTS %I', " SCRATCH "), "
                  "format ('CREATE DATABASE %I TEMPLATE template0 ENCODING %L LC_COLLATE %L "
                  "LC_CTYPE %L', " SCRATCH ", pg_encoding_to_char (encoding), datcollate, "
                  "datctype), CAST (pg_try_advisory_lock (hashtext ('retailai restore')) "
                  "AS INTEGER) FROM pg_database WHERE datname = current_database ()",
                  ">ttti", &name, &drop, &create, &is_first) != RAI_STEP_ROW)
    return false;

  if (!is_first)
    return fail (error, url, "is being restored by another program");
  if (!rai_db_exec (db, drop, error) || !rai_db_exec (db, create, error))
    return false;

  g_autofree char *escaped = g_uri_escape_string (name, NULL, false);
  *scratch = g_strconcat (url, strchr (url, '?') != NULL ? "&" : "?", "dbname=", escaped, NULL);
  return true;
}

static void
drop_scratch (RaiDb *db) {
  g_autofree char *drop = NULL;

  if (rai_db_row (db, NULL,
                  "SELECT format ('DROP DATABASE IF EXISTS %I', " SCRATCH ") FROM pg_database "
                  "WHERE datname = current_database ()",
                  ">t", &drop) == RAI_STEP_ROW)
    rai_db_exec (db, drop, NULL);
}

static bool
dump (const char *url, const char *path, GError **error) {
  const char *command[] = { "pg_dump", "--format=custom", "--no-owner", "--file",
                            path,      "--dbname",        url,          NULL };
  return rai_program_run (command, error);
}

/* All or nothing. */
static bool
undump (const char *path, const char *url, bool replacing, GError **error) {
  const char *command[] = { "pg_restore",
                            "--no-owner",
                            "--exit-on-error",
                            "--single-transaction",
                            "--dbname",
                            url,
                            path,
                            replacing ? "--clean" : NULL,
                            "--if-exists",
                            NULL };
  return rai_program_run (command, error);
}

/* A server may let the role into its own database only (pg_hba.conf). */
static bool
check_scratch (const char *scratch, GError **error) {
  g_autoptr (RaiDb) db = rai_db_open (scratch, 0, error);
  if (db == NULL)
    g_prefix_error (error, "the backup is checked in a database of its own, which the role must be "
                           "let into (pg_hba.conf of PostgreSQL): ");
  return db != NULL;
}

static bool
prepare_postgresql (const char *path, const char *scratch, const char *copy, GError **error) {
  if (!check_scratch (scratch, error))
    return false;
  if (!undump (path, scratch, false, error)) {
    g_prefix_error (error, "%s is no backup of RetailAI: ", path);
    return false;
  }

  g_autoptr (RaiDb) db = rai_db_open (scratch, 0, error);
  return db != NULL && prepare_copy (db, path, error) && dump (scratch, copy, error);
}

/* Of another role's connections PostgreSQL does not tell what they are; workers of its own have no
 * role. */
static bool
is_alone (RaiDb *db, const char *url, GError **error) {
  int64_t others = 0;
  if (!rai_db_get_int (db,
                       "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database () "
                       "AND usesysid IS NOT NULL AND pid <> pg_backend_pid () "
                       "AND coalesce (backend_type, 'client backend') = 'client backend'",
                       NULL, 0, 0, &others, error))
    return false;
  return others == 0 || fail (error, url,
                              "is in use: stop the service first, for what it acknowledges "
                              "meanwhile would be lost");
}

/* A dump of what is there, beside the backup. */
static bool
keep_postgresql (const char *url, const char *path, char **kept, GError **error) {
  for (int number = 0; number < MOST_KEPT; number++) {
    g_autofree char *name = kept_name (path, number);
    if (g_file_test (name, G_FILE_TEST_EXISTS))
      continue;

    g_autoptr (RaiPartial) file = rai_partial_open (name, error);
    if (file == NULL || !dump (url, file->partial, error) || !rai_partial_keep (file, error)) {
      g_prefix_error (error, "what is there cannot be kept: ");
      return false;
    }
    *kept = g_steal_pointer (&name);
    return true;
  }

  return fail (error, path, "has too many restores beside it");
}

/* Whoever connects meanwhile waits with its writes until this has ended. */
static bool
replace_postgresql (RaiDb *db, const char *url, const char *path, const char *copy, char **kept,
                    GError **error) {
  int64_t accounts = 0;
  g_autofree char *name = NULL;
  bool has_content =
      rai_db_get_int (db, "SELECT count(*) FROM account", NULL, 0, 0, &accounts, NULL) &&
      accounts > 0;

  if (!rai_db_begin_write (db, error))
    return false;
  bool done =
      is_alone (db, url, error) && (!has_content || keep_postgresql (url, path, &name, error));
  if (done && !undump (copy, url, true, error)) {
    if (name != NULL)
      g_unlink (name);
    done = false;
  }

  rai_db_rollback (db);
  if (done)
    *kept = g_steal_pointer (&name);
  return done;
}

static bool
restore_postgresql (RaiCli *cli, const char *path, char **kept, GError **error) {
  g_autoptr (RaiDb) db = rai_db_open (cli->url, 0, error);
  g_autofree char *scratch = NULL, *copy = NULL;

  if (db == NULL || !is_alone (db, cli->url, error) || !check_rights (db, cli->url, error) ||
      !make_scratch (db, cli->url, &scratch, error))
    return false;

  int fd = g_file_open_tmp ("retailai-restore-XXXXXX", &copy, error);
  bool done = fd >= 0 && prepare_postgresql (path, scratch, copy, error) &&
              replace_postgresql (db, cli->url, path, copy, kept, error);

  if (fd >= 0) {
    close (fd);
    g_unlink (copy);
  }
  drop_scratch (db);
  return done;
}

static bool
run_restore (RaiCli *cli, char **arguments, GError **error) {
  if (!rai_cli_check_arguments (arguments, 1, 1, error) || !check_target (cli, error))
    return false;

  g_autofree char *kept = NULL;
  bool is_sqlite = g_str_has_prefix (cli->url, SQLITE);
  if (is_sqlite ? !restore_sqlite (cli, arguments[0], &kept, error)
                : !restore_postgresql (cli, arguments[0], &kept, error)) {
    g_prefix_error (error, "nothing was replaced: ");
    return false;
  }

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
      "Stop the service first: a database that is in use is not replaced. The backup is checked "
      "as by `verify' before anything is replaced, and what is replaced is kept beside the "
      "database (of PostgreSQL, beside the backup; there the role must be the one that the tables "
      "belong to, and be allowed to make a database: ALTER ROLE ... CREATEDB).",
  .options = restore_options,
  .run = run_restore,
};
