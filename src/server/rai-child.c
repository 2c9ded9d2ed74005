/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/rai-child.h"

#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>

#define NICE 10

/* In the child. It does not outlive the service. */
static void
prepare_child (void *data) {
  prctl (PR_SET_PDEATHSIG, SIGTERM);
  setpriority (PRIO_PROCESS, 0, NICE);
}

GSubprocess *
rai_child_start (const char *url, const char *const *arguments, GSubprocessFlags flags,
                 GError **error) {
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (flags);
  g_autoptr (GPtrArray) words = g_ptr_array_new ();

  g_ptr_array_add (words, (gpointer) "/proc/self/exe");
  for (int i = 0; arguments[i] != NULL; i++)
    g_ptr_array_add (words, (gpointer) arguments[i]);
  g_ptr_array_add (words, NULL);

  /* Not on the command line, where everybody may read it: it may hold a password. */
  g_subprocess_launcher_setenv (launcher, "RETAILAI_DB", url, TRUE);
  /* What people named in other letters is read on its command line. */
  if (!g_get_charset (NULL))
    g_subprocess_launcher_setenv (launcher, "LC_ALL", "C.UTF-8", TRUE);
  g_subprocess_launcher_set_child_setup (launcher, prepare_child, NULL, NULL);

  return g_subprocess_launcher_spawnv (launcher, (const char *const *) words->pdata, error);
}
