/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "import/rai-import-layout.h"

/* Lines of a file's receipts, held until their receipt is whole: it is taken whole or left out
 * whole, in the order of its lines.
 *
 * Lines of one receipt need not stand together: tills that write into one file take turns. So many
 * rows are held that the receipts of a busy hour end before they are decided; the oldest is decided
 * first. A line that comes when its receipt was decided already goes the way of the others:
 *  - they were left out: so is it;
 *  - they are in, from this file: it is added to them. When it is wrong, it and what comes with it
 *    is left out, and they stay: a file whose receipts lie further apart than what is held is to be
 *    sorted by receipt;
 *  - they are in from before: it is compared, as all are. Nothing is ever in twice.
 * On the connection's thread, in the run's transaction. */

/* Rows that are held at most before the oldest receipt is decided: some megabytes. */
#define RAI_IMPORT_ROWS_HELD 20000

/* What became of one row, whose fields are import's again; REJECTED has its reason there. */
typedef bool (*RaiImportDone) (void *data, RaiRowResult result, uint64_t line, GError **error);

RaiImportReceipts *rai_import_receipts_new (RaiImport *import, RaiImportDone done, void *data);
void rai_import_receipts_free (RaiImportReceipts *self);

/* Takes the row that import has read: HELD, or REJECTED with its reason. */
bool rai_import_receipts_hold (RaiImportReceipts *self, RaiRowResult read, uint64_t line,
                               GError **error);
/* A line of the file cannot be read at all: it may be one of the receipt before it, or of that
 * behind it, and neither is known to be whole. */
void rai_import_receipts_break (RaiImportReceipts *self);
/* Decides the oldest receipt, there being one. */
bool rai_import_receipts_decide (RaiImportReceipts *self, GError **error);
/* Rows that wait for their receipt's end. */
unsigned rai_import_receipts_n_held (const RaiImportReceipts *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RaiImportReceipts, rai_import_receipts_free)
