/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <stdbool.h>

/* "This computer": a backend of the client's own on loopback, with its database below the data
 * folder. It is found beside the program or in PATH, set up at the first start, and ends with the
 * client. Main thread. */
#define RAI_TYPE_LOCAL_SERVER (rai_local_server_get_type ())
G_DECLARE_FINAL_TYPE (RaiLocalServer, rai_local_server, RAI, LOCAL_SERVER, GObject)

RaiLocalServer *rai_local_server_new (const char *data_dir);
/* Its address at the last start, by which its account's folder is named; NULL before the first. */
char *rai_local_server_get_last_url (RaiLocalServer *local);

/* Called on the main thread with what is being done, in words. */
typedef void (*RaiLocalServerStep) (const char *text, void *data);
/* Sets up what is missing (with demonstration data, so that there is something to see) and
 * serves. */
void
rai_local_server_start_async (RaiLocalServer *local, RaiLocalServerStep step, void *step_data,
                              GCancellable *cancellable, GAsyncReadyCallback callback, void *data);
/* The address to sign in at; owned by the caller. */
char *rai_local_server_start_finish (RaiLocalServer *local, GAsyncResult *result, GError **error);
/* Whom to sign in as; the password is in the keyring. */
const char *rai_local_server_get_login (void);
/* Owned by the caller; NULL when the keyring does not give it. */
char *rai_local_server_get_password (void);
