/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "inventory/rai-demand.h"
#include "util/rai-day.h"

/* How long stock lasts when demand comes as expected. Quantities in units, but for those of
 * RaiCover. Pure. */

/* Goods on their way, ordered by day. */
typedef struct {
  RaiDay day; /* arrives in the morning */
  double quantity;
} RaiArrival;

/* Days that are looked at one by one; after them goes on what the last week of them sells. */
#define RAI_COVER_DAYS 28
#define RAI_COVER_WEEKS 100
#define RAI_COVER_LIMIT (RAI_COVER_DAYS + 7 * RAI_COVER_WEEKS)

/* What must be there for it to last: needs[k] thousandths through day k, counted from the first of
 * the forecast. They never fall. Whole numbers, so that a query of the database finds the same days
 * from them and from what is on hand now (db/rai-stock-words.h). */
typedef struct {
  int64_t needs[RAI_COVER_DAYS];
  int64_t week; /* what the last seven of these days need */
} RaiCover;

RaiCover rai_cover_make (const RaiDailyDemand *daily);

/* Whole days that `left` thousandths last without any arrival; RAI_COVER_LIMIT when longer than
 * that. */
int rai_cover_days (const RaiCover *cover, int64_t left);

/* The least stock that lasts longer than `days`; INT64_MAX: there is none. */
int64_t rai_cover_needed (const RaiCover *cover, int days);

/* The first day on which the expected demand cannot be met in full, with the arrivals; RAI_DAY_NONE
 * when there is none within RAI_COVER_LIMIT days. The cover begins today. */
RaiDay rai_cover_stockout_day (const RaiCover *cover, RaiDay today, int64_t left,
                               const RaiArrival *arrivals, size_t n_arrivals);

/* Expected demand of the days [from, until) that the stock and the arrivals will not meet. */
double rai_cover_missing (const RaiDailyDemand *daily, RaiDay today, double on_hand,
                          const RaiArrival *arrivals, size_t n_arrivals, RaiDay from, RaiDay until);
