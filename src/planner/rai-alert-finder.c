/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "planner/rai-alert-finder.h"

#include "core/rai-order.h"
#include "inventory/rai-delivery.h"
#include "planner/rai-drift.h"

#include <gsl/gsl_cdf.h>
#include <math.h>

/* An item whose stock is on the books and that would go unsold for so long only once in so many
 * times: one of a thousand items a day may be told for nothing. */
#define PHANTOM_CHANCE 0.001
/* Width of an 80 % interval in standard deviations. */
#define WIDTH_80 2.5631
/* With hundreds of items a day that is unusual for one is usual for some: only what is far out
 * counts. */
#define ITEM_DEVIATIONS 4.0

typedef struct {
  const RaiSitePlan *plan;
  GArray *found;
  double minimum; /* rule alert_minimum */
} Finder;

static void
add (Finder *finder, RaiFoundAlert alert) {
  double minimum = finder->minimum * rai_alert_kinds[alert.kind].minimum_factor;
  if ((double) alert.money < minimum)
    return;

  alert.severity = rai_alert_kind_severity (alert.kind, alert.money, finder->plan->revenue_day);
  g_array_append_val (finder->found, alert);
}

static int64_t
money_of (double units, int64_t unit_price) {
  return llround (MIN (units, 1e12) * (double) MAX (0, unit_price));
}

static void
find_stock_out (Finder *finder, const RaiPlannedItem *item) {
  const RaiSitePlan *plan = finder->plan;
  RaiDay until = item->next_delivery != RAI_DAY_NONE ? MAX (item->next_delivery, plan->today + 1)
                                                     : plan->today + 7;
  double missing = 0;

  for (RaiDay day = plan->today; day < until; day++)
    missing += rai_daily_demand_mean (&item->daily, (size_t) (day - plan->today));

  RaiFoundAlert alert = { .kind = RAI_ALERT_KIND_STOCK_OUT,
                          .item_id = item->item_id,
                          .day = plan->today };
  alert.money = money_of (missing, item->item->price - item->item->cost);
  alert.value = (double) item->on_hand / 1000.0;
  alert.expected = item->mean_daily;
  add (finder, alert);
}

static void
find_predicted (Finder *finder, const RaiPlannedItem *item) {
  RaiFoundAlert alert = { .kind = RAI_ALERT_KIND_STOCK_OUT_PREDICTED,
                          .item_id = item->item_id,
                          .day = item->stockout_day };
  alert.money = item->proposal.lost;
  alert.value = (double) item->on_hand / 1000.0;
  alert.expected = item->mean_daily;
  add (finder, alert);
}

/* At stake is the money tied up in what lasts longer than the rule allows. */
static void
find_overstock (Finder *finder, const RaiPlannedItem *item, const RaiCatalogue *catalogue) {
  double most =
      rai_catalogue_policy (catalogue, "cover_max_days", finder->plan->site->id, item->item);
  double excess = (double) item->on_hand / 1000.0 - most * item->mean_daily;
  RaiFoundAlert alert = { .kind = RAI_ALERT_KIND_OVERSTOCK,
                          .item_id = item->item_id,
                          .day = RAI_DAY_NONE };
  alert.money = money_of (MAX (0, excess), item->item->cost);
  alert.value = (double) item->on_hand / 1000.0;
  alert.expected = most * item->mean_daily;
  add (finder, alert);
}

static void
find_in_plan (Finder *finder, const RaiPlannedItem *item, const RaiCatalogue *catalogue) {
  if (item->item == NULL || !item->tracked)
    return;
  if (item->on_hand < 0) {
    RaiFoundAlert alert = { .kind = RAI_ALERT_KIND_NEGATIVE_STOCK,
                            .item_id = item->item_id,
                            .day = finder->plan->today };
    alert.money = money_of (-(double) item->on_hand / 1000.0, item->item->cost);
    alert.value = (double) item->on_hand / 1000.0;
    add (finder, alert);
  }

  if (item->status == RAI_PLAN_OUT)
    find_stock_out (finder, item);
  else if (item->status == RAI_PLAN_RUNS_OUT)
    find_predicted (finder, item);
  else if (item->status == RAI_PLAN_OVER)
    find_overstock (finder, item, catalogue);
}

/* Yesterday's sales of items against what had been forecast, where the shelf was not empty. */
static bool
find_item_anomalies (Finder *finder, const RaiCatalogue *catalogue, RaiDb *db, GError **error) {
  RaiStatement *statement =
      rai_db_prepare (db,
                      "SELECT f.node_id, f.mean, f.low, f.high, coalesce(d.quantity, 0), "
                      "coalesce(d.out_of_stock, 0) "
                      "FROM forecast_past f LEFT JOIN item_day d ON d.site_id = f.site_id AND "
                      "d.item_id = f.node_id AND d.day = f.day "
                      "WHERE f.level = ?3 AND f.site_id = ?1 AND f.day = ?2 ORDER BY f.node_id",
                      error);

  if (statement == NULL)
    return false;
  rai_statement_bind_int (statement, 1, finder->plan->site->id);
  rai_statement_bind_int (statement, 2, finder->plan->today - 1);
  rai_statement_bind_text (statement, 3, rai_forecast_level_id (RAI_LEVEL_ITEM));

  RaiStep step;
  while ((step = rai_statement_step (statement, error)) == RAI_STEP_ROW) {
    const RaiCatalogueItem *item = rai_catalogue_item (catalogue, rai_statement_int (statement, 0));
    double mean = rai_statement_double (statement, 1);
    double deviation =
        (rai_statement_double (statement, 3) - rai_statement_double (statement, 2)) / WIDTH_80;
    double sold = (double) rai_statement_int (statement, 4) / 1000.0;
    deviation = MAX (deviation, sqrt (MAX (mean, 1)));
    if (item == NULL || rai_statement_int (statement, 5) > 0 ||
        fabs (sold - mean) < ITEM_DEVIATIONS * deviation)
      continue;
    RaiFoundAlert alert = { .kind = RAI_ALERT_KIND_SALES_ANOMALY,
                            .item_id = item->id,
                            .day = finder->plan->today - 1 };
    alert.money = money_of (fabs (sold - mean), item->price);
    alert.value = sold;
    alert.expected = mean;
    add (finder, alert);
  }

  rai_statement_reset (statement);
  return step == RAI_STEP_DONE;
}

/* The whole site's takings of yesterday. Less than usual is no news where empty shelves, which are
 * told by themselves, explain it. */
static bool
find_site_anomaly (Finder *finder, const RaiCatalogue *catalogue, RaiDb *db, GError **error) {
  RaiStatement *statement = rai_db_prepare (
      db,
      "SELECT f.mean, f.low, f.high, d.revenue, (SELECT coalesce(sum(o.out_of_stock * "
      "p.mean * i.price), 0) / 1000 FROM item_day o JOIN forecast_past p "
      "ON p.site_id = o.site_id AND p.level = ?4 AND p.node_id = o.item_id "
      "AND p.day = o.day JOIN item i ON i.id = o.item_id "
      "WHERE o.site_id = ?1 AND o.day = ?2 AND o.out_of_stock > 0) "
      "FROM forecast_past f JOIN site_day d ON d.site_id = f.site_id "
      "AND d.day = f.day WHERE f.level = ?3 AND f.site_id = ?1 AND f.node_id = 0 "
      "AND f.day = ?2",
      error);

  if (statement == NULL)
    return false;
  rai_statement_bind_int (statement, 1, finder->plan->site->id);
  rai_statement_bind_int (statement, 2, finder->plan->today - 1);
  rai_statement_bind_text (statement, 3, rai_forecast_level_id (RAI_LEVEL_SITE));
  rai_statement_bind_text (statement, 4, rai_forecast_level_id (RAI_LEVEL_ITEM));

  RaiStep step = rai_statement_step (statement, error);
  if (step == RAI_STEP_ROW) {
    double level = rai_catalogue_policy (catalogue, "anomaly_level", finder->plan->site->id, NULL);
    double mean = rai_statement_double (statement, 0),
           sold = (double) rai_statement_int (statement, 3);
    double deviation =
        (rai_statement_double (statement, 2) - rai_statement_double (statement, 1)) / WIDTH_80;
    const double missed = sold < mean ? MIN (mean - sold, rai_statement_double (statement, 4)) : 0;
    if (fabs (sold + missed - mean) > gsl_cdf_ugaussian_Pinv (0.5 + level / 2) * deviation) {
      RaiFoundAlert alert = { .kind = RAI_ALERT_KIND_SALES_ANOMALY,
                              .item_id = 0,
                              .day = finder->plan->today - 1 };
      alert.money = llround (fabs (sold - mean));
      alert.value = sold;
      alert.expected = mean;
      add (finder, alert);
    }
  }

  rai_statement_reset (statement);
  return step != RAI_STEP_FAILED;
}

/* At stake is what is missed a day beyond the usual. */
static bool
find_drift (Finder *finder, const RaiCatalogue *catalogue, RaiDb *db, GError **error) {
  RaiDrift drift = { 0 };
  if (!rai_drift_measure (db, finder->plan->site->id, finder->plan->today, &drift, error))
    return false;

  double limit = rai_catalogue_policy (catalogue, "drift_limit", finder->plan->site->id, NULL);
  if (drift.days < RAI_DRIFT_DAYS_MIN || !(drift.live > limit * drift.usual))
    return true;

  RaiFoundAlert alert = { .kind = RAI_ALERT_KIND_FORECAST_DRIFT,
                          .item_id = 0,
                          .day = RAI_DAY_NONE };
  alert.money = llround ((drift.live - drift.usual) * drift.takings);
  alert.value = drift.live;
  alert.expected = drift.usual;
  add (finder, alert);

  return true;
}

/* One alert a cause: what two orders lack of the same first item is told together. */
static void
add_late (Finder *finder, RaiFoundAlert alert) {
  for (size_t i = 0; i < finder->found->len; i++) {
    RaiFoundAlert *known = &g_array_index (finder->found, RaiFoundAlert, i);
    if (known->kind != alert.kind || known->item_id != alert.item_id)
      continue;
    known->money += alert.money;
    known->value += alert.value;
    known->day = MIN (known->day, alert.day);
    known->severity =
        rai_alert_kind_severity (known->kind, known->money, finder->plan->revenue_day);
    return;
  }

  add (finder, alert);
}

/* An order that should have come, at the first of its items, with how many items are missing and
 * what they cost. Rows are sorted by order. */
static bool
find_late_deliveries (Finder *finder, RaiDb *db, GError **error) {
  RaiStatement *statement =
      rai_db_prepare (db,
                      "SELECT o.id, o.delivery_day, s.lead_spread, l.item_id, "
                      "l.quantity - l.received, l.cost FROM purchase_order o "
                      "JOIN order_line l ON l.order_id = o.id JOIN supplier s ON s.id = "
                      "o.supplier_id WHERE o.site_id = ?1 AND o.status = ?2 AND o.delivery_day < "
                      "?3 AND l.quantity > l.received ORDER BY o.id, l.item_id",
                      error);
  if (statement == NULL)
    return false;
  rai_statement_bind_int (statement, 1, finder->plan->site->id);
  rai_statement_bind_text (statement, 2, rai_order_status_id (RAI_ORDER_APPROVED));
  rai_statement_bind_int (statement, 3, finder->plan->today);

  g_autofree char *order = NULL;
  RaiFoundAlert alert = { .kind = RAI_ALERT_KIND_LATE_DELIVERY };
  RaiStep step;
  while ((step = rai_statement_step (statement, error)) == RAI_STEP_ROW) {
    RaiDay due = (RaiDay) rai_statement_int (statement, 1);
    if (!rai_delivery_is_overdue (due, finder->plan->today, rai_statement_double (statement, 2)))
      continue;

    const char *id = rai_statement_text (statement, 0);
    if (g_strcmp0 (order, id) != 0) {
      if (order != NULL)
        add_late (finder, alert);
      g_free (order);
      order = g_strdup (id);
      alert.item_id = rai_statement_int (statement, 3);
      alert.day = due;
      alert.money = 0;
      alert.value = 0;
    }
    alert.money +=
        rai_order_line_value (rai_statement_int (statement, 4), rai_statement_int (statement, 5));
    alert.value++;
  }

  rai_statement_reset (statement);
  if (order != NULL)
    add_late (finder, alert);
  return step == RAI_STEP_DONE;
}

/* The chance that n_days sell nothing that are expected to sell `mean`: negative binomial, of the
 * variance over mean that the forecast tells of so many days together. */
static double
chance_of_none (const RaiForecastNumbers *numbers, double mean, int64_t n_days) {
  const size_t at = (size_t) CLAMP (n_days, 1, (int64_t) numbers->horizon) - 1;
  const double dispersion = numbers->dispersion != NULL ? (double) numbers->dispersion[at] : NAN;
  if (!isfinite (dispersion))
    return 1;
  return dispersion > 1 + 1e-6 ? exp (-mean * log (dispersion) / (dispersion - 1)) : exp (-mean);
}

static const RaiPlannedItem *
find_planned (const RaiSitePlan *plan, int64_t item_id) {
  size_t low = 0, high = plan->items->len;
  while (low < high) {
    const size_t middle = low + (high - low) / 2;
    if (g_array_index (plan->items, RaiPlannedItem, middle).item_id < item_id)
      low = middle + 1;
    else
      high = middle;
  }

  const RaiPlannedItem *item =
      low < plan->items->len ? &g_array_index (plan->items, RaiPlannedItem, low) : NULL;
  return item != NULL && item->item_id == item_id ? item : NULL;
}

static void
judge_unsold (Finder *finder, const RaiPlannedItem *item, double expected, int64_t n_days,
              RaiDay last_sale) {
  if (item == NULL || item->item == NULL || !item->has_forecast || !(expected > 0) ||
      chance_of_none (&item->forecast.numbers, expected, n_days) >= PHANTOM_CHANCE)
    return;

  RaiFoundAlert alert = { .kind = RAI_ALERT_KIND_PHANTOM_STOCK,
                          .item_id = item->item_id,
                          .day = last_sale };
  alert.money = money_of (expected, item->item->price - item->item->cost);
  alert.value = (double) item->on_hand / 1000.0;
  alert.expected = expected;
  add (finder, alert);
}

/* What the books have and nobody buys, by what had been forecast for the days since it was last
 * sold, counted or received, and on which the store sold: what is there is perhaps not there. */
static bool
find_phantoms (Finder *finder, RaiDb *db, GError **error) {
  RaiStatement *statement = rai_db_prepare (
      db,
      "SELECT s.item_id, s.last_sale, sum(f.mean), count(*) FROM stock s "
      "JOIN forecast_past f ON f.level = ?3 AND f.site_id = s.site_id AND f.node_id = s.item_id "
      "AND f.day > s.last_sale AND f.day < ?2 "
      "JOIN site_day d ON d.site_id = s.site_id AND d.day = f.day AND d.quantity > 0 "
      "LEFT JOIN item_day i ON i.site_id = s.site_id AND i.item_id = s.item_id AND i.day = f.day "
      "WHERE s.site_id = ?1 AND s.tracked = 1 AND s.on_hand > 0 AND s.last_sale < ?2 - 1 "
      "AND coalesce(i.out_of_stock, 0) = 0 AND f.day > coalesce((SELECT max(m.day) FROM movement m "
      "WHERE m.site_id = s.site_id AND m.item_id = s.item_id), s.last_sale) "
      "GROUP BY s.item_id, s.last_sale ORDER BY s.item_id",
      error);
  if (statement == NULL)
    return false;
  rai_statement_bind_int (statement, 1, finder->plan->site->id);
  rai_statement_bind_int (statement, 2, finder->plan->today);
  rai_statement_bind_text (statement, 3, rai_forecast_level_id (RAI_LEVEL_ITEM));

  RaiStep step;
  while ((step = rai_statement_step (statement, error)) == RAI_STEP_ROW)
    judge_unsold (finder, find_planned (finder->plan, rai_statement_int (statement, 0)),
                  rai_statement_double (statement, 2), rai_statement_int (statement, 3),
                  (RaiDay) rai_statement_int (statement, 1));

  rai_statement_reset (statement);
  return step == RAI_STEP_DONE;
}

static int
compare_alerts (const void *a, const void *b) {
  const RaiFoundAlert *x = a, *y = b;
  int order = strcmp (rai_alert_kinds[x->kind].id, rai_alert_kinds[y->kind].id);
  if (order != 0)
    return order;
  if (x->money != y->money)
    return x->money < y->money ? 1 : -1;
  return (x->item_id > y->item_id) - (x->item_id < y->item_id);
}

GArray *
rai_alert_find (const RaiSitePlan *plan, const RaiCatalogue *catalogue, RaiDb *db, GError **error) {
  g_autoptr (GArray) found = g_array_new (FALSE, TRUE, sizeof (RaiFoundAlert));
  Finder finder = { plan, found,
                    rai_catalogue_policy (catalogue, "alert_minimum", plan->site->id, NULL) };
  for (size_t i = 0; i < plan->items->len; i++)
    find_in_plan (&finder, &g_array_index (plan->items, RaiPlannedItem, i), catalogue);
  /* Of a yesterday that has not come in nothing can be out of the ordinary. */
  const bool known = plan->site->last_day >= plan->today - 1;
  if ((known && (!find_site_anomaly (&finder, catalogue, db, error) ||
                 !find_item_anomalies (&finder, catalogue, db, error))) ||
      !find_drift (&finder, catalogue, db, error) || !find_late_deliveries (&finder, db, error) ||
      !find_phantoms (&finder, db, error))
    return NULL;

  g_array_sort (found, compare_alerts);
  return g_steal_pointer (&found);
}
