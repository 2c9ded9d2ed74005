/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "inventory/rai-balance.h"
#include "inventory/rai-cover.h"
#include "inventory/rai-delivery.h"

/* Stock on hand that expires, oldest first. */
typedef struct {
  double quantity;
  int days_left; /* days on which it can still be sold, today among them */
} RaiBatch;

/* What to order of one item at one site, and why. Quantities are integer thousandths here, so that
 * the parts add up exactly: demand + safety - on_hand - on_order + rounding = quantity. Pure. */
typedef struct {
  RaiDailyDemand daily; /* begins `today` */
  RaiDay today;
  RaiDelivery delivery;
  double lead_spread;
  int64_t on_hand; /* below zero is read as zero: it cannot be sold */
  const RaiArrival *arrivals;
  size_t n_arrivals;
  int64_t pack;   /* 1 or more */
  int64_t price;  /* of one unit, minor units */
  int64_t cost;   /* of one unit */
  int shelf_life; /* days from delivery; 0: keeps */
  /* How old the stock is, where that is known; n_batches 0: half through its shelf life. */
  const RaiBatch *batches;
  size_t n_batches;
  RaiServiceKind kind;
  double service;
  double pressure;     /* RAI_SERVICE_BALANCED: of the assortment */
  double order_cost;   /* of one order line, minor units; 0: lots are as small as packs allow */
  double holding_rate; /* share of the cost a year */
} RaiProposalProblem;

typedef struct {
  int64_t quantity;
  int64_t demand; /* expected until the delivery after the next */
  int64_t safety; /* below zero when packs or a short shelf life ask for less than the expected
                     demand */
  int64_t
      on_hand; /* what counts of it: not below zero, and of what expires what can still be sold */
  int64_t on_order; /* arriving before the delivery after the next */
  int64_t rounding; /* to packs, to the economic lot, down to what can be sold before it expires */
  int64_t order_point;
  int64_t order_up_to;
  int cover_days;      /* of the stock on hand; RAI_COVER_LIMIT: longer than that */
  RaiDay stockout_day; /* when it runs out without this order, or RAI_DAY_NONE */
  int64_t protects;    /* margin expected to be lost from this delivery to the next one without it,
                          minor units */
  int64_t lost; /* margin expected to be lost before the delivery whatever is ordered now, minor
                   units */
  bool avoids_stockout; /* it runs out between this delivery and the next without this order */
} RaiProposal;

/* The problem that the order point solves: for rai_balance_pressure. review_days gets the time
 * between the
 * deliveries. */
RaiOrderPointProblem
rai_proposal_order_point_problem (const RaiProposalProblem *problem, double *review_days);

RaiProposal rai_proposal_make (const RaiProposalProblem *problem);
/* The same proposal later on its first day, when `sold` thousandths of that day's demand have left
 * the shelf: the parts follow, what is ordered stays. */
void rai_proposal_go_on (RaiProposal *proposal, int64_t sold);
/* Orders `packs` more of it: the parts follow. */
void rai_proposal_add_packs (RaiProposal *proposal, int64_t pack, int64_t packs);
bool rai_proposal_adds_up (const RaiProposal *proposal);
