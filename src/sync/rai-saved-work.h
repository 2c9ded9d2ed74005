/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sync/rai-sync-wire.h"

/* Work that the server has not taken yet, as a file that a person can carry to another computer or
 * keep. Each command keeps its id, so that the file may be taken in anywhere, any number of times,
 * beside the outbox that it came from: the server applies it once. UTF-8 JSON:
 *
 *   {"format":"retailai-changes","version":1,"server":"https://...","database":UUID or null,
 *    "login":"anna","saved_at":MS,
 *    "changes":[{"id","name","summary","acted_at","device","arguments":{...}},...]} */
typedef struct {
  char *server;   /* URL; for people */
  char *database; /* the server's own id, NULL when it was not known */
  char *login;
  GPtrArray *entries; /* RaiSyncEntry, in the order in which they were done */
} RaiSavedWork;

char *rai_saved_work_write (const RaiSavedWork *work, int64_t now);
/* RAI_SYNC_ERROR_DAMAGED says what in the file is not as it should be. */
RaiSavedWork *rai_saved_work_read (const char *json, size_t length, GError **error);
void rai_saved_work_free (RaiSavedWork *work);

/* The same to and from a file; it is on the disk when save returns. */
bool rai_saved_work_save (const RaiSavedWork *work, const char *path, GError **error);
RaiSavedWork *rai_saved_work_load (const char *path, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RaiSavedWork, rai_saved_work_free)
