/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "forecast/choice/rai-reconcile.h"

#include "fixture.h"
#include "forecast/methods/rai-naive.h"

typedef struct {
  RaiPanel *panel;
  RaiHistory *history;
  RaiCandidates candidates;
  RaiWeighing *weighing;
} Fixture;

/* Twenty items in two shops forecast by a flat average: their totals have a week. */
static void
set_up (Fixture *fixture, const void *data) {
  fixture->panel = fixture_panel (20, 150);
  fixture->history = rai_history_new (fixture->panel, 1);
  fixture->candidates = (RaiCandidates){ .panel = fixture->panel,
                                         .history = fixture->history,
                                         .methods = { &rai_moving_average },
                                         .n_methods = 1 };

  RaiCandidatesOptions run = { .threads = 2 };
  g_assert_true (rai_candidates_run (&fixture->candidates, &run));
  fixture->weighing = rai_weighing_new (&fixture->candidates, 1);
}

static void
tear_down (Fixture *fixture, const void *data) {
  rai_candidates_clear (&fixture->candidates);
  rai_weighing_free (fixture->weighing);
  rai_history_free (fixture->history);
  rai_panel_free (fixture->panel);
}

/* Left to itself it finds that the totals know more, and brings their week into the items. */
static void
test_week_from_totals (Fixture *fixture, const void *data) {
  RaiReconciliationOptions options = { .threads = 2 };
  g_autoptr (RaiReconciliation) reconciliation =
      rai_reconciliation_new (&fixture->candidates, fixture->weighing, &options);
  g_assert_cmpfloat (rai_reconciliation_weight (reconciliation), >, 0.3);

  for (size_t h = 0; h < FIXTURE_HORIZON; h++) {
    double moved = rai_reconciliation_mean (reconciliation, 18, 0, h, 100);
    if ((150 + h) % 7 == 5)
      g_assert_cmpfloat (moved, >, 105);
    if ((150 + h) % 7 == 6)
      g_assert_cmpfloat (moved, <, 95);
  }

  g_assert_cmpfloat (rai_reconciliation_mean (NULL, 0, 0, 0, 7), ==, 7);
}

static double
ratio_of (Fixture *fixture, RaiReconcileMethod method, size_t series) {
  RaiReconciliationOptions options = { .method = method, .threads = 1 };
  g_autoptr (RaiReconciliation) reconciliation =
      rai_reconciliation_new (&fixture->candidates, fixture->weighing, &options);
  g_assert_true (rai_reconciliation_method (reconciliation) == method);
  return rai_reconciliation_mean (reconciliation, series, 0, 0, 1);
}

/* Top-down moves all alike, middle-out those of a shop, minimum trace each by how it errs. */
static void
test_methods (Fixture *fixture, const void *data) {
  g_assert_cmpfloat (ratio_of (fixture, RAI_RECONCILE_TOP_DOWN, 1), ==,
                     ratio_of (fixture, RAI_RECONCILE_TOP_DOWN, 39));
  g_assert_cmpfloat (ratio_of (fixture, RAI_RECONCILE_MIDDLE_OUT, 1), ==,
                     ratio_of (fixture, RAI_RECONCILE_MIDDLE_OUT, 2));
  g_assert_cmpfloat (ratio_of (fixture, RAI_RECONCILE_MIDDLE_OUT, 1), !=,
                     ratio_of (fixture, RAI_RECONCILE_MIDDLE_OUT, 39));
  g_assert_cmpfloat (ratio_of (fixture, RAI_RECONCILE_MINT, 1), !=,
                     ratio_of (fixture, RAI_RECONCILE_MINT, 2));

  RaiReconciliationOptions none = { .method = RAI_RECONCILE_BOTTOM_UP, .threads = 1 };
  g_assert_null (rai_reconciliation_new (&fixture->candidates, fixture->weighing, &none));
}

static void
test_names (void) {
  for (RaiReconcileMethod method = 0; method < RAI_N_RECONCILE; method++)
    g_assert_cmpint (rai_reconcile_method_find (rai_reconcile_method_name (method)), ==, method);
  g_assert_cmpint (rai_reconcile_method_find ("sideways"), ==, RAI_N_RECONCILE);
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/reconcile/week-from-totals", Fixture, NULL, set_up, test_week_from_totals,
              tear_down);
  g_test_add ("/reconcile/methods", Fixture, NULL, set_up, test_methods, tear_down);
  g_test_add_func ("/reconcile/names", test_names);
  return g_test_run ();
}
