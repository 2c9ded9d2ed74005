/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/rai-identity.h"

/* What this computer remembers of an account between runs, without secrets:
 * DATA_DIR/<server>/<login>/account.ini. */

/* The account's folder; the same for every spelling of the same address. Owned by the caller. */
char *rai_sync_account_folder (const char *data_dir, const char *server, const char *login);
bool rai_sync_account_save (const char *folder, const char *server, const char *login,
                            const RaiIdentity *identity, int64_t used_at, GError **error);
/* NULL + RAI_SYNC_ERROR_NO_ACCOUNT when nothing is stored there. */
RaiIdentity *rai_sync_account_load (const char *folder, GError **error);

/* An account that signed in on this computer before, from its folder. */
typedef struct {
  char *server; /* URL */
  char *login;
  int64_t used_at;
} RaiSyncAccount;
/* Newest first; elements are RaiSyncAccount, freed by the array. */
GPtrArray *rai_sync_accounts (const char *data_dir);
