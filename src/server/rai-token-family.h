/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/rai-identity.h"
#include "db/rai-db.h"
#include "server/rai-token.h"

/* Accounts and sign-ins in the database. A sign-in is a family of refresh tokens: each is used
 * once, for the next of its family; one that comes back later revokes the family. Only their
 * SHA-256 is stored. Functions that write run in the caller's write transaction; times are ms UTC
 * by the real clock. */

typedef struct {
  int64_t id;
  char *login;
  char *name;
  char *password; /* stored form, see rai-password.h */
  bool disabled;
} RaiAccount;
void rai_account_free (RaiAccount *account);

/* NULL without an error: no such account. */
RaiAccount *rai_account_find (RaiDb *db, const char *login, GError **error);
/* What a password may not be made of: the login, and the names of the stores. NULL on failure. */
char **rai_account_words (RaiDb *db, const char *login, GError **error);
/* Replaces the stored password, ends all sign-ins, and stamps the row with a new revision. */
bool rai_account_set_password (RaiDb *db, int64_t account_id, const char *stored, GError **error);
/* The stored password is still the one that was compared: hashing takes a while, and a password or
 * a secret that was replaced meanwhile lets nobody in. RAI_HTTP_ERROR_CONFLICT. */
bool rai_account_check_password (RaiDb *db, int64_t account_id, const char *stored, GError **error);
/* The same password in a better hash: sign-ins go on. */
bool
rai_account_upgrade_password (RaiDb *db, int64_t account_id, const char *stored, GError **error);

/* Role and sites as they are now. NULL with RAI_HTTP_ERROR_DISABLED, or
 * RAI_HTTP_ERROR_UNAUTHENTICATED when there is no such account. */
RaiIdentity *rai_account_identity (RaiDb *db, int64_t account_id, GError **error);
/* The sign-in was not revoked. */
bool rai_token_family_check (RaiDb *db, const char *family, GError **error);

typedef struct {
  int64_t account_id;
  char family[37];
  char *refresh; /* the new refresh token */
} RaiTokenFamily;
void rai_token_family_clear (RaiTokenFamily *tokens);

/* Begins a family. */
bool rai_token_family_start (RaiDb *db, int64_t account_id, const char *device, int64_t now,
                             RaiTokenFamily *tokens, GError **error);
/* Trades a refresh token for the next. A device that names itself as it did at the sign-in gets the
 * same successor again as long as that was not used: its answer may have been lost. Any other
 * re-use revokes the family, which is a change to be committed: *refused is set then, and the
 * function returns true. */
bool rai_token_family_refresh (RaiDb *db, const RaiTokenKey *key, const char *refresh,
                               const char *device, int64_t now, RaiTokenFamily *tokens,
                               GError **refused, GError **error);
/* Ends the sign-in that a refresh token belongs to, or a family. */
bool rai_token_family_revoke (RaiDb *db, const char *refresh, const char *family, int64_t now,
                              GError **error);
/* Forgets what expired more than a day ago. */
bool rai_token_family_sweep (RaiDb *db, int64_t now, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RaiAccount, rai_account_free)
