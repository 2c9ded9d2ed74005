/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/model/rai-token-store.h"

#include <glib.h>
#include <stdbool.h>

/* Runs with an unlocked keyring, a locked one and none (HEADLESS_KEYRING): a secret is kept either
 * way, and people are told when it will not outlive the program. */
static void
test_round_trip (void) {
  g_assert_null (rai_token_store_load ("refresh-token", "https://a", "ada"));
  rai_token_store_save ("refresh-token", "https://a", "ada", "secret 1");
  rai_token_store_save ("refresh-token", "https://b", "ada", "secret 2");

  g_autofree char *first = rai_token_store_load ("refresh-token", "https://a", "ada");
  g_autofree char *second = rai_token_store_load ("refresh-token", "https://b", "ada");
  g_assert_cmpstr (first, ==, "secret 1");
  g_assert_cmpstr (second, ==, "secret 2");

  g_autofree char *problem = rai_token_store_problem ();
  bool unlocked = g_strcmp0 (g_getenv ("HEADLESS_KEYRING"), "unlocked") == 0;
  g_assert_cmpint (problem == NULL, ==, unlocked);
  rai_token_store_save ("refresh-token", "https://a", "ada", NULL);
  g_assert_null (rai_token_store_load ("refresh-token", "https://a", "ada"));
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/client/token-store/round-trip", test_round_trip);
  return g_test_run ();
}
