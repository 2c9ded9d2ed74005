/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "forecast/choice/rai-backtest-errors.h"

#include "fixture.h"
#include "forecast/methods/rai-naive.h"

#include <math.h>

#define DAYS 120

/* Window by window, and what was forecast as nothing stands apart: the last series sold nothing for
 * a month before it began again. */
static void
test_windows (void) {
  g_autoptr (RaiPanel) panel = rai_panel_new (RAI_STEP_DAY, 20000, FIXTURE_HORIZON);
  for (size_t i = 0; i < 3; i++) {
    g_autofree char *item = g_strdup_printf ("%zu", i);
    size_t series = rai_panel_add_series (panel, "s", item, DAYS);
    for (size_t t = 0; t < DAYS; t++)
      rai_panel_observations (panel, series)[t] =
          i == 2 && t >= DAYS - 56 && t < DAYS - FIXTURE_HORIZON ? 0 : (double) (10 + t % 3);
  }

  g_autoptr (RaiHistory) history = rai_history_new (panel, 1);
  RaiCandidates candidates = {
    .panel = panel, .history = history, .methods = { &rai_moving_average }, .n_methods = 1
  };
  RaiCandidatesOptions options = { .threads = 1 };
  g_assert_true (rai_candidates_run (&candidates, &options));
  g_autoptr (RaiWeighing) weighing = rai_weighing_new (&candidates, 1);
  g_autoptr (GArray) errors = rai_backtest_errors (&candidates, weighing, NULL);

  size_t windows = 0, at = 0, steps = 0;
  RaiErrorWindow window;
  for (; rai_error_window_next (errors, &at, &window); windows++) {
    double mean = 0, error = 0;
    steps += window.n;
    for (size_t k = 0; k < window.n; k++) {
      const RaiBacktestError *own = &window.first[k];
      g_assert_cmpuint (own->series, ==, window.first->series);
      g_assert_cmpuint (own->origin, ==, window.first->origin);
      g_assert_cmpint (own->apart, ==, own->series == 2 && own->mean < 0.05f);
      mean += (double) own->mean;
      error += (double) own->error;
    }
    g_assert_cmpfloat_with_epsilon (window.mean, mean, 1e-9);
    g_assert_cmpfloat_with_epsilon (window.error, error, 1e-9);
    if (window.first->series == 2 && window.first->origin == 1)
      g_assert_true (window.first->apart);
  }

  g_assert_cmpuint (windows, ==, 3 * (RAI_ORIGINS - 1));
  g_assert_cmpuint (steps, ==, errors->len);
  rai_candidates_clear (&candidates);
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/backtest-errors/windows", test_windows);
  return g_test_run ();
}
