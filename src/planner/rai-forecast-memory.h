/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "db/rai-db.h"
#include "forecast/rai-forecast.h"

/* What forecasts of earlier days chose (meta, "forecast.chosen.WHAT"), for those of today to lean
 * on. Only earlier days count: the same data forecast again gives the same rows. WHAT names the
 * panel: "totals", "items 3". */

/* *memory is NULL when no earlier day is remembered. */
bool rai_forecast_memory_read (RaiDb *db, const char *what, RaiDay first_day, RaiMemory **memory,
                               GError **error);
/* In the caller's transaction; keeps this day and the one before it. */
bool rai_forecast_memory_write (RaiDb *db, const char *what, RaiDay first_day,
                                const RaiForecast *forecast, GError **error);
