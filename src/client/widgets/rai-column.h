/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/model/rai-row.h"

#include <gtk/gtk.h>

/* Columns of a GtkColumnView over RaiRow: cells follow their row when its values arrive or change,
 * and a click on a header sorts in the database. */

/* Makes a cell's widget once. */
typedef GtkWidget *(*RaiCellMake) (void *data);
/* Shows a row in it; called for placeholders too (rai_row_is_loaded is false). */
typedef void (*RaiCellShow) (GtkWidget *cell, RaiRow *row, void *data);

/* For GtkListView: the same cells without a column. */
GtkListItemFactory *rai_cell_factory_new (RaiCellMake make, RaiCellShow show, void *data);

/* sort: a column that the query sorts by, or NULL. `data` must outlive the view. The column is
 * owned by the view. */
GtkColumnViewColumn *rai_column_append (GtkColumnView *view, const char *title, const char *sort,
                                        RaiCellMake make, RaiCellShow show, void *data);
/* The same with a label: its text is what `text` answers (owned by the caller of it, NULL: empty).
 * numeric: aligned to the end, tabular figures. */
typedef char *(*RaiCellText) (RaiRow *row, void *data);
GtkColumnViewColumn *
rai_column_append_text (GtkColumnView *view, const char *title, const char *sort, bool numeric,
                        RaiCellText text, void *data);

/* What the user sorts by: "on_hand", "-on_hand" or NULL. Listen to "changed" of
 * gtk_column_view_get_sorter. */
char *rai_column_view_get_sort (GtkColumnView *view);

/* The row that a cell shows at the moment; NULL while it shows none. */
RaiRow *rai_cell_get_row (GtkWidget *cell);
