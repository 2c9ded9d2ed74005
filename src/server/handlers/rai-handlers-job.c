/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/handlers/rai-handlers-job.h"

#include "proto/rai-json.h"
#include "server/rai-body.h"
#include "server/rai-http-error.h"

static bool
read_kind (RaiRequest *request, char **kind, GError **error) {
  GError *local = NULL;
  json_auto_t *root = rai_body_object (request, error);

  if (root == NULL)
    return false;
  *kind = g_strdup (rai_body_text (root, "kind", RAI_BODY_NAME, true, &local));
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
