/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/widgets/rai-chart-view.h"

static RaiChartView
new_view (void) {
  RaiChartView view = { { 0, 1 }, { 0, 1 }, { 0, 1 } };
  rai_chart_view_set_limits (&view, (RaiTimeAxis){ 1000, 1400 }, (RaiTimeAxis){ 1300, 1400 });
  return view;
}

static void
test_zoom (void) {
  RaiChartView view = new_view ();
  rai_chart_view_zoom (&view, 1350, 0.5);
  g_assert_cmpfloat (view.now.from, ==, 1325);
  g_assert_cmpfloat (view.now.to, ==, 1375);
  rai_chart_view_zoom (&view, 1330, 0.5);

  /* The day under the pointer stays: it was at a tenth. */
  g_assert_cmpfloat (view.now.from, ==, 1327.5);
  for (int i = 0; i < 50; i++)
    rai_chart_view_zoom (&view, 1330, 0.5);

  g_assert_cmpfloat_with_epsilon (view.now.to - view.now.from, RAI_CHART_VIEW_MIN_DAYS, 1e-6);
  for (int i = 0; i < 50; i++)
    rai_chart_view_zoom (&view, 1330, 2);
  g_assert_cmpfloat (view.now.from, ==, 1000);
  g_assert_cmpfloat (view.now.to, ==, 1400);
  rai_chart_view_reset (&view);
  g_assert_true (rai_chart_view_is_home (&view));
}

static void
test_pan (void) {
  RaiChartView view = new_view ();
  rai_chart_view_pan (&view, 1000);
  g_assert_true (rai_chart_view_is_home (&view));
  rai_chart_view_pan (&view, -50);
  g_assert_cmpfloat (view.now.from, ==, 1250);
  rai_chart_view_pan (&view, -5000);
  g_assert_cmpfloat (view.now.from, ==, 1000);
  rai_chart_view_reveal (&view, 1399);
  g_assert_cmpfloat (view.now.to, ==, 1400);
}

static void
test_new_limits (void) {
  RaiChartView view = new_view ();
  rai_chart_view_set_limits (&view, (RaiTimeAxis){ 1000, 1500 }, (RaiTimeAxis){ 1400, 1500 });
  g_assert_cmpfloat (view.now.from, ==, 1400);
  rai_chart_view_pan (&view, -100);
  rai_chart_view_set_limits (&view, (RaiTimeAxis){ 1000, 1600 }, (RaiTimeAxis){ 1500, 1600 });
  g_assert_cmpfloat (view.now.from, ==, 1300);
  rai_chart_view_set_limits (&view, (RaiTimeAxis){ 0, 3 }, (RaiTimeAxis){ -10, 30 });
  g_assert_cmpfloat (view.now.from, ==, 0);
  g_assert_cmpfloat (view.now.to, ==, 3);
  g_assert_cmpfloat (view.home.to, ==, 3);
  rai_chart_view_zoom (&view, 1, 0.1);
  g_assert_cmpfloat (view.now.to, ==, 3);
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/chart-view/zoom", test_zoom);
  g_test_add_func ("/chart-view/pan", test_pan);
  g_test_add_func ("/chart-view/new-limits", test_new_limits);
  return g_test_run ();
}
