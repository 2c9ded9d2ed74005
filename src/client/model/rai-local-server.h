/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <stdbool.h>

/* "This computer": backends of the client's own on loopback, one for a real shop and one for the
 * demo, each with a folder, a database, an address and a password of its own, so that nothing of
 * one is ever in the other. A backend is found beside the program or in PATH, set up at its first
 * start, forecasts and plans by itself, and ends with the client. Main thread. */
#define RAI_TYPE_LOCAL_SERVER (rai_local_server_get_type ())
G_DECLARE_FINAL_TYPE (RaiLocalServer, rai_local_server, RAI, LOCAL_SERVER, GObject)

/* The demo is also what programs before this one set up as "this computer". */
typedef enum { RAI_LOCAL_SHOP, RAI_LOCAL_DEMO, RAI_N_LOCALS } RaiLocalKind;

RaiLocalServer *rai_local_server_new (const char *data_dir);
/* Set up before: a start needs no questions. */
bool rai_local_server_is_set_up (RaiLocalServer *local, RaiLocalKind kind);
/* Which backend of the data folder last had this address, by which its account's folder is named;
 * false: neither. */
bool rai_local_server_find (const char *data_dir, const char *url, RaiLocalKind *kind);

/* What the first start of a shop asks. */
typedef struct {
  const char *owner; /* the person's name */
  const char *name;  /* of the shop */
  const char *zone;
  const char *currency;
  unsigned open_weekdays; /* bit 0 = Monday */
} RaiLocalShop;

/* Called on the main thread with what is being done, in words, and how far all is (0 to 1). */
typedef void (*RaiLocalServerStep) (const char *text, double share, void *data);
/* Sets up what is missing and serves. shop: what a shop that is not set up yet is like, copied;
 * NULL otherwise. Cancelled or failed, a first start leaves nothing behind. */
void
rai_local_server_start_async (RaiLocalServer *local, RaiLocalKind kind, const RaiLocalShop *shop,
                              RaiLocalServerStep step, void *step_data, GCancellable *cancellable,
                              GAsyncReadyCallback callback, void *data);
/* The address to sign in at; owned by the caller. */
char *rai_local_server_start_finish (RaiLocalServer *local, GAsyncResult *result, GError **error);
/* Whom to sign in as; the password is in the keyring. */
const char *rai_local_server_get_login (void);
/* Owned by the caller; NULL when the keyring does not give it. */
char *rai_local_server_get_password (RaiLocalServer *local, RaiLocalKind kind);

/* Ends the backend and removes all of it: database, password, and what this computer keeps of its
 * account, whose engine must have stopped. */
void rai_local_server_remove_async (RaiLocalServer *local, RaiLocalKind kind,
                                    GAsyncReadyCallback callback, void *data);
bool rai_local_server_remove_finish (RaiLocalServer *local, GAsyncResult *result, GError **error);
