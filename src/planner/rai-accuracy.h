/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "db/rai-db.h"
#include "planner/rai-forecast-row.h"

/* Gathers the backtests of a run by level and site (site 0: all), weighed by what each series
 * sells, and writes table `accuracy`. */
typedef struct _RaiAccuracy RaiAccuracy;

RaiAccuracy *rai_accuracy_new (size_t horizon);
void rai_accuracy_free (RaiAccuracy *accuracy);
/* weight: what the series sells a day. */
void rai_accuracy_add (RaiAccuracy *accuracy, RaiForecastNode node, const RaiBacktest *backtest,
                       double weight);
/* Over all sites; NAN when nothing of the level was tested. */
double rai_accuracy_wape (const RaiAccuracy *accuracy, RaiForecastLevel level, bool naive);
/* Within the caller's write transaction; rows that did not change keep their revision. */
bool rai_accuracy_write (const RaiAccuracy *accuracy, RaiDb *db, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RaiAccuracy, rai_accuracy_free)
