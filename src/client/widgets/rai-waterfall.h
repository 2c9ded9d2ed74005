/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/widgets/rai-chart-palette.h"
#include "client/widgets/rai-value-axis.h"

#include <gtk/gtk.h>

/* Parts that add up to a number: one line a part, each bar beginning where the one before ended,
 * the sum at the end. The numbers stand beside the bars and add up to the sum as shown. */
#define RAI_TYPE_WATERFALL (rai_waterfall_get_type ())
G_DECLARE_FINAL_TYPE (RaiWaterfall, rai_waterfall, RAI, WATERFALL, GtkWidget)

typedef struct {
  const char *name;
  double value; /* may be negative */
} RaiWaterfallPart;

GtkWidget *rai_waterfall_new (void);
/* Copies. total_name names the sum ("Forecast"); symbol as in RaiValueAxis. */
void rai_waterfall_set (RaiWaterfall *waterfall, const RaiWaterfallPart *parts, size_t n,
                        const char *total_name, RaiChartUnit unit, const char *symbol);
double rai_waterfall_get_total (RaiWaterfall *waterfall);
