/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "inventory/rai-lot.h"

#include <glib.h>
#include <math.h>

/* 1,000 units a year, 20 an order, 4 a unit and year to hold: sqrt (2 * 1000 * 20 / 4) = 100. */
static void
test_eoq (void) {
  g_assert_cmpfloat_with_epsilon (rai_lot_eoq (1000, 20, 4), 100, 1e-9);
  g_assert_cmpfloat (rai_lot_eoq (0, 20, 4), ==, 0);
  g_assert_cmpfloat (rai_lot_eoq (1000, 20, 0), ==, 0);
}

/* Bought at 30, sold at 50, salvaged at 10: ratio 20 / 40; for a demand near the normal the median
 * is the answer. */
static void
test_newsvendor (void) {
  g_assert_cmpfloat_with_epsilon (rai_lot_critical_ratio (50, 30, 10), 0.5, 1e-12);
  g_assert_cmpfloat_with_epsilon (rai_lot_critical_ratio (1.0, 0.25, 0), 0.75, 1e-12);
  g_assert_cmpfloat (rai_lot_critical_ratio (1, 2, 0), ==, 0.05);
  const RaiDemand demand = { 1000, 10000, false };
  g_assert_cmpfloat_with_epsilon (rai_lot_newsvendor (&demand, 50, 30, 10), 1000, 4);
  g_assert_cmpfloat_with_epsilon (rai_lot_newsvendor (&demand, 100, 25, 0), 1000 + 0.6745 * 100, 5);
}

/* Table of the unit normal loss in every textbook. */
static void
test_normal_loss (void) {
  g_assert_cmpfloat_with_epsilon (rai_lot_normal_loss (0), 0.39894, 1e-5);
  g_assert_cmpfloat_with_epsilon (rai_lot_normal_loss (1), 0.08332, 1e-5);
  g_assert_cmpfloat_with_epsilon (rai_lot_normal_loss (2), 0.008491, 1e-6);
  g_assert_cmpfloat_with_epsilon (rai_lot_normal_loss (-1), 1.08332, 1e-5);
  for (double k = -3; k <= 4; k += 0.25)
    g_assert_cmpfloat_with_epsilon (rai_lot_normal_loss_inverse (rai_lot_normal_loss (k)), k, 1e-6);
}

static void
test_safety (void) {
  g_assert_cmpfloat_with_epsilon (rai_lot_safety_cycle (0.95), 1.64485, 1e-4);
  /* G (k) = 0.02 * 100 / 24 = 0.08333: k = 1. */
  g_assert_cmpfloat_with_epsilon (rai_lot_safety_fill (0.98, 100, 24), 1, 1e-3);
  g_assert_cmpfloat (rai_lot_safety_fill (0.98, 100, 0), ==, 0);
}

static void
test_s_S (void) {
  g_assert_cmpfloat (rai_lot_s_S (4, 5, 20), ==, 16);
  g_assert_cmpfloat (rai_lot_s_S (5, 5, 20), ==, 0);
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/lot/eoq", test_eoq);
  g_test_add_func ("/lot/newsvendor", test_newsvendor);
  g_test_add_func ("/lot/normal-loss", test_normal_loss);
  g_test_add_func ("/lot/safety", test_safety);
  g_test_add_func ("/lot/s-S", test_s_S);
  return g_test_run ();
}
