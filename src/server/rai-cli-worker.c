/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/rai-cli-worker.h"

#include "planner/rai-planner-due.h"
#include "server/rai-cli-database.h"
#include "server/rai-jobs.h"

#include <glib-unix.h>

/* The planner's work beside the web service, on this computer or another: `serve --replan daily`
 * does the same within. */

static int interval = 1;
static gboolean once;

static const GOptionEntry options[] = {
  { "interval", 0, 0, G_OPTION_ARG_INT, &interval, "Minutes between two looks (1)", "MINUTES" },
  { "once", 0, 0, G_OPTION_ARG_NONE, &once, "Look once, do what is due, and end", NULL },
  { NULL },
};

typedef struct {
  RaiCli *cli;
  RaiJobs *jobs;
  GMainLoop *loop;
} Worker;

static bool
look (Worker *worker, GError **error) {
  g_autoptr (RaiDb) db = rai_cli_open (worker->cli, RAI_DB_OPEN_READ_ONLY, error);
  bool due, outdone;

  if (db == NULL || !rai_planner_is_due (db, &due, error) ||
      !rai_planner_is_outdone (db, &outdone, error))
    return false;
  return (!due && !outdone) || rai_jobs_are_running (worker->jobs) ||
         rai_jobs_start (worker->jobs, due ? "replan" : "plan", error);
}

/* A database that cannot be reached just now is looked at again later. */
static gboolean
look_cb (void *data) {
  g_autoptr (GError) error = NULL;

  if (!look (data, &error))
    g_printerr ("retailai-server worker: %s\n", error->message);
  return G_SOURCE_CONTINUE;
}

static gboolean
stop_cb (void *data) {
  g_main_loop_quit (data);
  return G_SOURCE_CONTINUE;
}

static gboolean
ended_cb (void *data) {
  Worker *worker = data;

  if (!rai_jobs_are_running (worker->jobs))
    g_main_loop_quit (worker->loop);
  return G_SOURCE_CONTINUE;
}

static bool
run_worker (RaiCli *cli, char **arguments, GError **error) {
  if (interval < 1) {
    g_set_error_literal (error, RAI_CLI_ERROR, RAI_CLI_ERROR_USAGE, "--interval must be 1 or more");
    return false;
  }

  g_autoptr (RaiJobs) jobs = rai_jobs_new (cli->url);
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  Worker worker = { .cli = cli, .jobs = jobs, .loop = loop };

  if (!look (&worker, error))
    return false;
  g_unix_signal_add (SIGTERM, stop_cb, loop);
  g_unix_signal_add (SIGINT, stop_cb, loop);

  if (once)
    g_timeout_add (100, ended_cb, &worker);
  else
    g_timeout_add_seconds ((unsigned) interval * 60, look_cb, &worker);

  g_main_loop_run (loop);
  return true;
}

const RaiCliCommand rai_cli_worker = {
  .name = "worker",
  .title = "Forecast and plan once another day has begun at a store",
  .help = "Runs until it is ended. One is enough; `serve --replan daily' does the same beside the "
          "web service.\n"
          "The day is the clock's, in each store's zone. After a failure it is tried again in ten "
          "minutes.",
  .options = options,
  .run = run_worker,
};
