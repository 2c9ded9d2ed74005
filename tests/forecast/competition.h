/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "forecast/methods/rai-forecaster.h"

/* Series of the M competitions with what came after, for checks against published figures. The data
 * are not part of the project: RETAILAI_DATA, or ../shared/data beside the sources, says where they
 * are. */
#define COMPETITION_HORIZON_MAX 18

typedef struct {
  double *y; /* [n] */
  size_t n;
  double came[COMPETITION_HORIZON_MAX];
} CompetitionSeries;

typedef struct {
  CompetitionSeries *series;
  size_t n;
  size_t horizon;
  size_t period; /* season that methods are told */
  size_t lag;    /* season of Naive2 and of the scale of MASE, as the competition had it */
} CompetitionSet;

typedef struct {
  double smape, mase;
  double owa;          /* to Naive2 on the same series */
  double milliseconds; /* a series */
  size_t n;
} CompetitionScore;

/* "m3-yearly", "m3-quarterly", "m3-monthly", "m3-other", "m4-weekly", or a list of M3 series beside
 * the data
 * ("m3_monthly_600.txt"). NULL when the data are absent. */
CompetitionSet *competition_read (const char *name);
void competition_set_free (CompetitionSet *set);
/* With back = 0 against what came after; else the last `back` horizons are taken away and the first
 * of them is what came after, to choose by without looking at the end. Series that are too short
 * are left out. */
/* The same of means[n][horizon] that came from elsewhere, without the time. */
CompetitionScore competition_score_means (const CompetitionSet *set, const double *means);
/* Keeps one series of `every`. */
void competition_thin (CompetitionSet *set, size_t every);
CompetitionScore
competition_score (const CompetitionSet *set, const RaiForecaster *method, size_t back);

/* Prints the figures and checks that OWA is at most this; skips the test without data. */
void competition_check (const char *name, const RaiForecaster *method, double owa);
/* Runs a method on a plain series and writes horizon means; the test fails when it does not fit. */
void competition_run (const RaiForecaster *method, const double *y, size_t n, size_t period,
                      double *mean, size_t horizon);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CompetitionSet, competition_set_free)
