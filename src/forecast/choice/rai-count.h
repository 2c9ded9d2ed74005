/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stddef.h>

/* Counts with a given mean and the variance mean x (1 + dispersion): the negative binomial of the
 * kind NB1 (Cameron & Trivedi, Regression Analysis of Count Data, 2nd edition 2013, section 3.3).
 * Pure. */

/* Means up to this; a count's probabilities are gone through one by one. */
#define RAI_COUNT_MEAN_MAX 2000

/* For each of n ascending levels in (0, 1) the least count whose probability is at least the level.
 * mean in [0, RAI_COUNT_MEAN_MAX], dispersion >= 0. Levels and quantiles may be the same array. */
void rai_count_quantiles (double mean, double dispersion, const double *levels, size_t n,
                          double *quantiles);
/* The rank of a count in its distribution, 0..1: P (less) + share * P (the count itself), with
 * share in [0, 1]. When shares are drawn evenly and counts follow the distribution, ranks are
 * spread evenly (the randomised probability integral transform: Czado, Gneiting & Held, Biometrics
 * 65(4), 2009). */
double rai_count_rank (double mean, double dispersion, double count, double share);
