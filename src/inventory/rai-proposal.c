/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "inventory/rai-proposal.h"

#include "inventory/rai-lot.h"

#include <math.h>

#define ONE 1000.0
/* Goods that expire are not ordered past this quantile of what can be sold of them, whatever the
 * target: in replays of the demo the last points of service cost more in waste than they earn. */
#define SHELF_LEVEL 0.8
/* Stock on hand that expires is taken to be half through its shelf life. */
#define AGE_SHARE 0.5
/* One piece is kept of whatever sells a pack within this time. */
#define PRESENCE_DAYS 182
/* No lot covers more than this, however cheap the item. */
#define LOT_DAYS_LIMIT 56

static int64_t
thousandths (double units) {
  return llround (CLAMP (units, -1e12, 1e12) * ONE);
}

static int64_t
margin_of (const RaiProposalProblem *problem, double units) {
  return llround (MIN (units, 1e12) * (double) MAX (0, problem->price - problem->cost));
}

static size_t
days_until (const RaiProposalProblem *problem, RaiDay day) {
  return (size_t) MAX (0, day - problem->today);
}

/* What will have arrived before the delivery after the next. */
static double
on_the_way (const RaiProposalProblem *problem) {
  double sum = 0;
  for (size_t i = 0; i < problem->n_arrivals; i++)
    if (problem->arrivals[i].day < problem->delivery.next_delivery_day)
      sum += problem->arrivals[i].quantity;
  return sum;
}

/* What can be sold of a delivery before it expires, with what is sold until it comes. */
static double
sellable (const RaiProposalProblem *problem) {
  size_t days = days_until (problem, problem->delivery.delivery_day) + (size_t) problem->shelf_life;
  RaiDemand life = rai_demand_sum (&problem->daily, 0, days, 0);
  return rai_demand_quantile (&life, SHELF_LEVEL);
}

RaiOrderPointProblem
rai_proposal_order_point_problem (const RaiProposalProblem *problem, double *review_days) {
  size_t lead = days_until (problem, problem->delivery.delivery_day);
  size_t days = days_until (problem, problem->delivery.next_delivery_day);
  *review_days = (double) (days - lead);

  return (RaiOrderPointProblem){
    .lead = rai_demand_sum (&problem->daily, 0, lead, problem->lead_spread),
    .protection = rai_demand_sum (&problem->daily, 0, days, problem->lead_spread),
    .pack = (double) problem->pack / ONE,
    .kind = problem->kind,
    .service = problem->service,
    .expires = problem->shelf_life > 0,
    .limit = problem->shelf_life > 0 ? sellable (problem) : 0,
  };
}

/* The order point for the target service, and at least one piece of what sells at all. Goods that
 * expire before the next delivery may be a newsvendor's: what is left over is lost, so the service
 * follows from margin and cost when that asks for less. */
static double
order_point (const RaiProposalProblem *problem, const RaiOrderPointProblem *point, double review) {
  double units = problem->kind == RAI_SERVICE_BALANCED
                     ? rai_balance_order_point (point, review, problem->pressure)
                     : rai_order_point (point);

  if (problem->daily.pieces &&
      point->protection.mean * PRESENCE_DAYS >=
          (point->pack * (double) days_until (problem, problem->delivery.next_delivery_day)))
    units = MAX (units, 1);

  if (problem->shelf_life <= 0)
    return units;
  if (problem->kind == RAI_SERVICE_PROFIT && problem->shelf_life <= review)
    units = MIN (units, rai_lot_newsvendor (&point->protection, (double) problem->price,
                                            (double) problem->cost, 0));

  return MIN (units, point->limit);
}

/* Units of the lots that will expire before the delivery after the next, when demand comes as
 * expected and takes the oldest first. */
static double
expiring (const RaiProposalProblem *problem) {
  double sold = 0, wasted = 0;
  int days = (int) days_until (problem, problem->delivery.next_delivery_day), day = 0;
  for (size_t i = 0; i < problem->n_batches; i++) {
    double left = problem->batches[i].quantity;
    int last = MIN (problem->batches[i].days_left, days);
    /* What is left of a day's demand goes to the next lot. */
    for (; left > 0 && day < last; day++) {
      double demand = rai_daily_demand_mean (&problem->daily, (size_t) day) - sold;
      double taken = MIN (left, demand);
      left -= taken;
      sold = taken < demand ? sold + taken : 0;
      if (taken < demand)
        break;
    }
    if (problem->batches[i].days_left < days)
      wasted += left;
  }

  return wasted;
}

/* What of the stock on hand can still be sold: all that keeps; of what expires no more than is
 * likely to be asked for before it does. */
static int64_t
usable (const RaiProposalProblem *problem) {
  int64_t on_hand = MAX (0, problem->on_hand);
  if (problem->shelf_life <= 0 || on_hand == 0)
    return on_hand;
  if (problem->n_batches > 0)
    return MAX (0, on_hand - thousandths (expiring (problem)));
  size_t days = (size_t) MAX (1, lround (problem->shelf_life * (1 - AGE_SHARE)));
  RaiDemand demand = rai_demand_sum (&problem->daily, 0, days, 0);
  return MIN (on_hand, thousandths (rai_demand_quantile (&demand, SHELF_LEVEL)));
}

/* The economic lot in units, where it is more than a review period's demand. */
static double
lot_size (const RaiProposalProblem *problem, const RaiDemand *protection, size_t days) {
  if (!(problem->order_cost > 0) || days == 0)
    return 0;
  double a_day = protection->mean / (double) days;
  double holding = (double) problem->cost * problem->holding_rate / 365;
  double lot = rai_lot_eoq (a_day, problem->order_cost, holding);
  int limit =
      problem->shelf_life > 0 ? MIN (LOT_DAYS_LIMIT, problem->shelf_life / 2) : LOT_DAYS_LIMIT;
  return MIN (lot, a_day * limit);
}

/* Packs up to the point, at least an economic lot; one pack less when the last would expire. */
static int64_t
packs_for (const RaiProposalProblem *problem, const RaiDemand *protection, size_t days,
           int64_t wanted) {
  if (wanted <= 0)
    return 0;

  int64_t pack = MAX (1, problem->pack);
  int64_t lot = thousandths (lot_size (problem, protection, days));
  int64_t packs = (wanted + pack - 1) / pack;

  if (lot > wanted)
    packs = MAX (packs, (lot + pack / 2) / pack);
  if (problem->shelf_life <= 0 || wanted % pack == 0)
    return packs;

  int64_t limit = thousandths (sellable (problem));
  int64_t position = usable (problem) + thousandths (on_the_way (problem));
  return position + packs * pack > limit && wanted % pack < pack / 2 ? packs - 1 : packs;
}

static void
look_ahead (const RaiProposalProblem *problem, RaiProposal *proposal) {
  double on_hand = (double) MAX (0, problem->on_hand) / ONE;
  const RaiDelivery *delivery = &problem->delivery;
  const RaiCover cover = rai_cover_make (&problem->daily);
  const int64_t left = MAX (0, problem->on_hand);
  proposal->cover_days = rai_cover_days (&cover, left);
  proposal->stockout_day =
      rai_cover_stockout_day (&cover, problem->today, left, problem->arrivals, problem->n_arrivals);

  double before = rai_cover_missing (&problem->daily, problem->today, on_hand, problem->arrivals,
                                     problem->n_arrivals, problem->today, delivery->delivery_day);
  double after =
      rai_cover_missing (&problem->daily, problem->today, on_hand, problem->arrivals,
                         problem->n_arrivals, delivery->delivery_day, delivery->next_delivery_day);

  proposal->lost = margin_of (problem, before);
  if (proposal->quantity == 0)
    return;
  proposal->protects = margin_of (problem, MIN (after, (double) proposal->quantity / ONE));
  proposal->avoids_stockout = after > 1e-6;
}

RaiProposal
rai_proposal_make (const RaiProposalProblem *problem) {
  RaiProposal proposal = { 0 };
  double review;
  RaiOrderPointProblem point = rai_proposal_order_point_problem (problem, &review);
  const RaiDemand *protection = &point.protection;
  size_t days = days_until (problem, problem->delivery.next_delivery_day);

  proposal.demand = thousandths (protection->mean);
  proposal.order_point =
      protection->mean > 0 ? thousandths (order_point (problem, &point, review)) : 0;
  proposal.safety = proposal.order_point - proposal.demand;
  proposal.on_hand = usable (problem);
  proposal.on_order = thousandths (on_the_way (problem));

  int64_t wanted = proposal.order_point - proposal.on_hand - proposal.on_order;
  int64_t pack = MAX (1, problem->pack);
  proposal.quantity = packs_for (problem, protection, days, wanted) * pack;
  proposal.rounding = proposal.quantity - wanted;
  proposal.order_up_to =
      proposal.order_point + (proposal.quantity > 0 ? MAX (0, proposal.rounding) : pack);
  look_ahead (problem, &proposal);

  return proposal;
}

void
rai_proposal_go_on (RaiProposal *proposal, int64_t sold) {
  int64_t gone = MAX (0, MIN (sold, MIN (proposal->on_hand, proposal->demand)));
  proposal->on_hand -= gone;
  proposal->demand -= gone;
}

void
rai_proposal_add_packs (RaiProposal *proposal, int64_t pack, int64_t packs) {
  proposal->quantity += packs * pack;
  proposal->rounding += packs * pack;
  proposal->order_up_to += packs * pack;
}

bool
rai_proposal_adds_up (const RaiProposal *proposal) {
  return proposal->demand + proposal->safety - proposal->on_hand - proposal->on_order +
             proposal->rounding ==
         proposal->quantity;
}
