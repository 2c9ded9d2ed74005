/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "inventory/rai-simulate.h"

#include <math.h>

#define DAYS 700

static double
order_ten (const RaiSimulation *item, const RaiSimulationState *state, void *data) {
  return 10;
}

static RaiSimulation
item_for (const double *demand, size_t n) {
  return (RaiSimulation){ .demand = demand,
                          .n_days = n,
                          .order_weekdays = 127,
                          .lead_days = 1,
                          .pack = 1,
                          .pieces = true,
                          .price = 300,
                          .cost = 200,
                          .holding_rate = 0.365,
                          .order_cost = 5 };
}

/* Five days by hand: 10 on the shelf; 10 more arrive on each morning from the second day on. */
static void
test_by_hand (void) {
  const double demand[] = { 4, 4, 30, 0, 0 };
  RaiSimulation item = item_for (demand, 5);
  RaiSimulationResult result = { 0 };

  rai_simulate (&item, order_ten, NULL, &result);
  g_assert_cmpfloat_with_epsilon (result.demand, 38, 1e-9);
  g_assert_cmpfloat_with_epsilon (result.served, 4 + 4 + 22, 1e-9);
  g_assert_cmpfloat_with_epsilon (result.stock, 6 + 12 + 0 + 10 + 20, 1e-9);
  g_assert_cmpfloat_with_epsilon (rai_simulation_average_stock (&result), 48 / 5.0, 1e-9);
  g_assert_cmpfloat_with_epsilon (result.lost_margin, 800, 1e-9);
  g_assert_cmpfloat_with_epsilon (result.holding_cost, 48 * 0.2, 1e-9);
  g_assert_cmpfloat (result.orders, ==, 5);
  g_assert_cmpfloat_with_epsilon (rai_simulation_cost (&result), 800 + 9.6 + 25, 1e-9);
}

/* Two days of shelf life: what arrived in the morning is thrown away in the evening of the next
 * day. */
static void
test_waste (void) {
  const double demand[] = { 4, 4, 0, 0 };
  RaiSimulation item = item_for (demand, 4);
  item.shelf_life = 2;
  RaiSimulationResult result = { 0 };
  rai_simulate (&item, order_ten, NULL, &result);
  /* The first ten: 8 sold, 2 wasted; the tens of the second and third morning whole. */
  g_assert_cmpfloat_with_epsilon (result.waste, 2 + 10 + 10, 1e-9);
  g_assert_cmpfloat_with_epsilon (result.waste_cost, 4400, 1e-9);
}

static double
draw_poisson (GRand *rand, double mean) {
  double limit = exp (-mean), product = g_rand_double (rand);
  int n = 0;
  for (; product > limit; n++)
    product *= g_rand_double (rand);
  return n;
}

/* Poisson demand whose forecast is right: the fill rate comes out above what was asked for: the
 * safety is for forecasts that are not. */
static void
test_fill_rate_is_met (void) {
  static double demand[DAYS];
  static float means[28], quantiles[28 * RAI_N_QUANTILES];
  static const float poisson_6[] = { 2, 2, 3, 4, 6, 8, 9, 10, 11 };

  for (int day = 0; day < 28; day++) {
    means[day] = 6;
    for (int q = 0; q < RAI_N_QUANTILES; q++)
      quantiles[day * RAI_N_QUANTILES + q] = poisson_6[q];
  }

  const size_t origins[] = { 0 };
  const RaiDailyDemand forecasts[] = { { means, quantiles, 28, true } };
  const double targets[] = { 0.9, 0.95, 0.98 };

  for (size_t t = 0; t < G_N_ELEMENTS (targets); t++) {
    GRand *rand = g_rand_new_with_seed (3);
    RaiSimulationResult result = { 0 };
    for (int i = 0; i < 60; i++) {
      for (int day = 0; day < DAYS; day++)
        demand[day] = draw_poisson (rand, 6);
      RaiSimulation item = item_for (demand, DAYS);
      item.order_weekdays = 1 | 8;
      item.lead_days = 2;
      item.count_from = 14;
      RaiForecastPolicy policy = { origins, forecasts, 1, RAI_SERVICE_FILL, targets[t] };
      rai_simulate (&item, rai_simulate_forecast, &policy, &result);
    }
    double fill_rate = rai_simulation_fill_rate (&result);
    g_assert_cmpfloat (fill_rate, >=, targets[t] - 0.01);
    g_assert_cmpfloat (fill_rate, <, 1);
    g_rand_free (rand);
  }
}

/* A shop's week: Poisson numbers of customers who take one piece or three (variance 2.5 times the
 * mean). */
static double
draw_bulk (GRand *rand, double mean) {
  int customers = (int) draw_poisson (rand, mean / 2), sum = 0;
  for (int i = 0; i < customers; i++)
    sum += g_rand_boolean (rand) ? 3 : 1;
  return sum;
}

#define LONG 20000

/* Order points by weekday, found once: the forecast stays the same. */
typedef struct {
  const RaiForecastPolicy *forecast;
  double points[7]; /* NAN: not found yet */
  double met, demand;
} PointPolicy;

static double
order_to_point (const RaiSimulation *item, const RaiSimulationState *state, void *data) {
  PointPolicy *policy = data;
  double *point = &policy->points[state->day % 7], review;
  RaiProposalProblem problem = rai_simulate_problem (item, state, policy->forecast);

  if (isnan (*point)) {
    RaiOrderPointProblem order_point = rai_proposal_order_point_problem (&problem, &review);
    *point = rai_order_point (&order_point);
    double demand = order_point.protection.mean - order_point.lead.mean;
    policy->demand += demand;
    policy->met += demand * rai_order_point_fill (&order_point, *point);
  }

  return MAX (0, ceil ((*point - rai_simulation_position (state)) / item->pack) * item->pack);
}

/* The fill rate that comes of a replay less the one that was reckoned, where the days sell what the
 * forecast says. */
static double
fill_error (double mean, unsigned order_weekdays, int lead_days, double pack, double service) {
  static double demand[LONG];
  float means[28], quantiles[28 * RAI_N_QUANTILES], dispersion[28];
  for (int day = 0; day < 28; day++) {
    means[day] = (float) mean;
    dispersion[day] = 2.5F;
    for (int q = 0; q < RAI_N_QUANTILES; q++)
      quantiles[day * RAI_N_QUANTILES + q] = (float) mean;
  }

  GRand *rand = g_rand_new_with_seed (11);
  for (int day = 0; day < LONG; day++)
    demand[day] = draw_bulk (rand, mean);
  g_rand_free (rand);

  const size_t origins[] = { 0 };
  const RaiDailyDemand forecasts[] = { { means, quantiles, 28, true, dispersion, 28 } };
  RaiSimulation item = item_for (demand, LONG);

  item.order_weekdays = order_weekdays;
  item.lead_days = lead_days;
  item.pack = pack;
  item.count_from = 50;

  RaiForecastPolicy forecast = { origins, forecasts, 1, RAI_SERVICE_FILL, service };
  PointPolicy policy = { &forecast, { NAN, NAN, NAN, NAN, NAN, NAN, NAN } };

  RaiSimulationResult result = { 0 };
  rai_simulate (&item, order_to_point, &policy, &result);
  return rai_simulation_fill_rate (&result) - policy.met / policy.demand;
}

/* What a replay loses is what was reckoned, whether a delivery takes a day or two reviews: over all
 * within a point. */
static void
test_fill_rate_by_lead_time (void) {
  const double means[] = { 0.15, 0.6, 3, 20 }, packs[] = { 1, 6 }, targets[] = { 0.9, 0.95, 0.98 };
  const double limits[] = { 0.05, 0.03, 0.015 };
  const struct {
    unsigned weekdays;
    int days;
  } leads[] = {
    { 1, 1 }, { 1, 7 }, { 1, 14 }, { 1 | 8, 1 }, { 1 | 8, 3 }, { 1 | 8, 10 }, { 127, 7 }
  };

  for (size_t t = 0; t < G_N_ELEMENTS (targets); t++) {
    double sum = 0;
    int n = 0;
    for (size_t m = 0; m < G_N_ELEMENTS (means); m++)
      for (size_t l = 0; l < G_N_ELEMENTS (leads); l++)
        for (size_t p = 0; p < G_N_ELEMENTS (packs); p++, n++) {
          double error =
              fill_error (means[m], leads[l].weekdays, leads[l].days, packs[p], targets[t]);
          g_test_message ("target %.2f, mean %g, lead %d, pack %g: %+.4f", targets[t], means[m],
                          leads[l].days, packs[p], error);
          g_assert_cmpfloat_with_epsilon (error, 0, limits[t]);
          sum += error;
        }
    g_test_message ("target %.2f: %+.4f", targets[t], sum / n);
    g_assert_cmpfloat_with_epsilon (sum / n, 0, 0.01);
  }
}

static void
test_average_rule (void) {
  double demand[60];
  for (int day = 0; day < 60; day++)
    demand[day] = 5;

  RaiSimulation item = item_for (demand, 60);
  item.begin = 28;
  item.count_from = 35;

  RaiAveragePolicy enough = { 1.5 }, half = { 0.5 };
  RaiSimulationResult all = { 0 }, some = { 0 };
  rai_simulate (&item, rai_simulate_average, &enough, &all);
  rai_simulate (&item, rai_simulate_average, &half, &some);
  g_assert_cmpfloat (rai_simulation_fill_rate (&all), ==, 1);
  g_assert_cmpfloat (rai_simulation_fill_rate (&some), <, 1);
  g_assert_cmpfloat (some.stock, <, all.stock);
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/simulate/by-hand", test_by_hand);
  g_test_add_func ("/simulate/waste", test_waste);
  g_test_add_func ("/simulate/fill-rate-is-met", test_fill_rate_is_met);
  g_test_add_func ("/simulate/fill-rate-by-lead-time", test_fill_rate_by_lead_time);
  g_test_add_func ("/simulate/average-rule", test_average_rule);
  return g_test_run ();
}
