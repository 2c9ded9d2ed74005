/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/rai-pool.h"

#include <sys/resource.h>
#include <unistd.h>

typedef struct {
  RaiPoolFunc func; /* NULL: the thread ends */
  void *data;
} Task;

struct _RaiPool {
  GAsyncQueue *queue;
  GPtrArray *threads;
  unsigned longest_queue;
  int nice;
  char *url;
};

static RaiDb *
reopen (RaiPool *pool, RaiDb *db) {
  int64_t revision;

  if (db != NULL && rai_db_last_revision (db, &revision, NULL))
    return db;
  g_clear_pointer (&db, rai_db_close);
  return rai_db_open (pool->url, RAI_DB_OPEN_READ_ONLY, NULL);
}

static void *
pool_thread (void *data) {
  RaiPool *pool = data;
  RaiDb *db = NULL;

  /* On Linux niceness belongs to the thread. */
  if (pool->nice > 0)
    setpriority (PRIO_PROCESS, (id_t) gettid (), pool->nice);
  for (;;) {
    g_autofree Task *task = g_async_queue_pop (pool->queue);
    if (task->func == NULL)
      break;
    if (pool->url != NULL)
      db = reopen (pool, db);
    task->func (db, task->data);
  }

  g_clear_pointer (&db, rai_db_close);
  return NULL;
}

RaiPool *
rai_pool_new (const char *name, unsigned n_threads, unsigned longest_queue, int nice,
              const char *url) {
  RaiPool *pool = g_new0 (RaiPool, 1);

  pool->queue = g_async_queue_new ();
  pool->threads = g_ptr_array_new ();
  pool->longest_queue = longest_queue;
  pool->nice = nice;
  pool->url = g_strdup (url);
  for (unsigned i = 0; i < n_threads; i++)
    g_ptr_array_add (pool->threads, g_thread_new (name, pool_thread, pool));

  return pool;
}

void
rai_pool_free (RaiPool *pool) {
  for (unsigned i = 0; i < pool->threads->len; i++)
    g_async_queue_push (pool->queue, g_new0 (Task, 1));
  for (unsigned i = 0; i < pool->threads->len; i++)
    g_thread_join (pool->threads->pdata[i]);
  g_ptr_array_unref (pool->threads);
  g_async_queue_unref (pool->queue);
  g_free (pool->url);
  g_free (pool);
}

unsigned
rai_pool_waiting (RaiPool *pool) {
  return (unsigned) MAX (g_async_queue_length (pool->queue), 0);
}

bool
rai_pool_push (RaiPool *pool, RaiPoolFunc func, void *data) {
  if (rai_pool_waiting (pool) >= pool->longest_queue)
    return false;
  Task *task = g_new0 (Task, 1);
  task->func = func;
  task->data = data;
  g_async_queue_push (pool->queue, task);
  return true;
}
