/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "forecast/rai-season.h"

#include <glib.h>

static void
test_remove (void) {
  double y[48], seasonal[RAI_SEASON_MAX];
  for (size_t t = 0; t < 48; t++)
    y[t] = 100 * (t % 4 == 0 ? 1.6 : 0.8);
  g_assert_true (rai_season_test (y, 48, 4));
  g_assert_cmpuint (rai_season_remove (y, 48, 4, seasonal), ==, 4);
  g_assert_cmpfloat_with_epsilon (seasonal[0], 1.6, 0.02);
  for (size_t t = 0; t < 48; t++)
    g_assert_cmpfloat_with_epsilon (y[t], 100, 2);
  y[5] = 0;
  g_assert_cmpuint (rai_season_remove (y, 48, 4, seasonal), ==, 1);
  g_assert_cmpfloat (seasonal[0], ==, 1);
  g_assert_false (rai_season_test (y, 10, 4));
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/season/remove", test_remove);
  return g_test_run ();
}
