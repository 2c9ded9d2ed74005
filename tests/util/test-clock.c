/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "util/rai-clock.h"

#include <glib.h>
#include <glib/gstdio.h>

/* 2026-11-23T02:30:00.250Z */
#define STOPPED INT64_C (1795401000250)

static void
test_stopped (void) {
  g_setenv ("RETAILAI_NOW", "2026-11-23T02:30:00.250Z", TRUE);
  g_assert_cmpint (rai_now_ms (), ==, STOPPED);
  g_assert_cmpint (rai_now_seconds (), ==, STOPPED / 1000);
  g_setenv ("RETAILAI_NOW", "2026-11-23T03:30:00.250+01:00", TRUE);
  g_assert_cmpint (rai_now_ms (), ==, STOPPED);

  g_setenv ("RETAILAI_NOW", "nonsense", TRUE);
  g_assert_cmpint (rai_now_ms (), >, INT64_C (1700000000000));
  g_unsetenv ("RETAILAI_NOW");
}

static void
set_file (const char *path, const char *text) {
  g_autoptr (GError) error = NULL;
  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
}

/* A running program sees the file change; what it cannot read leaves the clock where it stood. */
static void
test_file (void) {
  g_autofree char *directory = g_dir_make_tmp ("clock-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (directory, "now", NULL);
  g_autofree char *setting = g_strconcat ("@", path, NULL);

  set_file (path, "2026-11-23T02:30:00.250Z\n");
  g_setenv ("RETAILAI_NOW", setting, TRUE);
  g_assert_cmpint (rai_now_ms (), ==, STOPPED);
  set_file (path, "2026-11-24T02:30:00.250Z");
  g_assert_cmpint (rai_now_ms (), ==, STOPPED + 86400000);
  set_file (path, "");
  g_assert_cmpint (rai_now_ms (), ==, STOPPED + 86400000);
  g_assert_cmpint (g_unlink (path), ==, 0);
  g_assert_cmpint (rai_now_ms (), ==, STOPPED + 86400000);

  g_unsetenv ("RETAILAI_NOW");
  g_assert_cmpint (g_rmdir (directory), ==, 0);
}

static void
test_offset (void) {
  int64_t system = g_get_real_time () / 1000;
  g_setenv ("RETAILAI_CLOCK_OFFSET", "-7200", TRUE);
  g_assert_cmpint (rai_now_ms (), <, system - 7100000);
  g_unsetenv ("RETAILAI_CLOCK_OFFSET");
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/clock/stopped", test_stopped);
  g_test_add_func ("/clock/file", test_file);
  g_test_add_func ("/clock/offset", test_offset);

  return g_test_run ();
}
