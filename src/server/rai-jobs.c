/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/rai-jobs.h"

#include "server/rai-child.h"
#include "server/rai-http-error.h"
#include "server/rai-log.h"

#include <gio/gio.h>
#include <signal.h>
#include <string.h>

static const struct {
  const char *kind;
  const char *steps[3];
} kinds[] = {
  { "forecast", { "forecast" } },
  { "plan", { "plan" } },
  { "replan", { "forecast", "plan" } },
};

struct _RaiJobs {
  GMutex lock;
  char *url;
  GThread *thread;
  GSubprocess *child;
  const char *const *steps;
  bool running; /* a job, or who took their place */
  bool stopping;
};

RaiJobs *
rai_jobs_new (const char *url) {
  RaiJobs *jobs = g_new0 (RaiJobs, 1);

  g_mutex_init (&jobs->lock);
  jobs->url = g_strdup (url);
  return jobs;
}

void
rai_jobs_free (RaiJobs *jobs) {
  g_mutex_lock (&jobs->lock);
  jobs->stopping = true;
  if (jobs->child != NULL)
    g_subprocess_send_signal (jobs->child, SIGTERM);

  g_mutex_unlock (&jobs->lock);
  if (jobs->thread != NULL)
    g_thread_join (jobs->thread);
  g_mutex_clear (&jobs->lock);
  g_free (jobs->url);
  g_free (jobs);
}

static GSubprocess *
start_child (RaiJobs *jobs, const char *step, GError **error) {
  const char *const arguments[] = { step, "--quiet", NULL };

  g_mutex_lock (&jobs->lock);
  if (!jobs->stopping)
    jobs->child = rai_child_start (
        jobs->url, arguments, G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_SILENCE,
        error);

  GSubprocess *child = jobs->child != NULL ? g_object_ref (jobs->child) : NULL;
  g_mutex_unlock (&jobs->lock);
  return child;
}

static bool
run_step (RaiJobs *jobs, const char *step) {
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) child = start_child (jobs, step, &error);

  bool good = child != NULL && g_subprocess_wait (child, NULL, &error) &&
              g_subprocess_get_successful (child);

  g_mutex_lock (&jobs->lock);
  g_clear_object (&jobs->child);

  bool stopping = jobs->stopping;
  g_mutex_unlock (&jobs->lock);
  if (good)
    rai_log (RAI_LOG_INFO, "job done", "kind", step, NULL);
  else if (!stopping)
    rai_log (RAI_LOG_WARNING, "job failed", "kind", step, "message",
             error != NULL ? error->message : "see table job", NULL);

  return good;
}

static void *
job_thread (void *data) {
  RaiJobs *jobs = data;

  for (int i = 0; i < 3 && jobs->steps[i] != NULL; i++)
    if (!run_step (jobs, jobs->steps[i]))
      break;
  g_mutex_lock (&jobs->lock);
  jobs->running = false;
  g_mutex_unlock (&jobs->lock);
  return NULL;
}

static const char *const *
find_steps (const char *kind) {
  for (size_t i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (strcmp (kinds[i].kind, kind) == 0)
      return kinds[i].steps;
  return NULL;
}

bool
rai_jobs_start (RaiJobs *jobs, const char *kind, GError **error) {
  const char *const *steps = find_steps (kind);

  if (steps == NULL) {
    g_set_error (error, RAI_HTTP_ERROR, RAI_HTTP_ERROR_NOT_FOUND,
                 "there is no job “%s”: forecast, plan and replan can be asked for", kind);
    return false;
  }

  g_mutex_lock (&jobs->lock);
  bool busy = jobs->running || jobs->stopping;
  if (!busy) {
    /* The last one has ended, or is about to. */
    g_clear_pointer (&jobs->thread, g_thread_join);
    jobs->running = true;
    jobs->steps = steps;
    jobs->thread = g_thread_new ("job", job_thread, jobs);
  }

  g_mutex_unlock (&jobs->lock);
  if (busy)
    g_set_error_literal (error, RAI_HTTP_ERROR, RAI_HTTP_ERROR_CONFLICT,
                         "a job is running: wait until it has ended");

  return !busy;
}

bool
rai_jobs_take (RaiJobs *jobs) {
  g_mutex_lock (&jobs->lock);
  bool busy = jobs->running || jobs->stopping;
  if (!busy)
    jobs->running = true;
  g_mutex_unlock (&jobs->lock);

  return !busy;
}

void
rai_jobs_give_back (RaiJobs *jobs) {
  g_mutex_lock (&jobs->lock);
  jobs->running = false;
  g_mutex_unlock (&jobs->lock);
}

bool
rai_jobs_are_running (RaiJobs *jobs) {
  g_mutex_lock (&jobs->lock);
  bool running = jobs->running;
  g_mutex_unlock (&jobs->lock);
  return running;
}
