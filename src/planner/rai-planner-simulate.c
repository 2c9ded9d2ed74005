/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "planner/rai-planner-simulate.h"

#include "forecast/rai-forecast.h"
#include "planner/rai-panel-reader.h"

#include <math.h>

#define HISTORY (3 * 366)
#define HORIZON 35
#define REFRESH_DAYS 14
#define AVERAGE_DAYS 28
#define ORDER_COST 50.0   /* of one order line, minor units: handling and shelving */
#define HOLDING_RATE 0.20 /* of the cost a year */
/* A day that was out of stock for longer than this share may have sold too little. */
#define SHORT_SHARE 0.1f
/* Weeks before, one of which stands for a day without stock. */
#define LIKE_WEEKS 8

typedef struct {
  RaiDb *db;
  const RaiPlannerSimulateOptions *options;
  RaiCatalogue *catalogue;
  GPtrArray *sites;
  RaiDay first;       /* first day replayed */
  RaiDay end;         /* the day after the last */
  size_t every;       /* one in so many items */
  GArray *nodes;      /* RaiForecastNode, the same at every origin */
  GArray *items;      /* RaiSimulation */
  GPtrArray *demands; /* owns the arrays of the items */
  size_t n_origins;
  size_t *origins; /* index into demand */
  float **means;   /* [n_origins] -> [items][HORIZON] */
  float **quantiles, **dispersions;
  double *pressures; /* [n_origins] */
} Run;

static bool
is_wanted (const Run *run, const RaiCatalogueSite *site) {
  for (size_t i = 0; i < run->options->n_sites; i++)
    if (run->options->sites[i] == site->id)
      return true;
  return run->options->n_sites == 0;
}

static bool
choose_sites (Run *run, GError **error) {
  size_t n;
  int64_t carried = 0;
  const RaiCatalogueSite *sites = rai_catalogue_sites (run->catalogue, &n);
  RaiDay newest = RAI_DAY_NONE;

  for (size_t i = 0; i < n; i++)
    if (sites[i].last_day != RAI_DAY_NONE && is_wanted (run, &sites[i])) {
      int64_t count;
      if (!rai_db_get_int (run->db, "SELECT COUNT(*) FROM stock WHERE site_id = ?1", &sites[i].id,
                           1, 0, &count, error))
        return false;
      g_ptr_array_add (run->sites, (void *) &sites[i]);
      newest = MAX (newest, sites[i].last_day);
      carried += count;
    }

  if (run->sites->len == 0 || carried == 0) {
    g_set_error_literal (
        error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
        "there is nothing to replay: no store has sales yet. Import receipts or sales first, or "
        "generate the demo");
    return false;
  }

  run->end =
      (run->options->through != RAI_DAY_NONE ? MIN (newest, run->options->through) : newest) + 1;
  run->first = run->end - (RaiDay) run->options->days;
  run->every = ((size_t) carried + run->options->items - 1) / run->options->items;

  return true;
}

static RaiPanel *
read_panel (Run *run, RaiDay origin, GArray *nodes, GError **error) {
  g_autoptr (RaiPanelReader) reader =
      rai_panel_reader_new (run->db, run->catalogue, origin, HORIZON, HISTORY, error);
  if (reader == NULL)
    return NULL;
  rai_panel_reader_set_every (reader, run->every);
  return rai_panel_reader_items (reader, (const RaiCatalogueSite *const *) run->sites->pdata,
                                 run->sites->len, nodes, NULL, NULL, error);
}

/* What a like day with stock asked for: the same weekday of one of the weeks before, drawn, for a
 * week that sold the shelf empty asked for more than others. */
static double
like_day (const double *observations, const float *stockout, size_t at) {
  uint32_t draw = (uint32_t) at * 0x9e3779b9U;
  for (size_t k = 0; k < LIKE_WEEKS; k++) {
    size_t back = 7 * (1 + ((draw >> 16) + k) % LIKE_WEEKS);
    if (back <= at && stockout[at - back] <= SHORT_SHARE && isfinite (observations[at - back]))
      return observations[at - back];
  }
  return 0;
}

/* Sales stand for demand; a day with a stock-out asked for no less than a like day. */
static double *
demand_of (const Run *run, const RaiPanel *panel, size_t series) {
  size_t n = AVERAGE_DAYS + run->options->days, length = rai_panel_length (panel, series);
  const double *observations = rai_panel_observations (panel, series);
  const float *stockout = rai_panel_stockout (panel, series);
  double *demand = g_new0 (double, n);

  for (size_t t = n - MIN (n, length); t < n; t++) {
    size_t at = length - n + t;
    if (!isfinite (observations[at]))
      continue;
    demand[t] = observations[at];
    if (stockout[at] > SHORT_SHARE)
      demand[t] = MAX (demand[t], like_day (observations, stockout, at));
  }

  return demand;
}

static bool
read_items (Run *run, GError **error) {
  g_autoptr (RaiPanel) panel = read_panel (run, run->end, run->nodes, error);
  if (panel == NULL)
    return false;
  for (size_t i = 0; i < run->nodes->len; i++) {
    const RaiForecastNode *node = &g_array_index (run->nodes, RaiForecastNode, i);
    const RaiCatalogueItem *item = rai_catalogue_item (run->catalogue, node->node_id);
    const RaiCatalogueSupplier *supplier =
        rai_catalogue_supplier (run->catalogue, item->supplier_id);
    double *demand = demand_of (run, panel, i);
    g_ptr_array_add (run->demands, demand);
    RaiSimulation simulation = {
      .demand = demand,
      .n_days = AVERAGE_DAYS + run->options->days,
      .first_day = run->first - AVERAGE_DAYS,
      .begin = AVERAGE_DAYS,
      .count_from = AVERAGE_DAYS + MIN (14, run->options->days / 4),
      .order_weekdays = supplier != NULL ? supplier->order_weekdays : 1 | 8,
      .lead_days = supplier != NULL ? supplier->lead_days : 2,
      .lead_spread = 0,
      .pack = (double) item->pack / 1000.0,
      .pieces = item->pieces,
      .shelf_life = item->shelf_life,
      .price = (double) item->price,
      .cost = (double) item->cost,
      .order_cost = ORDER_COST,
      .holding_rate = HOLDING_RATE,
    };
    g_array_append_val (run->items, simulation);
  }

  return true;
}

/* Keeps what a forecast from one origin says. */
static bool
forecast_origin (Run *run, size_t k, GError **error) {
  g_autoptr (GArray) nodes = g_array_new (FALSE, FALSE, sizeof (RaiForecastNode));
  g_autoptr (RaiPanel) panel =
      read_panel (run, run->first - AVERAGE_DAYS + (RaiDay) run->origins[k], nodes, error);
  if (panel == NULL)
    return false;

  RaiForecastOptions options = { .model = run->options->model,
                                 .threads = run->options->threads,
                                 .skip_parts = true,
                                 .dispersion = true };

  g_autoptr (RaiForecast) forecast = rai_forecast_run (panel, &options, error);
  if (forecast == NULL)
    return false;

  size_t n = run->items->len, width = HORIZON * RAI_N_QUANTILES;
  run->means[k] = g_new (float, MAX (1, n * HORIZON));
  run->quantiles[k] = g_new (float, MAX (1, n * width));
  run->dispersions[k] = g_new0 (float, MAX (1, n * HORIZON));

  for (size_t i = 0; i < n; i++) {
    const RaiSeriesForecast *series = rai_forecast_series (forecast, i);
    for (size_t h = 0; h < HORIZON; h++)
      run->means[k][i * HORIZON + h] = (float) series->mean[h];
    for (size_t h = 0; h < HORIZON && series->dispersion != NULL; h++)
      run->dispersions[k][i * HORIZON + h] = (float) series->dispersion[h];
    for (size_t h = 0; h < width; h++)
      run->quantiles[k][i * width + h] = (float) series->quantiles[h];
  }

  return true;
}

static bool
forecast_all (Run *run, GError **error) {
  g_autoptr (RaiProgress) progress = rai_progress_new ("Forecasting the past", run->n_origins);
  for (size_t k = 0; k < run->n_origins; k++) {
    run->origins[k] = AVERAGE_DAYS + k * REFRESH_DAYS;
    if (!forecast_origin (run, k, error))
      return false;
    rai_progress_advance (progress, 1);
  }
  return true;
}

static void
set_daily (const Run *run, size_t i, RaiDailyDemand *daily) {
  bool pieces = g_array_index (run->items, RaiSimulation, i).pieces;
  for (size_t k = 0; k < run->n_origins; k++)
    daily[k] = (RaiDailyDemand){ .means = run->means[k] + i * HORIZON,
                                 .quantiles = run->quantiles[k] + i * HORIZON * RAI_N_QUANTILES,
                                 .horizon = HORIZON,
                                 .pieces = pieces,
                                 .dispersion = run->dispersions[k] + i * HORIZON,
                                 .n_dispersion = HORIZON };
}

/* The pressure at which all items together meet the target, as each forecast sees the first orders
 * after it. */
static void
balance (Run *run) {
  size_t n = run->items->len;
  g_autofree RaiOrderPointProblem *problems = g_new (RaiOrderPointProblem, MAX (1, n));
  g_autofree double *review_days = g_new (double, MAX (1, n));
  g_autofree RaiDailyDemand *daily = g_new0 (RaiDailyDemand, run->n_origins);

  for (size_t k = 0; k < run->n_origins; k++) {
    for (size_t i = 0; i < n; i++) {
      const RaiSimulation *item = &g_array_index (run->items, RaiSimulation, i);
      RaiForecastPolicy policy = { run->origins,          daily, run->n_origins, RAI_SERVICE_FILL,
                                   run->options->service, NULL };
      RaiSimulationState state = { .day = run->origins[k] };
      state.delivery = rai_delivery_find (item->first_day + (RaiDay) state.day,
                                          item->order_weekdays, item->lead_days, 1, NULL, 0);
      state.day += (size_t) (state.delivery.order_day - (item->first_day + (RaiDay) state.day));
      set_daily (run, i, daily);
      RaiProposalProblem problem = rai_simulate_problem (item, &state, &policy);
      problems[i] = rai_proposal_order_point_problem (&problem, &review_days[i]);
    }
    run->pressures[k] = rai_balance_pressure (problems, review_days, n, run->options->service);
  }
}

static RaiSimulationResult
replay_ours (const Run *run) {
  RaiSimulationResult result = { 0 };
  g_autofree RaiDailyDemand *daily = g_new0 (RaiDailyDemand, run->n_origins);
  for (size_t i = 0; i < run->items->len; i++) {
    set_daily (run, i, daily);
    RaiForecastPolicy policy = { run->origins,          daily,
                                 run->n_origins,        RAI_SERVICE_BALANCED,
                                 run->options->service, run->pressures };
    rai_simulate (&g_array_index (run->items, RaiSimulation, i), rai_simulate_forecast, &policy,
                  &result);
  }

  return result;
}

static RaiSimulationResult
replay_average (const Run *run, double factor) {
  RaiSimulationResult result = { 0 };
  RaiAveragePolicy policy = { factor };
  for (size_t i = 0; i < run->items->len; i++)
    rai_simulate (&g_array_index (run->items, RaiSimulation, i), rai_simulate_average, &policy,
                  &result);
  return result;
}

/* The multiple of the average that meets the same share of the demand. */
static RaiSimulationResult
tune_average (const Run *run, double fill_rate, double *factor) {
  double low = 0.05, high = 8;
  for (int i = 0; i < 22; i++) {
    *factor = (low + high) / 2;
    RaiSimulationResult result = replay_average (run, *factor);
    if (rai_simulation_fill_rate (&result) < fill_rate)
      low = *factor;
    else
      high = *factor;
  }

  *factor = high;
  return replay_average (run, high);
}

static void
append_row (GString *csv, const char *policy, double target, const RaiSimulationResult *result) {
  char number[6][G_ASCII_DTOSTR_BUF_SIZE];
  const double values[6] = { target,
                             rai_simulation_fill_rate (result),
                             rai_simulation_average_stock (result),
                             result->waste,
                             result->orders,
                             rai_simulation_cost (result) };
  static const char *const formats[6] = { "%.4f", "%.4f", "%.1f", "%.1f", "%.0f", "%.0f" };

  g_string_append (csv, policy);
  for (int i = 0; i < 6; i++)
    g_string_append_printf (csv, ",%s",
                            g_ascii_formatd (number[i], sizeof number[i], formats[i], values[i]));

  g_string_append_c (csv, '\n');
}

static bool
write_csv (const Run *run, const RaiPlannerSimulateSummary *summary, GError **error) {
  g_autoptr (GString) csv =
      g_string_new ("policy,target,fill_rate,average_stock,waste,orders,cost\n");
  append_row (csv, "retailai", run->options->service, &summary->retailai);
  append_row (csv, "average", run->options->service, &summary->average);

  if (run->options->output == NULL) {
    g_print ("%s", csv->str);
    return true;
  }

  return g_file_set_contents (run->options->output, csv->str, (gssize) csv->len, error);
}

static bool
run_all (Run *run, RaiPlannerSimulateSummary *summary, GError **error) {
  run->catalogue = rai_catalogue_new (run->db, run->options->through, error);
  if (run->catalogue == NULL || !choose_sites (run, error) || !read_items (run, error))
    return false;
  run->n_origins = (run->options->days + REFRESH_DAYS - 1) / REFRESH_DAYS;
  run->origins = g_new0 (size_t, run->n_origins);
  run->means = g_new0 (float *, run->n_origins);
  run->quantiles = g_new0 (float *, run->n_origins);
  run->dispersions = g_new0 (float *, run->n_origins);
  run->pressures = g_new0 (double, run->n_origins);
  if (!forecast_all (run, error))
    return false;

  summary->items = run->items->len;
  balance (run);
  summary->retailai = replay_ours (run);
  summary->average =
      tune_average (run, rai_simulation_fill_rate (&summary->retailai), &summary->factor);

  return write_csv (run, summary, error);
}

bool
rai_planner_simulate (RaiDb *db, const RaiPlannerSimulateOptions *options,
                      RaiPlannerSimulateSummary *summary, GError **error) {
  RaiPlannerSimulateSummary ignored;
  Run run = { .db = db, .options = options };
  run.sites = g_ptr_array_new ();
  run.nodes = g_array_new (FALSE, FALSE, sizeof (RaiForecastNode));
  run.items = g_array_new (FALSE, FALSE, sizeof (RaiSimulation));
  run.demands = g_ptr_array_new_with_free_func (g_free);

  bool done = run_all (&run, summary != NULL ? summary : &ignored, error);
  for (size_t k = 0; k < run.n_origins && run.means != NULL; k++) {
    g_free (run.means[k]);
    g_free (run.quantiles[k]);
    g_free (run.dispersions[k]);
  }

  g_free (run.means);
  g_free (run.quantiles);
  g_free (run.dispersions);
  g_free (run.origins);
  g_free (run.pressures);
  g_ptr_array_unref (run.demands);
  g_array_unref (run.items);
  g_array_unref (run.nodes);
  g_ptr_array_unref (run.sites);
  g_clear_pointer (&run.catalogue, rai_catalogue_free);

  return done;
}
