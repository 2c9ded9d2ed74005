/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "server/rai-request.h"

/* Accounts that are not commands: what is secret does not go into the log of commands. */
void rai_handle_secret (RaiRequest *request);
