/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/widgets/rai-chart.h"

/* Pointer, keyboard and context menu of a chart, on top of its public functions. */

/* Actions of the class: chart.table, chart.export (png, svg, csv), chart.reset. */
void rai_chart_input_install (GtkWidgetClass *class);
/* Event controllers of one chart. */
void rai_chart_input_attach (RaiChart *chart);
/* What a key does; false when nothing. */
bool rai_chart_input_key (RaiChart *chart, unsigned key, GdkModifierType state);
