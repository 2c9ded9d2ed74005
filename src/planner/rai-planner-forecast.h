/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "db/rai-db.h"
#include "util/rai-day.h"

#include <gio/gio.h>

/* Forecasts every item of every site, and the revenue of departments, sites and the company, and
 * writes what changed: tables forecast, forecast_past, accuracy. Shows progress
 * on standard error. The only writer of these rows. Belongs to the connection's thread; write
 * transactions hold a thousand rows at most. */
typedef struct {
  size_t horizon;       /* days ahead; 0: 28 */
  size_t history;       /* days to look back at most; 0: three years */
  RaiDay through;       /* last day that is history; RAI_DAY_NONE: yesterday at each site */
  const int64_t *sites; /* n_sites of them; none: all, and the company */
  size_t n_sites;
  const char *model; /* NULL: automatic */
  unsigned threads;  /* 0: one a core */
} RaiPlannerForecastOptions;

typedef struct {
  RaiDay first_day;
  size_t horizon;
  size_t sites;
  size_t series;
  size_t items;
  /* Backtests, a day at a time; NAN: no history. */
  double wape, wape_naive;           /* of items */
  double site_wape, site_wape_naive; /* of the takings of stores */
  double seconds;
} RaiPlannerForecastSummary;

/* Fails with G_IO_ERROR_NOT_FOUND when no site has sales, G_IO_ERROR_CANCELLED, RAI_DB_ERROR or
 * RAI_FORECAST_ERROR. What was committed until then stays: each row is whole. */
bool rai_planner_forecast (RaiDb *db, const RaiPlannerForecastOptions *options,
                           RaiPlannerForecastSummary *summary, GCancellable *cancellable,
                           GError **error);
