/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "inventory/rai-order-point.h"

#include <glib.h>
#include <math.h>

/* Positions within a pack at which the expected loss is evaluated. */
#define SPREAD 5
#define LOST_SALES 1.3
/* Nothing is kept for demand rarer than this, however heavy the tail: rare bulk sales would fill the shelves. */
#define ENOUGH 0.995

/* Expected shortage of the review period if customers waited, with the position after ordering at `position`: what is
 * missing by its end, less what was missing already when it began. */
static double
review_loss (const RaiOrderPointProblem *problem, double position) {
  position = problem->expires ? MIN (position, problem->limit) : position; /* what expires first meets no demand */
  return MAX (0, rai_demand_loss (&problem->protection, position) - rai_demand_loss (&problem->lead, position));
}

/* Customers do not wait: what is lost before a delivery is not taken out of it, and so the next period loses less than
 * the shortage above says, the more so the longer the lead time. The factor was fitted to simulations. */
static double
shortage_to_loss (const RaiOrderPointProblem *problem) {
  return 1 / (1 + LOST_SALES * problem->lead.mean / problem->protection.mean);
}

static double
review_stockout (const RaiOrderPointProblem *problem, double position) {
  return 1 - rai_demand_cdf (&problem->protection, position);
}

/* A quantity averaged over the positions within one pack above the point. Whole pieces stand at the point itself too.
 */
static double
average_over_pack (const RaiOrderPointProblem *problem, double point,
                   double (*value) (const RaiOrderPointProblem *, double)) {
  double unit = problem->protection.pieces ? 1 : 0;
  double span = problem->pack - unit;
  if (!(span > 0))
    return value (problem, point);
  bool each = unit > 0 && span < SPREAD;
  int n = each ? (int) lround (span) + 1 : SPREAD;
  double sum = 0;
  for (int i = 0; i < n; i++)
    sum += value (problem, point + (each ? i : span * (i + 0.5) / SPREAD));
  return sum / n;
}

double
rai_order_point_stockout (const RaiOrderPointProblem *problem, double point) {
  return average_over_pack (problem, point, review_stockout);
}

double
rai_order_point_fill (const RaiOrderPointProblem *problem, double point) {
  double review = problem->protection.mean - problem->lead.mean;
  if (!(review > 0))
    return 1;
  return 1 - MIN (1, average_over_pack (problem, point, review_loss) * shortage_to_loss (problem) / review);
}

static double
bisect_fill (const RaiOrderPointProblem *problem, double service) {
  double low = 0, high = ceil (rai_demand_quantile (&problem->protection, MAX (service, ENOUGH)));
  bool whole = problem->protection.pieces;
  double precision = whole ? 1 : 1e-4 * high;
  while (high - low > precision) {
    double middle = whole ? floor ((low + high) / 2) : (low + high) / 2;
    if (rai_order_point_fill (problem, middle) < service)
      low = middle;
    else
      high = middle;
  }
  return whole && high <= 1 && rai_order_point_fill (problem, 0) >= service ? 0 : high;
}

double
rai_order_point (const RaiOrderPointProblem *problem) {
  if (!(problem->protection.mean > 0))
    return 0;
  double service = CLAMP (problem->service, 0.01, 0.9999);
  double point = problem->kind == RAI_SERVICE_FILL ? bisect_fill (problem, service)
                                                   : rai_demand_quantile (&problem->protection, service);
  return MAX (point, problem->lead.mean);
}
