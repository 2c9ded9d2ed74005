/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "forecast/rai-forecast.h"

/* The forecasts of the levels above the series, which are the sums of the series' own: CSV with the
 * columns level, site, group, item, date, mean; level is "all", "site", "attribute" (group is then
 * a value such as a department), "site x attribute" or "item", and what does not tell a node from
 * others of its level is empty. */
char *rai_totals_csv (const RaiPanel *panel, const RaiForecast *forecast);
