/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/widgets/rai-chart-series.h"

#include <math.h>

static void
test_values (void) {
  const double values[] = { 1, NAN, 3, INFINITY, -2 };
  g_autoptr (RaiChartSeries) series = rai_chart_series_new (100, values, G_N_ELEMENTS (values));

  double low, high;
  size_t n;
  g_assert_cmpfloat (rai_chart_series_get (series, 102), ==, 3);
  g_assert_true (isnan (rai_chart_series_get (series, 99)));
  g_assert_true (isnan (rai_chart_series_get (series, 105)));
  g_assert_true (isnan (rai_chart_series_get (series, 103)));
  g_assert_true (rai_chart_series_range (series, 0, 1000, &low, &high));
  g_assert_cmpfloat (low, ==, -2);
  g_assert_cmpfloat (high, ==, 3);
  g_assert_false (rai_chart_series_range (series, 101, 101, &low, &high));
  g_assert_false (rai_chart_series_range (series, 500, 400, &low, &high));
  g_assert_cmpfloat (rai_chart_series_sum (series, 100, 102, &n), ==, 4);
  g_assert_cmpuint (n, ==, 2);
  g_assert_cmpint (rai_chart_series_last (series, 100, 103), ==, 102);
  g_assert_cmpint (rai_chart_series_last (series, 101, 101), ==, RAI_DAY_NONE);
}

static void
test_empty (void) {
  g_autoptr (RaiChartSeries) series = rai_chart_series_new (0, NULL, 0);
  RaiChartColumn columns[3];
  double low, high;
  g_assert_false (rai_chart_series_range (series, -10, 10, &low, &high));
  rai_chart_series_columns (series, 0, 10, columns, 3);
  g_assert_true (isnan (columns[1].low));
}

/* No value is lost: each column's range is that of its days, whatever the ratio. */
static void
test_columns (void) {
  double values[1826];
  RaiChartColumn columns[400];
  for (size_t i = 0; i < G_N_ELEMENTS (values); i++)
    values[i] = i % 91 == 7 ? NAN : sin ((double) i) * 100;

  g_autoptr (RaiChartSeries) series = rai_chart_series_new (1000, values, G_N_ELEMENTS (values));
  rai_chart_series_columns (series, 1000, 2826, columns, G_N_ELEMENTS (columns));
  for (size_t c = 0; c < G_N_ELEMENTS (columns); c++) {
    double low = INFINITY, high = -INFINITY;
    for (size_t i = 0; i < G_N_ELEMENTS (values); i++)
      if ((size_t) ((double) i * 400 / 1826) == c && !isnan (values[i])) {
        low = MIN (low, values[i]);
        high = MAX (high, values[i]);
      }
    g_assert_cmpfloat (columns[c].low, ==, low);
    g_assert_cmpfloat (columns[c].high, ==, high);
  }
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/chart-series/values", test_values);
  g_test_add_func ("/chart-series/empty", test_empty);
  g_test_add_func ("/chart-series/columns", test_columns);
  return g_test_run ();
}
