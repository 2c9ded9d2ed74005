/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "server/rai-cli.h"

/* The commands about the database as a whole. */
extern const RaiCliCommand rai_cli_init;
extern const RaiCliCommand rai_cli_migrate;
