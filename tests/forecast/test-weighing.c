/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "forecast/choice/rai-weighing.h"

#include <math.h>

/* Minimum on the simplex, worked by hand. */
static void
test_solve (void) {
  double gram[] = { 1, 0, 0, 3 }, towards[] = { 0, 0 }, w[] = { 0.5, 0.5 };
  rai_weighing_solve (gram, towards, 2, w);
  g_assert_cmpfloat_with_epsilon (w[0], 0.75, 1e-3);
  g_assert_cmpfloat_with_epsilon (w[0] + w[1], 1, 1e-9);
  double common[] = { 1, 1, 1, 2 },
         even[] = { 0.5, 0.5 }; /* the second errs as the first and more */
  rai_weighing_solve (common, towards, 2, even);
  g_assert_cmpfloat (even[0], >, 0.99);
}

#define DAYS 120
#define HORIZON 14

static bool
fit_nothing (const RaiMethodInput *input, RaiFit *fit) {
  return true;
}

/* Right about the newest window and nothing else; and the other way round. */
static void
predict_newest (const RaiMethodInput *input, const RaiFit *fit, double *mean) {
  for (size_t h = 0; h < input->horizon; h++)
    mean[h] = input->n == DAYS - HORIZON ? 10 : 20;
}

static void
predict_older (const RaiMethodInput *input, const RaiFit *fit, double *mean) {
  for (size_t h = 0; h < input->horizon; h++)
    mean[h] = input->n == DAYS - HORIZON ? 20 : 10;
}

/* A window is not blended by weights that have seen it: the method that is right about the newest
 * one alone weighs nothing there, for it was wrong about the others. */
static void
test_unseen (void) {
  static const RaiForecaster newest = {
    .method = RAI_METHOD_NONE, .min_obs = 1, .fit = fit_nothing, .predict = predict_newest
  };
  static const RaiForecaster older = {
    .method = RAI_METHOD_NONE, .min_obs = 1, .fit = fit_nothing, .predict = predict_older
  };

  g_autoptr (RaiPanel) panel = rai_panel_new (RAI_STEP_DAY, 20000, HORIZON);
  double *sold = rai_panel_observations (panel, rai_panel_add_series (panel, "s", "a", DAYS));
  for (size_t t = 0; t < DAYS; t++)
    sold[t] = 10;

  g_autoptr (RaiHistory) history = rai_history_new (panel, 1);
  RaiCandidates candidates = {
    .panel = panel, .history = history, .methods = { &newest, &older }, .n_methods = 2
  };
  RaiCandidatesOptions options = { .threads = 1 };

  g_assert_true (rai_candidates_run (&candidates, &options));
  g_autoptr (RaiWeighing) weighing = rai_weighing_new (&candidates, 1);
  g_assert_cmpfloat (weighing->at[0].panel[0], >, 0.2); /* it was right once in three times */
  g_assert_cmpfloat (weighing->at[1].panel[0], <, 0.1);

  double mean[HORIZON];
  g_assert_true (rai_weighing_mean (weighing, &candidates, 0, 1, mean));
  g_assert_cmpfloat (mean[0], >, 19);
  rai_candidates_clear (&candidates);
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/weighing/solve", test_solve);
  g_test_add_func ("/weighing/unseen", test_unseen);
  return g_test_run ();
}
