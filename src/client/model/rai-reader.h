/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/rai-identity.h"
#include "db/rai-query.h"

#include <gio/gio.h>

/* Where pages read from: the queries of db/rai-query.h, run against the replica's file on worker
 * threads that have read connections of their own. Used from the main thread only; answers arrive
 * there. A cancelled query answers G_IO_ERROR_CANCELLED.
 * Signal: "damaged" ()  a query met RAI_DB_ERROR_CORRUPT; it has failed with that as well */
#define RAI_TYPE_READER (rai_reader_get_type ())
G_DECLARE_FINAL_TYPE (RaiReader, rai_reader, RAI, READER, GObject)

RaiReader *rai_reader_new (void);

/* Switches to a database on behalf of `caller`; NULL for none. Also called when the file at the
 * same place was replaced: connections are opened again before the next query. */
void rai_reader_open (RaiReader *reader, const char *url, const RaiIdentity *caller);
bool rai_reader_is_open (RaiReader *reader);

/* arguments may be NULL; a reference is taken, and it must not be changed afterwards. */
void
rai_reader_query_async (RaiReader *reader, const char *query, GHashTable *arguments,
                        GCancellable *cancellable, GAsyncReadyCallback callback, void *user_data);
RaiRows *rai_reader_query_finish (RaiReader *reader, GAsyncResult *result, GError **error);

/* The number of rows of a paged query; -1 on failure. */
void
rai_reader_count_async (RaiReader *reader, const char *query, GHashTable *arguments,
                        GCancellable *cancellable, GAsyncReadyCallback callback, void *user_data);
int64_t rai_reader_count_finish (RaiReader *reader, GAsyncResult *result, GError **error);
