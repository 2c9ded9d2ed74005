/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/widgets/rai-value-axis.h"

#include "client/model/rai-format.h"
#include "util/rai-decimal.h"

#include <glib/gi18n.h>
#include <math.h>

G_DEFINE_ENUM_TYPE (RaiChartUnit, rai_chart_unit,
                    G_DEFINE_ENUM_VALUE (RAI_CHART_UNIT_NUMBER, "number"),
                    G_DEFINE_ENUM_VALUE (RAI_CHART_UNIT_MONEY, "money"),
                    G_DEFINE_ENUM_VALUE (RAI_CHART_UNIT_QUANTITY, "quantity"),
                    G_DEFINE_ENUM_VALUE (RAI_CHART_UNIT_PERCENT, "percent"))

void
rai_value_axis_init (RaiValueAxis *axis, RaiChartUnit unit, const char *symbol) {
  *axis = (RaiValueAxis){ .high = 1, .step = 1, .unit = unit };
  g_strlcpy (axis->symbol, symbol != NULL ? symbol : "", sizeof axis->symbol);
  axis->decimals =
      unit == RAI_CHART_UNIT_MONEY && symbol != NULL ? rai_currency_decimals (symbol) : 0;
}

/* Values per shown unit. */
static double
scale (const RaiValueAxis *axis) {
  if (axis->unit == RAI_CHART_UNIT_MONEY)
    return pow (10, axis->decimals);
  return axis->unit == RAI_CHART_UNIT_PERCENT ? 0.01 : 1;
}

/* The smallest of 1, 2, 2.5, 5 x 10^k that is not below x > 0. */
static double
round_up (double x) {
  double power = pow (10, floor (log10 (x)));
  static const double factors[] = { 1, 2, 2.5, 5, 10 };
  for (size_t i = 0; i < G_N_ELEMENTS (factors); i++)
    if (factors[i] * power >= x * (1 - 1e-9))
      return factors[i] * power;
  return 10 * power;
}

void
rai_value_axis_fit (RaiValueAxis *axis, double low, double high, bool zero, int max_steps) {
  double unit = scale (axis);
  low /= unit;
  high /= unit;
  if (!(low <= high) || !isfinite (low) || !isfinite (high))
    low = high = 0;
  if (zero || (low > 0 && low < 0.5 * high))
    low = MIN (low, 0);
  if (zero || (high < 0 && high > 0.5 * low))
    high = MAX (high, 0);
  if (high == 0 && low == 0)
    max_steps = 1;
  if (high - low <= fabs (high) * 1e-9) {
    /* One value: let it stand in the middle, or on the baseline when it is zero. */
    low = high > 0 ? 0 : high < 0 ? 2 * high : 0;
    high = high > 0 ? 2 * high : high < 0 ? 0 : 1;
  }

  double step = round_up ((high - low) / MAX (max_steps, 1));
  /* Rounding the ends outwards may need one more step than allowed. */
  if (ceil (high / step) - floor (low / step) > MAX (max_steps, 1))
    step = round_up (step * 1.01);

  axis->low = floor (low / step + 1e-9) * step * unit;
  axis->high = ceil (high / step - 1e-9) * step * unit;
  axis->step = step * unit;
}

double
rai_value_axis_normalize (const RaiValueAxis *axis, double value) {
  return (value - axis->low) / (axis->high - axis->low);
}

/* Decimals that show multiples of step exactly, up to 3. */
static int
step_decimals (double step) {
  for (int decimals = 0; decimals < 3; decimals++)
    if (fabs (step * pow (10, decimals) - round (step * pow (10, decimals))) < 1e-6)
      return decimals;
  return 3;
}

char *
rai_value_axis_tick_text (const RaiValueAxis *axis, double value) {
  static const struct {
    double size;
    const char *suffix;
  } sizes[] = {
    /* Translators: thousand million, in the label of an axis. */
    { 1e9, N_ (" bn") },
    /* Translators: million, in the label of an axis. */
    { 1e6, N_ (" M") },
    /* Translators: thousand, in the label of an axis. */
    { 1e3, N_ ("k") },
  };
  double unit = scale (axis), most = MAX (fabs (axis->low), fabs (axis->high)) / unit,
         step = axis->step / unit;

  value /= unit;
  if (axis->unit == RAI_CHART_UNIT_PERCENT) {
    g_autofree char *number = rai_format_number (value, step_decimals (step));
    return g_strdup_printf (_ ("%s %%"), number);
  }

  if (most >= 1e15)
    return g_strdup_printf ("%.3g", value);
  for (size_t i = 0; i < G_N_ELEMENTS (sizes) && fabs (value) > 0 && most >= 1e5; i++) {
    if (most < sizes[i].size)
      continue;
    g_autofree char *number =
        rai_format_number (value / sizes[i].size, step_decimals (step / sizes[i].size));
    return g_strconcat (number, _ (sizes[i].suffix), NULL);
  }

  return rai_format_number (value, step_decimals (step));
}

char *
rai_value_axis_plain_text (const RaiValueAxis *axis, double value) {
  double shown = value / scale (axis);
  int decimals = 0;
  if (fabs (shown) >= 1e15)
    return g_strdup_printf ("%.4g", shown);
  if (axis->unit == RAI_CHART_UNIT_PERCENT) {
    g_autofree char *number = rai_format_number (shown, fabs (shown) < 10 ? 1 : 0);
    return g_strdup_printf (_ ("%s %%"), number);
  }

  if (axis->unit == RAI_CHART_UNIT_MONEY && fabs (shown) < 100)
    decimals = axis->decimals;
  else if (axis->unit != RAI_CHART_UNIT_MONEY && fabs (shown) < 100 &&
           fabs (shown - round (shown)) > 0.05)
    decimals = 1;

  return rai_format_number (shown, decimals);
}

char *
rai_value_axis_value_text (const RaiValueAxis *axis, double value) {
  g_autofree char *number = rai_value_axis_plain_text (axis, value);
  bool has_unit = axis->symbol[0] && axis->unit != RAI_CHART_UNIT_PERCENT;
  return has_unit ? g_strdup_printf ("%s %s", number, axis->symbol) : g_steal_pointer (&number);
}
