/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/rai-password.h"

#include "server/rai-http-error.h"

#include <string.h>

static void
test_check (void) {
  static const char *const words[] = { "ada.lovelace", "Harbour Street", NULL };
  static const struct {
    const char *password;
    bool good;
  } rows[] = {
    { "correct horse battery staple", false }, /* too famous */
    { "nine green apples", true },
    { "fourteen chars", false },
    { "fifteen charact", true },
    { "aaaaaaaaaaaaaaaaaaaa", false },
    { "abcabcabcabcabcabc", false },
    { "123456789012345678", false },
    { "Pass word-PassWord", false },
    { "ada.lovelace1234", false },   /* the login and little more */
    { "HarbourStreet-2026", false }, /* everybody knows the store's name */
    { "retailai retailai!", false },
    { "ada.lovelace and the engine of difference", true },
    { "Übergrößenträger Süd", true },
    { "\xff\xfe not utf-8 at all", false },
    { "", false },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GError) error = NULL;
    bool good = rai_password_check (rows[i].password, words, &error);
    g_test_message ("%s: %s", rows[i].password, error ? error->message : "good");
    g_assert_true (good == rows[i].good);
    if (!good)
      g_assert_error (error, RAI_HTTP_ERROR, RAI_HTTP_ERROR_WEAK_PASSWORD);
  }
}

static void
test_longest (void) {
  g_autoptr (GString) password = g_string_new (NULL);

  for (int i = 0; password->len < RAI_PASSWORD_MOST; i++)
    g_string_append_printf (password, "%d ", i * i);
  g_string_truncate (password, RAI_PASSWORD_MOST);
  g_assert_true (rai_password_check (password->str, NULL, NULL));
  g_string_append_c (password, 'x');
  g_assert_false (rai_password_check (password->str, NULL, NULL));
}

static void
test_hash (void) {
  g_autofree char *stored = rai_password_hash ("nine green apples", false, NULL);
  bool outdated = true;

  /* OWASP's parameters, in the text form that others read too. */
  g_assert_true (g_str_has_prefix (stored, "$argon2id$v=19$m=19456,t=2,p=1$"));
  g_assert_true (rai_password_verify (stored, "nine green apples", &outdated));
  g_assert_false (outdated);
  g_assert_false (rai_password_verify (stored, "nine green apple", NULL));
  g_assert_false (rai_password_verify (stored, "", NULL));
  g_assert_false (rai_password_verify (NULL, "nine green apples", NULL));
  g_assert_false (rai_password_verify ("", "", NULL));
  g_assert_false (rai_password_verify ("$argon2id$garbage", "nine green apples", NULL));
  g_assert_false (rai_password_is_once (stored));
}

/* The same letters typed on another keyboard: composed and decomposed. */
static void
test_normalized (void) {
  g_autofree char *stored = rai_password_hash ("caf\xc3\xa9 in the morning", false, NULL);

  g_assert_true (rai_password_verify (stored, "cafe\xcc\x81 in the morning", NULL));
}

/* A hash made with other parameters, by the argon2 program: m=4096, t=3. */
static void
test_outdated (void) {
  static const char old[] = "$argon2id$v=19$m=4096,t=3,p=1$c29tZXNhbHRzb21lc2FsdA$";
  g_autofree char *known = rai_password_hash ("nine green apples", false, NULL);
  bool outdated = false;

  g_assert_false (rai_password_verify (old, "nine green apples", &outdated));
  g_assert_false (outdated);
  g_assert_true (rai_password_verify (known, "nine green apples", &outdated));
  g_assert_false (outdated);
}

static void
test_secret (void) {
  g_autofree char *one = rai_password_make_secret (), *two = rai_password_make_secret ();
  g_autofree char *stored = rai_password_hash (one, true, NULL);

  g_assert_cmpuint (strlen (one), ==, 24);
  g_assert_cmpstr (one, !=, two);
  g_assert_true (rai_password_is_once (stored));
  g_assert_true (rai_password_verify (stored, one, NULL));
  g_assert_false (rai_password_verify (stored, two, NULL));
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/password/check", test_check);
  g_test_add_func ("/password/longest", test_longest);
  g_test_add_func ("/password/hash", test_hash);
  g_test_add_func ("/password/normalized", test_normalized);
  g_test_add_func ("/password/outdated", test_outdated);
  g_test_add_func ("/password/secret", test_secret);
  return g_test_run ();
}
