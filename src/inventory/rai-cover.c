/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "inventory/rai-cover.h"

#include "util/rai-decimal.h"

#include <glib.h>
#include <math.h>

/* Rounding of float means must not look like a missing piece: thousandths. */
#define TOLERANCE 1e-3
/* More than can be meant; a week of it, times seven, still fits. */
#define NEED_MAX 1e15

static int64_t
thousandths (double units) {
  return (int64_t) ceil (CLAMP (units * RAI_QUANTITY_ONE, 0, NEED_MAX) - TOLERANCE);
}

RaiCover
rai_cover_make (const RaiDailyDemand *daily) {
  RaiCover cover = { .week = 0 };
  double sum = 0;
  int64_t before = 0;

  for (size_t day = 0; day < RAI_COVER_DAYS; day++) {
    sum += rai_daily_demand_mean (daily, day);
    cover.needs[day] = MAX (before, thousandths (sum));
    before = cover.needs[day];
  }

  cover.week = cover.needs[RAI_COVER_DAYS - 1] - cover.needs[RAI_COVER_DAYS - 8];
  return cover;
}

/* Days that `left` lasts past the last of the needs. */
static int
days_after (const RaiCover *cover, int64_t left) {
  const int64_t over = left - cover->needs[RAI_COVER_DAYS - 1];
  if (cover->week == 0 || over / cover->week >= RAI_COVER_WEEKS)
    return RAI_COVER_LIMIT;

  return RAI_COVER_DAYS + (int) (over / cover->week * 7 + over % cover->week * 7 / cover->week);
}

int
rai_cover_days (const RaiCover *cover, int64_t left) {
  for (int day = 0; day < RAI_COVER_DAYS; day++)
    if (left < cover->needs[day])
      return day;
  return days_after (cover, left);
}

int64_t
rai_cover_needed (const RaiCover *cover, int days) {
  if (days < RAI_COVER_DAYS)
    return cover->needs[MAX (0, days)];
  if (cover->week == 0)
    return cover->needs[RAI_COVER_DAYS - 1];
  if (days >= RAI_COVER_LIMIT)
    return INT64_MAX;

  const int64_t more = days + 1 - RAI_COVER_DAYS;
  return cover->needs[RAI_COVER_DAYS - 1] + more / 7 * cover->week +
         (more % 7 * cover->week + 6) / 7;
}

/* What arrives until a day; goods overdue are expected on the first. */
static int64_t
arriving (const RaiArrival *arrivals, size_t n_arrivals, RaiDay until) {
  int64_t quantity = 0;
  for (size_t i = 0; i < n_arrivals; i++)
    if (arrivals[i].day <= until)
      quantity += llround (arrivals[i].quantity * RAI_QUANTITY_ONE);
  return quantity;
}

RaiDay
rai_cover_stockout_day (const RaiCover *cover, RaiDay today, int64_t left,
                        const RaiArrival *arrivals, size_t n_arrivals) {
  for (int day = 0; day < RAI_COVER_DAYS; day++)
    if (left + arriving (arrivals, n_arrivals, today + day) < cover->needs[day])
      return today + day;

  const int days = days_after (cover, left + arriving (arrivals, n_arrivals, INT32_MAX));
  return days < RAI_COVER_LIMIT ? today + days : RAI_DAY_NONE;
}

/* What arrives on `day`; goods overdue are expected on the first day. */
static double
arriving_on (const RaiArrival *arrivals, size_t n_arrivals, RaiDay day, bool first) {
  double quantity = 0;
  for (size_t i = 0; i < n_arrivals; i++)
    if (arrivals[i].day == day || (first && arrivals[i].day < day))
      quantity += arrivals[i].quantity;
  return quantity;
}

double
rai_cover_missing (const RaiDailyDemand *daily, RaiDay today, double on_hand,
                   const RaiArrival *arrivals, size_t n_arrivals, RaiDay from, RaiDay until) {
  double left = on_hand, missing = 0;
  for (RaiDay day = today; day < until; day++) {
    left += arriving_on (arrivals, n_arrivals, day, day == today);
    left -= rai_daily_demand_mean (daily, (size_t) (day - today));
    if (left < 0) {
      if (day >= from)
        missing -= left;
      left = 0;
    }
  }

  return missing;
}
