/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "forecast/choice/rai-interval.h"

#include "fixture.h"
#include "forecast/methods/rai-naive.h"

#include <math.h>
#include <string.h>

#define DAYS 120

/* The same panel before its last horizon. */
static RaiPanel *
before (const RaiPanel *whole) {
  RaiPanel *panel = rai_panel_new (RAI_STEP_DAY, rai_day_from_ymd (2024, 6, 3), FIXTURE_HORIZON);
  for (size_t i = 0; i < rai_panel_n_series (whole); i++) {
    rai_panel_add_series (panel, rai_panel_site (whole, i), rai_panel_item (whole, i), DAYS);
    memcpy (rai_panel_observations (panel, i), rai_panel_observations (whole, i),
            DAYS * sizeof (double));
  }
  return panel;
}

/* The 80 % interval holds 80 % of what came afterwards, its ends are whole, and it widens with the
 * mean. */
static void
test_coverage (void) {
  g_autoptr (RaiPanel) whole = fixture_panel (60, DAYS + FIXTURE_HORIZON);
  g_autoptr (RaiPanel) panel = before (whole);
  g_autoptr (RaiHistory) history = rai_history_new (panel, 1);

  RaiCandidates candidates = {
    .panel = panel, .history = history, .methods = { &rai_weekday_mean }, .n_methods = 1
  };
  RaiCandidatesOptions options = { .threads = 2 };

  g_assert_true (rai_candidates_run (&candidates, &options));
  g_autoptr (RaiWeighing) weighing = rai_weighing_new (&candidates, 2);

  double levels[] = { 0.1, 0.5, 0.9 };
  g_autoptr (RaiIntervals) intervals = rai_intervals_new (&candidates, weighing, NULL, levels, 3);

  size_t inside = 0, n = 0;
  for (size_t i = 0; i < rai_panel_n_series (panel); i++)
    for (size_t h = 0; h < FIXTURE_HORIZON; h++, n++) {
      double quantiles[3], low, high, mean = (double) rai_candidates_mean (&candidates, i, 0, 0)[h];
      rai_intervals_quantiles (intervals, i, h, mean, quantiles);
      rai_intervals_range (intervals, i, h, mean, &low, &high);
      g_assert_cmpfloat (low, ==, quantiles[0]);
      g_assert_cmpfloat (high, ==, quantiles[2]);
      g_assert_cmpfloat (low, ==, floor (low));
      g_assert_cmpfloat (high, ==, floor (high));
      double value = rai_panel_observations (whole, i)[DAYS + h];
      inside += value >= low && value <= high;
    }

  g_assert_cmpfloat_with_epsilon ((double) inside / (double) n, 0.8, 0.03);
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
