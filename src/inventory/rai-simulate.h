/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "inventory/rai-proposal.h"

/* Replays the days of one item under a policy: goods arrive in the morning, then the policy may
 * order, then the day's demand is met from the oldest stock or lost, and what has expired is thrown
 * away in the evening. A policy sees only what was known that morning. Quantities in units.
 * Pure. */
typedef struct {
  const double *demand; /* [n_days] */
  size_t n_days;
  RaiDay first_day;
  size_t begin; /* the replay begins at this day, with full shelves; the days before are history */
  size_t count_from; /* figures are taken from this day on */
  unsigned order_weekdays;
  int lead_days;
  double lead_spread;
  double pack;
  bool pieces;
  int shelf_life; /* 0: keeps */
  double price;   /* of one unit, minor units */
  double cost;
  double order_cost;   /* of one order line, minor units */
  double holding_rate; /* share of the cost a year */
} RaiSimulation;

typedef struct {
  size_t day; /* index into demand; its own and later entries are not known yet */
  RaiDelivery delivery;
  double on_hand;
  const RaiArrival *arrivals;
  size_t n_arrivals;
  const RaiBatch *batches; /* of goods that expire */
  size_t n_batches;
} RaiSimulationState;

/* On the shelf and to arrive before the delivery after the next. */
double rai_simulation_position (const RaiSimulationState *state);

/* Returns the quantity to order. */
typedef double (*RaiSimulationPolicy) (const RaiSimulation *item, const RaiSimulationState *state,
                                       void *data);

/* Sums over items and days; add up as many items as there are in one result. */
typedef struct {
  double demand;
  double served;
  double stock;       /* sum over days of what is left in the evening, units */
  double stock_value; /* the same at cost, minor units */
  double waste;       /* units */
  double waste_cost;
  double lost_margin;
  double orders; /* order lines */
  double order_cost;
  double holding_cost;
  double days; /* the largest number of days counted for an item */
} RaiSimulationResult;

/* Adds the item to the result. */
void rai_simulate (const RaiSimulation *item, RaiSimulationPolicy policy, void *data,
                   RaiSimulationResult *result);

double rai_simulation_fill_rate (const RaiSimulationResult *result);
double rai_simulation_average_stock (const RaiSimulationResult *result);
/* Orders, holding, waste and lost margin, minor units. */
double rai_simulation_cost (const RaiSimulationResult *result);

/* The rule most shops use: order up to `days of cover` times the average of the last 28 days. */
typedef struct {
  double factor; /* multiplies the days until the delivery after the next */
} RaiAveragePolicy;
double
rai_simulate_average (const RaiSimulation *item, const RaiSimulationState *state, void *data);

/* Ours: the proposal for the newest forecast made before the day. origins ascend. */
typedef struct {
  const size_t *origins; /* index of each forecast's first day */
  const RaiDailyDemand *forecasts;
  size_t n_forecasts;
  RaiServiceKind kind;
  double service;
  const double *pressures; /* RAI_SERVICE_BALANCED: of the assortment, for each forecast */
} RaiForecastPolicy;
/* What the policy would solve on a day: for rai_balance_pressure and for tests. */
RaiProposalProblem rai_simulate_problem (const RaiSimulation *item, const RaiSimulationState *state,
                                         const RaiForecastPolicy *policy);
double
rai_simulate_forecast (const RaiSimulation *item, const RaiSimulationState *state, void *data);
