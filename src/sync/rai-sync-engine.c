/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The face of sync for the client: a thread, what it last reported, and the way back to the
 * caller's main context. How sync works stands in rai-sync-worker.c. */
#include "sync/rai-sync-engine.h"

#include "sync/rai-sync-account.h"
#include "sync/rai-sync-worker.h"

#include <string.h>

struct _RaiSyncEngine {
  GObject parent;
  char *folder;
  char *server;
  char *login;
  RaiTokenStore store;
  unsigned poll, longest;
  GMainContext *home; /* where signals are emitted */

  GThread *thread;
  GMainContext *context; /* of the thread */
  GMainLoop *loop;
  RaiSyncWorker *worker; /* touched by the thread only */

  GMutex mutex; /* guards the rest */
  RaiSyncReport *report;
  bool posted; /* a notice is on its way to `home` */
  bool changed;
};

G_DEFINE_FINAL_TYPE (RaiSyncEngine, rai_sync_engine, G_TYPE_OBJECT)

enum { SIGNAL_CHANGED, SIGNAL_STATUS, N_SIGNALS };
static unsigned signals[N_SIGNALS];

/* ---- From the thread to the caller ---- */

static int
notice_cb (void *data) {
  GWeakRef *weak = data;
  g_autoptr (RaiSyncEngine) self = g_weak_ref_get (weak);
  if (self == NULL)
    return G_SOURCE_REMOVE;

  g_mutex_lock (&self->mutex);
  bool changed = self->changed;
  self->posted = self->changed = false;
  g_mutex_unlock (&self->mutex);
  if (changed)
    g_signal_emit (self, signals[SIGNAL_CHANGED], 0);

  g_signal_emit (self, signals[SIGNAL_STATUS], 0);
  return G_SOURCE_REMOVE;
}

static void
weak_free (void *data) {
  g_weak_ref_clear (data);
  g_free (data);
}

static void
reported_cb (void *data, RaiSyncReport *report) {
  RaiSyncEngine *self = data;
  g_mutex_lock (&self->mutex);

  RaiSyncReport *old = self->report;
  self->report = report;
  self->changed |= report->changed;

  bool post = !self->posted;
  self->posted = true;
  g_mutex_unlock (&self->mutex);
  rai_sync_report_free (old);
  if (!post)
    return;

  GWeakRef *weak = g_new0 (GWeakRef, 1);
  g_weak_ref_init (weak, self);
  g_autoptr (GSource) source = g_idle_source_new ();
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, notice_cb, weak, weak_free);
  g_source_attach (source, self->home);
}

/* ---- From the caller to the thread ---- */

static void *
run_thread (void *data) {
  RaiSyncEngine *self = data;
  g_main_context_push_thread_default (self->context);
  self->worker = rai_sync_worker_new (self->folder, self->server, self->login, &self->store,
                                      reported_cb, self);
  if (self->poll > 0)
    rai_sync_worker_set_pace (self->worker, self->poll, self->longest);

  g_main_loop_run (self->loop);
  g_clear_pointer (&self->worker, rai_sync_worker_free);
  g_main_context_pop_thread_default (self->context);

  return NULL;
}

static void
ensure_thread (RaiSyncEngine *self) {
  if (self->thread != NULL)
    return;
  self->context = g_main_context_new ();
  self->loop = g_main_loop_new (self->context, FALSE);
  self->thread = g_thread_new ("rai-sync", run_thread, self);
}

typedef struct {
  RaiSyncEngine *self; /* not a reference: the thread ends before the engine does */
  void (*function) (RaiSyncWorker *worker, char **words, void *data);
  char *words[2];
  void *data;
} Call;

static int
call_cb (void *data) {
  Call *call = data;
  call->function (call->self->worker, call->words, call->data);
  return G_SOURCE_REMOVE;
}

static void
call_free (void *data) {
  Call *call = data;
  g_free (call->words[0]);
  g_free (call->words[1]);
  g_free (call);
}

static void
post (RaiSyncEngine *self, void (*function) (RaiSyncWorker *, char **, void *), const char *first,
      const char *second, void *data) {
  ensure_thread (self);
  Call *call = g_new0 (Call, 1);
  *call = (Call){ self, function, { g_strdup (first), g_strdup (second) }, data };
  g_autoptr (GSource) source = g_idle_source_new ();
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, call_cb, call, call_free);
  g_source_attach (source, self->context);
}

static void
do_start (RaiSyncWorker *worker, char **words, void *data) {
  rai_sync_worker_start (worker);
}

static void
do_wake (RaiSyncWorker *worker, char **words, void *data) {
  rai_sync_worker_wake (worker);
}

static void
do_check (RaiSyncWorker *worker, char **words, void *data) {
  rai_sync_worker_check_replica (worker);
}

static void
do_discard (RaiSyncWorker *worker, char **words, void *data) {
  rai_sync_worker_discard (worker, words[0]);
}

static void
do_retry (RaiSyncWorker *worker, char **words, void *data) {
  rai_sync_worker_retry (worker, words[0], words[1]);
}

static void
do_sign_out (RaiSyncWorker *worker, char **words, void *data) {
  rai_sync_worker_sign_out (worker, GPOINTER_TO_INT (data));
}

static void
do_quit (RaiSyncWorker *worker, char **words, void *data) {
  g_main_loop_quit (data);
}

static int
release_cb (void *task) {
  g_object_unref (task);
  return G_SOURCE_REMOVE;
}

/* The task holds the engine: its last reference must not go on the engine's own thread. */
static void
release (GTask *task) {
  g_autoptr (GSource) source = g_idle_source_new ();
  g_source_set_callback (source, release_cb, task, NULL);
  g_source_attach (source, g_task_get_context (task));
}

static void
submitted_cb (void *data, RaiAnswer *answer, GError *error) {
  GTask *task = data;
  if (answer != NULL)
    g_task_return_pointer (task, answer, (GDestroyNotify) rai_answer_free);
  else
    g_task_return_error (task, error);
  release (task);
}

static void
do_submit (RaiSyncWorker *worker, char **words, void *data) {
  rai_sync_worker_submit (worker, words[0], words[1], submitted_cb, data);
}

static void
signed_in_cb (void *data, GError *error) {
  GTask *task = data;
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
  release (task);
}

static void
do_sign_in (RaiSyncWorker *worker, char **words, void *data) {
  rai_sync_worker_sign_in (worker, words[0], words[1], signed_in_cb, data);
}

typedef struct {
  const RaiQuery *query;
  GHashTable *arguments;
} Question;

static void
question_free (void *data) {
  Question *question = data;
  g_hash_table_unref (question->arguments);
  g_free (question);
}

static void
rows_cb (void *data, RaiRows *rows, const GError *error) {
  GTask *task = data;
  if (rows != NULL)
    g_task_return_pointer (task, rai_rows_ref (rows), (GDestroyNotify) rai_rows_unref);
  else
    g_task_return_error (task, g_error_copy (error));
  release (task);
}

static void
do_older_days (RaiSyncWorker *worker, char **words, void *data) {
  const Question *question = g_task_get_task_data (data);
  rai_sync_worker_older_days (worker, question->query, question->arguments, rows_cb, data);
}

static void
do_ask (RaiSyncWorker *worker, char **words, void *data) {
  const Question *question = g_task_get_task_data (data);
  rai_sync_direct_query (rai_sync_worker_get_direct (worker), question->query, question->arguments,
                         rows_cb, data);
}

static void
request_free (void *data) {
  RaiSyncRequest *request = data;
  g_free ((char *) request->method);
  g_free ((char *) request->path);
  g_free ((char *) request->json);
  g_clear_pointer (&request->bytes, g_bytes_unref);
  g_free (request);
}

static void
body_cb (void *data, GBytes *body, const GError *error) {
  GTask *task = data;
  if (body != NULL)
    g_task_return_pointer (task, g_bytes_ref (body), (GDestroyNotify) g_bytes_unref);
  else
    g_task_return_error (task, g_error_copy (error));
  release (task);
}

static void
do_send (RaiSyncWorker *worker, char **words, void *data) {
  rai_sync_direct_send (rai_sync_worker_get_direct (worker), g_task_get_task_data (data), body_cb,
                        data);
}

static void
counted_cb (void *data, int n, GError *error) {
  GTask *task = data;
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_int (task, n);
  release (task);
}

static void
do_save_work (RaiSyncWorker *worker, char **words, void *data) {
  rai_sync_worker_save_work (worker, words[0], counted_cb, data);
}

static void
do_take_in (RaiSyncWorker *worker, char **words, void *data) {
  rai_sync_worker_take_in (worker, words[0], counted_cb, data);
}

/* ---- The face ---- */

RaiSyncEngine *
rai_sync_engine_new (const char *data_dir, const char *server, const char *login,
                     const RaiTokenStore *store) {
  g_return_val_if_fail (data_dir && server && login && store && store->load && store->save, NULL);
  RaiSyncEngine *self = g_object_new (RAI_TYPE_SYNC_ENGINE, NULL);
  self->folder = rai_sync_account_folder (data_dir, server, login);
  self->server = g_strdup (server);
  self->login = g_strdup (login);
  self->store = *store;
  self->report = g_new0 (RaiSyncReport, 1);
  self->report->status = g_new0 (RaiSyncStatus, 1);
  self->report->identity = rai_sync_account_load (self->folder, NULL);

  return self;
}

void
rai_sync_engine_sign_in_async (RaiSyncEngine *self, const char *password, const char *new_password,
                               GCancellable *cancellable, GAsyncReadyCallback callback,
                               void *data) {
  g_return_if_fail (RAI_IS_SYNC_ENGINE (self) && password);
  GTask *task = g_task_new (self, cancellable, callback, data);
  g_task_set_source_tag (task, rai_sync_engine_sign_in_async);
  post (self, do_sign_in, password, new_password, task);
}

bool
rai_sync_engine_sign_in_finish (RaiSyncEngine *self, GAsyncResult *result, GError **error) {
  g_return_val_if_fail (g_task_is_valid (result, self), false);
  return g_task_propagate_boolean (G_TASK (result), error);
}

void
rai_sync_engine_sign_out (RaiSyncEngine *self, bool forget) {
  g_return_if_fail (RAI_IS_SYNC_ENGINE (self));
  post (self, do_sign_out, NULL, NULL, GINT_TO_POINTER (forget));
}

bool
rai_sync_engine_start (RaiSyncEngine *self, GError **error) {
  g_return_val_if_fail (RAI_IS_SYNC_ENGINE (self), false);
  g_autoptr (RaiIdentity) identity = rai_sync_account_load (self->folder, error);
  if (identity == NULL)
    return false;
  post (self, do_start, NULL, NULL, NULL);
  return true;
}

void
rai_sync_engine_stop (RaiSyncEngine *self) {
  g_return_if_fail (RAI_IS_SYNC_ENGINE (self));
  if (self->thread == NULL)
    return;
  post (self, do_quit, NULL, NULL, self->loop);
  g_thread_join (g_steal_pointer (&self->thread));
  g_clear_pointer (&self->loop, g_main_loop_unref);
  g_clear_pointer (&self->context, g_main_context_unref);
}

void
rai_sync_engine_wake (RaiSyncEngine *self) {
  g_return_if_fail (RAI_IS_SYNC_ENGINE (self));
  if (self->thread != NULL)
    post (self, do_wake, NULL, NULL, NULL);
}

void
rai_sync_engine_check_replica (RaiSyncEngine *self) {
  g_return_if_fail (RAI_IS_SYNC_ENGINE (self));
  if (self->thread != NULL)
    post (self, do_check, NULL, NULL, NULL);
}

void
rai_sync_engine_set_pace (RaiSyncEngine *self, unsigned poll, unsigned longest) {
  g_return_if_fail (RAI_IS_SYNC_ENGINE (self) && !self->thread);
  self->poll = poll;
  self->longest = longest;
}

RaiIdentity *
rai_sync_engine_get_identity (RaiSyncEngine *self) {
  g_return_val_if_fail (RAI_IS_SYNC_ENGINE (self), NULL);
  g_mutex_lock (&self->mutex);
  RaiIdentity *identity =
      self->report->identity != NULL ? rai_identity_copy (self->report->identity) : NULL;
  g_mutex_unlock (&self->mutex);
  return identity;
}

RaiSyncStatus *
rai_sync_engine_get_status (RaiSyncEngine *self) {
  g_return_val_if_fail (RAI_IS_SYNC_ENGINE (self), NULL);
  g_mutex_lock (&self->mutex);
  RaiSyncStatus *status = rai_sync_status_copy (self->report->status);
  g_mutex_unlock (&self->mutex);
  return status;
}

char *
rai_sync_engine_get_replica_url (RaiSyncEngine *self) {
  g_return_val_if_fail (RAI_IS_SYNC_ENGINE (self), NULL);
  g_mutex_lock (&self->mutex);
  char *url = g_strdup (self->report->replica_url);
  g_mutex_unlock (&self->mutex);
  return url;
}

GPtrArray *
rai_sync_engine_get_entries (RaiSyncEngine *self) {
  g_return_val_if_fail (RAI_IS_SYNC_ENGINE (self), NULL);
  g_mutex_lock (&self->mutex);
  GPtrArray *entries =
      self->report->entries != NULL ? g_ptr_array_ref (self->report->entries) : g_ptr_array_new ();
  g_mutex_unlock (&self->mutex);
  return entries;
}

void
rai_sync_engine_submit_async (RaiSyncEngine *self, const char *name, const char *arguments,
                              GCancellable *cancellable, GAsyncReadyCallback callback, void *data) {
  g_return_if_fail (RAI_IS_SYNC_ENGINE (self) && name);
  GTask *task = g_task_new (self, cancellable, callback, data);
  g_task_set_source_tag (task, rai_sync_engine_submit_async);
  /* What is done is done: a cancelled caller must not hear that it was not. */
  g_task_set_check_cancellable (task, FALSE);
  post (self, do_submit, name, arguments, task);
}

RaiAnswer *
rai_sync_engine_submit_finish (RaiSyncEngine *self, GAsyncResult *result, GError **error) {
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
rai_sync_engine_discard (RaiSyncEngine *self, const char *id) {
  g_return_if_fail (RAI_IS_SYNC_ENGINE (self) && id);
  post (self, do_discard, id, NULL, NULL);
}

void
rai_sync_engine_retry (RaiSyncEngine *self, const char *id, const char *arguments) {
  g_return_if_fail (RAI_IS_SYNC_ENGINE (self) && id);
  post (self, do_retry, id, arguments, NULL);
}

static void
ask (RaiSyncEngine *self, void (*work) (RaiSyncWorker *worker, char **words, void *data),
     const RaiQuery *query, GHashTable *arguments, GTask *task) {
  Question *question = g_new0 (Question, 1);
  *question = (Question){ query, g_hash_table_ref (arguments) };
  g_task_set_task_data (task, question, question_free);
  post (self, work, NULL, NULL, task);
}

void
rai_sync_engine_older_days_async (RaiSyncEngine *self, const RaiQuery *query, GHashTable *arguments,
                                  GCancellable *cancellable, GAsyncReadyCallback callback,
                                  void *data) {
  g_return_if_fail (RAI_IS_SYNC_ENGINE (self) && query->days_of && arguments);
  ask (self, do_older_days, query, arguments, g_task_new (self, cancellable, callback, data));
}

RaiRows *
rai_sync_engine_older_days_finish (RaiSyncEngine *self, GAsyncResult *result, GError **error) {
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
rai_sync_engine_ask_async (RaiSyncEngine *self, const RaiQuery *query, GHashTable *arguments,
                           GCancellable *cancellable, GAsyncReadyCallback callback, void *data) {
  g_return_if_fail (RAI_IS_SYNC_ENGINE (self) && query && arguments);
  ask (self, do_ask, query, arguments, g_task_new (self, cancellable, callback, data));
}

RaiRows *
rai_sync_engine_ask_finish (RaiSyncEngine *self, GAsyncResult *result, GError **error) {
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
rai_sync_engine_send_async (RaiSyncEngine *self, const RaiSyncRequest *request,
                            GCancellable *cancellable, GAsyncReadyCallback callback, void *data) {
  g_return_if_fail (RAI_IS_SYNC_ENGINE (self) && request->method && request->path);
  GTask *task = g_task_new (self, cancellable, callback, data);
  RaiSyncRequest *copy = g_new0 (RaiSyncRequest, 1);
  *copy = (RaiSyncRequest){
    .method = g_strdup (request->method),
    .path = g_strdup (request->path),
    .json = g_strdup (request->json),
    .bytes = request->bytes != NULL ? g_bytes_ref (request->bytes) : NULL,
    .offset = request->offset,
  };
  g_task_set_task_data (task, copy, request_free);
  post (self, do_send, NULL, NULL, task);
}

GBytes *
rai_sync_engine_send_finish (RaiSyncEngine *self, GAsyncResult *result, GError **error) {
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
rai_sync_engine_save_work_async (RaiSyncEngine *self, const char *path,
                                 GAsyncReadyCallback callback, void *data) {
  g_return_if_fail (RAI_IS_SYNC_ENGINE (self) && path);
  post (self, do_save_work, path, NULL, g_task_new (self, NULL, callback, data));
}

void
rai_sync_engine_take_in_async (RaiSyncEngine *self, const char *path, GAsyncReadyCallback callback,
                               void *data) {
  g_return_if_fail (RAI_IS_SYNC_ENGINE (self) && path);
  post (self, do_take_in, path, NULL, g_task_new (self, NULL, callback, data));
}

int
rai_sync_engine_count_finish (RaiSyncEngine *self, GAsyncResult *result, GError **error) {
  g_return_val_if_fail (g_task_is_valid (result, self), -1);
  return (int) g_task_propagate_int (G_TASK (result), error);
}

/* ---- Class ---- */

static void
rai_sync_engine_dispose (GObject *object) {
  rai_sync_engine_stop (RAI_SYNC_ENGINE (object));
  G_OBJECT_CLASS (rai_sync_engine_parent_class)->dispose (object);
}

static void
rai_sync_engine_finalize (GObject *object) {
  RaiSyncEngine *self = RAI_SYNC_ENGINE (object);
  rai_sync_report_free (self->report);
  g_main_context_unref (self->home);
  g_mutex_clear (&self->mutex);
  g_free (self->folder);
  g_free (self->server);
  g_free (self->login);
  G_OBJECT_CLASS (rai_sync_engine_parent_class)->finalize (object);
}

static void
rai_sync_engine_class_init (RaiSyncEngineClass *class) {
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  object_class->dispose = rai_sync_engine_dispose;
  object_class->finalize = rai_sync_engine_finalize;
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", RAI_TYPE_SYNC_ENGINE, G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_STATUS] = g_signal_new ("status", RAI_TYPE_SYNC_ENGINE, G_SIGNAL_RUN_LAST, 0, NULL,
                                         NULL, NULL, G_TYPE_NONE, 0);
}

static void
rai_sync_engine_init (RaiSyncEngine *self) {
  g_mutex_init (&self->mutex);
  self->home = g_main_context_ref_thread_default ();
}
