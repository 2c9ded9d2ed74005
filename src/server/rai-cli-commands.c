/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/rai-cli-backup.h"
#include "server/rai-cli-database.h"
#include "server/rai-cli-export.h"
#include "server/rai-cli-plan.h"
#include "server/rai-cli-restore.h"
#include "server/rai-cli-serve.h"
#include "server/rai-cli-user.h"
#include "server/rai-cli-verify.h"
#include "server/rai-cli-worker.h"

extern const RaiCliCommand rai_cli_generate;
extern const RaiCliCommand rai_cli_import;
extern const RaiCliCommand rai_cli_site;

/* THE table of commands, in the order that the help lists them. */
const RaiCliCommand *const rai_cli_commands[] = {
  &rai_cli_init,
  &rai_cli_migrate,
  &rai_cli_user,
  &rai_cli_site,
  &rai_cli_generate,
  &rai_cli_import,
  &rai_cli_forecast,
  &rai_cli_plan,
  &rai_cli_simulate,
  &rai_cli_serve,
  &rai_cli_worker,
  &rai_cli_backup,
  &rai_cli_restore,
  &rai_cli_verify,
  &rai_cli_export,
  &rai_cli_openapi,
  NULL,
};
