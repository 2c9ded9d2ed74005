/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

/* How sync stands: the words that all of the client's end of it speak. */

typedef enum {
  RAI_SYNC_STOPPED,
  RAI_SYNC_FIRST, /* fetching the first snapshot: nothing to show yet */
  RAI_SYNC_BUSY,
  RAI_SYNC_ONLINE, /* in step with the server */
  RAI_SYNC_OFFLINE,
  RAI_SYNC_SIGNED_OUT, /* sign in again; all is kept and can be used */
  RAI_SYNC_DISABLED,   /* the account is no longer allowed: the replica is gone */
  RAI_SYNC_FAILED,     /* this computer's problem, see message; it tries again */
} RaiSyncState;

typedef struct {
  RaiSyncState state;
  bool has_replica;    /* there is something to query */
  int64_t last_sync;   /* ms UTC, 0: never */
  int64_t revision;    /* that the replica holds */
  unsigned generation; /* a new one: the replica is another file, open it anew */
  unsigned waiting;    /* commands that the server has not answered yet */
  unsigned attention;  /* commands that it refused */
  int64_t skew;        /* ms by which this clock is behind the server's, when known */
  int64_t done, total; /* bytes of a running download; total 0: none */
  char *message;       /* what is wrong and what to do, or NULL */
} RaiSyncStatus;
RaiSyncStatus *rai_sync_status_copy (const RaiSyncStatus *status);
void rai_sync_status_free (RaiSyncStatus *status);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RaiSyncStatus, rai_sync_status_free)
