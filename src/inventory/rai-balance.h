/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "inventory/rai-order-point.h"

/* One service target for a whole assortment with the least stock: a unit on the shelf is put where
 * it is most likely to be asked for. The order points of all items then have the same chance of a
 * stock-out a day, the "pressure", and the pressure is the one at which the assortment as a whole
 * meets the target share of its demand (the optimum of the Lagrangian: Sherbrooke, "Optimal
 * Inventory Modeling of Systems", 2nd edition 2004, chapter 2; Silver, Pyke & Thomas 2017, chapter
 * 5). Pure. */

/* The least point at which a further unit is asked for with less than `pressure` a day; review_days
 * is the time between two deliveries. Never below the expected demand until the order arrives, nor
 * above the problem's limit. */
double
rai_balance_order_point (const RaiOrderPointProblem *problem, double review_days, double pressure);

/* The pressure at which the problems together meet the target: a share of the sum of their demand.
 * At most RAI_BALANCE_SAMPLE of them are looked at, spread evenly. */
#define RAI_BALANCE_SAMPLE 300
double rai_balance_pressure (const RaiOrderPointProblem *problems, const double *review_days,
                             size_t n, double target);
