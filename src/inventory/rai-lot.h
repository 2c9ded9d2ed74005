/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "inventory/rai-demand.h"

/* The classic rules of lot size and safety stock, as in Silver, Pyke & Thomas, "Inventory and
 * Production Management in Supply Chains", 4th edition (2017); chapters are named at each.
 * Quantities in any one unit. Pure. */

/* Economic order quantity (chapter 4; Harris 1913): the lot that balances the cost of ordering
 * against that of holding. demand and holding_cost (of one unit) over the same time. 0 when nothing
 * is sold or holding is free. */
double rai_lot_eoq (double demand, double order_cost, double holding_cost);

/* Newsvendor's critical ratio (chapter 9): underage / (underage + overage). For goods that cannot
 * be kept, underage is the margin and overage the cost less what is still got for it. Kept within
 * [0.05, 0.995]. */
double rai_lot_critical_ratio (double price, double cost, double salvage);
/* The newsvendor's quantity: the demand's quantile at the critical ratio. */
double rai_lot_newsvendor (const RaiDemand *demand, double price, double cost, double salvage);

/* Unit normal loss G (k) = E [max (0, Z - k)] (appendix II) and its inverse. */
double rai_lot_normal_loss (double k);
double rai_lot_normal_loss_inverse (double loss);

/* (R, S): raise to S at every review. Safety factor k for the share of cycles without a stock-out
 * (chapter 6). */
double rai_lot_safety_cycle (double service);
/* Safety factor for a fill rate: G (k) sigma = (1 - service) * demand of a review period. */
double rai_lot_safety_fill (double service, double review_demand, double sigma);

/* (s, S): order up to S when the position is below s, nothing otherwise (chapter 7). */
double rai_lot_s_S (double position, double s, double S);
