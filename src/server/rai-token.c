/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/rai-token.h"

#include "server/rai-http-error.h"
#include "util/rai-uuid.h"

#include <jwt.h>
#include <sodium.h>
#include <string.h>

#define AUDIENCE "retailai"
#define TYPE "JWT"
#define LONGEST 2048

G_DEFINE_AUTOPTR_CLEANUP_FUNC (jwt_t, jwt_free)

char *
rai_token_issue (const RaiTokenKey *key, const RaiTokenClaims *claims, int64_t now) {
  g_autoptr (jwt_t) jwt = NULL;
  g_autofree char *subject = g_strdup_printf ("%" G_GINT64_FORMAT, claims->account_id);

  if (jwt_new (&jwt) != 0)
    return NULL;
  jwt_set_alg (jwt, JWT_ALG_HS256, key->key, sizeof key->key);
  jwt_add_header (jwt, "typ", TYPE);
  jwt_add_grant (jwt, "iss", key->issuer);
  jwt_add_grant (jwt, "aud", AUDIENCE);
  jwt_add_grant (jwt, "sub", subject);
  jwt_add_grant (jwt, "sid", claims->family);
  jwt_add_grant_int (jwt, "iat", now);
  jwt_add_grant_int (jwt, "exp", claims->expires_at);

  char *encoded = jwt_encode_str (jwt);
  char *token = g_strdup (encoded);
  free (encoded);

  return token;
}

static bool
check_claims (const RaiTokenKey *key, jwt_t *jwt, int64_t now, RaiTokenClaims *claims) {
  const char *type = jwt_get_header (jwt, "typ");
  const char *issuer = jwt_get_grant (jwt, "iss");
  const char *audience = jwt_get_grant (jwt, "aud");
  const char *subject = jwt_get_grant (jwt, "sub");
  const char *family = jwt_get_grant (jwt, "sid");

  if (jwt_get_alg (jwt) != JWT_ALG_HS256 || g_strcmp0 (type, TYPE) != 0 ||
      g_strcmp0 (issuer, key->issuer) != 0 || g_strcmp0 (audience, AUDIENCE) != 0 ||
      subject == NULL || family == NULL || strlen (family) >= sizeof claims->family)
    return false;

  claims->account_id = g_ascii_strtoll (subject, NULL, 10);
  claims->expires_at = jwt_get_grant_int (jwt, "exp");
  g_strlcpy (claims->family, family, sizeof claims->family);

  return claims->account_id > 0 && claims->expires_at > now;
}

bool
rai_token_verify (const RaiTokenKey *key, const char *token, int64_t now, RaiTokenClaims *claims,
                  GError **error) {
  g_autoptr (jwt_t) jwt = NULL;

  if (strlen (token) < LONGEST && jwt_decode (&jwt, token, key->key, sizeof key->key) == 0 &&
      check_claims (key, jwt, now, claims))
    return true;
  g_set_error_literal (
      error, RAI_HTTP_ERROR, RAI_HTTP_ERROR_UNAUTHENTICATED,
      "the access token is not valid here, or has expired: refresh it or sign in again");
  return false;
}

static char *
encode (const uint8_t *bytes) {
  char text[64];

  sodium_bin2base64 (text, sizeof text, bytes, 32, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
  return g_strdup (text);
}

char *
rai_token_new_refresh (void) {
  uint8_t bytes[32];

  randombytes_buf (bytes, sizeof bytes);
  return encode (bytes);
}

char *
rai_token_next_refresh (const RaiTokenKey *key, const char *refresh, const char *device) {
  uint8_t digest[32];
  size_t size = sizeof digest;
  g_autoptr (GHmac) hmac = g_hmac_new (G_CHECKSUM_SHA256, key->key, sizeof key->key);

  /* Another domain than the tokens that the same key signs: a NUL never begins one of those. */
  g_hmac_update (hmac, (const guchar *) "\0refresh", 8);
  g_hmac_update (hmac, (const guchar *) refresh, (ssize_t) strlen (refresh) + 1);
  g_hmac_update (hmac, (const guchar *) device, (ssize_t) strlen (device));
  g_hmac_get_digest (hmac, digest, &size);

  return encode (digest);
}

char *
rai_token_hash (const char *refresh) {
  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, refresh, -1);
}
