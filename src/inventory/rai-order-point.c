/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "inventory/rai-order-point.h"

#include <glib.h>
#include <math.h>

/* Positions within a pack at which the expected loss is evaluated. */
#define SPREAD 5
/* How much more than its mean is lost before a delivery when hardly anything is lost, and how soon
 * that fades as more is. Fitted to replays of demand drawn from the forecast: means of 0.15 to 20 a
 * day, lead times of 1 to 14 days, reviews of 1 to 7, in tests/inventory/test-simulate.c. */
#define LOST_EXCESS 1.15
#define LOST_FADING 64
#define LOST_STEPS 6
/* Nothing is kept for demand rarer than this, however heavy the tail: rare bulk sales would fill
 * the shelves. */
#define ENOUGH 0.995

/* Expected shortage of the review period if customers waited, with the position after ordering at
 * `position`: what is missing by its end, less what was missing already when it began. */
static double
review_loss (const RaiOrderPointProblem *problem, double position) {
  position = problem->expires ? MIN (position, problem->limit)
                              : position; /* what expires first meets no demand */
  return MAX (0, rai_demand_loss (&problem->protection, position) -
                     rai_demand_loss (&problem->lead, position));
}

static double
review_stockout (const RaiOrderPointProblem *problem, double position) {
  return 1 - rai_demand_cdf (&problem->protection, position);
}

/* A quantity averaged over the positions within one pack above the point. Whole pieces stand at the
 * point itself
 * too. */
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

/* What was lost before the delivery, and so stands on the shelf instead, when `share` of the demand
 * is lost: more than its mean, for it is lost when demand is high. */
static double
lost_before (const RaiOrderPointProblem *problem, double share) {
  return share * problem->lead.mean * (1 + LOST_EXCESS / (1 + LOST_FADING * share * share));
}

/* In units of a review period. Customers do not wait: what a review period loses is the fixed point
 * of its shortage, with what was lost before, between 0 and the shortage itself, found by false
 * position with the halving of Dowell & Jarratt 1971 ("Illinois"). */
static double
expected_lost (const RaiOrderPointProblem *problem, double point, double review) {
  double high = average_over_pack (problem, point, review_loss), low = 0, gap_low = -high,
         gap_high = 0, lost = high;
  for (int i = 0; i < LOST_STEPS && problem->lead.mean * high > 0; i++) {
    double gap = lost - average_over_pack (problem, point + lost_before (problem, lost / review),
                                           review_loss);
    if (fabs (gap) < 1e-4 * review)
      break;
    if (gap > 0) {
      gap_low /= high == lost ? 1 : 2;
      high = lost;
      gap_high = gap;
    } else {
      low = lost;
      gap_low = gap;
    }
    lost = high - gap_high * (high - low) / (gap_high - gap_low);
  }

  return lost;
}

double
rai_order_point_fill (const RaiOrderPointProblem *problem, double point) {
  double review = problem->protection.mean - problem->lead.mean;
  if (!(review > 0))
    return 1;
  return 1 - MIN (1, expected_lost (problem, point, review) / review);
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
  double point = problem->kind == RAI_SERVICE_FILL
                     ? bisect_fill (problem, service)
                     : rai_demand_quantile (&problem->protection, service);
  return MAX (point, problem->lead.mean);
}
