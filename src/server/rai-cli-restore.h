/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "server/rai-cli.h"

extern const RaiCliCommand rai_cli_restore;
