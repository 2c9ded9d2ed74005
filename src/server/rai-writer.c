/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/rai-writer.h"

#include "server/rai-http-error.h"

#include <stdatomic.h>

/* Invariants
 *  1. done is called exactly once for each piece of work, after the transaction that holds it has
 *     ended.
 *  2. done without an error is called only after a commit that returned success: an acknowledged
 *     change is on disk.
 *  3. When the database fails within a shared transaction all of it is rolled back, and each piece
 *     runs again in a transaction of its own, so that one bad piece fails alone. That is safe
 *     because nothing was committed. */

#define MOST_TOGETHER 256
#define POLL_US (G_USEC_PER_SEC / 2)

typedef struct {
  RaiIdentity *caller; /* commands; NULL: func */
  const RaiCommandCall *calls;
  size_t n_calls;
  RaiAnswer *answers;
  RaiWriterFunc func;
  RaiWriterDone done;
  void *data;
  GError *error; /* of func: undone alone */
} Work;

struct _RaiWriter {
  char *url;
  RaiDb *db; /* NULL while the connection is lost */
  GAsyncQueue *queue;
  GThread *thread;
  RaiWriterNotify notify;
  void *notify_data;
  int64_t revision;
  bool stop;
  _Atomic uint64_t n_commits;
  _Atomic uint64_t n_works;
};

/* Wakes the thread to end. */
static Work stop_work;

static void
work_free (Work *work) {
  g_clear_pointer (&work->caller, rai_identity_free);
  g_clear_error (&work->error);
  g_free (work);
}

static bool
ensure_open (RaiWriter *writer, GError **error) {
  if (writer->db == NULL)
    writer->db = rai_db_open (writer->url, 0, error);
  return writer->db != NULL;
}

static void
drop_when_lost (RaiWriter *writer, const GError *error) {
  if (g_error_matches (error, RAI_DB_ERROR, RAI_DB_ERROR_LOST))
    g_clear_pointer (&writer->db, rai_db_close);
}

/* A connection that broke while idle is noticed here: then a fresh one is tried at once. */
static bool
begin (RaiWriter *writer, GError **error) {
  g_autoptr (GError) first = NULL;

  if (!ensure_open (writer, error))
    return false;
  if (rai_db_begin_write (writer->db, &first))
    return true;
  if (!g_error_matches (first, RAI_DB_ERROR, RAI_DB_ERROR_LOST)) {
    g_propagate_error (error, g_steal_pointer (&first));
    return false;
  }

  g_clear_pointer (&writer->db, rai_db_close);
  return ensure_open (writer, error) && rai_db_begin_write (writer->db, error);
}

static bool
apply_func (RaiWriter *writer, Work *work, GError **error) {
  if (!rai_db_savepoint (writer->db, "work", error))
    return false;
  if (work->func (writer->db, work->data, &work->error))
    return rai_db_release (writer->db, "work", error);
  if (work->error != NULL && work->error->domain == RAI_DB_ERROR) {
    g_propagate_error (error, g_steal_pointer (&work->error));
    return false;
  }

  rai_db_rollback_to (writer->db, "work");
  return true;
}

static bool
apply (RaiWriter *writer, Work *work, GError **error) {
  g_clear_error (&work->error);
  if (work->caller == NULL)
    return apply_func (writer, work, error);
  for (size_t i = 0; i < work->n_calls; i++) {
    rai_answer_clear (&work->answers[i]);
    if (!rai_command_run (writer->db, work->caller, &work->calls[i], &work->answers[i], error))
      return false;
  }

  return true;
}

static bool
apply_all (RaiWriter *writer, Work **works, size_t n, GError **error) {
  if (!begin (writer, error))
    return false;
  for (size_t i = 0; i < n; i++)
    if (!apply (writer, works[i], error)) {
      rai_db_rollback (writer->db);
      return false;
    }

  if (!rai_db_commit (writer->db, error)) {
    rai_db_rollback (writer->db);
    return false;
  }

  writer->n_commits++;
  return true;
}

/* Tells of a revision that is new, whoever committed it. */
static void
look_around (RaiWriter *writer) {
  g_autoptr (GError) error = NULL;
  int64_t revision;

  if (!ensure_open (writer, &error))
    return;
  if (!rai_db_last_revision (writer->db, &revision, &error)) {
    drop_when_lost (writer, error);
    return;
  }

  if (revision != writer->revision) {
    writer->revision = revision;
    writer->notify (revision, writer->notify_data);
  }
}

static void
finish (RaiWriter *writer, Work *work, const GError *error) {
  writer->n_works++;
  work->done (work->data, error != NULL ? error : work->error);
  work_free (work);
}

static void
run_together (RaiWriter *writer, Work **works, size_t n) {
  g_autoptr (GError) error = NULL;

  if (apply_all (writer, works, n, &error)) {
    look_around (writer);
    for (size_t i = 0; i < n; i++)
      finish (writer, works[i], NULL);
    return;
  }

  drop_when_lost (writer, error);
  if (n == 1) {
    finish (writer, works[0], error);
    return;
  }

  for (size_t i = 0; i < n; i++)
    run_together (writer, &works[i], 1);
}

static void *
writer_thread (void *data) {
  RaiWriter *writer = data;
  Work *works[MOST_TOGETHER];

  while (!writer->stop || g_async_queue_length (writer->queue) > 0) {
    size_t n = 0;
    Work *work = g_async_queue_timeout_pop (writer->queue, POLL_US);
    for (; work != NULL && n < MOST_TOGETHER; work = g_async_queue_try_pop (writer->queue)) {
      if (work == &stop_work)
        writer->stop = true;
      else
        works[n++] = work;
      if (n == MOST_TOGETHER)
        break;
    }
    if (n > 0)
      run_together (writer, works, n);
    else
      look_around (writer);
  }

  g_clear_pointer (&writer->db, rai_db_close);
  return NULL;
}

RaiWriter *
rai_writer_new (const char *url, RaiWriterNotify notify, void *data, GError **error) {
  /* The connection belongs to the writer's thread: this one only shows that it can be had. */
  RaiDb *db = rai_db_open (url, 0, error);
  RaiWriter *writer;

  if (db == NULL)
    return NULL;
  writer = g_new0 (RaiWriter, 1);

  if (!rai_db_last_revision (db, &writer->revision, error)) {
    rai_db_close (db);
    g_free (writer);
    return NULL;
  }

  rai_db_close (db);
  writer->url = g_strdup (url);
  writer->queue = g_async_queue_new ();
  writer->notify = notify;
  writer->notify_data = data;
  writer->thread = g_thread_new ("writer", writer_thread, writer);

  return writer;
}

void
rai_writer_free (RaiWriter *writer) {
  g_async_queue_push (writer->queue, &stop_work);
  g_thread_join (writer->thread);
  g_async_queue_unref (writer->queue);
  g_free (writer->url);
  g_free (writer);
}

void
rai_writer_commands (RaiWriter *writer, const RaiIdentity *caller, const RaiCommandCall *calls,
                     size_t n, RaiAnswer *answers, RaiWriterDone done, void *data) {
  Work *work = g_new0 (Work, 1);

  work->caller = rai_identity_copy (caller);
  work->calls = calls;
  work->n_calls = n;
  work->answers = answers;
  work->done = done;
  work->data = data;
  g_async_queue_push (writer->queue, work);
}

void
rai_writer_run (RaiWriter *writer, RaiWriterFunc func, RaiWriterDone done, void *data) {
  Work *work = g_new0 (Work, 1);

  work->func = func;
  work->done = done;
  work->data = data;
  g_async_queue_push (writer->queue, work);
}

typedef struct {
  RaiWriterFunc func;
  void *data;
  GMutex lock;
  GCond ended_cond;
  bool ended;
  GError *error;
} Wait;

static bool
wait_func (RaiDb *db, void *data, GError **error) {
  Wait *wait = data;

  return wait->func (db, wait->data, error);
}

static void
wait_done (void *data, const GError *error) {
  Wait *wait = data;

  g_mutex_lock (&wait->lock);
  wait->ended = true;
  if (error != NULL)
    wait->error = g_error_copy (error);
  g_cond_signal (&wait->ended_cond);
  g_mutex_unlock (&wait->lock);
}

bool
rai_writer_run_wait (RaiWriter *writer, RaiWriterFunc func, void *data, GError **error) {
  Wait wait = { .func = func, .data = data };

  g_mutex_init (&wait.lock);
  g_cond_init (&wait.ended_cond);
  rai_writer_run (writer, wait_func, wait_done, &wait);
  g_mutex_lock (&wait.lock);
  while (!wait.ended)
    g_cond_wait (&wait.ended_cond, &wait.lock);

  g_mutex_unlock (&wait.lock);
  g_mutex_clear (&wait.lock);
  g_cond_clear (&wait.ended_cond);
  if (wait.error == NULL)
    return true;

  g_propagate_error (error, wait.error);
  return false;
}

void
rai_writer_counts (RaiWriter *writer, uint64_t *commits, uint64_t *jobs) {
  *commits = writer->n_commits;
  *jobs = writer->n_works;
}
