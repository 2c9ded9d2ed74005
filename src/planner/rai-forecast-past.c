/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "planner/rai-forecast-past.h"

#include "planner/rai-forecast-row.h"

#include <math.h>

static bool
write_day (RaiDb *db, const RaiForecastPast *past, bool live, GError **error) {
  int64_t revision;
  if (!rai_db_revision (db, &revision, error))
    return false;

  RaiStatement *statement = rai_db_prepare (
      db,
      "INSERT INTO forecast_past (level, site_id, node_id, day, mean, low, high, naive, rev, live) "
      "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, CAST(?8 AS DOUBLE PRECISION), ?9, ?10) "
      "ON CONFLICT (level, site_id, node_id, day) DO UPDATE SET mean = excluded.mean, low = "
      "excluded.low, "
      "high = excluded.high, naive = excluded.naive, rev = excluded.rev, live = excluded.live "
      "WHERE excluded.live = 1",
      error);

  if (statement == NULL)
    return false;
  rai_statement_bind_text (statement, 1, rai_forecast_level_id (past->node.level));
  rai_statement_bind_int (statement, 2, past->node.site_id);
  rai_statement_bind_int (statement, 3, past->node.node_id);
  rai_statement_bind_int (statement, 4, past->day);
  rai_statement_bind_double (statement, 5, past->mean);
  rai_statement_bind_double (statement, 6, past->low);
  rai_statement_bind_double (statement, 7, past->high);

  if (isfinite (past->naive))
    rai_statement_bind_double (statement, 8, past->naive);
  else
    rai_statement_bind_null (statement, 8);

  rai_statement_bind_int (statement, 9, revision);
  rai_statement_bind_int (statement, 10, live);
  return rai_statement_run (statement, error);
}

/* Sales of the last same weekday before `made`, the day on which the forecast for `day` began. */
static double
naive_for (const RaiPanel *panel, size_t series, RaiDay made, RaiDay day) {
  RaiDay back = day - ((day - made) / 7 + 1) * 7;
  int64_t t = (int64_t) rai_panel_length (panel, series) - (rai_panel_origin (panel) - back);
  return t >= 0 && back < rai_panel_origin (panel) ? rai_panel_observations (panel, series)[t]
                                                   : NAN;
}

typedef struct {
  size_t series;
  RaiForecastRow row;
} Kept;

static void
clear_kept (void *data) {
  rai_forecast_row_clear (&((Kept *) data)->row);
}

static GArray *
read_old (RaiDb *db, const RaiForecastNode *nodes, size_t first, size_t n, RaiDay until,
          GError **error) {
  RaiStatement *statement =
      rai_db_prepare (db,
                      "SELECT node_id, first_day, horizon, means, quantiles, part_names, parts, "
                      "dispersion FROM forecast "
                      "WHERE level = ?1 AND site_id = ?2 AND first_day < ?3 ORDER BY node_id",
                      error);

  if (statement == NULL)
    return NULL;
  rai_statement_bind_text (statement, 1, rai_forecast_level_id (nodes[first].level));
  rai_statement_bind_int (statement, 2, nodes[first].site_id);
  rai_statement_bind_int (statement, 3, until);
  g_autoptr (GArray) kept = g_array_new (FALSE, TRUE, sizeof (Kept));
  g_array_set_clear_func (kept, clear_kept);

  size_t series = first;
  RaiStep step;
  while ((step = rai_statement_step (statement, error)) == RAI_STEP_ROW) {
    int64_t id = rai_statement_int (statement, 0);
    while (series < first + n && nodes[series].node_id < id)
      series++;
    if (series == first + n || nodes[series].node_id != id)
      continue;
    Kept entry = { .series = series };
    if (rai_forecast_row_read (&entry.row, statement))
      g_array_append_val (kept, entry);
    else
      rai_forecast_row_clear (&entry.row);
  }

  rai_statement_reset (statement);
  return step == RAI_STEP_DONE ? g_steal_pointer (&kept) : NULL;
}

bool
rai_forecast_past_keep (RaiDb *db, const RaiPanel *panel, const RaiForecastNode *nodes,
                        size_t first_series, size_t n_series, RaiDay until, GError **error) {
  if (n_series == 0)
    return true;
  g_autoptr (GArray) kept = read_old (db, nodes, first_series, n_series, until, error);
  if (kept == NULL)
    return false;
  for (size_t k = 0; k < kept->len; k++) {
    const Kept *entry = &g_array_index (kept, Kept, k);
    const RaiForecastRow *row = &entry->row;
    for (size_t h = 0; h < row->numbers.horizon && row->first_day + (RaiDay) h < until; h++) {
      RaiDay day = row->first_day + (RaiDay) h;
      const float *quantiles = row->numbers.quantiles + h * RAI_N_QUANTILES;
      RaiForecastPast past = {
        nodes[entry->series],  day,
        row->numbers.means[h], quantiles[RAI_Q10],
        quantiles[RAI_Q90],    naive_for (panel, entry->series, row->first_day, day)
      };
      if (!write_day (db, &past, true, error))
        return false;
    }
  }

  return true;
}

bool
rai_forecast_past_fill (RaiDb *db, const RaiPanel *panel, const RaiForecastNode *nodes,
                        const RaiForecast *forecast, size_t first_series, size_t n_series,
                        GError **error) {
  size_t horizon = rai_panel_horizon (panel);
  RaiDay made = (RaiDay) rai_panel_origin (panel) - (RaiDay) horizon;
  for (size_t i = first_series; i < first_series + n_series; i++) {
    const double *said = rai_forecast_series (forecast, i)->past;
    for (size_t h = 0; said != NULL && h < horizon; h++) {
      RaiDay day = made + (RaiDay) h;
      RaiForecastPast past = { nodes[i],        day,
                               said[h * 3],     said[h * 3 + 1],
                               said[h * 3 + 2], naive_for (panel, i, made, day) };
      if (!write_day (db, &past, false, error))
        return false;
    }
  }

  return true;
}
