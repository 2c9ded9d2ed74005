/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/pages/rai-forecast-data.h"
#include "client/widgets/rai-chart-scene.h"
#include "core/rai-forecast-level.h"

/* What a forecast is and how good it was, in plain words. Owned by the caller unless const. */

/* A method's name for people: "Boosted trees". The name itself when it is not known; several joined
 * by '+' are joined by "and". */
char *rai_forecast_model_title (const char *model);
/* How far forecasts of this level missed, against the same day of the week before, with level and
 * horizon named. */
char *rai_forecast_backtest_text (const RaiForecastData *data, RaiForecastLevel level);
/* How often the 80 % band held. NULL: not known. */
char *rai_forecast_coverage_text (const RaiForecastData *data);
/* "Next 28 days", "Thu 26 Nov", "26 Nov – 2 Dec, 7 days": what the parts add up over. */
char *rai_forecast_days_text (const RaiForecastData *data, RaiChartDays days, RaiDay today);
