/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The quantile levels of every forecast that is kept: a day's nine numbers stand in this order in
 * memory and in table `forecast`. */
typedef enum {
  RAI_Q025,
  RAI_Q05,
  RAI_Q10,
  RAI_Q25,
  RAI_Q50,
  RAI_Q75,
  RAI_Q90,
  RAI_Q95,
  RAI_Q975,
  RAI_N_QUANTILES,
} RaiQuantile;

/* Rising, within (0, 1), alike on both sides of the median. */
extern const double rai_quantile_levels[RAI_N_QUANTILES];
