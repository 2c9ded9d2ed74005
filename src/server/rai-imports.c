/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/rai-imports.h"

#include "proto/rai-json.h"
#include "server/rai-body.h"
#include "server/rai-child.h"
#include "server/rai-http-error.h"
#include "server/rai-log.h"

#include <signal.h>
#include <string.h>

/* Imports that wait, of an account and in all; those that are remembered. */
#define WAITING_OF_ACCOUNT 8
#define WAITING 16
#define REMEMBERED 100
/* Between two looks at whether a job has ended. */
#define LOOK_US (G_USEC_PER_SEC / 5)
/* After an import, before the planner is started: the next file of a person's comes within it. */
#define QUIET_US (3 * G_USEC_PER_SEC)

typedef enum { WAITS, RUNS, DONE, FAILED, CANCELLED } State;

static const char *const state_ids[] = {
  [WAITS] = "waiting", [RUNS] = "running",        [DONE] = "done",
  [FAILED] = "failed", [CANCELLED] = "cancelled",
};

typedef struct {
  char *id;
  int64_t account_id;
  char *upload_id;
  char *file;
  GPtrArray *arguments; /* the child's, NULL-terminated */
  bool dry_run;
  State state;
  bool cancelling;
  json_t *progress; /* as the child said last; NULL: nothing yet */
  json_t *result;   /* NULL: it has not ended well */
  json_t *error;    /* NULL: it has not failed */
} Import;

struct _RaiImports {
  GMutex lock;
  GCond woken;
  char *url;
  RaiUploads *uploads;
  RaiJobs *jobs;
  GThread *thread;
  GPtrArray *all; /* of Import, oldest first */
  GSubprocess *child;
  int64_t plan_at; /* monotonic; 0: nothing has changed */
  bool stopping;
};

static void
import_free (void *data) {
  Import *import = data;

  g_free (import->id);
  g_free (import->upload_id);
  g_free (import->file);
  g_ptr_array_unref (import->arguments);
  json_decref (import->progress);
  json_decref (import->result);
  json_decref (import->error);
  g_free (import);
}

/* ---- What the child says ---- */

/* A line is {"progress":...}, {"result":...} or {"error":...} (rai-cli-import.c). */
static void
take_line (RaiImports *imports, Import *import, const char *line) {
  json_auto_t *said = rai_body_parse (line, strlen (line), NULL);
  struct {
    const char *name;
    json_t **place;
  } parts[] = {
    { "progress", &import->progress },
    { "result", &import->result },
    { "error", &import->error },
  };

  g_mutex_lock (&imports->lock);
  for (size_t i = 0; i < G_N_ELEMENTS (parts); i++) {
    json_t *part = json_object_get (said, parts[i].name);
    if (!json_is_object (part))
      continue;
    json_decref (*parts[i].place);
    *parts[i].place = json_incref (part);
  }

  g_mutex_unlock (&imports->lock);
}

static void
listen (RaiImports *imports, Import *import, GSubprocess *child) {
  g_autoptr (GDataInputStream) lines =
      g_data_input_stream_new (g_subprocess_get_stdout_pipe (child));

  for (;;) {
    g_autofree char *line = g_data_input_stream_read_line_utf8 (lines, NULL, NULL, NULL);
    if (line == NULL)
      return;
    take_line (imports, import, line);
  }
}

/* ---- The thread ---- */

static GSubprocess *
start_child (RaiImports *imports, Import *import) {
  g_autoptr (GError) error = NULL;

  g_mutex_lock (&imports->lock);
  if (!imports->stopping)
    imports->child = rai_child_start (
        imports->url, (const char *const *) import->arguments->pdata,
        G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_SILENCE, &error);
  if (imports->child != NULL && import->cancelling)
    g_subprocess_send_signal (imports->child, SIGTERM);

  GSubprocess *child = imports->child != NULL ? g_object_ref (imports->child) : NULL;
  g_mutex_unlock (&imports->lock);
  if (error != NULL)
    rai_log (RAI_LOG_WARNING, "import failed", "message", error->message, NULL);

  return child;
}

/* Under the lock. */
static void
settle (RaiImports *imports, Import *import, bool ended) {
  const char *code = json_string_value (json_object_get (import->error, "code"));

  if (ended && import->result != NULL)
    import->state = DONE;
  else
    import->state = import->cancelling || g_strcmp0 (code, "cancelled") == 0 ? CANCELLED : FAILED;

  if (import->state == DONE && !import->dry_run)
    imports->plan_at = g_get_monotonic_time () + QUIET_US;
  rai_log (import->state == FAILED ? RAI_LOG_WARNING : RAI_LOG_INFO, "import", "state",
           state_ids[import->state], "file", import->file, NULL);
}

static void
run_child (RaiImports *imports, Import *import) {
  g_autoptr (GSubprocess) child = start_child (imports, import);
  bool ended = false;

  if (child != NULL) {
    listen (imports, import, child);
    ended = g_subprocess_wait (child, NULL, NULL) && g_subprocess_get_if_exited (child);
  }

  g_mutex_lock (&imports->lock);
  g_clear_object (&imports->child);
  settle (imports, import, ended);
  bool used_up = import->state == DONE && !import->dry_run;
  g_mutex_unlock (&imports->lock);

  if (used_up)
    rai_uploads_remove (imports->uploads, import->account_id, import->upload_id, NULL);
}

static Import *
first_waiting (RaiImports *imports) {
  for (unsigned i = 0; i < imports->all->len; i++) {
    Import *import = imports->all->pdata[i];
    if (import->state == WAITS)
      return import;
  }
  return NULL;
}

/* Under the lock. Whether there is something to do, after a wait if need be. */
static bool
is_due (RaiImports *imports) {
  int64_t now = g_get_monotonic_time ();

  if (first_waiting (imports) != NULL || imports->stopping)
    return true;
  if (imports->plan_at == 0)
    g_cond_wait (&imports->woken, &imports->lock);
  else if (imports->plan_at > now)
    g_cond_wait_until (&imports->woken, &imports->lock, imports->plan_at);
  else
    return true;

  return false;
}

static void *
import_thread (void *data) {
  RaiImports *imports = data;

  g_mutex_lock (&imports->lock);
  while (!imports->stopping) {
    if (!is_due (imports))
      continue;
    bool waiting = first_waiting (imports) != NULL;
    g_mutex_unlock (&imports->lock);
    bool taken = waiting && rai_jobs_take (imports->jobs);
    bool planning = !waiting && rai_jobs_start (imports->jobs, "replan", NULL);

    g_mutex_lock (&imports->lock);
    Import *import = taken && !imports->stopping ? first_waiting (imports) : NULL;
    if (import != NULL) {
      import->state = RUNS;
      g_mutex_unlock (&imports->lock);
      run_child (imports, import);
      g_mutex_lock (&imports->lock);
    }

    if (taken)
      rai_jobs_give_back (imports->jobs);
    else if (planning)
      imports->plan_at = 0;
    else if (!imports->stopping)
      g_cond_wait_until (&imports->woken, &imports->lock, g_get_monotonic_time () + LOOK_US);
  }

  g_mutex_unlock (&imports->lock);
  return NULL;
}

RaiImports *
rai_imports_new (const char *url, RaiUploads *uploads, RaiJobs *jobs) {
  RaiImports *imports = g_new0 (RaiImports, 1);

  g_mutex_init (&imports->lock);
  g_cond_init (&imports->woken);
  imports->url = g_strdup (url);
  imports->uploads = uploads;
  imports->jobs = jobs;
  imports->all = g_ptr_array_new_with_free_func (import_free);
  imports->thread = g_thread_new ("import", import_thread, imports);

  return imports;
}

void
rai_imports_free (RaiImports *imports) {
  g_mutex_lock (&imports->lock);
  imports->stopping = true;
  if (imports->child != NULL)
    g_subprocess_send_signal (imports->child, SIGTERM);
  g_cond_signal (&imports->woken);
  g_mutex_unlock (&imports->lock);

  g_thread_join (imports->thread);
  g_ptr_array_unref (imports->all);
  g_mutex_clear (&imports->lock);
  g_cond_clear (&imports->woken);
  g_free (imports->url);
  g_free (imports);
}

/* ---- Asking ---- */

static bool
is_over (const Import *import) {
  return import->state >= DONE;
}

static Import *
find (RaiImports *imports, const char *id) {
  for (unsigned i = 0; i < imports->all->len; i++) {
    Import *import = imports->all->pdata[i];
    if (g_ascii_strcasecmp (import->id, id) == 0)
      return import;
  }
  return NULL;
}

static Import *
find_own (RaiImports *imports, int64_t account_id, const char *id, GError **error) {
  Import *import = find (imports, id);

  if (import != NULL && import->account_id == account_id)
    return import;
  g_set_error_literal (error, RAI_HTTP_ERROR, RAI_HTTP_ERROR_NOT_FOUND,
                       "there is no such import of yours, or it is long ago");
  return NULL;
}

static GPtrArray *
make_arguments (RaiImports *imports, const RaiImportsOrder *order) {
  GPtrArray *words = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *rejects = rai_uploads_rejects_path (imports->uploads, order->id);

  g_ptr_array_add (words, g_strdup ("import"));
  g_ptr_array_add (words, g_strdup ("--progress=json"));
  g_ptr_array_add (words, g_strdup_printf ("--account=%" G_GINT64_FORMAT, order->account_id));
  g_ptr_array_add (words, g_strdup_printf ("--id=%s", order->id));
  g_ptr_array_add (words, g_strdup_printf ("--name=%s", order->upload->name));
  g_ptr_array_add (words, g_strdup_printf ("--rejects=%s", rejects));
  if (order->dry_run)
    g_ptr_array_add (words, g_strdup ("--dry-run"));
  for (int i = 0; order->options[i] != NULL; i++)
    g_ptr_array_add (words, g_strdup (order->options[i]));

  /* Behind it nothing is an option. */
  g_ptr_array_add (words, g_strdup ("--"));
  g_ptr_array_add (words, g_strdup (order->kind));
  g_ptr_array_add (words, rai_uploads_data_path (imports->uploads, order->upload->id));
  g_ptr_array_add (words, NULL);

  return words;
}

static bool
is_same (const Import *import, int64_t account_id, const GPtrArray *arguments) {
  return import->account_id == account_id &&
         g_strv_equal ((const char *const *) import->arguments->pdata,
                       (const char *const *) arguments->pdata);
}

static bool
has_place (RaiImports *imports, int64_t account_id, GError **error) {
  unsigned all = 0, own = 0;

  for (unsigned i = 0; i < imports->all->len; i++) {
    const Import *import = imports->all->pdata[i];
    all += !is_over (import);
    own += !is_over (import) && import->account_id == account_id;
  }

  if (all < WAITING && own < WAITING_OF_ACCOUNT)
    return true;
  g_set_error_literal (error, RAI_HTTP_ERROR, RAI_HTTP_ERROR_TOO_MANY,
                       "too many files wait to be brought in: try again when one has ended");
  return false;
}

/* Those that have ended make room, oldest first. */
static void
forget (RaiImports *imports) {
  for (unsigned i = 0; i < imports->all->len && imports->all->len >= REMEMBERED;) {
    if (is_over (imports->all->pdata[i]))
      g_ptr_array_remove_index (imports->all, i);
    else
      i++;
  }
}

static bool
add (RaiImports *imports, const RaiImportsOrder *order, GError **error) {
  g_autoptr (GPtrArray) arguments = make_arguments (imports, order);
  const Import *known = find (imports, order->id);

  if (known != NULL) {
    if (is_same (known, order->account_id, arguments))
      return true;
    g_set_error_literal (error, RAI_HTTP_ERROR, RAI_HTTP_ERROR_CONFLICT,
                         "the id stands for another import");
    return false;
  }

  if (!has_place (imports, order->account_id, error))
    return false;
  forget (imports);

  Import *import = g_new0 (Import, 1);
  *import = (Import){
    .id = g_strdup (order->id),
    .account_id = order->account_id,
    .upload_id = g_strdup (order->upload->id),
    .file = g_strdup (order->upload->name),
    .arguments = g_steal_pointer (&arguments),
    .dry_run = order->dry_run,
  };

  g_ptr_array_add (imports->all, import);
  g_cond_signal (&imports->woken);

  return true;
}

bool
rai_imports_start (RaiImports *imports, const RaiImportsOrder *order, GError **error) {
  g_mutex_lock (&imports->lock);
  bool added = add (imports, order, error);
  g_mutex_unlock (&imports->lock);

  return added;
}

bool
rai_imports_know (RaiImports *imports, int64_t account_id, const char *id) {
  g_mutex_lock (&imports->lock);
  bool known = find_own (imports, account_id, id, NULL) != NULL;
  g_mutex_unlock (&imports->lock);

  return known;
}

static void
append_part (GString *json, const char *name, json_t *part) {
  g_autofree char *text = part != NULL ? rai_body_print (part) : g_strdup ("null");

  rai_json_append_name (json, name);
  g_string_append (json, text);
}

bool
rai_imports_append_json (RaiImports *imports, int64_t account_id, const char *id, GString *json,
                         GError **error) {
  g_mutex_lock (&imports->lock);
  const Import *import = find_own (imports, account_id, id, error);

  if (import != NULL) {
    g_string_append (json, "{\"id\":");
    rai_json_append_string (json, import->id);
    g_string_append_printf (json, ",\"state\":\"%s\",\"cancelling\":%s,\"dry_run\":%s,\"file\":",
                            state_ids[import->state], import->cancelling ? "true" : "false",
                            import->dry_run ? "true" : "false");
    rai_json_append_string (json, import->file);
    append_part (json, "progress", import->progress);
    append_part (json, "result", import->result);
    append_part (json, "error", import->error);
    g_string_append_c (json, '}');
  }

  g_mutex_unlock (&imports->lock);
  return import != NULL;
}

bool
rai_imports_cancel (RaiImports *imports, int64_t account_id, const char *id, GError **error) {
  g_mutex_lock (&imports->lock);
  Import *import = find_own (imports, account_id, id, error);

  if (import != NULL && import->state == WAITS) {
    import->state = CANCELLED;
  } else if (import != NULL && import->state == RUNS && !import->cancelling) {
    import->cancelling = true;
    if (imports->child != NULL)
      g_subprocess_send_signal (imports->child, SIGTERM);
  }

  g_mutex_unlock (&imports->lock);
  return import != NULL;
}

char *
rai_imports_rejects (RaiImports *imports, int64_t account_id, const char *id, GError **error) {
  g_mutex_lock (&imports->lock);
  const Import *import = find_own (imports, account_id, id, error);
  g_autofree char *path =
      import != NULL ? rai_uploads_rejects_path (imports->uploads, import->id) : NULL;
  g_mutex_unlock (&imports->lock);

  if (path == NULL)
    return NULL;
  if (g_file_test (path, G_FILE_TEST_IS_REGULAR))
    return g_steal_pointer (&path);
  g_set_error_literal (error, RAI_HTTP_ERROR, RAI_HTTP_ERROR_NOT_FOUND,
                       "this import has left out no row");
  return NULL;
}

bool
rai_imports_use (RaiImports *imports, const char *upload_id) {
  bool used = false;

  g_mutex_lock (&imports->lock);
  for (unsigned i = 0; i < imports->all->len; i++) {
    const Import *import = imports->all->pdata[i];
    used |= !is_over (import) && g_ascii_strcasecmp (import->upload_id, upload_id) == 0;
  }
  g_mutex_unlock (&imports->lock);

  return used;
}
