/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sync/rai-sync-secrets.h"
#include "sync/rai-sync-status.h"
#include "sync/rai-sync-wire.h"

#include <gio/gio.h>

/* The client's HTTP: one account's session with its server. Adds the access token, gets a new one
 * when the server asks for it (never by this computer's clock) and tries once more, translates
 * every failure into RAI_SYNC_ERROR. Lives on the thread, and in the thread-default context, that
 * made it; calls back there. */
typedef struct _RaiSyncClient RaiSyncClient;

/* body or error, never both; neither is the callee's. */
typedef void (*RaiSyncClientDone) (void *data, GBytes *body, const GError *error);

RaiSyncClient *rai_sync_client_new (const char *server, const char *login, const char *device,
                                    const RaiTokenStore *store);
/* Cancels what runs, without calling back, and waits for it to end. */
void rai_sync_client_free (RaiSyncClient *client);

/* body of the answer: the account's identity as JSON. */
void rai_sync_client_sign_in (RaiSyncClient *client, const char *password, const char *new_password,
                              RaiSyncClientDone done, void *data);
/* Tells the server, without waiting for it, and forgets the tokens. */
void rai_sync_client_sign_out (RaiSyncClient *client);
void
rai_sync_client_get (RaiSyncClient *client, const char *path, RaiSyncClientDone done, void *data);
/* Anything else. With bytes it is a piece of an upload, which begins at the offset; json and bytes
 * are not both given. Refusals are told in the server's words (rai_sync_problem_request). */
typedef struct {
  const char *method;
  const char *path;
  const char *json; /* NULL: none */
  GBytes *bytes;    /* NULL: none */
  int64_t offset;
} RaiSyncRequest;
void rai_sync_client_send (RaiSyncClient *client, const RaiSyncRequest *request,
                           RaiSyncClientDone done, void *data);
void rai_sync_client_post (RaiSyncClient *client, const char *path, const char *json,
                           RaiSyncClientDone done, void *data);

/* Fetches path into a file; goes on where an earlier download of the same ETag stopped. The body
 * given to done is the ETag. started is called when the ETag is known, with what to remember for
 * the next time; progress now and then. */
typedef struct {
  void (*started) (void *data, const char *etag);
  void (*progress) (void *data, int64_t bytes, int64_t total);
  RaiSyncClientDone done;
} RaiSyncDownload;
void rai_sync_client_download (RaiSyncClient *client, const char *path, const char *file,
                               const char *etag, const RaiSyncDownload *calls, void *data);

/* Opens the live channel unless it is open or being opened. */
typedef void (*RaiSyncClientLive) (void *data, int64_t revision);
void rai_sync_client_watch (RaiSyncClient *client, RaiSyncClientLive live, void *data);
bool rai_sync_client_is_live (RaiSyncClient *client);
/* ms that the server's clock is ahead of this computer's, as its last answer said. */
int64_t rai_sync_client_skew (RaiSyncClient *client);
/* It has answered since the program began. */
bool rai_sync_client_knows_clock (RaiSyncClient *client);
