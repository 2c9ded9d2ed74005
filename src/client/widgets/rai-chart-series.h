/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "util/rai-day.h"

#include <glib-object.h>

/* One value a day from a first day on; a value that is not finite is a gap. Immutable and
 * reference-counted, so that it may be made on a worker thread and drawn on the main one. */
typedef struct _RaiChartSeries RaiChartSeries;
#define RAI_TYPE_CHART_SERIES (rai_chart_series_get_type ())
GType rai_chart_series_get_type (void);

RaiChartSeries *rai_chart_series_new (RaiDay first_day, const double *values, size_t n);
/* Takes the array, which g_free releases. */
RaiChartSeries *rai_chart_series_new_take (RaiDay first_day, double *values, size_t n);
RaiChartSeries *rai_chart_series_ref (RaiChartSeries *series);
void rai_chart_series_unref (RaiChartSeries *series);

RaiDay rai_chart_series_first_day (const RaiChartSeries *series);
size_t rai_chart_series_length (const RaiChartSeries *series);
/* NAN outside, and for gaps. */
double rai_chart_series_get (const RaiChartSeries *series, RaiDay day);
/* Lowest and highest value of the days from..to, both included; false when there is none. */
bool rai_chart_series_range (const RaiChartSeries *series, RaiDay from, RaiDay to, double *low,
                             double *high);
/* Sum over the days that have a value, and how many they are. */
double rai_chart_series_sum (const RaiChartSeries *series, RaiDay from, RaiDay to, size_t *n_days);
/* The last day up to `to`, and not before `from`, that has a value; RAI_DAY_NONE when none has. */
RaiDay rai_chart_series_last (const RaiChartSeries *series, RaiDay from, RaiDay to);

/* Lowest and highest value of the days that begin within one pixel column; NAN where none does. */
typedef struct {
  double low, high;
} RaiChartColumn;

/* Decimates the days from..to (day units, `to` excluded) to n columns of equal width: time is
 * linear in days plus columns. */
void rai_chart_series_columns (const RaiChartSeries *series, double from, double to,
                               RaiChartColumn *columns, size_t n);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RaiChartSeries, rai_chart_series_unref)
