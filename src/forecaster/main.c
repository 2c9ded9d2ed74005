/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "forecast/choice/rai-forecasters.h"
#include "forecast/choice/rai-memory.h"
#include "forecaster/rai-compare.h"
#include "forecaster/rai-long.h"
#include "forecaster/rai-report.h"
#include "forecaster/rai-sums.h"
#include "forecaster/rai-totals.h"
#include "forecaster/rai-wide.h"
#include "util/rai-progress.h"

#include <gio/gunixinputstream.h>
#include <gio/gunixoutputstream.h>
#include <math.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define PROGRESS_UNITS 1000

enum { EXIT_OK, EXIT_FAILED, EXIT_USAGE, EXIT_INTERRUPTED = 130 };

typedef struct {
  char *input, *output, *statics, *report, *totals, *sums, *through, *model, *levels, *format,
      *reconcile, *memory;
  int horizon, threads;
  int list_models, reasons, quiet, version;
} Arguments;

/* What the arguments say, read and checked. */
typedef struct {
  const Arguments *arguments;
  RaiDay through;
  double *levels;
  size_t n_levels;
  char **models; /* at least one */
  RaiReconcileMethod reconcile;
  RaiMemory *memory; /* or NULL */
  GCancellable *cancellable;
} Job;

static void
list_models (void) {
  size_t n;
  const RaiForecaster *const *rows = rai_forecasters (&n);
  printf ("%-17s %s\n", RAI_METHOD_AUTO_ID,
          "The best of all, chosen and blended by backtest (default)");
  for (size_t i = 0; i < n; i++)
    printf ("%-17s %s (%s)\n", rai_method_id (rows[i]->method), rows[i]->title, rows[i]->paper);
}

static int
complain (int status, const char *message) {
  fprintf (stderr, "retailai-forecast: %s\n", message);
  return status;
}

/* "0.1,0.5" into numbers; NULL with *n 0 when a part is none. */
static double *
parse_levels (const char *text, size_t *n) {
  g_auto (GStrv) parts = g_strsplit (text, ",", -1);
  *n = g_strv_length (parts);

  double *levels = g_new0 (double, MAX (*n, 1));
  for (size_t i = 0; i < *n; i++) {
    char *end;
    levels[i] = g_ascii_strtod (parts[i], &end);
    if (end == parts[i] || *end != '\0') {
      *n = 0;
      g_free (levels);
      return NULL;
    }
  }

  return levels;
}

/* ---- Ctrl-C: a thread waits for it, so that nothing is done in a signal handler ---- */

/* Set while there is something to cancel; before, leaving at once breaks nothing. */
static int forecasting;

static void *
wait_for_signal (void *data) {
  GCancellable *cancellable = data;
  sigset_t signals;

  int number;
  sigemptyset (&signals);
  sigaddset (&signals, SIGINT);
  sigaddset (&signals, SIGTERM);

  while (sigwait (&signals, &number) == 0) {
    if (!g_atomic_int_get (&forecasting) || g_cancellable_is_cancelled (cancellable))
      _exit (EXIT_INTERRUPTED);
    g_cancellable_cancel (cancellable);
  }

  return NULL;
}

static void
watch_signals (GCancellable *cancellable) {
  sigset_t signals;
  sigemptyset (&signals);
  sigaddset (&signals, SIGINT);
  sigaddset (&signals, SIGTERM);
  pthread_sigmask (SIG_BLOCK, &signals, NULL);
  /* It waits until the process ends, and keeps its reference as long. */
  g_thread_unref (g_thread_new ("signals", wait_for_signal, g_object_ref (cancellable)));
}

/* ---- files ---- */

static GInputStream *
open_input (const char *path, GError **error) {
  if (g_str_equal (path, "-"))
    return g_unix_input_stream_new (STDIN_FILENO, FALSE);
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (path);
  return (GInputStream *) g_file_read (file, NULL, error);
}

/* A file takes the old one's place when it is closed, whole. */
static GOutputStream *
open_output (const char *path, GError **error) {
  if (g_str_equal (path, "-"))
    return g_unix_output_stream_new (STDOUT_FILENO, FALSE);
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (path);
  return (GOutputStream *) g_file_replace (file, NULL, FALSE, G_FILE_CREATE_NONE, NULL, error);
}

/* Leaves the old file as it was. */
static void
abandon (GOutputStream *stream) {
  g_autoptr (GCancellable) cancelled = g_cancellable_new ();
  g_cancellable_cancel (cancelled);
  g_output_stream_close (stream, cancelled, NULL);
  g_object_unref (stream);
}

typedef struct {
  RaiProgress *bar;
  uint64_t shown;
} Shown;

static void
bytes_cb (uint64_t bytes, void *data) {
  Shown *shown = data;
  rai_progress_advance (shown->bar, bytes - shown->shown);
  shown->shown = bytes;
}

/* Reads the input behind a bar of its bytes; of a pipe nobody knows how many there will be. */
static RaiPanel *
read_input (const Job *job, GInputStream *stream, GError **error) {
  const Arguments *arguments = job->arguments;
  const char *name = g_str_equal (arguments->input, "-") ? "standard input" : arguments->input;
  Shown shown = { rai_progress_new ("Reading", 0), 0 };
  g_autoptr (GFileInfo) info =
      G_IS_FILE_INPUT_STREAM (stream)
          ? g_file_input_stream_query_info (G_FILE_INPUT_STREAM (stream),
                                            G_FILE_ATTRIBUTE_STANDARD_SIZE, NULL, NULL)
          : NULL;
  if (info != NULL)
    rai_progress_set_total (shown.bar, (uint64_t) g_file_info_get_size (info));

  rai_progress_set_bytes (shown.bar);
  RaiLongOptions options = { name, job->through, (size_t) arguments->horizon, bytes_cb, &shown };
  bool wide = g_strcmp0 (arguments->format, "m5") == 0;
  RaiPanel *panel =
      wide ? rai_wide_read (stream, &options, error) : rai_long_read (stream, &options, error);

  if (panel != NULL && info != NULL)
    bytes_cb (MAX (shown.shown, (uint64_t) g_file_info_get_size (info)), &shown);
  rai_progress_free (shown.bar);

  return panel;
}

static RaiPanel *
read_panel (const Job *job, GError **error) {
  const Arguments *arguments = job->arguments;
  g_autoptr (GInputStream) stream = open_input (arguments->input, error);
  if (stream == NULL)
    return NULL;

  g_autoptr (RaiPanel) panel = read_input (job, stream, error);
  if (panel == NULL || arguments->statics == NULL)
    return g_steal_pointer (&panel);
  g_autoptr (GInputStream) more = open_input (arguments->statics, error);
  if (more == NULL || !rai_long_read_static (panel, more, arguments->statics, error))
    return NULL;

  return g_steal_pointer (&panel);
}

/* Steps from the last one with a quantity, in any series, back to the one before it. */
static size_t
last_gap (const RaiPanel *panel) {
  size_t least = SIZE_MAX;
  for (size_t i = 0; i < rai_panel_n_series (panel); i++) {
    const double *observed = rai_panel_observations (panel, i);
    size_t n = rai_panel_length (panel, i), gap = 1;
    while (gap < n && isnan (observed[n - 1 - gap]))
      gap++;
    if (gap < n)
      least = MIN (least, gap);
  }

  return least == SIZE_MAX ? 0 : least;
}

/* A date far behind all others is more often mistyped than true. */
static void
warn_of_gap (const Job *job, const RaiPanel *panel) {
  static const size_t far[] = {
    [RAI_STEP_HOUR] = 24 * 366, [RAI_STEP_DAY] = 366,   [RAI_STEP_WEEK] = 53,
    [RAI_STEP_MONTH] = 13,      [RAI_STEP_QUARTER] = 5,
  };
  static const char *const steps[] = { "hours", "days", "weeks", "months", "quarters" };
  size_t gap = last_gap (panel);

  if (job->through == RAI_DAY_NONE && gap >= far[rai_panel_step (panel)])
    fprintf (stderr,
             "retailai-forecast: the last date with a quantity comes %zu %s after the one before "
             "it; if it is mistyped, "
             "mend it or give --through\n",
             gap, steps[rai_panel_step (panel)]);
}

static bool
write_text (const char *path, const char *text, GError **error) {
  GOutputStream *stream = open_output (path, error);
  if (stream == NULL)
    return false;
  if (!g_output_stream_write_all (stream, text, strlen (text), NULL, NULL, error)) {
    abandon (stream);
    return false;
  }

  bool closed = g_output_stream_close (stream, NULL, error);
  g_object_unref (stream);
  return closed;
}

/* What auto chose, for the next run. */
static bool
write_memory (const Arguments *arguments, const char *model, const RaiForecast *forecast,
              GError **error) {
  if (arguments->memory == NULL || !g_str_equal (model, RAI_METHOD_AUTO_ID))
    return true;
  size_t n;
  const RaiMethodError *methods = rai_forecast_method_errors (forecast, &n);
  g_autofree char *weights = rai_memory_format (methods, n);
  g_autofree char *line = g_strconcat (weights, "\n", NULL);
  return write_text (arguments->memory, line, error);
}

static bool
write_report (const Arguments *arguments, const RaiPanel *panel, const RaiForecast *forecast,
              GError **error) {
  if (arguments->report == NULL)
    return true;
  g_autofree char *json = rai_report_json (panel, forecast);
  return write_text (arguments->report, json, error);
}

static bool
write_totals (const Arguments *arguments, const RaiPanel *panel, const RaiForecast *forecast,
              GError **error) {
  if (arguments->totals == NULL)
    return true;
  g_autofree char *csv = rai_totals_csv (panel, forecast);
  return write_text (arguments->totals, csv, error);
}

static bool
write_sums (const Arguments *arguments, const RaiPanel *panel, const RaiForecast *forecast,
            GError **error) {
  if (arguments->sums == NULL)
    return true;
  g_autofree char *csv = rai_sums_csv (panel, forecast, (unsigned) MAX (arguments->threads, 0));
  return write_text (arguments->sums, csv, error);
}

/* ---- forecasting ---- */

static void
progress_cb (double share, const char *stage, void *data) {
  Shown *shown = data;
  uint64_t now = (uint64_t) (share * PROGRESS_UNITS);
  if (now > shown->shown) {
    rai_progress_advance (shown->bar, now - shown->shown);
    shown->shown = now;
  }
}

static RaiForecast *
run_model (const Job *job, const RaiPanel *panel, const char *model, GError **error) {
  g_autofree char *title = g_strdup_printf ("Forecasting, %s", model);
  Shown shown = { rai_progress_new (title, PROGRESS_UNITS), 0 };

  RaiForecastOptions options = { .model = model,
                                 .quantile_levels = job->levels,
                                 .n_quantile_levels = job->n_levels,
                                 .threads = (unsigned) MAX (job->arguments->threads, 0),
                                 .reconcile = job->reconcile,
                                 .memory = job->memory,
                                 .skip_parts = true,
                                 .cancellable = job->cancellable,
                                 .progress = progress_cb,
                                 .data = &shown };
  RaiForecast *forecast = rai_forecast_run (panel, &options, error);

  if (forecast != NULL)
    progress_cb (1, "", &shown);
  rai_progress_free (shown.bar);

  return forecast;
}

/* A word on series that the model asked for could not be used on. */
static void
tell_stand_ins (const RaiPanel *panel, const RaiForecast *forecast, const char *model) {
  size_t n = 0, first = 0;
  for (size_t i = 0; i < rai_panel_n_series (panel); i++) {
    const RaiSeriesForecast *series = rai_forecast_series (forecast, i);
    if (rai_forecaster_find (model) == NULL || g_str_equal (series->model, model))
      continue;
    first = n++ == 0 ? i : first;
  }

  if (n > 0)
    fprintf (stderr, "retailai-forecast: %zu series cannot have %s, for example %s, %s: %s\n", n,
             model, rai_panel_site (panel, first), rai_panel_item (panel, first),
             rai_forecast_series (forecast, first)->reason);
}

/* Runs every model over the panel and writes its rows. */
static bool
run_models (const Job *job, const RaiPanel *panel, GOutputStream *stream, RaiComparison *compared,
            GError **error) {
  bool several = job->models[1] != NULL;
  for (size_t m = 0; job->models[m] != NULL; m++) {
    int64_t started = g_get_monotonic_time ();
    g_autoptr (RaiForecast) forecast = run_model (job, panel, job->models[m], error);
    if (forecast == NULL)
      return false;
    double seconds = (double) (g_get_monotonic_time () - started) / G_TIME_SPAN_SECOND;
    RaiLongWriteOptions options = { several ? job->models[m] : NULL, m > 0,
                                    job->arguments->reasons };
    tell_stand_ins (panel, forecast, job->models[m]);
    compared[m] =
        rai_compare_forecast (forecast, rai_panel_n_series (panel), job->models[m], seconds);
    if (!rai_long_write (panel, forecast, &options, stream, error) ||
        !write_report (job->arguments, panel, forecast, error) ||
        !write_totals (job->arguments, panel, forecast, error) ||
        !write_sums (job->arguments, panel, forecast, error) ||
        !write_memory (job->arguments, job->models[m], forecast, error))
      return false;
  }

  return true;
}

/* The table goes where the rows do not. */
static void
show_comparison (const Job *job, const RaiComparison *compared, size_t n) {
  if (n < 2)
    return;
  g_autofree char *table = rai_compare_table (compared, n);
  fputs (table, g_str_equal (job->arguments->output, "-") ? stderr : stdout);
}

static int
run (const Job *job) {
  g_autoptr (GError) error = NULL;
  size_t n = g_strv_length (job->models);
  g_autoptr (RaiPanel) panel = read_panel (job, &error);
  if (panel == NULL)
    return complain (EXIT_FAILED, error->message);

  warn_of_gap (job, panel);
  g_atomic_int_set (&forecasting, 1); /* from here on there is a file to clean up */

  GOutputStream *stream = open_output (job->arguments->output, &error);
  if (stream == NULL)
    return complain (EXIT_FAILED, error->message);

  g_autofree RaiComparison *compared = g_new0 (RaiComparison, n);
  bool done = run_models (job, panel, stream, compared, &error);
  if (done) {
    done = g_output_stream_close (stream, job->cancellable, &error);
    g_object_unref (stream);
  } else {
    abandon (stream);
  }

  if (done)
    show_comparison (job, compared, n);
  for (size_t m = 0; m < n; m++)
    g_free (compared[m].name);
  if (done)
    return EXIT_OK;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return complain (EXIT_INTERRUPTED, "interrupted; nothing was written");

  return complain (error->domain == RAI_FORECAST_ERROR ? EXIT_USAGE : EXIT_FAILED, error->message);
}

/* ---- arguments ---- */

static const char summary[] =
    "Forecasts the sales of many shops and items: a mean and quantiles for each step ahead.";

static const char description[] =
    "The input is a CSV with a row per series and step: site,item,date,quantity and any further "
    "columns that are "
    "known\n"
    "in advance (price, promotion, holiday, temperature, ...). The columns stockout (share of the "
    "step without stock)\n"
    "and closed (1 when shut) are understood. Dates are 2024-01-31, or 2024-01-31T07 for hours; "
    "their spacing tells\n"
    "whether steps are hours, days, weeks or months. Rows after --through give what is known about "
    "the steps to\n"
    "forecast. FILE may be - for standard input or output.\n\n"
    "Examples:\n"
    "  retailai-forecast --input sales.csv --output forecast.csv\n"
    "  retailai-forecast --input sales.csv --through 2024-06-30 --horizon 14 --output - | head\n"
    "  retailai-forecast --input sales.csv --model ets,theta,auto --output all.csv     compares "
    "three models\n"
    "  retailai-forecast --input sales.csv --quantiles 0.1,0.5,0.9 --reasons --output -\n"
    "  retailai-forecast --input sales.csv --static departments.csv --totals totals.csv --output "
    "forecast.csv\n"
    "  retailai-forecast --input sales.csv --sums lead-times.csv --output forecast.csv\n"
    "  zstdcat sales.csv.zst | retailai-forecast --input - --report card.json --output "
    "forecast.csv\n\n"
    "Exit status: 0 done, 1 failed, 2 wrong usage, 130 interrupted. An old output file stays until "
    "the new one is "
    "whole.\n";

static void
arguments_clear (Arguments *a) {
  char *texts[] = { a->input,  a->output, a->statics,   a->report, a->through, a->model,
                    a->levels, a->format, a->reconcile, a->memory, a->totals,  a->sums };
  for (size_t k = 0; k < G_N_ELEMENTS (texts); k++)
    g_free (texts[k]);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Arguments, arguments_clear)

/* Why the arguments cannot be used, or NULL. */
static const char *
check_arguments (const Arguments *a, int left) {
  static const char *const formats[] = { "long", "m5", "hourly", NULL };
  if (a->input == NULL || a->output == NULL || left > 1)
    return "--input FILE and --output FILE are needed; try --help";
  if (a->horizon < 1 || a->horizon > 10000)
    return "--horizon must be between 1 and 10000";
  if (a->format != NULL && !g_strv_contains (formats, a->format))
    return "--format must be long, m5 (a row a series) or hourly (long with hours in its dates)";
  if (a->reconcile != NULL && rai_reconcile_method_find (a->reconcile) == RAI_N_RECONCILE)
    return "--reconcile must be auto, bottom-up, top-down, middle-out or mint";
  if (a->report != NULL && a->model != NULL && strchr (a->model, ',') != NULL)
    return "--report takes one model at a time; leave it out to compare several";
  if (a->totals != NULL && a->model != NULL && strchr (a->model, ',') != NULL)
    return "--totals takes one model at a time; leave it out to compare several";
  if (a->sums != NULL && a->model != NULL && strchr (a->model, ',') != NULL)
    return "--sums takes one model at a time; leave it out to compare several";

  return NULL;
}

static int
run_arguments (const Arguments *a) {
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Job job = { .arguments = a, .through = RAI_DAY_NONE, .cancellable = cancellable };
  if (a->reconcile != NULL)
    job.reconcile = rai_reconcile_method_find (a->reconcile);
  if (a->through != NULL && (job.through = rai_day_parse (a->through, -1)) == RAI_DAY_NONE)
    return complain (EXIT_USAGE, "--through must be a day like 2024-06-30");

  g_autofree char *remembered = NULL;
  if (a->memory != NULL) /* none yet: the first run */
    g_file_get_contents (a->memory, &remembered, NULL, NULL);
  g_autoptr (RaiMemory) memory = remembered != NULL ? rai_memory_parse (remembered) : NULL;
  job.memory = memory;

  g_autofree double *levels = a->levels != NULL ? parse_levels (a->levels, &job.n_levels) : NULL;
  if (a->levels != NULL && levels == NULL)
    return complain (EXIT_USAGE, "--quantiles must be numbers like 0.1,0.5,0.9");
  g_auto (GStrv) models = g_strsplit (a->model != NULL ? a->model : RAI_METHOD_AUTO_ID, ",", -1);

  for (size_t m = 0; models[m] != NULL; m++)
    if (!g_str_equal (models[m], RAI_METHOD_AUTO_ID) && rai_forecaster_find (models[m]) == NULL) {
      g_autofree char *message =
          g_strdup_printf ("there is no model \"%s\"; see --list-models", models[m]);
      return complain (EXIT_USAGE, message);
    }

  job.levels = levels;
  job.models = models;
  watch_signals (cancellable);
  rai_progress_set_quiet (a->quiet);

  return run (&job);
}

int
main (int argc, char **argv) {
  g_auto (Arguments) a = { .horizon = 28 };
  const GOptionEntry entries[] = {
    { "input", 'i', 0, G_OPTION_ARG_FILENAME, &a.input, "CSV with the history; - is standard input",
      "FILE" },
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &a.output,
      "CSV to write the forecast to; - is standard output", "FILE" },
    { "format", 0, 0, G_OPTION_ARG_STRING, &a.format,
      "Layout of the input: long, m5 (a row a series) or hourly (long with hours) (long)", "NAME" },
    { "static", 0, 0, G_OPTION_ARG_FILENAME, &a.statics,
      "CSV with fixed traits by site and/or item", "FILE" },
    { "horizon", 0, 0, G_OPTION_ARG_INT, &a.horizon, "Steps to forecast (28)", "N" },
    { "through", 0, 0, G_OPTION_ARG_STRING, &a.through,
      "Last day of the history (the last one with a quantity)", "DAY" },
    { "model", 'm', 0, G_OPTION_ARG_STRING, &a.model,
      "auto, a name from --list-models, or several parted by commas to compare them (auto)",
      "NAMES" },
    { "quantiles", 0, 0, G_OPTION_ARG_STRING, &a.levels,
      "Levels between 0 and 1, separated by commas", "LIST" },
    { "reasons", 0, 0, G_OPTION_ARG_NONE, &a.reasons,
      "Add a column that says why each series has its model", NULL },
    { "reconcile", 0, 0, G_OPTION_ARG_STRING, &a.reconcile,
      "How series and totals agree: auto, bottom-up, top-down, middle-out, mint", "NAME" },
    { "memory", 0, 0, G_OPTION_ARG_FILENAME, &a.memory,
      "Lean on the weights that an earlier run left there, and leave this run's", "FILE" },
    { "threads", 0, 0, G_OPTION_ARG_INT, &a.threads,
      "Threads (one per core); results do not depend on it", "N" },
    { "totals", 0, 0, G_OPTION_ARG_FILENAME, &a.totals,
      "Write the forecasts of sites, groups and all as CSV", "FILE" },
    { "sums", 0, 0, G_OPTION_ARG_FILENAME, &a.sums,
      "Write what the first 1, 2, ... steps of each series sell together as CSV", "FILE" },
    { "report", 0, 0, G_OPTION_ARG_FILENAME, &a.report, "Write the backtest report card as JSON",
      "FILE" },
    { "list-models", 0, 0, G_OPTION_ARG_NONE, &a.list_models,
      "List the models with their papers and exit", NULL },
    { "quiet", 'q', 0, G_OPTION_ARG_NONE, &a.quiet, "Show no progress", NULL },
    { "version", 0, 0, G_OPTION_ARG_NONE, &a.version, "Print the version and exit", NULL },
    { NULL },
  };

  g_autoptr (GOptionContext) context =
      g_option_context_new ("- forecast sales of many shops and items");
  g_option_context_add_main_entries (context, entries, NULL);
  g_option_context_set_summary (context, summary);
  g_option_context_set_description (context, description);
  g_autoptr (GError) error = NULL;
  if (!g_option_context_parse (context, &argc, &argv, &error))
    return complain (EXIT_USAGE, error->message);
  if (a.version)
    return printf ("retailai-forecast %s\n", RAI_VERSION) < 0;
  if (a.list_models) {
    list_models ();
    return EXIT_OK;
  }

  const char *wrong = check_arguments (&a, argc);
  return wrong != NULL ? complain (EXIT_USAGE, wrong) : run_arguments (&a);
}
