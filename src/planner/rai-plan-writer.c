/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "planner/rai-plan-writer.h"

#include "db/rai-db-run.h"
#include "db/rai-tombstone.h"

/* "1000,2500,...": the column `needs`. */
static char *
needs_of (const RaiPlannedItem *item) {
  g_autoptr (GString) text = g_string_new (NULL);
  for (size_t day = 0; day < RAI_COVER_DAYS && item->asked; day++)
    g_string_append_printf (text, "%s%" G_GINT64_FORMAT, day > 0 ? "," : "",
                            item->cover.needs[day]);
  return g_strdup (text->str);
}

/* What the words about its stock follow from, from parameter 15 on. */
static void
bind_words (RaiStatement *statement, const RaiPlannedItem *item) {
  g_autofree char *needs = needs_of (item);
  if (item->judged)
    rai_statement_bind_text (statement, 15, needs);
  else
    rai_statement_bind_null (statement, 15);

  rai_statement_bind_int (statement, 16, item->cover.week);
  rai_statement_bind_int (statement, 17, item->short_days);
  rai_statement_bind_int (statement, 18,
                          item->short_days > 0 ? item->cover.needs[item->short_days - 1] : 0);
  rai_statement_bind_int (statement, 19, item->over_from);
  rai_statement_bind_day (statement, 20, item->supply_day);
}

static bool
write_item (const RaiSitePlan *plan, const RaiPlannedItem *item, RaiDb *db, int64_t revision,
            GError **error) {
  RaiStatement *statement = rai_db_prepare (
      db,
      "INSERT INTO plan (site_id, item_id, status, reason, daily, cover_days, stockout_day, "
      "next_delivery, lead_days, "
      "order_point, order_up_to, abc, xyz, rev, needs, needs_week, short_days, short_below, "
      "over_from, supply_day) VALUES (?1, ?2, ?3, ?4, ?5, CAST(?6 AS INTEGER), "
      "CAST(?7 AS INTEGER), CAST(?8 AS INTEGER), ?9, ?10, ?11, ?12, ?13, ?14, CAST(?15 AS TEXT), "
      "?16, ?17, ?18, ?19, CAST(?20 AS INTEGER)) "
      "ON CONFLICT (site_id, item_id) DO UPDATE SET status = excluded.status, reason = "
      "excluded.reason, "
      "daily = excluded.daily, cover_days = excluded.cover_days, stockout_day = "
      "excluded.stockout_day, "
      "next_delivery = excluded.next_delivery, lead_days = excluded.lead_days, order_point = "
      "excluded.order_point, "
      "order_up_to = excluded.order_up_to, abc = excluded.abc, xyz = excluded.xyz, rev = "
      "excluded.rev, needs = excluded.needs, needs_week = excluded.needs_week, short_days = "
      "excluded.short_days, short_below = excluded.short_below, over_from = excluded.over_from, "
      "supply_day = excluded.supply_day "
      "WHERE plan.status <> excluded.status OR plan.reason <> excluded.reason OR plan.daily <> "
      "excluded.daily "
      "OR plan.cover_days IS DISTINCT FROM excluded.cover_days "
      "OR plan.stockout_day IS DISTINCT FROM excluded.stockout_day "
      "OR plan.next_delivery IS DISTINCT FROM excluded.next_delivery OR plan.lead_days <> "
      "excluded.lead_days "
      "OR plan.order_point <> excluded.order_point OR plan.order_up_to <> excluded.order_up_to "
      "OR plan.abc <> excluded.abc OR plan.xyz <> excluded.xyz "
      "OR plan.needs IS DISTINCT FROM excluded.needs OR plan.needs_week <> excluded.needs_week "
      "OR plan.short_days <> excluded.short_days OR plan.short_below <> excluded.short_below "
      "OR plan.over_from <> excluded.over_from "
      "OR plan.supply_day IS DISTINCT FROM excluded.supply_day",
      error);

  if (statement == NULL)
    return false;

  const char abc[] = { item->abc, '\0' }, xyz[] = { item->xyz, '\0' };
  rai_statement_bind_int (statement, 1, plan->site->id);
  rai_statement_bind_int (statement, 2, item->item_id);
  rai_statement_bind_text (statement, 3, rai_plan_status_id (item->status));
  rai_statement_bind_text (statement, 4, rai_plan_reason_id (item->reason));
  rai_statement_bind_double (statement, 5, item->mean_daily);

  if (item->cover_days >= 0)
    rai_statement_bind_int (statement, 6, item->cover_days);
  else
    rai_statement_bind_null (statement, 6);

  rai_statement_bind_day (statement, 7, item->stockout_day);
  rai_statement_bind_day (statement, 8, item->next_delivery);
  rai_statement_bind_int (statement, 9, item->supplier != NULL ? item->supplier->lead_days : 0);
  rai_statement_bind_int (statement, 10, item->proposal.order_point);
  rai_statement_bind_int (statement, 11, item->proposal.order_up_to);
  rai_statement_bind_text (statement, 12, abc);
  rai_statement_bind_text (statement, 13, xyz);
  rai_statement_bind_int (statement, 14, revision);
  bind_words (statement, item);

  return rai_statement_run (statement, error);
}

bool
rai_plan_write (const RaiSitePlan *plan, RaiDb *db, int64_t *n_changed, GError **error) {
  int64_t revision, gone;
  *n_changed = 0;
  if (!rai_db_revision (db, &revision, error))
    return false;
  for (size_t i = 0; i < plan->items->len; i++) {
    if (!write_item (plan, &g_array_index (plan->items, RaiPlannedItem, i), db, revision, error))
      return false;
    *n_changed += rai_db_changes (db);
  }

  if (!rai_tombstone_delete (
          db, &gone, error, "plan",
          "site_id = ?1 AND NOT EXISTS (SELECT 1 FROM stock s WHERE s.site_id = plan.site_id "
          "AND s.item_id = plan.item_id)",
          "i", plan->site->id))
    return false;

  *n_changed += gone;
  return rai_tombstone_forget (db, "plan", error);
}

RaiPlanVerdict
rai_plan_verdict (const RaiSitePlan *plan, RaiDay *day) {
  size_t reasons[RAI_N_PLAN_REASONS] = { 0 };
  RaiDay due = RAI_DAY_NONE;
  for (size_t i = 0; i < plan->items->len; i++) {
    const RaiPlannedItem *item = &g_array_index (plan->items, RaiPlannedItem, i);
    reasons[item->reason]++;
    if (item->reason == RAI_REASON_NOT_DUE &&
        (due == RAI_DAY_NONE || item->delivery.order_day < due))
      due = item->delivery.order_day;
  }

  *day = RAI_DAY_NONE;
  if (reasons[RAI_REASON_NO_SALES_IN] > 0)
    *day = plan->site->last_day;
  else if (reasons[RAI_REASON_NOT_DUE] > 0)
    *day = due;

  /* In the order of the enum. */
  const bool holds[RAI_N_PLAN_VERDICTS] = {
    [RAI_VERDICT_ORDERS] = reasons[RAI_REASON_ORDERED] > 0,
    [RAI_VERDICT_NO_SALES_IN] = reasons[RAI_REASON_NO_SALES_IN] > 0,
    [RAI_VERDICT_NOT_DUE] = reasons[RAI_REASON_NOT_DUE] > 0,
    [RAI_VERDICT_MINIMUM_ORDER] = reasons[RAI_REASON_MINIMUM_ORDER] > 0,
    [RAI_VERDICT_ENOUGH] = reasons[RAI_REASON_ENOUGH] + reasons[RAI_REASON_ON_ORDER] > 0,
    [RAI_VERDICT_CLOSED] = plan->closed_ahead,
    [RAI_VERDICT_NO_SUPPLIER] = reasons[RAI_REASON_NO_SUPPLIER] > 0,
    [RAI_VERDICT_NEW] = reasons[RAI_REASON_NEW] + reasons[RAI_REASON_NEVER_SOLD] > 0,
    [RAI_VERDICT_NOT_COUNTED] = reasons[RAI_REASON_NO_DEMAND] == 0,
    [RAI_VERDICT_NO_DEMAND] = true,
  };
  RaiPlanVerdict verdict = RAI_VERDICT_ORDERS;
  while (!holds[verdict])
    verdict++;

  if (verdict != RAI_VERDICT_NO_SALES_IN && verdict != RAI_VERDICT_NOT_DUE)
    *day = RAI_DAY_NONE;
  return verdict;
}

bool
rai_plan_mark (const RaiSitePlan *plan, RaiDb *db, GError **error) {
  RaiDay day;
  const char *verdict = rai_plan_verdict_id (rai_plan_verdict (plan, &day));
  const int64_t spoken_of = day;
  int64_t revision;

  return rai_db_revision (db, &revision, error) &&
         rai_db_run (db, error,
                     "UPDATE site SET planned_day = ?2, plan_verdict = ?3,"
                     " plan_verdict_day = CAST(?4 AS INTEGER), days_missing = ?5, rev = ?6"
                     " WHERE id = ?1 AND (planned_day IS DISTINCT FROM ?2"
                     " OR plan_verdict IS DISTINCT FROM ?3"
                     " OR plan_verdict_day IS DISTINCT FROM CAST(?4 AS INTEGER)"
                     " OR days_missing <> ?5)",
                     "iitIii", plan->site->id, (int64_t) plan->today, verdict,
                     day != RAI_DAY_NONE ? &spoken_of : NULL, (int64_t) plan->days_missing,
                     revision);
}
