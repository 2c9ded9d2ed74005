/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/rai-token.h"

#include "server/rai-http-error.h"

#include <string.h>

#define NOW 1700000000

static const RaiTokenKey key = { .key = { 1, 2, 3 }, .issuer = (char *) "server-one" };
static const RaiTokenClaims claims = { .account_id = 7,
                                       .family = "0189b1f8-0000-7000-8000-000000000001",
                                       .expires_at = NOW + 900 };

static bool
is_good (const RaiTokenKey *with, const char *token, int64_t now) {
  g_autoptr (GError) error = NULL;
  RaiTokenClaims read;
  bool good = rai_token_verify (with, token, now, &read, &error);

  if (!good)
    g_assert_error (error, RAI_HTTP_ERROR, RAI_HTTP_ERROR_UNAUTHENTICATED);
  return good;
}

static void
test_round_trip (void) {
  g_autofree char *token = rai_token_issue (&key, &claims, NOW);
  RaiTokenClaims read;

  g_assert_true (rai_token_verify (&key, token, NOW, &read, NULL));
  g_assert_cmpint (read.account_id, ==, 7);
  g_assert_cmpstr (read.family, ==, claims.family);
  g_assert_cmpint (read.expires_at, ==, NOW + 900);
}

static void
test_expiry (void) {
  g_autofree char *token = rai_token_issue (&key, &claims, NOW);

  g_assert_true (is_good (&key, token, NOW + 899));
  g_assert_false (is_good (&key, token, NOW + 900));
  g_assert_false (is_good (&key, token, NOW + 100000));
}

static void
test_foreign (void) {
  g_autofree char *token = rai_token_issue (&key, &claims, NOW);
  RaiTokenKey other_key = key, other_issuer = key;

  other_key.key[31] = 1;
  other_issuer.issuer = (char *) "server-two";
  g_assert_false (is_good (&other_key, token, NOW));
  g_assert_false (is_good (&other_issuer, token, NOW));
}

/* Every byte counts: no single change leaves it valid. The last letter of a part may hold unused
 * bits. */
static void
test_tampered (void) {
  g_autofree char *token = rai_token_issue (&key, &claims, NOW);

  for (size_t i = 0; token[i]; i++) {
    g_autofree char *bad = g_strdup (token);
    bool last = token[i + 1] == '\0' || token[i + 1] == '.';
    bad[i] = bad[i] == 'A' ? 'Q' : 'A';
    if (!last)
      g_assert_false (is_good (&key, bad, NOW));
  }
}

static char *
encode (const void *data, size_t size) {
  char *base64 = g_base64_encode (data, size);

  for (char *p = base64; *p; p++)
    if (*p == '+' || *p == '/')
      *p = *p == '+' ? '-' : '_';
  base64[strcspn (base64, "=")] = '\0';
  return base64;
}

/* The classics: no algorithm, another one, and the right one with another type. */
static void
test_algorithms (void) {
  static const char *const headers[] = {
    "{\"alg\":\"none\",\"typ\":\"JWT\"}",     "{\"alg\":\"None\",\"typ\":\"JWT\"}",
    "{\"alg\":\"HS512\",\"typ\":\"JWT\"}",    "{\"alg\":\"RS256\",\"typ\":\"JWT\"}",
    "{\"alg\":\"HS256\",\"typ\":\"at+jwt\"}", "{\"typ\":\"JWT\"}",
  };
  g_autofree char *token = rai_token_issue (&key, &claims, NOW);

  g_auto (GStrv) parts = g_strsplit (token, ".", 3);

  for (size_t i = 0; i < G_N_ELEMENTS (headers); i++) {
    g_autofree char *header = encode (headers[i], strlen (headers[i]));
    g_autofree char *unsigned_part = g_strconcat (header, ".", parts[1], NULL);
    g_autofree char *bare = g_strconcat (unsigned_part, ".", NULL);
    g_autofree char *with_old = g_strconcat (unsigned_part, ".", parts[2], NULL);
    uint8_t digest[32];
    size_t size = sizeof digest;
    g_autoptr (GHmac) hmac = g_hmac_new (G_CHECKSUM_SHA256, key.key, sizeof key.key);
    g_hmac_update (hmac, (const guchar *) unsigned_part, (ssize_t) strlen (unsigned_part));
    g_hmac_get_digest (hmac, digest, &size);
    g_autofree char *signature = encode (digest, size);
    g_autofree char *with_new = g_strconcat (unsigned_part, ".", signature, NULL);
    g_assert_false (is_good (&key, with_new, NOW));
    g_assert_false (is_good (&key, unsigned_part, NOW));
    g_assert_false (is_good (&key, bare, NOW));
    g_assert_false (is_good (&key, with_old, NOW));
  }
}

static void
test_rubbish (void) {
  static const char *const rubbish[] = { "",      ".",        "..",       "...",
                                         "a.b.c", "e30.e30.", "\x01\x02", "Bearer" };
  g_autofree char *endless = g_strnfill (100000, 'x');

  for (size_t i = 0; i < G_N_ELEMENTS (rubbish); i++)
    g_assert_false (is_good (&key, rubbish[i], NOW));
  g_assert_false (is_good (&key, endless, NOW));
}

static void
test_refresh (void) {
  g_autofree char *one = rai_token_new_refresh (), *two = rai_token_new_refresh ();
  g_autofree char *next = rai_token_next_refresh (&key, one, "till-1");
  g_autofree char *again = rai_token_next_refresh (&key, one, "till-1");
  g_autofree char *other = rai_token_next_refresh (&key, one, "till-2");
  g_autofree char *hash = rai_token_hash ("abc");

  g_assert_cmpuint (strlen (one), ==, 43);
  g_assert_cmpstr (one, !=, two);
  g_assert_cmpstr (next, ==, again);
  g_assert_cmpstr (next, !=, other);

  /* FIPS 180-2's own example. */
  g_assert_cmpstr (hash, ==, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/token/round-trip", test_round_trip);
  g_test_add_func ("/token/expiry", test_expiry);
  g_test_add_func ("/token/foreign", test_foreign);
  g_test_add_func ("/token/tampered", test_tampered);
  g_test_add_func ("/token/algorithms", test_algorithms);
  g_test_add_func ("/token/rubbish", test_rubbish);
  g_test_add_func ("/token/refresh", test_refresh);

  return g_test_run ();
}
