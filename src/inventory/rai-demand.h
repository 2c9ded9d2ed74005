/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/rai-quantile.h"

#include <stdbool.h>
#include <stddef.h>

/* The demand of a period as a distribution with a given mean and variance, in units of the item:
 * negative binomial for slow items that are sold in whole pieces, gamma for the rest. Pure; safe
 * from any thread. */
typedef struct {
  double mean;
  double variance;
  bool pieces; /* sold in whole pieces */
} RaiDemand;

/* A daily forecast: means[horizon] and quantiles[horizon][RAI_N_QUANTILES]. */
typedef struct {
  const float *means;
  const float *quantiles;
  size_t horizon;
  bool pieces;
  const float *dispersion; /* [n_dispersion] variance over mean of what k + 1 days sell together; 0:
                              not known */
  size_t n_dispersion;     /* 0: not known; taken from the quantiles */
} RaiDailyDemand;

/* Expected demand of a day; days past the horizon repeat its last week. */
double rai_daily_demand_mean (const RaiDailyDemand *daily, size_t day);
/* The spread that a day's quantiles tell of. */
double rai_daily_demand_variance (const RaiDailyDemand *daily, size_t day);

/* Demand of the days [first, first + n), with the dispersion that the forecast tells of as many
 * days; without it the noise of a day is taken to be independent of the next day's, and an error of
 * the level to be shared by all days. lead_spread: standard deviation of the period's length in
 * days, when it ends with a delivery that may come early or late. */
RaiDemand rai_demand_sum (const RaiDailyDemand *daily, size_t first, size_t n, double lead_spread);

/* P (demand <= quantity) */
double rai_demand_cdf (const RaiDemand *demand, double quantity);
/* The least quantity whose probability is at least level, in (0, 1). */
double rai_demand_quantile (const RaiDemand *demand, double level);
/* E [max (0, demand - quantity)]: what is expected to be missing. */
double rai_demand_loss (const RaiDemand *demand, double quantity);
