/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "forecast/rai-reconcile.h"

#include "fixture.h"
#include "forecast/rai-naive.h"

/* Twenty items forecast by a flat average: their totals have a week, which reconciliation brings into every item. */
static void
test_week_from_totals (void) {
  g_autoptr (RaiPanel) panel = fixture_panel (20, 150);
  g_autoptr (RaiHistory) history = rai_history_new (panel, 1);
  RaiCandidates candidates = { .panel = panel, .history = history, .methods = { &rai_moving_average }, .n_methods = 1 };
  RaiCandidatesOptions run = { .threads = 2 };
  g_assert_true (rai_candidates_run (&candidates, &run));
  g_autoptr (RaiBlend) blend = rai_blend_new (&candidates, 1);
  RaiReconciliationOptions options = { .threads = 2 };
  g_autoptr (RaiReconciliation) reconciliation = rai_reconciliation_new (&candidates, blend, &options);
  g_assert_cmpfloat (rai_reconciliation_weight (reconciliation), >, 0.3);
  for (size_t h = 0; h < FIXTURE_HORIZON; h++) {
    double ratio = rai_reconciliation_ratio (reconciliation, 0, h);
    if ((150 + h) % 7 == 5)
      g_assert_cmpfloat (ratio, >, 1.05);
    if ((150 + h) % 7 == 6)
      g_assert_cmpfloat (ratio, <, 0.95);
    g_assert_cmpfloat (rai_reconciliation_ratio (reconciliation, 1, h), ==, ratio); /* one site, one ratio */
  }
  g_assert_cmpfloat (rai_reconciliation_ratio (NULL, 0, 0), ==, 1);
  rai_candidates_clear (&candidates);
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/reconcile/week-from-totals", test_week_from_totals);
  return g_test_run ();
}
