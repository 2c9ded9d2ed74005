/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "inventory/rai-balance.h"

#include <glib.h>
#include <math.h>

#define SMALLEST 1e-4
#define LARGEST 0.5
#define ROUNDS 12

static double
within_limit (const RaiOrderPointProblem *problem, double point) {
  return problem->expires ? MIN (point, problem->limit) : point;
}

double
rai_balance_order_point (const RaiOrderPointProblem *problem, double review_days, double pressure) {
  if (!(problem->protection.mean > 0))
    return 0;

  double chance = pressure * MAX (1, review_days), unit = problem->protection.pieces ? 1 : 0;
  double low = 0,
         high = rai_demand_quantile (&problem->protection, CLAMP (1 - chance / 2, 0.5, 0.9995));

  high = unit > 0 ? ceil (high) : high; /* between whole numbers the search would not end */
  double precision = unit > 0 ? 1 : 1e-3 * high;

  /* Of the positions within a pack above the point, the average counts. */
  if (rai_order_point_stockout (problem, 0) <= chance)
    return within_limit (problem, problem->lead.mean);
  while (high - low > precision) {
    double middle = unit > 0 ? floor ((low + high) / 2) : (low + high) / 2;
    if (rai_order_point_stockout (problem, middle) > chance)
      low = middle;
    else
      high = middle;
  }

  return within_limit (problem, MAX (high, problem->lead.mean));
}

static double
fill_at (const RaiOrderPointProblem *problems, const double *review_days, size_t n, size_t every,
         double pressure) {
  double demand = 0, met = 0;
  for (size_t i = 0; i < n; i += every) {
    double a_day = (problems[i].protection.mean - problems[i].lead.mean) / MAX (1, review_days[i]);
    if (!(a_day > 0))
      continue;
    double point = rai_balance_order_point (&problems[i], review_days[i], pressure);
    demand += a_day;
    met += a_day * rai_order_point_fill (&problems[i], point);
  }

  return demand > 0 ? met / demand : 1;
}

double
rai_balance_pressure (const RaiOrderPointProblem *problems, const double *review_days, size_t n,
                      double target) {
  size_t every = (n + RAI_BALANCE_SAMPLE - 1) / RAI_BALANCE_SAMPLE;
  double low = log (SMALLEST), high = log (LARGEST);
  for (int i = 0; n > 0 && i < ROUNDS; i++) {
    double middle = (low + high) / 2;
    if (fill_at (problems, review_days, n, every, exp (middle)) >= target)
      low = middle;
    else
      high = middle;
  }

  return exp (low);
}
