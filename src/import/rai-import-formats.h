/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "import/rai-import-file.h"

/* How a file writes dates, numbers and money: decided once a file, from its first rows, and never
 * guessed for a single one. */

/* Fills the import's dates, decimal and period, and the file's currency and zone. What is
 * ambiguous, or cannot be read, is one of the file's faults. */
void rai_import_formats_decide (RaiImportFile *file, RaiImport *import);
