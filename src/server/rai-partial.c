/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/rai-partial.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

static bool
fail (GError **error, const char *path) {
  int reason = errno;
  g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (reason), "cannot write %s: %s", path,
               g_strerror (reason));
  return false;
}

/* Whoever had the lock before may have given the file its name, or removed it, meanwhile. */
static bool
is_still_there (int fd, const char *partial) {
  struct stat ours, there;
  return fstat (fd, &ours) == 0 && stat (partial, &there) == 0 && ours.st_ino == there.st_ino &&
         ours.st_dev == there.st_dev;
}

static int
open_locked (const char *partial, GError **error) {
  int fd = open (partial, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (fd < 0) {
    fail (error, partial);
    return -1;
  }

  if (flock (fd, LOCK_EX | LOCK_NB) != 0 || !is_still_there (fd, partial)) {
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_BUSY,
                 "%s is being written by another program: wait until that has ended", partial);
    close (fd);
    return -1;
  }

  if (ftruncate (fd, 0) != 0 || fchmod (fd, 0600) != 0) {
    fail (error, partial);
    close (fd);
    return -1;
  }

  return fd;
}

RaiPartial *
rai_partial_open (const char *path, GError **error) {
  g_autofree char *partial = g_strconcat (path, ".partial", NULL);
  int fd = open_locked (partial, error);
  if (fd < 0)
    return NULL;

  RaiPartial *file = g_new0 (RaiPartial, 1);
  file->path = g_strdup (path);
  file->partial = g_steal_pointer (&partial);
  file->fd = fd;
  return file;
}

bool
rai_partial_keep (RaiPartial *file, GError **error) {
  int done = renameat2 (AT_FDCWD, file->partial, AT_FDCWD, file->path, RENAME_NOREPLACE);
  /* Not every file system knows how not to replace. */
  if (done != 0 && (errno == EINVAL || errno == ENOSYS)) {
    errno = EEXIST;
    done = g_file_test (file->path, G_FILE_TEST_EXISTS) ? -1 : g_rename (file->partial, file->path);
  }
  return done == 0 || fail (error, file->path);
}

void
rai_partial_free (RaiPartial *file) {
  if (file == NULL)
    return;
  if (is_still_there (file->fd, file->partial))
    g_unlink (file->partial);
  close (file->fd);
  g_free (file->path);
  g_free (file->partial);
  g_free (file);
}
