/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "planner/rai-site-plan.h"

#include "core/rai-movement.h"
#include "core/rai-order.h"
#include "inventory/rai-class.h"
#include "planner/rai-site-days.h"

#include <math.h>

/* Days ahead of which demand is averaged, and on which a store that is all closed has no plan. */
#define OUTLOOK_DAYS 28
/* Fewer units a day than this is no demand: one in eight weeks. An item like that is not missed on
 * the shelf. */
#define NO_DEMAND (1 / 56.0)
/* Days of the calendar that deliveries look at: four months, longer than a lead time and the way to
 * the order after it usually are; days beyond count as open. */
#define CALENDAR_DAYS 120
/* So many open days without any sales at all, and what is on the shelves is not known any more; nor
 * is what was counted longer ago than that. */
#define MISSING_DAYS_MAX 14
/* A weekday without sales for so long is one on which the store is closed. */
#define HABIT_DAYS 56
/* Days before the newest sales that opening days are judged by: the same, some holidays, and a year
 * that the store was shut for. */
#define JUDGED_DAYS (HABIT_DAYS + 28 + 366)

static void
clear_item (void *data) {
  rai_forecast_row_clear (&((RaiPlannedItem *) data)->forecast);
}

void
rai_site_plan_free (RaiSitePlan *plan) {
  if (plan == NULL)
    return;
  g_array_unref (plan->items);
  g_array_unref (plan->arrivals);
  g_array_unref (plan->batches);
  g_free (plan);
}

static RaiPlannedItem *
item_at (const RaiSitePlan *plan, size_t i) {
  return &g_array_index (plan->items, RaiPlannedItem, i);
}

/* The item of that id, from *i on; both are sorted by id. NULL: there is none. */
static RaiPlannedItem *
seek (const RaiSitePlan *plan, size_t *i, int64_t id) {
  while (*i < plan->items->len && item_at (plan, *i)->item_id < id)
    (*i)++;
  return *i < plan->items->len && item_at (plan, *i)->item_id == id ? item_at (plan, *i) : NULL;
}

static bool
read_stock (RaiSitePlan *plan, RaiDb *db, const RaiCatalogue *catalogue, GError **error) {
  RaiStatement *statement = rai_db_prepare (
      db,
      "SELECT item_id, on_hand, tracked, quantity_28, revenue_28, revenue_365 FROM stock "
      "WHERE site_id = ?1 ORDER BY item_id",
      error);

  if (statement == NULL)
    return false;
  rai_statement_bind_int (statement, 1, plan->site->id);

  RaiStep step;
  while ((step = rai_statement_step (statement, error)) == RAI_STEP_ROW) {
    RaiPlannedItem item = { .item_id = rai_statement_int (statement, 0) };
    item.item = rai_catalogue_item (catalogue, item.item_id);
    item.supplier =
        item.item != NULL ? rai_catalogue_supplier (catalogue, item.item->supplier_id) : NULL;
    item.on_hand = rai_statement_int (statement, 1);
    item.tracked = rai_statement_int (statement, 2) != 0;
    item.quantity_28 = rai_statement_int (statement, 3);
    item.revenue_28 = rai_statement_int (statement, 4);
    item.revenue_365 = rai_statement_int (statement, 5);
    plan->revenue_day += MAX (0, item.revenue_28) / 28;
    g_array_append_val (plan->items, item);
  }

  rai_statement_reset (statement);
  return step == RAI_STEP_DONE;
}

/* The days from today on of a forecast that may have begun earlier: past its horizon its last week
 * goes on. */
static RaiDailyDemand
from_today (const RaiForecastRow *row, RaiDay today, bool pieces) {
  const RaiForecastNumbers *numbers = &row->numbers;
  size_t skip = (size_t) CLAMP (today - row->first_day, 0, 100000);
  while (skip > 0 && skip + 7 > numbers->horizon)
    skip -= MIN (skip, 7);

  return (RaiDailyDemand){ .means = numbers->means + skip,
                           .quantiles = numbers->quantiles + skip * RAI_N_QUANTILES,
                           .horizon = numbers->horizon - skip,
                           .pieces = pieces,
                           .dispersion = numbers->dispersion,
                           .n_dispersion = numbers->dispersion != NULL ? numbers->horizon : 0 };
}

static bool
read_forecasts (RaiSitePlan *plan, RaiDb *db, GError **error) {
  RaiStatement *statement =
      rai_db_prepare (db,
                      "SELECT node_id, first_day, horizon, means, quantiles, part_names, parts, "
                      "dispersion FROM forecast "
                      "WHERE site_id = ?1 AND level = ?2 ORDER BY node_id",
                      error);

  if (statement == NULL)
    return false;
  rai_statement_bind_int (statement, 1, plan->site->id);
  rai_statement_bind_text (statement, 2, rai_forecast_level_id (RAI_LEVEL_ITEM));

  size_t i = 0;
  RaiStep step;
  while ((step = rai_statement_step (statement, error)) == RAI_STEP_ROW) {
    int64_t id = rai_statement_int (statement, 0);
    RaiPlannedItem *item = seek (plan, &i, id);
    if (item == NULL)
      continue;
    item->forecast.node = (RaiForecastNode){ RAI_LEVEL_ITEM, plan->site->id, id };
    item->has_forecast = rai_forecast_row_read (&item->forecast, statement);
  }

  rai_statement_reset (statement);
  return step == RAI_STEP_DONE;
}

/* What was sold today is neither history nor still to be sold. */
static bool
read_sold_today (RaiSitePlan *plan, RaiDb *db, GError **error) {
  RaiStatement *statement =
      rai_db_prepare (db,
                      "SELECT item_id, SUM(quantity) FROM item_day WHERE site_id = ?1 AND day >= "
                      "?2 AND quantity > 0 GROUP BY item_id ORDER BY item_id",
                      error);
  if (statement == NULL)
    return false;
  rai_statement_bind_int (statement, 1, plan->site->id);
  rai_statement_bind_int (statement, 2, plan->today);

  size_t i = 0;
  RaiStep step;
  while ((step = rai_statement_step (statement, error)) == RAI_STEP_ROW) {
    RaiPlannedItem *item = seek (plan, &i, rai_statement_int (statement, 0));
    if (item != NULL)
      item->sold_today = rai_statement_int (statement, 1);
  }

  rai_statement_reset (statement);
  return step == RAI_STEP_DONE;
}

/* What was counted lately is there, whatever was sold before. */
static bool
read_counted (RaiSitePlan *plan, RaiDb *db, GError **error) {
  RaiStatement *statement =
      rai_db_prepare (db,
                      "SELECT DISTINCT item_id FROM movement WHERE site_id = ?1 AND day >= ?2 AND "
                      "kind = ?3 ORDER BY item_id",
                      error);
  if (statement == NULL)
    return false;
  rai_statement_bind_int (statement, 1, plan->site->id);
  rai_statement_bind_int (statement, 2, plan->today - MISSING_DAYS_MAX);
  rai_statement_bind_text (statement, 3, rai_movement_kind_id (RAI_MOVEMENT_COUNT));

  size_t i = 0;
  RaiStep step;
  while ((step = rai_statement_step (statement, error)) == RAI_STEP_ROW) {
    RaiPlannedItem *item = seek (plan, &i, rai_statement_int (statement, 0));
    if (item != NULL)
      item->counted = true;
  }

  rai_statement_reset (statement);
  return step == RAI_STEP_DONE;
}

/* Whether somebody has taken up what was never sold anywhere. */
static bool
read_decisions (RaiSitePlan *plan, RaiDb *db, GError **error) {
  for (size_t i = 0; i < plan->items->len; i++) {
    RaiPlannedItem *item = item_at (plan, i);
    item->decided = item->item == NULL || item->item->sold;
    if (item->decided)
      continue;

    const int64_t key[] = { plan->site->id, item->item_id };
    int64_t found;
    if (!rai_db_get_int (
            db,
            "SELECT CASE WHEN EXISTS (SELECT 1 FROM movement WHERE site_id = ?1 AND "
            "item_id = ?2 AND quantity > 0) OR EXISTS (SELECT 1 FROM forecast_override "
            "WHERE site_id = ?1 AND item_id = ?2) THEN 1 ELSE 0 END",
            key, 2, 0, &found, error))
      return false;
    item->decided = found != 0;
  }

  return true;
}

/* What was approved, has not come yet and may still come. */
static bool
read_arrivals (RaiSitePlan *plan, RaiDb *db, GError **error) {
  RaiStatement *statement = rai_db_prepare (
      db,
      "SELECT l.item_id, o.delivery_day, l.quantity - l.received, s.lead_spread "
      "FROM purchase_order o JOIN order_line l ON l.order_id = o.id "
      "JOIN supplier s ON s.id = o.supplier_id WHERE o.site_id = ?1 AND o.status = ?2 "
      "AND l.quantity > l.received ORDER BY l.item_id, o.delivery_day",
      error);

  if (statement == NULL)
    return false;
  rai_statement_bind_int (statement, 1, plan->site->id);
  rai_statement_bind_text (statement, 2, rai_order_status_id (RAI_ORDER_APPROVED));

  size_t i = 0;
  RaiStep step;
  while ((step = rai_statement_step (statement, error)) == RAI_STEP_ROW) {
    RaiPlannedItem *item = seek (plan, &i, rai_statement_int (statement, 0));
    if (item == NULL)
      continue;
    RaiArrival arrival = { (RaiDay) rai_statement_int (statement, 1),
                           (double) rai_statement_int (statement, 2) / 1000 };
    if (rai_delivery_is_overdue (arrival.day, plan->today, rai_statement_double (statement, 3)))
      continue;
    if (item->n_arrivals++ == 0)
      item->first_arrival = plan->arrivals->len;
    g_array_append_val (plan->arrivals, arrival);
  }

  rai_statement_reset (statement);
  return step == RAI_STEP_DONE;
}

static void
add_batch (RaiSitePlan *plan, RaiPlannedItem *item, double quantity, int days_left) {
  RaiBatch batch = { quantity, MAX (0, days_left) };
  if (item->n_batches++ == 0)
    item->first_batch = plan->batches->len;
  g_array_append_val (plan->batches, batch);
}

/* As the day began: what is sold of an item in the course of it changes nothing about its order. */
static int64_t
opening_stock (const RaiPlannedItem *item) {
  return item->on_hand + item->sold_today;
}

/* The oldest is sold first, so what is on hand came with the newest deliveries. `received` holds an
 * item's, oldest first. */
static void
set_batches (RaiSitePlan *plan, RaiPlannedItem *item, const GArray *received) {
  const RaiArrival *delivery = (const RaiArrival *) (void *) received->data;
  double newer = 0, on_hand = (double) opening_stock (item) / 1000.0;
  for (size_t k = 0; k < received->len; k++)
    newer += delivery[k].quantity;
  if (newer < on_hand)
    add_batch (plan, item, on_hand - newer, 1);
  for (size_t k = 0; k < received->len; k++) {
    newer -= delivery[k].quantity;
    double left = MIN (delivery[k].quantity, on_hand - newer);
    if (left > 0)
      add_batch (plan, item, left, item->item->shelf_life - (plan->today - delivery[k].day));
  }
}

/* The age of what expires, from the deliveries within its shelf life. */
static bool
read_batches (RaiSitePlan *plan, RaiDb *db, GError **error) {
  RaiStatement *statement = rai_db_prepare (
      db,
      "SELECT m.item_id, m.day, SUM(m.quantity) FROM item i JOIN movement m ON m.item_id = i.id "
      "WHERE i.shelf_life > 0 AND m.site_id = ?1 AND m.kind = ?3 AND m.day > ?2 - "
      "i.shelf_life "
      "GROUP BY m.item_id, m.day ORDER BY m.item_id, m.day",
      error);

  if (statement == NULL)
    return false;
  rai_statement_bind_int (statement, 1, plan->site->id);
  rai_statement_bind_int (statement, 2, plan->today);
  rai_statement_bind_text (statement, 3, rai_movement_kind_id (RAI_MOVEMENT_RECEIVE));
  g_autoptr (GArray) received = g_array_new (FALSE, FALSE, sizeof (RaiArrival));

  RaiStep step = rai_statement_step (statement, error);
  for (size_t i = 0; i < plan->items->len && step != RAI_STEP_FAILED; i++) {
    RaiPlannedItem *item = item_at (plan, i);
    g_array_set_size (received, 0);
    for (; step == RAI_STEP_ROW && rai_statement_int (statement, 0) <= item->item_id;
         step = rai_statement_step (statement, error)) {
      RaiArrival delivery = { (RaiDay) rai_statement_int (statement, 1),
                              (double) rai_statement_int (statement, 2) / 1000 };
      if (rai_statement_int (statement, 0) == item->item_id)
        g_array_append_val (received, delivery);
    }
    if (received->len > 0 && item->item != NULL && opening_stock (item) > 0)
      set_batches (plan, item, received);
  }

  rai_statement_reset (statement);
  return step != RAI_STEP_FAILED;
}

/* The days that opening days are judged by, those of which no sales have come in, and those ahead
 * that deliveries look at. */
static RaiSiteDays *
read_days (RaiDb *db, const RaiCatalogueSite *site, GError **error) {
  const RaiDay last = site->last_day != RAI_DAY_NONE ? site->last_day : site->today - 1;
  return rai_site_days_new (db, site, MIN (last + 1, site->today) - JUDGED_DAYS, site->today,
                            CALENDAR_DAYS, error);
}

/* Days before today on which the site is usually open, or is said to be, and of which nothing is
 * known. */
static int
count_missing (const RaiCatalogueSite *site, const RaiSiteDays *days) {
  bool sells[8] = { false };
  int missing = 0, habit = 0;
  for (size_t t = days->n_known; t-- > 0 && habit < HABIT_DAYS; habit += !days->silent[t])
    if (days->quantity[t] != 0 || days->revenue[t] != 0)
      sells[rai_day_weekday (days->first + (RaiDay) t)] = true;

  for (size_t t = days->n_known; site->last_day != RAI_DAY_NONE && t < days->n_past; t++) {
    const RaiDay day = days->first + (RaiDay) t;
    const bool said = site->open_since != RAI_DAY_NONE && day >= site->open_since;
    missing += days->gap[t] && (sells[rai_day_weekday (day)] || said || days->opened[t]);
  }

  return missing;
}

static void
apply_overrides (RaiSitePlan *plan, const RaiOverrides *overrides, GArray *changed) {
  for (size_t i = 0; i < plan->items->len; i++) {
    RaiPlannedItem *item = item_at (plan, i);
    if (!item->has_forecast)
      continue;
    RaiForecastRow *row = &item->forecast;
    g_autofree double *factors = g_new (double, row->numbers.horizon);
    bool found = rai_overrides_find (overrides, plan->site->id, item->item_id, row->first_day,
                                     row->numbers.horizon, factors);
    if (rai_forecast_row_override (row, found ? factors : NULL) && changed != NULL)
      g_array_append_val (changed, i);
  }
}

static const RaiArrival *
arrivals_of (const RaiSitePlan *plan, const RaiPlannedItem *item) {
  return (const RaiArrival *) (void *) plan->arrivals->data + item->first_arrival;
}

static RaiProposalProblem
problem_for (const RaiSitePlan *plan, const RaiPlannedItem *item, const RaiCatalogue *catalogue) {
  return (RaiProposalProblem){
    .daily = item->daily,
    .today = plan->today,
    .delivery = item->delivery,
    .lead_spread = item->supplier != NULL ? item->supplier->lead_spread : 0,
    .on_hand = opening_stock (item),
    .arrivals = arrivals_of (plan, item),
    .n_arrivals = item->n_arrivals,
    .pack = item->item->pack,
    .price = item->item->price,
    .cost = item->item->cost,
    .shelf_life = item->item->shelf_life,
    .batches = (const RaiBatch *) (void *) plan->batches->data + item->first_batch,
    .n_batches = item->n_batches,
    .kind = RAI_SERVICE_FILL,
    .service = rai_catalogue_policy (catalogue, "service_target", plan->site->id, item->item),
  };
}

static RaiPlanReason
reason_for (const RaiSitePlan *plan, const RaiPlannedItem *item) {
  if (item->item == NULL || !item->item->active)
    return RAI_REASON_INACTIVE;
  if (!item->tracked)
    return RAI_REASON_NOT_TRACKED;
  if (!item->decided)
    return RAI_REASON_NEVER_SOLD;
  if (!item->has_forecast)
    return RAI_REASON_NEW;
  if (plan->days_missing > MISSING_DAYS_MAX && !item->counted)
    return RAI_REASON_NO_SALES_IN;
  if (item->mean_daily < NO_DEMAND)
    return RAI_REASON_NO_DEMAND;
  if (item->supplier == NULL)
    return RAI_REASON_NO_SUPPLIER;
  if (item->proposal.quantity == 0)
    return item->proposal.on_hand >= item->proposal.order_point ? RAI_REASON_ENOUGH
                                                                : RAI_REASON_ON_ORDER;

  return item->due ? RAI_REASON_ORDERED : RAI_REASON_NOT_DUE;
}

static RaiPlanStatus
status_for (const RaiSitePlan *plan, const RaiPlannedItem *item) {
  if (!item->tracked || !item->judged)
    return RAI_PLAN_NO_DATA;
  if (!item->asked)
    return RAI_PLAN_FINE;
  if (item->on_hand <= 0)
    return RAI_PLAN_OUT;
  if (item->stockout_day != RAI_DAY_NONE && item->stockout_day < plan->today + item->short_days)
    return RAI_PLAN_RUNS_OUT;

  return item->on_hand >= item->over_from ? RAI_PLAN_OVER : RAI_PLAN_FINE;
}

/* Within these days and before its next delivery. */
static int
short_days_for (const RaiSitePlan *plan, const RaiPlannedItem *item,
                const RaiCatalogue *catalogue) {
  int days =
      (int) rai_catalogue_policy (catalogue, "stockout_horizon_days", plan->site->id, item->item);
  if (item->supplier != NULL)
    days = MIN (days, item->delivery.delivery_day - plan->today);
  return CLAMP (days, 0, RAI_COVER_DAYS);
}

static int64_t
over_from_for (const RaiSitePlan *plan, const RaiPlannedItem *item, const RaiCatalogue *catalogue) {
  int most = (int) rai_catalogue_policy (catalogue, "cover_max_days", plan->site->id, item->item);
  return MAX (rai_cover_needed (&item->cover, MIN (most, RAI_COVER_LIMIT - 1)),
              item->proposal.order_point + 2 * item->item->pack + 1);
}

static RaiDay
next_delivery_for (const RaiSitePlan *plan, const RaiPlannedItem *item) {
  if (item->n_arrivals > 0)
    return MAX (plan->today, arrivals_of (plan, item)->day);
  return item->supplier != NULL ? item->delivery.delivery_day : RAI_DAY_NONE;
}

/* Delivery and forecast of an item, which its proposal needs. */
static void
prepare_item (RaiSitePlan *plan, RaiPlannedItem *item, const RaiCatalogue *catalogue,
              const uint8_t *closed) {
  item->cover_days = -1;
  item->stockout_day = item->next_delivery = item->supply_day = RAI_DAY_NONE;
  if (item->supplier != NULL) {
    int lead = item->supplier->lead_days;
    int review = (int) rai_catalogue_policy (catalogue, "review_days", plan->site->id, item->item);
    item->delivery = rai_delivery_find (plan->today, item->supplier->order_weekdays, lead, review,
                                        closed, CALENDAR_DAYS);
    item->due = item->delivery.order_day == plan->today;
  } else
    item->delivery = rai_delivery_find (plan->today, 127, 0, 1, NULL, 0);

  if (!item->has_forecast || item->item == NULL)
    return;
  item->daily = from_today (&item->forecast, plan->today, item->item->pieces);
  for (size_t day = 0; day < OUTLOOK_DAYS; day++)
    item->mean_daily += rai_daily_demand_mean (&item->daily, day) / OUTLOOK_DAYS;
}

/* Only what a supplier brings and people count is balanced against the rest of the store. */
static bool
is_balanced (const RaiPlannedItem *item) {
  return item->has_forecast && item->item != NULL && item->item->active && item->tracked &&
         item->decided && item->supplier != NULL && item->mean_daily >= NO_DEMAND;
}

/* The pressure at which the store as a whole meets its target. */
static double
pressure_of (const RaiSitePlan *plan, const RaiCatalogue *catalogue, double target) {
  size_t n = 0;
  g_autofree RaiOrderPointProblem *problems =
      g_new (RaiOrderPointProblem, MAX (1, plan->items->len));
  g_autofree double *review_days = g_new (double, MAX (1, plan->items->len));

  for (size_t i = 0; i < plan->items->len; i++) {
    const RaiPlannedItem *item = item_at (plan, i);
    if (!is_balanced (item))
      continue;
    RaiProposalProblem problem = problem_for (plan, item, catalogue);
    /* As it will be on the day of its order: who orders only on Fridays is not short of stock on a
     * Monday. */
    problem.today = problem.delivery.order_day;
    problem.daily = from_today (&item->forecast, problem.today, problem.daily.pieces);
    problems[n] = rai_proposal_order_point_problem (&problem, &review_days[n]);
    n++;
  }

  return rai_balance_pressure (problems, review_days, n, target);
}

static void
plan_item (RaiSitePlan *plan, RaiPlannedItem *item, const RaiCatalogue *catalogue, double target,
           double pressure) {
  if (item->has_forecast && item->item != NULL) {
    RaiProposalProblem problem = problem_for (plan, item, catalogue);
    /* An item with a target of its own is not part of the balance. */
    if (problem.service == target && is_balanced (item)) {
      problem.kind = RAI_SERVICE_BALANCED;
      problem.pressure = pressure;
    }
    item->proposal = rai_proposal_make (&problem);
    rai_proposal_go_on (&item->proposal, item->sold_today);
    item->judged = item->decided;
    item->asked = item->item->active && item->mean_daily >= NO_DEMAND;
    item->short_days = short_days_for (plan, item, catalogue);
    item->cover = rai_cover_make (&item->daily);
    item->over_from = over_from_for (plan, item, catalogue);
    if (item->tracked && item->judged && item->asked) {
      item->cover_days =
          item->proposal.cover_days < RAI_COVER_LIMIT ? item->proposal.cover_days : -1;
      item->stockout_day = item->proposal.stockout_day;
    }
    item->next_delivery = next_delivery_for (plan, item);
    if (item->supplier != NULL)
      item->supply_day = item->delivery.delivery_day;
  }

  item->reason = reason_for (plan, item);
  item->status = status_for (plan, item);
}

static void
classify (RaiSitePlan *plan) {
  size_t n = plan->items->len;
  g_autofree double *values = g_new (double, MAX (1, n));
  g_autofree char *classes = g_new (char, MAX (1, n));

  for (size_t i = 0; i < n; i++)
    values[i] = (double) item_at (plan, i)->revenue_365;
  rai_class_abc (values, n, classes);

  for (size_t i = 0; i < n; i++) {
    RaiPlannedItem *item = item_at (plan, i);
    item->abc = classes[i];
    item->xyz = 'Z';
    if (!item->has_forecast || item->daily.horizon == 0)
      continue;
    RaiDemand week = rai_demand_sum (&item->daily, 0, 7, 0);
    item->xyz = rai_class_xyz (week.mean, week.variance);
  }
}

RaiSitePlan *
rai_site_plan_new (RaiDb *db, const RaiCatalogue *catalogue, const RaiCatalogueSite *site,
                   const RaiOverrides *overrides, GArray *override_changed, GError **error) {
  g_autoptr (RaiSitePlan) plan = g_new0 (RaiSitePlan, 1);
  plan->site = site;
  plan->today = site->today;
  plan->items = g_array_new (FALSE, TRUE, sizeof (RaiPlannedItem));
  g_array_set_clear_func (plan->items, clear_item);
  plan->arrivals = g_array_new (FALSE, FALSE, sizeof (RaiArrival));
  plan->batches = g_array_new (FALSE, FALSE, sizeof (RaiBatch));

  if (!read_stock (plan, db, catalogue, error) || !read_forecasts (plan, db, error) ||
      !read_arrivals (plan, db, error) || !read_sold_today (plan, db, error) ||
      !read_batches (plan, db, error) || !read_decisions (plan, db, error))
    return NULL;

  g_autoptr (RaiSiteDays) days = read_days (db, site, error);
  if (days == NULL)
    return NULL;
  const uint8_t *closed = days->closed + days->n_past;
  plan->days_missing = count_missing (site, days);
  if (plan->days_missing > MISSING_DAYS_MAX && !read_counted (plan, db, error))
    return NULL;
  plan->closed_ahead = memchr (closed, 0, OUTLOOK_DAYS) == NULL;

  apply_overrides (plan, overrides, override_changed);
  for (size_t i = 0; i < plan->items->len; i++)
    prepare_item (plan, item_at (plan, i), catalogue, closed);

  double target = rai_catalogue_policy (catalogue, "service_target", site->id, NULL);
  double pressure = pressure_of (plan, catalogue, target);
  for (size_t i = 0; i < plan->items->len; i++)
    plan_item (plan, item_at (plan, i), catalogue, target, pressure);

  classify (plan);
  return g_steal_pointer (&plan);
}
