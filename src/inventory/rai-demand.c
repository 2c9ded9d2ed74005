/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "inventory/rai-demand.h"

#include "util/rai-gsl.h"

#include <glib.h>
#include <gsl/gsl_cdf.h>
#include <math.h>

/* Above this mean the steps of whole pieces no longer matter. */
#define PIECES_LIMIT 30.0
/* What a forecast does not know of the days to come together, fitted to replays of the demo's last
 * two months: it drifts off by a share of its level, and the level itself was learned from about
 * four weeks of noisy days. */
#define LEVEL_ERROR 0.25
#define LEARNED_DAYS 28.0
/* The piecewise linear quantile function below cuts the tails; with this factor a normal
 * distribution keeps its variance. */
#define TAIL_FACTOR 1.0614

static size_t
day_index (const RaiDailyDemand *daily, size_t day) {
  if (day < daily->horizon)
    return day;
  size_t week = MIN (daily->horizon, 7);
  return daily->horizon - week + (day - daily->horizon) % week;
}

double
rai_daily_demand_mean (const RaiDailyDemand *daily, size_t day) {
  return daily->horizon == 0 ? 0 : MAX (0, (double) daily->means[day_index (daily, day)]);
}

double
rai_daily_demand_variance (const RaiDailyDemand *daily, size_t day) {
  if (daily->horizon == 0)
    return 0;

  const float *q = daily->quantiles + day_index (daily, day) * RAI_N_QUANTILES;
  const double *levels = rai_quantile_levels;
  const size_t last = RAI_N_QUANTILES - 1;
  double first_moment = levels[0] * q[0] + (1 - levels[last]) * q[last];
  double second_moment = levels[0] * q[0] * q[0] + (1 - levels[last]) * q[last] * q[last];

  for (size_t k = 0; k < last; k++) {
    double width = levels[k + 1] - levels[k], a = q[k], b = q[k + 1];
    first_moment += width * (a + b) / 2;
    second_moment += width * (a * a + a * b + b * b) / 3;
  }

  return MAX (0, second_moment - first_moment * first_moment) * TAIL_FACTOR;
}

/* Past the days that were told it goes on as over their second half. */
static double
dispersion_of (const RaiDailyDemand *daily, size_t n) {
  size_t told = daily->n_dispersion, half = (told + 1) / 2;
  if (n <= told)
    return (double) daily->dispersion[n - 1];
  double last = (double) daily->dispersion[told - 1],
         rise = last - (double) daily->dispersion[half - 1];
  return last + MAX (0, rise) * (double) (n - told) / (double) MAX (1, told - half);
}

/* As told by the days' quantiles, each day by itself. */
static double
variance_of_quantiles (const RaiDailyDemand *daily, size_t first, size_t n, double mean) {
  double variance = 0;
  for (size_t day = first; day < first + n; day++)
    variance += rai_daily_demand_variance (daily, day);
  return n > 1
             ? variance * (1 + (double) n / LEARNED_DAYS) + LEVEL_ERROR * LEVEL_ERROR * mean * mean
             : variance;
}

RaiDemand
rai_demand_sum (const RaiDailyDemand *daily, size_t first, size_t n, double lead_spread) {
  RaiDemand demand = { 0, 0, daily->pieces };
  if (n == 0)
    return demand;
  for (size_t day = first; day < first + n; day++)
    demand.mean += rai_daily_demand_mean (daily, day);

  double dispersion = daily->n_dispersion > 0 ? dispersion_of (daily, n) : 0;
  demand.variance = dispersion > 0 ? dispersion * demand.mean
                                   : variance_of_quantiles (daily, first, n, demand.mean);

  double a_day = demand.mean / (double) n;
  demand.variance += lead_spread * lead_spread * a_day * a_day;
  return demand;
}

static bool
counts_pieces (const RaiDemand *demand) {
  return demand->pieces && demand->mean <= PIECES_LIMIT;
}

/* Negative binomial by its recursion; Poisson where the variance does not exceed the mean. */
typedef struct {
  double p;     /* P (demand = x) */
  double cdf;   /* P (demand <= x) */
  double size;  /* 0: Poisson */
  double ratio; /* share of failures, or the Poisson mean */
  double x;
} Pieces;

static Pieces
pieces_begin (const RaiDemand *demand) {
  Pieces pieces = { 0 };
  double mean = demand->mean, variance = demand->variance;
  if (variance > mean * 1.001) {
    pieces.size = mean * mean / (variance - mean);
    pieces.ratio = 1 - mean / variance;
    pieces.p = exp (pieces.size * log (mean / variance));
  } else {
    pieces.ratio = mean;
    pieces.p = exp (-mean);
  }

  pieces.cdf = pieces.p;
  return pieces;
}

static void
pieces_next (Pieces *pieces) {
  if (pieces->size > 0)
    pieces->p *= pieces->ratio * (pieces->x + pieces->size) / (pieces->x + 1);
  else
    pieces->p *= pieces->ratio / (pieces->x + 1);
  pieces->x += 1;
  pieces->cdf = MIN (1, pieces->cdf + pieces->p);
}

/* A distribution this narrow is a number. */
static bool
is_certain (const RaiDemand *demand) {
  return !(demand->variance > 1e-9 * demand->mean * demand->mean) || !(demand->mean > 0);
}

static double
gamma_upper (double quantity, double shape, double scale) {
  double upper = gsl_cdf_gamma_Q (quantity, shape, scale);
  return isfinite (upper) ? CLAMP (upper, 0, 1) : 0;
}

double
rai_demand_cdf (const RaiDemand *demand, double quantity) {
  if (quantity < 0)
    return 0;
  if (counts_pieces (demand) && demand->mean > 0) {
    Pieces pieces = pieces_begin (demand);
    while (pieces.x + 1 <= quantity && pieces.cdf < 1 - 1e-12)
      pieces_next (&pieces);
    return pieces.cdf;
  }

  if (is_certain (demand))
    return quantity >= demand->mean ? 1 : 0;
  rai_gsl_begin ();

  double scale = demand->variance / demand->mean;
  return 1 - gamma_upper (quantity, demand->mean / scale, scale);
}

double
rai_demand_quantile (const RaiDemand *demand, double level) {
  g_return_val_if_fail (level > 0 && level < 1, demand->mean);
  if (!(demand->mean > 0))
    return 0;
  if (counts_pieces (demand)) {
    Pieces pieces = pieces_begin (demand);
    while (pieces.cdf < level && pieces.p > 1e-300)
      pieces_next (&pieces);
    return pieces.x;
  }

  if (is_certain (demand))
    return demand->mean;

  double low = 0, high = demand->mean + 4 * sqrt (demand->variance);
  while (rai_demand_cdf (demand, high) < level)
    high *= 2;
  for (int i = 0; i < 60 && high - low > 1e-7 * high; i++) {
    double middle = (low + high) / 2;
    if (rai_demand_cdf (demand, middle) < level)
      low = middle;
    else
      high = middle;
  }

  return high;
}

/* E [max (0, D - x)] falls by P (D > x) from one piece to the next, and linearly between. */
static double
pieces_loss (const RaiDemand *demand, double quantity) {
  Pieces pieces = pieces_begin (demand);
  double loss = demand->mean;
  while (pieces.x + 1 <= quantity && loss > 1e-9) {
    loss -= 1 - pieces.cdf;
    pieces_next (&pieces);
  }

  if (quantity > pieces.x)
    loss -= MIN (1, quantity - pieces.x) * (1 - pieces.cdf);
  return MAX (0, loss);
}

double
rai_demand_loss (const RaiDemand *demand, double quantity) {
  if (quantity <= 0)
    return demand->mean - quantity;
  if (counts_pieces (demand) && demand->mean > 0)
    return pieces_loss (demand, quantity);
  if (is_certain (demand))
    return MAX (0, demand->mean - quantity);

  rai_gsl_begin ();
  double scale = demand->variance / demand->mean, shape = demand->mean / scale;
  double loss = demand->mean * gamma_upper (quantity, shape + 1, scale) -
                quantity * gamma_upper (quantity, shape, scale);

  return MAX (0, loss);
}
