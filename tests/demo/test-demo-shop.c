/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "demo/rai-demo-shop.h"

typedef struct {
  int64_t lines[3];   /* on days of offers, on other days, in all */
  int64_t offer_days; /* item-days */
  int64_t other_days;
} Counts;

static bool
on_offer (const RaiDemoWorld *world, int item, RaiDay day) {
  for (unsigned i = 0; i < world->promotions->len; i++) {
    const RaiDemoPromotion *promotion = &g_array_index (world->promotions, RaiDemoPromotion, i);
    if (promotion->item == item && promotion->first_day <= day && day <= promotion->last_day)
      return true;
  }
  return false;
}

/* On hand follows from what came, was sold and was thrown away, day by day, and never falls below
 * nothing. */
static void
test_ledger (void) {
  g_autoptr (RaiDemoWorld) world = rai_demo_world_new (false, 11, rai_day_from_ymd (2026, 6, 30));
  g_autoptr (RaiDemoShop) shop = rai_demo_shop_new (world, 1, world->first_day);

  g_autofree int64_t *ledger = g_new0 (int64_t, world->n_items);
  for (RaiDay day = world->first_day; day <= world->through; day++) {
    const RaiDemoShopDay *lived = rai_demo_shop_live (shop, day);
    for (unsigned i = 0; i < lived->movements->len; i++) {
      const RaiDemoMovement *movement = &g_array_index (lived->movements, RaiDemoMovement, i);
      ledger[movement->item] += movement->quantity;
    }
    for (unsigned i = 0; i < lived->sales->len; i++) {
      const RaiDemoSale *sale = &g_array_index (lived->sales, RaiDemoSale, i);
      ledger[sale->item] -= sale->quantity;
    }
    for (int item = 0; item < world->n_items; item++) {
      g_assert_cmpint (rai_demo_shop_on_hand (shop, item), ==, ledger[item]);
      g_assert_cmpint (ledger[item], >=, 0);
      g_assert_cmpint (rai_demo_shop_on_order (shop, item), >=, 0);
    }
  }
}

static void
test_promotions_sell (void) {
  g_autoptr (RaiDemoWorld) world = rai_demo_world_new (false, 12, rai_day_from_ymd (2026, 6, 30));
  g_autoptr (RaiDemoShop) shop = rai_demo_shop_new (world, 0, world->first_day);
  Counts counts = { 0 };

  for (RaiDay day = world->first_day; day <= world->through; day++) {
    const RaiDemoShopDay *lived = rai_demo_shop_live (shop, day);
    for (unsigned i = 0; i < lived->sales->len; i++)
      counts.lines[on_offer (world, g_array_index (lived->sales, RaiDemoSale, i).item, day) ? 0
                                                                                            : 1]++;
    for (int item = 0; item < world->n_items; item++)
      *(on_offer (world, item, day) ? &counts.offer_days : &counts.other_days) +=
          rai_demo_shop_carries (shop, item);
  }

  double with_offer = (double) counts.lines[0] / (double) counts.offer_days;
  double without = (double) counts.lines[1] / (double) counts.other_days;
  g_assert_cmpfloat (with_offer, >, 1.3 * without);

  /* Offers of the weeks to come are known. */
  const RaiDemoPromotion *last =
      &g_array_index (world->promotions, RaiDemoPromotion, world->promotions->len - 1);

  g_assert_cmpint (last->first_day, >, world->through + 14);
}

static void
test_prices (void) {
  g_autoptr (RaiDemoWorld) world = rai_demo_world_new (true, 1, rai_day_from_ymd (2026, 6, 30));
  int changes = 0, carried = 0;
  for (int item = 0; item < world->n_items; item++) {
    changes += world->items[item].n_steps - 1;
    for (int site = 0; site < world->n_sites; site++) {
      int64_t price = rai_demo_price (world, site, item, world->through);
      carried += rai_demo_carries (world, site, item);
      g_assert_cmpint (rai_demo_promotion_price (price, 0.3), <, price);
      g_assert_cmpint (price, >, world->items[item].cost / 2);
    }
  }

  g_assert_cmpint (changes, >, world->n_items / 2);
  g_assert_cmpint (carried, >, 10 * 1000);
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/demo-shop/ledger", test_ledger);
  g_test_add_func ("/demo-shop/promotions-sell", test_promotions_sell);
  g_test_add_func ("/demo-shop/prices", test_prices);
  return g_test_run ();
}
