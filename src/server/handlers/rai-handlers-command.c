/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/handlers/rai-handlers-command.h"

#include "proto/rai-json.h"
#include "server/rai-http-error.h"
#include "util/rai-uuid.h"

#include <string.h>

/* POST /v1/commands: one command or a list; the answers stand in the same order. Each command is
 * run and answered by itself: one that cannot even be read is answered "rejected" and holds up
 * nobody. */

#define MOST_COMMANDS 1000

typedef struct {
  size_t n;
  RaiCommandCall *calls; /* those that can be run, in their order */
  RaiAnswer *answers;    /* of calls */
  size_t n_calls;
  RaiAnswer *unreadable; /* by position; a code says that it is one */
  char **ids;            /* by position; NULL: none was given */
  bool single;
  GError *error;
} Push;

static void
push_free (Push *push) {
  for (size_t i = 0; i < push->n_calls; i++) {
    rai_command_call_clear (&push->calls[i]);
    rai_answer_clear (&push->answers[i]);
  }

  for (size_t i = 0; i < push->n; i++) {
    rai_answer_clear (&push->unreadable[i]);
    g_free (push->ids[i]);
  }

  g_free (push->calls);
  g_free (push->answers);
  g_free (push->unreadable);
  g_free (push->ids);
  g_clear_error (&push->error);
  g_free (push);
}

static int64_t
acted_at (JsonObject *object, GError **error) {
  JsonNode *node = json_object_get_member (object, "acted_at");

  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    return g_get_real_time () / 1000;
  if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_INT64)
    return json_node_get_int (node);
  g_set_error_literal (error, RAI_HTTP_ERROR, RAI_HTTP_ERROR_MALFORMED,
                       "“acted_at” must be a whole number of milliseconds since 1970");
  return 0;
}

static char *
arguments_text (JsonObject *object, GError **error) {
  JsonNode *node = json_object_get_member (object, "arguments");

  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    return g_strdup ("{}");
  if (JSON_NODE_HOLDS_OBJECT (node))
    return json_to_string (node, FALSE);
  g_set_error_literal (error, RAI_HTTP_ERROR, RAI_HTTP_ERROR_MALFORMED,
                       "“arguments” must be an object");
  return NULL;
}

static bool
read_call (JsonNode *node, RaiCommandCall *call, GError **error) {
  GError *local = NULL;

  if (!JSON_NODE_HOLDS_OBJECT (node)) {
    g_set_error_literal (error, RAI_HTTP_ERROR, RAI_HTTP_ERROR_MALFORMED,
                         "a command must be an object");
    return false;
  }

  JsonObject *object = json_node_get_object (node);
  const char *id = rai_request_member (object, "id", true, &local);
  const char *name = local != NULL ? NULL : rai_request_member (object, "name", true, &local);
  const char *device = local != NULL ? NULL : rai_request_member (object, "device", false, &local);

  call->id = g_strdup (id);
  call->name = g_strdup (name);
  call->device = g_strdup (device != NULL ? device : "");
  if (local == NULL && !rai_uuid_is_valid (id))
    g_set_error (&local, RAI_HTTP_ERROR, RAI_HTTP_ERROR_MALFORMED, "“id” must be a UUID, not “%s”",
                 id);

  if (local == NULL)
    call->acted_at = acted_at (object, &local);
  if (local == NULL)
    call->arguments = arguments_text (object, &local);
  if (local != NULL)
    g_propagate_error (error, local);

  return local == NULL;
}

static Push *
push_new (JsonNode *root) {
  Push *push = g_new0 (Push, 1);
  JsonArray *list = JSON_NODE_HOLDS_ARRAY (root) ? json_node_get_array (root) : NULL;

  push->single = list == NULL;
  push->n = list != NULL ? json_array_get_length (list) : 1;
  push->calls = g_new0 (RaiCommandCall, push->n);
  push->answers = g_new0 (RaiAnswer, push->n);
  push->unreadable = g_new0 (RaiAnswer, push->n);
  push->ids = g_new0 (char *, push->n);

  for (size_t i = 0; i < push->n; i++) {
    RaiCommandCall *call = &push->calls[push->n_calls];
    g_autoptr (GError) error = NULL;
    bool good =
        read_call (list != NULL ? json_array_get_element (list, (guint) i) : root, call, &error);
    push->ids[i] = g_strdup (call->id);
    if (good) {
      push->n_calls++;
      continue;
    }
    push->unreadable[i].status = RAI_ANSWER_REJECTED;
    push->unreadable[i].code = g_strdup ("malformed");
    push->unreadable[i].message = g_strdup (error->message);
    rai_command_call_clear (call);
    *call = (RaiCommandCall){ NULL };
  }

  return push;
}

static void
append_answer (GString *json, const char *id, const RaiAnswer *answer) {
  g_string_append (json, "{\"id\":");
  rai_json_append_string (json, id);
  g_string_append_printf (json, ",\"status\":\"%s\"", rai_answer_status_id (answer->status));

  if (answer->code != NULL) {
    g_string_append (json, ",\"code\":");
    rai_json_append_string (json, answer->code);
  }

  if (answer->message != NULL) {
    g_string_append (json, ",\"message\":");
    rai_json_append_string (json, answer->message);
  }

  g_string_append_printf (json, ",\"result\":%s,\"summary\":",
                          answer->result != NULL && *answer->result ? answer->result : "{}");
  rai_json_append_string (json, answer->summary != NULL ? answer->summary : "");
  g_string_append_printf (json, ",\"rev\":%" G_GINT64_FORMAT ",\"repeated\":%s}", answer->rev,
                          answer->repeated ? "true" : "false");
}

static void
reply_answers (RaiRequest *request, void *data) {
  Push *push = data;
  GString *json = g_string_new (push->single ? NULL : "[");
  size_t ran = 0;

  if (push->error != NULL) {
    g_string_free (json, TRUE);
    rai_request_fail (request, g_steal_pointer (&push->error));
    push_free (push);
    return;
  }

  for (size_t i = 0; i < push->n; i++) {
    const RaiAnswer *answer =
        push->unreadable[i].code != NULL ? &push->unreadable[i] : &push->answers[ran++];
    if (i > 0)
      g_string_append_c (json, ',');
    append_answer (json, push->ids[i], answer);
  }

  if (!push->single)
    g_string_append_c (json, ']');
  rai_request_reply_json (request, 200, json);
  push_free (push);
}

typedef struct {
  RaiRequest *request;
  Push *push;
} Pending;

/* On the writer's thread. */
static void
committed (void *data, const GError *error) {
  g_autofree Pending *pending = data;

  if (error != NULL)
    pending->push->error = g_error_copy (error);
  rai_request_resume (pending->request, reply_answers, pending->push);
}

void
rai_handle_commands (RaiRequest *request) {
  GError *error = NULL;
  g_autoptr (JsonNode) root = rai_request_json (request, &error);

  if (root != NULL && JSON_NODE_HOLDS_ARRAY (root) &&
      json_array_get_length (json_node_get_array (root)) > MOST_COMMANDS)
    g_set_error (&error, RAI_HTTP_ERROR, RAI_HTTP_ERROR_TOO_LARGE, "a list may hold %d commands",
                 MOST_COMMANDS);

  if (root != NULL && error == NULL && !JSON_NODE_HOLDS_ARRAY (root) &&
      !JSON_NODE_HOLDS_OBJECT (root))
    g_set_error_literal (&error, RAI_HTTP_ERROR, RAI_HTTP_ERROR_MALFORMED,
                         "the body must be a command or a list of commands");

  if (error != NULL) {
    rai_request_fail (request, error);
    return;
  }

  Push *push = push_new (root);
  Pending *pending = g_new0 (Pending, 1);
  *pending = (Pending){ .request = request, .push = push };
  rai_request_defer (request);
  rai_writer_commands (request->server->writer, request->sign_in->identity, push->calls,
                       push->n_calls, push->answers, committed, pending);
}
