/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/rai-password.h"

#include "server/rai-http-error.h"

#include <sodium.h>
#include <string.h>

/* OWASP's and RFC 9106's second choice: 19 MiB, two passes, one lane. */
#define MEMORY (19 * 1024 * 1024)
#define PASSES 2
#define ONCE "once:"

/* Of the passwords found in breaches those of 15 characters and more are mostly a short one again
 * and again, a walk over the keyboard, or one of these. All in lower case, letters and digits
 * only. */
static const char *const blocked[] = {
  "passwordpassword",          "password123456",     "password12345678",
  "password1234567",           "password123456789",  "letmeinletmein",
  "iloveyouiloveyou",          "welcomewelcome",     "welcome123456789",
  "correcthorsebatterystaple", "qwertyuiopasdfgh",   "qwertyuiopasdfghjkl",
  "1qaz2wsx3edc4rfv",          "1q2w3e4r5t6y7u8i",   "1q2w3e4r5t6y7u8i9o0p",
  "zaq12wsxcde34rfv",          "qazwsxedcrfvtgb",    "qwerty1234567890",
  "1234567890qwerty",          "administrator",      "administrator1",
  "administrator123",          "changemechangeme",   "defaultpassword",
  "passwordispassword",        "thisismypassword",   "mypasswordisgood",
  "trustno1trustno1",          "abcdefghijklmnop",   "abcdefghijklmnopqrstuvwxyz",
  "retailairetailai",          "retailaipassword",   "retailai12345678",
  "abcd1234abcd1234",          "unbelievable123",    "superman12345678",
  "footballfootball",          "baseballbaseball",   "sunshinesunshine",
  "princessprincess",          "computercomputer",   "internetinternet",
  "q1w2e3r4t5y6u7i8",          "asdfghjklasdfghjkl", "zxcvbnmzxcvbnmzxcvbnm",
  "012345678901234",           "123456789123456789", "987654321987654321",
  "00000000000000000",         "11111111111111111",
};

static char *
normalize (const char *password) {
  return g_utf8_normalize (password, -1, G_NORMALIZE_NFC);
}

/* Lower case, letters and digits only: "Pass word-Password" is no better than
 * "passwordpassword". */
static char *
simplify (const char *text) {
  g_autofree char *lower = g_utf8_strdown (text, -1);
  GString *simple = g_string_new (NULL);

  for (const char *p = lower; *p; p = g_utf8_next_char (p))
    if (g_unichar_isalnum (g_utf8_get_char (p)))
      g_string_append_unichar (simple, g_utf8_get_char (p));
  return g_string_free (simple, FALSE);
}

/* One short piece again and again: "abcabcabcabcabc". */
static bool
is_repeated (const char *text) {
  size_t length = strlen (text);

  for (size_t period = 1; period <= length / 2 && period <= 8; period++) {
    size_t i = period;
    while (i < length && text[i] == text[i - period])
      i++;
    if (i == length)
      return true;
  }

  return false;
}

/* Steps of the same size all along: "123456789012345", "ponmlkjihgfedcba". */
static bool
is_sequence (const char *text) {
  size_t length = strlen (text);

  for (size_t i = 2; i < length; i++) {
    int step = text[1] - text[0], here = text[i] - text[i - 1];
    bool wraps = here == -9 * step; /* from 9 to 0 */
    if (here != step && !wraps)
      return false;
  }
  return length > 2;
}

static bool
is_made_of (const char *simple, const char *known) {
  g_autofree char *word = simplify (known);

  if (strlen (word) < 3 || strstr (simple, word) == NULL)
    return false;
  /* What remains without the word must be a password of its own. */
  g_auto (GStrv) rest = g_strsplit (simple, word, -1);
  g_autofree char *joined = g_strjoinv ("", rest);
  return g_utf8_strlen (joined, -1) < 8;
}

static bool
refuse (GError **error, const char *reason) {
  g_set_error_literal (error, RAI_HTTP_ERROR, RAI_HTTP_ERROR_WEAK_PASSWORD, reason);
  return false;
}

bool
rai_password_check (const char *password, const char *const *words, GError **error) {
  g_autofree char *normal = normalize (password);

  if (normal == NULL)
    return refuse (error, "the password is not UTF-8 text");

  long length = g_utf8_strlen (normal, -1);
  if (length < RAI_PASSWORD_LEAST) {
    g_set_error (error, RAI_HTTP_ERROR, RAI_HTTP_ERROR_WEAK_PASSWORD,
                 "the password has %ld characters, and needs at least %d: a few words are fine",
                 length, RAI_PASSWORD_LEAST);
    return false;
  }

  if (length > RAI_PASSWORD_MOST)
    return refuse (error, "the password is longer than 256 characters");

  g_autofree char *simple = simplify (normal);
  if (is_repeated (simple) || is_sequence (simple))
    return refuse (error, "the password repeats or counts: choose a few words instead");
  for (size_t i = 0; i < G_N_ELEMENTS (blocked); i++)
    if (strcmp (simple, blocked[i]) == 0)
      return refuse (error, "this password is known from breaches: choose another");

  if (is_made_of (simple, "RetailAI"))
    return refuse (error, "the password is little more than this program's name: choose another");
  for (; words != NULL && *words; words++)
    if (is_made_of (simple, *words))
      return refuse (
          error, "the password is little more than the login or a store's name: choose another");

  return true;
}

static bool
ready (void) {
  static size_t once;

  if (g_once_init_enter (&once))
    g_once_init_leave (&once, sodium_init () >= 0 ? 1 : 2);
  return once == 1;
}

char *
rai_password_hash (const char *password, bool once, GError **error) {
  char hash[crypto_pwhash_STRBYTES];
  g_autofree char *normal = normalize (password);

  if (normal == NULL || !ready () ||
      crypto_pwhash_str_alg (hash, normal, strlen (normal), PASSES, MEMORY,
                             crypto_pwhash_ALG_ARGON2ID13) != 0) {
    g_set_error_literal (error, RAI_HTTP_ERROR, RAI_HTTP_ERROR_UNAVAILABLE,
                         "not enough memory to hash the password: try again");
    return NULL;
  }

  return g_strconcat (once ? ONCE : "", hash, NULL);
}

/* Something to compare with for accounts that do not exist. */
static const char *
decoy (void) {
  static char *hash;

  if (g_once_init_enter (&hash)) {
    g_autofree char *secret = rai_password_make_secret ();
    char *made = rai_password_hash (secret, false, NULL);
    g_once_init_leave (&hash, made ? made : g_strdup (""));
  }
  return hash;
}

bool
rai_password_verify (const char *stored, const char *password, bool *outdated) {
  g_autofree char *normal = normalize (password);
  const char *hash = stored;

  if (outdated != NULL)
    *outdated = false;
  if (!ready ())
    return false;
  if (rai_password_is_once (stored))
    hash += strlen (ONCE);

  bool known = hash != NULL && g_str_has_prefix (hash, "$argon2id$") &&
               strlen (hash) < crypto_pwhash_STRBYTES;
  const char *against = known ? hash : decoy ();
  const char *candidate = normal != NULL ? normal : "";
  bool right = crypto_pwhash_str_verify (against, candidate, strlen (candidate)) == 0;

  if (!known || !right || normal == NULL)
    return false;
  if (outdated != NULL)
    *outdated = crypto_pwhash_str_needs_rehash (hash, PASSES, MEMORY) != 0;

  return true;
}

bool
rai_password_is_once (const char *stored) {
  return stored != NULL && g_str_has_prefix (stored, ONCE);
}

char *
rai_password_make_secret (void) {
  /* Crockford's alphabet: no letter that looks like a digit. */
  static const char alphabet[] = "0123456789abcdefghjkmnpqrstvwxyz";
  GString *secret = g_string_new (NULL);

  if (!ready ())
    return g_string_free (secret, FALSE);
  for (int i = 0; i < 20; i++) {
    if (i > 0 && i % 4 == 0)
      g_string_append_c (secret, '-');
    g_string_append_c (secret, alphabet[randombytes_uniform (32)]);
  }

  return g_string_free (secret, FALSE);
}
