/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/model/rai-import-job.h"

#include <adwaita.h>

/* One file of the import dialog, looked at closely: what was recognised, each of it to be
 * corrected; its first rows; and which rows were left out, and why. */
#define RAI_TYPE_IMPORT_PREVIEW (rai_import_preview_get_type ())
G_DECLARE_FINAL_TYPE (RaiImportPreview, rai_import_preview, RAI, IMPORT_PREVIEW, AdwBin)

/* Takes references. locked: nothing can be corrected any more. */
void rai_import_preview_show (RaiImportPreview *preview, RaiImportDraft *draft, RaiImportJob *job,
                              bool locked);
