/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/rai-partial.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>

static char *
scratch (void) {
  g_autofree char *folder = g_dir_make_tmp ("retailai-partial-XXXXXX", NULL);
  return g_build_filename (folder, "file", NULL);
}

static void
remove_scratch (const char *path) {
  g_autofree char *folder = g_path_get_dirname (path);
  g_unlink (path);
  g_assert_cmpint (g_rmdir (folder), ==, 0); /* nothing else is left */
}

static void
write_text (const char *path, const char *text) {
  FILE *file = fopen (path, "w");
  g_assert_nonnull (file);
  fputs (text, file);
  fclose (file);
}

static void
check_text (const char *path, const char *wanted) {
  g_autofree char *text = NULL;
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, wanted);
}

static void
test_kept (void) {
  g_autofree char *path = scratch ();
  RaiPartial *file = rai_partial_open (path, NULL);

  g_assert_nonnull (file);
  write_text (file->partial, "whole");
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  g_assert_true (rai_partial_keep (file, NULL));
  rai_partial_free (file);
  check_text (path, "whole");
  remove_scratch (path);
}

static void
test_given_up (void) {
  g_autofree char *path = scratch ();
  RaiPartial *file = rai_partial_open (path, NULL);

  rai_partial_free (file);
  remove_scratch (path);
}

static void
test_never_replaces (void) {
  g_autofree char *path = scratch ();
  g_autoptr (GError) error = NULL;
  RaiPartial *file = rai_partial_open (path, NULL);

  write_text (path, "another's");
  g_assert_false (rai_partial_keep (file, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_EXIST);
  rai_partial_free (file);
  check_text (path, "another's");
  remove_scratch (path);
}

/* One at a time; what a killed one left is taken over, and emptied. */
static void
test_one_at_a_time (void) {
  g_autofree char *path = scratch (), *left = g_strconcat (path, ".partial", NULL);
  g_autoptr (GError) error = NULL;

  write_text (left, "left");
  RaiPartial *first = rai_partial_open (path, NULL);
  g_assert_nonnull (first);
  check_text (left, "");
  g_assert_null (rai_partial_open (path, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_BUSY);
  rai_partial_free (first);

  RaiPartial *second = rai_partial_open (path, NULL);
  g_assert_nonnull (second);
  rai_partial_free (second);
  remove_scratch (path);
}

static void
test_no_folder (void) {
  g_autoptr (GError) error = NULL;
  g_assert_null (rai_partial_open ("/nowhere/at/all", &error));
  g_assert_nonnull (strstr (error->message, "/nowhere/at/all"));
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/partial/kept", test_kept);
  g_test_add_func ("/partial/given-up", test_given_up);
  g_test_add_func ("/partial/never-replaces", test_never_replaces);
  g_test_add_func ("/partial/one-at-a-time", test_one_at_a_time);
  g_test_add_func ("/partial/no-folder", test_no_folder);
  return g_test_run ();
}
