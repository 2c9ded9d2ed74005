/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/rai-cli-backup.h"

#include "server/rai-cli-database.h"
#include "server/rai-partial.h"
#include "server/rai-program.h"

/* Backups while the service runs: SQLite writes a compact copy of one snapshot (VACUUM INTO),
 * PostgreSQL's own pg_dump does it there. The file gets its name when it is whole. */

static bool
write_copy (RaiCli *cli, RaiDb *db, const char *path, GError **error) {
  if (rai_db_kind (db) == RAI_DB_SQLITE) {
    RaiStatement *statement = rai_db_prepare (db, "VACUUM INTO ?1", error);
    if (statement == NULL)
      return false;
    rai_statement_bind_text (statement, 1, path);
    return rai_statement_run (statement, error);
  }

  const char *command[] = { "pg_dump", "--format=custom", "--no-owner", "--file",
                            path,      "--dbname",        cli->url,     NULL };
  return rai_program_run (command, error);
}

static bool
run_backup (RaiCli *cli, char **arguments, GError **error) {
  if (!rai_cli_check_arguments (arguments, 1, 1, error))
    return false;

  const char *path = arguments[0];
  if (g_file_test (path, G_FILE_TEST_EXISTS)) {
    g_set_error (error, RAI_CLI_ERROR, RAI_CLI_ERROR_FAILED,
                 "%s is there already: choose another name", path);
    return false;
  }

  g_autoptr (RaiDb) db = rai_cli_open (cli, RAI_DB_OPEN_READ_ONLY, error);
  g_autoptr (RaiPartial) file = db != NULL ? rai_partial_open (path, error) : NULL;
  if (file == NULL || !write_copy (cli, db, file->partial, error) ||
      !rai_partial_keep (file, error))
    return false;

  if (!cli->quiet)
    g_printerr ("%s is a backup of %s\n", path, cli->url);
  return true;
}

const RaiCliCommand rai_cli_backup = {
  .name = "backup",
  .arguments = "PATH",
  .title = "Write a copy of the database to a file that is not there yet",
  .help = "The service may run meanwhile. The file holds password hashes and keys: keep it as safe "
          "as the database.",
  .run = run_backup,
};
