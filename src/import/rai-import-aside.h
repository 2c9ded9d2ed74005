/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "db/rai-sales.h"

/* Receipts of a file whose time cannot be meant: gathered line by line, and set aside whole before
 * each commit, as sales.record does with one that a till sends. In the caller's write transaction;
 * belongs to the connection's thread. */
typedef struct _RaiImportAside RaiImportAside;

typedef enum {
  RAI_IMPORT_ASIDE_NOT,       /* to be recorded, at *sold_at */
  RAI_IMPORT_ASIDE_ADDED,     /* it waits for its time */
  RAI_IMPORT_ASIDE_UNCHANGED, /* it waited already */
  RAI_IMPORT_ASIDE_DIFFERENT, /* a receipt of that number waits already, with other lines */
  RAI_IMPORT_ASIDE_TOO_LONG,  /* its number or its list is longer than sales.record takes */
  RAI_IMPORT_ASIDE_FAILED,    /* the error is set */
} RaiImportAsideResult;

/* account_id: who brings the file in. now: ms UTC. */
RaiImportAside *rai_import_aside_new (RaiDb *db, int64_t account_id, int64_t now, GError **error);
void rai_import_aside_free (RaiImportAside *aside);

/* What becomes of one line. A receipt that is recorded already is never set aside, for its lines
 * are only compared; all lines of one that is set aside follow its first. */
RaiImportAsideResult
rai_import_aside_line (RaiImportAside *aside, RaiSales *sales, int64_t site_id, const char *receipt,
                       int64_t *sold_at, const RaiSalesLine *line, GError **error);
/* Writes what was gathered since the last flush. */
bool rai_import_aside_flush (RaiImportAside *aside, GError **error);
/* Receipts that were set aside, those that had waited already left out. */
unsigned rai_import_aside_n_receipts (const RaiImportAside *aside);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RaiImportAside, rai_import_aside_free)
