/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/model/rai-stall-log.h"

#include <stdbool.h>
#include <stdio.h>

#define PING_EVERY_US 10000
#define STALL_US 50000

struct _RaiStallLog {
  FILE *file;
  GThread *thread;
  GMutex mutex;
  GCond cond;
  int64_t answered_us; /* when the main loop last answered */
  bool waiting;        /* for an answer to the last ping */
  bool ending;
  bool first_filled;
};

static int64_t start_us;

void
rai_stall_log_set_start (void) {
  start_us = g_get_monotonic_time ();
}

/* Milliseconds since rai_stall_log_set_start. */
static double
now_ms (void) {
  return (double) (g_get_monotonic_time () - start_us) / 1000;
}

static gboolean
answer_cb (void *data) {
  RaiStallLog *log = data;
  g_mutex_lock (&log->mutex);
  log->waiting = false;
  log->answered_us = g_get_monotonic_time ();
  g_cond_signal (&log->cond);
  g_mutex_unlock (&log->mutex);
  return G_SOURCE_REMOVE;
}

static void
ping (RaiStallLog *log) {
  int64_t asked = g_get_monotonic_time ();
  log->waiting = true;

  GSource *source = g_idle_source_new ();
  g_source_set_priority (source, G_PRIORITY_HIGH);
  g_source_set_callback (source, answer_cb, log, NULL);
  g_source_attach (source, NULL);
  g_source_unref (source);
  while (log->waiting && !log->ending)
    g_cond_wait_until (&log->cond, &log->mutex, g_get_monotonic_time () + G_TIME_SPAN_SECOND);

  int64_t took = (log->waiting ? g_get_monotonic_time () : log->answered_us) - asked;
  if (took > STALL_US && !log->ending)
    fprintf (log->file, "stall %.1f %.1f\n", (double) took / 1000, now_ms ());
}

static void *
watch (void *data) {
  RaiStallLog *log = data;
  g_mutex_lock (&log->mutex);
  while (!log->ending) {
    ping (log);
    g_cond_wait_until (&log->cond, &log->mutex, g_get_monotonic_time () + PING_EVERY_US);
  }
  g_mutex_unlock (&log->mutex);
  return NULL;
}

RaiStallLog *
rai_stall_log_new (const char *path) {
  FILE *file = fopen (path, "we");
  if (file == NULL) {
    g_warning ("Cannot write the stall log %s", path);
    return NULL;
  }

  setvbuf (file, NULL, _IOLBF, 0);
  RaiStallLog *log = g_new0 (RaiStallLog, 1);
  log->file = file;
  g_mutex_init (&log->mutex);
  g_cond_init (&log->cond);
  log->thread = g_thread_new ("rai-stall-log", watch, log);

  return log;
}

void
rai_stall_log_free (RaiStallLog *log) {
  g_mutex_lock (&log->mutex);
  log->ending = true;
  g_cond_signal (&log->cond);
  g_mutex_unlock (&log->mutex);
  g_thread_join (log->thread);

  /* An unanswered ping may still sit in the main context. */
  while (g_source_remove_by_user_data (log))
    ;
  fclose (log->file);
  g_mutex_clear (&log->mutex);
  g_cond_clear (&log->cond);
  g_free (log);
}

void
rai_stall_log_filled (RaiStallLog *log, const char *page, int64_t switch_started_us) {
  if (!log->first_filled)
    fprintf (log->file, "filled %s %.1f\n", page, now_ms ());
  else if (switch_started_us > 0)
    fprintf (log->file, "switch %s %.1f\n", page,
             (double) (g_get_monotonic_time () - switch_started_us) / 1000);
  log->first_filled = true;
}
