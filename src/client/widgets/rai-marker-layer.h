/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/widgets/rai-chart-layer.h"

/* Marks below the axis: what is known about days. Kinds differ by shape: a holiday is a diamond, an
 * event a flag, a promotion a bar over its days, an override a notched bar, a closed day a
 * cross. */
typedef enum {
  RAI_MARKER_PROMOTION,
  RAI_MARKER_HOLIDAY,
  RAI_MARKER_EVENT,
  RAI_MARKER_CLOSED,
  RAI_MARKER_OVERRIDE,
} RaiMarkerKind;
#define RAI_N_MARKERS (RAI_MARKER_OVERRIDE + 1)

#define RAI_TYPE_MARKER_LAYER (rai_marker_layer_get_type ())
G_DECLARE_FINAL_TYPE (RaiMarkerLayer, rai_marker_layer, RAI, MARKER_LAYER, RaiChartLayer)

RaiChartLayer *rai_marker_layer_new (void);
void rai_marker_layer_clear (RaiMarkerLayer *layer);
/* text: its name ("Black Friday"); NULL or "" for the kind's own. */
void rai_marker_layer_add (RaiMarkerLayer *layer, RaiMarkerKind kind, RaiDay first, RaiDay last,
                           const char *text);
/* Whether a mark of a kind touches first..last. */
bool rai_marker_layer_shows (RaiMarkerLayer *layer, RaiMarkerKind kind, RaiDay first, RaiDay last);
const char *rai_marker_kind_title (RaiMarkerKind kind);
/* A mark of a kind in a box of 18 x 10, for the legend. */
void rai_marker_kind_draw_key (RaiMarkerKind kind, cairo_t *cr, const RaiChartPlot *plot, double x,
                               double y);
