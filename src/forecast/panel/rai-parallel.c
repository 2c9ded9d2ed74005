/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "forecast/panel/rai-parallel.h"

/* Fewer pieces a thread than this and a slow one at the end leaves the others idle. */
#define PIECES_PER_THREAD 64

typedef struct {
  size_t n, chunk;
  size_t next; /* taken with an atomic add */
  void (*work) (size_t i, void *data);
  void *data;
  GCancellable *cancellable;
} Job;

static void
work_on (Job *job, void (*progress) (double share, void *data)) {
  for (;;) {
    size_t first = __atomic_fetch_add (&job->next, job->chunk, __ATOMIC_RELAXED);
    if (first >= job->n || g_cancellable_is_cancelled (job->cancellable))
      return;
    for (size_t i = first; i < MIN (first + job->chunk, job->n); i++)
      job->work (i, job->data);
    if (progress != NULL)
      progress ((double) MIN (first + job->chunk, job->n) / (double) job->n, job->data);
  }
}

static void *
worker (void *data) {
  work_on (data, NULL);
  return NULL;
}

bool
rai_parallel (size_t n, unsigned threads, void (*work) (size_t i, void *data), void *data,
              GCancellable *cancellable, void (*progress) (double share, void *data)) {
  if (threads == 0)
    threads = g_get_num_processors ();
  threads = (unsigned) MIN (threads, MAX (n, 1));
  Job job = { n, MAX (1, n / (threads * PIECES_PER_THREAD)), 0, work, data, cancellable };

  g_autofree GThread **others = g_new0 (GThread *, threads);
  for (unsigned k = 1; k < threads; k++)
    others[k] = g_thread_new ("forecast", worker, &job);
  work_on (&job, progress);
  for (unsigned k = 1; k < threads; k++)
    g_thread_join (others[k]);

  return !g_cancellable_is_cancelled (cancellable);
}
