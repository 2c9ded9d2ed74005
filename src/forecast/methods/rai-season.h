/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#define RAI_SEASON_MAX 400

/* Whether the autocorrelation at lag `period` stands out at 90 % (the test of the M3 and M4
 * competitions). */
bool rai_season_test (const double *y, size_t n, size_t period);
/* Classical multiplicative decomposition when the series is positive and seasonal: divides y by its
 * season and returns the period; otherwise leaves y alone, writes one factor of 1 and returns 1.
 * seasonal[RAI_SEASON_MAX]. */
size_t rai_season_remove (double *y, size_t n, size_t period, double *seasonal);

/* A season pulled towards none as far as its own noise explains it (James & Stein's estimate;
 * Miller & Williams, International Journal of Forecasting 19(4), 2003), and half the rest when the
 * test above sees none. */
typedef struct {
  size_t period; /* 1: none */
  bool ratio;    /* factors of a positive series; else differences */
  double value[RAI_SEASON_MAX];
} RaiSeason;
void rai_season_estimate (const double *y, size_t n, size_t period, RaiSeason *season);
/* Takes the season off y[n], whose first value is at place `first` of the season, or puts it
 * back. */
void rai_season_strip (const RaiSeason *season, double *y, size_t n, size_t first);
void rai_season_restore (const RaiSeason *season, double *y, size_t n, size_t first);
/* Share of the variance around a centred average that the place in the season explains, 0..1 (Wang,
 * Smith & Hyndman, Data Mining and Knowledge Discovery 13, 2006). 0 below three seasons. */
double rai_season_strength (const double *y, size_t n, size_t period);
