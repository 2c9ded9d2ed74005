/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "db/rai-aside.h"
#include "db/rai-sales.h"

/* Receipts of a file whose time or day cannot be meant: gathered line by line, and set aside
 * whole before each commit, as sales.record does with one that a till sends (which looks at its
 * amounts, too). In the caller's write transaction; belongs to the connection's thread. */
typedef struct _RaiImportAside RaiImportAside;

typedef enum {
  RAI_IMPORT_ASIDE_NOT,      /* to be recorded */
  RAI_IMPORT_ASIDE_ADDED,    /* it waits for its time */
  RAI_IMPORT_ASIDE_TOO_LONG, /* its number or its list is longer than sales.record takes */
  RAI_IMPORT_ASIDE_FAILED,   /* the error is set */
} RaiImportAsideResult;

/* account_id: who brings the file in. now: ms UTC. */
RaiImportAside *rai_import_aside_new (RaiDb *db, int64_t account_id, int64_t now, GError **error);
void rai_import_aside_free (RaiImportAside *aside);

/* What becomes of one line. reason: what rai_aside_judge and rai_aside_judge_day say of its
 * receipt, whose sold_at is as it was told. All lines of a receipt that is set aside follow its
 * first. */
RaiImportAsideResult
rai_import_aside_line (RaiImportAside *aside, const RaiReceipt *receipt, RaiAsideReason reason,
                       const RaiSalesLine *line, GError **error);
/* Writes what was gathered since the last flush, and lets go of what has got its time. */
bool rai_import_aside_flush (RaiImportAside *aside, GError **error);
/* Receipts that were set aside, those that had waited already left out. */
unsigned rai_import_aside_n_receipts (const RaiImportAside *aside);
/* Lines that were ADDED since this was last asked, and that the flush has found to have waited
 * already (or negative: to have not). */
int rai_import_aside_take_known (RaiImportAside *aside);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RaiImportAside, rai_import_aside_free)
