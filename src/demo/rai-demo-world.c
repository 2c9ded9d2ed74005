/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "demo/rai-demo-world.h"

#include "util/rai-random.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define HORIZON_DAYS 60
#define PROMOTION_HORIZON_DAYS 28
#define PROMOTED_SHARE 0.03

enum { STREAM_ITEMS = 1, STREAM_PROMOTIONS = 2, STREAM_CARRIED = 3 };

static int64_t
to_price (double cents) {
  return cents < 100 ? MAX (9, (int64_t) (round (cents / 5) * 5 - 1))
                     : (int64_t) (round (cents / 10) * 10 - 1);
}

/* Units in an order pack: goods that hurry come in small packs. */
static int64_t
choose_pack (const RaiDemoGoods *goods, double weight) {
  if (strcmp (goods->unit, "kg") == 0)
    return weight > 1.5 ? 10000 : 5000;

  int shelf_life = goods->family->shelf_life;
  if (shelf_life > 0 && shelf_life <= 3)
    return weight > 2 ? 6000 : 2000;
  if (shelf_life > 0 && shelf_life <= 30)
    return weight > 1 ? 12000 : 6000;
  if (goods->price > 500)
    return weight > 0.3 ? 6000 : 3000;

  return weight > 0.6 ? 24000 : weight > 0.2 ? 12000 : 6000;
}

static double
choose_line_quantity (const RaiDemoGoods *goods) {
  if (strcmp (goods->unit, "kg") == 0)
    return 0.7;
  if (goods->price < 70)
    return 3;
  return goods->price < 160 ? 2.1 : goods->price < 400 ? 1.5 : 1.12;
}

static void
choose_steps (RaiDemoItem *item, RaiDay first_day, RaiDay through, RaiRandom *random) {
  item->steps[item->n_steps++] = (RaiDemoPriceStep){ first_day, 1 };
  double factor = 1;
  for (int year = 0; year * 365 + 90 < through - first_day; year++) {
    if (!rai_random_chance (random, 0.62))
      continue;
    factor *= 1 + rai_random_between (random, -0.03, 0.09);
    RaiDay day = first_day + year * 365 + 30 + (int) rai_random_below (random, 300);
    /* Price lists change on Mondays. */
    day -= rai_day_weekday (day) - 1;
    if (day <= through && item->n_steps < (int) G_N_ELEMENTS (item->steps))
      item->steps[item->n_steps++] = (RaiDemoPriceStep){ day, factor };
  }
}

/* Some came within the two years, a few in the last weeks; some are gone. */
static void
choose_life (RaiDemoItem *item, RaiDay first_day, RaiDay through, RaiRandom *random) {
  item->first_day = item->last_day = RAI_DAY_NONE;
  double fate = rai_random_double (random);
  if (fate < 0.05)
    item->first_day =
        first_day + 60 + (int) rai_random_below (random, (uint32_t) (through - first_day - 100));
  else if (fate < 0.07)
    item->first_day = through - 10 - (int) rai_random_below (random, 45);
  else if (fate < 0.1)
    item->last_day =
        first_day + 120 + (int) rai_random_below (random, (uint32_t) (through - first_day - 150));
}

static void
make_item (RaiDemoWorld *world, int index, RaiRandom *random) {
  RaiDemoItem *item = &world->items[index];
  item->goods = world->goods->pdata[index];

  const RaiDemoFamily *family = item->goods->family;
  item->supplier = rai_demo_supplier_index (family->supplier);

  /* Dear goods and further brands sell less; a few of a kind sell most. */
  item->weight = family->weight * exp (0.72 * rai_random_normal (random)) /
                 sqrt ((double) item->goods->price / 150);
  if (strchr (item->goods->name, ',') != NULL)
    item->weight *= 0.65;

  item->elasticity =
      rai_demo_departments[family->department].promotion * rai_random_between (random, 0.7, 1.3);
  item->line_quantity = choose_line_quantity (item->goods);

  double margin =
      rai_demo_departments[family->department].margin + rai_random_between (random, -0.05, 0.05);
  item->cost = MAX (1, llround ((double) item->goods->price * (1 - margin)));
  choose_steps (item, world->first_day, world->through, random);
  choose_life (item, world->first_day, world->through, random);
}

/* So that a shop of size 1 has the wanted lines a day over all its goods. */
static void
scale_weights (RaiDemoWorld *world, double lines_a_day, RaiRandom *random) {
  double sum = 0;
  for (int i = 0; i < world->n_items; i++)
    sum += world->items[i].weight;
  for (int i = 0; i < world->n_items; i++) {
    RaiDemoItem *item = &world->items[i];
    item->weight *= lines_a_day / sum;
    /* Nobody bakes what nobody buys: goods that spoil at once sell well, or are not kept. */
    if (item->goods->family->shelf_life > 0 && item->goods->family->shelf_life <= 5)
      item->weight = MAX (item->weight, 0.7);
    item->pack = choose_pack (item->goods, item->weight);
    bool lumpy = item->weight < 0.2 && rai_random_chance (random, 0.25);
    item->binomial_size = lumpy                ? 0.15
                          : item->weight < 0.1 ? 0.8
                                               : rai_random_between (random, 2.5, 9);
  }
}

static void
plan_promotions (RaiDemoWorld *world) {
  RaiRandom random = rai_random_new (world->seed, STREAM_PROMOTIONS);
  RaiDay monday = world->first_day - (rai_day_weekday (world->first_day) - 1) + 7;
  for (; monday <= world->through + PROMOTION_HORIZON_DAYS; monday += 7) {
    for (int i = 0; i < world->n_items; i++) {
      if (!rai_random_chance (&random, PROMOTED_SHARE))
        continue;
      RaiDemoPromotion promotion = { i, monday, monday + 5,
                                     0.15 + 0.05 * rai_random_below (&random, 5) };
      const RaiDemoItem *item = &world->items[i];
      bool sold = (item->first_day == RAI_DAY_NONE || item->first_day <= monday) &&
                  (item->last_day == RAI_DAY_NONE || item->last_day >= promotion.last_day);
      if (sold)
        g_array_append_val (world->promotions, promotion);
    }
  }
}

RaiDemoWorld *
rai_demo_world_new (bool full, uint64_t seed, RaiDay through) {
  RaiDemoWorld *world = g_new0 (RaiDemoWorld, 1);
  world->seed = seed;
  world->through = through;
  world->first_day = through - (full ? 730 : 400) + 1;
  world->horizon = through + HORIZON_DAYS;
  world->n_sites = full ? rai_demo_n_sites : 2;
  world->goods = rai_demo_catalogue_new (full ? 1150 : 120);
  world->n_items = (int) world->goods->len;
  world->items = g_new0 (RaiDemoItem, (size_t) world->n_items);
  world->promotions = g_array_new (FALSE, FALSE, sizeof (RaiDemoPromotion));

  RaiRandom random = rai_random_new (seed, STREAM_ITEMS);
  for (int i = 0; i < world->n_items; i++)
    make_item (world, i, &random);
  scale_weights (world, full ? 192 : 60, &random);
  plan_promotions (world);
  world->calendar = rai_demo_calendar_new (seed, world->first_day,
                                           world->horizon - world->first_day + 1, world->through);

  return world;
}

void
rai_demo_world_free (RaiDemoWorld *world) {
  if (world == NULL)
    return;
  rai_demo_calendar_free (world->calendar);
  g_array_unref (world->promotions);
  g_ptr_array_unref (world->goods);
  g_free (world->items);
  g_free (world);
}

bool
rai_demo_carries (const RaiDemoWorld *world, int site, int item) {
  RaiRandom random = rai_random_new (
      world->seed ^ ((uint64_t) (item * 64 + site) * 0x9e3779b97f4a7c15), STREAM_CARRIED);
  return rai_random_chance (&random, 0.95);
}

int64_t
rai_demo_price (const RaiDemoWorld *world, int site, int item, RaiDay day) {
  const RaiDemoItem *what = &world->items[item];
  double factor = 1;
  for (int i = 0; i < what->n_steps && what->steps[i].day <= day; i++)
    factor = what->steps[i].factor;
  return to_price ((double) what->goods->price * factor * rai_demo_sites[site].price);
}

int64_t
rai_demo_promotion_price (int64_t price, double discount) {
  return to_price ((double) price * (1 - discount));
}

double
rai_demo_season (const RaiDemoFamily *family, RaiDay day) {
  if (family->peak == 0)
    return 1;
  double away = abs (rai_day_of_year (day) - family->peak);
  away = MIN (away, 365 - away) / 24;
  return 1 + family->peak_height * exp (-0.5 * away * away);
}
