/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "competition.h"

#include "forecast/rai-season.h"

#include <gio/gio.h>
#include <math.h>
#include <string.h>

#define HORIZON 18
#define PERIOD 12

static char *
data_file (const char *name) {
  const char *folder = g_getenv ("RETAILAI_DATA");
  g_autofree char *beside = g_build_filename (g_getenv ("G_TEST_SRCDIR") != NULL ? g_getenv ("G_TEST_SRCDIR") : ".",
                                              "..", "..", "shared", "data", NULL);
  char *path = g_build_filename (folder != NULL ? folder : beside, name, NULL);
  if (g_file_test (path, G_FILE_TEST_EXISTS))
    return path;
  g_free (path);
  return NULL;
}

static char *
unpack (const char *name) {
  g_autofree char *path = data_file (name);
  char *text = NULL;
  if (path == NULL)
    return NULL;
  const char *command[] = { "zstd", "-dcq", path, NULL };
  if (!g_spawn_sync (NULL, (char **) command, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &text, NULL, NULL, NULL))
    return NULL;
  return text;
}

void
competition_run (const RaiForecaster *method, const double *y, size_t n, size_t period, double *mean, size_t horizon) {
  RaiProblem problem = { y, n, horizon, period, NULL, 0, 0 };
  RaiFit fit = { NULL, 0 };
  g_assert_true (n >= method->min_obs);
  g_assert_true (method->fit (&problem, &fit));
  method->predict (&problem, &fit, mean);
  g_free (fit.values);
  for (size_t h = 0; h < horizon; h++)
    g_assert_true (isfinite (mean[h]));
}

static void
naive2 (const double *y, size_t n, double *mean) {
  double seasonal[RAI_SEASON_MAX];
  g_autofree double *adjusted = g_memdup2 (y, n * sizeof *y);
  size_t period = rai_season_remove (adjusted, n, PERIOD, seasonal);
  for (size_t h = 0; h < HORIZON; h++)
    mean[h] = adjusted[n - 1] * seasonal[(n + h) % period];
}

static void
add_score (const double *y, size_t n, const double *came, const double *mean, double *smape, double *mase) {
  double scale = 0, error = 0, relative = 0;
  for (size_t t = PERIOD; t < n; t++)
    scale += fabs (y[t] - y[t - PERIOD]) / (double) (n - PERIOD);
  for (size_t h = 0; h < HORIZON; h++) {
    error += fabs (came[h] - mean[h]) / HORIZON;
    relative += 200 * fabs (came[h] - mean[h]) / (fabs (came[h]) + fabs (mean[h])) / HORIZON;
  }
  *smape += relative;
  *mase += error / scale;
}

static size_t
parse (const char *text, double *values, size_t most) {
  size_t n = 0;
  while (n < most && *text != '\0') {
    char *end;
    values[n] = g_ascii_strtod (text, &end);
    if (end == text)
      break;
    n++;
    text = end;
  }
  return n;
}

bool
competition_score_m3 (const char *list, const RaiForecaster *method, CompetitionScore *score) {
  g_autofree char *text = unpack ("m3_series.csv.zst"), *path = data_file (list), *names = NULL;
  if (text == NULL || path == NULL || !g_file_get_contents (path, &names, NULL, NULL)) {
    g_test_skip ("the M3 series are not here; set RETAILAI_DATA");
    return false;
  }
  double smape = 0, mase = 0, base_smape = 0, base_mase = 0, y[400], came[HORIZON], mean[HORIZON];
  size_t n = 0, count = 0;
  int64_t spent = 0;
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  for (size_t k = 1; lines[k] != NULL; k++) {
    g_auto (GStrv) fields = g_strsplit (lines[k], ",", 10);
    if (g_strv_length (fields) < 10 || strstr (names, fields[1]) == NULL)
      continue;
    if (g_str_equal (fields[8], "x")) {
      n = parse (fields[9], y, G_N_ELEMENTS (y));
      continue;
    }
    g_assert_cmpuint (parse (fields[9], came, HORIZON), ==, HORIZON);
    int64_t started = g_get_monotonic_time ();
    competition_run (method, y, n, PERIOD, mean, HORIZON);
    spent += g_get_monotonic_time () - started;
    add_score (y, n, came, mean, &smape, &mase);
    naive2 (y, n, mean);
    add_score (y, n, came, mean, &base_smape, &base_mase);
    count++;
  }
  double all = (double) count;
  *score = (CompetitionScore){ smape / all, mase / all, (smape / base_smape + mase / base_mase) / 2,
                               (double) spent / 1000 / all, count };
  return true;
}

void
competition_check_m3 (const char *list, const RaiForecaster *method, double owa) {
  CompetitionScore score;
  if (!competition_score_m3 (list, method, &score))
    return;
  g_test_message ("%s on %zu series: sMAPE %.2f MASE %.3f OWA %.3f, %.2f ms a series", method->name, score.n,
                  score.smape, score.mase, score.owa, score.milliseconds);
  g_assert_cmpfloat (score.owa, <=, owa);
}
