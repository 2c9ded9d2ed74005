/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "db/rai-db.h"

/* THE writer of `tombstone`: rows of synced tables that are gone, told to replicas. Table names are
 * those of rai_synced_tables, which also say what a row's key and site are; conditions are SQL of
 * our own, never data. All within the caller's write transaction. */

/* Deletes the rows of `table` that meet `condition`, leaving a tombstone for each at this
 * transaction's revision; *n_gone, when not NULL, gets how many they were. No revision is taken
 * when there are none. types and what follows are the condition's parameters (see rai-db-run.h).
 *
 * A row may come back under the same key later: then its rev is higher than its tombstone's, and
 * whoever applies a tombstone must leave rows with a higher rev alone. */
bool rai_tombstone_delete (RaiDb *db, int64_t *n_gone, GError **error, const char *table,
                           const char *condition, const char *types, ...);

/* Rows that came back: takes away the tombstones of the table's rows that are stamped with this
 * transaction's revision. */
bool rai_tombstone_forget (RaiDb *db, const char *table, GError **error);
