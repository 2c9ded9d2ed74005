/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#define RAI_SEASON_MAX 400

/* Whether the autocorrelation at lag `period` stands out at 90 % (the test of the M3 and M4 competitions). */
bool rai_season_test (const double *y, size_t n, size_t period);
/* Classical multiplicative decomposition when the series is positive and seasonal: divides y by its season and returns
 * the period; otherwise leaves y alone, writes one factor of 1 and returns 1. seasonal[RAI_SEASON_MAX]. */
size_t rai_season_remove (double *y, size_t n, size_t period, double *seasonal);
