/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/rai-cli-plan.h"

#include "forecast/choice/rai-forecasters.h"
#include "planner/rai-planner-forecast.h"
#include "planner/rai-planner-plan.h"
#include "planner/rai-planner-simulate.h"
#include "proto/rai-json.h"
#include "sync/rai-sync-server.h"
#include "util/rai-clock.h"
#include "util/rai-progress.h"

#include <math.h>
#include <stdio.h>

static char **option_sites;
static int option_horizon;
static int option_history;
static int option_threads;
static int option_keep_days = RAI_SYNC_KEEP_DAYS;
static char *option_model;
static char *option_through;
static gboolean option_json;
static double option_service = 0.95;
static char *option_output;
static int option_days = 56;
static int option_items = 2000;

/* The ids of the stores named by --site. */
static GArray *
find_sites (RaiDb *db, GError **error) {
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (int64_t));
  for (size_t i = 0; option_sites != NULL && option_sites[i] != NULL; i++) {
    RaiStatement *statement = rai_db_prepare (db, "SELECT id FROM site WHERE code = ?1", error);
    if (statement == NULL)
      return NULL;
    rai_statement_bind_text (statement, 1, option_sites[i]);
    RaiStep step = rai_statement_step (statement, error);
    int64_t id = step == RAI_STEP_ROW ? rai_statement_int (statement, 0) : 0;
    rai_statement_reset (statement);
    if (step == RAI_STEP_FAILED)
      return NULL;
    if (step == RAI_STEP_DONE) {
      g_set_error (error, RAI_CLI_ERROR, RAI_CLI_ERROR_FAILED,
                   "there is no store with the code “%s”", option_sites[i]);
      return NULL;
    }
    g_array_append_val (ids, id);
  }

  return g_steal_pointer (&ids);
}

static bool
check_number (int value, int minimum, int maximum, const char *option, GError **error) {
  if (value >= minimum && value <= maximum)
    return true;
  g_set_error (error, RAI_CLI_ERROR, RAI_CLI_ERROR_USAGE, "%s must be from %d to %d", option,
               minimum, maximum);
  return false;
}

static bool
read_through (RaiDay *day, GError **error) {
  *day = RAI_DAY_NONE;
  if (option_through == NULL)
    return true;
  *day = rai_day_parse (option_through, -1);
  if (*day != RAI_DAY_NONE)
    return true;

  g_set_error (error, RAI_CLI_ERROR, RAI_CLI_ERROR_USAGE,
               "--through “%s” is not a day; write it as 2026-03-31", option_through);
  return false;
}

static bool
check_model (GError **error) {
  if (option_model == NULL || g_str_equal (option_model, RAI_METHOD_AUTO_ID) ||
      rai_forecaster_find (option_model) != NULL)
    return true;
  g_set_error (error, RAI_CLI_ERROR, RAI_CLI_ERROR_USAGE,
               "there is no model “%s”; `retailai-forecast --list-models' names them all",
               option_model);
  return false;
}

static const char *
number_or_null (double value, char *buffer) {
  if (isfinite (value))
    g_ascii_formatd (buffer, G_ASCII_DTOSTR_BUF_SIZE, "%.4f", value);
  else
    g_strlcpy (buffer, "null", G_ASCII_DTOSTR_BUF_SIZE);
  return buffer;
}

static void
print_forecast (const RaiPlannerForecastSummary *summary) {
  char day[11], wape[G_ASCII_DTOSTR_BUF_SIZE], naive[G_ASCII_DTOSTR_BUF_SIZE],
      seconds[G_ASCII_DTOSTR_BUF_SIZE];
  char site[G_ASCII_DTOSTR_BUF_SIZE], site_naive[G_ASCII_DTOSTR_BUF_SIZE];

  rai_day_format (summary->first_day, day);
  if (option_json)
    printf ("{\"first_day\":\"%s\",\"horizon\":%zu,\"sites\":%zu,\"items\":%zu,\"series\":%zu,"
            "\"wape\":%s,"
            "\"wape_naive\":%s,\"site_wape\":%s,\"site_wape_naive\":%s,\"seconds\":%s}\n",
            day, summary->horizon, summary->sites, summary->items, summary->series,
            number_or_null (summary->wape, wape), number_or_null (summary->wape_naive, naive),
            number_or_null (summary->site_wape, site),
            number_or_null (summary->site_wape_naive, site_naive),
            number_or_null (summary->seconds, seconds));
  else {
    printf ("Forecast %zu items in %zu stores from %s on, %zu days ahead.\n", summary->items,
            summary->sites, day, summary->horizon);
    if (isfinite (summary->site_wape))
      printf ("Looking back, a store's day was off by %.1f %% of its takings; repeating last week "
              "by %.1f %%.\n",
              summary->site_wape * 100, summary->site_wape_naive * 100);
  }
}

static bool
run_forecast (RaiCli *cli, char **arguments, GError **error) {
  RaiPlannerForecastOptions options = { .model = option_model };
  if (!check_number (option_horizon, 0, 366, "--horizon", error) ||
      !check_number (option_history, 0, 4000, "--history", error) ||
      !check_number (option_threads, 0, 256, "--threads", error) ||
      !read_through (&options.through, error) || !check_model (error))
    return false;

  options.horizon = (size_t) option_horizon;
  options.history = (size_t) option_history;
  options.threads = (unsigned) option_threads;
  rai_progress_set_quiet (cli->quiet || option_json);
  g_autoptr (RaiDb) db = rai_cli_open (cli, 0, error);
  g_autoptr (GArray) sites = db != NULL ? find_sites (db, error) : NULL;
  if (sites == NULL)
    return false;

  options.sites = (const int64_t *) (void *) sites->data;
  options.n_sites = sites->len;

  RaiPlannerForecastSummary summary;
  if (!rai_planner_forecast (db, &options, &summary, NULL, error))
    return false;
  print_forecast (&summary);

  return true;
}

static const GOptionEntry forecast_entries[] = {
  { "horizon", 0, 0, G_OPTION_ARG_INT, &option_horizon, "Days ahead (28)", "DAYS" },
  { "history", 0, 0, G_OPTION_ARG_INT, &option_history, "Days to look back at most (1098)",
    "DAYS" },
  { "site", 0, 0, G_OPTION_ARG_STRING_ARRAY, &option_sites, "Only this store; may be given again",
    "CODE" },
  { "model", 'm', 0, G_OPTION_ARG_STRING, &option_model, "One model for all instead of choosing",
    "NAME" },
  { "threads", 't', 0, G_OPTION_ARG_INT, &option_threads, "Threads (one a core)", "N" },
  { "through", 0, 0, G_OPTION_ARG_STRING, &option_through,
    "Last day that is history (yesterday, in each store's zone)", "YYYY-MM-DD" },
  { "json", 0, 0, G_OPTION_ARG_NONE, &option_json, "Print a summary as JSON, no progress", NULL },
  { NULL },
};

const RaiCliCommand rai_cli_forecast = {
  .name = "forecast",
  .title =
      "Forecast every item of every store, and the revenue of departments, stores and the company",
  .help = "History ends with the day that ended last by the clock, in each store's zone; what has "
          "been sold today is not\n"
          "part of it, and days of which no sales have come in yet are unknown. Data of the past "
          "need --through DAY.\n"
          "Forecasts, their backtests and the report card are written to the database; run `plan' "
          "afterwards.\n\n"
          "Examples:\n"
          "  retailai-server forecast\n"
          "  retailai-server forecast --through 2011-11-30 && retailai-server plan --through "
          "2011-11-30\n"
          "  retailai-server forecast --site S01 --horizon 42 --json",
  .options = forecast_entries,
  .run = run_forecast,
};

static void
print_stores (const RaiPlannerPlanSummary *summary) {
  printf (",\"stores\":[");
  for (size_t i = 0; i < summary->planned->len; i++) {
    const RaiPlannedSite *site = &g_array_index (summary->planned, RaiPlannedSite, i);
    g_autoptr (GString) line = g_string_new (i > 0 ? "," : "");
    char day[11];

    g_string_append (line, "{\"code\":");
    rai_json_append_string (line, site->code);
    g_string_append_printf (line, ",\"orders\":%zu,\"verdict\":\"%s\",\"day\":", site->orders,
                            rai_plan_verdict_id (site->verdict));
    if (site->day != RAI_DAY_NONE)
      g_string_append_printf (line, "\"%s\"", rai_day_format (site->day, day));
    else
      g_string_append (line, "null");
    printf ("%s,\"days_missing\":%d}", line->str, site->days_missing);
  }
  printf ("]}\n");
}

static void
print_reasons (const RaiPlannerPlanSummary *summary) {
  for (size_t i = 0; i < summary->planned->len; i++) {
    const RaiPlannedSite *site = &g_array_index (summary->planned, RaiPlannedSite, i);
    g_autofree char *reason = rai_planned_site_explain (site);
    if (reason != NULL)
      printf ("%s: no order, %s.\n", site->code, reason);
  }
}

static void
print_plan (const RaiPlannerPlanSummary *summary) {
  char seconds[G_ASCII_DTOSTR_BUF_SIZE];
  if (option_json) {
    printf ("{\"sites\":%zu,\"items\":%zu,\"changed\":%" G_GINT64_FORMAT
            ",\"orders\":%zu,\"lines\":%zu,"
            "\"total\":%" G_GINT64_FORMAT
            ",\"alerts\":%zu,\"alerts_opened\":%zu,\"alerts_resolved\":%zu,"
            "\"seconds\":%s",
            summary->sites, summary->items, summary->changed, summary->orders, summary->lines,
            summary->total, summary->alerts, summary->alerts_opened, summary->alerts_resolved,
            number_or_null (summary->seconds, seconds));
    print_stores (summary);
  } else {
    printf ("Planned %zu items in %zu stores: %zu orders with %zu lines, %zu alerts (%zu new, %zu "
            "resolved).\n",
            summary->items, summary->sites, summary->orders, summary->lines, summary->alerts,
            summary->alerts_opened, summary->alerts_resolved);
    print_reasons (summary);
  }
}

static bool
run_plan (RaiCli *cli, char **arguments, GError **error) {
  RaiDay through;
  if (!check_number (option_keep_days, 1, 36500, "--keep-days", error) ||
      !read_through (&through, error))
    return false;
  rai_progress_set_quiet (cli->quiet || option_json);
  g_autoptr (RaiDb) db = rai_cli_open (cli, 0, error);
  g_autoptr (GArray) sites = db != NULL ? find_sites (db, error) : NULL;
  if (sites == NULL)
    return false;

  RaiPlannerPlanOptions options = { (const int64_t *) (void *) sites->data, sites->len, through };
  g_auto (RaiPlannerPlanSummary) summary = { 0 };
  if (!rai_planner_plan (db, &options, &summary, NULL, error))
    return false;

  print_plan (&summary);
  return rai_sync_server_prune (db, rai_day_from_ms (rai_now_ms (), NULL), option_keep_days, error);
}

static const GOptionEntry plan_entries[] = {
  { "keep-days", 0, 0, G_OPTION_ARG_INT, &option_keep_days,
    "Replicas that were away for longer fetch all anew (90)", "DAYS" },
  { "site", 0, 0, G_OPTION_ARG_STRING_ARRAY, &option_sites, "Only this store; may be given again",
    "CODE" },
  { "through", 0, 0, G_OPTION_ARG_STRING, &option_through,
    "Last day that is history (yesterday): the one that `forecast' was told", "YYYY-MM-DD" },
  { "json", 0, 0, G_OPTION_ARG_NONE, &option_json, "Print a summary as JSON, no progress", NULL },
  { NULL },
};

const RaiCliCommand rai_cli_plan = {
  .name = "plan",
  .title = "Turn stock and forecasts into order proposals and alerts",
  .help = "Each store's proposals that nobody edited are replaced. Run it after `forecast', after "
          "deliveries and "
          "counts.\n\n"
          "Example:\n"
          "  retailai-server plan --json",
  .options = plan_entries,
  .run = run_plan,
};

static bool
run_simulate (RaiCli *cli, char **arguments, GError **error) {
  if (!(option_service > 0.5 && option_service < 1)) {
    g_set_error_literal (error, RAI_CLI_ERROR, RAI_CLI_ERROR_USAGE,
                         "--service must be a share between 0.5 and 1");
    return false;
  }

  RaiPlannerSimulateOptions options = { .service = option_service,
                                        .output = option_output,
                                        .model = option_model };

  if (!check_number (option_days, 14, 730, "--days", error) ||
      !check_number (option_items, 1, 1000000, "--items", error) ||
      !check_number (option_threads, 0, 256, "--threads", error) ||
      !read_through (&options.through, error) || !check_model (error))
    return false;

  options.days = (size_t) option_days;
  options.items = (size_t) option_items;
  options.threads = (unsigned) option_threads;
  rai_progress_set_quiet (cli->quiet);
  g_autoptr (RaiDb) db = rai_cli_open (cli, RAI_DB_OPEN_READ_ONLY, error);
  g_autoptr (GArray) sites = db != NULL ? find_sites (db, error) : NULL;
  if (sites == NULL)
    return false;

  options.sites = (const int64_t *) (void *) sites->data;
  options.n_sites = sites->len;
  return rai_planner_simulate (db, &options, NULL, error);
}

static const GOptionEntry simulate_entries[] = {
  { "service", 's', 0, G_OPTION_ARG_DOUBLE, &option_service,
    "Share of the demand to meet from the shelf (0.95)", "SHARE" },
  { "output", 'o', 0, G_OPTION_ARG_FILENAME, &option_output,
    "The CSV file to write (standard output)", "FILE" },
  { "days", 0, 0, G_OPTION_ARG_INT, &option_days, "Days at the end of the sales to replay (56)",
    "DAYS" },
  { "items", 0, 0, G_OPTION_ARG_INT, &option_items,
    "Store items to replay at most (2000), spread evenly", "N" },
  { "site", 0, 0, G_OPTION_ARG_STRING_ARRAY, &option_sites, "Only this store; may be given again",
    "CODE" },
  { "model", 'm', 0, G_OPTION_ARG_STRING, &option_model, "One model for all instead of choosing",
    "NAME" },
  { "threads", 't', 0, G_OPTION_ARG_INT, &option_threads, "Threads (one a core)", "N" },
  { "through", 0, 0, G_OPTION_ARG_STRING, &option_through, "Last day to replay (the newest)",
    "YYYY-MM-DD" },
  { NULL },
};

const RaiCliCommand rai_cli_simulate = {
  .name = "simulate",
  .title = "Replay past days and compare our orders with the rule most shops use",
  .help = "Each day is planned with what was known that morning: forecasts are made anew every two "
          "weeks from the sales\n"
          "before. The row `average' orders up to a multiple of the last 28 days' average; the "
          "multiple is tuned so that\n"
          "it meets the same share of the demand. Stock and waste are in units, costs in minor "
          "units of the currency:\n"
          "orders, holding, waste and lost margin. Sales stand for demand; a day with a stock-out "
          "asked for no less than\n"
          "a like day of the eight weeks before.\n\n"
          "Example:\n"
          "  retailai-server simulate --service 0.95 --output policies.csv",
  .options = simulate_entries,
  .run = run_simulate,
};
