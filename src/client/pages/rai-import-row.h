/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/model/rai-import-job.h"

#include <adwaita.h>

/* A file of the import dialog: its name, what it is, and how it stands with it. Signals: "changed"
 * () when any of that is different, "remove" (). */
#define RAI_TYPE_IMPORT_ROW (rai_import_row_get_type ())
G_DECLARE_FINAL_TYPE (RaiImportRow, rai_import_row, RAI, IMPORT_ROW, AdwActionRow)

RaiImportRow *rai_import_row_new (RaiImportDraft *draft, RaiImportJob *job);
RaiImportDraft *rai_import_row_get_draft (RaiImportRow *row);
RaiImportJob *rai_import_row_get_job (RaiImportRow *row);
/* Whether it can be taken out of the list. */
void rai_import_row_set_removable (RaiImportRow *row, bool removable);
