/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "server/rai-cli.h"

/* The planner on the command line. */
extern const RaiCliCommand rai_cli_forecast;
extern const RaiCliCommand rai_cli_plan;
extern const RaiCliCommand rai_cli_simulate;
