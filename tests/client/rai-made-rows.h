/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "db/rai-rows.h"

/* Answers without a database: rows of a query's columns that a test fills by name; what is not set
 * is null. */
RaiRows *rai_made_rows_new (const char *query, size_t n_rows);
/* Numbers of every kind, in the column's own unit. */
void rai_made_rows_set (RaiRows *rows, size_t row, const char *column, double value);
void rai_made_rows_set_text (RaiRows *rows, size_t row, const char *column, const char *text);
