/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "inventory/rai-balance.h"

#include <glib.h>
#include <math.h>

#define ITEMS 60

static void
make (RaiOrderPointProblem *problems, double *review_days) {
  for (int i = 0; i < ITEMS; i++) {
    double a_day = 0.05 * (i + 1) * (i % 7 + 1), lead = 1 + i % 4;
    review_days[i] = 1 + i % 5;
    problems[i] = (RaiOrderPointProblem){ { lead * a_day, 1.4 * lead * a_day, true },
                                          { (lead + review_days[i]) * a_day,
                                            1.4 * (lead + review_days[i]) * a_day, true },
                                          1 + i % 3,
                                          RAI_SERVICE_BALANCED,
                                          0.95 };
  }
}

/* The assortment meets its target, and a lower target asks for less stock. */
static void
test_target (void) {
  RaiOrderPointProblem problems[ITEMS];
  double review_days[ITEMS], before = 1e9;
  make (problems, review_days);

  for (double target = 0.98; target > 0.8; target -= 0.04) {
    double pressure = rai_balance_pressure (problems, review_days, ITEMS, target), demand = 0,
           met = 0, stock = 0;
    for (int i = 0; i < ITEMS; i++) {
      double point = rai_balance_order_point (&problems[i], review_days[i], pressure);
      double a_day = (problems[i].protection.mean - problems[i].lead.mean) / review_days[i];
      demand += a_day;
      met += a_day * rai_order_point_fill (&problems[i], point);
      stock += point;
    }
    g_assert_cmpfloat (met / demand, >=, target - 1e-9);
    g_assert_cmpfloat (met / demand, <, target + 0.02);
    g_assert_cmpfloat (stock, <, before);
    before = stock;
  }
}

/* The same stock spread by a target of its own for each item meets less of the demand. */
static void
test_less_stock (void) {
  RaiOrderPointProblem problems[ITEMS];
  double review_days[ITEMS], balanced = 0, each = 0;
  make (problems, review_days);

  double pressure = rai_balance_pressure (problems, review_days, ITEMS, 0.95);
  for (int i = 0; i < ITEMS; i++) {
    balanced += rai_balance_order_point (&problems[i], review_days[i], pressure);
    problems[i].kind = RAI_SERVICE_FILL;
    each += rai_order_point (&problems[i]);
  }

  g_assert_cmpfloat (balanced, <, each);
}

/* Pieces that sell fast are searched between whole numbers, whatever the distribution's quantile
 * is; a range of rates meets every kind of remainder. */
static void
test_whole_points (void) {
  for (int i = 0; i < 200; i++) {
    double a_day = 4 + 0.37 * i;
    RaiOrderPointProblem problem = { { 5 * a_day, 30 * a_day, true },
                                     { 9 * a_day, 63 * a_day, true },
                                     2 };
    for (double pressure = 0.0005; pressure < 0.4; pressure *= 2) {
      double point = rai_balance_order_point (&problem, 4, pressure);
      if (point > problem.lead.mean)
        g_assert_cmpfloat (point, ==, rint (point));
    }
  }
}

/* What expires is not kept beyond its limit, and the rest of the assortment makes up for it. */
static void
test_limit (void) {
  RaiOrderPointProblem problems[ITEMS];
  double review_days[ITEMS], met = 0, demand = 0;
  make (problems, review_days);

  double free_pressure = rai_balance_pressure (problems, review_days, ITEMS, 0.95);
  for (int i = 0; i < ITEMS; i += 3) {
    problems[i].expires = true;
    problems[i].limit = 1.2 * problems[i].protection.mean;
  }

  double pressure = rai_balance_pressure (problems, review_days, ITEMS, 0.95);
  g_assert_cmpfloat (pressure, <, free_pressure);
  for (int i = 0; i < ITEMS; i++) {
    double point = rai_balance_order_point (&problems[i], review_days[i], pressure);
    double a_day = (problems[i].protection.mean - problems[i].lead.mean) / review_days[i];
    if (problems[i].expires)
      g_assert_cmpfloat (point, <=, problems[i].limit);
    demand += a_day;
    met += a_day * rai_order_point_fill (&problems[i], point);
  }

  g_assert_cmpfloat (met / demand, >=, 0.95 - 1e-9);
}

static void
test_degenerate (void) {
  RaiOrderPointProblem nothing = { { 0, 0, true }, { 0, 0, true }, 1, RAI_SERVICE_BALANCED, 0.95 };
  double review_days = 1;
  g_assert_cmpfloat (rai_balance_order_point (&nothing, 1, 0.05), ==, 0);
  g_assert_cmpfloat (rai_balance_pressure (&nothing, &review_days, 1, 0.95), >, 0);
  g_assert_cmpfloat (rai_balance_pressure (NULL, NULL, 0, 0.95), >, 0);
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/balance/target", test_target);
  g_test_add_func ("/balance/less-stock", test_less_stock);
  g_test_add_func ("/balance/whole-points", test_whole_points);
  g_test_add_func ("/balance/limit", test_limit);
  g_test_add_func ("/balance/degenerate", test_degenerate);
  return g_test_run ();
}
