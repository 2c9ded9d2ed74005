/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/rai-auth.h"

#include "db/rai-db-run.h"
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

RaiSignIn *
rai_sign_in_ref (RaiSignIn *sign_in) {
  return g_atomic_rc_box_acquire (sign_in);
}

void
rai_sign_in_unref (RaiSignIn *sign_in) {
  g_atomic_rc_box_release_full (sign_in, sign_in_clear);
}

bool
rai_sign_in_check (const RaiSignIn *sign_in, RaiDb *db, GError **error) {
  int64_t n = 0;
  if (rai_db_row (db, error,
                  "SELECT count(*) FROM account WHERE id = ?1 AND rev = ?2 AND disabled = 0 AND "
                  "EXISTS (SELECT 1 FROM session WHERE family = ?3 AND revoked_at IS NULL)",
                  "iit>i", sign_in->identity->account_id, sign_in->revision, sign_in->family,
                  &n) == RAI_STEP_FAILED)
    return false;
  if (n > 0)
    return true;

  g_set_error_literal (error, RAI_HTTP_ERROR, RAI_HTTP_ERROR_FORBIDDEN,
                       "what your account may do has changed, or its sign-in has ended");
  return false;
}

static RaiSignIn *
load (RaiDb *db, const RaiTokenClaims *claims, GError **error) {
  /* Before the identity: should that change in between, this is the older one. */
  int64_t revision = 0;
  if (!rai_db_get_int (db, "SELECT rev FROM account WHERE id = ?1", &claims->account_id, 1, 0,
                       &revision, error))
    return NULL;

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
  sign_in->revision = revision;
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
