/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "forecast/choice/rai-forecasters.h"

#include "fixture.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>

/* Drives the real retailai-forecast. */
typedef struct {
  int status;
  char *out, *err;
} Ran;

static void
ran_clear (Ran *ran) {
  g_free (ran->out);
  g_free (ran->err);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Ran, ran_clear)

typedef struct {
  char *folder, *input, *output;
} Fixture;

static char *
program_path (void) {
  return g_build_filename (g_getenv ("RAI_BUILD_DIR"), "src", "forecast", "retailai-forecast",
                           NULL);
}

static GSubprocess *
start (const char *const *arguments) {
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) command = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (command, program_path ());
  for (size_t k = 0; arguments[k] != NULL; k++)
    g_ptr_array_add (command, g_strdup (arguments[k]));

  g_ptr_array_add (command, NULL);
  GSubprocess *process =
      g_subprocess_newv ((const char *const *) command->pdata,
                         G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE |
                             G_SUBPROCESS_FLAGS_STDERR_PIPE,
                         &error);

  g_assert_no_error (error);
  return process;
}

static Ran
run_with (const char *input, const char *const *arguments) {
  Ran ran = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process = start (arguments);
  g_subprocess_communicate_utf8 (process, input, NULL, &ran.out, &ran.err, &error);
  g_assert_no_error (error);
  ran.status = g_subprocess_get_if_exited (process) ? g_subprocess_get_exit_status (process) : -1;
  return ran;
}

#define run(input, ...) run_with (input, (const char *const[]){ __VA_ARGS__, NULL })

static void
append_series (GString *text, const char *site, const char *item, size_t n, uint32_t *random) {
  for (size_t t = 0; t < n; t++) {
    char day[11];
    g_string_append_printf (
        text, "%s,%s,%s,%d,%s\n", site, item,
        rai_day_format (rai_day_from_ymd (2024, 12, 31) - (RaiDay) (n - 1 - t), day),
        (int) (20 * fixture_random (random)) + (t % 7 == 5 ? 15 : 0), t % 20 == 0 ? "fair" : "");
  }
}

static char *
make_sales (size_t items, size_t n) {
  GString *text = g_string_new ("site,item,date,quantity,event\n");
  uint32_t random = 11;
  for (size_t k = 0; k < items; k++) {
    g_autofree char *item = g_strdup_printf ("item %zu", k);
    append_series (text, k % 2 == 0 ? "north" : "south", item, k == 3 ? 4 : n, &random);
  }
  return g_string_free (text, FALSE);
}

static void
set_up (Fixture *f, const void *data) {
  f->folder = g_dir_make_tmp ("retailai-forecast-XXXXXX", NULL);
  f->input = g_build_filename (f->folder, "sales.csv", NULL);
  f->output = g_build_filename (f->folder, "forecast.csv", NULL);
}

static void
tear_down (Fixture *f, const void *data) {
  g_autoptr (GDir) folder = g_dir_open (f->folder, 0, NULL);
  for (const char *name; (name = g_dir_read_name (folder)) != NULL;) {
    g_autofree char *path = g_build_filename (f->folder, name, NULL);
    g_unlink (path);
  }

  g_rmdir (f->folder);
  g_free (f->folder);
  g_free (f->input);
  g_free (f->output);
}

/* The man page names every option of --help, --list-models every row with its paper. */
static void
test_words (Fixture *f, const void *data) {
  g_auto (Ran) help = run (NULL, "--help"), list = run (NULL, "--list-models"),
               version = run (NULL, "--version");

  g_autofree char *path = g_build_filename (g_getenv ("G_TEST_SRCDIR"), "..", "src", "forecaster",
                                            "retailai-forecast.1", NULL),
                  *page = NULL;

  g_assert_true (g_file_get_contents (path, &page, NULL, NULL));
  g_assert_cmpint (help.status | list.status | version.status, ==, 0);
  g_assert_nonnull (strstr (help.out, "Examples:"));
  g_autoptr (GRegex) option = g_regex_new ("^ +(?:-., )?--([a-z-]+)", G_REGEX_MULTILINE, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;

  unsigned count = 0;
  for (g_regex_match (option, help.out, 0, &match); g_match_info_matches (match);
       g_match_info_next (match, NULL)) {
    g_autofree char *name = g_match_info_fetch (match, 1),
                    *written = g_strdup_printf ("\\-\\-%s", name);
    if (strstr (page, written) == NULL)
      g_error ("the man page does not name --%s", name);
    count++;
  }

  g_assert_cmpuint (count, >, 12);
  size_t n;
  const RaiForecaster *const *rows = rai_forecasters (&n);

  for (size_t k = 0; k < n; k++) {
    g_assert_nonnull (strstr (list.out, rai_method_id (rows[k]->method)));
    g_assert_nonnull (strstr (list.out, rows[k]->paper));
  }
}

/* Where man is installed it formats the page without a warning. */
static void
test_man (Fixture *f, const void *data) {
  g_autofree char *path = g_build_filename (g_getenv ("G_TEST_SRCDIR"), "..", "src", "forecaster",
                                            "retailai-forecast.1", NULL),
                  *man = g_find_program_in_path ("man");
  const char *command[] = { "man", "--warnings", "-l", path, NULL };
  g_autofree char *out = NULL, *err = NULL;
  int status = 0;

  if (man == NULL || !g_spawn_sync (NULL, (char **) command, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL,
                                    &out, &err, &status, NULL)) {
    g_test_skip ("man is not installed");
    return;
  }

  if (strstr (err, "retailai-forecast.1") != NULL || strstr (err, "warning") != NULL)
    g_error ("%s", err);
}

/* Several models: the rows of each under its name, and a table where the rows are not. */
static void
test_compare (Fixture *f, const void *data) {
  g_autofree char *sales = make_sales (5, 120);
  g_auto (Ran) ran = run (sales, "-q", "-i", "-", "-o", "-", "--model", "snaive,ets,auto",
                          "--horizon", "7", "--quantiles", "0.5");
  g_assert_cmpint (ran.status, ==, 0);
  g_assert_true (
      g_str_has_prefix (ran.out, "site,item,date,mean,q0.5,model\nnorth,item 0,2025-01-01,"));
  g_auto (GStrv) lines = g_strsplit (ran.out, "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, 1 + 3 * 5 * 7 + 1);
  g_assert_true (g_str_has_suffix (lines[1], ",snaive") && g_str_has_suffix (lines[36], ",ets") &&
                 g_str_has_suffix (lines[71], ",auto"));
  g_assert_nonnull (strstr (ran.err, "MASE"));
  g_assert_nonnull (strstr (ran.err, "\nsnaive"));
  g_assert_nonnull (strstr (ran.err, "* best of the column"));
}

/* A series that is too short says why another model speaks for it. */
static void
test_reasons (Fixture *f, const void *data) {
  g_autofree char *sales = make_sales (4, 60);
  g_auto (Ran) ran =
      run (sales, "-q", "-i", "-", "-o", "-", "-m", "arima", "--horizon", "2", "--reasons");
  g_assert_cmpint (ran.status, ==, 0);
  g_assert_nonnull (strstr (ran.out, ",model,reason\n"));
  g_assert_nonnull (strstr (ran.out, ",arima,\"Asked for."));
  g_assert_nonnull (strstr (ran.out, ",average,\"Too little history for arima"));
  g_assert_nonnull (strstr (ran.err, "1 series cannot have arima, for example south, item 3"));
}

/* Levels above the series go to a file of their own. */
static void
test_totals (Fixture *f, const void *data) {
  g_autofree char *sales = make_sales (4, 60), *text = NULL;
  g_auto (Ran) ran =
      run (sales, "-q", "-i", "-", "-o", "-", "-m", "ets", "--horizon", "2", "--totals", f->output);
  g_assert_cmpint (ran.status, ==, 0);
  g_assert_true (g_file_get_contents (f->output, &text, NULL, NULL));
  g_assert_true (g_str_has_prefix (text, "level,site,group,item,date,mean\nall,,,,"));
  g_assert_nonnull (strstr (text, "\nsite,south,,,"));
}

/* The same bytes whatever the number of threads. */
static void
test_threads (Fixture *f, const void *data) {
  static const char *const models[] = { "auto",  "ets",         "arima",
                                        "dotm",  "profile",     "ridge",
                                        "boost", "boost-bands", "boost-log-recursive" };
  g_autofree char *sales = make_sales (8, 200);

  for (size_t m = 0; m < G_N_ELEMENTS (models); m++) {
    g_autofree char *first = NULL;
    for (int threads = 1; threads <= 8; threads = threads == 1 ? 2 : threads * 4) {
      g_autofree char *number = g_strdup_printf ("%d", threads);
      g_auto (Ran) ran =
          run (sales, "-q", "-i", "-", "-o", "-", "-m", models[m], "--threads", number);
      g_assert_cmpint (ran.status, ==, 0);
      char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, ran.out, -1);
      if (first == NULL) {
        first = hash;
        continue;
      }
      g_assert_cmpstr (hash, ==, first);
      g_free (hash);
    }
  }
}

/* What is wrong, where, and the exit status; the old output stays. */
static void
test_errors (Fixture *f, const void *data) {
  static const struct {
    const char *text, *wanted;
  } cases[] = {
    { "site,item,date,quantity\ns,a,2024-01-01,1\ns,a,2024-01-02,two\n",
      "line 3: quantity is \"two\", not a number" },
    { "site,item,date,quantity\ns,a,2024-01-01,1\ns,a,2024-01-02,inf\n",
      "line 3: quantity is \"inf\"" },
    { "site,item,date,quantity\ns,a,2024-01-02,1\ns,a,2024-01-01,1\ns,a,2024-01-02,3\n",
      "second quantity for 2024-01-02" },
    { "site,item,date,quantity\ns,a,01/02/2024,1\n",
      "line 2: date is \"01/02/2024\", not a date like 2024-01-31" },
    { "site,item,date,quantity\ns,a\n", "line 2: only 2 fields" },
    { "shop,product,day,sold\ns,a,2024-01-01,1\n", "line 1: there is no column \"date\"" },
    { "", "standard input is empty" },
  };

  g_assert_true (g_file_set_contents (f->output, "old\n", -1, NULL));
  for (size_t k = 0; k < G_N_ELEMENTS (cases); k++) {
    g_autofree char *kept = NULL;
    g_auto (Ran) ran = run (cases[k].text, "-q", "-i", "-", "-o", f->output);
    g_assert_cmpint (ran.status, ==, 1);
    if (strstr (ran.err, cases[k].wanted) == NULL)
      g_error ("\"%s\" does not say \"%s\"", ran.err, cases[k].wanted);
    g_assert_true (g_file_get_contents (f->output, &kept, NULL, NULL));
    g_assert_cmpstr (kept, ==, "old\n");
  }

  g_auto (Ran) nowhere = run (cases[0].text, "-i", "/nowhere/sales.csv", "-o", f->output);
  g_assert_cmpint (nowhere.status, ==, 1);
  g_assert_nonnull (strstr (nowhere.err, "/nowhere/sales.csv"));
}

static void
test_usage (Fixture *f, const void *data) {
  g_auto (Ran) nothing = run (NULL, "-q"),
               model = run ("", "-i", "-", "-o", "-", "-m", "ets,crystal"),
               horizon = run ("", "-i", "-", "-o", "-", "--horizon", "0"),
               level = run ("", "-i", "-", "-o", "-", "--quantiles", "0.1,many"),
               report = run ("", "-i", "-", "-o", "-", "-m", "ets,ses", "--report", "card.json");
  g_assert_cmpint (nothing.status, ==, 2);
  g_assert_cmpint (model.status, ==, 2);
  g_assert_nonnull (strstr (model.err, "no model \"crystal\"; see --list-models"));
  g_assert_cmpint (horizon.status, ==, 2);
  g_assert_cmpint (level.status, ==, 2);
  g_assert_cmpint (report.status, ==, 2);
}

/* Whatever the sales are, numbers come out. */
static void
test_bad_sales (Fixture *f, const void *data) {
  static const char text[] =
      "site,item,date,quantity,price,event\n"
      "s,late,2024-02-03,4,2,\ns,late,2024-02-01,3,2,fair\ns,late,2024-02-02,5,,\n"
      "s,negative,2024-02-01,-5,2,\ns,negative,2024-02-02,-1,2,\n"
      "s,missing,2024-02-01,NaN,2,\ns,missing,2024-02-02,,2,\n"
      "s,huge,2024-02-01,1e12,2,\ns,huge,2024-02-02,1e12,2,\n"
      "s,gap,2014-02-01,4,2,\ns,gap,2024-02-03,4,2,\n"
      "s,one,2024-02-03,7,1e30,\n"
      "s,one,2024-02-04,,3,never seen\n";

  g_auto (Ran) ran = run (
      text, "-q", "-i", "-", "-o", "-", "-m",
      "auto,snaive,profile,holt-winters,ets,theta,arima,croston,decomposition,yearly,ridge,forest",
      "--horizon", "3");
  g_assert_cmpint (ran.status, ==, 0);
  g_assert_null (strstr (ran.out, "nan"));
  g_assert_null (strstr (ran.out, "inf"));
  g_auto (GStrv) lines = g_strsplit (ran.out, "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, 1 + 12 * 6 * 3 + 1);
  g_assert_null (strstr (ran.out, ",-"));
}

/* One date ten years behind the others is told of, and --through is the way out. */
static void
test_mistyped (Fixture *f, const void *data) {
  g_autofree char *sales = make_sales (3, 60);
  g_autofree char *text = g_strconcat (sales, "north,item 0,2035-01-01,4,\n", NULL);
  g_auto (Ran) ran = run (text, "-q", "-i", "-", "-o", "-", "-m", "ets"),
               cut = run (text, "-q", "-i", "-", "-o", "-", "-m", "ets", "--through", "2024-12-31");
  g_assert_cmpint (ran.status, ==, 0);
  g_assert_nonnull (strstr (ran.err, "comes 3653 days after the one before it"));
  g_assert_cmpint (cut.status, ==, 0);
  g_assert_cmpstr (cut.err, ==, "");
  g_assert_nonnull (strstr (cut.out, ",2025-01-01,"));
}

static bool
folder_has_more_than (const char *path, unsigned most) {
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  unsigned n = 0;
  while (g_dir_read_name (folder) != NULL)
    n++;
  return n > most;
}

/* Interrupted while it forecasts: status 130, the old output stays, nothing half is left beside
 * it. */
static void
test_interrupt (Fixture *f, const void *data) {
  g_autofree char *sales = make_sales (1500, 300), *kept = NULL;
  g_assert_true (g_file_set_contents (f->output, "old\n", -1, NULL));
  g_assert_true (g_file_set_contents (f->input, sales, -1, NULL));
  g_autoptr (GSubprocess) process = start ((const char *const[]){
      "-q", "-i", f->input, "-o", f->output, "-m", "blend,arima,auto", NULL });

  for (int turn = 0; turn < 2000 && !folder_has_more_than (f->folder, 2);
       turn++) /* the new output is begun */
    g_usleep (5000);

  g_subprocess_send_signal (process, SIGINT);
  g_assert_true (g_subprocess_wait (process, NULL, NULL));
  g_assert_true (g_subprocess_get_if_exited (process));
  g_assert_cmpint (g_subprocess_get_exit_status (process), ==, 130);
  g_assert_true (g_file_get_contents (f->output, &kept, NULL, NULL));
  g_assert_cmpstr (kept, ==, "old\n");
  g_assert_false (folder_has_more_than (f->folder, 2));
}

/* Interrupted while it waits for input. */
static void
test_interrupt_reading (Fixture *f, const void *data) {
  g_autoptr (GSubprocess) process =
      start ((const char *const[]){ "-q", "-i", "-", "-o", f->output, NULL });
  g_usleep (200000);
  g_subprocess_send_signal (process, SIGTERM);
  g_assert_true (g_subprocess_wait (process, NULL, NULL));
  g_assert_false (g_file_test (f->output, G_FILE_TEST_EXISTS));
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  struct {
    const char *name;
    void (*test) (Fixture *, const void *);
  } tests[] = { { "words", test_words },         { "man", test_man },
                { "compare", test_compare },     { "reasons", test_reasons },
                { "totals", test_totals },       { "threads", test_threads },
                { "errors", test_errors },       { "usage", test_usage },
                { "bad-sales", test_bad_sales }, { "mistyped", test_mistyped },
                { "interrupt", test_interrupt }, { "interrupt-reading", test_interrupt_reading } };

  for (size_t k = 0; k < G_N_ELEMENTS (tests); k++) {
    g_autofree char *path = g_strdup_printf ("/program/%s", tests[k].name);
    g_test_add (path, Fixture, NULL, set_up, tests[k].test, tear_down);
  }

  return g_test_run ();
}
