/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "forecast/rai-forecaster.h"

/* Series of the M competitions with what came after, for checks against published figures. The data are not part of the
 * project: RETAILAI_DATA, or ../shared/data beside the sources, says where they are. */
typedef struct {
  double smape, mase;
  double owa;          /* to Naive2 on the same series */
  double milliseconds; /* a series */
  size_t n;
} CompetitionScore;

/* The M3 series named in a list file ("m3_monthly_600.txt"); false, with the test skipped, when the data are absent. */
bool competition_score_m3 (const char *list, const RaiForecaster *method, CompetitionScore *score);
/* Prints the figures and checks that OWA is at most this. */
void competition_check_m3 (const char *list, const RaiForecaster *method, double owa);
/* Runs a method on a plain series and writes horizon means; the test fails when it does not fit. */
void
competition_run (const RaiForecaster *method, const double *y, size_t n, size_t period, double *mean, size_t horizon);
