/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "forecast/rai-interval.h"

#include "fixture.h"
#include "forecast/rai-naive.h"

/* A method's errors on the fixture: the 80 % interval holds about 80 % of what it was learned from, and widens with the
 * mean. */
static void
test_coverage (void) {
  g_autoptr (RaiPanel) panel = fixture_panel (20, 120);
  g_autoptr (RaiHistory) history = rai_history_new (panel, 1);
  RaiCandidates candidates = { .panel = panel, .history = history, .methods = { &rai_weekday_mean }, .n_methods = 1 };
  RaiCandidatesOptions options = { .threads = 2 };
  g_assert_true (rai_candidates_run (&candidates, &options));
  g_autoptr (RaiBlend) blend = rai_blend_new (&candidates, 2);
  double levels[] = { 0.1, 0.5, 0.9 };
  g_autoptr (RaiIntervals) intervals = rai_intervals_new (&candidates, blend, levels, 3);
  size_t inside = 0, n = 0;
  for (size_t i = 0; i < rai_panel_n_series (panel); i++)
    for (size_t origin = 1; origin < RAI_ORIGINS; origin++) {
      size_t step;
      g_assert_true (rai_candidates_origin (&candidates, i, origin, &step));
      for (size_t h = 0; h < FIXTURE_HORIZON; h++, n++) {
        double quantiles[3], low, high, mean = (double) rai_candidates_mean (&candidates, i, origin, 0)[h];
        rai_intervals_quantiles (intervals, i, h, mean, quantiles);
        rai_intervals_range (intervals, i, h, mean, &low, &high);
        g_assert_cmpfloat (low, ==, quantiles[0]);
        g_assert_cmpfloat (high, ==, quantiles[2]);
        double value = rai_panel_observations (panel, i)[step + h];
        inside += value >= low && value <= high;
      }
    }
  g_assert_cmpfloat_with_epsilon ((double) inside / (double) n, 0.82, 0.05);
  double small[3], large[3];
  rai_intervals_quantiles (intervals, 3, 0, 10, small);
  rai_intervals_quantiles (intervals, 3, 0, 100, large);
  g_assert_cmpfloat (large[2] - large[0], >, small[2] - small[0]);
  rai_candidates_clear (&candidates);
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/interval/coverage", test_coverage);
  return g_test_run ();
}
