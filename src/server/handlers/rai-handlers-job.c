/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/handlers/rai-handlers-job.h"

#include "proto/rai-json.h"
#include "server/rai-http-error.h"

static bool
read_kind (RaiRequest *request, char **kind, GError **error) {
  GError *local = NULL;
  g_autoptr (JsonNode) root = rai_request_json (request, error);

  if (root == NULL)
    return false;
  if (!JSON_NODE_HOLDS_OBJECT (root)) {
    g_set_error_literal (error, RAI_HTTP_ERROR, RAI_HTTP_ERROR_MALFORMED,
                         "the body must be an object");
    return false;
  }

  *kind = g_strdup (rai_request_member (json_node_get_object (root), "kind", true, &local));
  if (local != NULL)
    g_propagate_error (error, local);

  return local == NULL;
}

void
rai_handle_job (RaiRequest *request) {
  g_autofree char *kind = NULL;
  GError *error = NULL;

  if (!read_kind (request, &kind, &error) ||
      !rai_jobs_start (request->server->jobs, kind, &error)) {
    rai_request_fail (request, error);
    return;
  }

  GString *json = g_string_new ("{\"kind\":");
  rai_json_append_string (json, kind);
  g_string_append (json, ",\"state\":\"running\"}");
  rai_request_reply_json (request, 202, json);
}
