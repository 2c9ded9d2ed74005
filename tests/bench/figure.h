/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stddef.h>

/* What benchmarks of one process share. */

/* Prints a figure of a group as the line of JSON that tests/bench/run reads. peer may be NULL; a
 * target of 0 is none; smaller is better. */
void figure_tell (const char *group, const char *name, double value, const char *unit,
                  const double *peer, double target);
/* Sorts the numbers and returns the one in the middle. n > 0. */
double figure_median (double *numbers, size_t n);
