/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "db/rai-rows.h"

/* Fills a RaiRows; afterwards nobody changes it. Names are copied. */
RaiRows *rai_rows_new (int n_columns);
void rai_rows_set_column (RaiRows *rows, int column, const char *name, RaiValueType type);
/* What is appended from now on is null there, whatever the statement says. */
void rai_rows_hide_column (RaiRows *rows, int column);
/* Appends the statement's current row. */
void rai_rows_append (RaiRows *rows, RaiStatement *statement);

/* The same value by value: rows of nulls first, then what is not null, by the column's type: whole
 * numbers of every kind, DOUBLE, or the bytes of TEXT and UUID (size without the NUL) and BLOB. */
void rai_rows_append_nulls (RaiRows *rows, size_t n_rows);
void rai_rows_set_int (RaiRows *rows, size_t row, int column, int64_t value);
void rai_rows_set_double (RaiRows *rows, size_t row, int column, double value);
void rai_rows_set_data (RaiRows *rows, size_t row, int column, const void *data, size_t size);
