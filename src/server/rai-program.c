/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/rai-program.h"

#include <gio/gio.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>

/* Of what a program says: the beginning tells why. */
#define SAID 600

char *
rai_program_printable (const char *text, size_t size) {
  char *printable = g_utf8_make_valid (text, (gssize) size);
  for (char *at = printable; *at != '\0'; at++)
    if (g_ascii_iscntrl (*at) && *at != '\n')
      *at = *at == '\t' ? ' ' : '?';
  return printable;
}

/* In the child. */
static void
prepare_child (void *data) {
  prctl (PR_SET_PDEATHSIG, SIGTERM);
}

static bool
ended_well (GSubprocess *process, const char *name, GBytes *said, GError **error) {
  if (g_subprocess_get_successful (process))
    return true;

  size_t size = g_bytes_get_size (said);
  g_autofree char *text =
      size > 0 ? rai_program_printable (g_bytes_get_data (said, NULL), MIN (size, SAID)) : NULL;
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "%s failed: %s", name,
               text != NULL ? g_strstrip (text) : "it does not say why");
  return false;
}

bool
rai_program_run (const char *const *arguments, GError **error) {
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (
      G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_PIPE);
  g_subprocess_launcher_set_child_setup (launcher, prepare_child, NULL, NULL);

  g_autoptr (GSubprocess) process = g_subprocess_launcher_spawnv (launcher, arguments, error);
  g_autoptr (GBytes) said = NULL;

  return process != NULL && g_subprocess_communicate (process, NULL, NULL, NULL, &said, error) &&
         ended_well (process, arguments[0], said, error);
}
