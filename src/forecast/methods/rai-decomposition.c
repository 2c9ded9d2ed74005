/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "forecast/methods/rai-decomposition.h"

#include "forecast/methods/rai-place.h"
#include "forecast/panel/rai-part-share.h"

#include <math.h>
#include <string.h>

#define TURNS 6
#define FACTOR_MIN 0.01
/* A factor is pulled to 1 by as much as this many steps at the mean would. */
#define PRIOR_STEPS 3
/* Yearly growth beyond this, either way, is not believed. */
#define GROWTH_MAX 0.7

/* What a fit keeps. */
typedef struct {
  double week[RAI_PLACE_WEEK_MAX];
  double year[RAI_PLACE_YEAR_MAX];
  double growth; /* of the logarithm, a step */
  double level;  /* at the last step of the history */
} Factors;

typedef struct {
  const RaiMethodInput *input;
  size_t weeks;        /* places in the week */
  size_t *week, *year; /* [n] places */
  double *trend;       /* [n] */
  double mean;
} Work;

/* Growth from the last year to the one before, as a step of the logarithm; 0 with less than two
 * years. */
static double
find_growth (const RaiMethodInput *input) {
  size_t year = rai_place_year_steps (input), n = input->n;
  double now = 0, then = 0;
  if (year == 0 || n < 2 * year)
    return 0;
  for (size_t t = n - year; t < n; t++) {
    now += input->y[t];
    then += input->y[t - year];
  }

  return now > 0 && then > 0 ? CLAMP (log (now / then), -GROWTH_MAX, GROWTH_MAX) / (double) year
                             : 0;
}

/* One side of the factors against the other and the trend: sum of sales by place over what was
 * expected of them. */
static void
set_side (const Work *work, const size_t *place, size_t places, double *side,
          const size_t *other_place, const double *other) {
  double sold[RAI_PLACE_WEEK_MAX] = { 0 }, expected[RAI_PLACE_WEEK_MAX] = { 0 }, all_sold = 0,
         all_expected = 0;
  for (size_t t = 0; t < work->input->n; t++) {
    double shape = work->trend[t] * other[other_place[t]];
    sold[place[t]] += work->input->y[t];
    expected[place[t]] += shape;
    all_sold += work->input->y[t];
    all_expected += shape;
  }

  double usual = all_expected > 0 ? all_sold / all_expected : 0, prior = PRIOR_STEPS * work->mean;
  for (size_t p = 0; p < places; p++)
    side[p] = usual > 0 ? MAX (FACTOR_MIN, (sold[p] + prior) / (usual * expected[p] + prior)) : 1;
}

static void
find_factors (const Work *work, Factors *factors) {
  bool whole_year = rai_place_year_steps (work->input) > 0 &&
                    work->input->n >= rai_place_year_steps (work->input);
  for (size_t p = 0; p < work->weeks; p++)
    factors->week[p] = 1;
  for (size_t p = 0; p < RAI_PLACE_YEAR_MAX; p++)
    factors->year[p] = 1;
  for (int turn = 0; turn < TURNS; turn++) {
    set_side (work, work->week, work->weeks, factors->week, work->year, factors->year);
    if (whole_year)
      set_side (work, work->year, RAI_PLACE_YEAR_MAX, factors->year, work->week, factors->week);
  }
}

static bool
fit (const RaiMethodInput *input, RaiFit *kept) {
  size_t n = input->n;
  g_autofree size_t *places = g_new (size_t, 2 * n);
  g_autofree double *shape = g_new (double, 2 * n);

  Work work = { input, 1, places, places + n, shape, 0 };
  kept->n = sizeof (Factors) / sizeof (double);
  kept->values = g_new0 (double, kept->n);
  Factors *factors = (Factors *) kept->values;
  factors->growth = find_growth (input);

  for (size_t t = 0; t < n; t++) {
    work.week[t] = rai_place_in_week (input, t, &work.weeks);
    work.year[t] = rai_place_in_year (input, t);
    work.trend[t] = exp (factors->growth * ((double) t - (double) (n - 1)));
    work.mean += input->y[t] / (double) n;
  }

  find_factors (&work, factors);
  for (size_t t = 0; t < n; t++)
    shape[n + t] = work.trend[t] * factors->week[work.week[t]] * factors->year[work.year[t]];
  factors->level = rai_place_level (input->y, shape + n, n);

  return isfinite (factors->level);
}

static void
factors_at (const RaiMethodInput *input, const Factors *factors, size_t h, double *week,
            double *year, double *trend) {
  size_t places;
  *week = factors->week[rai_place_in_week (input, input->n + h, &places)];
  *year = factors->year[rai_place_in_year (input, input->n + h)];
  *trend = exp (factors->growth * (double) (h + 1));
}

static void
predict (const RaiMethodInput *input, const RaiFit *kept, double *mean) {
  const Factors *factors = (const Factors *) kept->values;
  double week, year, trend;
  for (size_t h = 0; h < input->horizon; h++) {
    factors_at (input, factors, h, &week, &year, &trend);
    mean[h] = factors->level * week * year * trend;
  }
}

static void
explain (const RaiMethodInput *input, const RaiFit *kept, const double *mean, double *parts) {
  const Factors *factors = (const Factors *) kept->values;
  static const RaiPart part[] = { RAI_PART_SEASON, RAI_PART_SEASON, RAI_PART_TREND };
  double week, year, trend;

  memset (parts, 0, input->horizon * RAI_N_PARTS * sizeof *parts);
  for (size_t h = 0; h < input->horizon; h++) {
    double *row = parts + h * RAI_N_PARTS;
    factors_at (input, factors, h, &week, &year, &trend);
    double contribution[] = { log (week), log (year), log (trend) };
    row[RAI_PART_LEVEL] = factors->level;
    rai_part_share_product (factors->level, mean[h], contribution, part, 3, row);
  }
}

const RaiForecaster rai_decomposition = {
  .method = RAI_METHOD_DECOMPOSITION,
  .title = "Weekday x month x trend x level",
  .paper = "Makridakis, Wheelwright & Hyndman, Forecasting: Methods and Applications, 1998, ch. 3",
  .min_obs = 7,
  .fit = fit,
  .predict = predict,
  .explain = explain,
};
