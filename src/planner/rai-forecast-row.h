/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/rai-forecast-numbers.h"
#include "db/rai-db.h"
#include "forecast/rai-forecast.h"
#include "planner/rai-override.h"
#include "planner/rai-panel-reader.h"

/* A row of table `forecast` in memory, and its SQL. */
typedef struct {
  RaiForecastNode node;
  RaiDay first_day;
  RaiForecastNumbers numbers;
  char *model;
  char *reason;
  RaiBacktest backtest;
} RaiForecastRow;

void rai_forecast_row_clear (RaiForecastRow *row);

/* From the core's answer. Parts that are zero on every day are left out, but for the level. */
void rai_forecast_row_set (RaiForecastRow *row, RaiForecastNode node, RaiDay first_day,
                           size_t horizon, const RaiSeriesForecast *series);
/* Scales days by factors[horizon] relative to what the models said; an earlier override is undone
 * first. factors NULL: only undo. The part "override" says by how much. Returns whether anything
 * changed. */
bool rai_forecast_row_override (RaiForecastRow *row, const double *factors);

/* Reads the columns (node_id, first_day, horizon, means, quantiles, part_names, parts, dispersion)
 * from column 0 on. Returns false when they do not hold a whole forecast. */
bool rai_forecast_row_read (RaiForecastRow *row, RaiStatement *statement);

/* Inserts or updates, stamping the transaction's revision, but only when something differs. */
bool rai_forecast_row_write (const RaiForecastRow *row, RaiDb *db, GError **error);

/* Writes only what an override changes, of a row that is stored already. */
bool rai_forecast_row_update (const RaiForecastRow *row, RaiDb *db, GError **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (RaiForecastRow, rai_forecast_row_clear)
