/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/rai-opening.h"

#include <glib.h>
#include <string.h>

/* Newest first: x sold, . nothing. */
static bool
begun (const char *weeks) {
  bool sold[RAI_OPENING_WEEKS];
  g_assert_cmpuint (strlen (weeks), ==, RAI_OPENING_WEEKS);
  for (size_t k = 0; k < RAI_OPENING_WEEKS; k++)
    sold[k] = weeks[k] == 'x';
  return rai_opening_begun (sold);
}

static void
test_begun (void) {
  g_assert_true (begun ("xxx....."));
  g_assert_true (begun ("xxxxxxxx"));
  g_assert_true (begun (".xxxxxx."));
  g_assert_false (begun ("........"));
  g_assert_false (begun ("xx......"));
  g_assert_false (begun ("xx.xx.x."));
  g_assert_false (begun (".xxxx...")); /* the Sundays before Christmas are over */
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/opening/begun", test_begun);
  return g_test_run ();
}
