/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/widgets/rai-value-axis.h"

#include <gtk/gtk.h>

/* Numbers by row and column as tinted fields: the stronger the tint, the greater the number, which
 * also stands in the field. Up and Down choose a row, Enter or a click emits "row-activated"
 * (row). */
#define RAI_TYPE_HEAT_MAP (rai_heat_map_get_type ())
G_DECLARE_FINAL_TYPE (RaiHeatMap, rai_heat_map, RAI, HEAT_MAP, GtkWidget)

GtkWidget *rai_heat_map_new (void);
/* Copies. values: row after row, NAN for none. */
void rai_heat_map_set (RaiHeatMap *map, const char *const *rows, size_t n_rows,
                       const char *const *columns, size_t n_columns, const double *values,
                       RaiChartUnit unit, const char *symbol);
/* The row at a height; -1 for none. */
int rai_heat_map_row_at (RaiHeatMap *map, double y);
