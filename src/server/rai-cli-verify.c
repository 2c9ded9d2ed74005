/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/rai-cli-verify.h"

#include "db/rai-verify.h"
#include "server/rai-cli-database.h"
#include "server/rai-program.h"

#include <string.h>

static void
tell_check (const char *title, size_t n_findings, void *data) {
  g_print ("%s %s\n", n_findings ? "BROKEN " : "ok     ", title);
}

static bool
run_verify (RaiCli *cli, char **arguments, GError **error) {
  g_autoptr (RaiDb) db = rai_cli_open (cli, RAI_DB_OPEN_READ_ONLY, error);
  g_autoptr (GPtrArray) findings = db != NULL ? rai_verify_run (db, tell_check, NULL, error) : NULL;

  if (findings == NULL)
    return false;
  for (unsigned i = 0; i < findings->len; i++) {
    const char *finding = g_ptr_array_index (findings, i);
    g_autofree char *text = rai_program_printable (finding, strlen (finding));
    g_print ("  %s\n", text);
  }

  if (findings->len > 0)
    g_set_error (error, RAI_CLI_ERROR, RAI_CLI_ERROR_FAILED,
                 "%u findings: keep a copy of this database, and restore the last good backup",
                 findings->len);

  return findings->len == 0;
}

const RaiCliCommand rai_cli_verify = {
  .name = "verify",
  .title = "Check that the database is whole and that its sums agree",
  .help = "Reads everything, changes nothing; a service may run meanwhile.",
  .run = run_verify,
};
