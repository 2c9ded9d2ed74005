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
