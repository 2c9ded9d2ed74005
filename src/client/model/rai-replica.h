/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/rai-identity.h"
#include "db/rai-query.h"

#include <gio/gio.h>

/* Where pages read from: the queries of db/rai-query.h, run against the replica's file on worker threads that have
 * read connections of their own. Used from the main thread only; answers arrive there. A cancelled query answers
 * G_IO_ERROR_CANCELLED. */
#define RAI_TYPE_REPLICA (rai_replica_get_type ())
G_DECLARE_FINAL_TYPE (RaiReplica, rai_replica, RAI, REPLICA, GObject)

RaiReplica *rai_replica_new (void);

/* Switches to a database on behalf of `caller`; NULL for none. Also called when the file at the same place was
 * replaced: connections are opened again before the next query. */
void rai_replica_open (RaiReplica *replica, const char *url, const RaiIdentity *caller);
bool rai_replica_is_open (RaiReplica *replica);

/* arguments may be NULL; a reference is taken, and it must not be changed afterwards. */
void rai_replica_query_async (RaiReplica *replica, const char *query, GHashTable *arguments, GCancellable *cancellable,
                              GAsyncReadyCallback callback, void *user_data);
RaiRows *rai_replica_query_finish (RaiReplica *replica, GAsyncResult *result, GError **error);

/* The number of rows of a paged query; -1 on failure. */
void rai_replica_count_async (RaiReplica *replica, const char *query, GHashTable *arguments, GCancellable *cancellable,
                              GAsyncReadyCallback callback, void *user_data);
int64_t rai_replica_count_finish (RaiReplica *replica, GAsyncResult *result, GError **error);
