/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/widgets/rai-chart-palette.h"

#include <gtk/gtk.h>

/* A bar from nothing to a share of its width, with an optional mark for comparison. The text beside
 * it says the numbers, so it is hidden from screen readers. */
#define RAI_TYPE_CHART_BAR (rai_chart_bar_get_type ())
G_DECLARE_FINAL_TYPE (RaiChartBar, rai_chart_bar, RAI, CHART_BAR, GtkWidget)

GtkWidget *rai_chart_bar_new (RaiChartRole role);
/* Shares of the width, kept within 0..1; mark < 0: none. */
void rai_chart_bar_set (RaiChartBar *bar, double share, double mark);
