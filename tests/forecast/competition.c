/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "competition.h"

#include "forecast/methods/rai-season.h"

#include <gio/gio.h>
#include <math.h>
#include <string.h>

#define VALUES_MAX 3000

static char *
data_file (const char *name) {
  const char *folder = g_getenv ("RETAILAI_DATA");
  g_autofree char *beside =
      g_build_filename (g_getenv ("G_TEST_SRCDIR") != NULL ? g_getenv ("G_TEST_SRCDIR") : ".", "..",
                        "..", "shared", "data", NULL);
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
  if (!g_spawn_sync (NULL, (char **) command, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &text, NULL,
                     NULL, NULL))
    return NULL;

  return text;
}

/* Numbers parted by spaces, or by commas and quotes after a name. */
static size_t
parse (const char *text, double *values, size_t most) {
  size_t n = 0;
  while (n < most && *text != '\0') {
    char *end;
    text += strspn (text, "\", ");
    values[n] = g_ascii_strtod (text, &end);
    if (end == text)
      break;
    n++;
    text = end;
  }

  return n;
}

static CompetitionSet *
set_new (size_t most, size_t horizon, size_t period, size_t lag) {
  CompetitionSet *set = g_new0 (CompetitionSet, 1);
  *set = (CompetitionSet){ g_new0 (CompetitionSeries, most + 1), 0, horizon, period, lag };
  return set;
}

void
competition_set_free (CompetitionSet *set) {
  for (size_t i = 0; i < set->n; i++)
    g_free (set->series[i].y);
  g_free (set->series);
  g_free (set);
}

static CompetitionSet *
read_weekly (void) {
  g_autofree char *train = unpack ("m4_weekly_train.csv.zst"),
                  *test = unpack ("m4_weekly_test.csv.zst");
  if (train == NULL || test == NULL)
    return NULL;

  g_auto (GStrv) past = g_strsplit (train, "\n", -1);
  g_auto (GStrv) after = g_strsplit (test, "\n", -1);
  CompetitionSet *set = set_new (g_strv_length (past), 13, 52, 1);

  double values[VALUES_MAX];
  for (size_t k = 1; past[k] != NULL && strchr (past[k], ',') != NULL; k++) {
    CompetitionSeries *series = &set->series[set->n++];
    series->n = parse (strchr (past[k], ','), values, VALUES_MAX);
    series->y = g_memdup2 (values, series->n * sizeof *values);
    g_assert_cmpuint (parse (strchr (after[k], ','), series->came, 13), ==, 13);
  }

  return set;
}

static CompetitionSet *
read_m3 (const char *kind, const char *names) {
  static const struct {
    const char *name;
    size_t horizon, period;
  } kinds[] = {
    { "YEARLY", 6, 1 }, { "QUARTERLY", 8, 4 }, { "MONTHLY", 18, 12 }, { "OTHER", 8, 1 }
  };
  g_autofree char *text = unpack ("m3_series.csv.zst");
  size_t row = 0;

  while (row < G_N_ELEMENTS (kinds) && g_ascii_strcasecmp (kinds[row].name, kind) != 0)
    row++;
  if (text == NULL || row == G_N_ELEMENTS (kinds))
    return NULL;

  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  CompetitionSet *set =
      set_new (g_strv_length (lines), kinds[row].horizon, kinds[row].period, kinds[row].period);

  double values[VALUES_MAX];
  for (size_t k = 1; lines[k] != NULL; k++) {
    g_auto (GStrv) fields = g_strsplit (lines[k], ",", 10);
    if (g_strv_length (fields) < 10 || !g_str_equal (fields[2], kinds[row].name) ||
        (names != NULL && strstr (names, fields[1]) == NULL))
      continue;
    CompetitionSeries *series = &set->series[set->n];
    if (g_str_equal (fields[8], "x")) {
      series->n = parse (fields[9], values, VALUES_MAX);
      series->y = g_memdup2 (values, series->n * sizeof *values);
    } else {
      g_assert_cmpuint (parse (fields[9], series->came, set->horizon), ==, set->horizon);
      set->n++;
    }
  }

  return set;
}

CompetitionSet *
competition_read (const char *name) {
  if (g_str_equal (name, "m4-weekly"))
    return read_weekly ();
  if (g_str_has_prefix (name, "m3-"))
    return read_m3 (name + 3, NULL);
  g_autofree char *path = data_file (name), *names = NULL;
  if (path == NULL || !g_file_get_contents (path, &names, NULL, NULL))
    return NULL;
  return read_m3 ("MONTHLY", names);
}

void
competition_run (const RaiForecaster *method, const double *y, size_t n, size_t period,
                 double *mean, size_t horizon) {
  RaiMethodInput input = { y, n, horizon, period, NULL, 0, 0 };
  RaiFit fit = { NULL, 0 };
  g_assert_true (n >= method->min_obs);
  g_assert_true (method->fit (&input, &fit));
  method->predict (&input, &fit, mean);
  g_free (fit.values);
  for (size_t h = 0; h < horizon; h++)
    g_assert_true (isfinite (mean[h]));
}

static void
naive2 (const CompetitionSet *set, const double *y, size_t n, double *mean) {
  double seasonal[RAI_SEASON_MAX];
  g_autofree double *adjusted = g_memdup2 (y, n * sizeof *y);
  size_t period = rai_season_remove (adjusted, n, set->lag, seasonal);
  for (size_t h = 0; h < set->horizon; h++)
    mean[h] = adjusted[n - 1] * seasonal[(n + h) % period];
}

/* Adds a series' sMAPE and MASE. */
static void
add_score (const CompetitionSet *set, const double *y, size_t n, const double *came,
           const double *mean, double *smape, double *mase) {
  double scale = 0, error = 0, relative = 0, horizon = (double) set->horizon;
  for (size_t t = set->lag; t < n; t++)
    scale += fabs (y[t] - y[t - set->lag]) / (double) (n - set->lag);
  for (size_t h = 0; h < set->horizon; h++) {
    error += fabs (came[h] - mean[h]) / horizon;
    relative += 200 * fabs (came[h] - mean[h]) / (fabs (came[h]) + fabs (mean[h])) / horizon;
  }

  *smape += relative;
  *mase += error / scale;
}

/* Sums over series, of a method and of Naive2. */
typedef struct {
  double smape, mase, base_smape, base_mase;
  size_t n;
} Totals;

static void
add_series (const CompetitionSet *set, const double *y, size_t n, const double *came,
            const double *mean, Totals *totals) {
  double base[COMPETITION_HORIZON_MAX];
  naive2 (set, y, n, base);
  add_score (set, y, n, came, mean, &totals->smape, &totals->mase);
  add_score (set, y, n, came, base, &totals->base_smape, &totals->base_mase);
  totals->n++;
}

static CompetitionScore
to_score (const Totals *totals, int64_t spent_us) {
  double all = (double) totals->n;
  return (CompetitionScore){
    totals->smape / all, totals->mase / all,
    (totals->smape / totals->base_smape + totals->mase / totals->base_mase) / 2,
    (double) spent_us / 1000 / all, totals->n
  };
}

CompetitionScore
competition_score (const CompetitionSet *set, const RaiForecaster *method, size_t back) {
  Totals totals = { 0 };
  double mean[COMPETITION_HORIZON_MAX];
  int64_t spent = 0;

  for (size_t i = 0; i < set->n; i++) {
    const CompetitionSeries *series = &set->series[i];
    size_t taken = back * set->horizon, n = series->n - MIN (taken, series->n);
    if (back > 0 && n < MAX (2 * set->lag + 2, 10))
      continue;
    int64_t started = g_get_monotonic_time ();
    competition_run (method, series->y, n, set->period, mean, set->horizon);
    spent += g_get_monotonic_time () - started;
    add_series (set, series->y, n, back > 0 ? series->y + n : series->came, mean, &totals);
  }

  return to_score (&totals, spent);
}

CompetitionScore
competition_score_means (const CompetitionSet *set, const double *means) {
  Totals totals = { 0 };
  for (size_t i = 0; i < set->n; i++)
    add_series (set, set->series[i].y, set->series[i].n, set->series[i].came,
                means + i * set->horizon, &totals);
  return to_score (&totals, 0);
}

void
competition_thin (CompetitionSet *set, size_t every) {
  size_t kept = 0;
  for (size_t i = 0; i < set->n; i++)
    if (i % every == 0)
      set->series[kept++] = set->series[i];
    else
      g_free (set->series[i].y);
  set->n = kept;
}

void
competition_check (const char *name, const RaiForecaster *method, double owa) {
  g_autoptr (CompetitionSet) set = competition_read (name);
  if (set == NULL) {
    g_test_skip ("the competition's series are not here; set RETAILAI_DATA");
    return;
  }

  CompetitionScore score = competition_score (set, method, 0);
  g_test_message ("%s on %zu series: sMAPE %.2f MASE %.3f OWA %.3f, %.2f ms a series",
                  rai_method_id (method->method), score.n, score.smape, score.mase, score.owa,
                  score.milliseconds);
  g_assert_cmpfloat (score.owa, <=, owa);
}
