/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

/* The words that all of the client's end of sync speak: how it stands, and where the program that
 * it works for keeps secrets. */

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

/* Secrets of an account on a server, by kind: the token that keeps it signed in, and the proof that
 * this device signed in before, which stays after signing out: so that strangers who try passwords
 * cannot lock it out. */
#define RAI_SECRET_REFRESH_TOKEN "refresh-token"
#define RAI_SECRET_DEVICE_PROOF "device-proof"

/* Where they live (libsecret). Called on the engine's thread, may block. save with NULL forgets
 * one. */
typedef struct {
  char *(*load) (const char *kind, const char *server, const char *login, void *data);
  void (*save) (const char *kind, const char *server, const char *login, const char *secret,
                void *data);
  void *data;
} RaiTokenStore;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RaiSyncStatus, rai_sync_status_free)
