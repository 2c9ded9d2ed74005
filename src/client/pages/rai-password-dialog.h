/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/model/rai-session.h"

#include <adwaita.h>

/* Asks whoever is signed in for the password that the server wants again, after a restore or
 * because it was changed. The account, what it shows and what waits to be sent stay as they are. */
#define RAI_TYPE_PASSWORD_DIALOG (rai_password_dialog_get_type ())
G_DECLARE_FINAL_TYPE (RaiPasswordDialog, rai_password_dialog, RAI, PASSWORD_DIALOG, AdwWindow)

/* The session has an engine. parent may be NULL. */
RaiPasswordDialog *rai_password_dialog_new (GtkWindow *parent, RaiSession *session);
