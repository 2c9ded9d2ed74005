/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/rai-value.h"
#include "db/rai-db.h"

/* The answer of a query: a table of values in memory, independent of the connection, immutable and
 * so free to cross threads. Rows and columns count from 0. */
typedef struct _RaiRows RaiRows;

size_t rai_rows_count (const RaiRows *rows);
int rai_rows_n_columns (const RaiRows *rows);
const char *rai_rows_column_name (const RaiRows *rows, int column);
RaiValueType rai_rows_column_type (const RaiRows *rows, int column);
/* Column by name; -1 when there is none. */
int rai_rows_column (const RaiRows *rows, const char *name);

bool rai_rows_is_null (const RaiRows *rows, size_t row, int column);
/* 0 for null. INT, BOOL, QUANTITY, MONEY, DAY, TIME, SITE, ITEM. */
int64_t rai_rows_int (const RaiRows *rows, size_t row, int column);
/* Any number. */
double rai_rows_double (const RaiRows *rows, size_t row, int column);
/* NULL for null. TEXT, UUID. */
const char *rai_rows_text (const RaiRows *rows, size_t row, int column);
const void *rai_rows_blob (const RaiRows *rows, size_t row, int column, size_t *size);

/* The same by column name: for rows that are read once. Asking for a column that is not there is a
 * programmer's
 * error. */
int64_t rai_rows_get_int (const RaiRows *rows, size_t row, const char *column);
double rai_rows_get_double (const RaiRows *rows, size_t row, const char *column);
const char *rai_rows_get_text (const RaiRows *rows, size_t row, const char *column);
bool rai_rows_get_is_null (const RaiRows *rows, size_t row, const char *column);

/* The first rows of one table, and behind them all rows of another with the same columns. Copies no
 * texts. */
RaiRows *rai_rows_concat (RaiRows *first, size_t n_first, RaiRows *second);

RaiRows *rai_rows_ref (RaiRows *rows);
void rai_rows_unref (RaiRows *rows);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RaiRows, rai_rows_unref)
