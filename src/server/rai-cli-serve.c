/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/rai-cli-serve.h"

#include "planner/rai-planner-due.h"
#include "server/rai-cli-database.h"
#include "server/rai-log.h"
#include "server/rai-openapi.h"
#include "server/rai-server.h"

#include <glib-unix.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

/* Between two looks at whether planning is due: a look is one small query. */
#define REPLAN_SECONDS 60
#define SWEEP_SECONDS (60 * 60)

static char *listen = NULL;
static char *log_level;
static char *snapshots;
static char *uploads;
static int n_threads;
static int token_seconds = 15 * 60;
static int rate = 100;
static int timeout = 30;
static gboolean exit_with_stdin;
static gboolean behind_proxy;
static char *replan;

static const GOptionEntry serve_options[] = {
  { "listen", 0, 0, G_OPTION_ARG_STRING, &listen,
    "Where to listen (127.0.0.1:8080); port 0: any free one", "ADDRESS:PORT" },
  { "threads", 0, 0, G_OPTION_ARG_INT, &n_threads, "Serving threads (one a processor)", "N" },
  { "log-level", 0, 0, G_OPTION_ARG_STRING, &log_level,
    "error, warning (the default), info or debug", "LEVEL" },
  { "rate", 0, 0, G_OPTION_ARG_INT, &rate,
    "Requests a second and account (100); 0: no limits at all", "N" },
  { "timeout", 0, 0, G_OPTION_ARG_INT, &timeout, "Seconds for a request to arrive (30)", "N" },
  { "token-seconds", 0, 0, G_OPTION_ARG_INT, &token_seconds, "Life of an access token (900)", "N" },
  { "behind-proxy", 0, 0, G_OPTION_ARG_NONE, &behind_proxy,
    "A proxy with TLS is in front, the only one that reaches this address: believe its "
    "X-Forwarded-For, and listen where others could",
    NULL },
  { "snapshots", 0, 0, G_OPTION_ARG_FILENAME, &snapshots,
    "Where snapshot files are kept (the user's cache folder)", "FOLDER" },
  { "uploads", 0, 0, G_OPTION_ARG_FILENAME, &uploads,
    "Where files wait to be brought in (the user's data folder)", "FOLDER" },
  { "replan", 0, 0, G_OPTION_ARG_STRING, &replan,
    "daily: forecast and plan after each day of sales; never (the default): when asked to",
    "WHEN" },
  { "exit-with-stdin", 0, 0, G_OPTION_ARG_NONE, &exit_with_stdin,
    "End when standard input is closed: with the program that started this one", NULL },
  { NULL },
};

static bool
wrong (GError **error, const char *option, const char *what) {
  g_set_error (error, RAI_CLI_ERROR, RAI_CLI_ERROR_USAGE, "--%s must be %s", option, what);
  return false;
}

static bool
check_options (GError **error) {
  RaiLogLevel level;

  if (log_level != NULL) {
    if (!rai_log_parse_level (log_level, &level))
      return wrong (error, "log-level", "error, warning, info or debug");
    rai_log_set_level (level);
  }

  if (listen != NULL && !behind_proxy && !rai_server_is_loopback (listen)) {
    g_set_error (error, RAI_CLI_ERROR, RAI_CLI_ERROR_USAGE,
                 "--listen %s can be reached from other computers, and passwords would travel "
                 "unencrypted: listen on 127.0.0.1 with a proxy for TLS in front (see "
                 "data/deploy/nginx.conf), or say --behind-proxy when there is one",
                 listen);
    return false;
  }

  if (replan != NULL && strcmp (replan, "daily") != 0 && strcmp (replan, "never") != 0)
    return wrong (error, "replan", "daily or never");
  if (n_threads < 0 || n_threads > 256)
    return wrong (error, "threads", "from 1 to 256");
  if (rate < 0)
    return wrong (error, "rate", "0 or more");
  if (timeout < 1)
    return wrong (error, "timeout", "1 or more");
  if (token_seconds < 1 || token_seconds > 24 * 60 * 60)
    return wrong (error, "token-seconds", "from 1 to 86400");

  return true;
}

static gboolean
stop_cb (void *data) {
  g_main_loop_quit (data);
  return G_SOURCE_CONTINUE;
}

static gboolean
stdin_cb (int fd, GIOCondition condition, void *data) {
  char buffer[256];

  if (read (fd, buffer, sizeof buffer) > 0)
    return G_SOURCE_CONTINUE;
  g_main_loop_quit (data);
  return G_SOURCE_REMOVE;
}

static gboolean
replan_cb (void *data) {
  RaiServer *server = data;
  g_autoptr (RaiDb) db = rai_db_open (server->options.url, RAI_DB_OPEN_READ_ONLY, NULL);
  bool due = false, outdone = false;

  if (db != NULL && rai_planner_is_due (db, &due, NULL) && due)
    rai_jobs_start (server->jobs, "replan", NULL);
  else if (db != NULL && rai_planner_is_outdone (db, &outdone, NULL) && outdone)
    rai_jobs_start (server->jobs, "plan", NULL);
  return G_SOURCE_CONTINUE;
}

static gboolean
sweep_cb (void *data) {
  RaiServer *server = data;

  rai_uploads_sweep (server->uploads);
  return G_SOURCE_CONTINUE;
}

/* Before anybody is told that it serves: who hears that may end it at once. */
static void
heed_signals (GMainLoop *loop) {
  g_unix_signal_add (SIGTERM, stop_cb, loop);
  g_unix_signal_add (SIGINT, stop_cb, loop);
  if (exit_with_stdin)
    g_unix_fd_add (STDIN_FILENO, G_IO_IN | G_IO_HUP | G_IO_ERR, stdin_cb, loop);
}

/* A connection is a file: as many as the system lets us have. */
static void
raise_files (void) {
  struct rlimit limit;

  if (getrlimit (RLIMIT_NOFILE, &limit) != 0)
    return;
  limit.rlim_cur = limit.rlim_max;
  if (setrlimit (RLIMIT_NOFILE, &limit) != 0)
    rai_log (RAI_LOG_WARNING, "the limit of open files stays as it is", NULL);
}

static bool
run_serve (RaiCli *cli, char **arguments, GError **error) {
  if (!check_options (error))
    return false;

  /* Says what is wrong with the database before anything listens. */
  g_autoptr (RaiDb) db = rai_cli_open (cli, 0, error);
  if (db == NULL)
    return false;

  g_clear_pointer (&db, rai_db_close);

  raise_files ();
  g_autofree char *folder =
      g_build_filename (g_get_user_cache_dir (), "retailai-server", "snapshots", NULL);
  g_autofree char *waiting =
      g_build_filename (g_get_user_data_dir (), "retailai-server", "uploads", NULL);
  RaiServerOptions options = {
    .url = cli->url,
    .listen = listen != NULL ? listen : "127.0.0.1:8080",
    .n_threads = (unsigned) n_threads,
    .token_seconds = token_seconds,
    .rate = rate,
    .timeout = timeout,
    .behind_proxy = behind_proxy,
    .snapshots = snapshots != NULL ? snapshots : folder,
    .uploads = uploads != NULL ? uploads : waiting,
  };

  g_autoptr (RaiServer) server = rai_server_new (&options, error);
  if (server == NULL)
    return false;
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  heed_signals (loop);
  sweep_cb (server);
  g_timeout_add_seconds (SWEEP_SECONDS, sweep_cb, server);
  if (g_strcmp0 (replan, "daily") == 0) {
    replan_cb (server);
    g_timeout_add_seconds (REPLAN_SECONDS, replan_cb, server);
  }

  printf ("listening on http://%s\n", server->address);
  fflush (stdout);
  rai_log (RAI_LOG_INFO, "listening", "address", server->address, NULL);
  g_main_loop_run (loop);
  rai_log (RAI_LOG_INFO, "stopping", NULL);

  return true;
}

const RaiCliCommand rai_cli_serve = {
  .name = "serve",
  .title = "Run the web service",
  .help =
      "The first line on standard output, once it serves, is `listening on http://ADDRESS:PORT'. "
      "It ends on SIGTERM\n"
      "after the requests that are under way. TLS is a proxy's work: see data/deploy/nginx.conf.",
  .options = serve_options,
  .run = run_serve,
};

static bool
run_openapi (RaiCli *cli, char **arguments, GError **error) {
  g_autoptr (GString) json = g_string_new (NULL);

  rai_openapi_append (json);
  g_print ("%s\n", json->str);
  return true;
}

const RaiCliCommand rai_cli_openapi = {
  .name = "openapi",
  .title = "Print the description of the web service (OpenAPI 3.1)",
  .run = run_openapi,
};
