/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/widgets/rai-band-layer.h"
#include "client/widgets/rai-chart-series.h"
#include "client/widgets/rai-marker-layer.h"
#include "client/widgets/rai-waterfall.h"
#include "core/rai-forecast-numbers.h"
#include "db/rai-rows.h"

/* A row of the query `forecast` unpacked, and rows turned into series of the chart. Values keep the
 * row's units: money in minor units, quantities in units of the item. */
typedef struct {
  RaiDay first_day;
  RaiForecastNumbers numbers;
  char *model, *reason;
  double wape, wape_naive, bias, coverage_80; /* NAN: not known */
  int backtest_days;
} RaiForecastData;

/* NULL when there is no row, or when it does not hold what it should: then nothing is better than
 * something wrong. */
RaiForecastData *rai_forecast_data_new (const RaiRows *rows);
void rai_forecast_data_free (RaiForecastData *data);
/* Adds a forecast of the same days: that of several stores. Means and parts add up; the ranges are
 * those of stores that have their good days together, wider than the sum's own. Nothing is known of
 * how good it is. false, and nothing is added: of other days. */
bool rai_forecast_data_add (RaiForecastData *data, const RaiForecastData *other);

/* Mean of a day; NAN outside the horizon. */
double rai_forecast_data_mean (const RaiForecastData *data, RaiDay day);
/* A quantile of a day; NAN outside. */
double rai_forecast_data_quantile (const RaiForecastData *data, RaiDay day, RaiQuantile quantile);
/* The parts worth a line each, which add up to the sum; `parts` has room for one more than there
 * are parts. Returns how many. */
size_t rai_forecast_data_why (const RaiForecastData *data, RaiDay from, RaiDay to,
                              RaiWaterfallPart *parts);

RaiChartSeries *rai_forecast_data_series (const RaiForecastData *data);
/* 95, 80 and 50 of 100 days. */
void rai_forecast_data_fill_bands (const RaiForecastData *data, RaiBandLayer *layer);

/* One value a day of a column times scale; days without a row are `missing`. NULL when there are no
 * rows. The column `day` must exist. Ends with `to` when that is later than the last row. */
RaiChartSeries *rai_rows_to_series (const RaiRows *rows, const char *column, double scale,
                                    double missing, RaiDay to);
/* Of the query `calendar`: closed days, holidays, events and promotions of many items at once. */
void rai_rows_to_marks (const RaiRows *rows, RaiMarkerLayer *layer);
/* The value of a column on a day; NAN when there is no row. */
double rai_rows_on_day (const RaiRows *rows, RaiDay day, const char *column);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RaiForecastData, rai_forecast_data_free)
