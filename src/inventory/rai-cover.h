/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "inventory/rai-demand.h"
#include "util/rai-day.h"

/* How long stock lasts when demand comes as expected. Quantities in units. Pure. */

/* Goods on their way, ordered by day. */
typedef struct {
  RaiDay day; /* arrives in the morning */
  double quantity;
} RaiArrival;

#define RAI_COVER_LIMIT 730

/* Whole days that the stock lasts from `today` without any arrival; RAI_COVER_LIMIT when longer
 * than that. */
int rai_cover_days (const RaiDailyDemand *daily, double on_hand);

/* The first day on which the expected demand cannot be met in full, with the arrivals; RAI_DAY_NONE
 * when there is none within RAI_COVER_LIMIT days. daily begins today. */
RaiDay rai_cover_stockout_day (const RaiDailyDemand *daily, RaiDay today, double on_hand,
                               const RaiArrival *arrivals, size_t n_arrivals);

/* Expected demand of the days [from, until) that the stock and the arrivals will not meet. */
double rai_cover_missing (const RaiDailyDemand *daily, RaiDay today, double on_hand,
                          const RaiArrival *arrivals, size_t n_arrivals, RaiDay from, RaiDay until);
