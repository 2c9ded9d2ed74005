/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rai-made-rows.h"

#include "db/rai-query.h"
#include "db/rai-rows-builder.h"

#include <string.h>

RaiRows *
rai_made_rows_new (const char *query, size_t n_rows) {
  RaiRows *rows = rai_query_new_rows (rai_query_find (query));
  rai_rows_append_nulls (rows, n_rows);
  return rows;
}

void
rai_made_rows_set (RaiRows *rows, size_t row, const char *column, double value) {
  int at = rai_rows_column (rows, column);
  g_assert_cmpint (at, >=, 0);
  if (rai_rows_column_type (rows, at) == RAI_VALUE_DOUBLE)
    rai_rows_set_double (rows, row, at, value);
  else
    rai_rows_set_int (rows, row, at, (int64_t) value);
}

void
rai_made_rows_set_text (RaiRows *rows, size_t row, const char *column, const char *text) {
  int at = rai_rows_column (rows, column);
  g_assert_cmpint (at, >=, 0);
  rai_rows_set_data (rows, row, at, text, strlen (text));
}
