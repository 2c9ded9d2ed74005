/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "demo/rai-demo-calendar.h"

/* What is fixed before the first customer comes: goods with their prices and promotions, and what
 * each shop carries. A function of size, seed and last day alone. */
typedef struct {
  RaiDay day; /* from this day on */
  double factor;
} RaiDemoPriceStep;

typedef struct {
  const RaiDemoGoods *goods;
  int supplier;         /* index */
  double weight;        /* receipt lines a day in a shop of size 1, over the whole year */
  double binomial_size; /* of the negative binomial that lines a day follow */
  double line_quantity; /* mean units in one line */
  double elasticity;
  int64_t pack; /* thousandths */
  int64_t cost;
  RaiDay first_day; /* RAI_DAY_NONE: before the demo began */
  RaiDay last_day;  /* RAI_DAY_NONE: still on sale */
  RaiDemoPriceStep steps[4];
  int n_steps;
} RaiDemoItem;

typedef struct {
  int item; /* index */
  RaiDay first_day;
  RaiDay last_day;
  double discount; /* share of the price */
} RaiDemoPromotion;

typedef struct {
  uint64_t seed;
  int n_sites;
  int n_items;
  RaiDay first_day;
  RaiDay through;
  RaiDay horizon; /* last day of the calendar and of planned promotions */
  GPtrArray *goods;
  RaiDemoItem *items;
  GArray *promotions; /* RaiDemoPromotion by first_day */
  RaiDemoCalendar *calendar;
} RaiDemoWorld;

RaiDemoWorld *rai_demo_world_new (bool full, uint64_t seed, RaiDay through);
void rai_demo_world_free (RaiDemoWorld *world);

bool rai_demo_carries (const RaiDemoWorld *world, int site, int item);
/* The list price in a shop on a day. */
int64_t rai_demo_price (const RaiDemoWorld *world, int site, int item, RaiDay day);
int64_t rai_demo_promotion_price (int64_t price, double discount);
/* How much more of it sells at this time of the year. */
double rai_demo_season (const RaiDemoFamily *family, RaiDay day);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RaiDemoWorld, rai_demo_world_free)
