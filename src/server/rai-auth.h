/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/rai-identity.h"
#include "db/rai-db.h"
#include "server/rai-token.h"

/* Who sends a request. A token that was verified once is remembered by the thread that serves, but
 * account and sign-in are read again after each commit and each end of a sign-in (`epoch`), so that
 * a disabled account, a changed role and a logout count from the next request on. Belongs to one
 * thread. */
typedef struct _RaiAuth RaiAuth;

/* Immutable, reference counted. */
typedef struct {
  RaiIdentity *identity;
  char family[37];
  int64_t expires_at; /* seconds */
  int64_t revision;   /* of the account's row that the identity was read from, or older */
} RaiSignIn;

RaiAuth *rai_auth_new (const RaiTokenKey *key);
void rai_auth_free (RaiAuth *auth);

/* token: what stood in the Authorization header behind "Bearer". The caller owns a reference. */
RaiSignIn *rai_auth_check (RaiAuth *auth, RaiDb *db, const char *token, int64_t revision,
                           unsigned epoch, GError **error);
RaiSignIn *rai_sign_in_ref (RaiSignIn *sign_in);
void rai_sign_in_unref (RaiSignIn *sign_in);
/* Whether it still stands, and role and stores are what they were: read in the transaction that
 * writes for it, for a request may have waited, or take long. RAI_HTTP_ERROR_FORBIDDEN. Any thread,
 * with that thread's connection. */
bool rai_sign_in_check (const RaiSignIn *sign_in, RaiDb *db, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RaiAuth, rai_auth_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RaiSignIn, rai_sign_in_unref)
