/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/rai-device.h"

#include <string.h>

#define NOW INT64_C (1790000000)
#define DAY (24 * 60 * 60)

static const RaiTokenKey key = { .key = "a key of thirty-two bytes or so" };
static const RaiTokenKey other_key = { .key = "another one of the same length." };

static void
test_holds (void) {
  g_autofree char *proof = rai_device_issue (&key, 7, "hash", NOW);
  g_autofree char *again = rai_device_issue (&key, 7, "hash", NOW);
  char name[RAI_DEVICE_NAME_SIZE] = "", other[RAI_DEVICE_NAME_SIZE] = "";

  g_assert_true (rai_device_verify (&key, 7, "hash", proof, NOW + DAY, name));
  g_assert_cmpuint (strlen (name), ==, RAI_DEVICE_NAME_SIZE - 1);
  g_assert_true (rai_device_verify (&key, 7, "hash", again, NOW, other));
  g_assert_cmpstr (name, !=, other);
}

/* Of another account, password, server or time, or changed in a letter, it proves nothing. */
static void
test_refused (void) {
  g_autofree char *proof = rai_device_issue (&key, 7, "hash", NOW);
  char name[RAI_DEVICE_NAME_SIZE];

  g_assert_false (rai_device_verify (&key, 8, "hash", proof, NOW, name));
  g_assert_false (rai_device_verify (&key, 7, "other hash", proof, NOW, name));
  g_assert_false (rai_device_verify (&other_key, 7, "hash", proof, NOW, name));
  g_assert_false (rai_device_verify (&key, 7, "hash", proof, NOW - 1, name));
  g_assert_false (rai_device_verify (&key, 7, "hash", proof, NOW + 200 * DAY, name));
  g_assert_false (rai_device_verify (&key, 7, "hash", NULL, NOW, name));
  g_assert_false (rai_device_verify (&key, 7, "hash", "", NOW, name));

  for (char *letter = proof; *letter != '\0'; letter++) {
    char was = *letter;
    *letter = was == 'A' ? 'B' : 'A';
    g_assert_false (rai_device_verify (&key, 7, "hash", proof, NOW, name));
    *letter = was;
  }

  g_assert_true (rai_device_verify (&key, 7, "hash", proof, NOW, name));
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/device/holds", test_holds);
  g_test_add_func ("/device/refused", test_refused);
  return g_test_run ();
}
