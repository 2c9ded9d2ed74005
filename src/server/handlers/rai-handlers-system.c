/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/handlers/rai-handlers-system.h"

#include "server/rai-http-error.h"
#include "server/rai-openapi.h"
#include "server/rai-pipeline.h"

/* The process answers: nothing else is looked at. */
void
rai_handle_health (RaiRequest *request) {
  static const char answer[] = "{\"status\":\"ok\"}";

  rai_request_reply (request, 200, "application/json",
                     g_bytes_new_static (answer, sizeof answer - 1));
}

/* It can do its work: the database answers. */
void
rai_handle_ready (RaiRequest *request) {
  GError *error = NULL;
  RaiDb *db = rai_server_thread_db (request->thread, &error);
  int64_t revision;

  if (db == NULL || !rai_db_last_revision (db, &revision, &error)) {
    rai_request_fail (request, error);
    return;
  }

  GString *json = g_string_new (NULL);
  g_string_append_printf (json, "{\"status\":\"ready\",\"revision\":%" G_GINT64_FORMAT "}",
                          revision);
  rai_request_reply_json (request, 200, json);
}

static void
append_gauges (GString *text, RaiServer *server) {
  uint64_t commits, jobs, hits, misses;

  rai_writer_counts (server->writer, &commits, &jobs);
  rai_cache_counts (server->cache, &hits, &misses);
  rai_metrics_append_value (text, "retailai_revision", "gauge", "Last committed revision.",
                            (uint64_t) server->revision);
  rai_metrics_append_value (text, "retailai_commits_total", "counter",
                            "Durable commits of the writer.", commits);
  rai_metrics_append_value (text, "retailai_writes_total", "counter",
                            "Pieces of work in those commits.", jobs);
  rai_metrics_append_value (text, "retailai_cache_hits_total", "counter", "Answers from the cache.",
                            hits);
  rai_metrics_append_value (text, "retailai_cache_misses_total", "counter",
                            "Answers not in the cache.", misses);
  rai_metrics_append_value (text, "retailai_hashing_waiting", "gauge",
                            "Sign-ins waiting to be hashed.", rai_pool_waiting (server->hashing));
  rai_metrics_append_value (text, "retailai_unknown_commands_total", "counter",
                            "Commands of names that there are not.", server->n_unknown);
  rai_metrics_append_value (text, "retailai_requests_active", "gauge", "Requests being answered.",
                            server->n_active);
}

/* For this computer only: a proxy's request is not local. */
void
rai_handle_metrics (RaiRequest *request) {
  if (!rai_request_is_local (request)) {
    rai_request_fail (request, g_error_new_literal (RAI_HTTP_ERROR, RAI_HTTP_ERROR_FORBIDDEN,
                                                    "metrics are for this computer only"));
    return;
  }

  GString *text = g_string_new (NULL);
  append_gauges (text, request->server);
  rai_metrics_append (request->server->metrics, text, rai_pipeline_row_name, NULL);
  rai_request_reply (request, 200, "text/plain; version=0.0.4; charset=utf-8",
                     g_string_free_to_bytes (text));
}

void
rai_handle_openapi (RaiRequest *request) {
  GString *json = g_string_new (NULL);

  rai_openapi_append (json);
  rai_request_reply_json (request, 200, json);
}
