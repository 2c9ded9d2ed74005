/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#define RAI_LEAST_SQUARES_MAX 10

/* Writes residuals[m] at x. What is not finite counts as infinitely bad. */
typedef void (*RaiResiduals) (const double *x, double *residuals, void *data);

/* Levenberg-Marquardt with differences for derivatives, from x[n] and into it. Returns the sum of
 * squared residuals. work[(n + 2) * m] is the caller's, so that many fits share one piece of
 * memory. */
double rai_least_squares (RaiResiduals residuals, void *data, size_t n, size_t m, double *x,
                          int rounds, double *work);
