/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cairo.h>
#include <stdbool.h>
#include <stddef.h>

/* Strokes the graph of a function (x never runs backwards), which cairo's general stroker does 10
 * to 20 times slower when it is long and spiky: a round brush is moved over columns of a quarter
 * pixel, and coverage is summed down each column. The cost is what the picture is large, whatever
 * the number of points. Works on image surfaces; the current transformation may translate and scale
 * by scale, nothing else. */
typedef struct _RaiChartStroke RaiChartStroke;

/* A rectangle in user units that holds the graph; line width in user units, scale in pixels a user
 * unit. */
RaiChartStroke *rai_chart_stroke_new (double x, double y, double width, double height,
                                      double line_width, double scale);
/* Like cairo: move_to lifts the pen. x must not be less (or, when all run so, not more) than
 * before. */
void rai_chart_stroke_move_to (RaiChartStroke *stroke, double x, double y);
void rai_chart_stroke_line_to (RaiChartStroke *stroke, double x, double y);
/* Paints with the current source and frees the stroke. */
void rai_chart_stroke_paint (RaiChartStroke *stroke, cairo_t *cr);
/* Whether the target takes pixels. On others (SVG, PDF) use paths, so that they stay lines. */
bool rai_chart_stroke_suits (cairo_t *cr);
