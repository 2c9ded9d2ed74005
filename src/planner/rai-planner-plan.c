/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "planner/rai-planner-plan.h"

#include "planner/rai-alert-writer.h"
#include "planner/rai-order-writer.h"
#include "planner/rai-plan-writer.h"
#include "planner/rai-planner-job.h"
#include "planner/rai-site-plan.h"
#include "util/rai-progress.h"

typedef struct {
  RaiDb *db;
  const RaiPlannerPlanOptions *options;
  GCancellable *cancellable;
  RaiCatalogue *catalogue;
  RaiOverrides *overrides;
  RaiPlannerPlanSummary *summary;
} Run;

static bool
is_wanted (const RaiPlannerPlanOptions *options, const RaiCatalogueSite *site) {
  if (!rai_catalogue_site_lives (site))
    return false;
  for (size_t i = 0; i < options->n_sites; i++)
    if (options->sites[i] == site->id)
      return true;
  return options->n_sites == 0;
}

static bool
write_overridden (Run *run, const RaiSitePlan *plan, const GArray *changed, GError **error) {
  for (size_t i = 0; i < changed->len; i++) {
    const RaiPlannedItem *item =
        &g_array_index (plan->items, RaiPlannedItem, g_array_index (changed, size_t, i));
    if (!rai_forecast_row_update (&item->forecast, run->db, error))
      return false;
    run->summary->changed++;
  }
  return true;
}

static bool
write_site (Run *run, const RaiSitePlan *plan, const GArray *found, const GArray *overridden,
            GError **error) {
  int64_t changed;
  RaiOrderSummary orders = { 0 };
  RaiAlertSummary alerts = { 0 };

  if (!write_overridden (run, plan, overridden, error) ||
      !rai_plan_write (plan, run->db, &changed, error) ||
      !rai_order_write (plan, run->db, &orders, error) ||
      !rai_alert_write (plan, found, run->db, &alerts, error) ||
      !rai_plan_mark (plan, run->db, error))
    return false;

  RaiPlannerPlanSummary *summary = run->summary;
  RaiPlannedSite planned = { .code = g_strdup (plan->site->code),
                             .orders = orders.orders,
                             .days_missing = plan->days_missing };
  planned.verdict = rai_plan_verdict (plan, &planned.day);
  g_array_append_val (summary->planned, planned);

  summary->sites++;
  summary->items += plan->items->len;
  summary->changed += changed + orders.changed;
  summary->orders += orders.orders;
  summary->lines += orders.lines;
  summary->total += orders.total;
  summary->alerts += alerts.open;
  summary->alerts_opened += alerts.opened;
  summary->alerts_resolved += alerts.resolved;

  return true;
}

/* The plan is made inside the transaction, so that no approval slips in between. */
static bool
plan_site (Run *run, const RaiCatalogueSite *site, GError **error) {
  g_autoptr (GArray) overridden = g_array_new (FALSE, FALSE, sizeof (size_t));
  g_autoptr (GArray) found = NULL;
  if (!rai_db_begin_write (run->db, error))
    return false;

  g_autoptr (RaiSitePlan) plan =
      rai_site_plan_new (run->db, run->catalogue, site, run->overrides, overridden, error);
  if (plan != NULL) {
    rai_order_meet_minimum (plan);
    found = rai_alert_find (plan, run->catalogue, run->db, error);
  }

  if (found != NULL && write_site (run, plan, found, overridden, error) &&
      rai_db_commit (run->db, error))
    return true;

  if (rai_db_in_transaction (run->db))
    rai_db_rollback (run->db);
  return false;
}

static bool
run_all (Run *run, GError **error) {
  run->catalogue = rai_catalogue_new (run->db, run->options->through, error);
  run->overrides =
      run->catalogue != NULL ? rai_overrides_new (run->db, INT32_MIN / 2, error) : NULL;
  if (run->overrides == NULL)
    return false;

  size_t n, wanted = 0;
  const RaiCatalogueSite *sites = rai_catalogue_sites (run->catalogue, &n);
  for (size_t i = 0; i < n; i++)
    wanted += is_wanted (run->options, &sites[i]);
  if (wanted == 0) {
    rai_catalogue_set_lifeless (run->catalogue, error);
    return false;
  }

  g_autoptr (RaiProgress) progress = rai_progress_new ("Planning stores", wanted);
  for (size_t i = 0; i < n; i++) {
    if (!is_wanted (run->options, &sites[i]))
      continue;
    if (g_cancellable_set_error_if_cancelled (run->cancellable, error) ||
        !plan_site (run, &sites[i], error))
      return false;
    rai_progress_advance (progress, 1);
  }

  return true;
}

static void
clear_planned (void *data) {
  g_free (((RaiPlannedSite *) data)->code);
}

void
rai_planner_plan_summary_clear (RaiPlannerPlanSummary *summary) {
  g_clear_pointer (&summary->planned, g_array_unref);
}

char *
rai_planned_site_explain (const RaiPlannedSite *site) {
  char day[11] = "";
  if (site->day != RAI_DAY_NONE)
    rai_day_format (site->day, day);

  switch (site->verdict) {
    case RAI_VERDICT_NO_SALES_IN:
      return g_strdup_printf ("no sales have come in since %s: bring them in, then plan again",
                              day);
    case RAI_VERDICT_NOT_COUNTED:
      return g_strdup ("no stock is known: count it, import it or receive goods");
    case RAI_VERDICT_NOT_DUE:
      return g_strdup_printf ("nothing can be ordered before %s, the next order day", day);
    case RAI_VERDICT_MINIMUM_ORDER:
      return g_strdup ("what is short can wait until it reaches the supplier's minimum order");
    case RAI_VERDICT_NO_SUPPLIER:
      return g_strdup ("what sells has no supplier: set one");
    case RAI_VERDICT_CLOSED:
      return g_strdup ("it is closed for all the days ahead");
    case RAI_VERDICT_NEW:
      return g_strdup ("what is kept is too new to know how it sells, or was never sold");
    case RAI_VERDICT_NO_DEMAND:
      return g_strdup ("what is kept hardly sells any more");
    case RAI_VERDICT_ENOUGH:
      return g_strdup ("nothing is short");
    case RAI_VERDICT_ORDERS:
    case RAI_N_PLAN_VERDICTS:
      break;
  }

  return NULL;
}

/* A line a site that has no order. */
static void
append_reasons (GString *text, const RaiPlannerPlanSummary *summary) {
  for (size_t i = 0; i < summary->planned->len; i++) {
    const RaiPlannedSite *site = &g_array_index (summary->planned, RaiPlannedSite, i);
    g_autofree char *reason = rai_planned_site_explain (site);
    if (reason != NULL)
      g_string_append_printf (text, "\n%s: %s", site->code, reason);
  }
}

static bool
finish (Run *run, RaiPlannerJob *job, bool done, GError **error) {
  const RaiPlannerPlanSummary *summary = run->summary;
  g_autofree char *arguments = g_strdup_printf ("{\"sites\":%zu}", summary->sites);
  if (!done) {
    rai_planner_job_failed (job, run->db, arguments, error != NULL ? *error : NULL);
    return false;
  }

  g_autoptr (GString) text = g_string_new (NULL);
  g_string_printf (text, "Planned %zu items in %zu stores: %zu orders, %zu alerts", summary->items,
                   summary->sites, summary->orders, summary->alerts);
  append_reasons (text, summary);

  return rai_planner_job_done (job, run->db, arguments, text->str, error);
}

bool
rai_planner_plan (RaiDb *db, const RaiPlannerPlanOptions *options, RaiPlannerPlanSummary *summary,
                  GCancellable *cancellable, GError **error) {
  g_auto (RaiPlannerPlanSummary) ignored = { 0 };
  Run run = { .db = db, .options = options, .cancellable = cancellable };
  run.summary = summary != NULL ? summary : &ignored;
  *run.summary = (RaiPlannerPlanSummary){
    .planned = g_array_new (FALSE, FALSE, sizeof (RaiPlannedSite)),
  };
  g_array_set_clear_func (run.summary->planned, clear_planned);

  int64_t started_us = g_get_monotonic_time ();
  RaiPlannerJob job;
  if (!rai_planner_job_begin (&job, db, RAI_JOB_PLAN, error))
    return false;

  g_autoptr (GError) failure = NULL;
  bool done = run_all (&run, &failure);
  run.summary->seconds = (double) (g_get_monotonic_time () - started_us) / G_TIME_SPAN_SECOND;
  done = finish (&run, &job, done, &failure);
  if (failure != NULL)
    g_propagate_error (error, g_steal_pointer (&failure));

  g_clear_pointer (&run.overrides, rai_overrides_free);
  g_clear_pointer (&run.catalogue, rai_catalogue_free);
  return done;
}
