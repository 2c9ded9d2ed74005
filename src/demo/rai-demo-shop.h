/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/rai-movement.h"
#include "demo/rai-demo-world.h"

/* One shop of the demo, lived day by day: deliveries come, customers buy what is there, what
 * spoiled is thrown away, a manager with habits orders. The same world gives the same days. */
typedef struct {
  int item;
  int receipt; /* of the day, from 0; lines of one receipt follow each other */
  int second;  /* of the day, civil time */
  int64_t quantity;
  int64_t amount;
} RaiDemoSale;

typedef struct {
  RaiMovementKind kind;
  int item;
  int second;
  int64_t quantity; /* signed */
  int64_t counted;  /* opening: what was found */
  int order;        /* receive: the number of its order; -1: none */
  RaiDay order_day; /* receive: of that order */
} RaiDemoMovement;

typedef struct {
  int item;
  int share; /* of the open hours, thousandths */
} RaiDemoOut;

typedef struct {
  int item;
  int64_t quantity, demand, safety, on_hand, on_order;
  int cover_days;
} RaiDemoOrderLine;

typedef struct {
  int number; /* of the shop, from 0 */
  int supplier;
  RaiDay order_day;
  RaiDay delivery_day;
  bool received;
  GArray *lines; /* RaiDemoOrderLine */
} RaiDemoOrder;

/* What happened on the last day that was lived. Overwritten by the next. */
typedef struct {
  GArray *sales;     /* RaiDemoSale, in the order of the day */
  GArray *movements; /* RaiDemoMovement, only from the day on which stock is kept */
  GArray *outs;      /* RaiDemoOut */
} RaiDemoShopDay;

typedef struct _RaiDemoShop RaiDemoShop;

/* Stock is kept from tracked_from on: that day begins with an opening movement for every item,
 * which balances all that was sold before. */
RaiDemoShop *rai_demo_shop_new (const RaiDemoWorld *world, int site, RaiDay tracked_from);
void rai_demo_shop_free (RaiDemoShop *shop);
/* Days must follow each other from the world's first. */
const RaiDemoShopDay *rai_demo_shop_live (RaiDemoShop *shop, RaiDay day);

/* Open orders, and those of the last four weeks: RaiDemoOrder. */
const GPtrArray *rai_demo_shop_orders (const RaiDemoShop *shop);
int64_t rai_demo_shop_on_hand (const RaiDemoShop *shop, int item);
int64_t rai_demo_shop_on_order (const RaiDemoShop *shop, int item);
bool rai_demo_shop_carries (const RaiDemoShop *shop, int item);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RaiDemoShop, rai_demo_shop_free)
