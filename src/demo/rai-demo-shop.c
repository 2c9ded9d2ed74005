/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "demo/rai-demo-shop.h"

#include "util/rai-decimal.h"
#include "util/rai-random.h"

#include <math.h>
#include <string.h>

#define BATCHES 32 /* goods that keep longer than this are not followed by age */
#define ORDERS_KEPT_DAYS 28
#define LINES_A_RECEIPT 3.8
#define INFLATION 0.03

/* An item on this shop's shelves. Quantities are thousandths. */
typedef struct {
  bool carried;
  double level;    /* how well it sells here */
  double walk;     /* slow drift of the level, logarithm */
  double rate;     /* the manager's idea of a day's units */
  double habit;    /* how generously it is ordered: 1 is right */
  int64_t price;   /* today's list price */
  int64_t paid;    /* what a unit costs the customer today */
  double response; /* of demand to today's price */
  int64_t on_hand;
  int64_t on_order;
  int64_t sold;             /* since the demo's first day */
  int64_t batches[BATCHES]; /* by day of expiry modulo BATCHES */
  RaiDay forgotten_from;    /* nobody orders it from this day on; RAI_DAY_NONE */
  RaiDay overdone; /* ordered far too much on the first order after this day; RAI_DAY_NONE */
} Shelf;

struct _RaiDemoShop {
  const RaiDemoWorld *world;
  int site;
  RaiDay tracked_from;
  RaiRandom random;
  Shelf *shelves;
  GArray *promoted; /* RaiDemoPromotion that run today */
  unsigned next_promotion;
  GPtrArray *orders;
  int n_orders;
  int talked_about; /* the item that sells far more than usual on the last day; -1: none */
  double department_factors[16];
  RaiDemoShopDay day;
};

static void
free_order (void *data) {
  RaiDemoOrder *order = data;
  g_array_unref (order->lines);
  g_free (order);
}

static bool
keeps (const RaiDemoItem *item) {
  return item->goods->family->shelf_life == 0 || item->goods->family->shelf_life >= BATCHES;
}

static bool
on_sale (const RaiDemoItem *item, RaiDay day) {
  return (item->first_day == RAI_DAY_NONE || item->first_day <= day) &&
         (item->last_day == RAI_DAY_NONE || day <= item->last_day);
}

/* ---- Stock ---- */

static void
put_in (RaiDemoShop *shop, int index, int64_t quantity, RaiDay day) {
  const RaiDemoItem *item = &shop->world->items[index];
  Shelf *shelf = &shop->shelves[index];
  shelf->on_hand += quantity;
  if (!keeps (item))
    shelf->batches[(day + item->goods->family->shelf_life) % BATCHES] += quantity;
}

/* Takes from what expires first. */
static void
take_out (RaiDemoShop *shop, int index, int64_t quantity, RaiDay day) {
  Shelf *shelf = &shop->shelves[index];
  shelf->on_hand -= quantity;
  if (keeps (&shop->world->items[index]))
    return;
  for (int ahead = 0; ahead < BATCHES && quantity > 0; ahead++) {
    int64_t *batch = &shelf->batches[(day + ahead) % BATCHES];
    int64_t taken = MIN (*batch, quantity);
    *batch -= taken;
    quantity -= taken;
  }
}

static void
note_movement (RaiDemoShop *shop, RaiDemoMovement movement, RaiDay day) {
  if (day >= shop->tracked_from)
    g_array_append_val (shop->day.movements, movement);
}

static void
throw_away (RaiDemoShop *shop, int index, int64_t quantity, RaiDay day) {
  take_out (shop, index, quantity, day);
  note_movement (
      shop,
      (RaiDemoMovement){ RAI_MOVEMENT_WASTE, index, 20 * 3600 + 1800 + index, -quantity, 0, -1 },
      day);
}

/* On a closed day nobody is there to look: it waits for the next. */
static void
leave_spoiled (RaiDemoShop *shop, RaiDay day) {
  for (int i = 0; i < shop->world->n_items; i++) {
    int64_t *batches = shop->shelves[i].batches;
    batches[(day + 1) % BATCHES] += batches[day % BATCHES];
    batches[day % BATCHES] = 0;
  }
}

static void
throw_spoiled_away (RaiDemoShop *shop, RaiDay day) {
  for (int i = 0; i < shop->world->n_items; i++) {
    const RaiDemoItem *item = &shop->world->items[i];
    Shelf *shelf = &shop->shelves[i];
    if (!shelf->carried || shelf->on_hand == 0)
      continue;
    if (item->last_day != RAI_DAY_NONE && item->last_day <= day)
      throw_away (shop, i, shelf->on_hand, day);
    else if (!keeps (item) && shelf->batches[day % BATCHES] > 0)
      throw_away (shop, i, shelf->batches[day % BATCHES], day);
  }
}

/* ---- Orders ---- */

static void
receive (RaiDemoShop *shop, RaiDemoOrder *order, RaiDay day) {
  order->received = true;
  for (unsigned i = 0; i < order->lines->len; i++) {
    const RaiDemoOrderLine *line = &g_array_index (order->lines, RaiDemoOrderLine, i);
    shop->shelves[line->item].on_order -= line->quantity;
    put_in (shop, line->item, line->quantity, day);
    int second = 6 * 3600 + order->supplier * 120 + (int) i;
    RaiDemoMovement movement = { RAI_MOVEMENT_RECEIVE, line->item,      second, line->quantity, 0,
                                 order->number,        order->order_day };
    note_movement (shop, movement, day);
  }
}

static void
receive_deliveries (RaiDemoShop *shop, RaiDay day) {
  for (unsigned i = 0; i < shop->orders->len;) {
    RaiDemoOrder *order = shop->orders->pdata[i];
    if (!order->received && order->delivery_day <= day)
      receive (shop, order, day);
    if (order->received && order->order_day < shop->world->through - ORDERS_KEPT_DAYS)
      g_ptr_array_remove_index (shop->orders, i);
    else
      i++;
  }
}

static int
days_to_next_order (const RaiDemoSupplier *supplier, RaiDay day) {
  for (int ahead = 1; ahead < 7; ahead++)
    if ((supplier->order_weekdays >> (rai_day_weekday (day + ahead) - 1)) & 1)
      return ahead;
  return 7;
}

/* Days ahead, closed ones left out. */
static int
open_days (const RaiDemoShop *shop, RaiDay day, int ahead) {
  int n = 0;
  for (int i = 1; i <= ahead; i++)
    n += !rai_demo_calendar_day (shop->world->calendar, shop->site,
                                 MIN (day + i, shop->world->horizon))
              ->closed;
  return MAX (n, 1);
}

/* What the manager expects the goods to need on the day of the delivery and after it, against the
 * average day. */
static double
outlook (const RaiDemoShop *shop, int index, RaiDay day, int days) {
  const RaiDemoItem *item = &shop->world->items[index];
  double factor = 1;
  if (days <= 2)
    factor = rai_demo_departments[item->goods->family->department]
                 .weekday[rai_day_weekday (day + days) - 1];

  for (unsigned i = shop->next_promotion; i < shop->world->promotions->len; i++) {
    const RaiDemoPromotion *next = &g_array_index (shop->world->promotions, RaiDemoPromotion, i);
    if (next->first_day > day + 7)
      break;
    if (next->item == index)
      factor *= 1.7;
  }

  return factor;
}

static int64_t
whole_units (double units) {
  return llround (units) * 1000;
}

/* The line for one item; quantity 0 when nothing is wanted. */
static RaiDemoOrderLine
consider (RaiDemoShop *shop, int index, RaiDay day, int review) {
  const RaiDemoItem *item = &shop->world->items[index];
  Shelf *shelf = &shop->shelves[index];

  int shelf_life = item->goods->family->shelf_life;
  int cover = rai_demo_suppliers[item->supplier].lead_days + review;
  RaiDemoOrderLine line = { .item = index, .on_hand = shelf->on_hand, .on_order = shelf->on_order };
  double days = open_days (shop, day, cover);

  /* What is left of goods that will have spoiled by then does not count. */
  int64_t usable = shelf->on_hand;
  if (shelf_life > 0 && shelf_life <= 3)
    usable = MAX (0, usable - shelf->batches[(day + 1) % BATCHES]);

  double ahead = shelf_life > 0 && shelf_life <= 3 ? 1 : days;
  double demand =
      shelf->rate * ahead * outlook (shop, index, day, (int) MIN (cover, 2)) * shelf->habit;
  double spread =
      sqrt (shelf->rate * item->line_quantity * ahead * 1.3) + 0.2 * shelf->rate * sqrt (ahead);
  double safety = (keeps (item) ? 1.35 : shelf_life > 5 ? 1.1 : 0.75) * spread * shelf->habit;
  double extra = keeps (item) ? shelf->rate * 9 : shelf_life >= 10 ? shelf->rate * 1.5 : 0;

  if (shelf->overdone != RAI_DAY_NONE && day >= shelf->overdone) {
    extra += shelf->rate * 90;
    shelf->overdone = RAI_DAY_NONE;
  }

  double position = (double) (usable + shelf->on_order) / 1000;
  line.demand = whole_units (demand);
  line.safety = whole_units (safety + extra);
  line.cover_days = cover;
  if (position >= demand + safety)
    return line;

  double wanted = (demand + safety + extra - position) * 1000;
  double packs = wanted / (double) item->pack;
  line.quantity =
      (int64_t) (keeps (item) ? ceil (packs) : MAX (round (packs), usable + shelf->on_order == 0)) *
      item->pack;

  return line;
}

static RaiDay
delivery_day (RaiDemoShop *shop, const RaiDemoSupplier *supplier, RaiDay day) {
  RaiDay delivery =
      day + supplier->lead_days + rai_random_chance (&shop->random, supplier->lead_spread * 0.3);
  while (delivery < shop->world->horizon &&
         rai_demo_calendar_day (shop->world->calendar, shop->site, delivery)->closed)
    delivery++;
  return delivery;
}

static bool
is_ordered (const RaiDemoShop *shop, int index, int supplier, RaiDay day) {
  const RaiDemoItem *item = &shop->world->items[index];
  const Shelf *shelf = &shop->shelves[index];
  return shelf->carried && item->supplier == supplier && on_sale (item, day) &&
         (item->last_day == RAI_DAY_NONE || day < item->last_day - 20) &&
         (shelf->forgotten_from == RAI_DAY_NONE || day < shelf->forgotten_from);
}

static void
order_from (RaiDemoShop *shop, int index, RaiDay day) {
  const RaiDemoSupplier *supplier = &rai_demo_suppliers[index];
  int review = days_to_next_order (supplier, day);
  g_autoptr (GArray) lines = g_array_new (FALSE, FALSE, sizeof (RaiDemoOrderLine));

  int64_t total = 0;
  for (int i = 0; i < shop->world->n_items; i++) {
    if (!is_ordered (shop, i, index, day))
      continue;
    RaiDemoOrderLine line = consider (shop, i, day, review);
    if (line.quantity <= 0)
      continue;
    g_array_append_val (lines, line);
    total += line.quantity / 1000 * shop->world->items[i].cost;
  }

  if (total == 0 || total < supplier->minimum_order / 4)
    return;

  RaiDemoOrder *order = g_new0 (RaiDemoOrder, 1);
  order->number = shop->n_orders++;
  order->supplier = index;
  order->order_day = day;
  order->delivery_day = delivery_day (shop, supplier, day);
  order->lines = g_steal_pointer (&lines);

  for (unsigned i = 0; i < order->lines->len; i++) {
    const RaiDemoOrderLine *line = &g_array_index (order->lines, RaiDemoOrderLine, i);
    shop->shelves[line->item].on_order += line->quantity;
  }

  g_ptr_array_add (shop->orders, order);
}

static void
place_orders (RaiDemoShop *shop, RaiDay day) {
  for (int i = 0; i < rai_demo_n_suppliers; i++)
    if ((rai_demo_suppliers[i].order_weekdays >> (rai_day_weekday (day) - 1)) & 1)
      order_from (shop, i, day);
}

/* ---- Prices ---- */

static void
set_response (RaiDemoShop *shop, int index, RaiDay day, bool promoted) {
  const RaiDemoItem *item = &shop->world->items[index];
  Shelf *shelf = &shop->shelves[index];
  double years = (day - shop->world->first_day) / 365.0;
  double usual =
      (double) item->goods->price * rai_demo_sites[shop->site].price * (1 + INFLATION * years);
  double response = pow ((double) shelf->paid / usual, -item->elasticity) * (promoted ? 1.15 : 1);
  shelf->response = CLAMP (response, 0.3, 6);
}

static void
set_prices (RaiDemoShop *shop, RaiDay day) {
  bool monday = rai_day_weekday (day) == 1;
  for (int i = 0; i < shop->world->n_items && (monday || day == shop->world->first_day); i++) {
    Shelf *shelf = &shop->shelves[i];
    shelf->paid = shelf->price = rai_demo_price (shop->world, shop->site, i, day);
    set_response (shop, i, day, false);
    shelf->walk = 0.97 * shelf->walk + 0.035 * rai_random_normal (&shop->random);
  }

  for (unsigned i = 0; i < shop->promoted->len;) {
    const RaiDemoPromotion *promotion = &g_array_index (shop->promoted, RaiDemoPromotion, i);
    if (promotion->last_day >= day) {
      i++;
      continue;
    }
    shop->shelves[promotion->item].paid = shop->shelves[promotion->item].price;
    set_response (shop, promotion->item, day, false);
    g_array_remove_index (shop->promoted, i);
  }

  for (; shop->next_promotion < shop->world->promotions->len; shop->next_promotion++) {
    RaiDemoPromotion next =
        g_array_index (shop->world->promotions, RaiDemoPromotion, shop->next_promotion);
    if (next.first_day > day)
      break;
    Shelf *shelf = &shop->shelves[next.item];
    shelf->paid = rai_demo_promotion_price (shelf->price, next.discount);
    set_response (shop, next.item, day, true);
    g_array_append_val (shop->promoted, next);
  }
}

/* ---- Customers ---- */

static void
set_department_factors (RaiDemoShop *shop, RaiDay day, const RaiDemoDay *what) {
  const RaiDemoSite *site = &rai_demo_sites[shop->site];
  double years = (day - shop->world->first_day) / 365.0;
  for (int d = 0; d < rai_demo_n_departments; d++) {
    const RaiDemoDepartment *department = &rai_demo_departments[d];
    shop->department_factors[d] = site->size * department->weekday[rai_day_weekday (day) - 1] *
                                  what->traffic * (1 + department->festive * what->festive) *
                                  exp (site->trend * years);
  }

  /* A freezer breaks down on the last day: something to find in the morning. */
  if (day == shop->world->through && shop->site == 1)
    shop->department_factors[5] *= 0.25;
}

/* Expected receipt lines of an item today. */
static double
expected_lines (const RaiDemoShop *shop, int index, RaiDay day, const RaiDemoDay *what) {
  const RaiDemoItem *item = &shop->world->items[index];
  const RaiDemoFamily *family = item->goods->family;
  const Shelf *shelf = &shop->shelves[index];
  double mean = item->weight * shelf->level * shop->department_factors[family->department] *
                shelf->response * rai_demo_season (family, day) *
                exp (shelf->walk + family->heat * (what->temperature - 10.5));

  /* Somebody talked about it. */
  if (day == shop->world->through && index == shop->talked_about)
    mean *= 4.5;

  return mean;
}

static int64_t
line_quantity (RaiDemoShop *shop, const RaiDemoItem *item) {
  if (strcmp (item->goods->unit, "kg") == 0) {
    double kg = item->line_quantity * exp (0.45 * rai_random_normal (&shop->random));
    return llround (CLAMP (kg, 0.1, 3) * 200) * 5;
  }

  double more = (item->line_quantity - 1) / item->line_quantity;
  int units = 1;
  while (units < 24 && rai_random_chance (&shop->random, more))
    units++;

  return units * 1000;
}

static void
sell (RaiDemoShop *shop, int index, RaiDay day, const RaiDemoDay *what) {
  const RaiDemoItem *item = &shop->world->items[index];
  Shelf *shelf = &shop->shelves[index];

  double mean = expected_lines (shop, index, day, what);
  shelf->rate += 0.1 * (mean * item->line_quantity - shelf->rate);

  int lines = rai_random_negative_binomial (&shop->random, mean, item->binomial_size);
  int64_t wanted = 0, sold = 0;
  bool empty = shelf->on_hand == 0;

  for (int i = 0; i < lines; i++) {
    int64_t quantity = line_quantity (shop, item);
    wanted += quantity;
    quantity = MIN (quantity, shelf->on_hand);
    if (quantity == 0)
      continue;
    RaiDemoSale sale = { .item = index, .quantity = quantity };
    sale.amount = rai_mul_div (shelf->paid, quantity, RAI_QUANTITY_ONE);
    g_array_append_val (shop->day.sales, sale);
    take_out (shop, index, quantity, day);
    sold += quantity;
  }

  shelf->sold += sold;
  if (empty || sold < wanted) {
    RaiDemoOut out = { index, empty ? 1000 : (int) MAX (50, (wanted - sold) * 1000 / wanted) };
    g_array_append_val (shop->day.outs, out);
  }
}

static int
compare_ints (const void *a, const void *b) {
  return *(const int *) a - *(const int *) b;
}

/* A customer's second of the day: before work, at noon, after work. */
static int
arrival (RaiDemoShop *shop) {
  double kind = rai_random_double (&shop->random);
  double hour = kind < 0.25   ? 8.7 + 1.0 * rai_random_normal (&shop->random)
                : kind < 0.55 ? 12.0 + 1.3 * rai_random_normal (&shop->random)
                              : 17.2 + 1.5 * rai_random_normal (&shop->random);
  return (int) (CLAMP (hour, 7, 19.99) * 3600);
}

/* Shuffles the day's lines into baskets and gives each basket its time. */
static void
fill_baskets (RaiDemoShop *shop) {
  GArray *sales = shop->day.sales;
  for (unsigned i = sales->len; i > 1; i--) {
    unsigned j = rai_random_below (&shop->random, i);
    RaiDemoSale sale = g_array_index (sales, RaiDemoSale, i - 1);
    g_array_index (sales, RaiDemoSale, i - 1) = g_array_index (sales, RaiDemoSale, j);
    g_array_index (sales, RaiDemoSale, j) = sale;
  }

  int receipt = 0;
  for (unsigned i = 0; i < sales->len; i++) {
    g_array_index (sales, RaiDemoSale, i).receipt = receipt;
    receipt += rai_random_chance (&shop->random, 1 / LINES_A_RECEIPT);
  }

  g_autofree int *seconds = g_new (int, (size_t) receipt + 1);
  for (int i = 0; i <= receipt; i++)
    seconds[i] = arrival (shop);
  qsort (seconds, (size_t) receipt + 1, sizeof *seconds, compare_ints);

  for (unsigned i = 0; i < sales->len; i++) {
    RaiDemoSale *sale = &g_array_index (sales, RaiDemoSale, i);
    sale->second = seconds[sale->receipt];
  }
}

static void
open_doors (RaiDemoShop *shop, RaiDay day, const RaiDemoDay *what) {
  set_department_factors (shop, day, what);
  for (int i = 0; i < shop->world->n_items; i++)
    if (shop->shelves[i].carried && on_sale (&shop->world->items[i], day))
      sell (shop, i, day, what);
  fill_baskets (shop);
}

/* ---- The shop ---- */

static void
set_up_shelf (RaiDemoShop *shop, int index) {
  const RaiDemoWorld *world = shop->world;
  const RaiDemoItem *item = &world->items[index];
  Shelf *shelf = &shop->shelves[index];

  RaiRandom *random = &shop->random;
  shelf->carried = rai_demo_carries (world, shop->site, index);
  shelf->level = exp (0.3 * rai_random_normal (random));
  shelf->rate = item->weight * item->line_quantity * rai_demo_sites[shop->site].size * shelf->level;
  shelf->habit = exp (0.16 * rai_random_normal (random));
  shelf->forgotten_from = shelf->overdone = RAI_DAY_NONE;

  double fate = rai_random_double (random);
  int days_ago = 4 + (int) rai_random_below (random, 12);

  /* A small retailer has its share of trouble too. */
  double often = world->n_items < 500 ? 2.5 : 1;
  if (fate < 0.015 * often)
    shelf->forgotten_from = world->through - days_ago;
  else if (fate < 0.045 * often && keeps (item))
    shelf->overdone = world->through - 2 * days_ago - 14;
}

/* The first goods on a shelf: on the first day, or when the item is new. */
static void
stock_up (RaiDemoShop *shop, int index, RaiDay day) {
  const RaiDemoItem *item = &shop->world->items[index];
  const Shelf *shelf = &shop->shelves[index];
  double days = keeps (item) ? 21 : MIN (item->goods->family->shelf_life, 5);
  int64_t packs = (int64_t) ceil (MAX (shelf->rate * days, 1) * 1000 / (double) item->pack);

  put_in (shop, index, packs * item->pack, day);
  RaiDemoMovement movement = { RAI_MOVEMENT_RECEIVE, index, 5 * 3600 + 1800 + index,
                               packs * item->pack,   0,     -1 };

  if (day > shop->tracked_from)
    note_movement (shop, movement, day);
}

static void
open_ledger (RaiDemoShop *shop, RaiDay day) {
  for (int i = 0; i < shop->world->n_items; i++) {
    const Shelf *shelf = &shop->shelves[i];
    RaiDemoMovement movement = { RAI_MOVEMENT_OPENING, i, 5 * 3600, shelf->on_hand + shelf->sold,
                                 shelf->on_hand,       -1 };
    RaiDay first_day = shop->world->items[i].first_day;
    if (shelf->carried && (first_day == RAI_DAY_NONE || first_day <= day))
      note_movement (shop, movement, day);
  }
}

/* What sells best of the goods that keep. */
static int
favourite (const RaiDemoShop *shop) {
  int best = -1;
  for (int i = 0; i < shop->world->n_items; i++) {
    const RaiDemoItem *item = &shop->world->items[i];
    if (shop->shelves[i].carried && keeps (item) && on_sale (item, shop->world->through) &&
        (best < 0 || shop->shelves[i].rate > shop->shelves[best].rate))
      best = i;
  }
  return best;
}

RaiDemoShop *
rai_demo_shop_new (const RaiDemoWorld *world, int site, RaiDay tracked_from) {
  RaiDemoShop *shop = g_new0 (RaiDemoShop, 1);
  shop->world = world;
  shop->site = site;
  shop->tracked_from = tracked_from;
  shop->random = rai_random_new (world->seed, 2000 + (uint64_t) site);
  shop->shelves = g_new0 (Shelf, (size_t) world->n_items);
  shop->promoted = g_array_new (FALSE, FALSE, sizeof (RaiDemoPromotion));
  shop->orders = g_ptr_array_new_with_free_func (free_order);
  shop->day.sales = g_array_new (FALSE, TRUE, sizeof (RaiDemoSale));
  shop->day.movements = g_array_new (FALSE, TRUE, sizeof (RaiDemoMovement));
  shop->day.outs = g_array_new (FALSE, TRUE, sizeof (RaiDemoOut));
  for (int i = 0; i < world->n_items; i++)
    set_up_shelf (shop, i);

  shop->talked_about = site % 3 == 0 ? favourite (shop) : -1;
  return shop;
}

void
rai_demo_shop_free (RaiDemoShop *shop) {
  if (shop == NULL)
    return;
  g_array_unref (shop->day.sales);
  g_array_unref (shop->day.movements);
  g_array_unref (shop->day.outs);
  g_ptr_array_unref (shop->orders);
  g_array_unref (shop->promoted);
  g_free (shop->shelves);
  g_free (shop);
}

const RaiDemoShopDay *
rai_demo_shop_live (RaiDemoShop *shop, RaiDay day) {
  const RaiDemoDay *what = rai_demo_calendar_day (shop->world->calendar, shop->site, day);
  g_array_set_size (shop->day.sales, 0);
  g_array_set_size (shop->day.movements, 0);
  g_array_set_size (shop->day.outs, 0);

  for (int i = 0; i < shop->world->n_items; i++) {
    RaiDay first_day = shop->world->items[i].first_day;
    if (shop->shelves[i].carried &&
        day == (first_day == RAI_DAY_NONE ? shop->world->first_day : first_day))
      stock_up (shop, i, day);
  }

  if (day == shop->tracked_from)
    open_ledger (shop, day);
  set_prices (shop, day);

  if (!what->closed) {
    receive_deliveries (shop, day);
    open_doors (shop, day, what);
  }

  if (what->closed) {
    leave_spoiled (shop, day);
  } else {
    throw_spoiled_away (shop, day);
    place_orders (shop, day);
  }

  return &shop->day;
}

const GPtrArray *
rai_demo_shop_orders (const RaiDemoShop *shop) {
  return shop->orders;
}

int64_t
rai_demo_shop_on_hand (const RaiDemoShop *shop, int item) {
  return shop->shelves[item].on_hand;
}

int64_t
rai_demo_shop_on_order (const RaiDemoShop *shop, int item) {
  return shop->shelves[item].on_order;
}

bool
rai_demo_shop_carries (const RaiDemoShop *shop, int item) {
  return shop->shelves[item].carried;
}
