/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "db/rai-db.h"

#include <stdarg.h>

/* A statement in one call. `types` has a letter for each parameter ?1, ?2, ... in order:
 *   i int64_t, d double, t const char * (NULL is null), b const void * and size_t (NULL is null),
 *   I const int64_t * and D const double * (NULL is null), n null (takes no argument).
 * Arguments must have exactly those C types: (int64_t) count, INT64_C (0), never a bare 0.
 * All of them on the connection's thread. */

/* Runs a statement that returns no rows. */
bool rai_db_run (RaiDb *db, GError **error, const char *sql, const char *types, ...);

/* Reads at most one row. After the parameters' letters come '>' and a letter for each column that
 * is wanted, from the first on; its argument points to where the value goes:
 *   i int64_t *, d double *, t char ** (a copy, the caller's to free).
 * What is null, or not there for want of a row, leaves what is pointed at alone: set it before.
 *   rai_db_row (db, error, "SELECT name, pack FROM item WHERE id = ?1", "i>ti", id, &name, &pack)
 * DONE: there is no such row. */
RaiStep rai_db_row (RaiDb *db, GError **error, const char *sql, const char *types, ...);

/* Calls `each` for every row, until it returns false (its error is this function's). It may not run
 * the same SQL itself. */
typedef bool (*RaiDbEach) (RaiStatement *row, void *data, GError **error);
bool rai_db_each (RaiDb *db, RaiDbEach each, void *data, GError **error, const char *sql,
                  const char *types, ...);

/* Binds all parameters of a statement that is run again and again (a copy, a loop). */
void rai_statement_bind (RaiStatement *statement, const char *types, ...);
/* The same for functions that take such arguments themselves. Takes the letters up to '>' or the
 * end, and as many of the values; returns how many parameters it bound. */
int rai_statement_bind_values (RaiStatement *statement, const char *types, va_list *values);
