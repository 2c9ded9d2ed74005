/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "db/rai-db.h"

/* Binds every parameter of a statement in one call. types has a letter for each: i int64_t, d
 * double, t text (NULL is null), n null (takes no argument). Arguments must have exactly those C
 * types. */
void rai_bind (RaiStatement *statement, const char *types, ...);
/* Prepares, binds and runs a statement that returns no rows. */
bool rai_bind_run (RaiDb *db, GError **error, const char *sql, const char *types, ...);
