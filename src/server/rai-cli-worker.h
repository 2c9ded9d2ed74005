/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "server/rai-cli.h"

extern const RaiCliCommand rai_cli_worker;

/* Some store has a whole day of sales that its forecast did not know. */
bool rai_worker_is_due (RaiDb *db, bool *due, GError **error);
