/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/rai-device.h"

#include <sodium.h>
#include <string.h>

/* How long a proof holds. */
#define LIFE_SECONDS (183 * 24 * 60 * 60)

/* A proof is these bytes in base64: they are made and read on this server only, so that the order
 * of bytes is its own. */
typedef struct {
  uint8_t name[(RAI_DEVICE_NAME_SIZE - 1) / 2]; /* random */
  int64_t issued_at;
  uint8_t code[crypto_auth_hmacsha256_BYTES]; /* HMAC (RFC 2104) of the above and of the account */
} Proof;

static void
add_text (crypto_auth_hmacsha256_state *state, const char *text) {
  crypto_auth_hmacsha256_update (state, (const unsigned char *) text, strlen (text) + 1);
}

static void
sign (const RaiTokenKey *key, int64_t account_id, const char *stored, const Proof *proof,
      uint8_t code[crypto_auth_hmacsha256_BYTES]) {
  crypto_auth_hmacsha256_state state;

  crypto_auth_hmacsha256_init (&state, key->key, sizeof key->key);
  add_text (&state, "retailai device"); /* the key signs other things too */
  crypto_auth_hmacsha256_update (&state, proof->name, sizeof proof->name);
  crypto_auth_hmacsha256_update (&state, (const void *) &proof->issued_at, sizeof (int64_t));
  crypto_auth_hmacsha256_update (&state, (const void *) &account_id, sizeof account_id);
  add_text (&state, stored);
  crypto_auth_hmacsha256_final (&state, code);
}

char *
rai_device_issue (const RaiTokenKey *key, int64_t account_id, const char *stored, int64_t now) {
  Proof proof = { .issued_at = now };
  char text[sodium_base64_ENCODED_LEN (sizeof proof, sodium_base64_VARIANT_URLSAFE_NO_PADDING)];

  randombytes_buf (proof.name, sizeof proof.name);
  sign (key, account_id, stored, &proof, proof.code);
  sodium_bin2base64 (text, sizeof text, (const uint8_t *) &proof, sizeof proof,
                     sodium_base64_VARIANT_URLSAFE_NO_PADDING);

  return g_strdup (text);
}

bool
rai_device_verify (const RaiTokenKey *key, int64_t account_id, const char *stored, const char *text,
                   int64_t now, char name[RAI_DEVICE_NAME_SIZE]) {
  Proof proof;
  uint8_t code[sizeof proof.code];
  size_t size = 0;

  if (text == NULL ||
      sodium_base642bin ((uint8_t *) &proof, sizeof proof, text, strlen (text), NULL, &size, NULL,
                         sodium_base64_VARIANT_URLSAFE_NO_PADDING) != 0 ||
      size != sizeof proof)
    return false;

  sign (key, account_id, stored, &proof, code);
  if (sodium_memcmp (code, proof.code, sizeof code) != 0 || proof.issued_at > now ||
      now - proof.issued_at > LIFE_SECONDS)
    return false;

  sodium_bin2hex (name, RAI_DEVICE_NAME_SIZE, proof.name, sizeof proof.name);
  return true;
}
