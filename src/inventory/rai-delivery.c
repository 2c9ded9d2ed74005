/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "inventory/rai-delivery.h"

#include <math.h>

/* One delivery in forty is later than this by chance (normal distribution). */
#define OVERDUE_DEVIATIONS 2

static RaiDay
order_day_from (RaiDay day, unsigned order_weekdays) {
  unsigned weekdays = (order_weekdays & 127) == 0 ? 127 : order_weekdays;
  while ((weekdays >> (rai_day_weekday (day) - 1) & 1) == 0)
    day++;
  return day;
}

static RaiDay
open_day_from (RaiDay day, RaiDay today, const uint8_t *closed, size_t n_closed) {
  while (closed != NULL && (size_t) (day - today) < n_closed && closed[day - today])
    day++;
  return day;
}

RaiDelivery
rai_delivery_find (RaiDay today, unsigned order_weekdays, int lead_days, int review_days,
                   const uint8_t *closed, size_t n_closed) {
  int lead = CLAMP (lead_days, 0, 365);
  RaiDelivery delivery;
  delivery.order_day = order_day_from (today, order_weekdays);
  delivery.delivery_day = open_day_from (delivery.order_day + lead, today, closed, n_closed);
  delivery.next_order_day = delivery.order_day + CLAMP (review_days, 1, 365) - 1;

  do {
    delivery.next_order_day = order_day_from (delivery.next_order_day + 1, order_weekdays);
    delivery.next_delivery_day =
        open_day_from (delivery.next_order_day + lead, today, closed, n_closed);
  } while (delivery.next_delivery_day <= delivery.delivery_day);

  return delivery;
}

bool
rai_delivery_is_overdue (RaiDay delivery_day, RaiDay today, double lead_spread) {
  return today - delivery_day > (RaiDay) ceil (OVERDUE_DEVIATIONS * CLAMP (lead_spread, 0, 365));
}
