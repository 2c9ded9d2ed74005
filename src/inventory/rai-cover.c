/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "inventory/rai-cover.h"

/* Rounding of float means must not look like a missing piece. */
#define TOLERANCE 1e-6

int
rai_cover_days (const RaiDailyDemand *daily, double on_hand) {
  double left = on_hand;
  for (int day = 0; day < RAI_COVER_LIMIT; day++) {
    left -= rai_daily_demand_mean (daily, (size_t) day);
    if (left < -TOLERANCE)
      return day;
  }
  return RAI_COVER_LIMIT;
}

/* What arrives on `day`; goods overdue are expected on the first day. */
static double
arriving (const RaiArrival *arrivals, size_t n_arrivals, RaiDay day, bool first) {
  double quantity = 0;
  for (size_t i = 0; i < n_arrivals; i++)
    if (arrivals[i].day == day || (first && arrivals[i].day < day))
      quantity += arrivals[i].quantity;
  return quantity;
}

RaiDay
rai_cover_stockout_day (const RaiDailyDemand *daily, RaiDay today, double on_hand,
                        const RaiArrival *arrivals, size_t n_arrivals) {
  double left = on_hand;
  for (int day = 0; day < RAI_COVER_LIMIT; day++) {
    left += arriving (arrivals, n_arrivals, today + day, day == 0);
    left -= rai_daily_demand_mean (daily, (size_t) day);
    if (left < -TOLERANCE)
      return today + day;
  }
  return RAI_DAY_NONE;
}

double
rai_cover_missing (const RaiDailyDemand *daily, RaiDay today, double on_hand,
                   const RaiArrival *arrivals, size_t n_arrivals, RaiDay from, RaiDay until) {
  double left = on_hand, missing = 0;
  for (RaiDay day = today; day < until; day++) {
    left += arriving (arrivals, n_arrivals, day, day == today);
    left -= rai_daily_demand_mean (daily, (size_t) (day - today));
    if (left < 0) {
      if (day >= from)
        missing -= left;
      left = 0;
    }
  }

  return missing;
}
