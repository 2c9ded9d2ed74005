/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "planner/rai-forecast-row.h"

#include <math.h>

G_STATIC_ASSERT (G_BYTE_ORDER == G_LITTLE_ENDIAN);

void
rai_forecast_row_clear (RaiForecastRow *row) {
  g_clear_pointer (&row->means, g_free);
  g_clear_pointer (&row->dispersion, g_free);
  g_clear_pointer (&row->quantiles, g_free);
  g_clear_pointer (&row->part_names, g_free);
  g_clear_pointer (&row->parts, g_free);
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

static void
add_part (RaiForecastRow *row, const char *name) {
  char *names =
      row->n_parts == 0 ? g_strdup (name) : g_strconcat (row->part_names, ",", name, NULL);
  g_free (row->part_names);
  row->part_names = names;
  row->parts = g_renew (float, row->parts, (row->n_parts + 1) * row->horizon);
  memset (row->parts + row->n_parts * row->horizon, 0, row->horizon * sizeof (float));
  row->n_parts++;
}

void
rai_forecast_row_set (RaiForecastRow *row, RaiForecastNode node, RaiDay first_day, size_t horizon,
                      const RaiSeriesForecast *series) {
  *row = (RaiForecastRow){ .node = node, .first_day = first_day, .horizon = horizon };
  row->means = g_new (float, horizon);
  row->quantiles = g_new (float, horizon *RAI_N_QUANTILES);
  for (size_t h = 0; h < horizon; h++)
    row->means[h] = (float) series->mean[h];
  for (size_t k = 0; k < horizon * RAI_N_QUANTILES; k++)
    row->quantiles[k] = (float) series->quantiles[k];
  if (series->dispersion != NULL)
    row->dispersion = g_new (float, horizon);
  for (size_t h = 0; h < horizon && series->dispersion != NULL; h++)
    row->dispersion[h] = (float) series->dispersion[h];
  for (size_t part = 0; part < RAI_N_PARTS; part++) {
    if (!part_is_used (series, horizon, part))
      continue;
    add_part (row, rai_part_name (part));
    for (size_t h = 0; h < horizon; h++)
      row->parts[(row->n_parts - 1) * horizon + h] = (float) series->parts[h * RAI_N_PARTS + part];
  }

  row->model = g_strdup (series->model);
  row->reason = g_strdup (series->reason);
  row->backtest = series->backtest;
}

/* The part's position, or -1. */
static int
find_part (const RaiForecastRow *row, const char *name) {
  g_auto (GStrv) names = g_strsplit (row->part_names != NULL ? row->part_names : "", ",", -1);
  for (int i = 0; names[i] != NULL && (size_t) i < row->n_parts; i++)
    if (g_str_equal (names[i], name))
      return i;
  return -1;
}

bool
rai_forecast_row_override (RaiForecastRow *row, const double *factors) {
  int part = find_part (row, "override");
  bool changed = false;
  if (part < 0 && factors == NULL)
    return false;
  if (part < 0) {
    add_part (row, "override");
    part = (int) row->n_parts - 1;
  }

  float *override = row->parts + (size_t) part * row->horizon;
  for (size_t h = 0; h < row->horizon; h++) {
    float was = row->means[h], base = was - override[h];
    float mean = factors != NULL && factors[h] != 1 ? (float) (base * factors[h]) : base;
    if (fabsf (mean - was) <= 1e-6f * MAX (1, fabsf (was)))
      continue;
    float *quantiles = row->quantiles + h * RAI_N_QUANTILES;
    /* From nothing (overridden to zero before) the spread is rebuilt around the mean. */
    for (size_t q = 0; q < RAI_N_QUANTILES; q++)
      quantiles[q] = was > 0 ? quantiles[q] * mean / was : mean * (float) (q + 1) / 5;
    row->means[h] = mean;
    override[h] = mean - base;
    changed = true;
  }

  return changed;
}

bool
rai_forecast_row_read (RaiForecastRow *row, RaiStatement *statement) {
  size_t means_size, quantiles_size, parts_size, dispersion_size;
  row->node.node_id = rai_statement_int (statement, 0);
  row->first_day = (RaiDay) rai_statement_int (statement, 1);
  row->horizon = (size_t) CLAMP (rai_statement_int (statement, 2), 0, 4000);

  const void *means = rai_statement_blob (statement, 3, &means_size);
  const void *quantiles = rai_statement_blob (statement, 4, &quantiles_size);
  const void *parts = rai_statement_blob (statement, 6, &parts_size);
  const void *dispersion = rai_statement_blob (statement, 7, &dispersion_size);
  size_t day = sizeof (float) * row->horizon;

  if (day == 0 || means_size != day || quantiles_size != RAI_N_QUANTILES * day ||
      parts_size % day != 0)
    return false;
  row->means = g_memdup2 (means, means_size);
  row->quantiles = g_memdup2 (quantiles, quantiles_size);
  row->parts = parts_size > 0 ? g_memdup2 (parts, parts_size) : NULL;
  row->n_parts = parts_size / day;
  row->dispersion = dispersion_size == day ? g_memdup2 (dispersion, day) : NULL;
  row->part_names = g_strdup (rai_statement_text (statement, 5));

  return true;
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

  size_t day = row->horizon * sizeof (float);
  rai_statement_bind_text (statement, 1, rai_forecast_level_id (row->node.level));
  rai_statement_bind_int (statement, 2, row->node.site_id);
  rai_statement_bind_int (statement, 3, row->node.node_id);
  rai_statement_bind_int (statement, 4, row->first_day);
  rai_statement_bind_int (statement, 5, (int64_t) row->horizon);
  rai_statement_bind_text (statement, 6, row->model);
  rai_statement_bind_text (statement, 7, row->reason);
  rai_statement_bind_blob (statement, 8, row->means, day);
  rai_statement_bind_blob (statement, 9, row->quantiles, RAI_N_QUANTILES * day);
  rai_statement_bind_text (statement, 10, row->part_names);
  rai_statement_bind_blob (statement, 11, row->parts, row->n_parts * day);
  bind_error (statement, 12, row->backtest.wape);
  bind_error (statement, 13, row->backtest.naive_wape);
  bind_error (statement, 14, row->backtest.bias);
  bind_error (statement, 15, row->backtest.coverage);
  rai_statement_bind_int (statement, 16, (int64_t) (row->backtest.n_origins * row->horizon));
  rai_statement_bind_int (statement, 17, revision);

  if (row->dispersion != NULL)
    rai_statement_bind_blob (statement, 18, row->dispersion, day);
  else
    rai_statement_bind_null (statement, 18);

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

  size_t day = row->horizon * sizeof (float);
  rai_statement_bind_text (statement, 1, rai_forecast_level_id (row->node.level));
  rai_statement_bind_int (statement, 2, row->node.site_id);
  rai_statement_bind_int (statement, 3, row->node.node_id);
  rai_statement_bind_blob (statement, 4, row->means, day);
  rai_statement_bind_blob (statement, 5, row->quantiles, RAI_N_QUANTILES * day);
  rai_statement_bind_text (statement, 6, row->part_names);
  rai_statement_bind_blob (statement, 7, row->parts, row->n_parts * day);
  rai_statement_bind_int (statement, 8, revision);

  return rai_statement_run (statement, error);
}
