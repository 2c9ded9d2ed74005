/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/rai-names.h"

#include <glib.h>

static void
find (void) {
  static const char *const strings[] = { [0] = "apple", [2] = "pear" };
  static const struct {
    const char *id;
    int weight;
  } rows[] = { { "plum", 3 }, { "apple", 4 } };
  size_t place = 9;

  g_assert_true (RAI_NAMES_FIND (strings, "pear", &place));
  g_assert_cmpint (place, ==, 2);
  g_assert_true (RAI_NAMES_FIND (rows, "apple", &place));
  g_assert_cmpint (place, ==, 1);

  g_assert_false (RAI_NAMES_FIND (strings, "plum", &place));
  g_assert_false (RAI_NAMES_FIND (strings, NULL, &place));
  g_assert_false (RAI_NAMES_FIND (rows, "appl", &place));
  g_assert_cmpint (place, ==, 1);
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/names/find", find);
  return g_test_run ();
}
