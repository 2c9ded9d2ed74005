/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "util/rai-uuid.h"

#include <gio/gio.h>
#include <stdbool.h>
#include <stdint.h>

/* Files that come in pieces, to be brought in by rai-imports.h. Each is two files of the folder,
 * for their owner only: ID.data, whose length is how much is there, and ID.about, which says whose
 * it is, its name and its size. So an upload goes on after either end was restarted. What nobody
 * touched for a day is removed. Safe from any thread; several processes may share the folder. */
typedef struct _RaiUploads RaiUploads;

/* Bytes of one file, and of one piece. */
#define RAI_UPLOADS_MOST_BYTES (2LL * 1024 * 1024 * 1024)
#define RAI_UPLOADS_PIECE (8 * 1024 * 1024)

typedef struct {
  char id[RAI_UUID_SIZE];
  int64_t account_id;
  char *name;     /* of the file, as its owner knows it: a label, never a path */
  int64_t size;   /* bytes of the whole */
  int64_t offset; /* bytes that are there */
} RaiUpload;
void rai_upload_clear (RaiUpload *upload);

/* The folder is made with the first upload. */
RaiUploads *rai_uploads_new (const char *folder);
void rai_uploads_free (RaiUploads *uploads);

/* RAI_HTTP_ERROR_TOO_LARGE, _TOO_MANY (the account's, or all places are taken), _UNAVAILABLE (the
 * disk has no room). */
bool rai_uploads_begin (RaiUploads *uploads, int64_t account_id, const char *name, int64_t size,
                        RaiUpload *upload, GError **error);
/* RAI_HTTP_ERROR_NOT_FOUND also for what belongs to somebody else. */
bool rai_uploads_find (RaiUploads *uploads, int64_t account_id, const char *id, RaiUpload *upload,
                       GError **error);
/* RAI_HTTP_ERROR_CONFLICT when the piece does not begin where the file ends: upload->offset says
 * where that is. A piece is written whole, or not at all. */
bool rai_uploads_append (RaiUploads *uploads, int64_t account_id, const char *id, int64_t offset,
                         GBytes *piece, RaiUpload *upload, GError **error);
bool rai_uploads_remove (RaiUploads *uploads, int64_t account_id, const char *id, GError **error);
/* Removes what is older than a day; begin does so too. */
void rai_uploads_sweep (RaiUploads *uploads);

/* Where the bytes of an upload lie, and where the rejected rows of an import may. id: a UUID. */
char *rai_uploads_data_path (RaiUploads *uploads, const char *id);
char *rai_uploads_rejects_path (RaiUploads *uploads, const char *id);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (RaiUpload, rai_upload_clear)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RaiUploads, rai_uploads_free)
