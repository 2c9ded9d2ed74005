/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/widgets/rai-value-axis.h"

#include <math.h>

static RaiValueAxis
fitted (RaiChartUnit unit, const char *symbol, double low, double high, bool zero) {
  RaiValueAxis axis;
  rai_value_axis_init (&axis, unit, symbol);
  rai_value_axis_fit (&axis, low, high, zero, 5);
  return axis;
}

/* Any two numbers give an axis that holds them, of few round steps. */
static void
test_fit (void) {
  const double numbers[] = { -1e12, -31, -0.02, 0,    1e-9,  0.4, 3,
                             5,     999, 1000,  1001, 48213, 1e6, 7e15 };
  for (size_t i = 0; i < G_N_ELEMENTS (numbers); i++)
    for (size_t j = i; j < G_N_ELEMENTS (numbers); j++) {
      RaiValueAxis axis = fitted (RAI_CHART_UNIT_NUMBER, NULL, numbers[i], numbers[j], false);
      double slack = (axis.high - axis.low) * 1e-6, steps = (axis.high - axis.low) / axis.step;
      g_assert_cmpfloat (axis.low, <=, numbers[i] + slack);
      g_assert_cmpfloat (axis.high, >=, numbers[j] - slack);
      g_assert_cmpfloat (steps, <=, 6.01);
      g_assert_cmpfloat (fabs (steps - round (steps)), <, 1e-6);
    }
}

static void
test_zero (void) {
  RaiValueAxis bars = fitted (RAI_CHART_UNIT_NUMBER, NULL, 900, 1000, true);
  RaiValueAxis lines = fitted (RAI_CHART_UNIT_NUMBER, NULL, 900, 1000, false);
  RaiValueAxis nothing = fitted (RAI_CHART_UNIT_NUMBER, NULL, 0, 0, false);
  RaiValueAxis broken = fitted (RAI_CHART_UNIT_NUMBER, NULL, NAN, INFINITY, false);

  g_assert_cmpfloat (bars.low, ==, 0);
  g_assert_cmpfloat (lines.low, ==, 900);
  g_assert_cmpfloat (nothing.low, ==, 0);
  g_assert_cmpfloat (nothing.high, ==, 1);
  g_assert_cmpfloat (broken.low, <, broken.high);
}

static void
assert_tick (RaiValueAxis axis, double value, const char *expected) {
  g_autofree char *text = rai_value_axis_tick_text (&axis, value);
  g_assert_cmpstr (text, ==, expected);
}

static void
test_labels (void) {
  RaiValueAxis money = fitted (RAI_CHART_UNIT_MONEY, "EUR", 0, 900000, true);
  assert_tick (money, 400000, "4,000");
  assert_tick (fitted (RAI_CHART_UNIT_MONEY, "JPY", 0, 9000, true), 4000, "4,000");
  assert_tick (fitted (RAI_CHART_UNIT_MONEY, "EUR", 0, 3e8, true), 1e8, "1 M");
  assert_tick (fitted (RAI_CHART_UNIT_NUMBER, NULL, 0, 300000, true), 100000, "100k");
  assert_tick (fitted (RAI_CHART_UNIT_NUMBER, NULL, 0, 1, true), 0.2, "0.2");
  assert_tick (fitted (RAI_CHART_UNIT_PERCENT, NULL, 0, 0.4, true), 0.1, "10 %");

  g_autofree char *whole = rai_value_axis_value_text (&money, 481235),
                  *small = rai_value_axis_value_text (&money, 481);
  g_assert_cmpstr (whole, ==, "4,812 EUR");
  g_assert_cmpstr (small, ==, "4.81 EUR");

  RaiValueAxis pieces = fitted (RAI_CHART_UNIT_QUANTITY, "pieces", 0, 20, true);
  g_autofree char *some = rai_value_axis_value_text (&pieces, 13.62),
                  *exact = rai_value_axis_value_text (&pieces, 14);

  g_assert_cmpstr (some, ==, "13.6 pieces");
  g_assert_cmpstr (exact, ==, "14 pieces");
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/value-axis/fit", test_fit);
  g_test_add_func ("/value-axis/zero", test_zero);
  g_test_add_func ("/value-axis/labels", test_labels);
  return g_test_run ();
}
