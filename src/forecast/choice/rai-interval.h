/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "forecast/choice/rai-reconcile.h"

/* The distribution around each mean, from the errors that the final forecast, blended and
 * reconciled, made in the backtest (split conformal, Vovk et al. 2005; scaled as in Lei et al.,
 * JASA 113, 2018). How errors grow with the mean is learned over the whole panel; how much more or
 * less than that a series errs, from its own errors, pulled towards the panel's; the shape, from
 * all scaled errors of forecasts of about the same size.
 *
 * Series of whole numbers with many zeros are negative binomials, each with its own dispersion
 * (rai-dispersion.h). Their levels are corrected by the ranks that sales of about the same size had
 * in the backtest. Read-only once made. */
typedef struct _RaiIntervals RaiIntervals;

RaiIntervals *
rai_intervals_new (const RaiCandidates *candidates, const RaiWeighing *weighing,
                   const RaiReconciliation *reconciliation, const double *levels, size_t n_levels);
void rai_intervals_free (RaiIntervals *intervals);
/* Writes [n_levels] ascending quantiles for a series whose mean is this at a step ahead. Never
 * below 0; whole numbers when sales are. */
void rai_intervals_quantiles (const RaiIntervals *intervals, size_t series, size_t ahead,
                              double mean, double *quantiles);
/* The 80 % interval, whatever levels were asked for. */
void rai_intervals_range (const RaiIntervals *intervals, size_t series, size_t ahead, double mean,
                          double *low, double *high);
/* A way that the series may take, as likely as any other path < RAI_PATHS (rai-paths.h):
 * values[horizon] around mean[horizon]. */
void rai_intervals_path (const RaiIntervals *intervals, size_t series, const double *mean,
                         size_t path, double *values);
/* Writes dispersion[horizon], the variance of what the first h + 1 steps sell together over its
 * mean, by n_paths of the paths (a divisor of RAI_PATHS); 0 where nothing sells. It is what is
 * stored with a forecast, and 1 for a Poisson's; that of rai-dispersion.h is 0 there. */
void rai_intervals_dispersion (const RaiIntervals *intervals, size_t series, const double *mean,
                               size_t n_paths, double *dispersion);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RaiIntervals, rai_intervals_free)
