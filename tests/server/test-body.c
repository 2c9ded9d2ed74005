/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/rai-body.h"

#include "server/rai-http-error.h"

#include <string.h>

static void
test_strict (void) {
  static const char *const bad[] = {
    "",
    "{",
    "{} {}",
    "{\"a\":1,\"a\":2}",
    "{\"a\":1,}",
    "{'a':1}",
    "/* x */ {}",
    "{\"a\":18446744073709552616}",
    "{\"a\":9223372036854775808}",
    "{\"a\":1e999}",
    "{\"a\":NaN}",
    "{\"a\":\"x\\u0000y\"}",
    "{\"a\":\"\\ud800\"}",
    "{\"a\":\"\xff\"}",
    "\xef\xbb\xbf{}",
  };

  for (size_t i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_autoptr (GError) error = NULL;
    g_assert_null (rai_body_parse (bad[i], strlen (bad[i]), &error));
    g_assert_error (error, RAI_HTTP_ERROR, RAI_HTTP_ERROR_MALFORMED);
  }
}

static void
test_deep (void) {
  g_autoptr (GError) error = NULL;
  g_autofree char *deep = g_strnfill (100000, '[');

  g_assert_null (rai_body_parse (deep, 100000, &error));
  g_assert_error (error, RAI_HTTP_ERROR, RAI_HTTP_ERROR_MALFORMED);
}

/* Numbers keep their digits on the way through. */
static void
test_print (void) {
  static const char text[] =
      "{\"a\":9223372036854775807,\"b\":-9223372036854775808,\"c\":[true,null,\"ü\"]}";
  json_auto_t *root = rai_body_parse (text, strlen (text), NULL);
  g_autofree char *printed = rai_body_print (root);

  g_assert_cmpstr (printed, ==, text);
}

static void
check_text (const char *member, const char *expected) {
  g_autofree char *text = g_strdup_printf ("{\"name\":%s}", member);
  json_auto_t *root = rai_body_parse (text, strlen (text), NULL);
  g_autoptr (GError) error = NULL;

  g_assert_nonnull (root);
  g_assert_cmpstr (rai_body_text (root, "name", RAI_BODY_NAME, true, &error), ==, expected);
  if (expected == NULL)
    g_assert_error (error, RAI_HTTP_ERROR, RAI_HTTP_ERROR_MALFORMED);
}

static void
test_text (void) {
  g_autofree char *letters = g_strnfill (RAI_BODY_NAME + 1, 'x');
  g_autofree char *too_long = g_strdup_printf ("\"%s\"", letters);

  check_text ("\"Ann \xc3\xa9\"", "Ann \xc3\xa9");
  check_text ("\"a\\nb\"", NULL);
  check_text ("\"a\\u007fb\"", NULL);
  check_text ("7", NULL);
  check_text ("null", NULL);
  check_text (too_long, NULL);
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/body/strict", test_strict);
  g_test_add_func ("/body/deep", test_deep);
  g_test_add_func ("/body/print", test_print);
  g_test_add_func ("/body/text", test_text);
  return g_test_run ();
}
