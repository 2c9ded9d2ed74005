/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "forecaster/rai-sums.h"

#include "forecast/choice/rai-paths.h"
#include "forecast/panel/rai-parallel.h"
#include "forecaster/rai-long.h"
#include "util/rai-csv.h"

#include <math.h>
#include <stdlib.h>

typedef struct {
  const RaiPanel *panel;
  const RaiForecast *forecast;
  const double *levels;
  size_t n_levels, horizon;
  GString **rows; /* [series] */
} Job;

static int
compare_numbers (const void *a, const void *b) {
  double x = *(const double *) a, y = *(const double *) b;
  return (x > y) - (x < y);
}

/* sums[horizon][RAI_PATHS], each step's sorted. */
static double *
sum_paths (const Job *job, size_t i) {
  double *sums = g_new (double, job->horizon *RAI_PATHS);
  g_autofree double *path = g_new (double, job->horizon);
  for (size_t k = 0; k < RAI_PATHS; k++) {
    double sum = 0;
    rai_forecast_path (job->forecast, i, k, path);
    for (size_t h = 0; h < job->horizon; h++)
      sums[h * RAI_PATHS + k] = sum += path[h];
  }

  for (size_t h = 0; h < job->horizon; h++)
    qsort (sums + h * RAI_PATHS, RAI_PATHS, sizeof *sums, compare_numbers);
  return sums;
}

static void
append_series (size_t i, void *data) {
  const Job *job = data;
  GString *rows = job->rows[i] = g_string_new (NULL);
  g_autofree double *sums = sum_paths (job, i);

  g_autoptr (GString) front = g_string_new (NULL);
  rai_csv_append (front, rai_panel_site (job->panel, i), ',');
  g_string_append_c (front, ',');
  rai_csv_append (front, rai_panel_item (job->panel, i), ',');

  const double *means = rai_forecast_series (job->forecast, i)->mean;
  double mean = 0;
  for (size_t h = 0; h < job->horizon; h++) {
    g_string_append_printf (rows, "%s,%zu,", front->str, h + 1);
    rai_long_append_step (rows, job->panel, i, h);
    rai_long_append_number (rows, mean += means[h]);
    for (size_t q = 0; q < job->n_levels; q++) {
      size_t at = (size_t) ceil (job->levels[q] * RAI_PATHS);
      rai_long_append_number (rows, sums[h * RAI_PATHS + CLAMP (at, 1, RAI_PATHS) - 1]);
    }
    g_string_append_c (rows, '\n');
  }
}

char *
rai_sums_csv (const RaiPanel *panel, const RaiForecast *forecast, unsigned threads) {
  size_t n = rai_panel_n_series (panel);
  Job job = { .panel = panel, .forecast = forecast, .horizon = rai_panel_horizon (panel) };
  job.levels = rai_forecast_quantile_levels (forecast, &job.n_levels);
  job.rows = g_new0 (GString *, n + 1);
  rai_parallel (n, threads, append_series, &job, NULL, NULL);

  GString *csv = g_string_new ("site,item,steps,date,mean");
  for (size_t q = 0; q < job.n_levels; q++)
    g_string_append_printf (csv, ",q%g", job.levels[q]);
  g_string_append_c (csv, '\n');

  for (size_t i = 0; i < n; i++) {
    g_string_append_len (csv, job.rows[i]->str, (gssize) job.rows[i]->len);
    g_string_free (job.rows[i], TRUE);
  }

  g_free (job.rows);
  return g_string_free (csv, FALSE);
}
