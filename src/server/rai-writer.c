/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/rai-writer.h"

#include "server/rai-http-error.h"

#include <stdatomic.h>

/* Invariants
 *  1. done is called exactly once for each piece of work, after the transaction that holds its end
 *     has ended.
 *  2. done without an error is called only after commits that returned success: an acknowledged
 *     change is on disk.
 *  3. When the database fails within a shared transaction all of it is rolled back, and each piece
 *     runs again in a transaction of its own, so that one bad piece fails alone. That is safe
 *     because nothing was committed.
 *  4. A long list of commands is cut into slices, each in another transaction, and short work takes
 *     turns with them: nobody waits longer for somebody else's list than one slice takes. When the
 *     database fails at a later slice the list fails as a whole although its first commands are
 *     applied; sent again, they are known by their ids.
 *  5. No transaction writes for a sign-in that has ended, or by rights that it does not have any
 *     more: see check_sender. */

/* Pieces of work in one transaction, at most. */
#define MOST_TOGETHER 256
/* Lists of up to so many commands are short. */
#define SHORT_CALLS 20
/* Microseconds that a transaction may spend on short work, or on slices of lists. Both together,
 * with their commits and one more command (a receipt of 1,000 lines: some 30 ms here), stay well
 * below the fifth of a second that a person at another till does not notice. */
#define SHORT_US (40 * 1000)
#define LONG_US (50 * 1000)
/* What may wait: commands, and pieces of work. Beyond it callers are told to come later. */
#define MOST_CALLS_WAITING 40000
#define MOST_WORKS_WAITING 4000
#define POLL_US (G_USEC_PER_SEC / 2)

typedef struct {
  RaiSignIn *sign_in; /* commands; NULL: func */
  const RaiCommandCall *calls;
  size_t n_calls;
  size_t next;  /* the first that is not committed, or not run in the open transaction */
  size_t first; /* of the open transaction's slice */
  RaiAnswer *answers;
  RaiWriterFunc func;
  RaiWriterDone done;
  void *data;
  GError *error; /* of func: undone alone; of commands: stopped */
} Work;

struct _RaiWriter {
  char *url;
  RaiDb *db;          /* NULL while the connection is lost */
  GAsyncQueue *queue; /* from other threads */
  GQueue shorts;      /* of Work, the writer's own: what waits, by kind */
  GQueue longs;
  Work *begun[MOST_TOGETHER]; /* in the open transaction */
  size_t n_begun;
  bool lists_next; /* the last transaction was for short work */
  GThread *thread;
  RaiWriterNotify notify;
  void *notify_data;
  int64_t revision;
  bool stop;
  _Atomic size_t calls_waiting;
  _Atomic size_t works_waiting;
  _Atomic uint64_t n_commits;
  _Atomic uint64_t n_works;
};

/* Wakes the thread to end. */
static Work stop_work;

static void
work_free (Work *work) {
  g_clear_pointer (&work->sign_in, rai_sign_in_unref);
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
is_finished (const Work *work) {
  return work->sign_in == NULL || work->error != NULL || work->next == work->n_calls;
}

static size_t
count_stored (const Work *work) {
  size_t stored = 0;
  for (size_t i = 0; i < work->next; i++)
    stored += work->answers[i].status == RAI_ANSWER_APPLIED;
  return stored;
}

/* Who sent it may have lost what he may do since it arrived, or since its last slice. False when
 * the database failed. */
static bool
check_sender (RaiWriter *writer, Work *work, GError **error) {
  g_autoptr (GError) reason = NULL;

  if (rai_sign_in_check (work->sign_in, writer->db, &reason))
    return true;
  if (reason->domain == RAI_DB_ERROR) {
    g_propagate_error (error, g_steal_pointer (&reason));
    return false;
  }

  g_propagate_prefixed_error (&work->error, g_steal_pointer (&reason),
                              "%zu of %zu are stored: ", count_stored (work), work->n_calls);
  return true;
}

/* Runs the work, or a slice of its commands until `until`; one at least. */
static bool
apply (RaiWriter *writer, Work *work, int64_t until, GError **error) {
  g_clear_error (&work->error);
  if (work->sign_in == NULL)
    return apply_func (writer, work, error);

  work->first = work->next;
  if (!check_sender (writer, work, error))
    return false;
  for (; work->error == NULL && work->next < work->n_calls; work->next++) {
    if (work->next > work->first && g_get_monotonic_time () >= until)
      break;
    rai_answer_clear (&work->answers[work->next]);
    if (!rai_command_run (writer->db, work->sign_in->identity, &work->calls[work->next],
                          &work->answers[work->next], error))
      return false;
  }

  return true;
}

/* Takes pieces from a queue into the open transaction until the time is over; one at least. */
static bool
take (RaiWriter *writer, GQueue *queue, int64_t budget, GError **error) {
  int64_t until = g_get_monotonic_time () + budget;

  while (!g_queue_is_empty (queue) && writer->n_begun < MOST_TOGETHER) {
    Work *work = g_queue_pop_head (queue);
    writer->begun[writer->n_begun++] = work;
    if (!apply (writer, work, until, error))
      return false;
    if (g_get_monotonic_time () >= until)
      break;
  }

  return true;
}

static bool
commit (RaiWriter *writer, GError **error) {
  if (!rai_db_commit (writer->db, error))
    return false;
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
  writer->calls_waiting -= work->n_calls;
  writer->works_waiting--;
  work->done (work->data, error != NULL ? error : work->error);
  work_free (work);
}

/* After a commit: it has ended, or its next slice waits behind the other lists. */
static void
settle (RaiWriter *writer, Work *work) {
  if (is_finished (work))
    finish (writer, work, NULL);
  else
    g_queue_push_tail (&writer->longs, work);
}

static void
run_alone (RaiWriter *writer, Work *work) {
  g_autoptr (GError) error = NULL;

  work->next = work->first;
  if (begin (writer, &error)) {
    if (apply (writer, work, g_get_monotonic_time () + LONG_US, &error) &&
        commit (writer, &error)) {
      look_around (writer);
      settle (writer, work);
      return;
    }
    rai_db_rollback (writer->db);
  }

  drop_when_lost (writer, error);
  finish (writer, work, error);
}

/* Each alone, those too that a failing begin left in the queues. */
static void
run_apart (RaiWriter *writer) {
  while (writer->n_begun < MOST_TOGETHER && !g_queue_is_empty (&writer->shorts))
    writer->begun[writer->n_begun++] = g_queue_pop_head (&writer->shorts);
  if (writer->n_begun == 0)
    writer->begun[writer->n_begun++] = g_queue_pop_head (&writer->longs);
  for (size_t i = 0; i < writer->n_begun; i++)
    run_alone (writer, writer->begun[i]);
}

/* Short work and slices of lists take turns. */
static bool
take_turn (RaiWriter *writer, GError **error) {
  const bool lists = g_queue_is_empty (&writer->shorts) ||
                     (writer->lists_next && !g_queue_is_empty (&writer->longs));
  writer->lists_next = !lists;
  return lists ? take (writer, &writer->longs, LONG_US, error)
               : take (writer, &writer->shorts, SHORT_US, error);
}

static void
run_transaction (RaiWriter *writer) {
  g_autoptr (GError) error = NULL;

  writer->n_begun = 0;
  if (begin (writer, &error)) {
    if (take_turn (writer, &error) && commit (writer, &error)) {
      look_around (writer);
      for (size_t i = 0; i < writer->n_begun; i++)
        settle (writer, writer->begun[i]);
      return;
    }
    rai_db_rollback (writer->db);
  }

  drop_when_lost (writer, error);
  run_apart (writer);
}

static void
queue_work (RaiWriter *writer, Work *work) {
  if (work == &stop_work)
    writer->stop = true;
  else
    g_queue_push_tail (work->n_calls > SHORT_CALLS ? &writer->longs : &writer->shorts, work);
}

static bool
is_idle (const RaiWriter *writer) {
  return writer->shorts.length == 0 && writer->longs.length == 0;
}

static void *
writer_thread (void *data) {
  RaiWriter *writer = data;

  while (!writer->stop || !is_idle (writer) || g_async_queue_length (writer->queue) > 0) {
    Work *work = is_idle (writer) ? g_async_queue_timeout_pop (writer->queue, POLL_US)
                                  : g_async_queue_try_pop (writer->queue);
    for (; work != NULL; work = g_async_queue_try_pop (writer->queue))
      queue_work (writer, work);

    if (is_idle (writer))
      look_around (writer);
    else
      run_transaction (writer);
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

bool
rai_writer_is_full (RaiWriter *writer, size_t n_calls) {
  return writer->calls_waiting + n_calls > MOST_CALLS_WAITING ||
         writer->works_waiting >= MOST_WORKS_WAITING;
}

static void
push (RaiWriter *writer, Work *work) {
  writer->calls_waiting += work->n_calls;
  writer->works_waiting++;
  g_async_queue_push (writer->queue, work);
}

void
rai_writer_commands (RaiWriter *writer, RaiSignIn *sign_in, const RaiCommandCall *calls, size_t n,
                     RaiAnswer *answers, RaiWriterDone done, void *data) {
  Work *work = g_new0 (Work, 1);

  work->sign_in = rai_sign_in_ref (sign_in);
  work->calls = calls;
  work->n_calls = n;
  work->answers = answers;
  work->done = done;
  work->data = data;
  push (writer, work);
}

void
rai_writer_run (RaiWriter *writer, RaiWriterFunc func, RaiWriterDone done, void *data) {
  Work *work = g_new0 (Work, 1);

  work->func = func;
  work->done = done;
  work->data = data;
  push (writer, work);
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
