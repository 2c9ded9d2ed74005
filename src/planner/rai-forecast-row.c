/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "planner/rai-forecast-row.h"

#include <math.h>

void
rai_forecast_row_clear (RaiForecastRow *row) {
  rai_forecast_numbers_clear (&row->numbers);
  g_clear_pointer (&row->model, g_free);
  g_clear_pointer (&row->reason, g_free);
}

static bool
part_is_used (const RaiSeriesForecast *series, size_t horizon, size_t part) {
  for (size_t h = 0; h < horizon; h++)
    if ((float) series->parts[h * RAI_N_PARTS + part] != 0)
      return true;
  return part == RAI_PART_LEVEL;
}

void
rai_forecast_row_set (RaiForecastRow *row, RaiForecastNode node, RaiDay first_day, size_t horizon,
                      const RaiSeriesForecast *series) {
  RaiForecastNumbers *numbers = &row->numbers;
  *row = (RaiForecastRow){ .node = node, .first_day = first_day };
  rai_forecast_numbers_init (numbers, horizon);
  for (size_t h = 0; h < horizon; h++)
    numbers->means[h] = (float) series->mean[h];
  for (size_t k = 0; k < horizon * RAI_N_QUANTILES; k++)
    numbers->quantiles[k] = (float) series->quantiles[k];

  if (series->dispersion != NULL)
    numbers->dispersion = g_new (float, horizon);
  for (size_t h = 0; h < horizon && series->dispersion != NULL; h++)
    numbers->dispersion[h] = (float) series->dispersion[h];

  for (size_t part = 0; part < RAI_N_PARTS; part++) {
    if (!part_is_used (series, horizon, part))
      continue;
    float *days = rai_forecast_numbers_add_part (numbers, rai_part_id (part));
    for (size_t h = 0; h < horizon; h++)
      days[h] = (float) series->parts[h * RAI_N_PARTS + part];
  }

  row->model = g_strdup (series->model);
  row->reason = g_strdup (series->reason);
  row->backtest = series->backtest;
}

bool
rai_forecast_row_override (RaiForecastRow *row, const double *factors) {
  RaiForecastNumbers *numbers = &row->numbers;
  const char *name = rai_part_id (RAI_PART_OVERRIDE);
  float *override = rai_forecast_numbers_part (numbers, name);
  bool changed = false;
  if (override == NULL && factors == NULL)
    return false;
  if (override == NULL)
    override = rai_forecast_numbers_add_part (numbers, name);

  for (size_t h = 0; h < numbers->horizon; h++) {
    float was = numbers->means[h], base = was - override[h];
    float mean = factors != NULL && factors[h] != 1 ? (float) (base * factors[h]) : base;
    if (fabsf (mean - was) <= 1e-6f * MAX (1, fabsf (was)))
      continue;
    float *quantiles = numbers->quantiles + h * RAI_N_QUANTILES;
    /* From nothing (overridden to zero before) the spread is rebuilt around the mean. */
    for (size_t q = 0; q < RAI_N_QUANTILES; q++)
      quantiles[q] = was > 0 ? quantiles[q] * mean / was : mean * (float) (q + 1) / 5;
    numbers->means[h] = mean;
    override[h] = mean - base;
    changed = true;
  }

  return changed;
}

/* ---- SQL ---- */

/* Points into the row that the statement stands on. */
static GBytes *
bytes_of (RaiStatement *statement, int column) {
  size_t size;
  const void *bytes = rai_statement_blob (statement, column, &size);
  return g_bytes_new_static (bytes, size);
}

bool
rai_forecast_row_read (RaiForecastRow *row, RaiStatement *statement) {
  row->node.node_id = rai_statement_int (statement, 0);
  row->first_day = (RaiDay) rai_statement_int (statement, 1);

  g_auto (RaiForecastColumns) columns = {
    .horizon = rai_statement_int (statement, 2),
    .means = bytes_of (statement, 3),
    .quantiles = bytes_of (statement, 4),
    .part_names = g_strdup (rai_statement_text (statement, 5)),
    .parts = bytes_of (statement, 6),
    .dispersion = bytes_of (statement, 7),
  };

  /* Where parts were damaged nobody knows what an override added. */
  return rai_forecast_numbers_decode (&row->numbers, &columns) &&
         (row->numbers.n_parts > 0 || g_bytes_get_size (columns.parts) == 0);
}

static void
bind_bytes (RaiStatement *statement, int parameter, GBytes *bytes) {
  size_t size = 0;
  const void *data = bytes != NULL ? g_bytes_get_data (bytes, &size) : NULL;
  if (bytes != NULL)
    rai_statement_bind_blob (statement, parameter, data, size);
  else
    rai_statement_bind_null (statement, parameter);
}

static void
bind_error (RaiStatement *statement, int parameter, double value) {
  if (isfinite (value))
    rai_statement_bind_double (statement, parameter, value);
  else
    rai_statement_bind_null (statement, parameter);
}

bool
rai_forecast_row_write (const RaiForecastRow *row, RaiDb *db, GError **error) {
  int64_t revision;
  if (!rai_db_revision (db, &revision, error))
    return false;

  RaiStatement *statement = rai_db_prepare (
      db,
      "INSERT INTO forecast (level, site_id, node_id, first_day, horizon, model, reason, means, "
      "quantiles, part_names, "
      "parts, wape, wape_naive, bias, coverage_80, backtest_days, rev, dispersion) "
      "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, "
      "CAST(?12 AS DOUBLE PRECISION), CAST(?13 AS DOUBLE PRECISION), CAST(?14 AS DOUBLE "
      "PRECISION), "
      "CAST(?15 AS DOUBLE PRECISION), ?16, ?17, ?18) "
      "ON CONFLICT (level, site_id, node_id) DO UPDATE SET first_day = excluded.first_day, horizon "
      "= excluded.horizon, "
      "model = excluded.model, reason = excluded.reason, means = excluded.means, quantiles = "
      "excluded.quantiles, "
      "part_names = excluded.part_names, parts = excluded.parts, wape = excluded.wape, "
      "wape_naive = excluded.wape_naive, bias = excluded.bias, coverage_80 = excluded.coverage_80, "
      "backtest_days = excluded.backtest_days, dispersion = excluded.dispersion, rev = "
      "excluded.rev "
      "WHERE forecast.first_day <> excluded.first_day OR forecast.means <> excluded.means "
      "OR forecast.quantiles <> excluded.quantiles OR forecast.parts IS DISTINCT FROM "
      "excluded.parts "
      "OR forecast.dispersion IS DISTINCT FROM excluded.dispersion "
      "OR forecast.model <> excluded.model OR forecast.reason <> excluded.reason "
      "OR forecast.wape IS DISTINCT FROM excluded.wape",
      error);

  if (statement == NULL)
    return false;

  g_auto (RaiForecastColumns) columns = { 0 };
  rai_forecast_numbers_encode (&row->numbers, &columns);
  rai_statement_bind_text (statement, 1, rai_forecast_level_id (row->node.level));
  rai_statement_bind_int (statement, 2, row->node.site_id);
  rai_statement_bind_int (statement, 3, row->node.node_id);
  rai_statement_bind_int (statement, 4, row->first_day);
  rai_statement_bind_int (statement, 5, columns.horizon);
  rai_statement_bind_text (statement, 6, row->model);
  rai_statement_bind_text (statement, 7, row->reason);
  bind_bytes (statement, 8, columns.means);
  bind_bytes (statement, 9, columns.quantiles);
  rai_statement_bind_text (statement, 10, columns.part_names);
  bind_bytes (statement, 11, columns.parts);
  bind_error (statement, 12, row->backtest.wape);
  bind_error (statement, 13, row->backtest.naive_wape);
  bind_error (statement, 14, row->backtest.bias);
  bind_error (statement, 15, row->backtest.coverage);
  rai_statement_bind_int (statement, 16, (int64_t) row->backtest.n_origins * columns.horizon);
  rai_statement_bind_int (statement, 17, revision);
  bind_bytes (statement, 18, columns.dispersion);

  return rai_statement_run (statement, error);
}

bool
rai_forecast_row_update (const RaiForecastRow *row, RaiDb *db, GError **error) {
  int64_t revision;
  if (!rai_db_revision (db, &revision, error))
    return false;

  RaiStatement *statement = rai_db_prepare (
      db,
      "UPDATE forecast SET means = ?4, quantiles = ?5, part_names = ?6, parts = ?7, rev = ?8 "
      "WHERE level = ?1 AND site_id = ?2 AND node_id = ?3",
      error);

  if (statement == NULL)
    return false;

  g_auto (RaiForecastColumns) columns = { 0 };
  rai_forecast_numbers_encode (&row->numbers, &columns);
  rai_statement_bind_text (statement, 1, rai_forecast_level_id (row->node.level));
  rai_statement_bind_int (statement, 2, row->node.site_id);
  rai_statement_bind_int (statement, 3, row->node.node_id);
  bind_bytes (statement, 4, columns.means);
  bind_bytes (statement, 5, columns.quantiles);
  rai_statement_bind_text (statement, 6, columns.part_names);
  bind_bytes (statement, 7, columns.parts);
  rai_statement_bind_int (statement, 8, revision);

  return rai_statement_run (statement, error);
}
