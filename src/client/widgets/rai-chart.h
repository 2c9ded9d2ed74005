/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/widgets/rai-chart-scene.h"
#include "client/widgets/rai-chart-view.h"

#include <gtk/gtk.h>

/* A chart over days, wired in .ui:
 *   <object class="RaiChart"><property name="unit">money</property>
 *     <child><object class="RaiLineLayer"> ... </object></child></object>
 * Layers are drawn in their order. The pointer and the arrow keys show and speak all values of a
 * day; a drag or Shift + arrows select days and show their sums; scrolling zooms time; a double
 * click shows what was shown at first. Properties: title (for screen readers), unit, symbol, zero,
 * today, empty-text, scroll-zooms. Main thread. */
#define RAI_TYPE_CHART (rai_chart_get_type ())
G_DECLARE_FINAL_TYPE (RaiChart, rai_chart, RAI, CHART, GtkWidget)

GtkWidget *rai_chart_new (void);
/* Takes ownership. */
void rai_chart_add_layer (RaiChart *chart, RaiChartLayer *layer);
void rai_chart_remove_layers (RaiChart *chart);

/* What the values are; symbol is a currency code or a unit, may be NULL. */
void rai_chart_set_unit (RaiChart *chart, RaiChartUnit unit, const char *symbol);
/* RAI_DAY_NONE: no line. */
void rai_chart_set_today (RaiChart *chart, RaiDay today);
/* The days shown at first, of all there are; from RAI_DAY_NONE: all. */
void rai_chart_set_home (RaiChart *chart, RaiDay from, RaiDay to);
/* The value axis reaches from 0 to at least this: for charts beside each other on one scale. NAN:
 * as the data say. */
void rai_chart_set_scale (RaiChart *chart, double most);
void rai_chart_set_title (RaiChart *chart, const char *title);
/* Between the two calls changes of layers are gathered to one. */
void rai_chart_freeze (RaiChart *chart);
void rai_chart_thaw (RaiChart *chart);

RaiChartScene *rai_chart_get_scene (RaiChart *chart);
const char *rai_chart_get_title (RaiChart *chart);
const RaiChartView *rai_chart_get_view (RaiChart *chart);
/* The plot as it is on screen. */
const RaiChartPlot *rai_chart_get_plot (RaiChart *chart);

/* The day at a place, kept within the view; RAI_DAY_NONE when there are no data. */
RaiDay rai_chart_day_at (RaiChart *chart, double x);
/* The days of the card; from RAI_DAY_NONE: none. Speaks when asked to. Emits "days-changed" (from,
 * to). */
void rai_chart_set_days (RaiChart *chart, RaiChartDays days, bool speak);
RaiChartDays rai_chart_get_days (RaiChart *chart);
/* See RaiChartView. */
void rai_chart_zoom (RaiChart *chart, double at, double factor);
void rai_chart_pan (RaiChart *chart, double days);
void rai_chart_reset (RaiChart *chart);
bool rai_chart_get_scroll_zooms (RaiChart *chart);

/* The chart's picture for a file, as it is on screen but on an opaque ground. */
void rai_chart_get_canvas (RaiChart *chart, RaiChartCanvas *canvas);
