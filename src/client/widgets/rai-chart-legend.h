/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/widgets/rai-chart-scene.h"

/* What names the ink: up to three lines carry their name themselves, where they end; everything
 * else stands in rows above the plot. On narrow charts all do. */

/* Height of the rows; 0 when there are none. */
double rai_chart_legend_height (const RaiChartScene *scene, const RaiChartCanvas *canvas);
/* Room that names need behind the end of time. */
double rai_chart_legend_margin (const RaiChartScene *scene, const RaiChartCanvas *canvas);
void rai_chart_legend_draw (const RaiChartScene *scene, const RaiChartCanvas *canvas,
                            const RaiChartPlot *plot, cairo_t *cr);
void rai_chart_legend_draw_names (const RaiChartScene *scene, const RaiChartCanvas *canvas,
                                  const RaiChartPlot *plot, cairo_t *cr);
