/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/model/rai-import-draft.h"

#include <gtk/gtk.h>

/* The first rows of a file as a table: above each column a drop-down that says what it holds, and
 * what cannot be read is marked. Rows come a few at a time, so that the window never waits. */
#define RAI_TYPE_IMPORT_TABLE (rai_import_table_get_type ())
G_DECLARE_FINAL_TYPE (RaiImportTable, rai_import_table, RAI, IMPORT_TABLE, GtkWidget)

/* More columns than these are not shown; they are read all the same. */
#define RAI_IMPORT_TABLE_COLUMNS 40

/* Takes a reference; NULL: none. Columns cannot be changed while it is locked. */
void rai_import_table_set_draft (RaiImportTable *table, RaiImportDraft *draft);
void rai_import_table_set_locked (RaiImportTable *table, bool locked);
