/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "inventory/rai-order-point.h"

#include <glib.h>
#include <math.h>

/* The point for a fill rate agrees with the normal loss table where demand is nearly normal: lead
 * 0, review demand 100, deviation 10, 98 %: G (k) = 0.2, k = 0.4928. */
static void
test_fill (void) {
  RaiOrderPointProblem problem = {
    { 0, 0, false }, { 100, 100, false }, 0.001, RAI_SERVICE_FILL, 0.98
  };
  double point = rai_order_point (&problem);
  g_assert_cmpfloat_with_epsilon (point, 100 + 0.4928 * 10, 0.4);
  g_assert_cmpfloat_with_epsilon (rai_order_point_fill (&problem, point), 0.98, 1e-3);
}

static void
test_cycle (void) {
  RaiOrderPointProblem problem = {
    { 40, 40, false }, { 400, 400, false }, 1, RAI_SERVICE_CYCLE, 0.95
  };
  g_assert_cmpfloat_with_epsilon (rai_order_point (&problem), 400 + 1.645 * 20, 1.5);
}

/* Large packs are a safety stock of their own. */
static void
test_pack (void) {
  RaiOrderPointProblem problem = { { 10, 15, true }, { 20, 30, true }, 1, RAI_SERVICE_FILL, 0.98 };
  double single = rai_order_point (&problem);
  problem.pack = 12;
  double dozen = rai_order_point (&problem);
  g_assert_cmpfloat (dozen, <, single);
  g_assert_cmpfloat (dozen, >=, 10);
}

static void
test_monotone (void) {
  RaiOrderPointProblem problem = { { 3, 5, true }, { 8, 14, true }, 1, RAI_SERVICE_FILL, 0 };
  double before = 0;
  for (double service = 0.5; service < 0.999; service += 0.02) {
    problem.service = service;
    double point = rai_order_point (&problem);
    g_assert_cmpfloat (point, >=, before);
    g_assert_cmpfloat (rai_order_point_fill (&problem, point), >=, service - 1e-9);
    before = point;
  }

  problem.protection.mean = 0;
  g_assert_cmpfloat (rai_order_point (&problem), ==, 0);
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/order-point/fill", test_fill);
  g_test_add_func ("/order-point/cycle", test_cycle);
  g_test_add_func ("/order-point/pack", test_pack);
  g_test_add_func ("/order-point/monotone", test_monotone);
  return g_test_run ();
}
