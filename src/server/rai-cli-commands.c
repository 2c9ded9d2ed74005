/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/rai-cli.h"

/* THE table of commands, in the order that the help lists them. */
const RaiCliCommand *const rai_cli_commands[] = {
  NULL,
};
