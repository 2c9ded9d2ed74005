/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stddef.h>

/* Minimum of a function of a few numbers within bounds, without derivatives (Nelder & Mead,
 * Computer Journal 7, 1965; points beyond a bound are moved onto it). x[n] is the start and becomes
 * the best point found; n <= RAI_SIMPLEX_MAX. A value that is not finite counts as worst. Makes
 * about `calls` calls of f. Returns the best value. */
#define RAI_SIMPLEX_MAX 20

double
rai_simplex_minimise (double (*f) (const double *x, void *data), void *data, size_t n, double *x,
                      const double *step, const double *low, const double *high, int calls);
