/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/rai-page.h"

#include <adwaita.h>

/* The import assistant: files are chosen or dropped, looked at and corrected, tried, and brought
 * in.
 *
 *   choose -> files <-> one file
 *   files: chosen -> being tried -> tried -> being brought in -> brought in
 *             ^          |            |             |
 *             '----------+------------+-------------'   (cancelled, or corrected)
 *
 * Files need the server: without it the dialog says so and does nothing else. */
#define RAI_TYPE_IMPORT_DIALOG (rai_import_dialog_get_type ())
G_DECLARE_FINAL_TYPE (RaiImportDialog, rai_import_dialog, RAI, IMPORT_DIALOG, AdwWindow)

/* What the account may do: files hold rows of any store. */
bool rai_import_dialog_is_allowed (RaiSession *session);
/* A page has nothing to show before files are brought in: says so, and offers that to whom may. */
void rai_import_dialog_show_empty (RaiPage *page, const char *icon, const char *title,
                                   const char *description);
RaiImportDialog *rai_import_dialog_new (GtkWindow *parent, RaiSession *session);
/* Adds a file; what is in the list already is not added again. */
void rai_import_dialog_add (RaiImportDialog *dialog, const char *path);
/* For those that files are dropped on: paths of a drop (GdkFileList). Owned by the caller. */
GStrv rai_import_dialog_paths (const GValue *value);
