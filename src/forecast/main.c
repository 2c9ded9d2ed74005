/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "forecast/rai-forecaster.h"
#include "forecast/rai-long.h"
#include "forecast/rai-report.h"
#include "forecast/rai-wide.h"
#include "util/rai-progress.h"

#include <gio/gunixinputstream.h>
#include <gio/gunixoutputstream.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define PROGRESS_UNITS 1000

enum { EXIT_OK, EXIT_FAILED, EXIT_USAGE };

typedef struct {
  char *input, *output, *statics, *report, *through, *model, *levels, *format;
  int horizon, threads;
  int list_models, quiet;
} Arguments;

static void
list_models (void) {
  size_t n;
  const RaiForecaster *const *rows = rai_forecasters (&n);
  printf ("%-12s %s\n", "auto", "The best of all, chosen and blended by backtest (default)");
  for (size_t i = 0; i < n; i++)
    printf ("%-12s %s (%s)\n", rows[i]->name, rows[i]->title, rows[i]->paper);
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

static GInputStream *
open_input (const char *path, GError **error) {
  if (g_str_equal (path, "-"))
    return g_unix_input_stream_new (STDIN_FILENO, FALSE);
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (path);
  return (GInputStream *) g_file_read (file, NULL, error);
}

static GOutputStream *
open_output (const char *path, GError **error) {
  if (g_str_equal (path, "-"))
    return g_unix_output_stream_new (STDOUT_FILENO, FALSE);
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (path);
  return (GOutputStream *) g_file_replace (file, NULL, FALSE, G_FILE_CREATE_NONE, NULL, error);
}

typedef struct {
  RaiProgress *bar;
  uint64_t shown;
} Shown;

static void
progress_cb (double share, const char *stage, void *data) {
  Shown *shown = data;
  uint64_t now = (uint64_t) (share * PROGRESS_UNITS);
  if (now > shown->shown) {
    rai_progress_advance (shown->bar, now - shown->shown);
    shown->shown = now;
  }
}

static RaiPanel *
read_panel (const Arguments *arguments, RaiDay through, GError **error) {
  g_autoptr (GInputStream) stream = open_input (arguments->input, error);
  if (stream == NULL)
    return NULL;
  RaiLongOptions options = { arguments->input, through, (size_t) arguments->horizon };
  bool wide = g_strcmp0 (arguments->format, "m5") == 0;
  g_autoptr (RaiPanel) panel = wide ? rai_wide_read (stream, &options, error) : rai_long_read (stream, &options, error);
  if (panel == NULL || arguments->statics == NULL)
    return g_steal_pointer (&panel);
  g_autoptr (GInputStream) more = open_input (arguments->statics, error);
  if (more == NULL || !rai_long_read_static (panel, more, arguments->statics, error))
    return NULL;
  return g_steal_pointer (&panel);
}

static bool
write_output (const Arguments *arguments, const RaiPanel *panel, const RaiForecast *forecast, GError **error) {
  g_autoptr (GOutputStream) stream = open_output (arguments->output, error);
  return stream != NULL && rai_long_write (panel, forecast, stream, error) &&
         g_output_stream_close (stream, NULL, error);
}

static bool
write_report (const Arguments *arguments, const RaiPanel *panel, const RaiForecast *forecast, GError **error) {
  if (arguments->report == NULL)
    return true;
  g_autofree char *json = rai_report_json (panel, forecast);
  g_autoptr (GOutputStream) stream = open_output (arguments->report, error);
  return stream != NULL && g_output_stream_write_all (stream, json, strlen (json), NULL, NULL, error) &&
         g_output_stream_close (stream, NULL, error);
}

static int
run (const Arguments *arguments, RaiDay through, const double *levels, size_t n_levels) {
  g_autoptr (GError) error = NULL;
  g_autoptr (RaiPanel) panel = read_panel (arguments, through, &error);
  if (panel == NULL)
    return complain (EXIT_FAILED, error->message);
  Shown shown = { rai_progress_new ("Forecasting", PROGRESS_UNITS), 0 };
  RaiForecastOptions options = { .model = arguments->model,
                                 .levels = levels,
                                 .n_levels = n_levels,
                                 .threads = (unsigned) MAX (arguments->threads, 0),
                                 .skip_parts = true,
                                 .progress = progress_cb,
                                 .data = &shown };
  g_autoptr (RaiForecast) forecast = rai_forecast_run (panel, &options, &error);
  progress_cb (1, "", &shown);
  rai_progress_free (shown.bar);
  if (forecast == NULL)
    return complain (g_error_matches (error, RAI_FORECAST_ERROR, RAI_FORECAST_ERROR_MODEL) ||
                             g_error_matches (error, RAI_FORECAST_ERROR, RAI_FORECAST_ERROR_LEVEL)
                         ? EXIT_USAGE
                         : EXIT_FAILED,
                     error->message);
  if (!write_output (arguments, panel, forecast, &error) || !write_report (arguments, panel, forecast, &error))
    return complain (EXIT_FAILED, error->message);
  return EXIT_OK;
}

static const char description[] =
    "The input is a CSV with a row per series and day: site,item,date,quantity and any further columns that are known "
    "in\n"
    "advance (price, promotion, holiday, temperature, ...). The columns stockout (share of the day without stock) and\n"
    "closed (1 when shut) are understood. Rows after --through give what is known about the days to forecast.\n"
    "FILE may be - for standard input or output.\n\n"
    "Examples:\n"
    "  retailai-forecast --input sales.csv --output forecast.csv\n"
    "  retailai-forecast --input sales.csv --through 2024-06-30 --horizon 14 --output - | head\n"
    "  retailai-forecast --input sales.csv --model ets --quantiles 0.1,0.5,0.9 --output ets.csv\n";

int
main (int argc, char **argv) {
  Arguments a = { .horizon = 28 };
  const GOptionEntry entries[] = {
    { "input", 'i', 0, G_OPTION_ARG_FILENAME, &a.input, "CSV with the history", "FILE" },
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &a.output, "CSV to write the forecast to", "FILE" },
    { "format", 0, 0, G_OPTION_ARG_STRING, &a.format,
      "Layout of the input: long, m5 (a row a series) or hourly (long with hours) (long)", "NAME" },
    { "static", 0, 0, G_OPTION_ARG_FILENAME, &a.statics, "CSV with fixed traits by site and/or item", "FILE" },
    { "horizon", 0, 0, G_OPTION_ARG_INT, &a.horizon, "Steps to forecast (28)", "N" },
    { "through", 0, 0, G_OPTION_ARG_STRING, &a.through, "Last day of the history (the last one with a quantity)",
      "DAY" },
    { "model", 0, 0, G_OPTION_ARG_STRING, &a.model, "auto or a name from --list-models (auto)", "NAME" },
    { "quantiles", 0, 0, G_OPTION_ARG_STRING, &a.levels, "Levels between 0 and 1, separated by commas", "LIST" },
    { "threads", 0, 0, G_OPTION_ARG_INT, &a.threads, "Threads (one per core); results do not depend on it", "N" },
    { "report", 0, 0, G_OPTION_ARG_FILENAME, &a.report, "Write the backtest report card as JSON", "FILE" },
    { "list-models", 0, 0, G_OPTION_ARG_NONE, &a.list_models, "List the models and exit", NULL },
    { "quiet", 'q', 0, G_OPTION_ARG_NONE, &a.quiet, "Show no progress", NULL },
    { NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new ("- forecast sales of many shops and items");
  g_option_context_add_main_entries (context, entries, NULL);
  g_option_context_set_description (context, description);
  g_autoptr (GError) error = NULL;
  if (!g_option_context_parse (context, &argc, &argv, &error))
    return complain (EXIT_USAGE, error->message);
  if (a.list_models) {
    list_models ();
    return EXIT_OK;
  }
  if (a.input == NULL || a.output == NULL || argc > 1)
    return complain (EXIT_USAGE, "--input FILE and --output FILE are needed; try --help");
  if (a.horizon < 1 || a.horizon > 10000)
    return complain (EXIT_USAGE, "--horizon must be between 1 and 10000");
  RaiDay through = a.through != NULL ? rai_day_parse (a.through, -1) : RAI_DAY_NONE;
  if (a.through != NULL && through == RAI_DAY_NONE)
    return complain (EXIT_USAGE, "--through must be a day like 2024-06-30");
  const char *const formats[] = { "long", "m5", "hourly", NULL };
  if (a.format != NULL && !g_strv_contains (formats, a.format))
    return complain (EXIT_USAGE, "--format must be long, m5 (a row a series) or hourly (long with hours in its dates)");
  size_t n_levels = 0;
  g_autofree double *levels = a.levels != NULL ? parse_levels (a.levels, &n_levels) : NULL;
  if (a.levels != NULL && levels == NULL)
    return complain (EXIT_USAGE, "--quantiles must be numbers like 0.1,0.5,0.9");
  rai_progress_set_quiet (a.quiet);
  return run (&a, through, levels, n_levels);
}
