/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/model/rai-reader.h"

#include <glib/gi18n.h>

#define N_WORKERS 2

/* A file and who reads it; shared with the workers, which open their connection again when it
 * changes. */
typedef struct {
  char *url;
  RaiIdentity *caller;
} Target;

typedef struct {
  Target *target;
  GTask *task; /* NULL: the worker ends */
  const RaiQuery *query;
  GHashTable *arguments;
  bool count;
} Job;

struct _RaiReader {
  GObject parent_instance;
  Target *target; /* NULL: nothing is open */
  GAsyncQueue *jobs;
  GThread *workers[N_WORKERS];
};

G_DEFINE_FINAL_TYPE (RaiReader, rai_reader, G_TYPE_OBJECT)

static unsigned damaged_signal;

static void
target_clear (void *data) {
  Target *target = data;
  g_free (target->url);
  rai_identity_free (target->caller);
}

static void
target_unref (Target *target) {
  if (target != NULL)
    g_atomic_rc_box_release_full (target, target_clear);
}

static void
job_free (Job *job) {
  target_unref (job->target);
  g_clear_object (&job->task);
  g_clear_pointer (&job->arguments, g_hash_table_unref);
  g_free (job);
}

static void
job_run (Job *job, RaiDb *db) {
  GError *error = NULL;
  if (job->count) {
    int64_t count = 0;
    if (rai_query_count (db, job->query, job->target->caller, job->arguments, &count, &error))
      g_task_return_int (job->task, count);
    else
      g_task_return_error (job->task, error);
    return;
  }

  RaiRows *rows = rai_query_run (db, job->query, job->target->caller, job->arguments, &error);
  if (rows != NULL)
    g_task_return_pointer (job->task, rows, (GDestroyNotify) rai_rows_unref);
  else
    g_task_return_error (job->task, error);
}

/* The connection of one worker, for the target that it was opened for. */
typedef struct {
  Target *target;
  RaiDb *db;
} Connection;

static void
connection_clear (Connection *connection) {
  g_clear_pointer (&connection->db, rai_db_close);
  g_clear_pointer (&connection->target, target_unref);
}

static void
connection_run (Connection *connection, Job *job) {
  if (g_task_return_error_if_cancelled (job->task))
    return;
  if (connection->target != job->target) {
    connection_clear (connection);
    connection->target = g_atomic_rc_box_acquire (job->target);
  }

  GError *error = NULL;
  if (connection->db == NULL)
    connection->db = rai_db_open (job->target->url, RAI_DB_OPEN_READ_ONLY, &error);
  if (connection->db != NULL)
    job_run (job, connection->db);
  else
    g_task_return_error (job->task, error);
}

static void *
worker_main (void *data) {
  g_autoptr (GAsyncQueue) jobs = data;
  Connection connection = { NULL, NULL };
  for (;;) {
    Job *job = g_async_queue_pop (jobs);
    bool last = job->task == NULL;
    if (last)
      connection_clear (&connection);
    else
      connection_run (&connection, job);
    job_free (job);
    if (last)
      return NULL;
  }
}

static void
rai_reader_init (RaiReader *self) {
  self->jobs = g_async_queue_new ();
  for (int i = 0; i < N_WORKERS; i++)
    self->workers[i] = g_thread_new ("rai-reader", worker_main, g_async_queue_ref (self->jobs));
}

static void
rai_reader_finalize (GObject *object) {
  RaiReader *self = RAI_READER (object);
  for (int i = 0; i < N_WORKERS; i++)
    g_async_queue_push (self->jobs, g_new0 (Job, 1));

  /* Not joined: the last reference may be that of a task which a worker just answered. */
  for (int i = 0; i < N_WORKERS; i++)
    g_thread_unref (self->workers[i]);
  g_async_queue_unref (self->jobs);
  target_unref (self->target);
  G_OBJECT_CLASS (rai_reader_parent_class)->finalize (object);
}

static void
rai_reader_class_init (RaiReaderClass *klass) {
  G_OBJECT_CLASS (klass)->finalize = rai_reader_finalize;
  damaged_signal = g_signal_new ("damaged", RAI_TYPE_READER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 0);
}

RaiReader *
rai_reader_new (void) {
  return g_object_new (RAI_TYPE_READER, NULL);
}

void
rai_reader_open (RaiReader *self, const char *url, const RaiIdentity *caller) {
  g_return_if_fail (RAI_IS_READER (self));
  g_return_if_fail (url == NULL || caller != NULL);
  g_clear_pointer (&self->target, target_unref);
  if (url == NULL)
    return;
  self->target = g_atomic_rc_box_new0 (Target);
  self->target->url = g_strdup (url);
  self->target->caller = rai_identity_copy (caller);
}

bool
rai_reader_is_open (RaiReader *self) {
  return self->target != NULL;
}

static void
push_job (RaiReader *self, const char *name, GHashTable *arguments, bool count, GTask *task) {
  const RaiQuery *query = rai_query_find (name);
  if (query == NULL || self->target == NULL) {
    if (query != NULL)
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_NOT_INITIALIZED,
                               _ ("There is no data on this computer yet"));
    else
      g_task_return_new_error (task, RAI_DB_ERROR, RAI_DB_ERROR_ARGUMENT,
                               "There is no query named “%s”", name);
    g_object_unref (task);
    return;
  }

  Job *job = g_new0 (Job, 1);
  job->target = g_atomic_rc_box_acquire (self->target);
  job->task = task;
  job->query = query;
  job->arguments = arguments != NULL ? g_hash_table_ref (arguments) : NULL;
  job->count = count;
  g_async_queue_push (self->jobs, job);
}

void
rai_reader_query_async (RaiReader *self, const char *query, GHashTable *arguments,
                        GCancellable *cancellable, GAsyncReadyCallback callback, void *user_data) {
  g_return_if_fail (RAI_IS_READER (self));
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, rai_reader_query_async);
  push_job (self, query, arguments, false, task);
}

/* Hands the failure on, whoever asked; a damaged file is for the session to hear of as well. */
static void
fail (RaiReader *self, GError *failure, GError **error) {
  bool damaged = g_error_matches (failure, RAI_DB_ERROR, RAI_DB_ERROR_CORRUPT);
  g_propagate_error (error, failure);
  if (damaged)
    g_signal_emit (self, damaged_signal, 0);
}

RaiRows *
rai_reader_query_finish (RaiReader *self, GAsyncResult *result, GError **error) {
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  GError *failure = NULL;
  RaiRows *rows = g_task_propagate_pointer (G_TASK (result), &failure);
  if (failure != NULL)
    fail (self, failure, error);
  return rows;
}

void
rai_reader_count_async (RaiReader *self, const char *query, GHashTable *arguments,
                        GCancellable *cancellable, GAsyncReadyCallback callback, void *user_data) {
  g_return_if_fail (RAI_IS_READER (self));
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, rai_reader_count_async);
  push_job (self, query, arguments, true, task);
}

int64_t
rai_reader_count_finish (RaiReader *self, GAsyncResult *result, GError **error) {
  g_return_val_if_fail (g_task_is_valid (result, self), -1);
  GError *failure = NULL;
  int64_t count = g_task_propagate_int (G_TASK (result), &failure);
  if (failure != NULL)
    fail (self, failure, error);
  return count;
}
