/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/widgets/rai-chart-layer.h"

/* A chart without a widget: layers, the days in view and what the values are. Drawing is a function
 * of it and of size, colours, fonts and direction, onto any cairo surface: the screen, PNG, SVG, a
 * test. Main thread. */
typedef struct {
  GPtrArray *layers; /* RaiChartLayer, drawn in order */
  RaiTimeAxis time;
  RaiChartUnit unit;
  char *symbol; /* currency code or unit; may be NULL */
  bool zero;    /* the value axis must hold 0 */
  bool unnamed; /* nothing names the ink: small charts beside each other */
  double held;  /* and this value, so that several charts have one scale; NAN for none */
  RaiDay today; /* a line with that word stands at its beginning; RAI_DAY_NONE for none */
  char *empty;  /* stands in the middle when there is nothing to draw; may be NULL */
} RaiChartScene;

RaiChartScene *rai_chart_scene_new (void);
void rai_chart_scene_free (RaiChartScene *scene);

/* The days all layers span, both included; false when there is nothing. */
bool rai_chart_scene_extent (const RaiChartScene *scene, RaiDay *first, RaiDay *last);

/* What does not depend on the scene. pango carries font, size and language. */
typedef struct {
  const RaiChartPalette *palette;
  PangoContext *pango;
  double width, height;
  double device_scale;
  bool rtl;
} RaiChartCanvas;

/* Where everything stands: kept between drawing and pointing. */
typedef struct {
  RaiValueAxis value;
  RaiChartPlot plot; /* points at value and at the scene's time */
} RaiChartLayout;

/* layout must not move while it is used: it points into itself. */
void rai_chart_scene_layout (const RaiChartScene *scene, const RaiChartCanvas *canvas,
                             RaiChartLayout *layout);
void rai_chart_scene_draw (const RaiChartScene *scene, const RaiChartCanvas *canvas,
                           const RaiChartLayout *layout, cairo_t *cr);

/* The days from..to that have a card and can be spoken: one day when they are equal. */
typedef struct {
  RaiDay from, to;
} RaiChartDays;

/* All that the layers say about a day; about several days the sums (of shares the means) of what
 * they show. */
GArray *rai_chart_scene_describe (const RaiChartScene *scene, RaiChartDays days);
/* "Mon 23 Nov 2026", "23 Nov – 29 Nov 2026, 7 days" */
char *rai_chart_scene_days_text (RaiChartDays days);
/* Both as one sentence for speech: "Mon 23 Nov 2026. Sold: 4,812 EUR. ...". */
char *rai_chart_scene_speak (const RaiChartScene *scene, RaiChartDays days);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RaiChartScene, rai_chart_scene_free)
