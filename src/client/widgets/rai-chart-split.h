/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

/* Two children: beside each other where there is room, the second below the first where there is
 * not. Properties: main, side, side-width (of the second when beside), least-width (from which on
 * they stand beside each other). */
#define RAI_TYPE_CHART_SPLIT (rai_chart_split_get_type ())
G_DECLARE_FINAL_TYPE (RaiChartSplit, rai_chart_split, RAI, CHART_SPLIT, GtkWidget)
