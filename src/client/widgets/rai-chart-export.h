/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/widgets/rai-chart-scene.h"

/* A chart as a file. Errors are G_IO_ERROR or G_FILE_ERROR. */

/* One row a day, one column a series; numbers in the machine form, money in major units. RFC
 * 4180. */
char *rai_chart_export_csv (const RaiChartScene *scene);
/* Pictures on an opaque ground; PNG at twice the size. */
bool rai_chart_export_png (const RaiChartScene *scene, const RaiChartCanvas *canvas,
                           const char *path, GError **error);
bool rai_chart_export_svg (const RaiChartScene *scene, const RaiChartCanvas *canvas,
                           const char *path, GError **error);
/* By the kind's name: png, svg, csv. */
bool rai_chart_export (const RaiChartScene *scene, const RaiChartCanvas *canvas, const char *kind,
                       const char *path, GError **error);
