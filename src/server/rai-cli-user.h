/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "server/rai-cli.h"

/* user list|add|disable|password */
extern const RaiCliCommand rai_cli_user;

/* Adds an account through the command user.add. sites: codes with commas, or "all". With a password
 * NULL the account gets a one-time secret, which is returned; else "" is. NULL on failure. Owned by
 * the caller. */
char *rai_cli_user_make (RaiDb *db, const char *login, const char *name, const char *role,
                         const char *sites, const char *password, GError **error);
/* The first line of standard input. NULL on failure; owned by the caller, who wipes it. */
char *rai_cli_user_read_password (GError **error);
void rai_cli_user_wipe_password (char *password);
/* Runs a command as the program itself, in a transaction of its own. */
bool rai_cli_change (RaiDb *db, const char *name, const char *arguments, GError **error);
