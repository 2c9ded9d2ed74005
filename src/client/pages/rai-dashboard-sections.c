/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/rai-dashboard-sections.h"

#include "client/pages/rai-aside-group.h"
#include "client/pages/rai-dashboard-company.h"
#include "client/pages/rai-dashboard-find.h"
#include "client/pages/rai-dashboard-head.h"
#include "client/pages/rai-dashboard-multiples.h"
#include "client/pages/rai-dashboard-tasks.h"
#include "client/pages/rai-dashboard-tiles.h"
#include "core/rai-alert-kind.h"
#include "core/rai-alert.h"
#include "core/rai-movement.h"
#include "core/rai-order.h"
#include "core/rai-plan.h"

#include <inttypes.h>

/* Days that stores are ranked by, and weeks that weekdays are averaged over, as the headings in the
 * template say. */
#define RANKING_DAYS 28
#define HEAT_DAYS (12 * 7)

G_STATIC_ASSERT (RAI_DASHBOARD_N_SLOTS <= 32); /* bits of an unsigned */

/* ---- Arguments ---- */

/* Returns `arguments` with one more. */
static GHashTable *
with (GHashTable *arguments, const char *name, const char *value) {
  g_hash_table_insert (arguments, g_strdup (name), g_strdup (value));
  return arguments;
}

static GHashTable *
with_days (GHashTable *arguments, RaiDay from, RaiDay to) {
  char text[11];
  with (arguments, "from", rai_day_format (from, text));
  return with (arguments, "to", rai_day_format (to, text));
}

static GHashTable *
deliveries (const RaiDashboardData *data) {
  return with (rai_dashboard_data_site_arguments (data), "status",
               rai_order_status_id (RAI_ORDER_APPROVED));
}

static GHashTable *
orders (const RaiDashboardData *data) {
  return with (rai_dashboard_data_site_arguments (data), "status",
               rai_order_status_id (RAI_ORDER_PROPOSED));
}

static GHashTable *
alerts (const RaiDashboardData *data) {
  return with (
      with (rai_dashboard_data_site_arguments (data), "state", rai_alert_state_id (RAI_ALERT_OPEN)),
      "limit", "10");
}

static GHashTable *
out_of_stock (const RaiDashboardData *data) {
  GHashTable *arguments =
      with (rai_dashboard_data_site_arguments (data), "status", rai_plan_status_id (RAI_PLAN_OUT));
  return with (with (arguments, "sort", "-quantity_28"), "limit", "8");
}

static GHashTable *
phantoms (const RaiDashboardData *data) {
  return with (alerts (data), "kind", rai_alert_kinds[RAI_ALERT_KIND_PHANTOM_STOCK].id);
}

static GHashTable *
counts (const RaiDashboardData *data) {
  return with (with (rai_dashboard_data_site_arguments (data), "kind",
                     rai_movement_kind_id (RAI_MOVEMENT_COUNT)),
               "limit", "8");
}

static GHashTable *
jobs (const RaiDashboardData *data) {
  return rai_query_arguments ("limit", "20", NULL);
}

static GHashTable *
audit (const RaiDashboardData *data) {
  return rai_query_arguments ("limit", "50", NULL);
}

static GHashTable *
briefing (const RaiDashboardData *data) {
  char text[11];
  return with (rai_dashboard_data_site_arguments (data), "day",
               rai_day_format (data->last_day, text));
}

static GHashTable *
days (const RaiDashboardData *data) {
  return with_days (rai_dashboard_data_site_arguments (data),
                    data->last_day - RAI_DASHBOARD_DAYS_BACK, data->last_day);
}

static GHashTable *
forecast (const RaiDashboardData *data) {
  g_autofree char *site = g_strdup_printf ("%" PRId64, data->site);
  return rai_query_arguments ("level", rai_forecast_level_id (rai_dashboard_data_level (data)),
                              "site", site, "node", "0", NULL);
}

static GHashTable *
past (const RaiDashboardData *data) {
  return with_days (forecast (data), data->last_day - RAI_DASHBOARD_DAYS_BACK, data->today);
}

static GHashTable *
calendar (const RaiDashboardData *data) {
  return with_days (rai_dashboard_data_site_arguments (data),
                    data->last_day - RAI_DASHBOARD_DAYS_BACK,
                    data->today + RAI_DASHBOARD_DAYS_AHEAD);
}

static GHashTable *
ranking (const RaiDashboardData *data) {
  return with_days (rai_query_arguments (NULL, NULL), data->last_day - RANKING_DAYS + 1,
                    data->last_day);
}

static GHashTable *
heat (const RaiDashboardData *data) {
  return with_days (rai_query_arguments (NULL, NULL), data->last_day - HEAT_DAYS + 1,
                    data->last_day);
}

/* ---- The tables ---- */

#define STORE RAI_DASHBOARD_STORE
#define REGION RAI_DASHBOARD_REGION
#define COMPANY RAI_DASHBOARD_COMPANY
#define FLOOR RAI_DASHBOARD_FLOOR
#define SYSTEM RAI_DASHBOARD_SYSTEM
#define RESULTS (STORE | REGION | COMPANY | SYSTEM)
#define TASKS (STORE | REGION | FLOOR)

/* Results are not for the shop floor, a calendar is a store's own, and nobody forecasts a region:
 * its stores are added up. */
const RaiDashboardQuery rai_dashboard_queries[RAI_DASHBOARD_N_SLOTS] = {
  [RAI_DASHBOARD_DELIVERIES] = { "orders", TASKS, deliveries },
  [RAI_DASHBOARD_ORDERS] = { "orders", STORE | REGION, orders },
  [RAI_DASHBOARD_ALERTS] = { "alerts", STORE | REGION, alerts },
  [RAI_DASHBOARD_OUT] = { "items", FLOOR, out_of_stock },
  [RAI_DASHBOARD_PHANTOMS] = { "alerts", FLOOR, phantoms },
  [RAI_DASHBOARD_COUNTS] = { "movements", FLOOR, counts },
  [RAI_DASHBOARD_SITES] = { "sites", STORE | REGION | SYSTEM, NULL },
  [RAI_DASHBOARD_JOBS] = { "jobs", SYSTEM, jobs },
  [RAI_DASHBOARD_AUDIT] = { "audit", SYSTEM, audit },
  [RAI_DASHBOARD_BRIEFING] = { "briefing", RESULTS, briefing },
  [RAI_DASHBOARD_DAYS] = { "site-days", RESULTS, days },
  [RAI_DASHBOARD_ACCURACY] = { "accuracy", RESULTS, rai_dashboard_data_site_arguments },
  [RAI_DASHBOARD_FORECAST] = { "forecast", RESULTS & ~REGION, forecast },
  [RAI_DASHBOARD_PAST] = { "forecast-past", RESULTS & ~REGION, past },
  [RAI_DASHBOARD_CALENDAR] = { "calendar", STORE, calendar },
  [RAI_DASHBOARD_RANKING] = { "ranking", REGION | COMPANY, ranking },
  [RAI_DASHBOARD_HEAT] = { "heat", REGION | COMPANY, heat },
};

#define NEED(name) (1u << RAI_DASHBOARD_##name)

/* The receipts set aside ask by themselves, and show themselves when there are any. */
static bool
keep_aside (const RaiDashboardData *data, RaiPage *page, GtkWidget *const *parts) {
  return gtk_widget_get_visible (parts[0]);
}

static void
start_aside (const RaiDashboardData *data, RaiPage *page, GtkWidget *const *parts) {
  rai_aside_group_ask (RAI_ASIDE_GROUP (parts[0]), page);
}

const RaiDashboardSection rai_dashboard_sections[] = {
  {
      .id = "head_section",
      .kinds = RESULTS | FLOOR,
      .needs = NEED (BRIEFING) | NEED (FORECAST) | NEED (PAST) | NEED (CALENDAR) | NEED (RANKING),
      .parts = { "date", "briefing", "note" },
      .fill = rai_dashboard_head_fill,
  },
  {
      .id = "find_section",
      .kinds = FLOOR,
      .parts = { "find_section" },
      .fill = rai_dashboard_find_fill,
  },
  {
      .id = "tiles_section",
      .kinds = RESULTS,
      .needs = NEED (BRIEFING) | NEED (DAYS) | NEED (PAST) | NEED (ACCURACY) | NEED (SITES),
      .parts = { "tile_1", "tile_2", "tile_3", "tile_4" },
      .fill = rai_dashboard_tiles_fill,
  },
  {
      .id = "chart_section",
      .kinds = RESULTS,
      .needs = NEED (DAYS) | NEED (FORECAST) | NEED (PAST) | NEED (CALENDAR),
      .parts = { "chart_title", "chart", "multiples" },
      .fill = rai_dashboard_company_fill_chart,
  },
  {
      .id = "multiples_section",
      .kinds = REGION,
      .parts = { "multiples" },
      .fill = rai_dashboard_multiples_fill,
      .start = rai_dashboard_multiples_start,
  },
  {
      .id = "aside_section",
      .kinds = STORE | REGION,
      .parts = { "aside_section" },
      .fill = keep_aside,
      .start = start_aside,
  },
  {
      .id = "tasks_section",
      .kinds = TASKS,
      .needs = NEED (DELIVERIES) | NEED (ORDERS) | NEED (ALERTS) | NEED (BRIEFING) | NEED (OUT) |
               NEED (PHANTOMS) | NEED (SITES),
      .parts = { "tasks", "tasks_done" },
      .fill = rai_dashboard_tasks_fill,
  },
  {
      .id = "compare_section",
      .kinds = REGION | COMPANY,
      .needs = NEED (RANKING) | NEED (HEAT),
      .parts = { "ranking", "heat", "stock_text" },
      .fill = rai_dashboard_company_fill_compare,
  },
  {
      .id = "accuracy_section",
      .kinds = COMPANY,
      .needs = NEED (DAYS) | NEED (PAST),
      .parts = { "accuracy" },
      .fill = rai_dashboard_company_fill_accuracy,
  },
  {
      .id = "counts_section",
      .kinds = FLOOR,
      .needs = NEED (COUNTS),
      .parts = { "counts" },
      .fill = rai_dashboard_tasks_fill_counts,
  },
  {
      .id = "sites_section",
      .kinds = SYSTEM,
      .needs = NEED (SITES),
      .parts = { "sites" },
      .fill = rai_dashboard_tasks_fill_sites,
  },
  {
      .id = "jobs_section",
      .kinds = SYSTEM,
      .needs = NEED (JOBS),
      .parts = { "jobs" },
      .fill = rai_dashboard_tasks_fill_jobs,
  },
  {
      .id = "audit_section",
      .kinds = SYSTEM,
      .needs = NEED (AUDIT),
      .parts = { "audit" },
      .fill = rai_dashboard_tasks_fill_audit,
  },
  { NULL },
};

unsigned
rai_dashboard_needs (RaiDashboardKind kind) {
  unsigned needs = 0;
  for (const RaiDashboardSection *section = rai_dashboard_sections; section->id; section++)
    if (section->kinds & kind)
      needs |= section->needs;

  for (unsigned slot = 0; slot < RAI_DASHBOARD_N_SLOTS; slot++)
    if (!(rai_dashboard_queries[slot].kinds & kind))
      needs &= ~(1u << slot);

  return needs;
}
