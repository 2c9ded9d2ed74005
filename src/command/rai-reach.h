/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "command/rai-command.h"

/* How far a command may reach, by its descriptor and its caller's sites: checked by the runner for
 * every command, before validate. */

/* "site", "company", "rule", "persons": for the documentation. */
const char *rai_reach_id (RaiReach reach);

/* The caller's sites cover what the command reaches. Sets the context's site_id where the rule or
 * the person has one and nothing else has. RAI_COMMAND_ERROR_FORBIDDEN says what does not. */
bool rai_reach_check (RaiCommandContext *context, GError **error);

/* The account is within the caller's scope: bound to sites that are all the caller's, or the caller
 * sees all, who alone is told by RAI_COMMAND_ERROR_NOT_FOUND that there is no such account. */
bool rai_reach_person (RaiDb *db, const RaiIdentity *caller, int64_t account_id, GError **error);
