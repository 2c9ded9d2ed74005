/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "util/rai-day.h"

#include <stdbool.h>
#include <stddef.h>

/* When a supplier's next two orders can be placed and arrive. Goods arrive in the morning of the
 * delivery day. */
typedef struct {
  RaiDay order_day;         /* the first day from today on which the supplier takes orders */
  RaiDay delivery_day;      /* when that order arrives */
  RaiDay next_order_day;    /* the chance after that */
  RaiDay next_delivery_day; /* what is ordered now has to last until here */
} RaiDelivery;

/* order_weekdays: bit 0 = Monday; 0 is read as any day. lead_days >= 0. review_days: the least time
 * between two orders, 1 or more; the chance after that is the first order day from then on. closed:
 * from today on, 1 where the site cannot take deliveries, or NULL; a delivery moves on to the next
 * open day. */
RaiDelivery rai_delivery_find (RaiDay today, unsigned order_weekdays, int lead_days,
                               int review_days, const uint8_t *closed, size_t n_closed);

/* Whether goods that were due on delivery_day are later than the supplier's lead times spread
 * (spread: their standard deviation in days): then nobody knows when they come, or whether, and
 * they are not counted on. */
bool rai_delivery_is_overdue (RaiDay delivery_day, RaiDay today, double lead_spread);
