/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "db/rai-db.h"

/* Derived rows that are gone, told to replicas: a row of `tombstone` for each. All within the
 * caller's write transaction. The texts are SQL of the planner's own, never data. */

/* Deletes the rows of `table` that meet `condition` (with ?1 ... ?n) and leaves a tombstone for
 * each. key: the key columns joined by '/', as an SQL expression; site: its site column or "0".
 * Returns how many in *n_gone when not
 * NULL. */
bool rai_tombstone_delete (RaiDb *db, const char *table, const char *key, const char *site,
                           const char *condition, const int64_t *arguments, int n_arguments,
                           int64_t *n_gone, GError **error);

/* Leaves a tombstone for one row, which the caller deletes. */
bool rai_tombstone_add (RaiDb *db, const char *table, const char *row_key, int64_t site_id,
                        GError **error);

/* Rows that came back: takes away the tombstones of the rows stamped with the current revision. */
bool rai_tombstone_forget (RaiDb *db, const char *table, const char *key, GError **error);
