/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/handlers/rai-handlers-sales.h"

#include "proto/rai-json.h"
#include "server/rai-body.h"
#include "server/rai-http-error.h"
#include "util/rai-clock.h"
#include "util/rai-day.h"
#include "util/rai-uuid.h"

#include <string.h>

/* POST /v1/sales: a list of receipts, {"receipts":[...]}, or a receipt a line (NDJSON); each is
 * {"site","receipt","till","sold_at","day","lines":[{"item","quantity","amount"}]}, the arguments of
 * the command sales.record; till and day may be absent. A receipt is known by site, till, day and
 * number (db/rai-receipt.h): sent again, it is counted as unchanged. A bad one is answered by its
 * position and holds up nobody. */

/* Bounds what one request holds in memory; more are sent in several. */
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
add_receipt (Batch *batch, json_t *receipt) {
  char id[RAI_UUID_SIZE];
  unsigned position = batch->errors->len;

  if (!json_is_object (receipt)) {
    add_bad (batch, "a receipt must be an object");
    return;
  }

  json_t *sold_at = json_object_get (receipt, "sold_at");
  RaiCommandCall call = {
    .id = g_strdup (rai_uuid_new (id)),
    .name = g_strdup (COMMAND),
    .arguments = rai_body_print (receipt),
    .acted_at = json_is_integer (sold_at) ? json_integer_value (sold_at) : rai_now_ms (),
    .device = g_strdup (""),
  };

  g_array_append_val (batch->calls, call);
  g_array_append_val (batch->positions, position);
  g_ptr_array_add (batch->errors, NULL);
}

static bool
read_json (Batch *batch, GError **error) {
  json_auto_t *root = rai_body_json (batch->request, error);

  if (root == NULL)
    return false;

  json_t *list = json_is_object (root) ? json_object_get (root, "receipts") : root;
  if (list == NULL) {
    add_receipt (batch, root);
    return true;
  }

  if (!json_is_array (list)) {
    g_set_error_literal (error, RAI_HTTP_ERROR, RAI_HTTP_ERROR_MALFORMED,
                         "the body must be a receipt, a list of receipts, or {\"receipts\":[…]}");
    return false;
  }

  size_t i;
  json_t *receipt;
  json_array_foreach (list, i, receipt) add_receipt (batch, receipt);

  return true;
}

static void
add_line (Batch *batch, const char *line, size_t size) {
  g_autoptr (GError) reason = NULL;
  json_auto_t *receipt = rai_body_parse (line, size, &reason);

  if (receipt != NULL)
    add_receipt (batch, receipt);
  else
    add_bad (batch, reason->message);
}

static bool
is_blank (const char *text, size_t size) {
  for (size_t i = 0; i < size; i++)
    if (!g_ascii_isspace (text[i]))
      return false;
  return true;
}

static void
read_lines (Batch *batch) {
  g_autoptr (GBytes) body = rai_request_body (batch->request);
  const char *at = g_bytes_get_data (body, NULL), *end = at + g_bytes_get_size (body);

  /* By length, not up to a NUL: what stands behind one would be lost. */
  while (at < end) {
    const char *newline = memchr (at, '\n', (size_t) (end - at));
    size_t size = (size_t) ((newline != NULL ? newline : end) - at);
    if (!is_blank (at, size))
      add_line (batch, at, size);
    at += size + 1;
  }
}

static bool
is_lines (RaiRequest *request) {
  return rai_body_is (request, "application/x-ndjson") ||
         rai_body_is (request, "application/jsonl");
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

/* Each had an id of its own: none was repeated, and each says what it came to. */
static void
append_answers (GString *json, Batch *batch) {
  unsigned n[] = {
    [RAI_OUTCOME_CHANGED] = 0, [RAI_OUTCOME_UNCHANGED] = 0, [RAI_OUTCOME_SET_ASIDE] = 0
  };
  unsigned rejected = 0;
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
    } else {
      n[answer->outcome]++;
    }
  }

  g_string_append_printf (
      json,
      "{\"read\":%u,\"added\":%u,\"unchanged\":%u,\"set_aside\":%u,\"rejected\":%u,"
      "\"problems\":%s]}",
      batch->errors->len, n[RAI_OUTCOME_CHANGED], n[RAI_OUTCOME_UNCHANGED],
      n[RAI_OUTCOME_SET_ASIDE], rejected, list->str);
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

/* Where the body is read; the writer goes on. */
static void
read_batch (RaiDb *unused, void *data) {
  Batch *batch = data;
  RaiWriter *writer = batch->request->server->writer;

  if (is_lines (batch->request))
    read_lines (batch);
  else
    read_json (batch, &batch->error);

  if (batch->error == NULL && batch->errors->len > MOST_RECEIPTS)
    g_set_error (&batch->error, RAI_HTTP_ERROR, RAI_HTTP_ERROR_TOO_LARGE,
                 "send at most %d receipts at a time", MOST_RECEIPTS);

  if (batch->error == NULL && rai_writer_is_full (writer, batch->calls->len))
    g_set_error_literal (&batch->error, RAI_HTTP_ERROR, RAI_HTTP_ERROR_TOO_MANY,
                         "too much waits to be written: send it again in a moment");

  if (batch->error != NULL) {
    rai_request_resume (batch->request, reply_batch, batch);
    return;
  }

  batch->answers = g_new0 (RaiAnswer, MAX (batch->calls->len, 1));
  rai_writer_commands (writer, batch->request->sign_in,
                       (const RaiCommandCall *) (void *) batch->calls->data, batch->calls->len,
                       batch->answers, committed, batch);
}

void
rai_handle_sales (RaiRequest *request) {
  Batch *batch = batch_new (request);
  GError *error = NULL;

  if (rai_body_read (request, read_batch, batch, &error))
    return;
  batch_free (batch);
  rai_request_fail (request, error);
}
