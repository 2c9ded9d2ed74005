/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/model/rai-import-job.h"

#include "proto/rai-json-read.h"
#include "proto/rai-json.h"
#include "util/rai-uuid.h"

#include <glib/gi18n.h>
#include <json-glib/json-glib.h>
#include <string.h>

/* The first piece, and the most that the server takes; between them as large as goes through in
 * about a second, for a server waits for each piece only so long. */
#define FIRST_PIECE (256 * 1024)
#define LARGEST_PIECE (8 * 1024 * 1024)
#define QUICK_US G_USEC_PER_SEC
#define SLOW_US (8 * G_USEC_PER_SEC)
/* Between two looks at how it goes, and between two tries when the server does not answer. */
#define LOOK_MS 300
#define RETRY_MS 2000
#define RETRIES 30

struct _RaiImportJob {
  GObject parent_instance;
  RaiSession *session;
  RaiImportDraft *draft;
  RaiImportJobState state;
  GCancellable *cancellable; /* of this start */
  unsigned timer;
  unsigned tries;
  bool dry_run;
  bool again; /* the upload was lost, and is begun once more */
  char *problem;

  char *upload; /* its id; NULL: nothing was sent */
  int64_t size, offset;
  int64_t changed_at; /* of the file, when it was begun; microseconds */
  size_t piece;
  int64_t piece_started;

  char id[RAI_UUID_SIZE]; /* of the import on the server; "": none */
  double fraction;
  RaiImportCounts counts;
  GPtrArray *reasons;
};

static unsigned changed_signal;

G_DEFINE_FINAL_TYPE (RaiImportJob, rai_import_job, G_TYPE_OBJECT)

static void send_next (RaiImportJob *self);
static void ask_offset (RaiImportJob *self);
static void begin_upload (RaiImportJob *self);
static void ask_import (RaiImportJob *self);
static void look (RaiImportJob *self);

static void
why_free (void *data) {
  RaiImportWhy *why = data;

  g_free (why->reason);
  g_free (why->example);
  g_free (why);
}

static void
set_state (RaiImportJob *self, RaiImportJobState state) {
  self->state = state;
  g_signal_emit (self, changed_signal, 0);
}

static void
fail (RaiImportJob *self, const char *problem) {
  g_free (self->problem);
  self->problem = g_strdup (problem);
  set_state (self, RAI_IMPORT_JOB_FAILED);
}

/* ---- Requests ---- */

typedef void (*Answered) (RaiImportJob *self, JsonObject *answer, const GError *error);

typedef struct {
  RaiImportJob *self;
  GCancellable *cancellable;
  Answered answered;
} Request;

static JsonObject *
parse_object (JsonParser *parser, GBytes *body) {
  size_t size;
  const char *text = body != NULL ? g_bytes_get_data (body, &size) : NULL;

  if (text == NULL || !json_parser_load_from_data (parser, text, (ssize_t) size, NULL))
    return NULL;
  JsonNode *root = json_parser_get_root (parser);
  return root != NULL && JSON_NODE_HOLDS_OBJECT (root) ? json_node_get_object (root) : NULL;
}

static void
answered_cb (GObject *engine, GAsyncResult *result, void *data) {
  g_autofree Request *request = data;
  g_autoptr (RaiImportJob) self = request->self;
  g_autoptr (GCancellable) cancellable = request->cancellable;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) body = rai_sync_engine_send_finish (RAI_SYNC_ENGINE (engine), result, &error);
  g_autoptr (JsonParser) parser = json_parser_new ();

  if (g_cancellable_is_cancelled (cancellable))
    return;
  request->answered (self, parse_object (parser, body), error);
}

static void
send (RaiImportJob *self, const RaiSyncRequest *asked, Answered answered) {
  RaiSyncEngine *engine = rai_session_get_engine (self->session);

  if (engine == NULL) {
    fail (self, _ ("Sign in again, then bring in the file once more."));
    return;
  }

  Request *request = g_new0 (Request, 1);
  *request = (Request){ g_object_ref (self), g_object_ref (self->cancellable), answered };
  rai_sync_engine_send_async (engine, asked, self->cancellable, answered_cb, request);
}

typedef struct {
  RaiImportJob *self;
  void (*func) (RaiImportJob *self);
} Later;

static gboolean
later_cb (void *data) {
  Later *later = data;

  later->self->timer = 0;
  later->func (later->self);
  return G_SOURCE_REMOVE;
}

static void
do_later (RaiImportJob *self, unsigned ms, void (*func) (RaiImportJob *self)) {
  Later *later = g_new0 (Later, 1);

  *later = (Later){ self, func };
  g_clear_handle_id (&self->timer, g_source_remove);
  self->timer = g_timeout_add_full (G_PRIORITY_DEFAULT, ms, later_cb, later, g_free);
}

/* Whether it is tried again in a moment: the server does not answer just now. */
static bool
retry (RaiImportJob *self, const GError *error, void (*func) (RaiImportJob *self)) {
  if (!g_error_matches (error, RAI_SYNC_ERROR, RAI_SYNC_ERROR_OFFLINE) || ++self->tries > RETRIES)
    return false;
  do_later (self, RETRY_MS, func);
  return true;
}

static void
fail_answer (RaiImportJob *self, const GError *error) {
  fail (self, error != NULL ? error->message
                            : _ ("The server gave an answer that makes no sense. Try it again."));
}

/* ---- Sending ---- */

/* What the file was like when it was begun, and a piece of it. */
typedef struct {
  char *path;
  int64_t offset;
  size_t length;
  int64_t size, changed_at;
  GBytes *bytes;
} Part;

static void
part_free (void *data) {
  Part *part = data;

  g_free (part->path);
  g_clear_pointer (&part->bytes, g_bytes_unref);
  g_free (part);
}

static bool
read_part (Part *part, GCancellable *cancellable, GError **error) {
  g_autoptr (GFile) file = g_file_new_for_path (part->path);
  g_autoptr (GFileInputStream) stream = g_file_read (file, cancellable, error);
  g_autoptr (GFileInfo) info =
      stream != NULL ? g_file_input_stream_query_info (stream,
                                                       G_FILE_ATTRIBUTE_STANDARD_SIZE
                                                       "," G_FILE_ATTRIBUTE_TIME_MODIFIED
                                                       "," G_FILE_ATTRIBUTE_TIME_MODIFIED_USEC,
                                                       cancellable, error)
                     : NULL;
  if (info == NULL)
    return false;

  g_autoptr (GDateTime) changed = g_file_info_get_modification_date_time (info);
  part->size = g_file_info_get_size (info);
  part->changed_at = changed != NULL ? g_date_time_to_unix (changed) * G_USEC_PER_SEC +
                                           g_date_time_get_microsecond (changed)
                                     : 0;
  if (part->length == 0)
    return true;

  g_autofree char *buffer = g_malloc (part->length);
  size_t length = 0;
  if (!g_seekable_seek (G_SEEKABLE (stream), part->offset, G_SEEK_SET, cancellable, error) ||
      !g_input_stream_read_all (G_INPUT_STREAM (stream), buffer, part->length, &length, cancellable,
                                error))
    return false;
  part->bytes = g_bytes_new_take (g_steal_pointer (&buffer), length);

  return true;
}

static void
read_thread (GTask *task, void *source, void *data, GCancellable *cancellable) {
  GError *error = NULL;

  if (read_part (data, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/* length 0: only what the file is like. */
static void
read_file (RaiImportJob *self, int64_t offset, size_t length, GAsyncReadyCallback callback) {
  Part *part = g_new0 (Part, 1);

  *part = (Part){
    .path = g_strdup (rai_import_draft_get_path (self->draft)),
    .offset = offset,
    .length = length,
  };
  g_autoptr (GTask) task = g_task_new (self, self->cancellable, callback, NULL);
  g_task_set_task_data (task, part, part_free);
  g_task_run_in_thread (task, read_thread);
}

/* NULL: it failed, and that is told; or nobody waits for it any more. */
static const Part *
finish_reading (RaiImportJob *self, GAsyncResult *result) {
  g_autoptr (GError) error = NULL;
  bool read = g_task_propagate_boolean (G_TASK (result), &error);

  if (g_cancellable_is_cancelled (g_task_get_cancellable (G_TASK (result))))
    return NULL;
  if (read)
    return g_task_get_task_data (G_TASK (result));
  fail (self, error->message);
  return NULL;
}

static void
offset_cb (RaiImportJob *self, JsonObject *answer, const GError *error) {
  if (error != NULL && retry (self, error, ask_offset))
    return;
  if (g_error_matches (error, RAI_SYNC_ERROR, RAI_SYNC_ERROR_REFUSED) && !self->again) {
    self->again = true;
    g_clear_pointer (&self->upload, g_free);
    begin_upload (self);
    return;
  }

  if (answer == NULL) {
    fail_answer (self, error);
    return;
  }

  self->offset = json_object_get_int_member_with_default (answer, "offset", 0);
  send_next (self);
}

/* Where the file goes on: after an answer that was lost, or a piece that was refused. */
static void
ask_offset (RaiImportJob *self) {
  g_autofree char *path = g_strconcat ("/v1/uploads/", self->upload, NULL);
  const RaiSyncRequest request = { .method = "GET", .path = path };

  send (self, &request, offset_cb);
}

static void
fit_piece (RaiImportJob *self) {
  int64_t took = g_get_monotonic_time () - self->piece_started;

  if (took < QUICK_US)
    self->piece = MIN (self->piece * 2, LARGEST_PIECE);
  else if (took > SLOW_US)
    self->piece = MAX (self->piece / 2, FIRST_PIECE / 4);
}

static void
piece_cb (RaiImportJob *self, JsonObject *answer, const GError *error) {
  if (answer != NULL) {
    self->tries = 0;
    self->offset = json_object_get_int_member_with_default (answer, "offset", self->offset);
    fit_piece (self);
    send_next (self);
    return;
  }

  if (error != NULL && ++self->tries <= RETRIES &&
      (g_error_matches (error, RAI_SYNC_ERROR, RAI_SYNC_ERROR_OFFLINE) ||
       g_error_matches (error, RAI_SYNC_ERROR, RAI_SYNC_ERROR_REFUSED)))
    do_later (self, self->tries == 1 ? LOOK_MS : RETRY_MS, ask_offset);
  else
    fail_answer (self, error);
}

static void
piece_read_cb (GObject *source, GAsyncResult *result, void *data) {
  RaiImportJob *self = RAI_IMPORT_JOB (source);
  const Part *part = finish_reading (self, result);
  if (part == NULL)
    return;

  if (part->size != self->size || part->changed_at != self->changed_at ||
      g_bytes_get_size (part->bytes) == 0) {
    fail (self, _ ("The file was changed while it was being sent. Bring it in again when whatever "
                   "writes it has ended."));
    return;
  }

  g_autofree char *path = g_strconcat ("/v1/uploads/", self->upload, NULL);
  const RaiSyncRequest request = {
    .method = "PATCH", .path = path, .bytes = part->bytes, .offset = self->offset
  };
  self->piece_started = g_get_monotonic_time ();
  send (self, &request, piece_cb);
}

static void
send_next (RaiImportJob *self) {
  self->fraction = self->size > 0 ? (double) self->offset / (double) self->size : -1;
  if (self->offset >= self->size) {
    ask_import (self);
    return;
  }

  set_state (self, RAI_IMPORT_JOB_SENDING);
  read_file (self, self->offset, self->piece, piece_read_cb);
}

static void
begun_cb (RaiImportJob *self, JsonObject *answer, const GError *error) {
  const char *id = answer != NULL ? rai_json_get_text (answer, "id") : NULL;

  if (error != NULL && retry (self, error, begin_upload))
    return;
  if (id == NULL) {
    fail_answer (self, error);
    return;
  }

  self->upload = g_strdup (id);
  self->offset = 0;
  self->piece = FIRST_PIECE;
  send_next (self);
}

static void
measured_cb (GObject *source, GAsyncResult *result, void *data) {
  RaiImportJob *self = RAI_IMPORT_JOB (source);
  const Part *part = finish_reading (self, result);
  if (part == NULL)
    return;

  /* As it was sent before, for a try. */
  if (self->upload != NULL && part->size == self->size && part->changed_at == self->changed_at) {
    ask_offset (self);
    return;
  }

  g_clear_pointer (&self->upload, g_free);
  self->size = part->size;
  self->changed_at = part->changed_at;
  g_autoptr (GString) json = g_string_new ("{\"name\":");
  rai_json_append_string (json, rai_import_draft_get_name (self->draft));
  g_string_append_printf (json, ",\"size\":%" G_GINT64_FORMAT "}", self->size);
  const RaiSyncRequest request = { .method = "POST", .path = "/v1/uploads", .json = json->str };
  send (self, &request, begun_cb);
}

static void
begin_upload (RaiImportJob *self) {
  read_file (self, 0, 0, measured_cb);
}

/* ---- Bringing in ---- */

static void
read_counts (RaiImportJob *self, JsonObject *result) {
  const struct {
    const char *name;
    int64_t *count;
  } members[] = {
    { "read", &self->counts.read },           { "added", &self->counts.added },
    { "unchanged", &self->counts.unchanged }, { "set_aside", &self->counts.set_aside },
    { "rejected", &self->counts.rejected },   { "skipped", &self->counts.skipped },
    { "new_sites", &self->counts.new_sites }, { "new_items", &self->counts.new_items },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (members); i++)
    *members[i].count = json_object_get_int_member_with_default (result, members[i].name, 0);
}

static void
read_reasons (RaiImportJob *self, JsonObject *result) {
  JsonNode *node = json_object_get_member (result, "reasons");
  JsonArray *list =
      node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  g_ptr_array_set_size (self->reasons, 0);
  for (unsigned i = 0; list != NULL && i < json_array_get_length (list); i++) {
    JsonNode *element = json_array_get_element (list, i);
    if (!JSON_NODE_HOLDS_OBJECT (element))
      continue;
    JsonObject *object = json_node_get_object (element);
    RaiImportWhy *why = g_new0 (RaiImportWhy, 1);
    why->reason = g_strdup (rai_json_get_text (object, "reason"));
    why->example = g_strdup (rai_json_get_text (object, "example"));
    why->count = json_object_get_int_member_with_default (object, "count", 0);
    why->first_line = json_object_get_int_member_with_default (object, "first_line", 0);
    g_ptr_array_add (self->reasons, why);
  }
}

static JsonObject *
member_object (JsonObject *object, const char *name) {
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

static void
take_result (RaiImportJob *self, JsonObject *result) {
  read_counts (self, result);
  read_reasons (self, result);
}

static double
fraction_of (JsonObject *progress) {
  int64_t bytes =
      progress != NULL ? json_object_get_int_member_with_default (progress, "bytes", 0) : 0;
  int64_t size =
      progress != NULL ? json_object_get_int_member_with_default (progress, "size", 0) : 0;

  return size > 0 ? (double) bytes / (double) size : -1;
}

static void
take_state (RaiImportJob *self, JsonObject *answer) {
  const char *state = rai_json_get_text (answer, "state");
  JsonObject *result = member_object (answer, "result"), *error = member_object (answer, "error");

  if (g_strcmp0 (state, "done") == 0 && result != NULL) {
    take_result (self, result);
    set_state (self, RAI_IMPORT_JOB_DONE);
  } else if (g_strcmp0 (state, "cancelled") == 0) {
    set_state (self, RAI_IMPORT_JOB_CANCELLED);
  } else if (g_strcmp0 (state, "failed") == 0) {
    const char *words = error != NULL ? rai_json_get_text (error, "message") : NULL;
    /* The program's own words tell what to type in a terminal. */
    if (error != NULL && g_strcmp0 (rai_json_get_text (error, "code"), "site") == 0)
      words = _ ("The file names a store that is not here. Open it, set its store column to "
                 "“Not used”, and say which store all of it is about.");
    fail (self, words != NULL ? words : _ ("The server could not bring in the file."));
  } else {
    self->fraction = fraction_of (member_object (answer, "progress"));
    set_state (self,
               g_strcmp0 (state, "waiting") == 0 ? RAI_IMPORT_JOB_WAITING : RAI_IMPORT_JOB_RUNNING);
    do_later (self, LOOK_MS, look);
  }
}

/* again: what is done anew where the connection was cut. */
static void
state_came (RaiImportJob *self, JsonObject *answer, const GError *error,
            void (*again) (RaiImportJob *self)) {
  if (error != NULL && retry (self, error, again))
    return;
  if (answer == NULL) {
    fail_answer (self, error);
    return;
  }

  self->tries = 0;
  take_state (self, answer);
}

static void
looked_cb (RaiImportJob *self, JsonObject *answer, const GError *error) {
  state_came (self, answer, error, look);
}

static void
look (RaiImportJob *self) {
  g_autofree char *path = g_strconcat ("/v1/imports/", self->id, NULL);
  const RaiSyncRequest request = { .method = "GET", .path = path };

  send (self, &request, looked_cb);
}

static void
asked_cb (RaiImportJob *self, JsonObject *answer, const GError *error) {
  state_came (self, answer, error, ask_import);
}

static void
ask_import (RaiImportJob *self) {
  g_autoptr (GString) json = g_string_new ("{\"id\":");

  rai_json_append_string (json, self->id);
  rai_json_append_name (json, "upload");
  rai_json_append_string (json, self->upload);
  g_string_append_printf (json, ",\"dry_run\":%s", self->dry_run ? "true" : "false");
  rai_import_draft_append_json (self->draft, json);
  g_string_append_c (json, '}');

  const RaiSyncRequest request = { .method = "POST", .path = "/v1/imports", .json = json->str };
  send (self, &request, asked_cb);
}

/* ---- The face ---- */

void
rai_import_job_start (RaiImportJob *self, RaiImportDraft *draft, bool dry_run) {
  g_return_if_fail (RAI_IS_IMPORT_JOB (self) && !rai_import_job_is_under_way (self));

  g_set_object (&self->draft, draft);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  self->dry_run = dry_run;
  self->tries = 0;
  self->again = false;
  self->fraction = -1;
  self->counts = (RaiImportCounts){ 0 };
  g_ptr_array_set_size (self->reasons, 0);
  g_clear_pointer (&self->problem, g_free);
  rai_uuid_new (self->id);
  set_state (self, RAI_IMPORT_JOB_SENDING);
  begin_upload (self);
}

void
rai_import_job_reset (RaiImportJob *self) {
  g_return_if_fail (RAI_IS_IMPORT_JOB (self) && !rai_import_job_is_under_way (self));

  if (self->state != RAI_IMPORT_JOB_IDLE)
    set_state (self, RAI_IMPORT_JOB_IDLE);
}

static void
ignore_cb (GObject *engine, GAsyncResult *result, void *data) {
  g_autoptr (GBytes) body = rai_sync_engine_send_finish (RAI_SYNC_ENGINE (engine), result, NULL);
}

/* What the server does already is stopped there, and its end is waited for. */
void
rai_import_job_cancel (RaiImportJob *self) {
  RaiSyncEngine *engine = rai_session_get_engine (self->session);
  bool there = self->state == RAI_IMPORT_JOB_WAITING || self->state == RAI_IMPORT_JOB_RUNNING;

  if (!rai_import_job_is_under_way (self))
    return;
  if (there && engine != NULL) {
    g_autofree char *path = g_strdup_printf ("/v1/imports/%s/cancel", self->id);
    const RaiSyncRequest request = { .method = "POST", .path = path };
    rai_sync_engine_send_async (engine, &request, NULL, ignore_cb, NULL);
    return;
  }

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->timer, g_source_remove);
  set_state (self, RAI_IMPORT_JOB_CANCELLED);
}

RaiImportJobState
rai_import_job_get_state (RaiImportJob *self) {
  return self->state;
}

bool
rai_import_job_is_under_way (RaiImportJob *self) {
  return self->state == RAI_IMPORT_JOB_SENDING || self->state == RAI_IMPORT_JOB_WAITING ||
         self->state == RAI_IMPORT_JOB_RUNNING;
}

bool
rai_import_job_is_dry_run (RaiImportJob *self) {
  return self->dry_run;
}

double
rai_import_job_get_fraction (RaiImportJob *self) {
  return self->fraction;
}

const char *
rai_import_job_get_problem (RaiImportJob *self) {
  return self->problem;
}

const RaiImportCounts *
rai_import_job_get_counts (RaiImportJob *self) {
  return &self->counts;
}

GPtrArray *
rai_import_job_get_reasons (RaiImportJob *self) {
  return self->reasons;
}

/* ---- Rows that were left out ---- */

static void
saved_cb (GObject *file, GAsyncResult *result, void *data) {
  g_autoptr (GTask) task = data;
  GError *error = NULL;

  if (g_file_replace_contents_finish (G_FILE (file), result, NULL, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
rejects_cb (GObject *engine, GAsyncResult *result, void *data) {
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  g_autoptr (GBytes) body = rai_sync_engine_send_finish (RAI_SYNC_ENGINE (engine), result, &error);

  if (body == NULL) {
    g_task_return_error (task, error);
    return;
  }

  g_autoptr (GFile) file = g_file_new_for_path (g_task_get_task_data (task));
  g_file_replace_contents_bytes_async (file, body, NULL, FALSE, G_FILE_CREATE_REPLACE_DESTINATION,
                                       NULL, saved_cb, g_steal_pointer (&task));
}

void
rai_import_job_save_rejects_async (RaiImportJob *self, const char *path,
                                   GAsyncReadyCallback callback, void *data) {
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, data);
  RaiSyncEngine *engine = rai_session_get_engine (self->session);
  g_autofree char *route = g_strdup_printf ("/v1/imports/%s/rejects", self->id);
  const RaiSyncRequest request = { .method = "GET", .path = route };

  g_task_set_task_data (task, g_strdup (path), g_free);
  if (engine == NULL)
    g_task_return_new_error (task, RAI_SYNC_ERROR, RAI_SYNC_ERROR_SIGNED_OUT, "%s",
                             _ ("Sign in again to sync"));
  else
    rai_sync_engine_send_async (engine, &request, NULL, rejects_cb, g_steal_pointer (&task));
}

bool
rai_import_job_save_rejects_finish (RaiImportJob *self, GAsyncResult *result, GError **error) {
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* ---- Life ---- */

static void
rai_import_job_dispose (GObject *object) {
  RaiImportJob *self = RAI_IMPORT_JOB (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->session);
  g_clear_object (&self->draft);
  G_OBJECT_CLASS (rai_import_job_parent_class)->dispose (object);
}

static void
rai_import_job_finalize (GObject *object) {
  RaiImportJob *self = RAI_IMPORT_JOB (object);

  g_free (self->problem);
  g_free (self->upload);
  g_ptr_array_unref (self->reasons);
  G_OBJECT_CLASS (rai_import_job_parent_class)->finalize (object);
}

static void
rai_import_job_class_init (RaiImportJobClass *klass) {
  G_OBJECT_CLASS (klass)->dispose = rai_import_job_dispose;
  G_OBJECT_CLASS (klass)->finalize = rai_import_job_finalize;
  changed_signal = g_signal_new ("changed", RAI_TYPE_IMPORT_JOB, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 0);
}

static void
rai_import_job_init (RaiImportJob *self) {
  self->reasons = g_ptr_array_new_with_free_func (why_free);
}

RaiImportJob *
rai_import_job_new (RaiSession *session) {
  RaiImportJob *self = g_object_new (RAI_TYPE_IMPORT_JOB, NULL);

  self->session = g_object_ref (session);
  return self;
}
