/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/rai-identity.h"
#include "db/rai-db.h"
#include "db/rai-synced.h"

/* A page of changes, as it travels. One JSON object; whole numbers are numbers, blobs are base64:
 *   {"server":ID,"epoch":ID,"scope":HEX,"schema":N,"since":N,"revision":N,"time":MS,
 *    "identity":{...},
 *    "snapshot":"why"                        only when a snapshot is needed; then nothing follows
 *    "tombstones":[["table","key/key"],...],
 *    "tables":[{"name":"stock","columns":["site_id",...],"rows":N,
 *               "data":[[column's N values],...]},...]} */

/* Rows above which a snapshot is cheaper than a page. */
#define RAI_SYNC_PAGE_ROWS 100000

/* Appends the members "tombstones" and "tables" with all that the caller may see and that was
 * written after `since`. *rows counts what was appended; beyond RAI_SYNC_PAGE_ROWS it stops, and
 * the text is of no use. */
bool rai_sync_page_write (RaiDb *db, const RaiIdentity *caller, int64_t since, GString *json,
                          int64_t *rows, GError **error);
