/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "db/rai-db.h"

/* Told after each check: what it looked at, and how much it found. */
typedef void (*RaiVerifyTell) (const char *title, size_t n_findings, void *data);

/* Checks that what is kept twice agrees: roll-ups with receipt lines and totals, stock with its
 * ledger and windows, orders with their lines, one open alert a cause, and revisions with the feed.
 * Reads only, in one snapshot; scans everything, so it takes a while on a large database.
 *
 * Returns the findings in words, each with what, where and by how much; an empty array when all is
 * well. NULL + error when the database could not be read. tell may be NULL. */
GPtrArray *rai_verify_run (RaiDb *db, RaiVerifyTell tell, void *data, GError **error);
