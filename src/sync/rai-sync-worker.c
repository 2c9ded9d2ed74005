/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The client's end of sync. Invariants; tests cite them by number:
 *
 *  1. A command acknowledged by the server is never lost, never applied twice: its id is made once,
 *     with the command, and the outbox keeps it until an answer to that id has arrived.
 *  2. The replica moves only between whole server revisions: a page and its revision commit
 *     together, and a page always reaches the server's last revision.
 *  3. After healing and an empty outbox the replica equals the server within its scope, row for
 *     row.
 *  4. A rejected command never blocks those behind it: it goes to the user's list with both values.
 *  5. The replica holds only rows that its account may see: a page that names another scope trims
 *     it at once, a disabled account removes it.
 *  6. What the user did is visible at once, and after each pull it is shown on top of the new
 *     truth: it leaves sync_pending in the transaction that brings the revision in which the server
 *     applied it.
 *
 *   STOPPED --- start (no network needed) --> next <---------------------------------------.
 *                                              |                                           |
 *     takes the first that applies:            |                                           |
 *     1 no replica, or another is wanted       +-> fetch_snapshot -> snapshot_cb ----------+
 *     2 first contact                          +-> pull -> pulled_cb -> take_page ---------+
 *     3 something waits                        +-> push -> pushed_cb -> take_answers ------+
 *     4 the server has news                    +-> pull -> pulled_cb -> take_page ---------+
 *     5 nothing is left to do                  +-> settle: ONLINE                          |
 *                                              |     live channel, due, submit, wake ------+
 *     what fails ends in one of these:         |                                           |
 *                                              +-> OFFLINE, FAILED                         |
 *                                              |     due, wake ----------------------------'
 *                                              '-> SIGNED_OUT, DISABLED: until sign_in
 *
 * A crash at any point is mended by rai_sync_store_open: the outbox says what the replica must
 * show. */
#include "sync/rai-sync-worker.h"

#include "db/rai-db.h"
#include "sync/rai-sync-apply.h"
#include "sync/rai-sync-direct.h"
#include "sync/rai-sync-pace.h"
#include "sync/rai-sync-store.h"
#include "util/rai-clock.h"
#include "util/rai-day.h"
#include "util/rai-uuid.h"

#include <glib/gstdio.h>
#include <string.h>

/* Commands in one push. */
#define BATCH 50
/* After so many pushes in a row without an answer, a pull no longer waits for them. */
#define PATIENCE 3

struct _RaiSyncWorker {
  RaiSyncStore *files;
  RaiSyncClient *client;
  RaiTokenStore tokens;
  RaiSyncReported reported;
  void *reported_data;
  RaiSyncState state;
  char *message;
  int64_t last_sync, done, total;
  int64_t told_sync, told_skew; /* what the last report said */

  bool running;
  bool busy; /* a request is on its way */
  bool greeted;
  bool want_pull;
  unsigned batch;
  unsigned damages, push_failures; /* in a row */
  RaiSyncPace *pace;
  GPtrArray *pushed; /* the calls of the running push */
  RaiSyncDirect *direct;
  RaiSyncSignedIn signed_in;
  void *signed_in_data;
};

static void next (RaiSyncWorker *self);
static void fail (RaiSyncWorker *self, const GError *error);

/* ---- Reports ---- */

static void
report (RaiSyncWorker *self, bool changed) {
  const RaiSyncStatus network = { .state = self->state,
                                  .last_sync = self->last_sync,
                                  .skew = rai_sync_client_skew (self->client),
                                  .done = self->done,
                                  .total = self->total,
                                  .message = self->message };
  self->told_sync = network.last_sync;
  self->told_skew = network.skew;
  self->reported (self->reported_data, rai_sync_report_new (self->files, &network, changed));
}

static void
set_state (RaiSyncWorker *self, RaiSyncState state, const char *message) {
  bool same = self->state == state && g_strcmp0 (self->message, message) == 0;
  self->state = state;
  if (!same) {
    char *copy = g_strdup (message);
    g_free (self->message);
    self->message = copy;
    report (self, false);
  }
}

static int64_t
now_by_server (RaiSyncWorker *self) {
  return rai_now_ms () + rai_sync_client_skew (self->client);
}

/* Nothing more is tried until the pace says so. */
static void
back_off (RaiSyncWorker *self) {
  rai_sync_pace_back_off (self->pace, self->push_failures);
}

/* ---- Failures ---- */

static void
disable (RaiSyncWorker *self, const char *message) {
  g_autofree char *part = rai_sync_store_path (self->files, "snapshot.part");
  rai_sync_store_drop_replica (self->files);
  g_unlink (part);
  self->tokens.save (RAI_SECRET_REFRESH_TOKEN, self->files->server, self->files->login, NULL,
                     self->tokens.data);
  self->state = RAI_SYNC_DISABLED;
  g_free (self->message);
  self->message = g_strdup (message);
  report (self, true);
}

static void
fail_sync (RaiSyncWorker *self, const GError *error) {
  switch (error->code) {
    case RAI_SYNC_ERROR_DISABLED:
      disable (self, error->message);
      return;
    case RAI_SYNC_ERROR_SIGNED_OUT:
      set_state (self, RAI_SYNC_SIGNED_OUT, error->message);
      return;
    case RAI_SYNC_ERROR_STORAGE:
      set_state (self, RAI_SYNC_FAILED, error->message);
      break;
    case RAI_SYNC_ERROR_DAMAGED:
      self->damages++;
      G_GNUC_FALLTHROUGH;
    default:
      set_state (self, RAI_SYNC_OFFLINE, error->message);
      break;
  }

  back_off (self);
}

static void
fail (RaiSyncWorker *self, const GError *error) {
  self->busy = false;
  if (error->domain == RAI_SYNC_ERROR) {
    fail_sync (self, error);
    return;
  }

  bool damaged = g_error_matches (error, RAI_DB_ERROR, RAI_DB_ERROR_CORRUPT) ||
                 g_error_matches (error, RAI_DB_ERROR, RAI_DB_ERROR_SCHEMA);
  /* A replica that is damaged stays until there is another, as in rai_sync_worker_check_replica. */
  if (damaged && rai_sync_store_is_damaged (self->files))
    self->files->want_snapshot = true;
  else if (damaged)
    rai_sync_store_close_outbox (self->files);
  if (g_error_matches (error, RAI_DB_ERROR, RAI_DB_ERROR_FULL))
    set_state (self, RAI_SYNC_FAILED, RAI_SYNC_DISK_FULL);
  else
    set_state (self, RAI_SYNC_FAILED, error->message);

  back_off (self);
}

/* ---- Snapshots ---- */

static void
note (RaiSyncWorker *self, const char *key, const char *value) {
  rai_outbox_set_note (self->files->outbox, key, value, NULL);
}

static void
snapshot_started_cb (void *data, const char *etag) {
  RaiSyncWorker *self = data;
  note (self, "snapshot", etag);
}

static void
snapshot_progress_cb (void *data, int64_t bytes, int64_t total) {
  RaiSyncWorker *self = data;
  self->done = bytes;
  self->total = total;
  report (self, false);
}

static void
snapshot_cb (void *data, GBytes *etag, const GError *error) {
  RaiSyncWorker *self = data;
  g_autoptr (GError) local = NULL;
  self->busy = false;
  self->done = self->total = 0;

  if (error != NULL) {
    fail (self, error);
    return;
  }

  if (self->files->outbox == NULL)
    return;
  note (self, "snapshot", NULL);

  if (!rai_sync_store_install (self->files, &local)) {
    fail (self, local);
    return;
  }

  rai_sync_pace_succeed (self->pace);
  self->want_pull = true;
  report (self, true);
  next (self);
}

static void
fetch_snapshot (RaiSyncWorker *self) {
  static const RaiSyncDownload calls = { snapshot_started_cb, snapshot_progress_cb, snapshot_cb };
  g_autofree char *part = rai_sync_store_path (self->files, "snapshot.part");
  g_autofree char *etag = rai_outbox_get_note (self->files->outbox, "snapshot");
  self->busy = true;
  set_state (self, self->files->replica != NULL ? RAI_SYNC_BUSY : RAI_SYNC_FIRST, NULL);
  rai_sync_client_download (self->client, "/v1/sync/snapshot", part, etag, &calls, self);
}

/* ---- Pull ---- */

/* Commands whose answer got lost may be in the page already; their second answer comes first, so
 * that they are never seen twice. */
static bool
has_doubts (RaiSyncWorker *self) {
  int64_t n = 0;
  return self->push_failures < PATIENCE && rai_outbox_count_tried (self->files->outbox, &n, NULL) &&
         n > 0;
}

static bool
take_page (RaiSyncWorker *self, GBytes *body, bool *changed, GError **error) {
  g_autoptr (GBytes) page = rai_sync_unpack (body, error);
  g_auto (RaiSyncHead) head = { 0 };

  bool differs;
  if (page == NULL || !rai_sync_read_head (page, &head, error) ||
      !rai_sync_store_meet_server (self->files, head.server, head.epoch, error) ||
      !rai_sync_store_meet_identity (self->files, g_steal_pointer (&head.identity), &differs,
                                     error))
    return false;

  self->greeted = true;
  if (head.snapshot != NULL) {
    self->files->want_snapshot = true;
    *changed = differs;
    return !differs || rai_sync_store_rebase (self->files, NULL, 0, true, error);
  }

  if (head.since != rai_replica_revision (self->files->replica)) {
    self->want_pull = true;
    return true;
  }

  if (head.revision == head.since)
    return true;
  if (has_doubts (self)) {
    self->files->want_push = self->want_pull = true;
    return true;
  }

  *changed = true;
  return rai_sync_store_rebase (self->files, page, head.revision, differs, error);
}

static void
pulled_cb (void *data, GBytes *body, const GError *error) {
  RaiSyncWorker *self = data;
  g_autoptr (GError) local = NULL;

  bool changed = false;
  self->busy = false;
  if (error != NULL) {
    self->want_pull = true;
    fail (self, error);
    return;
  }

  if (self->files->replica == NULL || self->files->outbox == NULL) {
    next (self);
    return;
  }

  if (!take_page (self, body, &changed, &local)) {
    self->want_pull = true;
    if (self->damages >= PATIENCE)
      self->files->want_snapshot = true;
    fail (self, local);
    return;
  }

  self->damages = 0;
  rai_sync_pace_succeed (self->pace);
  if (changed)
    report (self, true);
  next (self);
}

static void
pull (RaiSyncWorker *self) {
  const char *scope = rai_replica_get (self->files->replica, "scope"),
             *epoch = rai_replica_get (self->files->replica, "epoch");
  g_autofree char *path =
      g_strdup_printf ("/v1/sync/changes?since=%" G_GINT64_FORMAT "&scope=%s&epoch=%s",
                       rai_replica_revision (self->files->replica), scope != NULL ? scope : "",
                       epoch != NULL ? epoch : "");
  self->busy = true;
  self->want_pull = false;
  rai_sync_client_get (self->client, path, pulled_cb, self);
}

/* ---- Push ---- */

static bool
take_answers (RaiSyncWorker *self, GPtrArray *answers, bool *undo, GError **error) {
  int64_t now = now_by_server (self);
  for (unsigned i = 0; i < answers->len; i++) {
    RaiSyncAnswer *answer = answers->pdata[i];
    if (!rai_outbox_answer (self->files->outbox, answer->id, &answer->answer, now, error))
      return false;
    if (answer->answer.status == RAI_ANSWER_APPLIED)
      self->want_pull = true;
    if (answer->answer.status != RAI_ANSWER_APPLIED ||
        (self->files->replica != NULL &&
         answer->answer.rev <= rai_replica_revision (self->files->replica)))
      *undo = true;
  }

  if (answers->len >= self->pushed->len)
    return true;
  g_set_error (error, RAI_SYNC_ERROR, RAI_SYNC_ERROR_DAMAGED,
               "The server did not answer every command");

  return false;
}

/* One of them makes the server refuse all: alone it shows which. */
static GPtrArray *
answers_for_refusal (RaiSyncWorker *self, const GError *error) {
  if (self->batch > 1 && self->pushed->len > 1) {
    self->batch = 1;
    return NULL;
  }

  RaiCommandCall *call = self->pushed->pdata[0];
  g_autoptr (GString) text = g_string_new ("[");
  rai_sync_append_refusal (text, call->id, error->message);
  g_string_append_c (text, ']');

  return rai_sync_parse_answers (text->str, text->len, NULL);
}

static void
pushed_cb (void *data, GBytes *body, const GError *error) {
  RaiSyncWorker *self = data;
  g_autoptr (GError) local = NULL;
  g_autoptr (GPtrArray) answers = NULL;

  bool undo = false;
  self->busy = false;
  if (error != NULL && error->code != RAI_SYNC_ERROR_REFUSED) {
    self->push_failures++;
    fail (self, error);
    return;
  }

  if (self->files->outbox == NULL)
    return;
  if (error != NULL) {
    answers = answers_for_refusal (self, error);
  } else {
    size_t size;
    const char *text = g_bytes_get_data (body, &size);
    answers = rai_sync_parse_answers (text, size, &local);
  }

  if ((answers != NULL && !take_answers (self, answers, &undo, &local)) ||
      (local == NULL && undo && self->files->replica != NULL &&
       !rai_sync_store_rebase (self->files, NULL, 0, false, &local)) ||
      local != NULL) {
    self->push_failures++;
    fail (self, local);
    return;
  }

  self->push_failures = 0;
  rai_sync_pace_succeed (self->pace);
  report (self, undo);
  next (self);
}

static void
push (RaiSyncWorker *self) {
  g_autoptr (GError) error = NULL;
  g_clear_pointer (&self->pushed, g_ptr_array_unref);
  if (rai_outbox_correct_times (self->files->outbox, rai_sync_client_skew (self->client), &error))
    self->pushed = rai_outbox_next (self->files->outbox, self->batch, &error);

  if (self->pushed == NULL) {
    fail (self, error);
    return;
  }

  if (self->pushed->len == 0) {
    self->files->want_push = false;
    self->batch = BATCH;
    next (self);
    return;
  }

  g_autofree char *json =
      rai_sync_write_calls ((RaiCommandCall *const *) self->pushed->pdata, self->pushed->len);
  self->busy = true;
  rai_sync_client_post (self->client, "/v1/commands", json, pushed_cb, self);
}

/* ---- What comes next ---- */

static void
live_cb (void *data, int64_t revision) {
  RaiSyncWorker *self = data;
  if (self->files->replica == NULL || revision <= rai_replica_revision (self->files->replica))
    return;
  self->want_pull = true;
  next (self);
}

/* Being in step once more is only news when people see it: another minute, or a clock that was
 * set. */
static void
tell_time (RaiSyncWorker *self) {
  if (self->last_sync / 60000 != self->told_sync / 60000 ||
      ABS (rai_sync_client_skew (self->client) - self->told_skew) > 10000)
    report (self, false);
}

static void
settle (RaiSyncWorker *self) {
  self->last_sync = rai_now_ms ();
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, self->last_sync);
  note (self, "last-sync", text);
  set_state (self, RAI_SYNC_ONLINE, NULL);
  tell_time (self);
  rai_sync_client_watch (self->client, live_cb, self);
  rai_sync_pace_wait (self->pace, rai_sync_client_is_live (self->client));
}

static void
due_cb (void *data) {
  RaiSyncWorker *self = data;
  self->want_pull = true;
  next (self);
}

static void
next (RaiSyncWorker *self) {
  g_autoptr (GError) error = NULL;
  if (!self->running || self->busy || rai_sync_pace_is_pausing (self->pace) ||
      self->state == RAI_SYNC_SIGNED_OUT || self->state == RAI_SYNC_DISABLED)
    return;

  if ((self->files->outbox == NULL || self->files->replica == NULL) &&
      !rai_sync_store_open (self->files, &error)) {
    fail (self, error);
    return;
  }

  if (rai_sync_pace_is_pausing (self->pace))
    return;
  if (self->files->want_snapshot || self->files->replica == NULL)
    fetch_snapshot (self);
  else if (!self->greeted)
    pull (self);
  else if (self->files->want_push && (self->push_failures < PATIENCE || !self->want_pull))
    push (self);
  else if (self->want_pull)
    pull (self);
  else
    settle (self);
}

/* ---- Asked for from outside ---- */

void
rai_sync_worker_start (RaiSyncWorker *self) {
  g_autoptr (GError) error = NULL;
  rai_sync_pace_cancel (self->pace);
  self->running = true;
  self->greeted = false;
  self->want_pull = self->files->want_push = true;
  self->state = RAI_SYNC_BUSY;
  g_clear_pointer (&self->message, g_free);

  if (!rai_sync_store_open (self->files, &error)) {
    fail (self, error);
    return;
  }

  g_autofree char *last_sync = rai_outbox_get_note (self->files->outbox, "last-sync");
  self->last_sync = last_sync != NULL ? g_ascii_strtoll (last_sync, NULL, 10) : 0;
  report (self, true);
  next (self);
}

void
rai_sync_worker_wake (RaiSyncWorker *self) {
  if (!self->running)
    return;
  rai_sync_pace_cancel (self->pace);
  rai_sync_pace_succeed (self->pace);
  self->want_pull = self->files->want_push = true;
  next (self);
}

static void
signed_in_cb (void *data, GBytes *identity, const GError *error) {
  RaiSyncWorker *self = data;
  g_autoptr (GError) local = NULL;

  RaiSyncSignedIn done = g_steal_pointer (&self->signed_in);
  RaiIdentity *parsed = NULL;
  if (identity != NULL) {
    size_t size;
    const char *text = g_bytes_get_data (identity, &size);
    g_autofree char *json = g_strndup (text, size);
    parsed = rai_sync_parse_identity (json, &local);
  }

  bool differs;
  if (parsed != NULL &&
      rai_sync_store_meet_identity (self->files, g_steal_pointer (&parsed), &differs, &local)) {
    self->busy = false;
    rai_sync_worker_start (self);
    done (self->signed_in_data, NULL);
    return;
  }

  done (self->signed_in_data, error != NULL ? g_error_copy (error) : g_steal_pointer (&local));
}

void
rai_sync_worker_sign_in (RaiSyncWorker *self, const char *password, const char *new_password,
                         RaiSyncSignedIn done, void *data) {
  if (self->signed_in != NULL) {
    done (data, g_error_new (G_IO_ERROR, G_IO_ERROR_PENDING, "Signing in is under way"));
    return;
  }

  if (g_mkdir_with_parents (self->files->folder, 0700) != 0) {
    done (data, g_error_new (RAI_SYNC_ERROR, RAI_SYNC_ERROR_STORAGE, "Cannot make the folder %s",
                             self->files->folder));
    return;
  }

  self->signed_in = done;
  self->signed_in_data = data;
  rai_sync_client_sign_in (self->client, password, new_password, signed_in_cb, self);
}

void
rai_sync_worker_sign_out (RaiSyncWorker *self, bool forget) {
  unsigned waiting = 0, attention = 0;
  rai_sync_pace_cancel (self->pace);
  rai_sync_client_sign_out (self->client);
  if (self->files->outbox != NULL)
    rai_outbox_count (self->files->outbox, &waiting, &attention, NULL);
  if (forget)
    rai_sync_store_drop_replica (self->files);

  g_autofree char *message = waiting + attention > 0
                                 ? g_strdup_printf ("Signed out. %u changes that were not sent "
                                                    "stay on this computer, and are sent when you "
                                                    "sign in again",
                                                    waiting + attention)
                                 : g_strdup ("Signed out");

  set_state (self, RAI_SYNC_SIGNED_OUT, message);
}

static RaiCommandCall *
new_call (RaiSyncWorker *self, const char *name, const char *arguments) {
  char id[RAI_UUID_SIZE];
  self->files->clock_known = rai_sync_client_knows_clock (self->client);
  return rai_command_call_new (rai_uuid_new (id), name,
                               arguments != NULL && *arguments ? arguments : "{}",
                               now_by_server (self), g_get_host_name ());
}

/* ---- Commands that only the server runs, answered over the wire ---- */

typedef struct {
  RaiSyncWorker *self;
  RaiSyncSubmitted done;
  void *data;
} Direct;

static void
direct_cb (void *data, RaiAnswer *answer, GError *error) {
  g_autofree Direct *direct = data;
  RaiSyncWorker *self = direct->self;
  bool answered = answer != NULL;

  direct->done (direct->data, answer, error);
  if (!answered)
    return;
  self->want_pull = true;
  next (self);
}

static void
send_directly (RaiSyncWorker *self, const RaiCommandCall *call, RaiSyncSubmitted done, void *data) {
  Direct *direct = g_new0 (Direct, 1);
  *direct = (Direct){ self, done, data };
  rai_sync_direct_run (self->direct, call, direct_cb, direct);
}

void
rai_sync_worker_submit (RaiSyncWorker *self, const char *name, const char *arguments,
                        RaiSyncSubmitted done, void *data) {
  g_autoptr (GError) error = NULL;
  const RaiCommand *command = rai_command_find (name);
  g_autoptr (RaiCommandCall) call = new_call (self, name, arguments);

  if (command != NULL && command->server_only) {
    send_directly (self, call, done, data);
    return;
  }

  RaiAnswer *answer = rai_sync_store_run (self->files, call, &error);
  bool applied = answer != NULL && answer->status == RAI_ANSWER_APPLIED;

  /* The callback finds the new state reported. */
  if (applied) {
    self->files->want_push = true;
    report (self, true);
  }

  if (g_error_matches (error, RAI_DB_ERROR, RAI_DB_ERROR_FULL)) {
    g_clear_error (&error);
    g_set_error (&error, RAI_SYNC_ERROR, RAI_SYNC_ERROR_STORAGE,
                 "Not saved: this computer's disk is full. Free some space and do it again");
  }

  done (data, answer, g_steal_pointer (&error));
  next (self);
}

void
rai_sync_worker_discard (RaiSyncWorker *self, const char *id) {
  g_autoptr (GError) error = NULL;
  if (self->files->outbox == NULL || !rai_outbox_discard (self->files->outbox, id, &error) ||
      (self->files->replica != NULL &&
       !rai_sync_store_rebase (self->files, NULL, 0, false, &error))) {
    if (error != NULL)
      fail (self, error);
    return;
  }
  report (self, true);
}

void
rai_sync_worker_retry (RaiSyncWorker *self, const char *id, const char *arguments) {
  g_autoptr (GError) error = NULL;
  g_autoptr (RaiCommandCall) old =
      self->files->outbox != NULL ? rai_outbox_get (self->files->outbox, id, &error) : NULL;
  if (old == NULL)
    return;

  g_autoptr (RaiCommandCall) call =
      new_call (self, old->name, arguments != NULL ? arguments : old->arguments);
  g_autoptr (RaiAnswer) answer = rai_sync_store_run (self->files, call, &error);

  if (answer != NULL && answer->status == RAI_ANSWER_APPLIED) {
    self->files->want_push = true;
    rai_outbox_discard (self->files->outbox, id, &error);
  } else if (answer != NULL) {
    rai_outbox_answer (self->files->outbox, id, answer, now_by_server (self), &error);
  }

  if (error != NULL)
    fail (self, error);
  report (self, true);
  next (self);
}

/* ---- Work in a file ---- */

void
rai_sync_worker_save_work (RaiSyncWorker *self, const char *path, RaiSyncCounted done, void *data) {
  g_autoptr (GError) error = NULL;
  g_autoptr (RaiSavedWork) work = rai_sync_store_save_work (self->files, &error);

  if (work != NULL && rai_saved_work_save (work, path, &error))
    done (data, (int) work->entries->len, NULL);
  else
    done (data, -1, g_steal_pointer (&error));
}

void
rai_sync_worker_take_in (RaiSyncWorker *self, const char *path, RaiSyncCounted done, void *data) {
  g_autoptr (GError) error = NULL;
  g_autoptr (RaiSavedWork) work = rai_saved_work_load (path, &error);
  unsigned added = 0;

  bool taken = work != NULL && rai_sync_store_take_in (self->files, work, &added, &error);
  if (added > 0) {
    self->files->want_push = true;
    report (self, true);
  }

  done (data, taken ? (int) added : -1, g_steal_pointer (&error));
  next (self);
}

void
rai_sync_worker_older_days (RaiSyncWorker *self, const RaiQuery *query, GHashTable *arguments,
                            RaiOlderDaysDone done, void *data) {
  bool online = self->state == RAI_SYNC_ONLINE || self->state == RAI_SYNC_BUSY;
  rai_older_days_ask (self->files, self->direct, online, query, arguments, done, data);
}

RaiSyncDirect *
rai_sync_worker_get_direct (RaiSyncWorker *self) {
  return self->direct;
}

void
rai_sync_worker_check_replica (RaiSyncWorker *self) {
  /* It stays until there is another: who is offline still reads the rest of it. */
  if (rai_sync_store_is_damaged (self->files))
    self->files->want_snapshot = true;
  else
    report (self, true);
  next (self);
}

/* ---- Life ---- */

void
rai_sync_worker_set_pace (RaiSyncWorker *self, unsigned poll, unsigned longest) {
  rai_sync_pace_set (self->pace, poll, longest);
}

RaiSyncWorker *
rai_sync_worker_new (const char *folder, const char *server, const char *login,
                     const RaiTokenStore *store, RaiSyncReported reported, void *data) {
  RaiSyncWorker *self = g_new0 (RaiSyncWorker, 1);
  self->files = rai_sync_store_new (folder, server, login);
  self->tokens = *store;
  self->reported = reported;
  self->reported_data = data;
  self->client = rai_sync_client_new (server, login, g_get_host_name (), store);
  self->batch = BATCH;
  self->pace = rai_sync_pace_new (due_cb, self);
  self->direct = rai_sync_direct_new (self->client);

  return self;
}

static GError *
cancelled (void) {
  return g_error_new (G_IO_ERROR, G_IO_ERROR_CANCELLED, "The program is ending");
}

void
rai_sync_worker_free (RaiSyncWorker *self) {
  if (self == NULL)
    return;
  self->running = false;
  rai_sync_pace_cancel (self->pace);
  rai_sync_client_free (self->client);
  rai_sync_direct_free (self->direct);
  rai_sync_pace_free (self->pace);
  if (self->signed_in != NULL)
    self->signed_in (self->signed_in_data, cancelled ());

  g_clear_pointer (&self->pushed, g_ptr_array_unref);
  rai_sync_store_free (self->files);
  g_free (self->message);
  g_free (self);
}
