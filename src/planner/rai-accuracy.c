/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "planner/rai-accuracy.h"

#include <math.h>

typedef struct {
  RaiForecastLevel level;
  int64_t site_id;
  double weight, error, naive, bias;
  double coverage;
  size_t n_coverage, series;
} Sum;

struct _RaiAccuracy {
  size_t horizon;
  GArray *sums;
};

RaiAccuracy *
rai_accuracy_new (size_t horizon) {
  RaiAccuracy *accuracy = g_new0 (RaiAccuracy, 1);
  accuracy->horizon = horizon;
  accuracy->sums = g_array_new (FALSE, TRUE, sizeof (Sum));
  return accuracy;
}

void
rai_accuracy_free (RaiAccuracy *accuracy) {
  if (accuracy == NULL)
    return;
  g_array_unref (accuracy->sums);
  g_free (accuracy);
}

static Sum *
find (const RaiAccuracy *accuracy, RaiForecastLevel level, int64_t site_id) {
  for (size_t i = accuracy->sums->len; i-- > 0;) {
    Sum *sum = &g_array_index (accuracy->sums, Sum, i);
    if (sum->site_id == site_id && sum->level == level)
      return sum;
  }
  return NULL;
}

static void
add (RaiAccuracy *accuracy, RaiForecastLevel level, int64_t site_id, const RaiBacktest *backtest,
     double weight) {
  Sum *sum = find (accuracy, level, site_id);
  if (sum == NULL) {
    Sum empty = { .level = level, .site_id = site_id };
    g_array_append_val (accuracy->sums, empty);
    sum = &g_array_index (accuracy->sums, Sum, accuracy->sums->len - 1);
  }

  sum->weight += weight;
  sum->error += weight * backtest->wape;
  sum->naive += weight * (isfinite (backtest->naive_wape) ? backtest->naive_wape : backtest->wape);
  sum->bias += weight * (isfinite (backtest->bias) ? backtest->bias : 0);
  sum->series++;

  if (isfinite (backtest->coverage)) {
    sum->coverage += backtest->coverage;
    sum->n_coverage++;
  }
}

void
rai_accuracy_add (RaiAccuracy *accuracy, RaiForecastNode node, const RaiBacktest *backtest,
                  double weight) {
  if (backtest->n_origins == 0 || !isfinite (backtest->wape) || !(weight > 0))
    return;
  add (accuracy, node.level, node.site_id, backtest, weight);
  if (node.site_id != 0)
    add (accuracy, node.level, 0, backtest, weight);
}

double
rai_accuracy_wape (const RaiAccuracy *accuracy, RaiForecastLevel level, bool naive) {
  const Sum *sum = find (accuracy, level, 0);
  return sum != NULL ? (naive ? sum->naive : sum->error) / sum->weight : NAN;
}

static bool
write_sum (const RaiAccuracy *accuracy, const Sum *sum, RaiDb *db, int64_t revision,
           GError **error) {
  RaiStatement *statement = rai_db_prepare (
      db,
      "INSERT INTO accuracy (level, site_id, horizon, wape, wape_naive, bias, coverage_80, series, "
      "rev) "
      "VALUES (?1, ?2, ?3, ?4, ?5, ?6, CAST(?7 AS DOUBLE PRECISION), ?8, ?9) ON CONFLICT (level, "
      "site_id) DO UPDATE "
      "SET "
      "horizon = excluded.horizon, wape = excluded.wape, wape_naive = excluded.wape_naive, bias = "
      "excluded.bias, "
      "coverage_80 = excluded.coverage_80, series = excluded.series, rev = excluded.rev "
      "WHERE accuracy.horizon <> excluded.horizon OR accuracy.wape <> excluded.wape "
      "OR accuracy.wape_naive <> excluded.wape_naive OR accuracy.bias <> excluded.bias "
      "OR accuracy.coverage_80 IS DISTINCT FROM excluded.coverage_80 OR accuracy.series <> "
      "excluded.series",
      error);

  if (statement == NULL)
    return false;
  rai_statement_bind_text (statement, 1, rai_forecast_level_id (sum->level));
  rai_statement_bind_int (statement, 2, sum->site_id);
  rai_statement_bind_int (statement, 3, (int64_t) accuracy->horizon);
  rai_statement_bind_double (statement, 4, sum->error / sum->weight);
  rai_statement_bind_double (statement, 5, sum->naive / sum->weight);
  rai_statement_bind_double (statement, 6, sum->bias / sum->weight);

  if (sum->n_coverage > 0)
    rai_statement_bind_double (statement, 7, sum->coverage / (double) sum->n_coverage);
  else
    rai_statement_bind_null (statement, 7);

  rai_statement_bind_int (statement, 8, (int64_t) sum->series);
  rai_statement_bind_int (statement, 9, revision);
  return rai_statement_run (statement, error);
}

bool
rai_accuracy_write (const RaiAccuracy *accuracy, RaiDb *db, GError **error) {
  int64_t revision;
  if (!rai_db_revision (db, &revision, error))
    return false;
  for (size_t i = 0; i < accuracy->sums->len; i++)
    if (!write_sum (accuracy, &g_array_index (accuracy->sums, Sum, i), db, revision, error))
      return false;
  return true;
}
