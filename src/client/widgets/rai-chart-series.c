/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/widgets/rai-chart-series.h"

#include <math.h>

struct _RaiChartSeries {
  gatomicrefcount references;
  RaiDay first_day;
  size_t n;
  double *values;
};

G_DEFINE_BOXED_TYPE (RaiChartSeries, rai_chart_series, rai_chart_series_ref, rai_chart_series_unref)

RaiChartSeries *
rai_chart_series_new (RaiDay first_day, const double *values, size_t n) {
  return rai_chart_series_new_take (first_day, g_memdup2 (values, n * sizeof *values), n);
}

RaiChartSeries *
rai_chart_series_new_take (RaiDay first_day, double *values, size_t n) {
  RaiChartSeries *series = g_new0 (RaiChartSeries, 1);
  g_atomic_ref_count_init (&series->references);
  series->first_day = first_day;
  series->values = values;
  series->n = n;

  for (size_t i = 0; i < n; i++)
    if (!isfinite (values[i]))
      values[i] = NAN;

  return series;
}

RaiChartSeries *
rai_chart_series_ref (RaiChartSeries *series) {
  g_atomic_ref_count_inc (&series->references);
  return series;
}

void
rai_chart_series_unref (RaiChartSeries *series) {
  if (!g_atomic_ref_count_dec (&series->references))
    return;
  g_free (series->values);
  g_free (series);
}

RaiDay
rai_chart_series_first_day (const RaiChartSeries *series) {
  return series->first_day;
}

size_t
rai_chart_series_length (const RaiChartSeries *series) {
  return series->n;
}

double
rai_chart_series_get (const RaiChartSeries *series, RaiDay day) {
  int64_t i = (int64_t) day - series->first_day;
  return i < 0 || i >= (int64_t) series->n ? NAN : series->values[i];
}

/* The part of from..to that the series has, as indices begin <= i < end. */
static void
clip (const RaiChartSeries *series, RaiDay from, RaiDay to, size_t *begin, size_t *end) {
  int64_t first = (int64_t) from - series->first_day, last = (int64_t) to - series->first_day + 1;
  *begin = (size_t) CLAMP (first, 0, (int64_t) series->n);
  *end = (size_t) CLAMP (last, (int64_t) *begin, (int64_t) series->n);
}

bool
rai_chart_series_range (const RaiChartSeries *series, RaiDay from, RaiDay to, double *low,
                        double *high) {
  size_t begin, end;
  double least = INFINITY, most = -INFINITY;
  clip (series, from, to, &begin, &end);

  for (size_t i = begin; i < end; i++) {
    /* Comparisons with NAN are false, so gaps fall through. */
    if (series->values[i] < least)
      least = series->values[i];
    if (series->values[i] > most)
      most = series->values[i];
  }

  if (least > most)
    return false;
  *low = least;
  *high = most;

  return true;
}

double
rai_chart_series_sum (const RaiChartSeries *series, RaiDay from, RaiDay to, size_t *n_days) {
  size_t begin, end, n = 0;
  double sum = 0;
  clip (series, from, to, &begin, &end);

  for (size_t i = begin; i < end; i++) {
    if (isnan (series->values[i]))
      continue;
    sum += series->values[i];
    n++;
  }

  if (n_days != NULL)
    *n_days = n;
  return sum;
}

RaiDay
rai_chart_series_last (const RaiChartSeries *series, RaiDay from, RaiDay to) {
  size_t begin, end;
  clip (series, from, to, &begin, &end);
  for (size_t i = end; i > begin; i--)
    if (!isnan (series->values[i - 1]))
      return series->first_day + (RaiDay) i - 1;
  return RAI_DAY_NONE;
}

void
rai_chart_series_columns (const RaiChartSeries *series, double from, double to,
                          RaiChartColumn *columns, size_t n) {
  double per_day = (double) n / (to - from);
  size_t begin, end;
  for (size_t i = 0; i < n; i++)
    columns[i].low = columns[i].high = NAN;

  clip (series, (RaiDay) ceil (from), (RaiDay) ceil (to) - 1, &begin, &end);
  for (size_t i = begin; i < end; i++) {
    double value = series->values[i], at = (series->first_day + (double) i - from) * per_day;
    if (isnan (value) || at < 0 || at >= (double) n)
      continue;
    RaiChartColumn *column = &columns[(size_t) at];
    if (!(value >= column->low))
      column->low = value;
    if (!(value <= column->high))
      column->high = value;
  }
}
