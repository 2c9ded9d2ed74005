/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "forecast/rai-forecast.h"

/* What the first 1, 2, ... steps of each series sell together, for lead times and plans: CSV with
 * the columns site, item, steps, date (of the last of them), mean and the forecast's quantile
 * levels. Quantiles are those of sample paths (rai-paths.h). */
char *rai_sums_csv (const RaiPanel *panel, const RaiForecast *forecast, unsigned threads);
