/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "forecast/rai-forecast.h"

/* The report card of a forecast as JSON: errors of the backtest at each level (series, item, site,
 * all; a step and a whole window) beside the seasonal naive's, each method's own error and weight,
 * and the worst series first. Figures that cannot be told are null. Caller frees the text. */
char *rai_report_json (const RaiPanel *panel, const RaiForecast *forecast);
