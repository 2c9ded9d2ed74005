/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "inventory/rai-class.h"

#include <glib.h>
#include <math.h>

static void
test_abc (void) {
  const double values[] = { 5, 70, 0, 20, 4, -3, 1 };
  char classes[7];
  rai_class_abc (values, G_N_ELEMENTS (values), classes);
  /* 70 is 70 %, 20 crosses 80 %, 5 begins at 90 %, 4 and 1 begin at 95 % and 99 %. */
  g_assert_cmpmem (classes, 7, "BACACCC", 7);
  rai_class_abc (NULL, 0, classes);
}

static void
test_xyz (void) {
  g_assert_cmpint (rai_class_xyz (100, 900), ==, 'X');
  g_assert_cmpint (rai_class_xyz (10, 36), ==, 'Y');
  g_assert_cmpint (rai_class_xyz (1, 1), ==, 'Z');
  g_assert_cmpint (rai_class_xyz (0, 0), ==, 'Z');
  g_assert_cmpint (rai_class_xyz (NAN, 1), ==, 'Z');
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/class/abc", test_abc);
  g_test_add_func ("/class/xyz", test_xyz);
  return g_test_run ();
}
