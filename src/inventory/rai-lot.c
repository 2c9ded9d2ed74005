/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "inventory/rai-lot.h"

#include <glib.h>
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_randist.h>
#include <math.h>

double
rai_lot_eoq (double demand, double order_cost, double holding_cost) {
  if (!(demand > 0) || !(order_cost > 0) || !(holding_cost > 0))
    return 0;
  return sqrt (2 * demand * order_cost / holding_cost);
}

double
rai_lot_critical_ratio (double price, double cost, double salvage) {
  double underage = MAX (0, price - cost), overage = MAX (0, cost - salvage);
  double ratio = underage + overage > 0 ? underage / (underage + overage) : 0.5;
  return CLAMP (ratio, 0.05, 0.995);
}

double
rai_lot_newsvendor (const RaiDemand *demand, double price, double cost, double salvage) {
  return rai_demand_quantile (demand, rai_lot_critical_ratio (price, cost, salvage));
}

double
rai_lot_normal_loss (double k) {
  return gsl_ran_ugaussian_pdf (k) - k * gsl_cdf_ugaussian_Q (k);
}

double
rai_lot_normal_loss_inverse (double loss) {
  double low = -40, high = 40;
  if (loss >= rai_lot_normal_loss (low))
    return low;
  for (int i = 0; i < 80; i++) {
    double middle = (low + high) / 2;
    if (rai_lot_normal_loss (middle) > loss)
      low = middle;
    else
      high = middle;
  }

  return (low + high) / 2;
}

double
rai_lot_safety_cycle (double service) {
  return gsl_cdf_ugaussian_Pinv (CLAMP (service, 0.001, 0.99999));
}

double
rai_lot_safety_fill (double service, double review_demand, double sigma) {
  if (!(sigma > 0))
    return 0;
  return rai_lot_normal_loss_inverse ((1 - service) * review_demand / sigma);
}

double
rai_lot_s_S (double position, double s, double S) {
  return position < s ? MAX (0, S - position) : 0;
}
