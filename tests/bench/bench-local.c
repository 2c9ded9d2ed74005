/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "competition.h"
#include "figure.h"
#include "forecast/choice/rai-forecasters.h"
#include "forecast/methods/rai-simplex.h"

#include <gio/gio.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

/* bench-local [--quick]: accuracy and time of the local methods on the M competitions, with R's
 * forecast and Debian's statsmodels beside ours on the same series, where they are installed.
 * Prints a line of JSON a figure. bench-local --explore BACK SETS METHODS: a table of every method
 * on every set, `BACK` horizons before the end. */

#define GROUP "forecast"
#define PAIRS 5
#define DAYS 1941

typedef struct {
  const char *set, *method;
  double owa, milliseconds; /* targets; 0: none */
} Row;

static const Row rows[] = {
  { "m3_monthly_600.txt", "ets", 0.804, 5 },
  { "m3_monthly_600.txt", "dotm", 0.795, 1 },
  { "m3_monthly_600.txt", "blend", 0.783, 6 },
  { "m3_monthly_150.txt", "arima", 0.84, 0 },
  { "m4-weekly", "ets", 0.931, 0 },
  { "m4-weekly", "blend", 0.8, 0 },
  { "m3-quarterly", "blend", 0, 0 },
  { "m3-yearly", "blend", 0, 0 },
  { "m3-other", "blend", 0, 0 },
};

/* A peer reads a line a series (period, horizon, values), and prints its seconds a series, then a
 * line of means
 * each. */
typedef struct {
  const char *set, *method, *name;
  size_t every;    /* one series of so many: peers are slow */
  double ratio;    /* target of our time to theirs; 0: none */
  const char *run; /* file beside this program's source, with its interpreter */
} Peer;

static const Peer peers[] = {
  { "m3_monthly_150.txt", "arima", "R auto.arima", 3, 0.02, "Rscript:local-peer.R:arima" },
  { "m3_monthly_600.txt", "ets", "R ets", 4, 0, "Rscript:local-peer.R:ets" },
  { "m3_monthly_600.txt", "theta", "R thetaf", 4, 0, "Rscript:local-peer.R:theta" },
  { "m3_monthly_600.txt", "holt-winters", "statsmodels Holt-Winters", 4, 0,
    "/usr/bin/python3:local-peer.py:hw" },
};

static void
tell_row (const Row *row, bool quick) {
  g_autoptr (CompetitionSet) set = competition_read (row->set);
  const RaiForecaster *method = rai_forecaster_find (row->method);
  double times[PAIRS];

  CompetitionScore score;
  size_t runs = quick ? 1 : PAIRS;
  for (size_t k = 0; k < runs; k++) {
    score = competition_score (set, method, 0);
    times[k] = score.milliseconds;
  }

  g_autofree char *owa = g_strdup_printf ("%s on %s, OWA", row->method, row->set);
  g_autofree char *time = g_strdup_printf ("%s on %s, a series", row->method, row->set);
  figure_tell (GROUP, owa, score.owa, "", NULL, row->owa);
  figure_tell (GROUP, time, figure_median (times, runs), "ms", NULL, row->milliseconds);
}

/* Runs a peer over a set; NULL when it is not installed or says so with status 77. */
static char *
run_peer (const Peer *peer, const CompetitionSet *set) {
  g_auto (GStrv) parts = g_strsplit (peer->run, ":", 3);
  g_autofree char *script = g_build_filename (BENCH_FOLDER, parts[1], NULL);
  const char *command[] = { parts[0], script, parts[2], NULL };

  g_autoptr (GString) text = g_string_new (NULL);
  for (size_t i = 0; i < set->n; i++) {
    g_string_append_printf (text, "%zu %zu", set->period, set->horizon);
    for (size_t t = 0; t < set->series[i].n; t++)
      g_string_append_printf (text, " %.10g", set->series[i].y[t]);
    g_string_append_c (text, '\n');
  }

  g_autoptr (GSubprocess) process =
      g_subprocess_newv (command,
                         G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE |
                             G_SUBPROCESS_FLAGS_STDERR_SILENCE,
                         NULL);

  char *answer = NULL;
  if (process == NULL ||
      !g_subprocess_communicate_utf8 (process, text->str, NULL, &answer, NULL, NULL) ||
      g_subprocess_get_exit_status (process) != 0) {
    g_free (answer);
    return NULL;
  }

  return answer;
}

static void
tell_peer (const Peer *peer, bool quick) {
  g_autoptr (CompetitionSet) set = competition_read (peer->set);
  competition_thin (set, quick ? peer->every * 3 : peer->every);

  g_autofree char *answer = run_peer (peer, set);
  if (answer == NULL) {
    fprintf (stderr, "bench-local: %s is not here; left out\n", peer->name);
    return;
  }

  char *at = answer;
  double seconds = g_ascii_strtod (at, &at);
  g_autofree double *means = g_new (double, set->n * set->horizon);

  for (size_t k = 0; k < set->n * set->horizon; k++)
    means[k] = g_ascii_strtod (at, &at);
  CompetitionScore theirs = competition_score_means (set, means);
  CompetitionScore ours = competition_score (set, rai_forecaster_find (peer->method), 0);

  g_autofree char *owa =
      g_strdup_printf ("%s beside %s, %zu series, OWA", peer->method, peer->name, set->n);
  g_autofree char *time = g_strdup_printf ("%s against %s, time", peer->method, peer->name);
  double theirs_ms = seconds * 1000;

  figure_tell (GROUP, owa, ours.owa, "", &theirs.owa, 0);
  figure_tell (GROUP, time, ours.milliseconds / theirs_ms, "ratio", NULL, peer->ratio);
}

/* The recursion of additive Holt-Winters alone, by the plain simplex: what a fit cannot go below
 * one at a time. */
static double
plain_error (const double *x, void *data) {
  const double *y = data;
  double level = y[0], slope = 0, season[7] = { 0 }, sum = 0;
  for (size_t t = 0; t < DAYS; t++) {
    double *own = &season[t % 7], e = y[t] - level - slope - *own;
    level += slope + x[0] * e;
    slope += x[1] * e;
    *own += x[2] * e;
    sum += e * e;
  }

  return sum;
}

static void
tell_floor (void) {
  static double y[DAYS];
  double times[PAIRS], floors[PAIRS];
  uint32_t random = 9;

  for (size_t t = 0; t < DAYS; t++) {
    random = random * 1664525u + 1013904223u;
    y[t] = 50 + 10 * (double) (t % 7) + 20 * (double) (random >> 8) / (1 << 24);
  }

  for (size_t k = 0; k < PAIRS; k++) {
    double x[3] = { 0.3, 0.05, 0.1 }, step[3] = { 0.2, 0.1, 0.1 }, low[3] = { 1e-4, 1e-4, 1e-4 },
           high[3] = { 0.99, 0.99, 0.99 }, mean[28];
    int64_t started = g_get_monotonic_time ();
    rai_simplex_minimise (plain_error, y, 3, x, step, low, high, 252);
    int64_t between = g_get_monotonic_time ();
    competition_run (rai_forecaster_find ("holt-winters-add"), y, DAYS, 7, mean, 28);
    floors[k] = (double) (between - started) / 1000;
    times[k] = (double) (g_get_monotonic_time () - between) / 1000;
  }

  double plain = figure_median (floors, PAIRS);
  figure_tell (GROUP, "Holt-Winters fit of 1,941 days (peer: plain simplex)",
               figure_median (times, PAIRS), "ms", &plain, 2.3);
}

static int
explore (size_t back, const char *sets, const char *methods) {
  g_auto (GStrv) set_names = g_strsplit (sets, ",", -1);
  g_auto (GStrv) method_names = g_strsplit (methods, ",", -1);
  for (size_t s = 0; set_names[s] != NULL; s++) {
    g_autoptr (CompetitionSet) set = competition_read (set_names[s]);
    for (size_t m = 0; set != NULL && method_names[m] != NULL; m++) {
      CompetitionScore score = competition_score (set, rai_forecaster_find (method_names[m]), back);
      printf ("%-20s back %zu %-12s n %4zu sMAPE %6.3f MASE %.4f OWA %.4f  %.2f ms\n", set_names[s],
              back, method_names[m], score.n, score.smape, score.mase, score.owa,
              score.milliseconds);
    }
  }

  return 0;
}

int
main (int argc, char **argv) {
  g_setenv ("G_TEST_SRCDIR", BENCH_FOLDER "/..", FALSE); /* where the data are looked for */
  if (argc == 5 && g_str_equal (argv[1], "--explore"))
    return explore ((size_t) g_ascii_strtoull (argv[2], NULL, 10), argv[3], argv[4]);

  bool quick = argc > 1 && g_str_equal (argv[1], "--quick");
  tell_floor ();
  g_autoptr (CompetitionSet) any = competition_read ("m3-other");

  if (any == NULL) {
    fprintf (stderr, "bench-local: the competitions' series are not here; set RETAILAI_DATA\n");
    return 0;
  }

  for (size_t k = 0; k < G_N_ELEMENTS (rows); k++)
    tell_row (&rows[k], quick);
  for (size_t k = 0; k < G_N_ELEMENTS (peers); k++)
    tell_peer (&peers[k], quick);

  return 0;
}
