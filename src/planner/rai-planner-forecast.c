/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "planner/rai-planner-forecast.h"

#include "core/rai-method.h"
#include "db/rai-tombstone.h"
#include "forecast/rai-forecast.h"
#include "planner/rai-accuracy.h"
#include "planner/rai-forecast-memory.h"
#include "planner/rai-forecast-past.h"
#include "planner/rai-forecast-row.h"
#include "planner/rai-override.h"
#include "planner/rai-panel-reader.h"
#include "planner/rai-planner-job.h"
#include "planner/rai-planner-shortages.h"

#include <math.h>

/* Days ahead and days of history, where nobody says. */
#define HORIZON 28
#define HISTORY (3 * 366)
/* The last weeks: what was sold in them, and what had been forecast for them. */
#define PAST_DAYS 28
#define ROWS_A_COMMIT 1000
/* Series x days in memory at once; a site is never split. */
#define CELLS_A_PANEL 8000000

typedef struct {
  RaiDb *db;
  const RaiPlannerForecastOptions *options;
  GCancellable *cancellable;
  size_t horizon;
  size_t history;
  RaiCatalogue *catalogue;
  RaiOverrides *overrides;
  RaiAccuracy *accuracy;
  size_t pending; /* rows in the open transaction */
  RaiPlannerForecastSummary *summary;
} Run;

/* Sites that are forecast from the same day on. */
typedef struct {
  RaiDay origin;
  GPtrArray *sites; /* const RaiCatalogueSite * */
} Group;

static void
clear_group (void *data) {
  g_ptr_array_unref (((Group *) data)->sites);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Group, clear_group)

static bool
is_wanted (const RaiPlannerForecastOptions *options, int64_t site_id) {
  for (size_t i = 0; i < options->n_sites; i++)
    if (options->sites[i] == site_id)
      return true;
  return options->n_sites == 0;
}

static void
add_to_group (GArray *groups, RaiDay origin, const RaiCatalogueSite *site) {
  for (size_t i = 0; i < groups->len; i++)
    if (g_array_index (groups, Group, i).origin == origin) {
      g_ptr_array_add (g_array_index (groups, Group, i).sites, (void *) site);
      return;
    }
  Group group = { origin, g_ptr_array_new () };
  g_ptr_array_add (group.sites, (void *) site);
  g_array_append_val (groups, group);
}

static int
compare_groups (const void *a, const void *b) {
  const Group *x = a, *y = b;
  return (y->origin > x->origin) - (y->origin < x->origin);
}

static GArray *
group_sites (const Run *run) {
  GArray *groups = g_array_new (FALSE, FALSE, sizeof (Group));
  g_array_set_clear_func (groups, clear_group);

  size_t n;
  const RaiCatalogueSite *sites = rai_catalogue_sites (run->catalogue, &n);
  for (size_t i = 0; i < n; i++) {
    if (rai_catalogue_site_lives (&sites[i]) && is_wanted (run->options, sites[i].id))
      add_to_group (groups, sites[i].today, &sites[i]);
  }

  g_array_sort (groups, compare_groups);
  return groups;
}

/* ---- Transactions ---- */

static bool
write_begin (Run *run, GError **error) {
  return rai_db_in_transaction (run->db) || rai_db_begin_write (run->db, error);
}

static bool
write_end (Run *run, GError **error) {
  run->pending = 0;
  return !rai_db_in_transaction (run->db) ||
         (rai_tombstone_forget (run->db, "forecast", error) && rai_db_commit (run->db, error));
}

/* Counts rows; commits when there are enough. */
static bool
wrote (Run *run, size_t rows, GError **error) {
  run->pending += rows;
  if (run->pending < ROWS_A_COMMIT)
    return true;
  return write_end (run, error) &&
         !g_cancellable_set_error_if_cancelled (run->cancellable, error) &&
         write_begin (run, error);
}

/* ---- Forecasting ---- */

typedef struct {
  RaiProgress *progress;
  unsigned shown; /* thousandths */
} Bar;

static void
core_advanced_cb (double share, const char *stage, void *data) {
  Bar *bar = data;
  unsigned now = (unsigned) (CLAMP (share, 0, 1) * 1000);
  if (now > bar->shown) {
    rai_progress_advance (bar->progress, now - bar->shown);
    bar->shown = now;
  }
}

static bool
is_automatic (const Run *run) {
  return run->options->model == NULL || g_str_equal (run->options->model, RAI_METHOD_AUTO_ID);
}

/* what: see rai-forecast-memory.h. */
static RaiForecast *
run_core (Run *run, const RaiPanel *panel, const char *what, const char *title, GError **error) {
  g_autoptr (RaiMemory) memory = NULL;
  if (is_automatic (run) &&
      !rai_forecast_memory_read (run->db, what, (RaiDay) rai_panel_origin (panel), &memory, error))
    return NULL;

  g_autoptr (RaiProgress) progress = rai_progress_new (title, 1000);
  Bar bar = { progress, 0 };

  RaiForecastOptions options = {
    .model = run->options->model,
    .memory = memory,
    .threads = run->options->threads,
    .dispersion = g_str_has_prefix (what, "items"),
    .cancellable = run->cancellable,
    .progress = core_advanced_cb,
    .data = &bar,
  };
  RaiForecast *forecast = rai_forecast_run (panel, &options, error);

  core_advanced_cb (1, title, &bar);
  return forecast;
}

static bool
remember (Run *run, const RaiPanel *panel, const char *what, const RaiForecast *forecast,
          GError **error) {
  return !is_automatic (run) ||
         (write_begin (run, error) &&
          rai_forecast_memory_write (run->db, what, (RaiDay) rai_panel_origin (panel), forecast,
                                     error) &&
          write_end (run, error));
}

/* Sales a day over the last weeks. */
static double
recent_sales (const RaiPanel *panel, size_t series) {
  size_t n = rai_panel_length (panel, series), days = MIN (n, PAST_DAYS);
  const double *observations = rai_panel_observations (panel, series);
  double sum = 0;
  for (size_t t = n - days; t < n; t++)
    sum += isfinite (observations[t]) ? observations[t] : 0;
  return days > 0 ? sum / (double) days : 0;
}

static bool
write_series (Run *run, const RaiPanel *panel, const RaiForecast *forecast, RaiForecastNode node,
              size_t i, GError **error) {
  g_auto (RaiForecastRow) row = { 0 };
  g_autofree double *factors = g_new (double, run->horizon);
  const RaiSeriesForecast *series = rai_forecast_series (forecast, i);

  rai_forecast_row_set (&row, node, (RaiDay) rai_panel_origin (panel), run->horizon, series);
  if (node.level == RAI_LEVEL_ITEM &&
      rai_overrides_find (run->overrides, node.site_id, node.node_id, row.first_day, run->horizon,
                          factors))
    rai_forecast_row_override (&row, factors);

  rai_accuracy_add (run->accuracy, node, &series->backtest, recent_sales (panel, i));
  run->summary->series++;
  return rai_forecast_row_write (&row, run->db, error) && wrote (run, 1, error);
}

/* The end of nodes[begin ...] that share level and site. */
static size_t
slice_end (const GArray *nodes, size_t begin) {
  const RaiForecastNode *node = (const RaiForecastNode *) (void *) nodes->data;
  size_t end = begin + 1;
  while (end < nodes->len && node[end].site_id == node[begin].site_id &&
         node[end].level == node[begin].level)
    end++;
  return end;
}

/* Forecasts of items that are not carried any more, and of departments that are gone. */
static bool
remove_stale (Run *run, RaiForecastNode node, RaiDay origin, GError **error) {
  return rai_tombstone_delete (run->db, NULL, error, "forecast",
                               "level = ?1 AND site_id = ?2 AND first_day <> ?3", "tii",
                               rai_forecast_level_id (node.level), node.site_id, (int64_t) origin);
}

/* Whether nothing is known of what had been forecast for the last days of a level at a site. */
static bool
past_is_missing (Run *run, RaiForecastNode node, RaiDay origin, bool *missing, GError **error) {
  g_autofree char *sql = g_strdup_printf ("SELECT COUNT(*) FROM (SELECT 1 FROM forecast_past WHERE "
                                          "level = '%s' AND site_id = ?1 AND day >= ?2 "
                                          "AND day < ?3 LIMIT 1) AS found",
                                          rai_forecast_level_id (node.level));
  const int64_t arguments[] = { node.site_id, origin - PAST_DAYS, origin };
  int64_t count;

  if (!rai_db_get_int (run->db, sql, arguments, 3, 0, &count, error))
    return false;
  *missing = count == 0;

  return true;
}

static bool
fill_past (Run *run, const RaiPanel *panel, const RaiForecast *forecast,
           const RaiForecastNode *nodes, size_t i, GError **error) {
  return rai_forecast_past_fill (run->db, panel, nodes, forecast, i, 1, error) &&
         wrote (run, rai_panel_horizon (panel), error);
}

static bool
write_panel (Run *run, const RaiPanel *panel, const RaiForecast *forecast, const GArray *nodes,
             GError **error) {
  const RaiForecastNode *node = (const RaiForecastNode *) (void *) nodes->data;
  RaiDay origin = (RaiDay) rai_panel_origin (panel);
  g_autoptr (RaiProgress) progress = rai_progress_new ("Writing forecasts", nodes->len);

  for (size_t begin = 0, end; begin < nodes->len; begin = end) {
    bool missing;
    end = slice_end (nodes, begin);
    if (!past_is_missing (run, node[begin], origin, &missing, error) || !write_begin (run, error) ||
        !rai_forecast_past_keep (run->db, panel, node, begin, end - begin, origin, error))
      return false;
    for (size_t i = begin; i < end; i++)
      if (!write_series (run, panel, forecast, node[i], i, error) ||
          (missing && !fill_past (run, panel, forecast, node, i, error)))
        return false;
    if (!remove_stale (run, node[begin], origin, error))
      return false;
    rai_progress_advance (progress, end - begin);
  }

  return write_end (run, error);
}

static RaiPanelReader *
reader_new (Run *run, RaiDay origin, GError **error) {
  return rai_panel_reader_new (run->db, run->catalogue, origin, run->horizon, run->history, error);
}

/* what: see rai-forecast-memory.h. */
static bool
forecast_totals (Run *run, const Group *group, RaiTotalsKind kind, const char *what,
                 GError **error) {
  const RaiCatalogueSite *const *sites = (const RaiCatalogueSite *const *) group->sites->pdata;
  g_autoptr (GArray) nodes = g_array_new (FALSE, FALSE, sizeof (RaiForecastNode));
  g_autoptr (RaiPanelReader) reader = reader_new (run, group->origin, error);
  g_autoptr (RaiPanel) panel = NULL;

  if (reader != NULL)
    panel = rai_panel_reader_totals (reader, sites, group->sites->len, kind, nodes,
                                     run->cancellable, error);

  if (panel == NULL)
    return false;
  g_autoptr (RaiForecast) forecast = run_core (run, panel, what, "Forecasting revenue", error);

  return forecast != NULL && write_panel (run, panel, forecast, nodes, error) &&
         remember (run, panel, what, forecast, error);
}

static bool
forecast_items (Run *run, const RaiCatalogueSite *const *sites, size_t n_sites, RaiDay origin,
                GError **error) {
  g_autoptr (GArray) nodes = g_array_new (FALSE, FALSE, sizeof (RaiForecastNode));
  g_autoptr (RaiPanelReader) reader = reader_new (run, origin, error);
  g_autoptr (RaiPanel) panel = NULL;

  if (reader != NULL) {
    g_autoptr (RaiProgress) progress = rai_progress_new ("Reading sales", n_sites);
    panel =
        rai_panel_reader_items (reader, sites, n_sites, nodes, progress, run->cancellable, error);
  }

  if (panel == NULL)
    return false;
  run->summary->items += nodes->len;

  g_autofree char *what = g_strdup_printf ("items %" G_GINT64_FORMAT, sites[0]->id);
  g_autoptr (RaiForecast) forecast = run_core (run, panel, what, "Forecasting items", error);
  return forecast != NULL && write_panel (run, panel, forecast, nodes, error) &&
         remember (run, panel, what, forecast, error);
}

/* Sites are taken together as long as memory allows. */
static bool
forecast_group (Run *run, const Group *group, GError **error) {
  const RaiCatalogueSite *const *sites = (const RaiCatalogueSite *const *) group->sites->pdata;
  for (size_t begin = 0, end; begin < group->sites->len; begin = end) {
    int64_t cells = 0;
    for (end = begin; end < group->sites->len; end++) {
      int64_t carried;
      if (!rai_db_get_int (run->db, "SELECT COUNT(*) FROM stock WHERE site_id = ?1",
                           &sites[end]->id, 1, 0, &carried, error))
        return false;
      cells += carried * (int64_t) (MIN (run->history, HISTORY) + run->horizon);
      if (end > begin && cells > CELLS_A_PANEL)
        break;
    }
    if (!forecast_items (run, sites + begin, end - begin, group->origin, error))
      return false;
  }

  return true;
}

/* Where it is another day already at some sites, the company is forecast from the earliest today
 * on: until then all of it is known. */
static bool
forecast_company (Run *run, const GArray *groups, GError **error) {
  g_auto (Group)
      all = { g_array_index (groups, Group, groups->len - 1).origin, g_ptr_array_new () };
  for (size_t g = 0; g < groups->len; g++)
    g_ptr_array_extend (all.sites, g_array_index (groups, Group, g).sites, NULL, NULL);
  return forecast_totals (run, &all, RAI_TOTALS_COMPANY, "company", error);
}

static bool
forecast_groups (Run *run, const GArray *groups, GError **error) {
  const bool company = run->options->n_sites == 0;
  for (size_t g = 0; g < groups->len; g++) {
    const Group *group = &g_array_index (groups, Group, g);
    RaiTotalsKind kind = company && groups->len == 1 ? RAI_TOTALS_ALL : RAI_TOTALS_SITES;
    run->summary->sites += group->sites->len;
    if (!forecast_totals (run, group, kind, "totals", error) || !forecast_group (run, group, error))
      return false;
  }

  return !company || groups->len == 1 || forecast_company (run, groups, error);
}

static bool
run_all (Run *run, GError **error) {
  run->catalogue = rai_catalogue_new (run->db, run->options->through, error);
  if (run->catalogue == NULL)
    return false;
  g_autoptr (GArray) groups = group_sites (run);
  if (groups->len == 0) {
    rai_catalogue_set_lifeless (run->catalogue, error);
    return false;
  }

  run->summary->first_day = g_array_index (groups, Group, 0).origin;
  run->overrides =
      rai_overrides_new (run->db, g_array_index (groups, Group, groups->len - 1).origin, error);

  return run->overrides != NULL && forecast_groups (run, groups, error) &&
         write_begin (run, error) &&
         (run->options->n_sites > 0 || rai_accuracy_write (run->accuracy, run->db, error)) &&
         write_end (run, error);
}

static char *
options_json (const Run *run) {
  char day[11];
  return g_strdup_printf (
      "{\"horizon\":%zu,\"sites\":%zu,\"model\":\"%s\",\"first_day\":\"%s\"}", run->horizon,
      run->summary->sites, run->options->model != NULL ? run->options->model : RAI_METHOD_AUTO_ID,
      run->summary->first_day != RAI_DAY_NONE ? rai_day_format (run->summary->first_day, day) : "");
}

static bool
finish (Run *run, RaiPlannerJob *job, bool done, int64_t started_us, GError **error) {
  RaiPlannerForecastSummary *summary = run->summary;
  summary->wape = rai_accuracy_wape (run->accuracy, RAI_LEVEL_ITEM, false);
  summary->wape_naive = rai_accuracy_wape (run->accuracy, RAI_LEVEL_ITEM, true);
  summary->site_wape = rai_accuracy_wape (run->accuracy, RAI_LEVEL_SITE, false);
  summary->site_wape_naive = rai_accuracy_wape (run->accuracy, RAI_LEVEL_SITE, true);
  summary->seconds = (double) (g_get_monotonic_time () - started_us) / G_TIME_SPAN_SECOND;

  g_autofree char *arguments = options_json (run);
  if (!done) {
    rai_planner_job_failed (job, run->db, arguments, error != NULL ? *error : NULL);
    return false;
  }

  g_autofree char *text = g_strdup_printf ("Forecast %zu items in %zu stores, %zu days ahead",
                                           summary->items, summary->sites, run->horizon);
  return rai_planner_job_done (job, run->db, arguments, text, error);
}

bool
rai_planner_forecast (RaiDb *db, const RaiPlannerForecastOptions *options,
                      RaiPlannerForecastSummary *summary, GCancellable *cancellable,
                      GError **error) {
  RaiPlannerForecastSummary ignored;
  Run run = { .db = db, .options = options, .cancellable = cancellable };
  run.summary = summary != NULL ? summary : &ignored;
  run.horizon = options->horizon > 0 ? MIN (options->horizon, 366) : HORIZON;
  run.history = options->history > 0 ? options->history : HISTORY;
  *run.summary = (RaiPlannerForecastSummary){ .first_day = RAI_DAY_NONE, .horizon = run.horizon };

  int64_t started_us = g_get_monotonic_time ();
  RaiPlannerJob job;
  if (!rai_planner_shortages (db, cancellable, error) ||
      !rai_planner_job_begin (&job, db, RAI_JOB_FORECAST, error))
    return false;

  run.accuracy = rai_accuracy_new (run.horizon);
  g_autoptr (GError) failure = NULL;

  bool done = run_all (&run, &failure);
  done = finish (&run, &job, done, started_us, &failure);
  if (failure != NULL)
    g_propagate_error (error, g_steal_pointer (&failure));

  rai_accuracy_free (run.accuracy);
  g_clear_pointer (&run.overrides, rai_overrides_free);
  g_clear_pointer (&run.catalogue, rai_catalogue_free);

  return done;
}
