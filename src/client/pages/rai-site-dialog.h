/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/model/rai-session.h"

#include <adwaita.h>

/* A store as people set it: its name, opening days and hours, time zone, currency and exceptional
 * days; saved together (widgets/rai-dialog-save). Shows what the person may change. */
#define RAI_TYPE_SITE_DIALOG (rai_site_dialog_get_type ())
G_DECLARE_FINAL_TYPE (RaiSiteDialog, rai_site_dialog, RAI, SITE_DIALOG, AdwWindow)

/* parent may be NULL; site: a row of the query `sites`. */
RaiSiteDialog *rai_site_dialog_new (GtkWindow *parent, RaiSession *session, RaiRow *site);
