/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/widgets/rai-chart-palette.h"
#include "client/widgets/rai-chart-series.h"
#include "client/widgets/rai-time-axis.h"
#include "client/widgets/rai-value-axis.h"

#include <pango/pangocairo.h>

/* Where and how a layer draws: lengths in logical pixels, the plot's rectangle without labels. */
typedef struct {
  const RaiTimeAxis *time;
  const RaiValueAxis *value;
  const RaiChartPalette *palette;
  PangoContext *pango;
  double x, y, width, height;
  double strip_y,
      strip_height; /* the band below the plot where marks stand; height 0 when there are none */
  double device_scale;
  bool rtl; /* time runs from right to left */
} RaiChartPlot;

double rai_chart_plot_x (const RaiChartPlot *plot, double day);
double rai_chart_plot_y (const RaiChartPlot *plot, double value);
double rai_chart_plot_day_width (const RaiChartPlot *plot);
/* Leftmost edge of the days first..last and their width, kept inside the plot; false when they lie
 * outside. */
bool
rai_chart_plot_span (const RaiChartPlot *plot, RaiDay first, RaiDay last, double *x, double *width);

/* One kind of ink in a chart. Layers are drawn in their order; a layer is data and knows no widget.
 * Emits "changed" when the picture is out of date. All functions belong to the main thread. */
#define RAI_TYPE_CHART_LAYER (rai_chart_layer_get_type ())
G_DECLARE_DERIVABLE_TYPE (RaiChartLayer, rai_chart_layer, RAI, CHART_LAYER, GObject)

/* What a layer says about a day on the hover card and when spoken. */
typedef struct {
  RaiChartLayer *layer; /* not owned; NULL when it is about none */
  char *name;
  char *text;
} RaiChartFact;

struct _RaiChartLayerClass {
  GObjectClass parent_class;
  void (*draw) (RaiChartLayer *layer, cairo_t *cr, const RaiChartPlot *plot);
  /* The sample of the legend within a box of 18 x 10. */
  void (*draw_key) (RaiChartLayer *layer, cairo_t *cr, const RaiChartPlot *plot, double x,
                    double y);
  /* First and last day with something to show. */
  bool (*extent) (RaiChartLayer *layer, RaiDay *first, RaiDay *last);
  /* Lowest and highest value of the days first..last. NULL: the layer has no values. */
  bool (*range) (RaiChartLayer *layer, RaiDay first, RaiDay last, double *low, double *high);
  /* Appends what is to be said about a day. */
  void (*describe) (RaiChartLayer *layer, RaiDay day, const RaiValueAxis *axis, GArray *facts);
  /* The columns of the table view and of CSV; series of column i is transfer none. NULL: the layer
   * has none. */
  size_t (*n_columns) (RaiChartLayer *layer);
  RaiChartSeries *(*column) (RaiChartLayer *layer, size_t i, char **name);
};

const char *rai_chart_layer_get_title (RaiChartLayer *layer);
bool rai_chart_layer_get_visible (RaiChartLayer *layer);
const GdkRGBA *rai_chart_layer_color (RaiChartLayer *layer, const RaiChartPalette *palette);
void rai_chart_layer_changed (RaiChartLayer *layer);

/* An array that frees what is appended to it. */
GArray *rai_chart_facts_new (void);
/* Takes text. */
void rai_chart_facts_add (GArray *facts, RaiChartLayer *layer, const char *name, char *text);
