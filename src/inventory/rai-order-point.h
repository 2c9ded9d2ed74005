/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "inventory/rai-demand.h"

/* The stock position below which an item has to be ordered, under periodic review with packs: (R,
 * s, nQ) of Silver, Pyke & Thomas 2017, chapter 7; with a pack of one unit it is (R, S). What the
 * shelf cannot give is lost, not owed. Pure. */
typedef enum {
  RAI_SERVICE_FILL,     /* share of the demand that is met from the shelf */
  RAI_SERVICE_CYCLE,    /* share of the review periods without a stock-out */
  RAI_SERVICE_BALANCED, /* of the whole assortment: see rai-balance.h */
  RAI_SERVICE_PROFIT,   /* as CYCLE; for goods that expire before the next delivery no more than
                         * margin and waste
                         * justify */
} RaiServiceKind;

typedef struct {
  RaiDemand lead;       /* from now until the order arrives */
  RaiDemand protection; /* from now until the order after that arrives */
  double pack; /* units in a pack; positions after an order spread evenly over one pack above the
                  point */
  RaiServiceKind kind;
  double service; /* in (0, 1) */
  bool expires;
  double limit; /* of what expires: no more can be sold before, whatever the target */
} RaiOrderPointProblem;

/* In units; never below the expected demand until the order arrives. */
double rai_order_point (const RaiOrderPointProblem *problem);

/* The share of the demand between the two deliveries that is expected to be met when positions are
 * raised to at least `point`; what lies beyond the limit expires and meets nothing. */
double rai_order_point_fill (const RaiOrderPointProblem *problem, double point);

/* The chance that a further unit would have been asked for before the next delivery, averaged over
 * the positions within a pack above `point`. */
double rai_order_point_stockout (const RaiOrderPointProblem *problem, double point);
