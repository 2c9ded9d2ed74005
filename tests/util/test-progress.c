/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "util/rai-progress.h"

static void *
advance_many (void *data) {
  for (int i = 0; i < 1000; i++)
    rai_progress_advance (data, 1);
  return NULL;
}

static void
work (bool quiet) {
  rai_progress_set_quiet (quiet);
  RaiProgress *progress = rai_progress_new ("Counting", 0);
  rai_progress_set_total (progress, 4000);

  GThread *threads[4];
  for (int i = 0; i < 4; i++)
    threads[i] = g_thread_new ("advance", advance_many, progress);
  for (int i = 0; i < 4; i++)
    g_thread_join (threads[i]);

  rai_progress_free (progress);
}

static void
test_null (void) {
  rai_progress_set_total (NULL, 3);
  rai_progress_advance (NULL, 1);
  rai_progress_free (NULL);
}

static void
test_total (void) {
  if (g_test_subprocess ()) {
    work (false);
    return;
  }
  g_test_trap_subprocess (NULL, 0, 0);
  g_test_trap_assert_passed ();
  g_test_trap_assert_stderr ("*Counting*4000 in *s*");
}

static void
test_quiet (void) {
  if (g_test_subprocess ()) {
    work (true);
    return;
  }
  g_test_trap_subprocess (NULL, 0, 0);
  g_test_trap_assert_passed ();
  g_test_trap_assert_stderr_unmatched ("*Counting*");
}

/* For a program that shows it in its own way, quiet or not. */
static void
test_lines (void) {
  if (g_test_subprocess ()) {
    rai_progress_set_quiet (true);
    g_setenv (RAI_PROGRESS_LINES, "1", TRUE);
    RaiProgress *progress = rai_progress_new ("Counting", 4);
    g_usleep (G_USEC_PER_SEC / 3); /* it is told a few times a second */
    rai_progress_advance (progress, 1);
    rai_progress_free (progress);
    return;
  }
  g_test_trap_subprocess (NULL, 0, 0);
  g_test_trap_assert_passed ();
  g_test_trap_assert_stderr ("progress 250\n");
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/progress/null", test_null);
  g_test_add_func ("/progress/total", test_total);
  g_test_add_func ("/progress/quiet", test_quiet);
  g_test_add_func ("/progress/lines", test_lines);
  return g_test_run ();
}
