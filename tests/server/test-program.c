/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/rai-program.h"

#include <gio/gio.h>
#include <string.h>

static void
test_run (void) {
  g_autoptr (GError) error = NULL;
  const char *good[] = { "true", NULL }, *silent[] = { "false", NULL },
             *bad[] = { "sh", "-c", "printf 'no\\033[31m \\377 way\\n' >&2; exit 3", NULL },
             *missing[] = { "no-such-program-of-ours", NULL };

  g_assert_true (rai_program_run (good, &error));
  g_assert_no_error (error);
  g_assert_false (rai_program_run (silent, &error));
  g_assert_nonnull (strstr (error->message, "false failed"));
  g_clear_error (&error);
  g_assert_false (rai_program_run (bad, &error));
  g_assert_cmpstr (error->message, ==, "sh failed: no?[31m \uFFFD way");
  g_clear_error (&error);
  g_assert_false (rai_program_run (missing, &error));
  g_assert_nonnull (error);
}

static void
test_printable (void) {
  g_autofree char *text = rai_program_printable ("a\tb\r\x1b\nä\xff", 9);
  g_assert_cmpstr (text, ==, "a b??\nä\uFFFD");
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/program/run", test_run);
  g_test_add_func ("/program/printable", test_printable);
  return g_test_run ();
}
