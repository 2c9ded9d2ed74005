/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/handlers/rai-handlers-sales.h"

#include "proto/rai-json.h"
#include "server/rai-http-error.h"
#include "util/rai-uuid.h"

#include <string.h>

/* POST /v1/sales: a list of receipts, {"receipts":[...]}, or a receipt a line (NDJSON); each is
 * {"site","receipt", "sold_at","lines":[{"item","quantity","amount"}]}, the arguments of the
 * command sales.record. A receipt is known by site and number: sent again, it is counted as
 * unchanged. A bad one is answered by its position and holds up
 * nobody. */

#define MOST_RECEIPTS 5000
#define COMMAND "sales.record"

typedef struct {
  RaiRequest *request;
  GArray *calls;     /* of RaiCommandCall */
  GArray *positions; /* of unsigned: of each call, in what was sent */
  GPtrArray *errors; /* of GError, by position; NULL: it was read */
  RaiAnswer *answers;
  GError *error;
} Batch;

static void
free_error (void *data) {
  if (data != NULL)
    g_error_free (data);
}

static Batch *
batch_new (RaiRequest *request) {
  Batch *batch = g_new0 (Batch, 1);

  batch->request = request;
  batch->calls = g_array_new (FALSE, TRUE, sizeof (RaiCommandCall));
  batch->positions = g_array_new (FALSE, FALSE, sizeof (unsigned));
  batch->errors = g_ptr_array_new_with_free_func (free_error);
  return batch;
}

static void
batch_free (Batch *batch) {
  for (unsigned i = 0; i < batch->calls->len; i++) {
    rai_command_call_clear (&g_array_index (batch->calls, RaiCommandCall, i));
    if (batch->answers != NULL)
      rai_answer_clear (&batch->answers[i]);
  }

  g_array_unref (batch->calls);
  g_array_unref (batch->positions);
  g_ptr_array_unref (batch->errors);
  g_free (batch->answers);
  g_clear_error (&batch->error);
  g_free (batch);
}

static void
add_bad (Batch *batch, const char *reason) {
  g_ptr_array_add (batch->errors,
                   g_error_new_literal (RAI_HTTP_ERROR, RAI_HTTP_ERROR_MALFORMED, reason));
}

static void
add_receipt (Batch *batch, JsonNode *node) {
  char id[RAI_UUID_SIZE];
  unsigned position = batch->errors->len;

  if (!JSON_NODE_HOLDS_OBJECT (node)) {
    add_bad (batch, "a receipt must be an object");
    return;
  }

  JsonNode *sold_at = json_object_get_member (json_node_get_object (node), "sold_at");
  bool timed = sold_at != NULL && JSON_NODE_HOLDS_VALUE (sold_at) &&
               json_node_get_value_type (sold_at) == G_TYPE_INT64;
  RaiCommandCall call = {
    .id = g_strdup (rai_uuid_new (id)),
    .name = g_strdup (COMMAND),
    .arguments = json_to_string (node, FALSE),
    .acted_at = timed ? json_node_get_int (sold_at) : g_get_real_time () / 1000,
    .device = g_strdup (""),
  };

  g_array_append_val (batch->calls, call);
  g_array_append_val (batch->positions, position);
  g_ptr_array_add (batch->errors, NULL);
}

static bool
read_json (Batch *batch, GError **error) {
  g_autoptr (JsonNode) root = rai_request_json (batch->request, error);

  if (root == NULL)
    return false;

  JsonNode *list = root;
  if (JSON_NODE_HOLDS_OBJECT (root)) {
    list = json_object_get_member (json_node_get_object (root), "receipts");
    if (list == NULL) {
      add_receipt (batch, root);
      return true;
    }
  }

  if (!JSON_NODE_HOLDS_ARRAY (list)) {
    g_set_error_literal (error, RAI_HTTP_ERROR, RAI_HTTP_ERROR_MALFORMED,
                         "the body must be a receipt, a list of receipts, or {\"receipts\":[…]}");
    return false;
  }

  JsonArray *array = json_node_get_array (list);
  for (unsigned i = 0; i < json_array_get_length (array); i++)
    add_receipt (batch, json_array_get_element (array, i));

  return true;
}

static void
add_line (Batch *batch, const char *line) {
  g_autoptr (GError) reason = NULL;
  bool readable = g_utf8_validate (line, -1, NULL) && rai_request_is_shallow (line, strlen (line));
  g_autoptr (JsonNode) node = readable ? json_from_string (line, &reason) : NULL;

  if (node != NULL)
    add_receipt (batch, node);
  else
    add_bad (batch, reason != NULL ? reason->message : "not a line of UTF-8 JSON");
}

static void
read_lines (Batch *batch) {
  g_autoptr (GBytes) body = rai_request_body (batch->request);
  g_autofree char *text = g_strndup (g_bytes_get_data (body, NULL), g_bytes_get_size (body));
  char *rest = text;

  while (rest != NULL) {
    char *line = strsep (&rest, "\n");
    g_strstrip (line);
    if (*line)
      add_line (batch, line);
  }
}

static bool
is_lines (RaiRequest *request) {
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (request->message);
  const char *type = soup_message_headers_get_content_type (headers, NULL);

  return type != NULL && (strstr (type, "ndjson") != NULL || strstr (type, "jsonl") != NULL ||
                          strstr (type, "json-seq") != NULL);
}

static void
append_rejected (GString *json, unsigned position, const char *code, const char *message) {
  g_string_append_printf (
      json, "%s{\"index\":%u,\"code\":", json->str[json->len - 1] == '[' ? "" : ",", position);
  rai_json_append_string (json, code);
  rai_json_append_name (json, "message");
  rai_json_append_string (json, message);
  g_string_append_c (json, '}');
}

static void
append_answers (GString *json, Batch *batch) {
  unsigned added = 0, unchanged = 0, rejected = 0;
  g_autoptr (GString) list = g_string_new ("[");

  for (unsigned i = 0; i < batch->errors->len; i++)
    if (batch->errors->pdata[i] != NULL) {
      append_rejected (list, i, "malformed", ((GError *) batch->errors->pdata[i])->message);
      rejected++;
    }

  for (unsigned i = 0; i < batch->calls->len; i++) {
    const RaiAnswer *answer = &batch->answers[i];
    if (answer->status != RAI_ANSWER_APPLIED) {
      append_rejected (list, g_array_index (batch->positions, unsigned, i), answer->code,
                       answer->message);
      rejected++;
    } else if (answer->result != NULL && strstr (answer->result, "\"added\":0") != NULL) {
      unchanged++;
    } else {
      added++;
    }
  }

  g_string_append_printf (
      json, "{\"read\":%u,\"added\":%u,\"unchanged\":%u,\"rejected\":%u,\"problems\":%s]}",
      batch->errors->len, added, unchanged, rejected, list->str);
}

static void
reply_batch (RaiRequest *request, void *data) {
  Batch *batch = data;

  if (batch->error != NULL) {
    rai_request_fail (request, g_steal_pointer (&batch->error));
  } else {
    GString *json = g_string_new (NULL);
    append_answers (json, batch);
    rai_request_reply_json (request, 200, json);
  }

  batch_free (batch);
}

/* On the writer's thread. */
static void
committed (void *data, const GError *error) {
  Batch *batch = data;

  if (error != NULL)
    batch->error = g_error_copy (error);
  rai_request_resume (batch->request, reply_batch, batch);
}

void
rai_handle_sales (RaiRequest *request) {
  Batch *batch = batch_new (request);
  GError *error = NULL;

  if (is_lines (request))
    read_lines (batch);
  else
    read_json (batch, &error);

  if (error == NULL && batch->errors->len > MOST_RECEIPTS)
    g_set_error (&error, RAI_HTTP_ERROR, RAI_HTTP_ERROR_TOO_LARGE,
                 "send at most %d receipts at a time", MOST_RECEIPTS);

  if (error != NULL) {
    batch_free (batch);
    rai_request_fail (request, error);
    return;
  }

  batch->answers = g_new0 (RaiAnswer, MAX (batch->calls->len, 1));
  rai_request_defer (request);
  rai_writer_commands (request->server->writer, request->sign_in->identity,
                       (const RaiCommandCall *) (void *) batch->calls->data, batch->calls->len,
                       batch->answers, committed, batch);
}
