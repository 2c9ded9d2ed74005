/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "util/rai-progress.h"

#include <stdio.h>
#include <unistd.h>

#define BAR_CELLS 24
#define TERMINAL_INTERVAL_US (100 * G_TIME_SPAN_MILLISECOND)
#define LINES_INTERVAL_US (250 * G_TIME_SPAN_MILLISECOND)
#define LOG_INTERVAL_US (10 * G_TIME_SPAN_SECOND)

struct _RaiProgress {
  char *title;
  GMutex lock;
  uint64_t total;
  uint64_t done;
  int64_t started_us;
  int64_t shown_us;
  bool terminal;
  bool lines;
  bool bytes;
};

static bool quiet_process;

RaiProgress *
rai_progress_new (const char *title, uint64_t total) {
  RaiProgress *progress = g_new0 (RaiProgress, 1);
  progress->title = g_strdup (title);
  progress->total = total;
  progress->started_us = g_get_monotonic_time ();
  progress->shown_us = progress->started_us;
  progress->lines = g_getenv (RAI_PROGRESS_LINES) != NULL;
  progress->terminal = !progress->lines && isatty (STDERR_FILENO);
  g_mutex_init (&progress->lock);
  return progress;
}

void
rai_progress_set_quiet (bool quiet) {
  quiet_process = quiet;
}

void
rai_progress_set_total (RaiProgress *progress, uint64_t total) {
  if (progress == NULL)
    return;
  g_mutex_lock (&progress->lock);
  progress->total = total;
  g_mutex_unlock (&progress->lock);
}

void
rai_progress_set_bytes (RaiProgress *progress) {
  if (progress != NULL)
    progress->bytes = true;
}

static char *
format_done (const RaiProgress *progress) {
  return progress->bytes ? g_format_size (progress->done)
                         : g_strdup_printf ("%" G_GUINT64_FORMAT, progress->done);
}

static void
show_bar (const RaiProgress *progress, double seconds) {
  char cells[BAR_CELLS * 3 + 1];
  char *at = cells;
  double share = MIN (1.0, (double) progress->done / (double) progress->total);
  int filled = (int) (share * BAR_CELLS);

  for (int i = 0; i < BAR_CELLS; i++)
    at += g_snprintf (at, 4, "%s", i < filled ? "█" : "░");

  double left = share > 0 ? seconds * (1 - share) / share : 0;
  fprintf (stderr, "\r\033[K%-24s %s %3.0f %%  %.0f s left", progress->title, cells, share * 100,
           left);
}

static void
show (RaiProgress *progress, int64_t now_us) {
  double seconds = (double) (now_us - progress->started_us) / G_TIME_SPAN_SECOND;
  g_autofree char *done = format_done (progress);
  progress->shown_us = now_us;

  if (progress->lines && progress->total == 0)
    return;
  if (progress->lines)
    fprintf (stderr, RAI_PROGRESS_LINE "%u\n",
             (unsigned) (MIN (1.0, (double) progress->done / (double) progress->total) * 1000));
  else if (progress->total > 0 && progress->terminal)
    show_bar (progress, seconds);
  else if (progress->terminal)
    fprintf (stderr, "\r\033[K%-24s %s", progress->title, done);
  else if (progress->total > 0)
    fprintf (stderr, "%s: %.0f %%\n", progress->title,
             MIN (1.0, (double) progress->done / (double) progress->total) * 100);
  else
    fprintf (stderr, "%s: %s\n", progress->title, done);

  fflush (stderr);
}

void
rai_progress_advance (RaiProgress *progress, uint64_t units) {
  if (progress == NULL)
    return;
  g_mutex_lock (&progress->lock);
  progress->done += units;

  const int64_t now_us = g_get_monotonic_time ();
  const int64_t interval_us = progress->lines      ? LINES_INTERVAL_US
                              : progress->terminal ? TERMINAL_INTERVAL_US
                                                   : LOG_INTERVAL_US;
  if ((!quiet_process || progress->lines) && now_us - progress->shown_us >= interval_us)
    show (progress, now_us);

  g_mutex_unlock (&progress->lock);
}

void
rai_progress_free (RaiProgress *progress) {
  if (progress == NULL)
    return;
  if (!quiet_process && !progress->lines) {
    double seconds = (double) (g_get_monotonic_time () - progress->started_us) / G_TIME_SPAN_SECOND;
    g_autofree char *done = format_done (progress);
    fprintf (stderr, "%s%-24s %s in %.1f s\n", progress->terminal ? "\r\033[K" : "",
             progress->title, done, seconds);
  }

  g_mutex_clear (&progress->lock);
  g_free (progress->title);
  g_free (progress);
}
