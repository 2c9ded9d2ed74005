/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "db/rai-db.h"

/* Immutable numbered files (src/db/sql/NNNN-what.sql, compiled in), each with a SHA-256 kept in
 * table `migration`. */

/* Brings the schema up to this program's version, each step in a transaction of its own. Fails with
 * RAI_DB_ERROR_SCHEMA when the database is newer, or when an applied migration's checksum differs
 * from ours. */
bool rai_migration_run (RaiDb *db, GError **error);
/* The whole schema within the caller's write transaction, where there is none yet. */
bool rai_migration_build (RaiDb *db, GError **error);
/* Fails unless the schema is exactly this program's. */
bool rai_migration_check (RaiDb *db, GError **error);
int rai_migration_latest (void);
