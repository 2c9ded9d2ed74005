/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "inventory/rai-simulate.h"

#include <math.h>
#include <stdio.h>
#include <time.h>

/* bench-inventory: speed of planning, and what our orders reach against the rule of the average on
 * a made assortment: 500 items whose mean demand is log-normal, with a weekly profile and negative
 * binomial noise, forecast with an error of a tenth in the level, which it tells of as the sample
 * paths of a forecast do. Prints a line of JSON a figure. */

#define ITEMS 500
#define DAYS 168
#define HISTORY 28
#define HORIZON 28
#define RUNS 5
#define LEVEL_ERROR 0.1

typedef struct {
  double demand[HISTORY + DAYS];
  float means[HORIZON];
  float quantiles[HORIZON * RAI_N_QUANTILES];
  float dispersion[HORIZON];
  RaiSimulation item;
} Item;

static double
draw (GRand *rand, double mean) {
  const RaiDemand demand = { mean, mean * (1.2 + 0.3 * mean), true };
  return rai_demand_quantile (&demand, g_rand_double_range (rand, 1e-6, 1 - 1e-6));
}

static double
normal (GRand *rand) {
  return sqrt (-2 * log (g_rand_double_range (rand, 1e-12, 1))) *
         cos (2 * G_PI * g_rand_double (rand));
}

static RaiDailyDemand
daily_of (const Item *made) {
  return (RaiDailyDemand){ made->means, made->quantiles, HORIZON, true, made->dispersion, HORIZON };
}

static void
make_item (GRand *rand, Item *made) {
  static const double profile[7] = { 0.8, 0.8, 0.9, 1, 1.3, 1.5, 0.7 };
  static const unsigned weekdays[] = { 1 | 8, 127, 4, 1 | 4 | 16 };
  double level = exp (normal (rand) * 1.2), told = level * exp (LEVEL_ERROR * normal (rand));

  for (int day = 0; day < HISTORY + DAYS; day++)
    made->demand[day] = draw (rand, level * profile[day % 7]);

  double sum = 0, variance = 0;
  for (int day = 0; day < HORIZON; day++) {
    double mean = told * profile[day % 7];
    const RaiDemand demand = { mean, mean * (1.2 + 0.3 * mean), true };
    made->means[day] = (float) mean;
    for (int q = 0; q < RAI_N_QUANTILES; q++)
      made->quantiles[day * RAI_N_QUANTILES + q] =
          (float) rai_demand_quantile (&demand, rai_quantile_levels[q]);
    sum += mean;
    variance += demand.variance;
    made->dispersion[day] = (float) (variance / sum + LEVEL_ERROR * LEVEL_ERROR * sum);
  }

  made->item = (RaiSimulation){ .demand = made->demand,
                                .n_days = HISTORY + DAYS,
                                .first_day = 20000,
                                .begin = HISTORY,
                                .count_from = HISTORY + 28,
                                .order_weekdays = weekdays[g_rand_int_range (rand, 0, 4)],
                                .lead_days = g_rand_int_range (rand, 1, 5),
                                .pack = g_rand_int_range (rand, 1, 7),
                                .pieces = true,
                                .price = 300,
                                .cost = 200,
                                .order_cost = 50,
                                .holding_rate = 0.2 };
}

static double
seconds (void) {
  struct timespec now;
  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &now);
  return (double) now.tv_sec + (double) now.tv_nsec / 1e9;
}

static void
tell (const char *name, double value, const char *unit, double target, bool ok) {
  printf ("{\"group\":\"inventory\",\"name\":\"%s\",\"value\":%.4f,\"unit\":\"%s\",\"floor\":null,"
          "\"peer\":null,"
          "\"target\":%.4f,\"ok\":%s}\n",
          name, value, unit, target, ok ? "true" : "false");
}

static RaiProposalProblem
input_of (const Item *made, double service) {
  const RaiSimulation *item = &made->item;
  return (RaiProposalProblem){
    .daily = daily_of (made),
    .today = item->first_day,
    .delivery =
        rai_delivery_find (item->first_day, item->order_weekdays, item->lead_days, 1, NULL, 0),
    .on_hand = 5000,
    .pack = llround (item->pack * 1000),
    .price = 300,
    .cost = 200,
    .kind = RAI_SERVICE_BALANCED,
    .service = service,
  };
}

static double
pressure_of (const Item *made, double service) {
  static RaiOrderPointProblem problems[ITEMS];
  static double review_days[ITEMS];
  for (int i = 0; i < ITEMS; i++) {
    RaiProposalProblem input = input_of (&made[i], service);
    problems[i] = rai_proposal_order_point_problem (&input, &review_days[i]);
  }
  return rai_balance_pressure (problems, review_days, ITEMS, service);
}

/* CPU seconds for n items: the pressure of each assortment of ITEMS, then every proposal. */
static double
time_plan (const Item *made, int n) {
  double best = 1e9;
  for (int run = 0; run < RUNS; run++) {
    double began = seconds (), pressure = 0;
    int64_t sum = 0;
    for (int i = 0; i < n; i++) {
      if (i % ITEMS == 0)
        pressure = pressure_of (made, 0.95);
      RaiProposalProblem input = input_of (&made[i % ITEMS], 0.95);
      input.pressure = pressure;
      sum += rai_proposal_make (&input).quantity;
    }
    best = MIN (best, seconds () - began);
    g_assert_cmpint (sum, >, 0);
  }

  return best;
}

static RaiSimulationResult
replay_average (const Item *made, double factor) {
  RaiSimulationResult result = { 0 };
  RaiAveragePolicy policy = { factor };
  for (int i = 0; i < ITEMS; i++)
    rai_simulate (&made[i].item, rai_simulate_average, &policy, &result);
  return result;
}

static RaiSimulationResult
tune_average (const Item *made, double fill_rate) {
  double low = 0.2, high = 6;
  for (int i = 0; i < 20; i++) {
    double middle = (low + high) / 2;
    RaiSimulationResult result = replay_average (made, middle);
    if (rai_simulation_fill_rate (&result) < fill_rate)
      low = middle;
    else
      high = middle;
  }

  return replay_average (made, high);
}

static void
compare (const Item *made, double service) {
  static const size_t origins[] = { HISTORY };
  RaiSimulationResult ours = { 0 };
  double pressure = pressure_of (made, service);

  for (int i = 0; i < ITEMS; i++) {
    const RaiDailyDemand forecasts[] = { daily_of (&made[i]) };
    RaiForecastPolicy policy = { origins, forecasts, 1, RAI_SERVICE_BALANCED, service, &pressure };
    rai_simulate (&made[i].item, rai_simulate_forecast, &policy, &ours);
  }

  double fill_rate = rai_simulation_fill_rate (&ours);
  RaiSimulationResult average = tune_average (made, fill_rate);
  double ratio = rai_simulation_average_stock (&ours) / rai_simulation_average_stock (&average);
  g_autofree char *fill_name = g_strdup_printf ("fill rate at a target of %.0f %%", service * 100);
  g_autofree char *stock_name =
      g_strdup_printf ("stock against the average rule at %.0f %%", service * 100);

  tell (fill_name, fill_rate, "share", service, fabs (fill_rate - service) <= 0.01);
  tell (stock_name, ratio, "ratio", 0.85, ratio <= 0.85);
}

int
main (void) {
  GRand *rand = g_rand_new_with_seed (11);
  Item *made = g_new0 (Item, ITEMS);
  for (int i = 0; i < ITEMS; i++)
    make_item (rand, &made[i]);

  double plan = time_plan (made, 30000), what_if = time_plan (made, 1000);
  tell ("30,000 site-items planned", plan, "s", 10, plan <= 10);
  tell ("what-if of 1,000 items", what_if, "s", 1, what_if <= 1);
  compare (made, 0.9);
  compare (made, 0.95);
  compare (made, 0.98);
  g_free (made);
  g_rand_free (rand);

  return 0;
}
