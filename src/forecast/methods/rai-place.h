/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "forecast/methods/rai-forecaster.h"

/* Where a step of a input stands in the week and in the year. Steps at and past n are those to
 * forecast. */
#define RAI_PLACE_WEEK_MAX 168
#define RAI_PLACE_YEAR_MAX 12

/* Weekday, hour of the week, or (without a panel) place in the period; *places is set to how many
 * there are, 1 for weeks and months. */
size_t rai_place_in_week (const RaiMethodInput *input, size_t step, size_t *places);
/* Month of the year 0..11; 0 without a panel. */
size_t rai_place_in_year (const RaiMethodInput *input, size_t step);
/* Steps of a year; 0 without a panel. */
size_t rai_place_year_steps (const RaiMethodInput *input);

/* The level that y[n] has now, where shape[n] (> 0) is expected at level 1: a running ratio of
 * sums, at the rates that would have told the next steps best. */
double rai_place_level (const double *y, const double *shape, size_t n);
