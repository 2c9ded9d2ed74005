/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/rai-auth.h"

#include "server/rai-http-error.h"
#include "server/rai-token-family.h"
#include "util/rai-clock.h"

#define MOST_KNOWN 4096

typedef struct {
  RaiSignIn *sign_in;
  int64_t revision;
  unsigned epoch;
} Known;

struct _RaiAuth {
  const RaiTokenKey *key;
  GHashTable *known; /* token -> Known */
};

static void
known_free (void *data) {
  Known *known = data;

  rai_sign_in_unref (known->sign_in);
  g_free (known);
}

RaiAuth *
rai_auth_new (const RaiTokenKey *key) {
  RaiAuth *auth = g_new0 (RaiAuth, 1);

  auth->key = key;
  auth->known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, known_free);
  return auth;
}

void
rai_auth_free (RaiAuth *auth) {
  g_hash_table_unref (auth->known);
  g_free (auth);
}

static void
sign_in_clear (void *data) {
  rai_identity_free (((RaiSignIn *) data)->identity);
}

void
rai_sign_in_unref (RaiSignIn *sign_in) {
  g_atomic_rc_box_release_full (sign_in, sign_in_clear);
}

static RaiSignIn *
load (RaiDb *db, const RaiTokenClaims *claims, GError **error) {
  RaiIdentity *identity = rai_account_identity (db, claims->account_id, error);

  if (identity == NULL)
    return NULL;
  if (!rai_token_family_check (db, claims->family, error)) {
    rai_identity_free (identity);
    return NULL;
  }

  RaiSignIn *sign_in = g_atomic_rc_box_new0 (RaiSignIn);
  sign_in->identity = identity;
  sign_in->expires_at = claims->expires_at;
  g_strlcpy (sign_in->family, claims->family, sizeof sign_in->family);

  return sign_in;
}

static RaiSignIn *
remember (RaiAuth *auth, const char *token, RaiSignIn *sign_in, int64_t revision, unsigned epoch) {
  Known *known = g_new0 (Known, 1);

  if (g_hash_table_size (auth->known) >= MOST_KNOWN)
    g_hash_table_remove_all (auth->known);
  *known = (Known){ .sign_in = sign_in, .revision = revision, .epoch = epoch };
  g_hash_table_replace (auth->known, g_strdup (token), known);
  return g_atomic_rc_box_acquire (sign_in);
}

RaiSignIn *
rai_auth_check (RaiAuth *auth, RaiDb *db, const char *token, int64_t revision, unsigned epoch,
                GError **error) {
  int64_t now = rai_now_seconds ();
  const Known *known = g_hash_table_lookup (auth->known, token);
  RaiTokenClaims claims;

  if (known != NULL && known->revision == revision && known->epoch == epoch &&
      known->sign_in->expires_at > now)
    return g_atomic_rc_box_acquire (known->sign_in);

  if (known != NULL)
    g_hash_table_remove (auth->known, token);
  if (!rai_token_verify (auth->key, token, now, &claims, error))
    return NULL;

  RaiSignIn *sign_in = load (db, &claims, error);
  return sign_in != NULL ? remember (auth, token, sign_in, revision, epoch) : NULL;
}
