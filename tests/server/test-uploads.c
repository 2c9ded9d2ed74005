/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/rai-uploads.h"

#include "server/rai-http-error.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <utime.h>

#define ANNA 7
#define BEN 8

typedef struct {
  char *folder;
  RaiUploads *uploads;
} Fixture;

static void
fixture_open (Fixture *fixture, const void *data) {
  g_autofree char *base = g_dir_make_tmp ("rai-uploads-XXXXXX", NULL);

  fixture->folder = g_build_filename (base, "uploads", NULL);
  fixture->uploads = rai_uploads_new (fixture->folder);
}

static void
fixture_close (Fixture *fixture, const void *data) {
  g_autofree char *base = g_path_get_dirname (fixture->folder);
  g_autofree char *remove = g_strdup_printf ("rm -rf '%s'", base);

  g_spawn_command_line_sync (remove, NULL, NULL, NULL, NULL);
  rai_uploads_free (fixture->uploads);
  g_free (fixture->folder);
}

static char *
begin (Fixture *fixture, int64_t account_id, int64_t size) {
  g_auto (RaiUpload) upload = { 0 };
  g_autoptr (GError) error = NULL;

  rai_uploads_begin (fixture->uploads, account_id, "sales.csv", size, &upload, &error);
  g_assert_no_error (error);
  return g_strdup (upload.id);
}

/* Returns where the file goes on; code: of the error, -1 for none. */
static int64_t
append (Fixture *fixture, int64_t account_id, const char *id, int64_t offset, const char *text,
        int code) {
  g_auto (RaiUpload) upload = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) piece = g_bytes_new (text, strlen (text));
  bool done = rai_uploads_append (fixture->uploads, account_id, id, offset, piece, &upload, &error);

  if (code < 0)
    g_assert_no_error (error);
  else
    g_assert_error (error, RAI_HTTP_ERROR, code);
  g_assert_cmpint (done, ==, code < 0);

  return upload.offset;
}

static void
refuse_begin (Fixture *fixture, int64_t account_id, const char *name, int64_t size, int code) {
  g_auto (RaiUpload) upload = { 0 };
  g_autoptr (GError) error = NULL;

  g_assert_false (rai_uploads_begin (fixture->uploads, account_id, name, size, &upload, &error));
  g_assert_error (error, RAI_HTTP_ERROR, code);
}

static void
test_pieces (Fixture *fixture, const void *data) {
  g_autofree char *id = begin (fixture, ANNA, 10);
  g_autofree char *path = rai_uploads_data_path (fixture->uploads, id);
  g_autofree char *text = NULL;
  GStatBuf status;

  g_assert_cmpint (append (fixture, ANNA, id, 0, "abcd", -1), ==, 4);
  g_assert_cmpint (append (fixture, ANNA, id, 0, "abcd", RAI_HTTP_ERROR_CONFLICT), ==, 4);
  g_assert_cmpint (append (fixture, ANNA, id, 8, "ij", RAI_HTTP_ERROR_CONFLICT), ==, 4);
  g_assert_cmpint (append (fixture, ANNA, id, 4, "efghijkl", RAI_HTTP_ERROR_TOO_LARGE), ==, 4);
  g_assert_cmpint (append (fixture, ANNA, id, 4, "efghij", -1), ==, 10);
  g_assert_cmpint (append (fixture, ANNA, id, 10, "k", RAI_HTTP_ERROR_TOO_LARGE), ==, 10);

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "abcdefghij");
  g_assert_cmpint (g_stat (path, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0600);
}

/* After the program was started again. */
static void
test_again (Fixture *fixture, const void *data) {
  g_autofree char *id = begin (fixture, ANNA, 10);
  g_auto (RaiUpload) upload = { 0 };
  g_autoptr (GError) error = NULL;

  append (fixture, ANNA, id, 0, "abc", -1);
  rai_uploads_free (fixture->uploads);
  fixture->uploads = rai_uploads_new (fixture->folder);
  rai_uploads_find (fixture->uploads, ANNA, id, &upload, &error);
  g_assert_no_error (error);
  g_assert_cmpint (upload.offset, ==, 3);
  g_assert_cmpint (upload.size, ==, 10);
  g_assert_cmpstr (upload.name, ==, "sales.csv");
}

static void
test_owners (Fixture *fixture, const void *data) {
  static const char *const strange[] = { "", "..", "../../etc/passwd", "none",
                                         "00000000-0000-7000-8000-000000000000" };
  g_autofree char *id = begin (fixture, ANNA, 10);
  g_autofree char *upper = g_ascii_strup (id, -1);
  g_autoptr (GError) error = NULL;

  append (fixture, BEN, id, 0, "abc", RAI_HTTP_ERROR_NOT_FOUND);
  append (fixture, ANNA, upper, 0, "abc", RAI_HTTP_ERROR_NOT_FOUND);
  for (size_t i = 0; i < G_N_ELEMENTS (strange); i++)
    append (fixture, ANNA, strange[i], 0, "abc", RAI_HTTP_ERROR_NOT_FOUND);

  g_assert_false (rai_uploads_remove (fixture->uploads, BEN, id, &error));
  g_assert_error (error, RAI_HTTP_ERROR, RAI_HTTP_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_true (rai_uploads_remove (fixture->uploads, ANNA, id, &error));
  append (fixture, ANNA, id, 0, "abc", RAI_HTTP_ERROR_NOT_FOUND);
}

static void
test_names (Fixture *fixture, const void *data) {
  static const char *const names[][2] = {
    { "sales.csv", "sales.csv" },
    { "../../etc/passwd", "passwd" },
    { "C:\\shop\\\"sales\" {1}.csv", "\"sales\" {1}.csv" },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (names); i++) {
    g_auto (RaiUpload) upload = { 0 }, found = { 0 };
    g_autoptr (GError) error = NULL;
    rai_uploads_begin (fixture->uploads, ANNA, names[i][0], 5, &upload, &error);
    g_assert_no_error (error);
    rai_uploads_find (fixture->uploads, ANNA, upload.id, &found, &error);
    g_assert_no_error (error);
    g_assert_cmpstr (found.name, ==, names[i][1]);
  }

  refuse_begin (fixture, ANNA, "folder/", 5, RAI_HTTP_ERROR_MALFORMED);
}

static void
test_bounds (Fixture *fixture, const void *data) {
  refuse_begin (fixture, ANNA, "none.csv", 0, RAI_HTTP_ERROR_MALFORMED);
  refuse_begin (fixture, ANNA, "less.csv", -5, RAI_HTTP_ERROR_MALFORMED);
  refuse_begin (fixture, ANNA, "large.csv", RAI_UPLOADS_MOST_BYTES + 1, RAI_HTTP_ERROR_TOO_LARGE);
  refuse_begin (fixture, ANNA, "large.csv", G_MAXINT64, RAI_HTTP_ERROR_TOO_LARGE);

  for (int i = 0; i < 20; i++) {
    g_autofree char *id = begin (fixture, ANNA, 10);
    g_assert_nonnull (id);
  }

  refuse_begin (fixture, ANNA, "more.csv", 10, RAI_HTTP_ERROR_TOO_MANY);
  g_autofree char *other = begin (fixture, BEN, 10);
  g_assert_nonnull (other);
}

static void
make_old (Fixture *fixture, const char *path) {
  struct utimbuf times = { .actime = 1000000, .modtime = 1000000 };

  g_assert_cmpint (utime (path, &times), ==, 0);
}

/* What nobody touched for a day goes, and nothing else of the folder. */
static void
test_sweep (Fixture *fixture, const void *data) {
  g_autofree char *old = begin (fixture, ANNA, 10), *young = begin (fixture, ANNA, 10);
  g_autofree char *old_path = rai_uploads_data_path (fixture->uploads, old);
  g_autofree char *rejects = rai_uploads_rejects_path (fixture->uploads, young);
  g_autofree char *foreign = g_build_filename (fixture->folder, "letter.txt", NULL);

  g_assert_true (g_file_set_contents (rejects, "line", -1, NULL));
  g_assert_true (g_file_set_contents (foreign, "dear", -1, NULL));
  make_old (fixture, old_path);
  make_old (fixture, rejects);
  make_old (fixture, foreign);
  rai_uploads_sweep (fixture->uploads);

  append (fixture, ANNA, old, 0, "abc", RAI_HTTP_ERROR_NOT_FOUND);
  append (fixture, ANNA, young, 0, "abc", -1);
  g_assert_false (g_file_test (rejects, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (foreign, G_FILE_TEST_EXISTS));
}

static void
add (const char *path, void (*test) (Fixture *, const void *)) {
  g_test_add (path, Fixture, NULL, fixture_open, test, fixture_close);
}

int
main (int argc, char **argv) {
  g_test_init (&argc, &argv, NULL);
  add ("/uploads/pieces", test_pieces);
  add ("/uploads/again", test_again);
  add ("/uploads/owners", test_owners);
  add ("/uploads/names", test_names);
  add ("/uploads/bounds", test_bounds);
  add ("/uploads/sweep", test_sweep);
  return g_test_run ();
}
