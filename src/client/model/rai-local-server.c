/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/model/rai-local-server.h"

#include "client/model/rai-token-store.h"
#include "core/rai-role.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <stdint.h>
#include <string.h>
#include <sys/random.h>

#define LOGIN "owner"
#define PLACE "this-computer" /* the server's name in the keyring: its address may change */
#define LISTENING "listening on "

struct _RaiLocalServer {
  GObject parent_instance;
  char *folder;
  char *db_url;
  GSubprocess *process; /* ends when its standard input closes */
};

typedef struct {
  RaiLocalServerStep step;
  void *step_data;
  GCancellable *cancellable;
} Start;

typedef struct {
  Start *start;
  const char *text;
  GTask *task;
} Announcement;

G_DEFINE_FINAL_TYPE (RaiLocalServer, rai_local_server, G_TYPE_OBJECT)

const char *
rai_local_server_get_login (void) {
  return LOGIN;
}

char *
rai_local_server_get_password (void) {
  return rai_token_store_load ("password", PLACE, LOGIN);
}

static char *
path_of (RaiLocalServer *self, const char *name) {
  return g_build_filename (self->folder, name, NULL);
}

/* Set up before: a start needs no questions. */
static bool
is_set_up (RaiLocalServer *self) {
  g_autofree char *ready = path_of (self, "address");
  return g_file_test (ready, G_FILE_TEST_EXISTS);
}

char *
rai_local_server_get_last_url (RaiLocalServer *self) {
  g_autofree char *path = path_of (self, "address");
  char *url = NULL;
  return g_file_get_contents (path, &url, NULL, NULL) ? g_strchomp (url) : NULL;
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

static gboolean
announce_cb (void *data) {
  g_autofree Announcement *announcement = data;
  if (!g_cancellable_is_cancelled (announcement->start->cancellable))
    announcement->start->step (announcement->text, announcement->start->step_data);
  g_object_unref (announcement->task);
  return G_SOURCE_REMOVE;
}

static void
announce (GTask *task, const char *text) {
  Start *start = g_task_get_task_data (task);
  if (start->step == NULL)
    return;
  Announcement *announcement = g_new0 (Announcement, 1);
  announcement->start = start;
  announcement->text = text;
  announcement->task = g_object_ref (task);
  g_idle_add (announce_cb, announcement);
}

/* Runs one command of the server to its end. input may be NULL. Its standard error becomes the
 * error's message. */
static bool
run (RaiLocalServer *self, const char *program, const char *const *arguments, const char *input,
     GCancellable *cancellable, GError **error) {
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_strv_builder_add_many (builder, program, "--db", self->db_url, "--quiet", NULL);
  for (; *arguments; arguments++)
    g_strv_builder_add (builder, *arguments);

  g_auto (GStrv) argv = g_strv_builder_end (builder);
  g_autoptr (GSubprocess) process =
      g_subprocess_newv ((const char *const *) argv,
                         G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_SILENCE |
                             G_SUBPROCESS_FLAGS_STDERR_PIPE,
                         error);

  g_autofree char *said = NULL;
  if (process == NULL ||
      !g_subprocess_communicate_utf8 (process, input, cancellable, NULL, &said, error))
    return false;
  if (g_subprocess_get_successful (process))
    return true;

  g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "%s",
               said != NULL && *said ? g_strstrip (said)
                                     : _ ("The backend of this computer could not be set up."));

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

static bool
set_up (RaiLocalServer *self, GTask *task, const char *program, GError **error) {
  GCancellable *cancellable = g_task_get_cancellable (task);
  g_autofree char *password = new_password ();
  if (password == NULL) {
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED,
                 _ ("This computer gave no random numbers for a password."));
    return false;
  }

  g_autofree char *line = g_strconcat (password, "\n", NULL);
  announce (task, _ ("Making the database"));
  if (!run (self, program, (const char *const[]){ "init", NULL }, NULL, cancellable, error))
    return false;

  announce (task, _ ("Making two years of sales to look at"));
  if (!run (self, program, (const char *const[]){ "generate", "--size", "small", NULL }, NULL,
            cancellable, error) ||
      !run (self, program,
            (const char *const[]){ "user", "add", LOGIN, "--name", g_get_real_name (), "--role",
                                   rai_role_id (RAI_ROLE_REGIONAL_MANAGER), "--sites", "all",
                                   "--password-stdin", NULL },
            line, cancellable, error))
    return false;

  rai_token_store_save ("password", PLACE, LOGIN, password);
  announce (task, _ ("Learning how the items sell"));
  if (!run (self, program, (const char *const[]){ "forecast", NULL }, NULL, cancellable, error))
    return false;

  announce (task, _ ("Working out what to order"));
  return run (self, program, (const char *const[]){ "plan", NULL }, NULL, cancellable, error);
}

/* Serves at the same address as before when that is free: the account's folder is named by it. */
static char *
serve (RaiLocalServer *self, const char *program, const char *listen, GError **error) {
  g_autoptr (GSubprocess) process =
      g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE |
                            G_SUBPROCESS_FLAGS_STDERR_SILENCE,
                        error, program, "--db", self->db_url, "serve", "--listen", listen,
                        "--exit-with-stdin", "--replan", "daily", NULL);
  if (process == NULL)
    return NULL;

  g_autoptr (GDataInputStream) output =
      g_data_input_stream_new (g_subprocess_get_stdout_pipe (process));

  g_autofree char *line = g_data_input_stream_read_line (output, NULL, NULL, error);
  if (line != NULL && g_str_has_prefix (line, LISTENING)) {
    g_set_object (&self->process, process);
    return g_strdup (line + strlen (LISTENING));
  }

  if (error != NULL && *error == NULL)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED,
                 _ ("The backend of this computer did not start."));

  return NULL;
}

static char *
serve_again (RaiLocalServer *self, const char *program, GError **error) {
  g_autofree char *last = rai_local_server_get_last_url (self);
  const char *place = last != NULL ? strstr (last, "://") : NULL;
  char *url = place != NULL ? serve (self, program, place + strlen ("://"), NULL) : NULL;

  if (url == NULL)
    url = serve (self, program, "127.0.0.1:0", error);
  if (url == NULL)
    return NULL;

  g_autofree char *path = path_of (self, "address");
  if (!g_file_set_contents (path, url, -1, error))
    g_clear_pointer (&url, g_free);

  return url;
}

static void
remove_old (RaiLocalServer *self) {
  static const char *const names[] = { "retailai.sqlite", "retailai.sqlite-wal",
                                       "retailai.sqlite-shm" };
  for (size_t i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autofree char *path = path_of (self, names[i]);
    g_unlink (path);
  }
}

static void
start_thread (GTask *task, void *source, void *data, GCancellable *cancellable) {
  RaiLocalServer *self = source;
  GError *error = NULL;
  g_autofree char *program = find_program ();

  if (program == NULL) {
    g_task_return_new_error (
        task, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
        _ ("The program retailai-server is not installed on this computer. Install it, or sign in "
           "to a server."));
    return;
  }

  if (g_mkdir_with_parents (self->folder, 0700) != 0) {
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_FAILED,
                             _ ("The folder “%s” cannot be made."), self->folder);
    return;
  }

  if (!is_set_up (self)) {
    /* What an interrupted first start left would confuse the next one. */
    remove_old (self);
    if (!set_up (self, task, program, &error)) {
      g_task_return_error (task, error);
      return;
    }
  }

  announce (task, _ ("Starting"));
  char *url = serve_again (self, program, &error);
  if (url != NULL)
    g_task_return_pointer (task, url, g_free);
  else
    g_task_return_error (task, error);
}

void
rai_local_server_start_async (RaiLocalServer *self, RaiLocalServerStep step, void *step_data,
                              GCancellable *cancellable, GAsyncReadyCallback callback, void *data) {
  g_return_if_fail (RAI_IS_LOCAL_SERVER (self));
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, data);
  Start *start = g_new0 (Start, 1);
  start->step = step;
  start->step_data = step_data;
  start->cancellable = cancellable;
  g_task_set_task_data (task, start, g_free);
  g_task_run_in_thread (task, start_thread);
}

char *
rai_local_server_start_finish (RaiLocalServer *self, GAsyncResult *result, GError **error) {
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
rai_local_server_init (RaiLocalServer *self) {
}

static void
rai_local_server_finalize (GObject *object) {
  RaiLocalServer *self = RAI_LOCAL_SERVER (object);
  if (self->process != NULL) {
    g_output_stream_close (g_subprocess_get_stdin_pipe (self->process), NULL, NULL);
    g_object_unref (self->process);
  }
  g_free (self->folder);
  g_free (self->db_url);
  G_OBJECT_CLASS (rai_local_server_parent_class)->finalize (object);
}

static void
rai_local_server_class_init (RaiLocalServerClass *klass) {
  G_OBJECT_CLASS (klass)->finalize = rai_local_server_finalize;
}

RaiLocalServer *
rai_local_server_new (const char *data_dir) {
  RaiLocalServer *self = g_object_new (RAI_TYPE_LOCAL_SERVER, NULL);
  self->folder = g_build_filename (data_dir, "this-computer", NULL);
  self->db_url = g_strdup_printf ("sqlite:%s/retailai.sqlite", self->folder);
  return self;
}
