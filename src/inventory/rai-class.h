/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stddef.h>

/* ABC-XYZ: what earns the money, and what sells steadily (Silver, Pyke & Thomas 2017, chapter 2).
 * Pure. */

/* classes[i] becomes 'A' for the items that make the first 80 % of the sum of values, 'B' up to 95
 * %, 'C' for the rest. Ties keep their order. The item that crosses a border belongs to the better
 * class. */
void rai_class_abc (const double *values, size_t n, char *classes);

/* 'X' up to a coefficient of variation of 0.35 of a week's demand, 'Y' up to 0.75, 'Z' above or
 * when nothing sells. */
char rai_class_xyz (double week_mean, double week_variance);
