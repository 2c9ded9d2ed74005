/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/widgets/rai-chart-scene.h"

/* The card beside the pointer: a heading and one line a fact. Pure drawing. */
void rai_chart_card_measure (PangoContext *pango, const char *title, GArray *facts, double *width,
                             double *height);
void rai_chart_card_draw (cairo_t *cr, const RaiChartCanvas *canvas, const char *title,
                          GArray *facts, double x, double y);
/* Where a card of that size stands, given the days' left and right edge: beside them, inside
 * 0..width. */
double rai_chart_card_place (double left, double right, double card_width, double width, bool rtl);
