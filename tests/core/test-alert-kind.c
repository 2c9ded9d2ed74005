/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/rai-alert-kind.h"

#include <glib.h>

/* Every kind has a row, and every row says all that is asked of it. */
static void
rows (void) {
  for (int i = 0; i < RAI_N_ALERT_KINDS; i++) {
    const RaiAlertKindRow *row = &rai_alert_kinds[i];
    RaiAlertKind kind = RAI_N_ALERT_KINDS;
    g_assert_nonnull (row->id);
    g_assert_nonnull (row->title);
    g_assert_nonnull (row->word);
    g_assert_cmpfloat (row->medium, >, 0);
    g_assert_cmpfloat (row->high, >, row->medium);
    g_assert_cmpfloat (row->minimum_factor, >=, 0);
    g_assert_true (rai_alert_kind_parse (row->id, &kind));
    g_assert_cmpint (kind, ==, i);
  }

  RaiAlertKind kind;
  g_assert_false (rai_alert_kind_parse ("something_new", &kind));
  g_assert_false (rai_alert_kind_parse (NULL, &kind));
}

/* Databases hold these, and causes begin with them. */
static void
stored (void) {
  static const char *const ids[] = { "stock_out_predicted", "stock_out",      "overstock",
                                     "sales_anomaly",       "negative_stock", "forecast_drift",
                                     "late_delivery",       "job_failed",     "phantom_stock" };
  RaiAlertKind kind;
  for (size_t i = 0; i < G_N_ELEMENTS (ids); i++)
    g_assert_true (rai_alert_kind_parse (ids[i], &kind));
}

static void
severity (void) {
  for (int i = 0; i < RAI_N_ALERT_KINDS; i++) {
    RaiAlertKind kind = (RaiAlertKind) i;
    g_assert_cmpint (rai_alert_kind_severity (kind, 199, 100000), ==, RAI_ALERT_LOW);
    g_assert_cmpint (rai_alert_kind_severity (kind, 200, 100000), ==, RAI_ALERT_MEDIUM);
    g_assert_cmpint (rai_alert_kind_severity (kind, 999, 100000), ==, RAI_ALERT_MEDIUM);
    g_assert_cmpint (rai_alert_kind_severity (kind, 1000, 100000), ==, RAI_ALERT_HIGH);
    /* A shop that takes nothing yet. */
    g_assert_cmpint (rai_alert_kind_severity (kind, 0, 0), ==, RAI_ALERT_LOW);
    g_assert_cmpint (rai_alert_kind_severity (kind, 1, 0), ==, RAI_ALERT_HIGH);
  }

  g_assert_cmpint (RAI_ALERT_LOW, ==, 1);
  g_assert_cmpint (RAI_ALERT_HIGH, ==, 3);
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/alert-kind/rows", rows);
  g_test_add_func ("/core/alert-kind/stored", stored);
  g_test_add_func ("/core/alert-kind/severity", severity);
  return g_test_run ();
}
