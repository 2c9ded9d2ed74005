/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gdk/gdk.h>
#include <pango/pangocairo.h>
#include <stdbool.h>

/* Text in charts: small, with figures of equal width. */

/* A layout at `scale` of the context's own font size; width < 0: as wide as it is. */
PangoLayout *rai_chart_text_new (PangoContext *pango, const char *text, double scale);
#define RAI_CHART_TEXT_SMALL 0.83
#define RAI_CHART_TEXT_NORMAL 1.0

double rai_chart_text_width (PangoContext *pango, const char *text);
/* Of one small line. */
double rai_chart_text_height (PangoContext *pango);

/* Draws small text at y; at x lies its left edge (align 0), its middle (0.5) or its right edge
 * (1). */
void rai_chart_text_draw (cairo_t *cr, PangoContext *pango, const char *text, const GdkRGBA *color,
                          double x, double y, double align);
/* The same, ellipsised where it is wider than width. */
void
rai_chart_text_draw_within (cairo_t *cr, PangoContext *pango, const char *text,
                            const GdkRGBA *color, double x, double y, double align, double width);
/* The same on a halo, to be read on top of lines. */
void
rai_chart_text_draw_on (cairo_t *cr, PangoContext *pango, const char *text, const GdkRGBA *color,
                        const GdkRGBA *surface, double x, double y, double align);
