/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/rai-uploads.h"

#include "proto/rai-json.h"
#include "server/rai-body.h"
#include "server/rai-http-error.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <time.h>
#include <unistd.h>

/* Files of one account and of all, and the bytes that they say they will have. */
#define FILES_OF_ACCOUNT 20
#define FILES 200
#define BYTES_OF_ACCOUNT (4LL * 1024 * 1024 * 1024)
#define BYTES (16LL * 1024 * 1024 * 1024)
/* What stays free on the disk: the database lies there too, more often than not. */
#define RESERVE (256LL * 1024 * 1024)
/* After which nobody comes back for it. */
#define LIFE_SECONDS (24 * 60 * 60)
/* An about file of ours is far shorter. */
#define ABOUT_BYTES 4096

#define DATA ".data"
#define ABOUT ".about"
#define REJECTS ".rejects.csv"

struct _RaiUploads {
  GMutex lock; /* one begins at a time, so that the bounds hold */
  char *folder;
};

void
rai_upload_clear (RaiUpload *upload) {
  g_clear_pointer (&upload->name, g_free);
}

RaiUploads *
rai_uploads_new (const char *folder) {
  RaiUploads *uploads = g_new0 (RaiUploads, 1);

  g_mutex_init (&uploads->lock);
  uploads->folder = g_strdup (folder);
  return uploads;
}

void
rai_uploads_free (RaiUploads *uploads) {
  g_mutex_clear (&uploads->lock);
  g_free (uploads->folder);
  g_free (uploads);
}

static char *
path_of (RaiUploads *uploads, const char *id, const char *ending) {
  g_autofree char *name = g_strconcat (id, ending, NULL);

  return g_build_filename (uploads->folder, name, NULL);
}

char *
rai_uploads_data_path (RaiUploads *uploads, const char *id) {
  return path_of (uploads, id, DATA);
}

char *
rai_uploads_rejects_path (RaiUploads *uploads, const char *id) {
  return path_of (uploads, id, REJECTS);
}

/* ---- What is there ---- */

static bool
fail_disk (GError **error, const char *what) {
  int code = errno;

  if (code == ENOSPC || code == EDQUOT)
    g_set_error_literal (error, RAI_HTTP_ERROR, RAI_HTTP_ERROR_UNAVAILABLE,
                         "the server's disk has no room for the file");
  else
    g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (code), "%s: %s", what,
                 g_strerror (code));
  return false;
}

static bool
read_about (RaiUploads *uploads, const char *id, RaiUpload *upload) {
  g_autofree char *path = path_of (uploads, id, ABOUT);
  g_autofree char *text = NULL;
  GStatBuf status;
  size_t length;

  if (g_stat (path, &status) != 0 || status.st_size > ABOUT_BYTES ||
      !g_file_get_contents (path, &text, &length, NULL))
    return false;

  json_auto_t *about = rai_body_parse (text, length, NULL);
  const char *name = json_string_value (json_object_get (about, "name"));
  if (name == NULL)
    return false;

  g_strlcpy (upload->id, id, sizeof upload->id);
  upload->account_id = json_integer_value (json_object_get (about, "account_id"));
  upload->size = json_integer_value (json_object_get (about, "size"));
  upload->name = g_strdup (name);

  return true;
}

/* The id of a file of the folder, and its ending; NULL: it is none of ours. */
static const char *
split_name (const char *name, char id[RAI_UUID_SIZE]) {
  if (strlen (name) <= RAI_UUID_LENGTH)
    return NULL;
  g_strlcpy (id, name, RAI_UUID_SIZE);
  return rai_uuid_is_valid (id) ? name + RAI_UUID_LENGTH : NULL;
}

static bool
is_old (const char *path, int64_t now) {
  GStatBuf status;

  return g_stat (path, &status) == 0 && now - (int64_t) status.st_mtime > LIFE_SECONDS;
}

/* Times are the system's own, as those of the files are. */
void
rai_uploads_sweep (RaiUploads *uploads) {
  g_autoptr (GDir) dir = g_dir_open (uploads->folder, 0, NULL);
  int64_t now = g_get_real_time () / G_USEC_PER_SEC;
  char id[RAI_UUID_SIZE];

  for (const char *name; dir != NULL && (name = g_dir_read_name (dir)) != NULL;) {
    const char *ending = split_name (name, id);
    g_autofree char *path = g_build_filename (uploads->folder, name, NULL);
    if (ending == NULL || strcmp (ending, ABOUT) == 0 || !is_old (path, now))
      continue;
    g_autofree char *about = path_of (uploads, id, ABOUT);
    if (strcmp (ending, DATA) == 0)
      g_unlink (about);
    g_unlink (path);
  }
}

typedef struct {
  unsigned files, own_files;
  int64_t bytes, own_bytes; /* as they were announced */
  int64_t missing;          /* of these, not there yet */
} Held;

static Held
look_around (RaiUploads *uploads, int64_t account_id) {
  g_autoptr (GDir) dir = g_dir_open (uploads->folder, 0, NULL);
  Held held = { 0 };
  char id[RAI_UUID_SIZE];

  for (const char *name; dir != NULL && (name = g_dir_read_name (dir)) != NULL;) {
    const char *ending = split_name (name, id);
    g_auto (RaiUpload) upload = { 0 };
    GStatBuf status = { 0 };
    if (ending == NULL || strcmp (ending, ABOUT) != 0 || !read_about (uploads, id, &upload))
      continue;
    g_autofree char *data = path_of (uploads, id, DATA);
    g_stat (data, &status);
    held.files++;
    held.bytes += upload.size;
    held.missing += MAX (upload.size - (int64_t) status.st_size, 0);
    if (upload.account_id == account_id) {
      held.own_files++;
      held.own_bytes += upload.size;
    }
  }

  return held;
}

/* The rejected rows of a file may take as much as the file. */
static bool
has_room (RaiUploads *uploads, int64_t bytes, GError **error) {
  struct statvfs disk;

  if (statvfs (uploads->folder, &disk) != 0)
    return fail_disk (error, uploads->folder);

  uint64_t free_bytes = (uint64_t) disk.f_bavail * disk.f_frsize;
  if (free_bytes >= (uint64_t) bytes + RESERVE)
    return true;
  g_set_error_literal (error, RAI_HTTP_ERROR, RAI_HTTP_ERROR_UNAVAILABLE,
                       "the server's disk has no room for the file");
  return false;
}

static bool
check_bounds (RaiUploads *uploads, int64_t account_id, int64_t size, GError **error) {
  Held held = look_around (uploads, account_id);

  if (held.own_files >= FILES_OF_ACCOUNT || held.own_bytes + size > BYTES_OF_ACCOUNT)
    g_set_error (error, RAI_HTTP_ERROR, RAI_HTTP_ERROR_TOO_MANY,
                 "%u files of yours wait on the server already: bring them in or remove them",
                 held.own_files);
  else if (held.files >= FILES || held.bytes + size > BYTES)
    g_set_error_literal (error, RAI_HTTP_ERROR, RAI_HTTP_ERROR_TOO_MANY,
                         "too many files wait on the server to be brought in: try again later");
  else
    return has_room (uploads, held.missing + 2 * size, error);

  return false;
}

/* ---- Files ---- */

/* Only the last part, whoever sends folders along. */
static const char *
last_part (const char *name) {
  for (const char *at = name; *at != '\0'; at++)
    if (*at == '/' || *at == '\\')
      name = at + 1;
  return name;
}

static bool
write_new (const char *path, const char *text, GError **error) {
  int fd = g_open (path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
  size_t length = strlen (text);

  if (fd < 0)
    return fail_disk (error, path);

  bool written = write (fd, text, length) == (ssize_t) length;
  if (!written)
    fail_disk (error, path);
  close (fd);

  return written;
}

/* The data first: an about file never stands without. */
static bool
make_files (RaiUploads *uploads, const RaiUpload *upload, GError **error) {
  g_autofree char *data = path_of (uploads, upload->id, DATA);
  g_autofree char *about = path_of (uploads, upload->id, ABOUT);
  g_autoptr (GString) json = g_string_new ("{\"account_id\":");

  g_string_append_printf (json, "%" G_GINT64_FORMAT ",\"size\":%" G_GINT64_FORMAT ",\"name\":",
                          upload->account_id, upload->size);
  rai_json_append_string (json, upload->name);
  g_string_append_c (json, '}');

  if (write_new (data, "", error) && write_new (about, json->str, error))
    return true;
  g_unlink (data);
  g_unlink (about);

  return false;
}

bool
rai_uploads_begin (RaiUploads *uploads, int64_t account_id, const char *name, int64_t size,
                   RaiUpload *upload, GError **error) {
  if (size < 1 || *last_part (name) == '\0') {
    g_set_error_literal (error, RAI_HTTP_ERROR, RAI_HTTP_ERROR_MALFORMED,
                         "a file has a name and at least one byte");
    return false;
  }

  if (size > RAI_UPLOADS_MOST_BYTES) {
    g_set_error (error, RAI_HTTP_ERROR, RAI_HTTP_ERROR_TOO_LARGE, "a file may have %lld bytes",
                 RAI_UPLOADS_MOST_BYTES);
    return false;
  }

  if (g_mkdir_with_parents (uploads->folder, 0700) != 0)
    return fail_disk (error, uploads->folder);

  *upload = (RaiUpload){ .account_id = account_id, .size = size };
  rai_uuid_new (upload->id);
  upload->name = g_strdup (last_part (name));

  rai_uploads_sweep (uploads);
  g_mutex_lock (&uploads->lock);
  bool begun =
      check_bounds (uploads, account_id, size, error) && make_files (uploads, upload, error);
  g_mutex_unlock (&uploads->lock);

  return begun;
}

bool
rai_uploads_find (RaiUploads *uploads, int64_t account_id, const char *id, RaiUpload *upload,
                  GError **error) {
  GStatBuf status;

  *upload = (RaiUpload){ 0 };
  if (rai_uuid_is_valid (id) && read_about (uploads, id, upload) &&
      upload->account_id == account_id) {
    g_autofree char *data = path_of (uploads, id, DATA);
    if (g_stat (data, &status) == 0) {
      upload->offset = status.st_size;
      return true;
    }
  }

  rai_upload_clear (upload);
  g_set_error_literal (error, RAI_HTTP_ERROR, RAI_HTTP_ERROR_NOT_FOUND,
                       "there is no such upload: begin it again");
  return false;
}

static bool
write_piece (int fd, int64_t offset, GBytes *piece) {
  size_t size, done = 0;
  const char *bytes = g_bytes_get_data (piece, &size);

  while (done < size) {
    ssize_t n = pwrite (fd, bytes + done, size - done, (off_t) (offset + (int64_t) done));
    if (n < 0 && errno == EINTR)
      continue;
    if (n <= 0) {
      int code = errno;
      if (ftruncate (fd, (off_t) offset) != 0)
        g_debug ("a piece that was cut stays");
      errno = code;
      return false;
    }
    done += (size_t) n;
  }

  return true;
}

/* The file is locked: of two pieces that come at once one is written. */
static bool
append_locked (RaiUploads *uploads, int fd, int64_t offset, GBytes *piece, RaiUpload *upload,
               GError **error) {
  int64_t length = (int64_t) g_bytes_get_size (piece);
  struct stat status;

  if (fstat (fd, &status) != 0)
    return fail_disk (error, upload->id);
  upload->offset = status.st_size;

  if (offset != upload->offset) {
    g_set_error (error, RAI_HTTP_ERROR, RAI_HTTP_ERROR_CONFLICT,
                 "the upload goes on at byte %" G_GINT64_FORMAT, upload->offset);
    return false;
  }

  if (length > upload->size - offset) {
    g_set_error (error, RAI_HTTP_ERROR, RAI_HTTP_ERROR_TOO_LARGE,
                 "the file was to have %" G_GINT64_FORMAT " bytes, and this is more", upload->size);
    return false;
  }

  if (!has_room (uploads, length, error))
    return false;
  if (!write_piece (fd, offset, piece))
    return fail_disk (error, upload->id);
  upload->offset += length;

  return true;
}

bool
rai_uploads_append (RaiUploads *uploads, int64_t account_id, const char *id, int64_t offset,
                    GBytes *piece, RaiUpload *upload, GError **error) {
  if (!rai_uploads_find (uploads, account_id, id, upload, error))
    return false;

  g_autofree char *path = path_of (uploads, id, DATA);
  int fd = g_open (path, O_WRONLY | O_CLOEXEC | O_NOFOLLOW, 0);
  if (fd < 0)
    return fail_disk (error, id);

  bool done = false;
  if (flock (fd, LOCK_EX | LOCK_NB) == 0)
    done = append_locked (uploads, fd, offset, piece, upload, error);
  else
    g_set_error_literal (error, RAI_HTTP_ERROR, RAI_HTTP_ERROR_CONFLICT,
                         "another piece of this upload is being written");
  close (fd);

  return done;
}

bool
rai_uploads_remove (RaiUploads *uploads, int64_t account_id, const char *id, GError **error) {
  g_auto (RaiUpload) upload = { 0 };

  if (!rai_uploads_find (uploads, account_id, id, &upload, error))
    return false;

  g_autofree char *data = path_of (uploads, id, DATA);
  g_autofree char *about = path_of (uploads, id, ABOUT);
  g_unlink (about);
  g_unlink (data);

  return true;
}
