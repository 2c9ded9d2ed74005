/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "db/rai-db.h"
#include "forecast/rai-forecast.h"
#include "planner/rai-panel-reader.h"

/* Table forecast_past: what was forecast for days that have come. Live forecasts move here when a
 * newer one replaces them; before there are any, the backtest's last look back stands in: the same
 * models, seen from one horizon
 * before. */

/* One day of the past. */
typedef struct {
  RaiForecastNode node;
  RaiDay day;
  double mean, low, high;
  double naive; /* the same weekday of the week before the forecast; NAN: not known */
} RaiForecastPast;

/* Keeps days [first_day, until) of the stored forecasts of a level at a site that were made before
 * `until`. panel and nodes: those of the new forecast, ordered by node, for the seasonal naive. */
bool rai_forecast_past_keep (RaiDb *db, const RaiPanel *panel, const RaiForecastNode *nodes,
                             size_t first_series, size_t n_series, RaiDay until, GError **error);

/* Writes what the backtest said of the last days before the panel's origin; days that a live
 * forecast covered keep
 * it. */
bool rai_forecast_past_fill (RaiDb *db, const RaiPanel *panel, const RaiForecastNode *nodes,
                             const RaiForecast *forecast, size_t first_series, size_t n_series,
                             GError **error);
