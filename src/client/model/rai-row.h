/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "db/rai-rows.h"

#include <gio/gio.h>

/* One row of a query as a list item. In a RaiQueryModel it may be a placeholder whose values arrive
 * later: then all getters answer null, and "changed" is emitted when the values are there or were
 * replaced. Main thread only. */
#define RAI_TYPE_ROW (rai_row_get_type ())
G_DECLARE_FINAL_TYPE (RaiRow, rai_row, RAI, ROW, GObject)

/* rows may be NULL: a placeholder. */
RaiRow *rai_row_new (RaiRows *rows, size_t index, unsigned position);
/* Takes a reference; emits "changed". */
void rai_row_set (RaiRow *row, RaiRows *rows, size_t index);

bool rai_row_is_loaded (RaiRow *row);
unsigned rai_row_get_position (RaiRow *row);

/* 0 and NULL for null, for placeholders and for columns that the query does not have. */
int64_t rai_row_get_int (RaiRow *row, const char *column);
double rai_row_get_double (RaiRow *row, const char *column);
const char *rai_row_get_text (RaiRow *row, const char *column);
bool rai_row_is_null (RaiRow *row, const char *column);

/* A list of all rows, none of them placeholders: for answers that are small. */
GListModel *rai_row_list (RaiRows *rows);
