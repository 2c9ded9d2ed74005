/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "inventory/rai-simulate.h"

#include <math.h>

#define AVERAGE_DAYS 28

/* Stock by the morning on which it arrived, oldest first. */
typedef struct {
  size_t day;
  double quantity;
} Lot;

typedef struct {
  const RaiSimulation *item;
  GArray *batches;  /* Lot */
  GArray *arrivals; /* RaiArrival, by day */
  double on_hand;
} Shelf;

static void
receive (Shelf *shelf, size_t day) {
  RaiDay today = shelf->item->first_day + (RaiDay) day;
  while (shelf->arrivals->len > 0 && g_array_index (shelf->arrivals, RaiArrival, 0).day <= today) {
    Lot lot = { day, g_array_index (shelf->arrivals, RaiArrival, 0).quantity };
    g_array_append_val (shelf->batches, lot);
    shelf->on_hand += lot.quantity;
    g_array_remove_index (shelf->arrivals, 0);
  }
}

static double
take_oldest (Shelf *shelf, double wanted) {
  double taken = 0;
  while (shelf->batches->len > 0 && taken < wanted) {
    Lot *lot = &g_array_index (shelf->batches, Lot, 0);
    double part = MIN (lot->quantity, wanted - taken);
    lot->quantity -= part;
    taken += part;
    if (lot->quantity <= 1e-9)
      g_array_remove_index (shelf->batches, 0);
  }

  shelf->on_hand = MAX (0, shelf->on_hand - taken);
  return taken;
}

static double
throw_away (Shelf *shelf, size_t day) {
  double waste = 0;
  if (shelf->item->shelf_life <= 0)
    return 0;
  while (shelf->batches->len > 0) {
    Lot *lot = &g_array_index (shelf->batches, Lot, 0);
    if (lot->day + (size_t) shelf->item->shelf_life > day + 1)
      break;
    waste += lot->quantity;
    g_array_remove_index (shelf->batches, 0);
  }

  shelf->on_hand = MAX (0, shelf->on_hand - waste);
  return waste;
}

static RaiBatch *
known_lots (const Shelf *shelf, size_t day) {
  RaiBatch *lots = g_new (RaiBatch, MAX (1, shelf->batches->len));
  for (size_t i = 0; i < shelf->batches->len; i++) {
    const Lot *lot = &g_array_index (shelf->batches, Lot, i);
    lots[i] =
        (RaiBatch){ lot->quantity, (int) (lot->day + (size_t) shelf->item->shelf_life - day) };
  }
  return lots;
}

static double
review (Shelf *shelf, size_t day, RaiSimulationPolicy policy, void *data) {
  const RaiSimulation *item = shelf->item;
  RaiDay today = item->first_day + (RaiDay) day;
  RaiDelivery delivery =
      rai_delivery_find (today, item->order_weekdays, item->lead_days, 1, NULL, 0);

  if (delivery.order_day != today)
    return 0;

  RaiSimulationState state = { day, delivery, shelf->on_hand,
                               (const RaiArrival *) (void *) shelf->arrivals->data,
                               shelf->arrivals->len };
  g_autofree RaiBatch *lots = item->shelf_life > 0 ? known_lots (shelf, day) : NULL;

  state.batches = lots;
  state.n_batches = lots != NULL ? shelf->batches->len : 0;

  double quantity = policy (item, &state, data);
  if (!(quantity > 0))
    return 0;

  RaiArrival arrival = { delivery.delivery_day, quantity };
  g_array_append_val (shelf->arrivals, arrival);
  receive (shelf, day);

  return quantity;
}

/* Begins as if the first order had been placed just in time to arrive on the first morning. */
static void
fill_shelf (Shelf *shelf, RaiSimulationPolicy policy, void *data) {
  const RaiSimulation *item = shelf->item;
  RaiDay today = item->first_day + (RaiDay) item->begin;
  RaiSimulationState state = {
    item->begin, rai_delivery_find (today, item->order_weekdays, item->lead_days, 1, NULL, 0), 0,
    NULL, 0
  };

  Lot lot = { item->begin, policy (item, &state, data) };
  if (!(lot.quantity > 0))
    return;
  g_array_append_val (shelf->batches, lot);
  shelf->on_hand = lot.quantity;
}

static void
count_day (const RaiSimulation *item, double demand, double served, double waste, double ordered,
           double on_hand, RaiSimulationResult *result) {
  result->demand += demand;
  result->served += served;
  result->lost_margin += (demand - served) * MAX (0, item->price - item->cost);
  result->waste += waste;
  result->waste_cost += waste * item->cost;
  result->stock += on_hand;
  result->stock_value += on_hand * item->cost;
  result->holding_cost += on_hand * item->cost * item->holding_rate / 365;

  if (ordered > 0) {
    result->orders += 1;
    result->order_cost += item->order_cost;
  }
}

void
rai_simulate (const RaiSimulation *item, RaiSimulationPolicy policy, void *data,
              RaiSimulationResult *result) {
  Shelf shelf = { item, g_array_new (FALSE, FALSE, sizeof (Lot)),
                  g_array_new (FALSE, FALSE, sizeof (RaiArrival)), 0 };
  fill_shelf (&shelf, policy, data);

  for (size_t day = item->begin; day < item->n_days; day++) {
    receive (&shelf, day);
    double ordered = review (&shelf, day, policy, data);
    double demand = MAX (0, item->demand[day]);
    double served = take_oldest (&shelf, demand);
    double waste = throw_away (&shelf, day);
    if (day >= item->count_from)
      count_day (item, demand, served, waste, ordered, shelf.on_hand, result);
  }

  if (item->n_days > item->count_from)
    result->days = MAX (result->days, (double) (item->n_days - item->count_from));
  g_array_unref (shelf.batches);
  g_array_unref (shelf.arrivals);
}

double
rai_simulation_fill_rate (const RaiSimulationResult *result) {
  return result->demand > 0 ? result->served / result->demand : 1;
}

double
rai_simulation_average_stock (const RaiSimulationResult *result) {
  return result->days > 0 ? result->stock / result->days : 0;
}

double
rai_simulation_cost (const RaiSimulationResult *result) {
  return result->order_cost + result->holding_cost + result->waste_cost + result->lost_margin;
}

double
rai_simulation_position (const RaiSimulationState *state) {
  double position = state->on_hand;
  for (size_t i = 0; i < state->n_arrivals; i++)
    if (state->arrivals[i].day < state->delivery.next_delivery_day)
      position += state->arrivals[i].quantity;
  return position;
}

double
rai_simulate_average (const RaiSimulation *item, const RaiSimulationState *state, void *data) {
  const RaiAveragePolicy *average = data;
  size_t n = MIN (state->day, AVERAGE_DAYS);
  double sum = 0;

  for (size_t i = state->day - n; i < state->day; i++)
    sum += MAX (0, item->demand[i]);

  double days = state->delivery.next_delivery_day - (item->first_day + (RaiDay) state->day);
  double wanted =
      (n > 0 ? sum / (double) n : 0) * days * average->factor - rai_simulation_position (state);

  return wanted > 1e-9 ? ceil (wanted / item->pack - 1e-9) * item->pack : 0;
}

RaiProposalProblem
rai_simulate_problem (const RaiSimulation *item, const RaiSimulationState *state,
                      const RaiForecastPolicy *policy) {
  size_t k = policy->n_forecasts;
  while (k > 1 && policy->origins[k - 1] > state->day)
    k--;

  size_t age = state->day - MIN (state->day, policy->origins[k - 1]);
  const RaiDailyDemand *made = &policy->forecasts[k - 1];

  /* Past the horizon its last week goes on, in step with the weekdays. */
  while (age > 0 && age + 7 > made->horizon)
    age -= MIN (age, 7);

  RaiDailyDemand daily = *made;
  daily.means += age;
  daily.quantiles += age * RAI_N_QUANTILES;
  daily.horizon -= age;
  daily.pieces = item->pieces;

  return (RaiProposalProblem){
    .daily = daily,
    .today = item->first_day + (RaiDay) state->day,
    .delivery = state->delivery,
    .lead_spread = item->lead_spread,
    .on_hand = llround (state->on_hand * 1000),
    .arrivals = state->arrivals,
    .n_arrivals = state->n_arrivals,
    .pack = MAX (1, llround (item->pack * 1000)),
    .price = llround (item->price),
    .cost = llround (item->cost),
    .shelf_life = item->shelf_life,
    .batches = state->batches,
    .n_batches = state->n_batches,
    .kind = policy->kind,
    .service = policy->service,
    .pressure = policy->pressures != NULL ? policy->pressures[k - 1] : 0,
  };
}

double
rai_simulate_forecast (const RaiSimulation *item, const RaiSimulationState *state, void *data) {
  const RaiForecastPolicy *policy = data;
  if (policy->n_forecasts == 0 || policy->origins[0] > state->day)
    return 0;
  RaiProposalProblem problem = rai_simulate_problem (item, state, policy);
  return (double) rai_proposal_make (&problem).quantity / 1000.0;
}
