/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "import/rai-import-layout.h"

/* THE table of what can be imported: our own layout of each kind, and the presets. To add one,
 * add a row. */

/* Ends with a NULL kind. */
extern const RaiImportLayout rai_import_layouts[];
/* Sets an error that lists what there is. */
const RaiImportLayout *
rai_import_layout_find (const char *kind, const char *preset, GError **error);
/* The columns of a kind's own layout: its fields, and which are required. Ends with NULL names;
 * NULL when there is no such kind. */
const RaiImportColumn *rai_import_kind_columns (const char *kind);
/* "receipt": how a field is called in our own columns and by --map. */
const char *rai_import_field_name (RaiImportField field);
/* "Receipt number", ...: untranslated; the client passes it through gettext. */
const char *rai_import_field_title (RaiImportField field);
