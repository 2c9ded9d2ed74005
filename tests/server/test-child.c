/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/rai-child.h"

#include <stdio.h>
#include <string.h>

/* The child is this program again: it says what it was given. */

static int
be_child (int argc, char **argv) {
  printf ("%s|%s|%s\n", g_getenv ("RETAILAI_DB"), argv[1], argc > 2 ? argv[2] : "");
  return 0;
}

static void
test_start (void) {
  const char *const arguments[] = { "child", "--name=Köln.csv", NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) child =
      rai_child_start ("sqlite:shop.db", arguments, G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error);
  g_autofree char *said = NULL;

  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (child, NULL, NULL, &said, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_successful (child));
  g_assert_cmpstr (said, ==, "sqlite:shop.db|child|--name=Köln.csv\n");
}

int
main (int argc, char **argv) {
  if (argc > 1 && strcmp (argv[1], "child") == 0)
    return be_child (argc, argv);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/child/start", test_start);
  return g_test_run ();
}
