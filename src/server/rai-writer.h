/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "command/rai-command.h"
#include "server/rai-auth.h"

/* The one thread that writes. Work that arrives together shares one durable commit (each command in
 * its own savepoint), and a long list goes in slices between which others have their turn; nobody
 * hears of an answer before the commit that holds its end. It also looks twice a second
 * for commits of other processes (command line, planner), and tells of every new revision.
 *
 * Called from any thread; the callbacks run on the writer's thread and must be short. */
typedef struct _RaiWriter RaiWriter;

/* error NULL: committed. Else nothing of this work happened, but for a list that was stopped. */
typedef void (*RaiWriterDone) (void *data, const GError *error);
/* Work of another kind than commands, in the shared transaction. On false it is undone; others are
 * not touched. */
typedef bool (*RaiWriterFunc) (RaiDb *db, void *data, GError **error);
typedef void (*RaiWriterNotify) (int64_t revision, void *data);

RaiWriter *rai_writer_new (const char *url, RaiWriterNotify notify, void *data, GError **error);
/* Finishes what is queued. */
void rai_writer_free (RaiWriter *writer);

/* Runs calls[0..n) in their order into answers[0..n), both owned by the caller until done. Each
 * transaction looks first whether the sign-in still stands: where it does not the list is stopped
 * with RAI_HTTP_ERROR_FORBIDDEN, which says how many were stored. */
void rai_writer_commands (RaiWriter *writer, RaiSignIn *sign_in, const RaiCommandCall *calls,
                          size_t n, RaiAnswer *answers, RaiWriterDone done, void *data);
/* Whether so much waits already that n more commands should be sent later. */
bool rai_writer_is_full (RaiWriter *writer, size_t n_calls);
void rai_writer_run (RaiWriter *writer, RaiWriterFunc func, RaiWriterDone done, void *data);
/* The same, waiting for the end. Not from a thread that serves requests. */
bool rai_writer_run_wait (RaiWriter *writer, RaiWriterFunc func, void *data, GError **error);

/* Transactions and pieces of work so far, for the metrics. */
void rai_writer_counts (RaiWriter *writer, uint64_t *commits, uint64_t *jobs);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RaiWriter, rai_writer_free)
