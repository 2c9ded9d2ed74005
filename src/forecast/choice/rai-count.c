/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "forecast/choice/rai-count.h"

#include <glib.h>
#include <gsl/gsl_sf_gamma.h>
#include <math.h>
#include <stdbool.h>

/* Less than this is a Poisson's. */
#define LEAST_DISPERSION 1e-3
/* Standard deviations around the mean beyond which nothing is. */
#define REACH 14

/* A walk up the counts: at `count`, with the probability of it and of all below it. */
typedef struct {
  double count, own, below;
  double shape, ratio; /* own (k + 1) / own (k) = (k + shape) / (k + 1) * ratio */
  double last;         /* no count beyond it is worth looking at */
} Walk;

static Walk
walk_begin (double mean, double dispersion) {
  double d = MAX (dispersion, LEAST_DISPERSION), reach = REACH * sqrt (mean * (1 + d));
  Walk walk = { .shape = mean / d,
                .ratio = d / (1 + d),
                .last = ceil (mean + 4 * reach + 40 * (1 + d)) };

  if (mean > reach) { /* the probability of none is too small for a number */
    double k = walk.count = floor (mean - reach);
    walk.own = exp (gsl_sf_lngamma (k + walk.shape) - gsl_sf_lngamma (walk.shape) -
                    gsl_sf_lngamma (k + 1) + k * log (walk.ratio) - walk.shape * log1p (d));
  } else {
    walk.own = exp (-walk.shape * log1p (d));
  }

  return walk;
}

static bool
walk_on (Walk *walk) {
  if (walk->count >= walk->last)
    return false;
  walk->below += walk->own;
  walk->own *= (walk->count + walk->shape) / (walk->count + 1) * walk->ratio;
  walk->count++;
  return true;
}

void
rai_count_quantiles (double mean, double dispersion, const double *levels, size_t n,
                     double *quantiles) {
  g_return_if_fail (mean >= 0 && mean <= RAI_COUNT_MEAN_MAX && dispersion >= 0);
  Walk walk = walk_begin (mean, dispersion);
  for (size_t q = 0; q < n; q++) {
    while (mean > 0 && walk.below + walk.own < levels[q] && walk_on (&walk))
      ;
    quantiles[q] = mean > 0 ? walk.count : 0;
  }
}

double
rai_count_rank (double mean, double dispersion, double count, double share) {
  g_return_val_if_fail (mean >= 0 && mean <= RAI_COUNT_MEAN_MAX && dispersion >= 0, share);
  if (!(mean > 0))
    return count > 0 ? 1 : share;
  Walk walk = walk_begin (mean, dispersion);
  if (count < walk.count)
    return 0;
  while (walk.count < count && walk_on (&walk))
    ;

  return MIN (1, walk.count < count ? 1 : walk.below + share * walk.own);
}
