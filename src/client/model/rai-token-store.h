/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sync/rai-sync-secrets.h"

/* Refresh tokens and the password of this computer's own backend, in the Secret Service (libsecret)
 * and nowhere else. When no keyring answers or it stays locked, secrets live in memory until the
 * program ends, and rai_token_store_problem says so. Safe from any thread. */

/* For rai_sync_engine_new. */
const RaiTokenStore *rai_token_store_get (void);

char *rai_token_store_load (const char *kind, const char *server, const char *login);
/* NULL forgets it. */
void
rai_token_store_save (const char *kind, const char *server, const char *login, const char *secret);

/* What is wrong and what it means, for people; NULL while all is well. Owned by the caller. */
char *rai_token_store_problem (void);
