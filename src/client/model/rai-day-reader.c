/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/model/rai-day-reader.h"

/* Kept answers are there sooner: the page is drawn once. A server that is far away is not waited
 * for. */
#define MOMENT_MS 150

typedef struct {
  RaiSyncEngine *engine; /* NULL: the replica is all there is */
  const RaiQuery *query;
  GHashTable *arguments;
  GCancellable *cancellable;
  RaiDayReaderAnswered answered;
  void *data;
  RaiRows *rows; /* the replica's */
  unsigned timer;
} Reading;

static void
reading_free (Reading *reading) {
  g_clear_object (&reading->engine);
  g_clear_pointer (&reading->arguments, g_hash_table_unref);
  g_clear_object (&reading->cancellable);
  g_clear_pointer (&reading->rows, rai_rows_unref);
  g_clear_handle_id (&reading->timer, g_source_remove);
  g_free (reading);
}

/* The last call. */
static void
finish (Reading *reading, RaiRows *rows, RaiDays days, const GError *error) {
  g_clear_handle_id (&reading->timer, g_source_remove);
  reading->answered (reading->data, rows, days, error);
  reading_free (reading);
}

static gboolean
moment_cb (void *data) {
  Reading *reading = data;
  reading->timer = 0;
  if (!g_cancellable_is_cancelled (reading->cancellable))
    reading->answered (reading->data, reading->rows, RAI_DAYS_SO_FAR, NULL);
  return G_SOURCE_REMOVE;
}

static void
older_cb (GObject *source, GAsyncResult *result, void *data) {
  Reading *reading = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (RaiRows) older =
      rai_sync_engine_older_days_finish (RAI_SYNC_ENGINE (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)) {
    finish (reading, NULL, RAI_DAYS_MISSING, error);
    return;
  }

  g_autoptr (RaiRows) all =
      older != NULL ? rai_rows_concat (older, rai_rows_count (older), reading->rows) : NULL;
  finish (reading, all != NULL ? all : reading->rows, all != NULL ? RAI_DAYS_ALL : RAI_DAYS_MISSING,
          NULL);
}

static void
local_cb (GObject *source, GAsyncResult *result, void *data) {
  Reading *reading = data;
  g_autoptr (GError) error = NULL;
  reading->rows = rai_reader_query_finish (RAI_READER (source), result, &error);

  if (reading->rows == NULL || reading->engine == NULL) {
    finish (reading, reading->rows, RAI_DAYS_ALL, error);
    return;
  }

  reading->timer = g_timeout_add (MOMENT_MS, moment_cb, reading);
  rai_sync_engine_older_days_async (reading->engine, reading->query, reading->arguments,
                                    reading->cancellable, older_cb, reading);
}

static bool
has_older_days (RaiSession *session, const RaiQuery *query) {
  const RaiIdentity *identity = rai_session_get_identity (session);
  RaiDay last = rai_session_get_last_day (session);
  return query != NULL && query->days_of != NULL && identity != NULL &&
         rai_query_first_day (query, identity, last) != RAI_DAY_NONE;
}

void
rai_day_reader_query (RaiSession *session, const char *query, GHashTable *arguments,
                      GCancellable *cancellable, RaiDayReaderAnswered answered, void *data) {
  Reading *reading = g_new0 (Reading, 1);
  reading->query = rai_query_find (query);
  reading->arguments = arguments != NULL ? g_hash_table_ref (arguments) : NULL;
  g_set_object (&reading->cancellable, cancellable);
  reading->answered = answered;
  reading->data = data;
  if (arguments != NULL && has_older_days (session, reading->query))
    g_set_object (&reading->engine, rai_session_get_engine (session));

  rai_reader_query_async (rai_session_get_reader (session), query, arguments, cancellable, local_cb,
                          reading);
}
