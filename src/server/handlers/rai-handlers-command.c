/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/handlers/rai-handlers-command.h"

#include "proto/rai-json.h"
#include "server/rai-body.h"
#include "server/rai-http-error.h"
#include "util/rai-clock.h"
#include "util/rai-day.h"
#include "util/rai-uuid.h"

#include <string.h>

/* POST /v1/commands: one command or a list; the answers stand in the same order. Each command is
 * run and answered by itself: one that cannot even be read is answered "rejected" and holds up
 * nobody. */

#define MOST_COMMANDS 1000

typedef struct {
  RaiRequest *request;
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
acted_at (json_t *object, GError **error) {
  json_t *member = json_object_get (object, "acted_at");

  if (member == NULL || json_is_null (member))
    return rai_now_ms ();
  if (!json_is_integer (member))
    g_set_error_literal (error, RAI_HTTP_ERROR, RAI_HTTP_ERROR_MALFORMED,
                         "“acted_at” must be a whole number of milliseconds since 1970");

  return json_integer_value (member);
}

static char *
arguments_text (json_t *object, GError **error) {
  json_t *member = json_object_get (object, "arguments");

  if (member == NULL || json_is_null (member))
    return g_strdup ("{}");
  if (json_is_object (member))
    return rai_body_print (member);
  g_set_error_literal (error, RAI_HTTP_ERROR, RAI_HTTP_ERROR_MALFORMED,
                       "“arguments” must be an object");
  return NULL;
}

static bool
read_call (json_t *object, RaiCommandCall *call, GError **error) {
  GError *local = NULL;

  if (!json_is_object (object)) {
    g_set_error_literal (error, RAI_HTTP_ERROR, RAI_HTTP_ERROR_MALFORMED,
                         "a command must be an object");
    return false;
  }

  const char *id = rai_body_text (object, "id", RAI_BODY_NAME, true, &local), *name = NULL,
             *device = NULL;
  if (local == NULL)
    name = rai_body_text (object, "name", RAI_BODY_NAME, true, &local);
  if (local == NULL)
    device = rai_body_text (object, "device", RAI_BODY_NAME, false, &local);

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

static void
read_calls (Push *push, json_t *root) {
  push->single = !json_is_array (root);
  push->n = push->single ? 1 : json_array_size (root);
  push->calls = g_new0 (RaiCommandCall, push->n);
  push->answers = g_new0 (RaiAnswer, push->n);
  push->unreadable = g_new0 (RaiAnswer, push->n);
  push->ids = g_new0 (char *, push->n);

  for (size_t i = 0; i < push->n; i++) {
    RaiCommandCall *call = &push->calls[push->n_calls];
    g_autoptr (GError) error = NULL;
    bool good = read_call (push->single ? root : json_array_get (root, i), call, &error);
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
    if (g_strcmp0 (answer->code, rai_command_error_id (RAI_COMMAND_ERROR_UNKNOWN)) == 0)
      request->server->n_unknown++;
    if (i > 0)
      g_string_append_c (json, ',');
    append_answer (json, push->ids[i], answer);
  }

  if (!push->single)
    g_string_append_c (json, ']');
  rai_request_reply_json (request, 200, json);
  push_free (push);
}

/* On the writer's thread. */
static void
committed (void *data, const GError *error) {
  Push *push = data;

  if (error != NULL)
    push->error = g_error_copy (error);
  rai_request_resume (push->request, reply_answers, push);
}

static bool
read_push (Push *push, GError **error) {
  json_auto_t *root = rai_body_json (push->request, error);

  if (root == NULL)
    return false;

  if (!json_is_array (root) && !json_is_object (root)) {
    g_set_error_literal (error, RAI_HTTP_ERROR, RAI_HTTP_ERROR_MALFORMED,
                         "the body must be a command or a list of commands");
    return false;
  }

  if (json_array_size (root) > MOST_COMMANDS) {
    g_set_error (error, RAI_HTTP_ERROR, RAI_HTTP_ERROR_TOO_LARGE, "a list may hold %d commands",
                 MOST_COMMANDS);
    return false;
  }

  read_calls (push, root);
  if (!rai_writer_is_full (push->request->server->writer, push->n_calls))
    return true;

  g_set_error_literal (error, RAI_HTTP_ERROR, RAI_HTTP_ERROR_TOO_MANY,
                       "too much waits to be written: send it again in a moment");
  return false;
}

/* Where the body is read; the writer goes on. */
static void
run_push (RaiDb *unused, void *data) {
  Push *push = data;

  if (read_push (push, &push->error))
    rai_writer_commands (push->request->server->writer, push->request->sign_in, push->calls,
                         push->n_calls, push->answers, committed, push);
  else
    rai_request_resume (push->request, reply_answers, push);
}

void
rai_handle_commands (RaiRequest *request) {
  Push *push = g_new0 (Push, 1);
  GError *error = NULL;

  push->request = request;
  if (rai_body_read (request, run_push, push, &error))
    return;
  push_free (push);
  rai_request_fail (request, error);
}
