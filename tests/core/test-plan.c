/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/rai-plan.h"

#include <glib.h>

/* Databases hold these. */
static void
stored (void) {
  static const char *const statuses[] = { "runs_out", "out", "over", "fine", "no_data" };
  static const char *const reasons[] = {
    "ordered",     "enough",      "on_order", "not_due", "minimum_order", "no_demand",
    "no_supplier", "not_tracked", "inactive", "new",     "never_sold",    "no_sales_in"
  };
  static const char *const verdicts[] = { "orders",        "no_sales_in", "not_due",
                                          "minimum_order", "enough",      "closed",
                                          "no_supplier",   "new",         "not_counted",
                                          "no_demand" };
  G_STATIC_ASSERT (G_N_ELEMENTS (verdicts) == RAI_N_PLAN_VERDICTS);
  G_STATIC_ASSERT (G_N_ELEMENTS (statuses) == RAI_N_PLAN_STATUSES);
  G_STATIC_ASSERT (G_N_ELEMENTS (reasons) == RAI_N_PLAN_REASONS);

  for (int i = 0; i < RAI_N_PLAN_STATUSES; i++) {
    RaiPlanStatus status = RAI_N_PLAN_STATUSES;
    g_assert_cmpstr (rai_plan_status_id ((RaiPlanStatus) i), ==, statuses[i]);
    g_assert_true (rai_plan_status_parse (statuses[i], &status));
    g_assert_cmpint (status, ==, i);
    g_assert_nonnull (rai_plan_status_title (status));
  }

  for (int i = 0; i < RAI_N_PLAN_REASONS; i++) {
    RaiPlanReason reason = RAI_N_PLAN_REASONS;
    g_assert_cmpstr (rai_plan_reason_id ((RaiPlanReason) i), ==, reasons[i]);
    g_assert_true (rai_plan_reason_parse (reasons[i], &reason));
    g_assert_cmpint (reason, ==, i);
    g_assert_nonnull (rai_plan_reason_title (reason));
  }

  for (int i = 0; i < RAI_N_PLAN_VERDICTS; i++) {
    RaiPlanVerdict verdict = RAI_N_PLAN_VERDICTS;
    g_assert_cmpstr (rai_plan_verdict_id ((RaiPlanVerdict) i), ==, verdicts[i]);
    g_assert_true (rai_plan_verdict_parse (verdicts[i], &verdict));
    g_assert_cmpint (verdict, ==, i);
  }
}

static void
unknown (void) {
  RaiPlanStatus status = RAI_PLAN_OVER;
  RaiPlanReason reason = RAI_REASON_NEW;
  g_assert_false (rai_plan_status_parse ("lost", &status));
  g_assert_false (rai_plan_status_parse (NULL, &status));
  g_assert_false (rai_plan_reason_parse ("", &reason));
  g_assert_false (rai_plan_reason_parse (NULL, &reason));
  RaiPlanVerdict verdict = RAI_VERDICT_CLOSED;
  g_assert_false (rai_plan_verdict_parse (NULL, &verdict));
  g_assert_cmpint (verdict, ==, RAI_VERDICT_CLOSED);
  g_assert_cmpint (status, ==, RAI_PLAN_OVER);
  g_assert_cmpint (reason, ==, RAI_REASON_NEW);
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/plan/stored", stored);
  g_test_add_func ("/core/plan/unknown", unknown);
  return g_test_run ();
}
