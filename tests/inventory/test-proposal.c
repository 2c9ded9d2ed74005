/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "inventory/rai-proposal.h"

#define HORIZON 14

typedef struct {
  float means[HORIZON];
  float quantiles[HORIZON * RAI_N_QUANTILES];
} Forecast;

/* Flat demand with a spread that ascends with the level. */
static void
fill_forecast (Forecast *forecast, double mean, double spread) {
  static const double z[] = { -1.96, -1.645, -1.282, -0.674, 0, 0.674, 1.282, 1.645, 1.96 };
  for (int day = 0; day < HORIZON; day++) {
    forecast->means[day] = (float) mean;
    for (int q = 0; q < RAI_N_QUANTILES; q++)
      forecast->quantiles[day * RAI_N_QUANTILES + q] = (float) MAX (0, mean + z[q] * spread);
  }
}

static RaiProposalProblem
problem_for (const Forecast *forecast) {
  return (RaiProposalProblem){
    .daily = { .means = forecast->means,
               .quantiles = forecast->quantiles,
               .horizon = HORIZON,
               .pieces = true },
    .today = 100,
    .delivery = { 100, 102, 103, 105 },
    .pack = 6000,
    .price = 300,
    .cost = 200,
    .kind = RAI_SERVICE_FILL,
    .service = 0.95,
  };
}

static void
test_plain (void) {
  Forecast forecast;
  fill_forecast (&forecast, 4, 2);

  RaiProposalProblem problem = problem_for (&forecast);
  problem.on_hand = 10000;

  RaiProposal proposal = rai_proposal_make (&problem);
  g_assert_cmpint (proposal.demand, ==, 20000);
  g_assert_cmpint (proposal.on_hand, ==, 10000);
  g_assert_cmpint (proposal.quantity, >, 0);
  g_assert_cmpint (proposal.quantity % 6000, ==, 0);
  g_assert_cmpint (proposal.cover_days, ==, 2);
  g_assert_cmpint (proposal.stockout_day, ==, 102);
  g_assert_true (proposal.avoids_stockout);

  /* Days 102 to 104 want 12, of which 2 are left: 10 units at a margin of 100. */
  g_assert_cmpint (proposal.protects, ==, 1000);
  g_assert_cmpint (proposal.lost, ==, 0);
  g_assert_true (rai_proposal_adds_up (&proposal));
  rai_proposal_add_packs (&proposal, 6000, 2);
  g_assert_true (rai_proposal_adds_up (&proposal));

  /* At noon 3 of the 10 are sold; the order is the same. */
  int64_t quantity = proposal.quantity;
  rai_proposal_go_on (&proposal, 3000);
  g_assert_cmpint (proposal.on_hand, ==, 7000);
  g_assert_cmpint (proposal.demand, ==, 17000);
  g_assert_cmpint (proposal.quantity, ==, quantity);
  g_assert_true (rai_proposal_adds_up (&proposal));
}

static void
test_enough (void) {
  Forecast forecast;
  fill_forecast (&forecast, 4, 2);

  const RaiArrival arrivals[] = { { 101, 30 }, { 105, 500 } };
  RaiProposalProblem problem = problem_for (&forecast);
  problem.on_hand = 10000;
  problem.arrivals = arrivals;
  problem.n_arrivals = 2;

  RaiProposal proposal = rai_proposal_make (&problem);
  g_assert_cmpint (proposal.quantity, ==, 0);
  g_assert_cmpint (proposal.on_order, ==, 30000);
  g_assert_true (rai_proposal_adds_up (&proposal));
}

/* What expires before the next delivery is a newsvendor's: a thin margin orders less than a fat
 * one. */
static void
test_perishable (void) {
  Forecast forecast;
  fill_forecast (&forecast, 20, 8);

  RaiProposalProblem problem = problem_for (&forecast);
  problem.pack = 1000;
  problem.shelf_life = 2;
  problem.service = 0.99;
  problem.kind = RAI_SERVICE_PROFIT;

  RaiProposal thin = rai_proposal_make (&problem);
  problem.price = 2000;

  RaiProposal fat = rai_proposal_make (&problem);
  g_assert_cmpint (thin.quantity, <, fat.quantity);
  problem.shelf_life = 0;

  RaiProposal keeps = rai_proposal_make (&problem);
  g_assert_cmpint (fat.quantity, <=, keeps.quantity);
  g_assert_true (rai_proposal_adds_up (&thin) && rai_proposal_adds_up (&fat));
}

/* Four a day: of twelve that expire tonight and six that expire tomorrow, 4 + 4 will be sold. */
static void
test_expiring_lots (void) {
  Forecast forecast;
  fill_forecast (&forecast, 4, 2);

  const RaiBatch lots[] = { { 12, 1 }, { 6, 2 }, { 3, 9 } };
  RaiProposalProblem problem = problem_for (&forecast);
  problem.on_hand = 21000;
  problem.shelf_life = 10;
  problem.batches = lots;
  problem.n_batches = 3;

  RaiProposal proposal = rai_proposal_make (&problem);
  g_assert_cmpint (proposal.on_hand, ==, 4000 + 4000 + 3000);
  g_assert_true (rai_proposal_adds_up (&proposal));
  problem.n_batches = 0;

  /* Of unknown age: what five days are likely to sell. */
  g_assert_cmpint (rai_proposal_make (&problem).on_hand, ==, 21000);
}

static void
test_no_demand (void) {
  Forecast forecast;
  fill_forecast (&forecast, 0, 0);
  RaiProposalProblem problem = problem_for (&forecast);
  RaiProposal proposal = rai_proposal_make (&problem);
  g_assert_cmpint (proposal.quantity, ==, 0);
  g_assert_cmpint (proposal.stockout_day, ==, RAI_DAY_NONE);
  g_assert_cmpint (proposal.cover_days, ==, RAI_COVER_LIMIT);
  g_assert_true (rai_proposal_adds_up (&proposal));
}

static void
test_economic_lot (void) {
  Forecast forecast;
  fill_forecast (&forecast, 1, 1);

  RaiProposalProblem problem = problem_for (&forecast);
  problem.pack = 1000;

  int64_t small = rai_proposal_make (&problem).quantity;
  problem.order_cost = 100;
  problem.holding_rate = 0.2;

  /* sqrt (2 * 1 * 100 / (200 * 0.2 / 365)) = 42.7 */
  int64_t lot = rai_proposal_make (&problem).quantity;
  g_assert_cmpint (lot, >, small);
  g_assert_cmpint (lot, ==, 43000);
}

static void
test_parts_add_up (void) {
  GRand *rand = g_rand_new_with_seed (7);
  for (int i = 0; i < 20000; i++) {
    Forecast forecast;
    fill_forecast (&forecast, g_rand_double_range (rand, 0, 60), g_rand_double_range (rand, 0, 20));
    RaiProposalProblem problem = problem_for (&forecast);
    const RaiArrival arrival = { 100 + g_rand_int_range (rand, -3, 9),
                                 g_rand_double_range (rand, 0, 90) };
    problem.arrivals = &arrival;
    problem.n_arrivals = (size_t) g_rand_int_range (rand, 0, 2);
    problem.daily.pieces = g_rand_boolean (rand);
    problem.on_hand = g_rand_int_range (rand, -5000, 400000);
    problem.pack = g_rand_int_range (rand, 0, 30000);
    problem.shelf_life = g_rand_boolean (rand) ? g_rand_int_range (rand, 0, 20) : 0;
    problem.service = g_rand_double_range (rand, 0.5, 0.999);
    problem.kind = g_rand_boolean (rand) ? RAI_SERVICE_FILL : RAI_SERVICE_CYCLE;
    problem.order_cost = g_rand_int_range (rand, 0, 300);
    problem.holding_rate = 0.2;
    problem.lead_spread = g_rand_double_range (rand, 0, 2);
    RaiProposal proposal = rai_proposal_make (&problem);
    g_assert_true (rai_proposal_adds_up (&proposal));
    g_assert_cmpint (proposal.quantity, >=, 0);
    g_assert_cmpint (proposal.quantity % MAX (1, problem.pack), ==, 0);
    g_assert_cmpint (proposal.order_up_to, >=, proposal.order_point);
  }

  g_rand_free (rand);
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/proposal/plain", test_plain);
  g_test_add_func ("/proposal/enough", test_enough);
  g_test_add_func ("/proposal/perishable", test_perishable);
  g_test_add_func ("/proposal/expiring-lots", test_expiring_lots);
  g_test_add_func ("/proposal/no-demand", test_no_demand);
  g_test_add_func ("/proposal/economic-lot", test_economic_lot);
  g_test_add_func ("/proposal/parts-add-up", test_parts_add_up);

  return g_test_run ();
}
