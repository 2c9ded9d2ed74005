/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "forecast/choice/rai-explain.h"

#include <math.h>

#define DAYS 120
#define HORIZON 14
#define PERIOD 7
#define LEVEL 10
#define WEEKEND 6
#define GROWTH 2 /* from one week of the forecast to the next */

static bool
fit_nothing (const RaiMethodInput *input, RaiFit *fit) {
  return true;
}

static double
foretold (size_t h) {
  return LEVEL + (double) (h / PERIOD) * GROWTH + (h % PERIOD == PERIOD - 1 ? WEEKEND : 0);
}

static void
predict (const RaiMethodInput *input, const RaiFit *fit, double *mean) {
  for (size_t h = 0; h < input->horizon; h++)
    mean[h] = foretold (h);
}

/* A method that does not explain itself is read off its means: the level is the mean of the first
 * week, growth is the trend, and what repeats each week the season. What the mean that is explained
 * differs by goes to the level. */
static void
test_shape (void) {
  static const RaiForecaster method = {
    .method = RAI_METHOD_NONE, .min_obs = 1, .fit = fit_nothing, .predict = predict
  };
  const double level = LEVEL + (double) WEEKEND / PERIOD, moved = 1.5;

  g_autoptr (RaiPanel) panel = rai_panel_new (RAI_STEP_DAY, 20000, HORIZON);
  double *sold = rai_panel_observations (panel, rai_panel_add_series (panel, "s", "a", DAYS));
  for (size_t t = 0; t < DAYS; t++)
    sold[t] = LEVEL + (t % PERIOD == PERIOD - 1 ? WEEKEND : 0);

  g_autoptr (RaiHistory) history = rai_history_new (panel, 1);
  g_assert_cmpuint (history->period, ==, PERIOD);
  RaiCandidates candidates = {
    .panel = panel, .history = history, .methods = { &method }, .n_methods = 1
  };
  RaiCandidatesOptions options = { .threads = 1 };
  g_assert_true (rai_candidates_run (&candidates, &options));
  g_autoptr (RaiWeighing) weighing = rai_weighing_new (&candidates, 1);

  double mean[HORIZON], parts[HORIZON * RAI_N_PARTS];
  for (size_t h = 0; h < HORIZON; h++)
    mean[h] = foretold (h) + moved;
  rai_explain (&candidates, weighing, 0, mean, parts);

  for (size_t h = 0; h < HORIZON; h++) {
    const double *row = parts + h * RAI_N_PARTS;
    double sum = 0;
    for (size_t p = 0; p < RAI_N_PARTS; p++)
      sum += row[p];
    g_assert_cmpfloat_with_epsilon (sum, mean[h], 1e-9);
    g_assert_cmpfloat_with_epsilon (row[RAI_PART_LEVEL], level + moved, 1e-5);
    g_assert_cmpfloat_with_epsilon (row[RAI_PART_TREND], h < PERIOD ? 0 : GROWTH, 1e-5);
    g_assert_cmpfloat_with_epsilon (row[RAI_PART_SEASON], foretold (h % PERIOD) - level, 1e-5);
  }

  rai_candidates_clear (&candidates);
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/forecast/explain/shape", test_shape);
  return g_test_run ();
}
