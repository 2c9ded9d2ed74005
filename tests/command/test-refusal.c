/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "command/rai-refusal.h"

static void
refuse (void) {
  g_autoptr (GError) error = NULL;

  g_assert_false (rai_refuse (&error, RAI_COMMAND_ERROR_STATE, "order %d: %s", 7, "received"));
  g_assert_error (error, RAI_COMMAND_ERROR, RAI_COMMAND_ERROR_STATE);
  g_assert_cmpstr (error->message, ==, "order 7: received");
  g_assert_false (rai_refuse (NULL, RAI_COMMAND_ERROR_UNKNOWN, "nobody listens"));
}

static void
codes (void) {
  g_assert_cmpstr (rai_command_error_id (RAI_COMMAND_ERROR_NOT_FOUND), ==, "not_found");
  g_assert_cmpstr (rai_command_error_id (RAI_COMMAND_ERROR_CONFLICT), ==, "conflict");
  g_assert_cmpstr (rai_command_error_id (-1), ==, "unknown");
  g_assert_cmpstr (rai_command_error_id (99), ==, "unknown");
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/command/refusal/refuse", refuse);
  g_test_add_func ("/command/refusal/codes", codes);
  return g_test_run ();
}
