/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "db/rai-db.h"
#include "inventory/rai-simulate.h"
#include "util/rai-day.h"

#include <gio/gio.h>

/* Replays the last days of all stores with our orders and with the rule of the average, item by
 * item. Only reads the database. */
typedef struct {
  double service; /* share of the demand, in (0.5, 1) */
  size_t days;    /* replayed; a quarter, at most two weeks, warms up and is not counted */
  size_t items;   /* site-items at most, spread evenly */
  RaiDay through; /* the last day replayed; RAI_DAY_NONE: the newest of the data */
  const int64_t *sites;
  size_t n_sites; /* 0: all */
  const char *model;
  unsigned threads;
  const char *output; /* CSV; NULL: standard output */
} RaiPlannerSimulateOptions;

typedef struct {
  RaiSimulationResult retailai;
  RaiSimulationResult average; /* tuned to the same fill rate */
  double factor;               /* of the average rule */
  size_t items;
} RaiPlannerSimulateSummary;

/* Fails with G_IO_ERROR_NOT_FOUND when there are not enough sales, and with errors of the database,
 * the forecasting core or the file. */
bool rai_planner_simulate (RaiDb *db, const RaiPlannerSimulateOptions *options,
                           RaiPlannerSimulateSummary *summary, GError **error);
