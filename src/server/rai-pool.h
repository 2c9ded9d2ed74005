/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "db/rai-db.h"

/* Threads for work that would hold up a thread that serves requests (more than about a
 * millisecond): hashing, snapshots, jobs. Each has its own connection, opened at its first need.
 * The queue is bounded: better a "try later" than a wait without end. */
typedef struct _RaiPool RaiPool;
/* db: this thread's read connection; NULL when the pool has no url or the database cannot be
 * reached. */
typedef void (*RaiPoolFunc) (RaiDb *db, void *data);

/* url NULL: no connections. nice: added to the threads' niceness, so that serving goes first. */
RaiPool *rai_pool_new (const char *name, unsigned n_threads, unsigned longest_queue, int nice,
                       const char *url);
/* Finishes what is queued. */
void rai_pool_free (RaiPool *pool);
/* false: the queue is full. */
bool rai_pool_push (RaiPool *pool, RaiPoolFunc func, void *data);
unsigned rai_pool_waiting (RaiPool *pool);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RaiPool, rai_pool_free)
