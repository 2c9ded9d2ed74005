/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/model/rai-local-server.h"

#include "client/model/rai-token-store.h"
#include "sync/rai-sync-account.h"
#include "util/rai-progress.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <stdint.h>
#include <string.h>
#include <sys/random.h>

#define LOGIN "owner"
#define LISTENING "listening on "
#define ANY_PORT "127.0.0.1:0"
/* A backend that ends with a window that was closed just now has its address for a moment yet. */
#define ADDRESS_TRIES 8
#define ADDRESS_PAUSE_US (250 * G_TIME_SPAN_MILLISECOND)
/* Beside the database: the address of the last start; there once all is set up. */
#define ADDRESS "address"
/* What programs before this one set up: demonstration data, for a regional manager. */
#define OLD_DEMO "this-computer"

/* The folder of each, which is its name in the keyring, too: its address may change. No server's
 * folder can be called so: an @ in an address is escaped there (sync/rai-sync-account). */
static const char *const names[RAI_N_LOCALS] = {
  [RAI_LOCAL_SHOP] = "shop@this-computer",
  [RAI_LOCAL_DEMO] = "demo@this-computer",
};

struct _RaiLocalServer {
  GObject parent_instance;
  char *data_dir;
  GMutex lock;                          /* held by the thread that starts or removes one */
  GSubprocess *processes[RAI_N_LOCALS]; /* each ends when its standard input closes */
  char *urls[RAI_N_LOCALS];             /* of the processes */
};

/* One start, or removal. */
typedef struct {
  RaiLocalKind kind;
  char *owner, *name, *zone, *currency;
  unsigned open_weekdays;
  RaiLocalServerStep step;
  void *step_data;
  char *folder;
  char *db_url;
  double from, to; /* the shares of all work between which the step lies that runs */
  const char *text;
} Start;

typedef struct {
  GTask *task;
  const char *text;
  double share;
} Announcement;

G_DEFINE_FINAL_TYPE (RaiLocalServer, rai_local_server, G_TYPE_OBJECT)

static void
start_free (void *data) {
  Start *start = data;
  g_free (start->owner);
  g_free (start->name);
  g_free (start->zone);
  g_free (start->currency);
  g_free (start->folder);
  g_free (start->db_url);
  g_free (start);
}

/* ---- Where they are ---- */

static bool
is_ready (const char *folder) {
  g_autofree char *path = g_build_filename (folder, ADDRESS, NULL);
  return g_file_test (path, G_FILE_TEST_EXISTS);
}

/* The name of its folder; that of the demo that was there before. */
static const char *
name_of (const char *data_dir, RaiLocalKind kind) {
  g_autofree char *old = g_build_filename (data_dir, OLD_DEMO, NULL);
  return kind == RAI_LOCAL_DEMO && is_ready (old) ? OLD_DEMO : names[kind];
}

static char *
folder_of (const char *data_dir, RaiLocalKind kind) {
  return g_build_filename (data_dir, name_of (data_dir, kind), NULL);
}

static char *
read_address (const char *data_dir, RaiLocalKind kind) {
  g_autofree char *folder = folder_of (data_dir, kind);
  g_autofree char *path = g_build_filename (folder, ADDRESS, NULL);
  char *url = NULL;
  return g_file_get_contents (path, &url, NULL, NULL) ? g_strchomp (url) : NULL;
}

bool
rai_local_server_is_set_up (RaiLocalServer *self, RaiLocalKind kind) {
  g_autofree char *folder = folder_of (self->data_dir, kind);
  return is_ready (folder);
}

bool
rai_local_server_find (const char *data_dir, const char *url, RaiLocalKind *kind) {
  for (int i = 0; url != NULL && i < RAI_N_LOCALS; i++) {
    g_autofree char *own = read_address (data_dir, (RaiLocalKind) i);
    if (g_strcmp0 (own, url) == 0) {
      *kind = (RaiLocalKind) i;
      return true;
    }
  }
  return false;
}

const char *
rai_local_server_get_login (void) {
  return LOGIN;
}

char *
rai_local_server_get_password (RaiLocalServer *self, RaiLocalKind kind) {
  return rai_token_store_load ("password", name_of (self->data_dir, kind), LOGIN);
}

/* Beside the program, in the build tree's place, or in PATH. */
static char *
find_program (void) {
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = self != NULL ? g_path_get_dirname (self) : g_strdup (".");
  const char *const places[] = { "retailai-server", "../server/retailai-server" };

  for (size_t i = 0; i < G_N_ELEMENTS (places); i++) {
    g_autofree char *path = g_build_filename (folder, places[i], NULL);
    if (g_file_test (path, G_FILE_TEST_IS_EXECUTABLE))
      return g_steal_pointer (&path);
  }

  return g_find_program_in_path ("retailai-server");
}

/* ---- Telling ---- */

static gboolean
announce_cb (void *data) {
  g_autofree Announcement *announcement = data;
  Start *start = g_task_get_task_data (announcement->task);
  if (!g_cancellable_is_cancelled (g_task_get_cancellable (announcement->task)) &&
      !g_task_get_completed (announcement->task))
    start->step (announcement->text, announcement->share, start->step_data);
  g_object_unref (announcement->task);
  return G_SOURCE_REMOVE;
}

/* share: of the step that runs. */
static void
announce (GTask *task, double share) {
  Start *start = g_task_get_task_data (task);
  if (start->step == NULL)
    return;
  Announcement *announcement = g_new0 (Announcement, 1);
  announcement->task = g_object_ref (task);
  announcement->text = start->text;
  announcement->share = start->from + share * (start->to - start->from);
  g_idle_add (announce_cb, announcement);
}

static void
begin_step (GTask *task, const char *text, double to) {
  Start *start = g_task_get_task_data (task);
  start->text = text;
  start->from = start->to;
  start->to = to;
  announce (task, 0);
}

/* ---- Running the server's commands ---- */

/* A command has some bars, one after the other, nobody knows how many: each is half of what is
 * left. */
typedef struct {
  unsigned last; /* thousandths */
  double done;   /* of the bars before */
} Bars;

static double
advance (Bars *bars, const char *thousandths) {
  const unsigned now = (unsigned) MIN (g_ascii_strtoull (thousandths, NULL, 10), 1000);
  if (now < bars->last)
    bars->done += (1 - bars->done) / 2;
  bars->last = now;
  return bars->done + (1 - bars->done) / 2 * now / 1000;
}

/* Reads what the program says until it ends, and tells its progress; the last other line is why it
 * failed. */
static char *
follow (GTask *task, GSubprocess *process, GError **error) {
  g_autoptr (GDataInputStream) lines =
      g_data_input_stream_new (g_subprocess_get_stderr_pipe (process));
  g_autofree char *said = NULL;
  GError *failure = NULL;
  Bars bars = { 0 };
  for (;;) {
    g_autofree char *line =
        g_data_input_stream_read_line (lines, NULL, g_task_get_cancellable (task), &failure);
    if (line == NULL)
      break;
    if (g_str_has_prefix (line, RAI_PROGRESS_LINE)) {
      announce (task, advance (&bars, line + strlen (RAI_PROGRESS_LINE)));
    } else if (*g_strstrip (line) != '\0') {
      g_free (said);
      said = g_utf8_make_valid (line, -1);
    }
  }

  if (failure == NULL)
    return said != NULL ? g_steal_pointer (&said) : g_strdup ("");
  g_propagate_error (error, failure);
  return NULL;
}

/* Runs one command of the server to its end; input may be NULL. Cancelled, it ends at once. */
static bool
run (GTask *task, const char *program, const char *const *arguments, const char *input,
     GError **error) {
  Start *start = g_task_get_task_data (task);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_strv_builder_add_many (builder, program, "--db", start->db_url, "--quiet", NULL);
  for (; *arguments; arguments++)
    g_strv_builder_add (builder, *arguments);

  g_auto (GStrv) argv = g_strv_builder_end (builder);
  g_autoptr (GSubprocessLauncher) launcher =
      g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_SILENCE |
                                 G_SUBPROCESS_FLAGS_STDERR_PIPE);
  g_subprocess_launcher_setenv (launcher, RAI_PROGRESS_LINES, "1", TRUE);
  g_autoptr (GSubprocess) process =
      g_subprocess_launcher_spawnv (launcher, (const char *const *) argv, error);
  if (process == NULL)
    return false;

  GOutputStream *pipe = g_subprocess_get_stdin_pipe (process);
  if (input != NULL)
    g_output_stream_write_all (pipe, input, strlen (input), NULL, NULL, NULL);
  g_output_stream_close (pipe, NULL, NULL);

  g_autofree char *said = follow (task, process, error);
  if (said == NULL)
    g_subprocess_force_exit (process);
  g_subprocess_wait (process, NULL, NULL);
  if (said == NULL || g_subprocess_get_successful (process))
    return said != NULL;

  g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "%s",
               *said != '\0' ? said : _ ("The backend of this computer could not be set up."));
  return false;
}

/* 31 letters of 57: some 180 bits. NULL when the system has no randomness to give. */
static char *
new_password (void) {
  static const char letters[] = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789";
  uint8_t bytes[32];
  char password[sizeof bytes] = { 0 };
  if (getrandom (bytes, sizeof bytes, 0) != (ssize_t) sizeof bytes)
    return NULL;
  for (size_t i = 0; i + 1 < sizeof bytes; i++)
    password[i] = letters[bytes[i] % (sizeof letters - 1)];
  return g_strdup (password);
}

/* ---- Setting up ---- */

/* A folder and all that is in it, as far as it can be removed. Links are not followed. */
static void
remove_folder (const char *path) {
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;
  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL) {
    g_autofree char *child = g_build_filename (path, name, NULL);
    if (g_file_test (child, G_FILE_TEST_IS_DIR) && !g_file_test (child, G_FILE_TEST_IS_SYMLINK))
      remove_folder (child);
    else
      g_unlink (child);
  }
  g_rmdir (path);
}

/* An empty database with the shop in it. */
static bool
make_shop (GTask *task, const char *program, GError **error) {
  const Start *start = g_task_get_task_data (task);
  g_autoptr (GString) open = g_string_new (NULL);
  for (int i = 0; i < 7; i++)
    if (start->open_weekdays >> i & 1)
      g_string_append_printf (open, "%s%d", open->len > 0 ? "," : "", i + 1);

  g_return_val_if_fail (start->name != NULL, false);
  begin_step (task, _ ("Opening the shop"), 0.8);
  return run (task, program,
              (const char *const[]){ "site", "--zone", start->zone, "--currency", start->currency,
                                     "--open", open->str, "--", "add", start->name, NULL },
              NULL, error);
}

/* How long each takes of all, as measured: forecasts are nearly everything. */
static bool
make_demo (GTask *task, const char *program, GError **error) {
  begin_step (task, _ ("Making two years of sales to look at"), 0.08);
  if (!run (task, program, (const char *const[]){ "generate", "--size", "small", NULL }, NULL,
            error))
    return false;

  begin_step (task, _ ("Learning how the items sell"), 0.95);
  if (!run (task, program, (const char *const[]){ "forecast", NULL }, NULL, error))
    return false;

  begin_step (task, _ ("Working out what to order"), 0.98);
  return run (task, program, (const char *const[]){ "plan", NULL }, NULL, error);
}

static bool
set_up (RaiLocalServer *self, GTask *task, const char *program, GError **error) {
  Start *start = g_task_get_task_data (task);
  g_autofree char *password = new_password ();
  if (password == NULL) {
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED,
                 _ ("This computer gave no random numbers for a password."));
    return false;
  }

  const char *name = start->owner != NULL ? start->owner : g_get_real_name ();
  g_autofree char *owner = g_strconcat ("--owner=", name, NULL);
  g_autofree char *line = g_strconcat (password, "\n", NULL);
  begin_step (task, _ ("Making the database"), start->kind == RAI_LOCAL_DEMO ? 0.02 : 0.4);
  if (!run (task, program, (const char *const[]){ "init", owner, "--password-stdin", NULL }, line,
            error))
    return false;

  rai_token_store_save ("password", names[start->kind], LOGIN, password);
  return start->kind == RAI_LOCAL_DEMO ? make_demo (task, program, error)
                                       : make_shop (task, program, error);
}

/* ---- Serving ---- */

static void
end_process (RaiLocalServer *self, RaiLocalKind kind) {
  g_autoptr (GSubprocess) process = g_steal_pointer (&self->processes[kind]);
  g_clear_pointer (&self->urls[kind], g_free);
  if (process != NULL)
    g_output_stream_close (g_subprocess_get_stdin_pipe (process), NULL, NULL);
}

/* true: it runs, and at this address. */
static bool
serve (RaiLocalServer *self, const Start *start, const char *program, const char *listen,
       GError **error) {
  g_autoptr (GSubprocess) process =
      g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE |
                            G_SUBPROCESS_FLAGS_STDERR_SILENCE,
                        error, program, "--db", start->db_url, "serve", "--listen", listen,
                        "--exit-with-stdin", "--replan", "daily", NULL);
  if (process == NULL)
    return false;

  g_autoptr (GDataInputStream) output =
      g_data_input_stream_new (g_subprocess_get_stdout_pipe (process));
  g_autofree char *line = g_data_input_stream_read_line (output, NULL, NULL, error);
  if (line != NULL && g_str_has_prefix (line, LISTENING)) {
    end_process (self, start->kind);
    self->processes[start->kind] = g_steal_pointer (&process);
    self->urls[start->kind] = g_strdup (line + strlen (LISTENING));
    return true;
  }

  if (error != NULL && *error == NULL)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED,
                 _ ("The backend of this computer did not start."));
  return false;
}

/* The account's folder is named by the address: the one before is taken when it is free, and that
 * of the other backend never is. */
static bool
serve_somewhere (RaiLocalServer *self, const Start *start, const char *program, GError **error) {
  g_autofree char *last = read_address (self->data_dir, start->kind);
  const RaiLocalKind other_kind = start->kind == RAI_LOCAL_SHOP ? RAI_LOCAL_DEMO : RAI_LOCAL_SHOP;
  g_autofree char *other = read_address (self->data_dir, other_kind);
  const char *place = last != NULL ? strstr (last, "://") : NULL;
  for (int i = 0; place != NULL && i < ADDRESS_TRIES; i++) {
    if (serve (self, start, program, place + strlen ("://"), NULL))
      return true;
    g_usleep (ADDRESS_PAUSE_US);
  }

  do {
    if (!serve (self, start, program, ANY_PORT, error))
      return false;
  } while (g_strcmp0 (self->urls[start->kind], other) == 0);
  return true;
}

static bool
is_serving (RaiLocalServer *self, RaiLocalKind kind) {
  return self->processes[kind] != NULL &&
         g_subprocess_get_identifier (self->processes[kind]) != NULL;
}

static bool
start_it (RaiLocalServer *self, GTask *task, GError **error) {
  Start *start = g_task_get_task_data (task);
  if (is_serving (self, start->kind))
    return true;

  g_autofree char *program = find_program ();
  if (program == NULL) {
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                 _ ("The program retailai-server is not installed on this computer. Install it, or "
                    "sign in to a server."));
    return false;
  }

  const bool first = !is_ready (start->folder);
  if (first) /* what a first start left that was cut off would confuse this one */
    remove_folder (start->folder);
  if (g_mkdir_with_parents (start->folder, 0700) != 0) {
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, _ ("The folder “%s” cannot be made."),
                 start->folder);
    return false;
  }

  bool good = !first || set_up (self, task, program, error);
  begin_step (task, _ ("Starting"), 1);
  good = good && serve_somewhere (self, start, program, error);
  if (good) {
    g_autofree char *path = g_build_filename (start->folder, ADDRESS, NULL);
    good = g_file_set_contents (path, self->urls[start->kind], -1, error);
  }
  if (good && !(first && g_task_return_error_if_cancelled (task)))
    return true;

  end_process (self, start->kind);
  if (first) {
    remove_folder (start->folder);
    rai_token_store_save ("password", names[start->kind], LOGIN, NULL);
  }
  return false;
}

static void
start_thread (GTask *task, void *source, void *data, GCancellable *cancellable) {
  RaiLocalServer *self = source;
  const Start *start = data;
  GError *error = NULL;
  g_mutex_lock (&self->lock);
  const bool good = start_it (self, task, &error);
  char *url = good ? g_strdup (self->urls[start->kind]) : NULL;
  g_mutex_unlock (&self->lock);

  if (url != NULL)
    g_task_return_pointer (task, url, g_free);
  else if (error != NULL)
    g_task_return_error (task, error);
}

static Start *
start_new (RaiLocalServer *self, RaiLocalKind kind, const RaiLocalShop *shop) {
  Start *start = g_new0 (Start, 1);
  start->kind = kind;
  start->folder = folder_of (self->data_dir, kind);
  start->db_url = g_strdup_printf ("sqlite:%s/retailai.sqlite", start->folder);
  if (shop != NULL) {
    start->owner = g_strdup (shop->owner);
    start->name = g_strdup (shop->name);
    start->zone = g_strdup (shop->zone);
    start->currency = g_strdup (shop->currency);
    start->open_weekdays = shop->open_weekdays;
  }
  return start;
}

void
rai_local_server_start_async (RaiLocalServer *self, RaiLocalKind kind, const RaiLocalShop *shop,
                              RaiLocalServerStep step, void *step_data, GCancellable *cancellable,
                              GAsyncReadyCallback callback, void *data) {
  g_return_if_fail (RAI_IS_LOCAL_SERVER (self));
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, data);
  Start *start = start_new (self, kind, shop);
  start->step = step;
  start->step_data = step_data;
  g_task_set_task_data (task, start, start_free);
  g_task_run_in_thread (task, start_thread);
}

char *
rai_local_server_start_finish (RaiLocalServer *self, GAsyncResult *result, GError **error) {
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* ---- Removing ---- */

static void
remove_thread (GTask *task, void *source, void *data, GCancellable *cancellable) {
  RaiLocalServer *self = source;
  const Start *start = data;
  g_mutex_lock (&self->lock);
  g_autoptr (GSubprocess) process =
      self->processes[start->kind] != NULL ? g_object_ref (self->processes[start->kind]) : NULL;
  g_autofree char *url = read_address (self->data_dir, start->kind);
  end_process (self, start->kind);
  if (process != NULL)
    g_subprocess_wait (process, NULL, NULL);

  rai_token_store_save ("password", name_of (self->data_dir, start->kind), LOGIN, NULL);
  if (url != NULL) {
    g_autofree char *account = rai_sync_account_folder (self->data_dir, url, LOGIN);
    g_autofree char *server = g_path_get_dirname (account);
    remove_folder (account);
    g_rmdir (server);
  }
  remove_folder (start->folder);
  const bool gone = !g_file_test (start->folder, G_FILE_TEST_EXISTS);
  g_mutex_unlock (&self->lock);

  if (gone)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_FAILED,
                             _ ("The folder “%s” cannot be removed."), start->folder);
}

void
rai_local_server_remove_async (RaiLocalServer *self, RaiLocalKind kind,
                               GAsyncReadyCallback callback, void *data) {
  g_return_if_fail (RAI_IS_LOCAL_SERVER (self));
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, data);
  g_task_set_task_data (task, start_new (self, kind, NULL), start_free);
  g_task_run_in_thread (task, remove_thread);
}

bool
rai_local_server_remove_finish (RaiLocalServer *self, GAsyncResult *result, GError **error) {
  g_return_val_if_fail (g_task_is_valid (result, self), false);
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
rai_local_server_init (RaiLocalServer *self) {
  g_mutex_init (&self->lock);
}

static void
rai_local_server_finalize (GObject *object) {
  RaiLocalServer *self = RAI_LOCAL_SERVER (object);
  for (int i = 0; i < RAI_N_LOCALS; i++)
    end_process (self, (RaiLocalKind) i);
  g_mutex_clear (&self->lock);
  g_free (self->data_dir);
  G_OBJECT_CLASS (rai_local_server_parent_class)->finalize (object);
}

static void
rai_local_server_class_init (RaiLocalServerClass *klass) {
  G_OBJECT_CLASS (klass)->finalize = rai_local_server_finalize;
}

RaiLocalServer *
rai_local_server_new (const char *data_dir) {
  RaiLocalServer *self = g_object_new (RAI_TYPE_LOCAL_SERVER, NULL);
  self->data_dir = g_strdup (data_dir);
  return self;
}
