/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sync/rai-older-days.h"
#include "sync/rai-sync-report.h"

/* What the engine does on its thread: files, network, and the order of things. Made, used and freed
 * on that thread, which runs its thread-default main context; calls back there. rai-sync-worker.c
 * opens with the invariants. */
typedef struct _RaiSyncWorker RaiSyncWorker;

typedef void (*RaiSyncReported) (void *data, RaiSyncReport *report);
/* Takes the error or the answer, whichever there is. */
typedef void (*RaiSyncSubmitted) (void *data, RaiAnswer *answer, GError *error);
typedef void (*RaiSyncSignedIn) (void *data, GError *error);

RaiSyncWorker *
rai_sync_worker_new (const char *folder, const char *server, const char *login,
                     const RaiTokenStore *store, RaiSyncReported reported, void *data);
/* What is still asked for ends with G_IO_ERROR_CANCELLED. */
void rai_sync_worker_free (RaiSyncWorker *worker);
/* Pace of polling without a live channel, and the longest pause after failures, in ms. */
void rai_sync_worker_set_pace (RaiSyncWorker *worker, unsigned poll, unsigned longest);

void rai_sync_worker_start (RaiSyncWorker *worker);
void rai_sync_worker_sign_in (RaiSyncWorker *worker, const char *password, const char *new_password,
                              RaiSyncSignedIn done, void *data);
void rai_sync_worker_sign_out (RaiSyncWorker *worker, bool forget);
void rai_sync_worker_wake (RaiSyncWorker *worker);
void rai_sync_worker_submit (RaiSyncWorker *worker, const char *name, const char *arguments,
                             RaiSyncSubmitted done, void *data);
void rai_sync_worker_discard (RaiSyncWorker *worker, const char *id);
void rai_sync_worker_retry (RaiSyncWorker *worker, const char *id, const char *arguments);
/* The number of changes written, or taken in that were not known here; -1 with the error, which is
 * the callee's. */
typedef void (*RaiSyncCounted) (void *data, int n, GError *error);
void rai_sync_worker_save_work (RaiSyncWorker *worker, const char *path, RaiSyncCounted done,
                                void *data);
void
rai_sync_worker_take_in (RaiSyncWorker *worker, const char *path, RaiSyncCounted done, void *data);
/* rai_older_days_ask; done is called once. */
void rai_sync_worker_older_days (RaiSyncWorker *worker, const RaiQuery *query,
                                 GHashTable *arguments, RaiOlderDaysDone done, void *data);
/* For what the screen waits for. Owned by the worker. */
RaiSyncDirect *rai_sync_worker_get_direct (RaiSyncWorker *worker);
/* A page met a damaged file: look, and fetch a new one if so; else pages try again. */
void rai_sync_worker_check_replica (RaiSyncWorker *worker);
