/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "import/rai-import-layout.h"

/* How a row of each layout is read and written: RaiImportRead. */
RaiRowResult rai_import_read_receipt (RaiImport *import, GError **error);
RaiRowResult rai_import_read_online_retail (RaiImport *import, GError **error);
RaiRowResult rai_import_read_sales (RaiImport *import, GError **error);
RaiRowResult rai_import_read_rossmann (RaiImport *import, GError **error);
RaiRowResult rai_import_read_walmart (RaiImport *import, GError **error);
RaiRowResult rai_import_read_item (RaiImport *import, GError **error);
RaiRowResult rai_import_read_supplier (RaiImport *import, GError **error);
RaiRowResult rai_import_read_stock (RaiImport *import, GError **error);
