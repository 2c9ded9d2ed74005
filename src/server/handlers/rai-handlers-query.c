/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/handlers/rai-handlers-query.h"

#include "proto/rai-json.h"
#include "proto/rai-rows-json.h"
#include "server/rai-http-error.h"

#include <string.h>

/* Any query of the table: GET /v1/<name>?parameter=value. The answer is
 * {"revision":N,"rows":[...]}, with "total" when count=true; format=columns gives each column as an
 * array. Answers are kept by query, arguments and scope until the next revision, and told apart by
 * their ETag. */

static const char *const paging[] = { "sort", "limit", "offset", "count", NULL };

static bool
is_known (const RaiQuery *query, const char *name) {
  for (const RaiQueryParameter *parameter = query->parameters;
       parameter != NULL && parameter->name != NULL; parameter++)
    if (strcmp (parameter->name, name) == 0)
      return true;
  return strcmp (name, "format") == 0 || (query->sorts != NULL && g_strv_contains (paging, name));
}

static bool
check_names (RaiRequest *request, GError **error) {
  GHashTableIter iter;
  gpointer name;

  if (request->arguments == NULL)
    return true;
  g_hash_table_iter_init (&iter, request->arguments);

  while (g_hash_table_iter_next (&iter, &name, NULL))
    if (!is_known (request->query, name)) {
      g_set_error (error, RAI_DB_ERROR, RAI_DB_ERROR_ARGUMENT, "%s has no parameter “%s”",
                   request->query->name, (const char *) name);
      return false;
    }

  return true;
}

static void
append_argument (GString *key, RaiRequest *request, const char *name) {
  const char *value = rai_request_argument (request, name);

  /* Lengths keep values apart, whatever stands in them. */
  if (value != NULL)
    g_string_append_printf (key, "%s=%zu:%s", name, strlen (value), value);
}

static char *
cache_key (RaiRequest *request) {
  const RaiIdentity *caller = request->sign_in->identity;
  GString *key = g_string_new (request->query->name);

  g_string_append_printf (key, "|%d|", caller->role);
  if (caller->all_sites)
    g_string_append_c (key, '*');
  for (size_t i = 0; !caller->all_sites && i < caller->n_sites; i++)
    g_string_append_printf (key, "%" G_GINT64_FORMAT ",", caller->sites[i]);

  g_string_append_c (key, '|');
  for (const RaiQueryParameter *parameter = request->query->parameters;
       parameter != NULL && parameter->name != NULL; parameter++)
    append_argument (key, request, parameter->name);

  for (int i = 0; paging[i]; i++)
    append_argument (key, request, paging[i]);
  append_argument (key, request, "format");

  return g_string_free (key, FALSE);
}

/* What rai_query_run knows: without our own names. */
static GHashTable *
query_arguments (RaiRequest *request) {
  GHashTable *arguments = g_hash_table_new (g_str_hash, g_str_equal);
  GHashTableIter iter;
  gpointer name, value;

  if (request->arguments == NULL)
    return arguments;
  g_hash_table_iter_init (&iter, request->arguments);
  while (g_hash_table_iter_next (&iter, &name, &value))
    if (strcmp (name, "count") != 0 && strcmp (name, "format") != 0)
      g_hash_table_insert (arguments, name, value);

  return arguments;
}

static GBytes *
run_in_snapshot (RaiRequest *request, RaiDb *db, int64_t *revision, GError **error) {
  const RaiIdentity *caller = request->sign_in->identity;
  g_autoptr (GHashTable) arguments = query_arguments (request);

  bool as_columns = g_strcmp0 (rai_request_argument (request, "format"), "columns") == 0;
  int64_t total = -1;

  if (!rai_db_last_revision (db, revision, error))
    return NULL;
  g_autoptr (RaiRows) rows = rai_query_run (db, request->query, caller, arguments, error);
  if (rows == NULL)
    return NULL;
  if (g_strcmp0 (rai_request_argument (request, "count"), "true") == 0 &&
      !rai_query_count (db, request->query, caller, arguments, &total, error))
    return NULL;

  GString *json = g_string_sized_new (4096);
  g_string_append_printf (json, "{\"revision\":%" G_GINT64_FORMAT, *revision);
  if (total >= 0)
    g_string_append_printf (json, ",\"total\":%" G_GINT64_FORMAT, total);

  g_string_append (json, as_columns ? ",\"table\":" : ",\"rows\":");
  if (as_columns)
    rai_rows_append_json_columns (json, rows);
  else
    rai_rows_append_json (json, rows);

  g_string_append_c (json, '}');
  return g_string_free_to_bytes (json);
}

static RaiCacheEntry *
run (RaiRequest *request, const char *key, GError **error) {
  RaiDb *db = rai_server_thread_db (request->thread, error);
  GError *local = NULL;
  int64_t revision;

  if (db == NULL || !rai_db_begin_read (db, &local)) {
    if (local != NULL)
      g_propagate_error (error, local);
    return NULL;
  }

  GBytes *body = run_in_snapshot (request, db, &revision, &local);
  rai_db_rollback (db);
  if (body != NULL)
    return rai_cache_add (request->server->cache, key, revision, body);

  g_propagate_error (error, local);
  return NULL;
}

static bool
is_match (RaiRequest *request, const char *etag) {
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (request->message);
  const char *wanted = soup_message_headers_get_list (headers, "If-None-Match");

  return wanted != NULL && (strstr (wanted, etag) != NULL || strcmp (wanted, "*") == 0);
}

void
rai_handle_query (RaiRequest *request) {
  GError *error = NULL;

  if (!check_names (request, &error)) {
    rai_request_fail (request, error);
    return;
  }

  g_autofree char *key = cache_key (request);
  g_autoptr (RaiCacheEntry) entry =
      rai_cache_find (request->server->cache, key, request->server->revision);
  if (entry == NULL)
    entry = run (request, key, &error);
  if (entry == NULL) {
    rai_request_fail (request, error);
    return;
  }

  SoupMessageHeaders *headers = soup_server_message_get_response_headers (request->message);
  soup_message_headers_append (headers, "ETag", entry->etag);
  soup_message_headers_append (headers, "Cache-Control", "private, no-cache");

  if (is_match (request, entry->etag))
    rai_request_reply (request, 304, NULL, NULL);
  else
    rai_request_reply (request, 200, "application/json", g_bytes_ref (entry->body));
}
