/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/widgets/rai-chart-scene.h"

#include <adwaita.h>

/* The numbers of a chart as a table, newest day first: for screen readers and for looking up one
 * figure. */
#define RAI_TYPE_CHART_TABLE_DIALOG (rai_chart_table_dialog_get_type ())
G_DECLARE_FINAL_TYPE (RaiChartTableDialog, rai_chart_table_dialog, RAI, CHART_TABLE_DIALOG,
                      AdwWindow)

/* The table keeps what the scene shows now. title may be NULL. */
GtkWidget *rai_chart_table_dialog_new (const RaiChartScene *scene, const char *title);
/* Presents it above the window that a widget is in. */
void rai_chart_table_dialog_show (GtkWidget *above, const RaiChartScene *scene, const char *title);
/* Rows: days with at least one value. */
unsigned rai_chart_table_dialog_n_rows (RaiChartTableDialog *dialog);
